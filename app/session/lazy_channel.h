#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "app/http/transport.h"

namespace quarterdeck::session {

/// A channel whose transport is made by the first caller, on that caller's worker thread: certificate files and
/// endpoints are read there and never on the interface thread. A failed attempt is answered and made anew next time.
class LazyChannel final : public http::Channel {
public:
    using Factory = std::function<Result<std::shared_ptr<http::HttpTransport>>()>;
    LazyChannel(Factory factory, std::string serverUrl);

    [[nodiscard]] Result<http::Response> send(const http::Request& request, std::stop_token stop) override;
    [[nodiscard]] Result<http::ResponseHead> stream(const http::Request& request, http::StreamSink& sink,
                                                    std::stop_token stop) override;
    [[nodiscard]] std::optional<std::chrono::milliseconds> clockOffset() const override;
    [[nodiscard]] std::string serverUrl() const override { return serverUrl_; }
    /// Drops all connections, where there are any.
    void reconnect();

private:
    Result<std::shared_ptr<http::HttpTransport>> transport();

    Factory factory_;
    std::string serverUrl_;
    mutable std::mutex mutex_;
    std::shared_ptr<http::HttpTransport> transport_;
};

}  // namespace quarterdeck::session
