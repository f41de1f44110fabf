#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/http/credentials.h"
#include "app/http/transport.h"
#include "app/kubeconfig/model.h"

namespace quarterdeck::kubeconfig {

/// How close to its expiry an id-token is taken for expired already.
inline constexpr std::chrono::seconds kOidcSkew{10};

/// What a renewal brought.
struct OidcTokenPair {
    Secret idToken;
    /// Replaces the one that was used; empty = that one stays good.
    Secret refreshToken;
};

/// Trades a refresh token for a new id-token: asks the issuer (idp-issuer-url, https) for its token endpoint and posts
/// there, once. `refreshToken` instead of the one in the configuration. Blocks. No token is in any error. Errors:
/// kOidcRefused where the provider does not take the token, kOidcRefresh where it or its settings fail, else those of
/// the connection.
[[nodiscard]] Result<OidcTokenPair> refreshOidc(const User& user, const Secret& refreshToken,
                                                const std::shared_ptr<const Clock>& clock,
                                                const http::EnvironmentLookup& environment, std::stop_token stop);

/// The id-tokens of users with the legacy oidc auth-provider, each renewed 10 s before it expires where there is a
/// refresh token. Renewed tokens are kept for this run only and shared by all contexts with the same configuration, one
/// renewal at a time; nothing is written. A refusal is not asked for again but told to whoever asks, until somebody
/// forgets it; other failures are held for 10 s. Any thread; blocks for the network.
class OidcTokens {
public:
    explicit OidcTokens(std::shared_ptr<const Clock> clock,
                        http::EnvironmentLookup environment = http::processEnvironment);
    ~OidcTokens();
    OidcTokens(const OidcTokens&) = delete;
    OidcTokens& operator=(const OidcTokens&) = delete;

    /// The token as a bearer token. `serverOffset`: server clock minus ours.
    [[nodiscard]] Result<http::Credential> current(const User& user, std::chrono::milliseconds serverOffset,
                                                   std::stop_token stop);
    /// The person asks to sign in again: what failed until then (monotonic) may be tried once more.
    void forgetFailure(const User& user, std::chrono::milliseconds until);
    /// Another network, or this machine woke: everything that failed may be tried once more.
    void forgetFailures();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::kubeconfig
