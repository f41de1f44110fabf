#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include <QObject>

#include "app/base/mailbox.h"

namespace quarterdeck::ui {

/// Measures from a thread of its own how late the interface thread answers. Create it there; it measures until it
/// dies. All functions may be called from any thread.
class StallWatchdog : public QObject {
    Q_OBJECT
public:
    /// A clock of the time that does not count, such as that in which the machine ran something else; called on both
    /// threads. Without one everything counts.
    using Excused = std::function<std::chrono::microseconds()>;
    explicit StallWatchdog(Excused excused = {}, QObject* parent = nullptr);
    ~StallWatchdog() override;

    /// Longest time between a knock and its answer so far; counts a knock that is still unanswered.
    [[nodiscard]] std::chrono::microseconds longestStall() const;
    /// Knocks answered so far.
    [[nodiscard]] std::uint64_t answers() const { return answers_.load(); }
    /// Time in which an interface thread that is free could paint once, and how many of these passed since the start
    /// while a knock was waiting: one stall of 50 ms is three missed frames.
    static constexpr std::chrono::milliseconds kFrame{16};
    struct Frames {
        std::uint64_t all = 0;
        std::uint64_t missed = 0;
    };
    [[nodiscard]] Frames frames() const;
    /// Begins anew.
    void reset();

private:
    using SteadyClock = std::chrono::steady_clock;
    void run(const std::stop_token& stop);
    [[nodiscard]] std::chrono::microseconds excusedSoFar() const;
    /// How long the last knock has waited, without what is excused.
    [[nodiscard]] std::chrono::microseconds waited() const;

    Excused excused_;
    mutable std::mutex mutex_;
    std::condition_variable_any answered_;
    bool waiting_ = false;
    SteadyClock::time_point knocked_;
    std::chrono::microseconds excusedBefore_{0};  ///< the knock
    SteadyClock::time_point begun_ = SteadyClock::now();
    std::chrono::microseconds longest_{0};
    std::uint64_t missed_ = 0;
    std::atomic<std::uint64_t> answers_{0};
    std::shared_ptr<Mailbox<int>> door_;
    std::jthread thread_;  // last: stops before the rest dies
};

}  // namespace quarterdeck::ui
