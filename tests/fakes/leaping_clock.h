#pragma once

#include "app/base/clock.h"

namespace quarterdeck::fakes {

/// Runs as the system's clock does; its wall clock can leap, as it does after sleep.
class LeapingClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return system_.now() + std::chrono::milliseconds(leapt_.load()); }
    [[nodiscard]] std::chrono::milliseconds monotonic() const override { return system_.monotonic(); }
    void leap(std::chrono::milliseconds by) { leapt_ += by.count(); }

private:
    SystemClock system_;
    std::atomic<std::chrono::milliseconds::rep> leapt_{0};
};

}  // namespace quarterdeck::fakes
