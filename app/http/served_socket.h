#pragma once

#include <utility>  // before asio: Boost 1.74 needs it in C++20

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "app/http/curl_stream.h"
#include "app/http/web_socket.h"

namespace quarterdeck::http {

/// A WebSocket and the thread that serves it, from connecting to closing.
class ServedSocket final : public WebSocket {
public:
    ServedSocket(std::shared_ptr<const TransferContext> context, const Request& request, const Credential& credential,
                 WebSocketOptions options)
        : context_(std::move(context)),
          request_(request),
          credential_(credential),
          options_(std::move(options)),
          connection_(context_, request, credential),
          timer_(io_) {
        thread_ = std::jthread([this](const std::stop_token& quit) { serve(quit); });
    }
    ~ServedSocket() override {
        thread_.request_stop();
        thread_.join();
    }

    /// Blocks until the server has answered: nothing where the socket is open.
    [[nodiscard]] Result<std::optional<Response>> waitForAnswer(const std::stop_token& stop);

    [[nodiscard]] const std::string& protocol() const override { return protocol_; }
    [[nodiscard]] Result<std::optional<std::string>> receive(std::stop_token stop,
                                                             std::optional<std::chrono::milliseconds> limit) override;
    [[nodiscard]] Result<void> send(std::string message, std::stop_token stop) override;
    [[nodiscard]] Result<void> close(std::stop_token stop) override;
    [[nodiscard]] CloseReason closeReason() const override {
        const std::lock_guard lock(mutex_);
        return closeReason_;
    }

private:
    using Stream = boost::beast::websocket::stream<CurlStream, false>;
    using BeastError = boost::system::error_code;

    // The thread's own.
    void serve(const std::stop_token& quit);
    void shakeHands();
    void onAnswer(BeastError error);
    void read();
    void onMessage(BeastError error);
    void writeNext();
    void tick();
    /// `failure`: nothing where the peer closed in good order.
    void finish(std::optional<Error> failure);
    [[nodiscard]] Error failureOf(BeastError error) const;
    [[nodiscard]] Error error(const ErrorCode& code, Error::Parameter more) const {
        return makeError(code,
                         {{"server", context_->server.text}, {"context", context_->endpoint.label}, std::move(more)});
    }

    const std::shared_ptr<const TransferContext> context_;
    const Request request_;
    const Credential credential_;
    const WebSocketOptions options_;
    boost::asio::io_context io_;
    CurlConnection connection_;
    boost::asio::steady_timer timer_;
    std::optional<Stream> socket_;
    boost::beast::websocket::response_type answer_;
    boost::beast::flat_buffer incoming_;
    std::string outgoing_;
    bool writing_ = false;
    bool pinging_ = false;
    bool closing_ = false;
    std::chrono::steady_clock::time_point readSince_;

    mutable std::mutex mutex_;
    mutable std::condition_variable_any changed_;
    // Guarded by mutex_; protocol_ is never changed once the answer is there.
    bool answered_ = false;
    bool over_ = false;
    std::optional<Error> failure_;
    std::optional<Response> refusal_;
    std::string protocol_;
    CloseReason closeReason_;
    std::deque<std::string> received_;
    std::size_t receivedBytes_ = 0;
    bool readPaused_ = false;
    std::deque<std::string> queued_;
    std::size_t queuedBytes_ = 0;
    bool closeWanted_ = false;

    std::jthread thread_;  // last: ends first
};

}  // namespace quarterdeck::http
