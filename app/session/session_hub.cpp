#include "app/session/session_hub.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <thread>

#include "app/base/time_text.h"
#include "app/kubeconfig/contexts.h"
#include "app/kubeconfig/credential_source.h"
#include "app/kubeconfig/loader.h"
#include "app/kubeconfig/resolve.h"
#include "app/kubeconfig/watcher.h"
#include "app/session/cluster_session.h"
#include "app/session/network_watch.h"
#include "app/session/reaper.h"
#include "app/session/sign_in.h"
#include "app/session/wake_watch.h"

namespace quarterdeck::session {

namespace {

/// What one reading of the files found.
struct Loaded {
    std::shared_ptr<const kubeconfig::Kubeconfig> config;
    std::vector<ContextEntry> entries;
};

Loaded readFiles(const kubeconfig::LoadOptions& options) {
    Loaded loaded;
    loaded.config = std::make_shared<const kubeconfig::Kubeconfig>(kubeconfig::load(options));
    for (kubeconfig::ContextSummary& summary : kubeconfig::summarise(*loaded.config)) {
        loaded.entries.push_back({std::move(summary.name), std::move(summary.server), std::move(summary.userKind),
                                  std::move(summary.nameSpace), summary.current, summary.productionGuess,
                                  std::move(summary.errors)});
        ContextEntry& entry = loaded.entries.back();
        if (const auto endpoint = kubeconfig::endpointFor(*loaded.config, entry.id); endpoint && entry.usable()) {
            entry.clusterKey = settings::clusterKey(endpoint->serverUrl, endpoint->caPem);
        }
    }
    return loaded;
}

}  // namespace

struct SessionHub::Impl {
    Options options;
    kubeconfig::LoadOptions load;
    std::shared_ptr<Reaper> reaper = std::make_shared<Reaper>();
    std::shared_ptr<kubeconfig::ExecPluginCache> plugins;
    std::shared_ptr<kubeconfig::OidcTokens> oidc;
    kubeconfig::Watcher watcher;
    WakeWatch wakeWatch;
    NetworkWatch network;
    std::vector<std::string> files;
    std::shared_ptr<Mailbox<Loaded>> mailbox;

    bool loaded = false;
    std::shared_ptr<const kubeconfig::Kubeconfig> config;
    std::vector<ContextEntry> entries;

    struct Open {
        std::unique_ptr<ClusterSession> session;
        /// What it was opened with.
        std::shared_ptr<const kubeconfig::Kubeconfig> config;
        ContextEntry entry;
    };
    std::map<kube::ContextId, Open> sessions;

    std::mutex mutex;
    std::condition_variable_any wake;
    bool asked = true;
    bool read = false;    ///< once at least
    std::jthread reader;  ///< last: stops before the rest goes

    explicit Impl(Options given)
        : options(std::move(given)),
          watcher(options.reloadQuiet),
          wakeWatch(options.machineClock ? options.machineClock : options.clock, options.wakeCheck) {}

    [[nodiscard]] ContextEntry* entry(const kube::ContextId& id) {
        const auto found =
            std::find_if(entries.begin(), entries.end(), [&](const ContextEntry& one) { return one.id == id; });
        return found == entries.end() ? nullptr : &*found;
    }

    void reconnectAll(const ErrorCode& code, std::vector<Error::Parameter> parameters = {}) {
        // What failed may have failed for want of the network.
        plugins->forgetFailures();
        oidc->forgetFailures();
        for (const auto& [id, open] : sessions) {
            std::vector<Error::Parameter> all = parameters;
            all.emplace_back("context", id);
            open.session->reconnect(makeError(code, std::move(all)));
        }
    }

    void askToRead() {
        const std::scoped_lock lock(mutex);
        asked = true;
        wake.notify_all();
    }

    void readLoop(std::stop_token stop) {
        for (;;) {
            {
                std::unique_lock lock(mutex);
                if (!wake.wait(lock, stop, [this] { return asked; })) {
                    return;
                }
                asked = false;
            }
            mailbox->post(readFiles(load));
            const std::scoped_lock lock(mutex);
            read = true;
            wake.notify_all();
        }
    }

    [[nodiscard]] settings::ContextSettings settingsOf(const ContextEntry& entry) const {
        const bool known = options.settingsOf && !entry.clusterKey.empty();
        return known ? options.settingsOf(entry.clusterKey) : settings::ContextSettings{};
    }

    [[nodiscard]] http::TransportOptions transportOptions() const {
        http::TransportOptions made = options.transport;
        made.userAgent = options.userAgent;
        return made;
    }

    [[nodiscard]] bool signsInByPassword(const kube::ContextId& id) const {
        const kubeconfig::Context* context = config->context(id);
        const kubeconfig::User* user = context == nullptr ? nullptr : config->user(context->user);
        return user != nullptr && !user->username.empty();
    }

    std::unique_ptr<ClusterSession> makeSession(const ContextEntry& entry) const {
        ClusterSession::Options made;
        made.context = entry.id;
        made.serverUrl = entry.server;
        made.clock = options.clock;
        made.random = systemRandom();
        made.times = options.times;
        if (signsInByPassword(entry.id)) {
            made.times.signedOutRest = std::max(made.times.signedOutRest, made.times.passwordRest);
            made.times.reflector.loginPause = std::max(made.times.reflector.loginPause, made.times.passwordRest);
        }
        const settings::ContextSettings decided = settingsOf(entry);
        made.locked = decided.locked.value_or(entry.production);
        made.namespaces = decided.namespaces;
        made.namespaces.insert(made.namespaces.begin(), entry.nameSpace);
        made.signIn = std::make_shared<SignIn>(options.clock);
        made.factory = [config = this->config, id = entry.id, clock = options.clock, plugins = this->plugins,
                        transport = transportOptions(), oidc = this->oidc, signIn = made.signIn,
                        pluginPath = decided.pluginPath]() -> Result<std::shared_ptr<http::HttpTransport>> {
            auto endpoint = kubeconfig::endpointFor(*config, id);
            if (!endpoint) {
                return fail(endpoint.error());
            }
            auto credentials = kubeconfig::makeCredentialSource(*config, id, {clock, plugins, pluginPath, oidc});
            if (!credentials) {
                return fail(credentials.error());
            }
            signIn->use(*credentials);
            return std::make_shared<http::HttpTransport>(std::move(*endpoint), std::move(*credentials), clock,
                                                         transport);
        };
        return std::make_unique<ClusterSession>(std::move(made), reaper);
    }
};

SessionHub::SessionHub(Options options, QObject* parent)
    : QObject(parent), impl_(std::make_unique<Impl>(std::move(options))) {
    Impl& my = *impl_;
    my.load = my.options.load ? *my.options.load : kubeconfig::LoadOptions::fromEnvironment(my.options.kubeconfigPath);
    auto plugins = kubeconfig::ExecOptions::fromEnvironment(my.options.clock);
    plugins.timeLimit = my.options.pluginLimit;
    my.plugins = std::make_shared<kubeconfig::ExecPluginCache>(std::move(plugins));
    my.oidc = std::make_shared<kubeconfig::OidcTokens>(my.options.clock);
    my.files = kubeconfig::candidateFiles(my.load);
    my.watcher.setFiles(my.files);
    connect(&my.watcher, &kubeconfig::Watcher::changed, this, &SessionHub::reload);
    connect(&my.network, &NetworkWatch::changed, this, &SessionHub::networkChanged);
    connect(&my.wakeWatch, &WakeWatch::jumped, this, [&my](std::chrono::milliseconds by) {
        my.reconnectAll(kAwake, {{"gap", humanDuration(std::chrono::abs(by))}});
    });
    my.mailbox = std::make_shared<Mailbox<Loaded>>(this, [this](std::vector<Loaded> readings) {
        Impl& self = *impl_;
        Loaded newest = std::move(readings.back());
        const auto before = std::exchange(self.config, newest.config);
        self.entries = std::move(newest.entries);
        self.loaded = true;
        for (ContextEntry& entry : self.entries) {
            entry.production = self.settingsOf(entry).production.value_or(entry.production);
        }
        std::vector<kube::ContextId> changedSettings;
        std::vector<kube::ContextId> becameProduction;
        for (auto& [id, open] : self.sessions) {
            const ContextEntry* entry = context(id);
            if (entry == nullptr) {
                // An editor that truncates first must not cost anybody their view.
                ContextEntry gone = open.entry;
                gone.current = false;
                gone.errors = {makeError(kContextGone, {{"context", id}})};
                self.entries.push_back(std::move(gone));
            } else if (entry->usable() && !kubeconfig::sameSettings(*open.config, *self.config, id)) {
                changedSettings.push_back(id);
            } else if (entry->production != std::exchange(open.entry.production, entry->production) &&
                       entry->production) {
                becameProduction.push_back(id);
            }
        }
        std::sort(self.entries.begin(), self.entries.end(),
                  [](const ContextEntry& left, const ContextEntry& right) { return left.id < right.id; });
        for (const kube::ContextId& id : changedSettings) {
            const bool wasLocked = session(id)->locked();
            close(id);
            if (ClusterSession* anew = open(id); anew != nullptr && wasLocked) {
                anew->setLocked(true);
            }
        }
        for (const kube::ContextId& id : becameProduction) {
            setLocked(id, true);
        }
        emit contextsChanged();
    });
    my.reader = std::jthread([&my](std::stop_token stop) { my.readLoop(std::move(stop)); });
}

SessionHub::~SessionHub() {
    impl_->mailbox->close();
    while (!impl_->sessions.empty()) {
        close(impl_->sessions.begin()->first);
    }
}

void SessionHub::awaitFiles(std::chrono::milliseconds patience) {
    {
        std::unique_lock lock(impl_->mutex);
        impl_->wake.wait_for(lock, patience, [this] { return impl_->read; });
    }
    impl_->mailbox->drain();
}

bool SessionHub::loaded() const {
    return impl_->loaded;
}
const std::vector<ContextEntry>& SessionHub::contexts() const {
    return impl_->entries;
}

const ContextEntry* SessionHub::context(const kube::ContextId& id) const {
    return impl_->entry(id);
}

const std::vector<Error>& SessionHub::fileErrors() const {
    static const std::vector<Error> none;
    return impl_->config ? impl_->config->fileErrors : none;
}

const std::vector<std::string>& SessionHub::kubeconfigFiles() const {
    return impl_->files;
}

ClusterSession* SessionHub::open(const kube::ContextId& id) {
    if (ClusterSession* existing = session(id)) {
        return existing;
    }
    const ContextEntry* entry = context(id);
    if (entry == nullptr || !entry->usable()) {
        return nullptr;
    }
    ClusterSession* made = impl_->sessions.emplace(id, Impl::Open{impl_->makeSession(*entry), impl_->config, *entry})
                               .first->second.session.get();
    emit sessionOpened(QString::fromStdString(id));
    return made;
}

void SessionHub::close(const kube::ContextId& given) {
    const kube::ContextId id = given;  // may be the key that goes away here
    const auto found = impl_->sessions.find(id);
    if (found == impl_->sessions.end()) {
        return;
    }
    emit sessionClosing(QString::fromStdString(id));
    impl_->sessions.erase(found);
    std::erase_if(impl_->entries, [&](const ContextEntry& entry) {
        return entry.id == id && !entry.errors.empty() && entry.errors.front().is(kContextGone);
    });
}

ClusterSession* SessionHub::session(const kube::ContextId& id) const {
    const auto found = impl_->sessions.find(id);
    return found == impl_->sessions.end() ? nullptr : found->second.session.get();
}

std::vector<ClusterSession*> SessionHub::sessions() const {
    std::vector<ClusterSession*> all;
    for (const auto& [id, open] : impl_->sessions) {
        all.push_back(open.session.get());
    }
    return all;
}

void SessionHub::reload() {
    impl_->askToRead();
}

void SessionHub::setLocked(const kube::ContextId& id, bool locked) {
    ClusterSession* open = session(id);
    if (open != nullptr && open->locked() != locked) {
        open->setLocked(locked);
        emit lockChanged(QString::fromStdString(id));
    }
}

void SessionHub::setProduction(const kube::ContextId& id, bool production) {
    const ContextEntry* chosen = impl_->entry(id);
    if (chosen == nullptr || chosen->production == production) {
        return;
    }
    const std::string cluster = chosen->clusterKey;
    std::vector<kube::ContextId> changed;
    for (ContextEntry& entry : impl_->entries) {
        const bool same = entry.id == id || (!cluster.empty() && entry.clusterKey == cluster);
        if (same && entry.production != production) {
            entry.production = production;
            changed.push_back(entry.id);
        }
    }
    for (const kube::ContextId& one : changed) {
        if (const auto open = impl_->sessions.find(one); open != impl_->sessions.end()) {
            open->second.entry.production = production;
        }
        emit productionChanged(QString::fromStdString(one));
        if (production) {
            setLocked(one, true);
        }
    }
    emit contextsChanged();
}

void SessionHub::signInAgain(const kube::ContextId& id) {
    if (ClusterSession* open = session(id)) {
        open->retry();
        emit signingIn(QString::fromStdString(id));
    }
}

void SessionHub::networkChanged() {
    impl_->reconnectAll(kOtherNetwork);
}

}  // namespace quarterdeck::session
