#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/fakes/test_certificates.h"

namespace quarterdeck::fakes {

/// A forward proxy on 127.0.0.1: HTTP CONNECT, plain or over TLS, or SOCKS 5. It takes every tunnel to 127.0.0.1 and
/// the port asked for, whatever the host, and notes what was asked. Any thread; ends everything when it dies.
class ProxyServer {
public:
    enum class Kind { Http, Socks5 };
    struct Options {
        Kind kind = Kind::Http;
        /// The proxy's own certificate: an https proxy.
        std::optional<PemIdentity> tls = {};
        /// Both empty: nobody has to sign in.
        std::string user = {};
        std::string password = {};
        /// Instead of a tunnel, to whoever may use it: these bytes (HTTP) or this reply code (SOCKS 5), then the end.
        std::string refusal = {};
        unsigned char socksReply = 0;
    };
    explicit ProxyServer(Options options);
    ~ProxyServer();
    ProxyServer(const ProxyServer&) = delete;
    ProxyServer& operator=(const ProxyServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// "http://127.0.0.1:PORT", "https://…" or "socks5://…"; `signIn` stands before the host: "user:password@".
    [[nodiscard]] std::string url(const std::string& signIn = {}) const;
    /// "host:port" of every tunnel that was asked for, refused ones too.
    [[nodiscard]] std::vector<std::string> asked() const;
    /// Tunnels that were opened.
    [[nodiscard]] int tunnels() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::fakes
