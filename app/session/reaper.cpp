#include "app/session/reaper.h"

namespace quarterdeck::session {

Reaper::Reaper() : thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}
Reaper::~Reaper() = default;

void Reaper::push(std::function<void()> end) {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(end));
    wake_.notify_one();
}

void Reaper::run(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, stop, [this] { return !waiting_.empty(); });
        std::vector<std::function<void()>> taken;
        taken.swap(waiting_);
        if (taken.empty()) {
            return;  // stop was requested and nothing is left
        }
        lock.unlock();
        for (auto& end : taken) {
            end();
        }
        taken.clear();
        lock.lock();
    }
}

}  // namespace quarterdeck::session
