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
    /// `locked`: whether the transport will refuse writes from its first moment.
    LazyChannel(Factory factory, std::string serverUrl, bool locked = false);

    [[nodiscard]] Result<http::Response> send(const http::Request& request, std::stop_token stop) override;
    [[nodiscard]] Result<http::ResponseHead> stream(const http::Request& request, http::StreamSink& sink,
                                                    std::stop_token stop) override;
    [[nodiscard]] Result<http::Upgrade> upgrade(const http::Request& request, const http::WebSocketOptions& options,
                                                std::stop_token stop) override;
    [[nodiscard]] std::optional<std::chrono::milliseconds> clockOffset() const override;
    [[nodiscard]] std::string serverUrl() const override { return serverUrl_; }
    /// Drops all connections, where there are any.
    void reconnect();
    /// Any thread, at once: a request that comes after it meets the gate as it stands now.
    void setLocked(bool locked);
    [[nodiscard]] bool locked() const;

private:
    Result<std::shared_ptr<http::HttpTransport>> transport();

    Factory factory_;
    std::string serverUrl_;
    std::mutex making_;         ///< held while the transport is made, which reads files
    mutable std::mutex mutex_;  ///< of what follows; never held for long
    bool locked_ = false;
    std::shared_ptr<http::HttpTransport> transport_;
};

}  // namespace quarterdeck::session
