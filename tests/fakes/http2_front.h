#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tests/fakes/test_certificates.h"

namespace quarterdeck::fakes {

/// nghttpx as a child process: HTTP/2 over TLS on 127.0.0.1 in front of a plain HTTP/1.1 server. Throws
/// std::runtime_error where the program is missing (Debian: nghttp2-proxy) or does not start within 10 s.
class Http2Front {
public:
    Http2Front(std::uint16_t backendPort, const PemIdentity& identity);
    /// Ends the child.
    ~Http2Front();
    Http2Front(const Http2Front&) = delete;
    Http2Front& operator=(const Http2Front&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string url() const;
    /// Connections to the front that are established now (read from /proc/net/tcp).
    [[nodiscard]] int connectionCount() const;
    /// Stops (and continues) the child, so that its connections stay open and say nothing: a dead peer.
    void freeze();
    void thaw();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::fakes
