#include "app/session/cluster_session.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include <fmt/format.h>
#include <QTimer>

#include "app/kinds/table_kind.h"
#include "app/kube/errors.h"
#include "app/kube/kube_client.h"
#include "app/session/connection_probe.h"
#include "app/session/kind_catalog.h"
#include "app/session/live_store.h"
#include "app/session/reaper.h"
#include "app/session/sign_in.h"

namespace quarterdeck::session {

using namespace std::chrono_literals;

namespace {

/// What names a store: a kind's own summaries and the server's table of it are two stores.
std::string keyOf(const kube::KindDescriptor& kind) {
    return kube::qualifiedName(kind.type) + (kind.isTable() ? " table " + kind.type.version : "") +
           (kind.watched ? "" : " polled");
}

/// Objects whose comings and goings change what is served.
const std::array<kube::KindDescriptor, 2>& definitionKinds() {
    static const std::array<kube::KindDescriptor, 2> kinds{
        kinds::tableKind(
            {"apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false}),
        kinds::tableKind({"apiregistration.k8s.io", "v1", "apiservices", "APIService", false})};
    return kinds;
}

bool isDefinition(const kube::ResourceType& type) {
    return std::any_of(definitionKinds().begin(), definitionKinds().end(),
                       [&](const kube::KindDescriptor& one) { return one.type == type; });
}

/// Lets any thread doubt what the catalog says, while there is one.
struct CatalogDoubt {
    std::mutex mutex;
    std::weak_ptr<KindCatalog> catalog;
    void raise() {
        std::shared_ptr<KindCatalog> alive;
        {
            const std::scoped_lock lock(mutex);
            alive = catalog.lock();
        }
        if (alive) {
            alive->expectChange();
        }
    }
};

}  // namespace

struct ClusterSession::Impl {
    struct Report {
        ConnectionStatus status;
        unsigned question = 0;
    };
    Options options;
    std::shared_ptr<LazyChannel> channel;
    std::shared_ptr<kube::KubeClient> client;
    std::shared_ptr<kube::NamespaceDirectory> namespaces;
    std::shared_ptr<StringPool> pool = std::make_shared<StringPool>();
    ConnectionStatus status;
    std::shared_ptr<Mailbox<Report>> mailbox;
    std::shared_ptr<ConnectionProbe> probe;
    /// The person's last question to it.
    unsigned asked = 0;
    struct Kept {
        kube::ResourceType type;
        std::unique_ptr<LiveStore> live;
        /// When it was last seen in use, monotonic.
        std::chrono::milliseconds lastUse{0};
    };
    std::map<std::string, Kept> stores;
    std::shared_ptr<KindCatalog> catalog;
    std::chrono::milliseconds catalogUse{0};
    std::vector<std::unique_ptr<kube::StoreSubscription>> definitions;
    std::shared_ptr<CatalogDoubt> doubt = std::make_shared<CatalogDoubt>();
    QTimer tidyTimer;
};

ClusterSession::ClusterSession(Options options, std::shared_ptr<Reaper> reaper, QObject* parent)
    : QObject(parent), reaper_(std::move(reaper)), impl_(std::make_unique<Impl>()) {
    impl_->options = std::move(options);
    const Options& given = impl_->options;
    impl_->status.since = given.clock->now();
    impl_->channel = std::make_shared<LazyChannel>(given.factory, given.serverUrl, given.locked);
    impl_->client = std::make_shared<kube::KubeClient>(impl_->channel, given.context);
    impl_->namespaces =
        std::make_shared<kube::NamespaceDirectory>(impl_->channel, given.context, given.clock, given.namespaces);
    impl_->mailbox = std::make_shared<Mailbox<Impl::Report>>(this, [this](std::vector<Impl::Report> news) {
        bool signedIn = false;
        bool told = false;
        for (auto& [status, question] : news) {
            if (question < impl_->asked && status.state != ConnectionState::Connected) {
                continue;  // of before the person asked; the answer to them is on its way
            }
            signedIn = signedIn || (impl_->status.state == ConnectionState::SignedOut &&
                                    status.state == ConnectionState::Connected);
            impl_->status = std::move(status);
            told = true;
        }
        if (signedIn) {
            retryStores();  // they met the same refusal and rest
        }
        if (told) {
            emit statusChanged();
        }
    });
    impl_->probe =
        std::make_shared<ConnectionProbe>(impl_->client, given.clock, given.random, given.times,
                                          [mailbox = impl_->mailbox](ConnectionStatus status, unsigned question) {
                                              mailbox->post({std::move(status), question});
                                          });
    connect(&impl_->tidyTimer, &QTimer::timeout, this, &ClusterSession::tidyStores);
    impl_->tidyTimer.start(given.times.tidyInterval);
}

ClusterSession::~ClusterSession() {
    impl_->mailbox->close();
    impl_->tidyTimer.stop();
    impl_->definitions.clear();
    if (impl_->catalog) {
        impl_->catalog->requestStop();
    }
    for (auto& [name, kept] : impl_->stores) {
        kept.live->requestStop();
    }
    // Joining may take as long as a stuck look-up: never here.
    struct Remains {
        std::map<std::string, Impl::Kept> stores;
        std::shared_ptr<KindCatalog> catalog;
        std::shared_ptr<ConnectionProbe> probe;
        std::shared_ptr<kube::KubeClient> client;
        std::shared_ptr<kube::NamespaceDirectory> namespaces;
        std::shared_ptr<LazyChannel> channel;
    };
    reaper_->bury(Remains{std::move(impl_->stores), std::move(impl_->catalog), std::move(impl_->probe),
                          std::move(impl_->client), std::move(impl_->namespaces), std::move(impl_->channel)});
}

const kube::ContextId& ClusterSession::contextId() const {
    return impl_->options.context;
}
const ConnectionStatus& ClusterSession::status() const {
    return impl_->status;
}
std::shared_ptr<kube::KubeClient> ClusterSession::client() const {
    return impl_->client;
}

Instant ClusterSession::serverNow() const {
    return impl_->options.clock->now() + clockOffset().value_or(0ms);
}

std::optional<std::chrono::milliseconds> ClusterSession::clockOffset() const {
    return impl_->channel->clockOffset();
}

void ClusterSession::seekNamespaces(const std::vector<std::string>& names) {
    if (impl_->namespaces->add(names)) {
        for (auto& [name, kept] : impl_->stores) {
            kept.live->feed().namespacesChanged();
        }
    }
}

std::vector<std::string> ClusterSession::knownNamespaces() const {
    return impl_->namespaces->known();
}

std::vector<std::string> ClusterSession::namespacesToRemember() const {
    return impl_->namespaces->listRefused() ? impl_->namespaces->named() : std::vector<std::string>{};
}

std::shared_ptr<kube::ObjectStore> ClusterSession::store(const kube::KindDescriptor& kind) {
    if (&kind == &kube::servedKinds()) {
        return catalogStore();
    }
    const std::string key = keyOf(kind);
    Impl::Kept& kept = impl_->stores[key];
    kept.lastUse = impl_->options.clock->monotonic();
    if (!kept.live) {
        kube::Reflector::Options options;
        options.context = impl_->options.context;
        options.clock = impl_->options.clock;
        options.random = impl_->options.random;
        options.timing = impl_->options.times.reflector;
        const bool defines = isDefinition(kind.type);
        options.onFailure = [probe = std::weak_ptr<ConnectionProbe>(impl_->probe), doubt = impl_->doubt,
                             defines](const Error& error) {
            if (error.httpStatus == 404 && !defines) {  // a kind that was known to be there
                doubt->raise();
            }
            // Refusals of one kind say nothing about the connection.
            const bool oneKind = error.httpStatus == 403 || error.httpStatus == 404 || error.httpStatus == 410;
            if (!oneKind) {
                if (const auto alive = probe.lock()) {
                    alive->checkNow();
                }
            }
        };
        kept.type = kind.type;
        kept.live =
            std::make_unique<LiveStore>(impl_->channel, kind, impl_->pool, std::move(options), impl_->namespaces);
    }
    return kept.live->store();
}

std::shared_ptr<kube::ObjectStore> ClusterSession::fedStore(const kube::KindDescriptor& kind) const {
    const auto kept = impl_->stores.find(keyOf(kind));
    return kept != impl_->stores.end() && kept->second.live ? kept->second.live->store() : nullptr;
}

std::shared_ptr<kube::ObjectStore> ClusterSession::catalogStore() {
    impl_->catalogUse = impl_->options.clock->monotonic();
    if (impl_->catalog) {
        return impl_->catalog->store();
    }
    KindCatalog::Options options;
    options.client = impl_->client;
    options.clock = impl_->options.clock;
    options.random = impl_->options.random;
    options.onFailure = [probe = std::weak_ptr<ConnectionProbe>(impl_->probe)](const Error& error) {
        const auto alive = probe.lock();
        if (alive && error.httpStatus != 403) {
            alive->checkNow();
        }
    };
    impl_->catalog = std::make_shared<KindCatalog>(std::move(options));
    {
        const std::scoped_lock lock(impl_->doubt->mutex);
        impl_->doubt->catalog = impl_->catalog;
    }
    for (const kube::KindDescriptor& kind : definitionKinds()) {
        const bool tells = &kind == &definitionKinds().front();
        impl_->definitions.push_back(
            store(kind)->subscribe([tells, begun = false, catalog = std::weak_ptr<KindCatalog>(impl_->catalog)](
                                       const kube::Batch& batch) mutable {
                using kube::FreshnessState;
                const FreshnessState state = batch.freshness.state;
                const bool live = state == FreshnessState::Live || state == FreshnessState::Empty;
                const auto alive = catalog.lock();
                if (!alive) {
                    return;
                }
                if (tells) {
                    alive->setWatched(live);
                }
                if (begun && !batch.deltas.empty()) {
                    alive->expectChange();
                }
                begun = begun || live;
            }));
    }
    return impl_->catalog->store();
}

void ClusterSession::tidyCatalog() {
    if (!impl_->catalog) {
        return;
    }
    const auto now = impl_->options.clock->monotonic();
    if (impl_->catalog->inUse()) {
        impl_->catalogUse = now;
    } else if (now - impl_->catalogUse >= impl_->options.times.storeGrace) {
        impl_->definitions.clear();
        impl_->catalog->requestStop();
        reaper_->bury(std::move(impl_->catalog));
        impl_->catalog.reset();
    }
}

void ClusterSession::tidyStores() {
    tidyCatalog();
    const auto now = impl_->options.clock->monotonic();
    const Options& given = impl_->options;
    const Error silent = kube::makeSilentError(given.context, given.times.silenceLimit);
    for (auto it = impl_->stores.begin(); it != impl_->stores.end();) {
        Impl::Kept& kept = it->second;
        kept.live->feed().renewSilentWatch(given.times.renewAfter);
        kept.live->feed().expire(given.clock->now() - given.times.silenceLimit, silent);
        if (kept.live->inUse()) {
            kept.lastUse = now;
            ++it;
        } else if (now - kept.lastUse >= given.times.storeGrace) {
            kept.live->requestStop();
            reaper_->bury(std::move(kept.live));
            it = impl_->stores.erase(it);
        } else {
            ++it;
        }
    }
}

bool ClusterSession::locked() const {
    return impl_->channel->locked();
}

void ClusterSession::setLocked(bool locked) {
    impl_->channel->setLocked(locked);
}

std::vector<StoreStatus> ClusterSession::stores() const {
    std::vector<StoreStatus> all;
    for (const auto& [name, kept] : impl_->stores) {
        const kube::ObjectStore& store = *kept.live->store();
        // Nobody asked for the definitions by name: where they cannot be had, that is no news.
        const auto state = store.freshness().state;
        if (isDefinition(kept.type) &&
            (state == kube::FreshnessState::Failed || state == kube::FreshnessState::Forbidden)) {
            continue;
        }
        all.push_back({kept.type, store.freshness(), store.size()});
    }
    return all;
}

void ClusterSession::retry() {
    if (impl_->options.signIn) {
        impl_->options.signIn->ask();
    }
    impl_->asked = impl_->probe->checkNow();
    retryStores();
}

void ClusterSession::cancelSignIn() {
    if (impl_->options.signIn) {
        impl_->options.signIn->cancel();
    }
}

void ClusterSession::retryStores() {
    if (impl_->catalog) {
        impl_->catalog->lookNow();
    }
    for (auto& [name, kept] : impl_->stores) {
        const kube::Freshness freshness = kept.live->store()->freshness();
        const bool whole =
            (freshness.state == kube::FreshnessState::Live || freshness.state == kube::FreshnessState::Empty) &&
            !freshness.reason;
        if (!whole) {
            kept.live->retryNow();
        }
    }
}

void ClusterSession::reconnect(const Error& reason) {
    for (auto& [name, kept] : impl_->stores) {
        // Whatever was confirmed until now is in doubt.
        kept.live->feed().expire(Instant::max(), reason);
    }
    impl_->channel->reconnect();
    impl_->probe->checkNow();
    for (auto& [name, kept] : impl_->stores) {
        kept.live->retryNow();
    }
}

}  // namespace quarterdeck::session
