#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "app/http/channel.h"

namespace quarterdeck::fakes {

/// A channel whose answers are written down beforehand, in order. When they are used up, calls block until they are
/// cancelled, like a server that says nothing.
class ScriptedChannel final : public http::Channel {
public:
    /// What one call meets: a status, a body, and how it ends.
    struct Answer {
        int status = 200;
        std::string body = {};
        std::vector<http::Header> headers = {};
        /// Instead of an answer, or after the body of a stream.
        std::optional<Error> failure = {};
        /// A stream stays open after its body until it is cancelled or release() is called.
        bool holdOpen = false;
    };
    void answer(Answer next);

    [[nodiscard]] Result<http::Response> send(const http::Request& request, std::stop_token stop) override;
    [[nodiscard]] Result<http::ResponseHead> stream(const http::Request& request, http::StreamSink& sink,
                                                    std::stop_token stop) override;
    /// Every answer is a refusal.
    [[nodiscard]] Result<http::Upgrade> upgrade(const http::Request& request, const http::WebSocketOptions& options,
                                                std::stop_token stop) override;
    [[nodiscard]] std::optional<std::chrono::milliseconds> clockOffset() const override { return std::nullopt; }
    [[nodiscard]] std::string serverUrl() const override { return "https://scripted.test"; }

    /// Targets asked for so far.
    [[nodiscard]] std::vector<std::string> targets() const;
    /// Their Accept headers.
    [[nodiscard]] std::vector<std::string> accepted() const;
    /// Waits until so many calls have come; false after ten seconds.
    [[nodiscard]] bool waitForCalls(std::size_t count) const;
    /// Ends one stream that is or will be held open, cleanly.
    void release();

private:
    std::optional<Answer> next(const http::Request& request, std::stop_token stop);
    bool hold(std::stop_token stop);

    mutable std::mutex mutex_;
    mutable std::condition_variable_any changed_;
    std::deque<Answer> answers_;
    std::vector<std::string> targets_;
    std::vector<std::string> accepted_;
    unsigned releases_ = 0;
};

}  // namespace quarterdeck::fakes
