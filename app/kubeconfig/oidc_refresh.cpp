#include <QByteArray>
#include <nlohmann/json.hpp>

#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/material.h"
#include "app/kubeconfig/oidc.h"

namespace quarterdeck::kubeconfig {

namespace {

using nlohmann::json;

constexpr std::chrono::seconds kLimit{20};
constexpr std::size_t kMaxAnswer = std::size_t{1} << 20U;

/// The client's own name and secret.
class ClientSource final : public http::CredentialSource {
public:
    explicit ClientSource(http::Credential credential) : credential_(std::move(credential)) {}
    Result<http::Credential> current(std::stop_token) override { return credential_; }
    Result<std::optional<http::Credential>> renewAfterRejection(const http::Credential&, std::stop_token) override {
        return std::optional<http::Credential>();
    }

private:
    const http::Credential credential_;
};

/// One renewal for one user.
class Renewal {
public:
    Renewal(const User& user, const std::shared_ptr<const Clock>& clock, const http::EnvironmentLookup& environment,
            std::stop_token stop)
        : user_(user), clock_(clock), environment_(environment), stop_(std::move(stop)) {}

    Result<OidcTokenPair> run(const Secret& refreshToken) {
        issuer_ = std::string(setting("idp-issuer-url"));
        if (issuer_.empty() || setting("client-id").empty()) {
            return refuse(issuer_.empty() ? "there is no idp-issuer-url" : "there is no client-id");
        }
        while (issuer_.ends_with('/')) {
            issuer_.pop_back();
        }
        auto roots = authority();
        if (!roots) {
            return refuse(roots.error());
        }
        caPem_ = std::move(*roots);
        auto endpoint = tokenEndpoint();
        return endpoint ? trade(*endpoint, refreshToken) : Result<OidcTokenPair>(fail(endpoint.error()));
    }

private:
    [[nodiscard]] std::string_view setting(const char* name) const {
        const auto found = user_.authProvider->config.find(name);
        return found == user_.authProvider->config.end() ? std::string_view() : found->second.reveal();
    }

    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& reason, const ErrorCode& code = kOidcRefresh) const {
        return fail(code, {{"user", user_.name},
                           {"file", user_.origin.file},
                           {"issuer", issuer_.empty() ? "its issuer" : redactUrl(issuer_)},
                           {"reason", reason}});
    }

    [[nodiscard]] OrReason<std::string> authority() const {
        if (const std::string_view data = setting("idp-certificate-authority-data"); !data.empty()) {
            OrReason<std::string> pem = decodeBase64(std::string(data));
            return pem && holdsPem(*pem, "CERTIFICATE")
                       ? std::move(pem)
                       : tl::unexpected<std::string>("idp-certificate-authority-data holds no PEM certificate");
        }
        const std::string_view path = setting("idp-certificate-authority");
        if (path.empty()) {
            return std::string();
        }
        OrReason<std::string> pem = readBytes(resolvePath(user_.origin, std::string(path)), kMaxMaterialBytes);
        if (!pem || !holdsPem(*pem, "CERTIFICATE")) {
            return tl::unexpected<std::string>("idp-certificate-authority cannot be used: " +
                                               (pem ? std::string("it holds no PEM certificate") : pem.error()));
        }
        return pem;
    }

    [[nodiscard]] Result<http::Response> ask(const std::string& server, http::Request request,
                                             std::shared_ptr<http::CredentialSource> credentials) const {
        http::Endpoint endpoint;
        endpoint.serverUrl = server;
        endpoint.caPem = caPem_;
        endpoint.label = "sign-in of user " + user_.name;
        http::TransportOptions options;
        options.environment = environment_;
        request.headers.push_back({"Accept", "application/json"});
        request.timeout = kLimit;
        request.maxBody = kMaxAnswer;
        http::HttpTransport transport(std::move(endpoint), std::move(credentials), clock_, std::move(options));
        return transport.send(request, stop_);
    }

    struct Endpoint {
        std::string server;
        std::string target;
        bool basic = true;  ///< how the client says who it is: by a header, else in the form
    };

    Result<Endpoint> tokenEndpoint() {
        if (!issuer_.starts_with("https://")) {
            return refuse("idp-issuer-url must begin with https://");
        }
        http::Request request;
        request.target = "/.well-known/openid-configuration";
        const auto answer = ask(issuer_, std::move(request), nullptr);
        if (!answer) {
            return fail(answer.error());
        }
        const json told = json::parse(answer->body, nullptr, false);
        if (answer->head.status != 200 || !told.is_object()) {
            return refuse("it answered " + std::to_string(answer->head.status) +
                          " and no configuration to /.well-known/openid-configuration");
        }
        const std::string url = text(told, "token_endpoint");
        const std::size_t host = std::string_view("https://").size();
        const std::size_t path = url.find('/', host);
        if (!url.starts_with("https://") || path == std::string::npos || !fitsHeader(url) ||
            url.find('@') != std::string::npos) {
            return refuse("the token_endpoint of its configuration is no https:// address");
        }
        Endpoint endpoint{url.substr(0, path), url.substr(path), true};
        if (const auto methods = told.find("token_endpoint_auth_methods_supported");
            methods != told.end() && methods->is_array() && !methods->empty()) {
            endpoint.basic = std::find(methods->begin(), methods->end(), "client_secret_basic") != methods->end();
        }
        return endpoint;
    }

    Result<OidcTokenPair> trade(const Endpoint& endpoint, const Secret& refreshToken) {
        const std::string id = http::percentEncode(setting("client-id"));
        const bool secret = !setting("client-secret").empty();
        http::Request request;
        request.method = "POST";
        request.effect = http::Effect::Write;  // a refresh token may be good for one use only: never sent twice
        request.target = endpoint.target;
        request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        request.body = "grant_type=refresh_token&refresh_token=" + http::percentEncode(refreshToken.reveal());
        http::Credential client;
        if (secret && endpoint.basic) {
            client.basicUser = id;
            client.basicPassword = Secret(http::percentEncode(setting("client-secret")));
        } else {
            request.body += "&client_id=" + id;
            if (secret) {
                request.body += "&client_secret=" + http::percentEncode(setting("client-secret"));
            }
        }
        auto answer = ask(endpoint.server, request, std::make_shared<ClientSource>(std::move(client)));
        wipeString(request.body);
        if (!answer) {
            return fail(answer.error());
        }
        const json told = json::parse(answer->body, nullptr, false);
        wipeString(answer->body);
        if (answer->head.status != 200) {
            const std::string code = text(told, "error");
            const bool known = !code.empty() && code.size() < 64 &&
                               code.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
            // A page of somebody in between is no word of the provider; neither is its own failure.
            const int status = answer->head.status;
            const bool refused = known && (status == 400 || status == 401 || status == 403);
            return refuse("it answered " + std::to_string(status) + (known ? " " + code : std::string()),
                          refused ? kOidcRefused : kOidcRefresh);
        }
        OidcTokenPair pair;
        pair.idToken = Secret(text(told, "id_token"));
        pair.refreshToken = Secret(text(told, "refresh_token"));
        if (pair.idToken.empty()) {
            return refuse("its answer holds no id_token");
        }
        return pair;
    }

    [[nodiscard]] static std::string text(const json& object, const char* key) {
        const auto found = object.is_object() ? object.find(key) : object.end();
        return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>()
                                                                                 : std::string();
    }

    const User& user_;
    const std::shared_ptr<const Clock>& clock_;
    const http::EnvironmentLookup& environment_;
    const std::stop_token stop_;
    std::string issuer_;
    std::string caPem_;
};

}  // namespace

Result<OidcTokenPair> refreshOidc(const User& user, const Secret& refreshToken,
                                  const std::shared_ptr<const Clock>& clock, const http::EnvironmentLookup& environment,
                                  std::stop_token stop) {
    return Renewal(user, clock, environment, std::move(stop)).run(refreshToken);
}

}  // namespace quarterdeck::kubeconfig
