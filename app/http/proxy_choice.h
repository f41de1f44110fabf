#pragma once

#include <functional>
#include <string>

#include "app/base/result.h"
#include "app/base/secret.h"
#include "app/http/endpoint.h"
#include "app/http/server_url.h"

namespace quarterdeck::http {

/// The proxy that a server is reached through.
struct ProxyChoice {
    /// As libcurl wants it, without user and password; empty = none.
    std::string url;
    std::string user;
    Secret password;
    /// For messages: "http://proxy:3128 (proxy-url)", "socks5://proxy:1080 (HTTPS_PROXY)".
    std::string shown;

    [[nodiscard]] bool isSet() const { return !url.empty(); }
    [[nodiscard]] bool isHttps() const { return url.starts_with("https://"); }
    [[nodiscard]] bool isSocks() const { return url.starts_with("socks5"); }
};

/// Value of an environment variable; empty where unset.
using EnvironmentLookup = std::function<std::string(const char* name)>;

/// The process's own.
[[nodiscard]] std::string processEnvironment(const char* name);

/// As client-go chooses: proxy-url; without one HTTPS_PROXY (or HTTP_PROXY for http://), in capitals or small letters,
/// unless NO_PROXY names the server or it is this machine. Host names are resolved by a SOCKS proxy. Errors:
/// kProxyFailed for a URL or scheme that cannot be used; nothing of a password is in them.
[[nodiscard]] Result<ProxyChoice> chooseProxy(const Endpoint& endpoint, const ServerUrl& server,
                                              const EnvironmentLookup& environment);

/// Whether NO_PROXY ("a.example, .b.example, 10.0.0.0/8, host:6443, *") names a server.
[[nodiscard]] bool isExempt(const ServerUrl& server, std::string_view noProxy);

}  // namespace quarterdeck::http
