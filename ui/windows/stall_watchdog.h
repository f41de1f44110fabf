#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <QObject>

#include "app/base/mailbox.h"

namespace quarterdeck::ui {

/// Measures from a thread of its own how late the interface thread answers. Create it there; it measures until it
/// dies.
class StallWatchdog : public QObject {
    Q_OBJECT
public:
    explicit StallWatchdog(QObject* parent = nullptr);
    ~StallWatchdog() override;

    /// Longest time between a knock and its answer so far; counts a knock that is still unanswered. Any thread.
    [[nodiscard]] std::chrono::microseconds longestStall() const;
    /// Knocks answered so far. Any thread.
    [[nodiscard]] std::uint64_t answers() const { return answers_.load(); }
    /// Time in which an interface thread that is free could paint once, and how many of these passed since the start
    /// while a knock was waiting: one stall of 50 ms is three missed frames. Any thread.
    static constexpr std::chrono::milliseconds kFrame{16};
    struct Frames {
        std::uint64_t all = 0;
        std::uint64_t missed = 0;
    };
    [[nodiscard]] Frames frames() const;
    /// Begins anew. Any thread.
    void reset();

private:
    using SteadyClock = std::chrono::steady_clock;
    void run(const std::stop_token& stop);

    mutable std::mutex mutex_;
    std::condition_variable_any answered_;
    bool waiting_ = false;
    SteadyClock::time_point knocked_;
    SteadyClock::time_point begun_ = SteadyClock::now();
    std::chrono::microseconds longest_{0};
    std::uint64_t missed_ = 0;
    std::atomic<std::uint64_t> answers_{0};
    std::shared_ptr<Mailbox<int>> door_;
    std::jthread thread_;  // last: stops before the rest dies
};

}  // namespace quarterdeck::ui
