#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/http/credentials.h"
#include "app/http/endpoint.h"
#include "app/http/proxy_choice.h"

namespace quarterdeck::http {

/// What a certificate says of itself.
struct CertificateFacts {
    std::string subject;  ///< "CN=kube-apiserver,O=…" (RFC 2253)
    std::string issuer;
    /// DNS names and addresses of subjectAltName; the common name where there are none.
    std::vector<std::string> names;
    Instant notBefore;
    Instant notAfter;
};

/// What a TLS handshake showed; filled on the I/O thread while the handshake runs.
struct HandshakeFacts {
    std::optional<CertificateFacts> server;
    /// The certificate of the chain that was refused, and why (an X509_V_ERR_… value).
    std::optional<CertificateFacts> refused;
    int refusal = 0;
};

/// Sets trust, client certificate and protocol versions of a transfer. The PEM texts are not copied: endpoint and
/// credential must outlive the handle. The facts are kept alive by the connection too.
void applyTls(CURL* easy, const Endpoint& endpoint, const Credential& credential,
              const std::shared_ptr<HandshakeFacts>& facts);

/// Sets the proxy of a transfer, its credentials, and trust where it is an https one: what vouches for the server may
/// vouch for it too, and so may the system's roots. Never libcurl's own choice from the environment.
void applyProxy(CURL* easy, const ProxyChoice& proxy, const Endpoint& endpoint);

}  // namespace quarterdeck::http
