#pragma once

#include <string>
#include <vector>

#include "app/http/message.h"

namespace quarterdeck::http {

/// How to reach and recognise one server. Built by kubeconfig/ from a context; all files already read.
struct Endpoint {
    /// "https://host:port/prefix" without trailing slash.
    std::string serverUrl;
    /// Trusted roots as PEM; empty = the system's.
    std::string caPem;
    bool insecureSkipTlsVerify = false;
    /// Name to verify (and send as SNI) instead of the URL's host; empty = the host.
    std::string tlsServerName;
    /// http://, https:// or socks5://; empty = the proxy environment variables.
    std::string proxyUrl;
    bool disableCompression = false;
    /// Impersonation headers, sent with every request.
    std::vector<Header> extraHeaders;
    /// Context name, for messages.
    std::string label;
};

}  // namespace quarterdeck::http
