#pragma once

#include <cstdint>
#include <string>

#include "app/base/result.h"
#include "app/http/endpoint.h"

namespace quarterdeck::http {

/// A server's address taken apart. User information and queries are never kept.
struct ServerUrl {
    /// "https://10.0.0.1:6443/prefix", without a trailing slash; for messages and requests alike.
    std::string text;
    bool https = false;
    std::string host;  ///< without brackets
    std::uint16_t port = 0;
    std::string prefix;  ///< "" or "/prefix"

    /// "host:port" with brackets around an IPv6 address.
    [[nodiscard]] std::string authority() const;
    /// localhost, 127.0.0.0/8 or ::1.
    [[nodiscard]] bool isLoopback() const;
};

/// Errors: kBadServerUrl.
[[nodiscard]] Result<ServerUrl> parseServerUrl(const Endpoint& endpoint);

}  // namespace quarterdeck::http
