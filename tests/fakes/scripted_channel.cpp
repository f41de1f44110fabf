#include "tests/fakes/scripted_channel.h"

namespace quarterdeck::fakes {

using namespace std::chrono_literals;

void ScriptedChannel::answer(Answer next) {
    const std::scoped_lock lock(mutex_);
    answers_.push_back(std::move(next));
    changed_.notify_all();
}

std::optional<ScriptedChannel::Answer> ScriptedChannel::next(const http::Request& request, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    targets_.push_back(request.target);
    accepted_.emplace_back(http::findHeader(request.headers, "accept"));
    changed_.notify_all();
    if (!changed_.wait(lock, stop, [this] { return !answers_.empty(); })) {
        return std::nullopt;
    }
    Answer taken = std::move(answers_.front());
    answers_.pop_front();
    return taken;
}

bool ScriptedChannel::hold(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [&] { return releases_ > 0; })) {
        return false;
    }
    --releases_;
    return true;
}

Result<http::Response> ScriptedChannel::send(const http::Request& request, std::stop_token stop) {
    auto taken = next(request, stop);
    if (!taken) {
        return fail(kCancelled);
    }
    if (taken->failure) {
        return fail(*taken->failure);
    }
    return http::Response{{taken->status, taken->headers}, taken->body};
}

Result<http::Upgrade> ScriptedChannel::upgrade(const http::Request& request, const http::WebSocketOptions& /*options*/,
                                               std::stop_token stop) {
    auto answer = send(request, std::move(stop));
    return answer ? Result<http::Upgrade>(http::Upgrade{nullptr, std::move(*answer)})
                  : Result<http::Upgrade>(fail(answer.error()));
}

Result<http::ResponseHead> ScriptedChannel::stream(const http::Request& request, http::StreamSink& sink,
                                                   std::stop_token stop) {
    auto taken = next(request, stop);
    if (!taken) {
        return fail(kCancelled);
    }
    if (taken->failure && taken->body.empty()) {
        return fail(*taken->failure);
    }
    const http::ResponseHead head{taken->status, taken->headers};
    if (sink.onHead(head) == http::Flow::Stop || sink.onData(taken->body) == http::Flow::Stop) {
        return head;
    }
    if (taken->holdOpen && !hold(stop)) {
        return fail(kCancelled);
    }
    if (taken->failure) {
        return fail(*taken->failure);
    }
    return head;
}

std::vector<std::string> ScriptedChannel::targets() const {
    const std::scoped_lock lock(mutex_);
    return targets_;
}

std::vector<std::string> ScriptedChannel::accepted() const {
    const std::scoped_lock lock(mutex_);
    return accepted_;
}

bool ScriptedChannel::waitForCalls(std::size_t count) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 10s, [&] { return targets_.size() >= count; });
}

void ScriptedChannel::release() {
    const std::scoped_lock lock(mutex_);
    ++releases_;
    changed_.notify_all();
}

}  // namespace quarterdeck::fakes
