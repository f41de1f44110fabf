#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/http/credentials.h"
#include "app/kubeconfig/model.h"

namespace quarterdeck::kubeconfig {

/// The id-token of a user with the legacy oidc auth-provider, as a bearer token until 10 s before it expires;
/// afterwards an error that says so.
[[nodiscard]] Result<http::Credential> oidcCredential(const User& user, Instant now);

}  // namespace quarterdeck::kubeconfig
