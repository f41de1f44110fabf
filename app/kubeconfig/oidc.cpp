#include "app/kubeconfig/oidc.h"

#include <condition_variable>
#include <map>
#include <mutex>

#include <QByteArray>
#include <QCryptographicHash>
#include <nlohmann/json.hpp>

#include "app/base/time_text.h"
#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/material.h"

namespace quarterdeck::kubeconfig {

namespace {

/// A renewal that failed without being refused is told again to whoever asks within this time.
constexpr std::chrono::seconds kFailureHold{10};

/// The `exp` claim of a JWT; nothing where it is none.
std::optional<Instant> expiryOf(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || !fitsHeader(token)) {
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

Secret settingOf(const User& user, const char* name) {
    const auto found = user.authProvider->config.find(name);
    return found == user.authProvider->config.end() ? Secret() : found->second;
}

/// Identity of a configuration: a hash, so that no secret is kept for it.
std::string keyOf(const User& user) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](std::string_view text) {
        const std::string head = std::to_string(text.size()) + ":";
        hash.addData(QByteArrayView(head.data(), static_cast<qsizetype>(head.size())));
        hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    };
    for (const auto& [name, value] : user.authProvider->config) {
        add(name);
        add(value.reveal());
    }
    return hash.result().toStdString();
}

}  // namespace

struct OidcTokens::Impl {
    struct Failure {
        Error error;
        std::chrono::milliseconds at;
    };
    /// One configuration. All members are guarded by `mutex`.
    struct Entry {
        std::mutex mutex;
        std::condition_variable_any changed;
        bool renewing = false;
        Secret idToken;
        Secret refreshToken;
        std::optional<Failure> failure;
    };

    std::shared_ptr<const Clock> clock;
    http::EnvironmentLookup environment;
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<Entry>> entries;

    std::shared_ptr<Entry> entryFor(const User& user) {
        const std::string key = keyOf(user);
        const std::scoped_lock lock(mutex);
        std::shared_ptr<Entry>& entry = entries[key];
        if (!entry) {
            entry = std::make_shared<Entry>();
            entry->idToken = settingOf(user, "id-token");
            entry->refreshToken = settingOf(user, "refresh-token");
        }
        return entry;
    }

    [[nodiscard]] static http::Credential credentialOf(const Entry& entry, Instant expires) {
        http::Credential credential;
        credential.bearerToken = entry.idToken;
        credential.expires = expires;
        return credential;
    }

    [[nodiscard]] bool holds(const Failure& failure) const {
        return failure.error.is(kOidcRefused) || clock->monotonic() < failure.at + kFailureHold;
    }

    /// With the entry's lock held: why the token that is there cannot be used.
    [[nodiscard]] tl::unexpected<Error> unusable(const User& user, const Entry& entry,
                                                 const std::optional<Instant>& expires) const {
        if (expires) {
            return fail(kOidcExpired, {{"user", user.name},
                                       {"file", user.origin.file},
                                       {"expired", formatRfc3339(*expires)},
                                       {"now", formatRfc3339(clock->now())}});
        }
        return fail(kOidcNoToken,
                    {{"user", user.name},
                     {"file", user.origin.file},
                     {"reason", entry.idToken.empty() ? "there is none" : "it is not a JWT with an expiry"}});
    }
};

OidcTokens::OidcTokens(std::shared_ptr<const Clock> clock, http::EnvironmentLookup environment)
    : impl_(std::make_unique<Impl>()) {
    impl_->clock = std::move(clock);
    impl_->environment = std::move(environment);
}
OidcTokens::~OidcTokens() = default;

Result<http::Credential> OidcTokens::current(const User& user, std::chrono::milliseconds serverOffset,
                                             std::stop_token stop) {
    const std::shared_ptr<Impl::Entry> entry = impl_->entryFor(user);
    std::unique_lock lock(entry->mutex);
    if (!entry->changed.wait(lock, stop, [&] { return !entry->renewing; })) {
        return fail(kCancelled);
    }
    const std::optional<Instant> expires = expiryOf(entry->idToken.reveal());
    if (expires && impl_->clock->now() + serverOffset + kOidcSkew < *expires) {
        return Impl::credentialOf(*entry, *expires);
    }
    if (entry->refreshToken.empty()) {
        return impl_->unusable(user, *entry, expires);
    }
    if (entry->failure && impl_->holds(*entry->failure)) {
        return fail(entry->failure->error);
    }
    entry->renewing = true;
    const Secret refreshToken = entry->refreshToken;
    lock.unlock();
    auto renewed = refreshOidc(user, refreshToken, impl_->clock, impl_->environment, stop);
    lock.lock();
    entry->renewing = false;
    entry->changed.notify_all();
    if (!renewed) {
        if (!renewed.error().is(kCancelled)) {
            entry->failure = Impl::Failure{renewed.error(), impl_->clock->monotonic()};
        }
        return fail(renewed.error());
    }
    entry->failure.reset();
    entry->idToken = std::move(renewed->idToken);
    if (!renewed->refreshToken.empty()) {
        entry->refreshToken = std::move(renewed->refreshToken);
    }
    const std::optional<Instant> until = expiryOf(entry->idToken.reveal());
    return until ? Result<http::Credential>(Impl::credentialOf(*entry, *until))
                 : Result<http::Credential>(impl_->unusable(user, *entry, until));
}

void OidcTokens::forgetFailure(const User& user, std::chrono::milliseconds until) {
    const std::shared_ptr<Impl::Entry> entry = impl_->entryFor(user);
    const std::scoped_lock lock(entry->mutex);
    if (entry->failure && entry->failure->at <= until) {
        entry->failure.reset();
    }
}

void OidcTokens::forgetFailures() {
    const std::scoped_lock lock(impl_->mutex);
    for (const auto& [key, entry] : impl_->entries) {
        const std::scoped_lock entryLock(entry->mutex);
        entry->failure.reset();
    }
}

}  // namespace quarterdeck::kubeconfig
