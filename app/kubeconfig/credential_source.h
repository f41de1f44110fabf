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

/// Credentials, and the person's say in how they are had. A login that failed (a plugin, a refused renewal) is not
/// repeated by itself, however often somebody asks for the credential.
class UserCredentials : public http::CredentialSource {
public:
    /// The person asks for them anew: a login that failed until then (monotonic) may be tried once more.
    virtual void forgetFailure(std::chrono::milliseconds until) = 0;
    /// The person gives up the login that is under way: a plugin is ended, for all who wait for it.
    virtual void cancelLogin() = 0;
};

/// The credentials of a context's user. Static token, basic and certificate beat a plugin. Token files are cached
/// for 60 s and read again after a 401, certificate files reloaded when they change; a failed read keeps the last.
/// Nothing runs and no credential file is read until current() is called.
[[nodiscard]] Result<std::shared_ptr<UserCredentials>> makeCredentialSource(const Kubeconfig& config,
                                                                            const std::string& contextName,
                                                                            CredentialServices services);

}  // namespace quarterdeck::kubeconfig
