#include <utility>  // before asio: Boost 1.74 needs it in C++20

#include "app/http/web_socket.h"

#include <boost/asio/post.hpp>

#include "app/http/curl_error.h"
#include "app/http/errors.h"
#include "app/http/route_setup.h"
#include "app/http/served_socket.h"

namespace quarterdeck::http {

namespace asio = boost::asio;
using std::chrono::steady_clock;

Result<std::optional<Response>> ServedSocket::waitForAnswer(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [this] { return answered_ || over_; })) {
        return fail(kCancelled);
    }
    if (answered_) {
        return refusal_;
    }
    return fail(failure_.value_or(makeError(kCancelled)));
}

Result<std::optional<std::string>> ServedSocket::receive(std::stop_token stop,
                                                         std::optional<std::chrono::milliseconds> limit) {
    std::unique_lock lock(mutex_);
    const auto ready = [this] { return !received_.empty() || over_; };
    const bool came =
        limit ? changed_.wait_until(lock, stop, steady_clock::now() + *limit, ready) : changed_.wait(lock, stop, ready);
    if (stop.stop_requested()) {
        return fail(kCancelled);
    }
    if (!came) {
        return fail(error(kTimeout, {"limit", durationText(*limit)}));
    }
    if (!received_.empty()) {
        std::optional<std::string> message(std::move(received_.front()));
        received_.pop_front();
        receivedBytes_ -= message->size();
        if (readPaused_ && receivedBytes_ <= options_.buffered / 2) {
            readPaused_ = false;
            asio::post(io_, [this] { read(); });
        }
        return message;
    }
    if (failure_) {
        return fail(*failure_);
    }
    return std::optional<std::string>();
}

Result<void> ServedSocket::send(std::string message, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    const bool room = changed_.wait(lock, stop, [&] { return queuedBytes_ < options_.buffered || over_; });
    if (!room || stop.stop_requested()) {
        return fail(kCancelled);
    }
    if (over_ || closeWanted_) {
        return fail(failure_.value_or(error(kSocketLost, {"detail", "it is closed"})));
    }
    queuedBytes_ += message.size();
    queued_.push_back(std::move(message));
    asio::post(io_, [this] { writeNext(); });
    return {};
}

Result<void> ServedSocket::close(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    closeWanted_ = true;
    asio::post(io_, [this] { writeNext(); });
    const auto deadline = steady_clock::now() + options_.closeLimit;
    const bool done = changed_.wait_until(lock, stop, deadline, [this] { return over_; });
    if (!done) {
        thread_.request_stop();
        return stop.stop_requested() ? fail(kCancelled)
                                     : fail(error(kSocketSilent, {"limit", durationText(options_.closeLimit)}));
    }
    return failure_ ? Result<void>(fail(*failure_)) : Result<void>();
}

Result<Upgrade> openWebSocket(std::shared_ptr<const TransferContext> context, const Request& request,
                              const Credential& credential, const WebSocketOptions& options, std::stop_token stop) {
    if (auto error = unsendableIdentity(*context, credential)) {
        return fail(std::move(*error));
    }
    auto socket = std::make_unique<ServedSocket>(std::move(context), request, credential, options);
    auto refusal = socket->waitForAnswer(stop);
    if (!refusal) {
        return fail(refusal.error());
    }
    if (*refusal) {
        return Upgrade{nullptr, std::move(**refusal)};
    }
    return Upgrade{std::move(socket), {}};
}

}  // namespace quarterdeck::http
