#include "app/kubeconfig/credential_source.h"

#include <atomic>
#include <mutex>

#include "app/kubeconfig/client_certificate.h"
#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/resolve.h"
#include "app/kubeconfig/token_file.h"

namespace quarterdeck::kubeconfig {

namespace {

using Renewed = std::optional<http::Credential>;

/// Token, token file, basic and certificate of one user; the legacy oidc token too. After a 401 files have the word
/// once more: whoever rotates a token may revoke the old one at once.
class UserSource final : public UserCredentials {
public:
    UserSource(User user, CredentialServices services) : user_(std::move(user)), oidc_(std::move(services.oidc)) {
        if (!user_.tokenFile.empty()) {
            tokenFile_.emplace(resolvePath(user_.origin, user_.tokenFile), services.clock);
        }
        if (user_.authProvider && !oidc_) {
            oidc_ = std::make_shared<OidcTokens>(services.clock);
        }
        if (!user_.clientCertificate.empty() || !user_.clientCertificateData.empty()) {
            certificate_.emplace(user_);
        }
    }

    Result<http::Credential> current(std::stop_token stop) override {
        if (stop.stop_requested()) {
            return fail(kCancelled);
        }
        Result<http::Credential> credential = bearer(stop);
        if (!credential) {
            return credential;
        }
        credential->basicUser = user_.username;
        credential->basicPassword = user_.password;
        if (certificate_) {
            Result<ClientCertificate::Pair> pair = certificate_->pair();
            if (!pair) {
                return fail(pair.error());
            }
            credential->clientCertificatePem = std::move(pair->certificatePem);
            credential->clientKeyPem = std::move(pair->keyPem);
        }
        number(*credential);
        return credential;
    }

    Result<Renewed> renewAfterRejection(const http::Credential& rejected, std::stop_token stop) override {
        if (tokenFile_) {
            tokenFile_->readAgain();
        }
        Result<http::Credential> now = current(std::move(stop));
        if (!now) {
            return fail(now.error());
        }
        return now->generation != rejected.generation ? Renewed(std::move(*now)) : Renewed();
    }
    void noteServerClock(std::chrono::milliseconds offset) override { serverOffset_ = offset; }
    void forgetFailure(std::chrono::milliseconds until) override {
        if (user_.authProvider && oidc_) {
            oidc_->forgetFailure(user_, until);
        }
    }
    void cancelLogin() override {}  // a renewal asks nobody and ends soon

private:
    Result<http::Credential> bearer(const std::stop_token& stop) {
        http::Credential credential;
        if (tokenFile_) {
            OrReason<Secret> token = tokenFile_->token();
            if (token) {
                credential.bearerToken = std::move(*token);
                return credential;
            }
            if (user_.token.empty()) {
                return fail(kTokenFileUnreadable, {{"path", tokenFile_->path()},
                                                   {"user", user_.name},
                                                   {"reason", token.error()},
                                                   {"file", user_.origin.file}});
            }
        }
        const bool stands = !user_.token.empty() || !user_.username.empty() || !user_.password.empty() || certificate_;
        if (user_.authProvider && !stands) {
            return oidc_->current(user_, serverOffset_.load(), stop);
        }
        credential.bearerToken = user_.token;
        return credential;
    }

    void number(http::Credential& credential) {
        const std::scoped_lock lock(mutex_);
        const bool same = generation_ != 0 && lastToken_ == credential.bearerToken &&
                          lastCertificate_ == credential.clientCertificatePem && lastKey_ == credential.clientKeyPem;
        if (!same) {
            ++generation_;
            lastToken_ = credential.bearerToken;
            lastCertificate_ = credential.clientCertificatePem;
            lastKey_ = credential.clientKeyPem;
        }
        credential.generation = generation_;
    }

    const User user_;
    std::shared_ptr<OidcTokens> oidc_;
    std::atomic<std::chrono::milliseconds> serverOffset_{};
    std::optional<TokenFile> tokenFile_;
    std::optional<ClientCertificate> certificate_;
    std::mutex mutex_;
    unsigned generation_ = 0;
    Secret lastToken_;
    std::string lastCertificate_;
    Secret lastKey_;
};

/// A user's exec plugin; runs are shared through the cache.
class PluginSource final : public UserCredentials {
public:
    PluginSource(ExecRequest request, std::shared_ptr<ExecPluginCache> plugins)
        : request_(std::move(request)), plugins_(std::move(plugins)) {}

    Result<http::Credential> current(std::stop_token stop) override {
        return plugins_->current(request_, stop, serverOffset_.load());
    }
    Result<Renewed> renewAfterRejection(const http::Credential& rejected, std::stop_token stop) override {
        return plugins_->renew(request_, rejected, stop);
    }
    void noteServerClock(std::chrono::milliseconds offset) override { serverOffset_ = offset; }
    void forgetFailure(std::chrono::milliseconds until) override { plugins_->forgetFailure(request_, until); }
    void cancelLogin() override { plugins_->cancel(request_); }

private:
    const ExecRequest request_;
    const std::shared_ptr<ExecPluginCache> plugins_;
    std::atomic<std::chrono::milliseconds> serverOffset_{};
};

bool hasStaticCredential(const User& user) {
    return !user.token.empty() || !user.tokenFile.empty() || !user.username.empty() || !user.password.empty() ||
           !user.clientCertificate.empty() || !user.clientCertificateData.empty();
}

}  // namespace

Result<std::shared_ptr<UserCredentials>> makeCredentialSource(const Kubeconfig& config, const std::string& contextName,
                                                              CredentialServices services) {
    const std::string& name = contextName.empty() ? config.currentContext : contextName;
    Result<http::Endpoint> endpoint = endpointFor(config, name);
    if (!endpoint) {
        return fail(endpoint.error());
    }
    const Context& context = *config.context(name);
    const User* const user = config.user(context.user);
    if (user != nullptr && user->exec && !hasStaticCredential(*user)) {
        ExecRequest request;
        request.exec = *user->exec;
        request.origin = user->origin;
        request.userName = user->name;
        request.cluster = *config.cluster(context.cluster);
        request.caPem = std::move(endpoint->caPem);
        request.searchPath = std::move(services.pluginPath);
        return std::make_shared<PluginSource>(std::move(request), std::move(services.plugins));
    }
    return std::make_shared<UserSource>(user == nullptr ? User{} : *user, std::move(services));
}

}  // namespace quarterdeck::kubeconfig
