#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "app/base/clock.h"

namespace quarterdeck::ui {

/// From one moment to another; `from` is not after `to`.
struct TimeSpan {
    Instant from{};
    Instant to{};
    friend auto operator<=>(const TimeSpan&, const TimeSpan&) = default;  // as Qt's signals want of their values
};

/// What is shown over time: so far back from now, or between two moments.
using TimeRange = std::variant<std::chrono::minutes, TimeSpan>;

inline constexpr std::chrono::minutes kUsualRange{60};
inline constexpr std::chrono::minutes kLongestRange{90 * 24 * 60};

/// "15m", "1h", "7d": the largest unit that is whole; "2026-03-14T02:00:00Z/2026-03-14T03:12:40Z" in UTC.
[[nodiscard]] std::string formatRange(const TimeRange& range);
/// The same back: from one minute to 90 days, and a span in order; a span may have any offset from UTC.
[[nodiscard]] std::optional<TimeRange> parseRange(std::string_view text);

/// Whether what lasted from `first` to `last` touches the range. What is newer than `now` counts as now: clocks differ.
[[nodiscard]] bool touches(const TimeRange& range, const TimeSpan& lasted, Instant now);

}  // namespace quarterdeck::ui
