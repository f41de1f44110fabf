#include "ui/windows/stall_watchdog.h"

#include <algorithm>

namespace quarterdeck::ui {

namespace {

constexpr std::chrono::milliseconds kBetweenKnocks{2};

}  // namespace

StallWatchdog::StallWatchdog(Excused excused, QObject* parent) : QObject(parent), excused_(std::move(excused)) {
    door_ = std::make_shared<Mailbox<int>>(this, [this](const std::vector<int>&) {
        const std::scoped_lock lock(mutex_);
        waiting_ = false;
        ++answers_;
        const auto late = waited();
        longest_ = std::max(longest_, late);
        missed_ += static_cast<std::uint64_t>(late / kFrame);
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
        excusedBefore_ = excusedSoFar();
        lock.unlock();
        door_->post(0);
        lock.lock();
        if (!answered_.wait(lock, stop, [this] { return !waiting_; })) {
            return;
        }
        answered_.wait_for(lock, stop, kBetweenKnocks, [] { return false; });
    }
}

std::chrono::microseconds StallWatchdog::excusedSoFar() const {
    return excused_ ? excused_() : std::chrono::microseconds(0);
}

std::chrono::microseconds StallWatchdog::waited() const {
    const auto all = std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - knocked_);
    return std::max(all - (excusedSoFar() - excusedBefore_), std::chrono::microseconds(0));
}

std::chrono::microseconds StallWatchdog::longestStall() const {
    const std::scoped_lock lock(mutex_);
    return waiting_ ? std::max(longest_, waited()) : longest_;
}

StallWatchdog::Frames StallWatchdog::frames() const {
    const std::scoped_lock lock(mutex_);
    const auto open = waiting_ ? waited() : std::chrono::microseconds(0);
    return {static_cast<std::uint64_t>((SteadyClock::now() - begun_) / kFrame),
            missed_ + static_cast<std::uint64_t>(open / kFrame)};
}

void StallWatchdog::reset() {
    const std::scoped_lock lock(mutex_);
    longest_ = std::chrono::microseconds(0);
    missed_ = 0;
    begun_ = knocked_ = SteadyClock::now();
    excusedBefore_ = excusedSoFar();
}

}  // namespace quarterdeck::ui
