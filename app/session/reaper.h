#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace quarterdeck::session {

/// Ends things whose destruction may take a while (threads to join, connections stuck in a DNS look-up) on a thread
/// of its own. Its own destruction waits for all of them.
class Reaper {
public:
    Reaper();
    ~Reaper();
    Reaper(const Reaper&) = delete;
    Reaper& operator=(const Reaper&) = delete;

    /// Any thread. `last` holds the last reference and is destroyed on the reaper's thread.
    template <class T>
    void bury(T last) {
        push([held = std::make_shared<T>(std::move(last))]() mutable { held.reset(); });
    }

private:
    void push(std::function<void()> end);
    void run(std::stop_token stop);

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<std::function<void()>> waiting_;
    std::jthread thread_;
};

}  // namespace quarterdeck::session
