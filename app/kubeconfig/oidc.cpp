#include "app/kubeconfig/oidc.h"

#include <QByteArray>
#include <nlohmann/json.hpp>

#include "app/base/time_text.h"
#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/material.h"

namespace quarterdeck::kubeconfig {

namespace {

constexpr std::chrono::seconds kSkew{10};

/// The `exp` claim of a JWT; nothing where it is none.
std::optional<Instant> expiryOf(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view payload = token.substr(first + 1, second - first - 1);
    QByteArray text = QByteArray::fromBase64(QByteArray(payload.data(), static_cast<qsizetype>(payload.size())),
                                             QByteArray::Base64UrlEncoding);
    const nlohmann::json claims = nlohmann::json::parse(text.constBegin(), text.constEnd(), nullptr, false);
    text.fill(' ');
    const auto expires = claims.is_object() ? claims.find("exp") : claims.end();
    if (!claims.is_object() || expires == claims.end() || !expires->is_number()) {
        return std::nullopt;
    }
    const double seconds = expires->get<double>();
    if (!(seconds > 0 && seconds < 1e11)) {
        return std::nullopt;
    }
    return Instant(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

}  // namespace

Result<http::Credential> oidcCredential(const User& user, Instant now) {
    const auto unusable = [&user](const char* reason) {
        return fail(kOidcNoToken, {{"user", user.name}, {"file", user.origin.file}, {"reason", reason}});
    };
    const auto found = user.authProvider->config.find("id-token");
    if (found == user.authProvider->config.end() || found->second.empty()) {
        return unusable("there is none");
    }
    const std::optional<Instant> expires = expiryOf(found->second.reveal());
    if (!expires || !fitsHeader(found->second.reveal())) {
        return unusable("it is not a JWT with an expiry");
    }
    if (now + kSkew >= *expires) {
        return fail(kOidcExpired, {{"user", user.name},
                                   {"file", user.origin.file},
                                   {"expired", formatRfc3339(*expires)},
                                   {"now", formatRfc3339(now)}});
    }
    http::Credential credential;
    credential.bearerToken = found->second;
    credential.expires = expires;
    return credential;
}

}  // namespace quarterdeck::kubeconfig
