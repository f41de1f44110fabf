#include "app/session/wake_watch.h"

namespace quarterdeck::session {

WakeWatch::WakeWatch(std::shared_ptr<const Clock> clock, std::chrono::milliseconds interval, QObject* parent)
    : QObject(parent), clock_(std::move(clock)), last_(difference()) {
    connect(&timer_, &QTimer::timeout, this, &WakeWatch::look);
    timer_.start(interval);
}

std::chrono::milliseconds WakeWatch::difference() const {
    return clock_->now().time_since_epoch() - clock_->monotonic();
}

void WakeWatch::look() {
    const std::chrono::milliseconds now = difference();
    const std::chrono::milliseconds by = now - last_;
    last_ = now;
    if (std::chrono::abs(by) >= kJump) {
        emit jumped(by);
    }
}

}  // namespace quarterdeck::session
