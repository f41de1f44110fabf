#pragma once

#include <atomic>
#include <chrono>

namespace quarterdeck {

/// UTC time with millisecond resolution; what is stored and compared everywhere.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where time comes from; injected so that tests and the demo hold it. Callable from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    /// Wall clock, UTC.
    [[nodiscard]] virtual Instant now() const = 0;
    /// Monotonic time for intervals and deadlines.
    [[nodiscard]] virtual std::chrono::milliseconds monotonic() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::chrono::milliseconds monotonic() const override;
};

/// Stands still until moved.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start) : millis_(start.time_since_epoch().count()) {}
    [[nodiscard]] Instant now() const override { return Instant(std::chrono::milliseconds(millis_.load())); }
    [[nodiscard]] std::chrono::milliseconds monotonic() const override {
        return std::chrono::milliseconds(millis_.load());
    }
    void advance(std::chrono::milliseconds by) { millis_ += by.count(); }

private:
    std::atomic<std::chrono::milliseconds::rep> millis_;
};

/// Runs with the system's speed from a chosen start: the demo's clock under --demo-time.
class OffsetClock final : public Clock {
public:
    explicit OffsetClock(Instant start);
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::chrono::milliseconds monotonic() const override;

private:
    SystemClock system_;
    std::chrono::milliseconds offset_;
};

}  // namespace quarterdeck
