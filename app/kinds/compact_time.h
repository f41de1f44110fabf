#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/base/clock.h"
#include "app/base/time_text.h"

namespace quarterdeck::kinds {

/// A time as metav1.Time has it, in whole seconds, or none; four bytes, for 1970 to 2106.
class CompactTime {
public:
    CompactTime() = default;
    /// Times out of range count as none.
    explicit CompactTime(std::optional<Instant> time) {
        if (time) {
            const auto whole = std::chrono::floor<std::chrono::seconds>(*time).time_since_epoch().count();
            seconds_ = whole > 0 && whole <= 0xFFFFFFFFLL ? static_cast<std::uint32_t>(whole) : 0U;
        }
    }
    [[nodiscard]] bool hasValue() const { return seconds_ != 0; }
    [[nodiscard]] std::optional<Instant> get() const {
        return hasValue() ? std::optional(Instant(std::chrono::seconds(seconds_))) : std::nullopt;
    }
    friend auto operator<=>(const CompactTime&, const CompactTime&) = default;

private:
    std::uint32_t seconds_ = 0;
};

/// Age as kubectl prints it; "<unknown>" where there is no time.
[[nodiscard]] inline std::string ageText(std::optional<Instant> time, Instant now) {
    return time ? humanDuration(now - *time) : "<unknown>";
}

}  // namespace quarterdeck::kinds
