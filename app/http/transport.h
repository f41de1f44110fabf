#pragma once

#include <atomic>
#include <memory>

#include "app/base/clock.h"
#include "app/http/channel.h"
#include "app/http/credentials.h"
#include "app/http/endpoint.h"
#include "app/http/proxy_choice.h"

namespace quarterdeck::http {

struct TransportOptions {
    std::chrono::milliseconds connectTimeout{10'000};
    /// After this long without a byte on a stream a probe GET goes out on the same connection …
    std::chrono::milliseconds idleProbeAfter{75'000};
    /// … and if it is not answered within this, all connections are dropped and their transfers fail.
    std::chrono::milliseconds idleProbeLimit{10'000};
    /// A send() that delivers fewer than 1 KiB/s for this long fails with kTooSlow (the one-byte-a-second server).
    std::chrono::milliseconds slowLimit{20'000};
    std::string userAgent = "quarterdeck/0.1";
    /// Where the proxy variables are looked up for an endpoint without proxy-url.
    EnvironmentLookup environment = processEnvironment;
};

/// libcurl over one I/O thread per context (curl_multi_poll + wakeup). HTTP/2 where the server speaks it, gzip, TLS
/// material by blobs, TCP keepalive. Holds the gate: Write is refused while locked, and any Effect that method and
/// path contradict. Credentials go out only over https. Redirects are not followed. A 401 renews the credential once.
/// Destruction cancels what is under way and joins the thread.
class HttpTransport final : public Channel {
public:
    HttpTransport(Endpoint endpoint, std::shared_ptr<CredentialSource> credentials, std::shared_ptr<const Clock> clock,
                  TransportOptions options = {});
    ~HttpTransport() override;
    HttpTransport(const HttpTransport&) = delete;
    HttpTransport& operator=(const HttpTransport&) = delete;

    [[nodiscard]] Result<Response> send(const Request& request, std::stop_token stop) override;
    [[nodiscard]] Result<ResponseHead> stream(const Request& request, StreamSink& sink, std::stop_token stop) override;
    /// On a connection of its own (HTTP/1.1), which outlives the transport where the caller keeps it.
    [[nodiscard]] Result<Upgrade> upgrade(const Request& request, const WebSocketOptions& options,
                                          std::stop_token stop) override;
    [[nodiscard]] std::optional<std::chrono::milliseconds> clockOffset() const override;
    [[nodiscard]] std::string serverUrl() const override;

    /// A locked context refuses Effect::Write. Sessions start unlocked or locked as the settings say.
    void setLocked(bool locked);
    /// Drops every connection (wake from sleep, network change): transfers under way fail and are tried anew by their
    /// owners.
    void reconnect();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// What the gate makes of a request: nothing where it may pass. Pure; see HttpTransport.
[[nodiscard]] std::optional<Error> checkEffect(const Request& request, bool locked);

}  // namespace quarterdeck::http
