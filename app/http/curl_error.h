#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <string>

#include "app/base/error.h"
#include "app/http/message.h"
#include "app/http/server_url.h"
#include "app/http/tls_setup.h"
#include "app/http/transport.h"

namespace quarterdeck::http {

/// What is known of a transfer that failed.
struct FailedTransfer {
    CURL* easy = nullptr;
    /// libcurl's own words; used only where they cannot hold what the server or the person sent.
    const char* words = "";
    const Endpoint& endpoint;
    const ServerUrl& server;
    const ProxyChoice& proxy;
    const TransportOptions& options;
    const Request& request;
    const HandshakeFacts& handshake;
    Instant now;
    /// Of the server, where it has answered before.
    std::optional<std::chrono::milliseconds> clockOffset;
    bool headSeen = false;
};

/// The error for a CURLcode. Never holds credentials, header values or the query.
[[nodiscard]] Error describeFailure(CURLcode code, const FailedTransfer& transfer);

/// "30 s", "1.5 s"; "64 MiB", "900 bytes": the {limit} of errors.
[[nodiscard]] std::string durationText(std::chrono::milliseconds duration);
[[nodiscard]] std::string sizeText(std::size_t bytes);

}  // namespace quarterdeck::http
