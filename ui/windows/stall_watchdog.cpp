#include "ui/windows/stall_watchdog.h"

#include <algorithm>

namespace quarterdeck::ui {

namespace {

constexpr std::chrono::milliseconds kBetweenKnocks{2};

}  // namespace

StallWatchdog::StallWatchdog(QObject* parent) : QObject(parent) {
    door_ = std::make_shared<Mailbox<int>>(this, [this](const std::vector<int>&) {
        const std::scoped_lock lock(mutex_);
        waiting_ = false;
        ++answers_;
        const auto waited = SteadyClock::now() - knocked_;
        longest_ = std::max(longest_, std::chrono::duration_cast<std::chrono::microseconds>(waited));
        missed_ += static_cast<std::uint64_t>(waited / kFrame);
        answered_.notify_all();
    });
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

StallWatchdog::~StallWatchdog() {
    door_->close();
    thread_.request_stop();
}

void StallWatchdog::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        waiting_ = true;
        knocked_ = SteadyClock::now();
        lock.unlock();
        door_->post(0);
        lock.lock();
        if (!answered_.wait(lock, stop, [this] { return !waiting_; })) {
            return;
        }
        answered_.wait_for(lock, stop, kBetweenKnocks, [] { return false; });
    }
}

std::chrono::microseconds StallWatchdog::longestStall() const {
    const std::scoped_lock lock(mutex_);
    const auto open = waiting_ ? std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - knocked_)
                               : std::chrono::microseconds(0);
    return std::max(longest_, open);
}

StallWatchdog::Frames StallWatchdog::frames() const {
    const std::scoped_lock lock(mutex_);
    const auto now = SteadyClock::now();
    const auto open = waiting_ ? now - knocked_ : SteadyClock::duration(0);
    return {static_cast<std::uint64_t>((now - begun_) / kFrame), missed_ + static_cast<std::uint64_t>(open / kFrame)};
}

void StallWatchdog::reset() {
    const std::scoped_lock lock(mutex_);
    longest_ = std::chrono::microseconds(0);
    missed_ = 0;
    begun_ = knocked_ = SteadyClock::now();
}

}  // namespace quarterdeck::ui
