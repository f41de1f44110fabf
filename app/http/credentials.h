#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/base/secret.h"

namespace quarterdeck::http {

/// What identifies us to a server for a while. Any combination; all empty = anonymous.
struct Credential {
    Secret bearerToken;
    std::string basicUser;
    Secret basicPassword;
    /// PEM, certificate chain and key for TLS; changing them needs new connections.
    std::string clientCertificatePem;
    Secret clientKeyPem;
    std::optional<Instant> expires;
    /// Moves with every rotation, so that a 401 can tell an old credential from a new one.
    unsigned generation = 0;
};

/// Where credentials come from: static, a token file, an exec plugin. Blocking, any thread; several callers at once
/// share one run of a plugin.
class CredentialSource {
public:
    virtual ~CredentialSource() = default;
    [[nodiscard]] virtual Result<Credential> current(std::stop_token stop) = 0;
    /// The server answered 401 to `rejected`. Renews once where that can help (exec plugins) unless it has rotated
    /// already; otherwise returns nothing: the 401 stands.
    [[nodiscard]] virtual Result<std::optional<Credential>> renewAfterRejection(const Credential& rejected,
                                                                                std::stop_token stop) = 0;
    /// Server clock minus ours, as its last answer had it: what the server will compare expiries with.
    virtual void noteServerClock(std::chrono::milliseconds offset) { static_cast<void>(offset); }
};

}  // namespace quarterdeck::http
