#include "ui/pages/hub_access.h"

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"

namespace quarterdeck::ui {

HubAccess::HubAccess(session::SessionHub& hub, QObject* parent) : ClusterAccess(parent), hub_(hub) {
    using session::SessionHub;
    connect(&hub_, &SessionHub::contextsChanged, this, &ClusterAccess::openChanged);
    connect(&hub_, &SessionHub::sessionOpened, this, &ClusterAccess::openChanged);
    connect(&hub_, &SessionHub::sessionClosing, this, [this](const QString& id) {
        emit closing(id);
        // Queued: the session is still listed while it closes.
        QMetaObject::invokeMethod(this, &ClusterAccess::openChanged, Qt::QueuedConnection);
    });
}

std::vector<ClusterAccess::OpenContext> HubAccess::open() const {
    std::vector<OpenContext> open;
    for (const session::ContextEntry& entry : hub_.contexts()) {
        if (hub_.session(entry.id) != nullptr) {
            open.push_back({entry.id, entry.production});
        }
    }
    return open;
}

std::shared_ptr<kube::ObjectStore> HubAccess::store(const kube::ContextId& id, const kube::KindDescriptor& kind) {
    session::ClusterSession* session = hub_.session(id);
    return session == nullptr ? nullptr : session->store(kind);
}

std::shared_ptr<kube::ObjectStore> HubAccess::fedStore(const kube::ContextId& id,
                                                       const kube::KindDescriptor& kind) const {
    const session::ClusterSession* session = hub_.session(id);
    return session == nullptr ? nullptr : session->fedStore(kind);
}

std::shared_ptr<kube::KubeClient> HubAccess::client(const kube::ContextId& id) const {
    const session::ClusterSession* session = hub_.session(id);
    return session == nullptr ? nullptr : session->client();
}

Instant HubAccess::serverNow(const kube::ContextId& id) const {
    const session::ClusterSession* session = hub_.session(id);
    return session == nullptr ? Instant{} : session->serverNow();
}

void HubAccess::retry(const kube::ContextId& id) {
    if (session::ClusterSession* session = hub_.session(id)) {
        session->retry();
    }
}

void HubAccess::seekNamespaces(const kube::ContextId& id, const std::vector<std::string>& names) {
    if (session::ClusterSession* session = hub_.session(id)) {
        session->seekNamespaces(names);
    }
}

std::vector<std::string> HubAccess::knownNamespaces(const kube::ContextId& id) const {
    const session::ClusterSession* session = hub_.session(id);
    return session == nullptr ? std::vector<std::string>{} : session->knownNamespaces();
}

}  // namespace quarterdeck::ui
