#pragma once

#include <memory>
#include <mutex>

#include "app/base/clock.h"

namespace quarterdeck::ui {

/// The system's clock until another one is set: the demo's begins only after the window is there. Any thread.
class LateClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return current()->now(); }
    [[nodiscard]] std::chrono::milliseconds monotonic() const override { return system_->monotonic(); }
    void set(std::shared_ptr<const Clock> clock) {
        const std::scoped_lock lock(mutex_);
        clock_ = std::move(clock);
    }

private:
    [[nodiscard]] std::shared_ptr<const Clock> current() const {
        const std::scoped_lock lock(mutex_);
        return clock_;
    }
    mutable std::mutex mutex_;
    std::shared_ptr<const Clock> system_ = std::make_shared<SystemClock>();
    std::shared_ptr<const Clock> clock_ = system_;
};

}  // namespace quarterdeck::ui
