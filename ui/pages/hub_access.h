#pragma once

#include "ui/pages/cluster_access.h"

namespace quarterdeck::session {
class SessionHub;
}

namespace quarterdeck::ui {

/// The open sessions of a hub, as pages see them. The hub outlives it.
class HubAccess : public ClusterAccess {
    Q_OBJECT
public:
    explicit HubAccess(session::SessionHub& hub, QObject* parent = nullptr);

    [[nodiscard]] std::vector<OpenContext> open() const override;
    [[nodiscard]] std::shared_ptr<kube::ObjectStore> store(const kube::ContextId& id,
                                                           const kube::KindDescriptor& kind) override;
    [[nodiscard]] std::shared_ptr<kube::ObjectStore> fedStore(const kube::ContextId& id,
                                                              const kube::KindDescriptor& kind) const override;
    [[nodiscard]] std::shared_ptr<kube::KubeClient> client(const kube::ContextId& id) const override;
    [[nodiscard]] Instant serverNow(const kube::ContextId& id) const override;
    void retry(const kube::ContextId& id) override;
    void seekNamespaces(const kube::ContextId& id, const std::vector<std::string>& names) override;
    [[nodiscard]] std::vector<std::string> knownNamespaces(const kube::ContextId& id) const override;

private:
    session::SessionHub& hub_;
};

}  // namespace quarterdeck::ui
