#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>

#include "app/base/backoff.h"
#include "app/base/result.h"
#include "app/kube/kind_descriptor.h"
#include "app/kube/object_store.h"
#include "app/session/lazy_channel.h"
#include "app/session/session_times.h"

namespace quarterdeck::kube {
class KubeClient;
}

namespace quarterdeck::session {

class Reaper;
class SignIn;

enum class ConnectionState {
    Connecting,   ///< no answer yet
    Connected,    ///< the server answered /version
    SignedOut,    ///< 401, or the credential cannot be had: the person must act, unless it mends by itself
    Unreachable,  ///< network, TLS or server failure; tried again by itself
};

struct ConnectionStatus {
    ConnectionState state = ConnectionState::Connecting;
    Instant since{};
    std::optional<Error> error;
    std::string serverVersion;  ///< "v1.32.2"
};

/// One kind that a session watches.
struct StoreStatus {
    kube::ResourceType type;
    kube::Freshness freshness;
    std::size_t objects = 0;
};

/// One open context: transport, credentials, client and stores, wired. Lives in the interface thread; its work runs
/// on threads of its own, and a cluster that hangs delays nobody.
class ClusterSession : public QObject {
    Q_OBJECT
public:
    struct Options {
        kube::ContextId context;
        std::string serverUrl;
        /// Makes the transport; runs on a worker thread.
        LazyChannel::Factory factory;
        /// Whom retry() and cancelSignIn() tell; null where nobody signs in.
        std::shared_ptr<SignIn> signIn;
        /// Listed one by one where the cluster-wide list is forbidden: the context's own, and those that the person
        /// has typed before.
        std::vector<std::string> namespaces;
        std::shared_ptr<const Clock> clock;
        RandomSource random;
        /// Writes are refused from the first moment.
        bool locked = false;
        SessionTimes times;
    };
    ClusterSession(Options options, std::shared_ptr<Reaper> reaper, QObject* parent = nullptr);
    ~ClusterSession() override;

    [[nodiscard]] const kube::ContextId& contextId() const;
    [[nodiscard]] const ConnectionStatus& status() const;
    /// The live objects of a kind, cluster-wide (or of the known namespaces, one by one, where only that is
    /// permitted). It is fed while somebody holds the store and a grace period after. For kube::servedKinds(): what
    /// the server serves, discovered anew when definitions change.
    [[nodiscard]] std::shared_ptr<kube::ObjectStore> store(const kube::KindDescriptor& kind);
    /// The same where it is fed already, and null where it is not: asking neither begins a watch nor prolongs one.
    [[nodiscard]] std::shared_ptr<kube::ObjectStore> fedStore(const kube::KindDescriptor& kind) const;
    /// Blocking calls for worker threads; valid as long as it is held.
    [[nodiscard]] std::shared_ptr<kube::KubeClient> client() const;
    /// Whether the transport refuses writes.
    [[nodiscard]] bool locked() const;
    /// Holds for every request that comes after it. See also SessionHub::setLocked(), which tells everybody.
    void setLocked(bool locked);
    /// How far each kind that is watched now can be trusted, by kind.
    [[nodiscard]] std::vector<StoreStatus> stores() const;
    /// Namespaces that somebody wants to look into; where lists go namespace by namespace they are added to them.
    void seekNamespaces(const std::vector<std::string>& names);
    /// Names that can be offered: of the configuration, typed, or told by the server to those who had to ask.
    [[nodiscard]] std::vector<std::string> knownNamespaces() const;
    /// Those worth keeping for the next time: configured or typed where the server does not list namespaces. Empty
    /// where it does.
    [[nodiscard]] std::vector<std::string> namespacesToRemember() const;
    /// The person asks: a login that failed, the connection and every store that is stale or shown in part are tried
    /// again now. Never for a reason of our own, as plugins open browsers.
    void retry();
    /// The person gives up the login that is under way; the session stays as it is, signed out.
    void cancelSignIn();
    /// The connections can no longer be trusted (sleep, another network): all of them are made anew, rows are stale
    /// until the server has confirmed them.
    void reconnect(const Error& reason);
    /// How far the server's clock is ahead of ours; nothing before its first answer.
    [[nodiscard]] std::optional<std::chrono::milliseconds> clockOffset() const;
    /// Time as the server tells it; ages are counted from it.
    [[nodiscard]] Instant serverNow() const;

signals:
    void statusChanged();

private:
    void retryStores();
    void tidyStores();
    [[nodiscard]] std::shared_ptr<kube::ObjectStore> catalogStore();
    void tidyCatalog();

    struct Impl;
    std::shared_ptr<Reaper> reaper_;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::session
