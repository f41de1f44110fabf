#pragma once

#include <memory>
#include <string>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/http/credentials.h"
#include "app/kubeconfig/exec_plugin.h"
#include "app/kubeconfig/model.h"
#include "app/kubeconfig/oidc.h"

namespace quarterdeck::kubeconfig {

/// What credential sources need; shared by all contexts.
struct CredentialServices {
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<ExecPluginCache> plugins;
    /// PATH for this context's plugin instead of the login shell's; empty = none.
    std::string pluginPath;
    /// Renewed tokens of the legacy oidc auth-provider; null: not shared with other contexts.
    std::shared_ptr<OidcTokens> oidc = nullptr;
};

/// The credentials of a context's user. Static token, basic and certificate beat a plugin. Token files are cached
/// for 60 s, certificate files reloaded when they change; a failed read keeps the last. Nothing runs and no credential
/// file is read until current() is called.
[[nodiscard]] Result<std::shared_ptr<http::CredentialSource>> makeCredentialSource(const Kubeconfig& config,
                                                                                   const std::string& contextName,
                                                                                   CredentialServices services);

}  // namespace quarterdeck::kubeconfig
