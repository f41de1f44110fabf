#pragma once

#include <functional>
#include <map>
#include <memory>

#include "ui/pages/cluster_access.h"
#include "ui/pages/page.h"

namespace quarterdeck::ui {

/// The open contexts, with the store of one kind replaced by one that is made from others (events in groups, nodes with
/// the requests of their pods). Everything that shows a store can show such a one. The inner access outlives it.
class DerivingAccess : public ClusterAccess {
    Q_OBJECT
public:
    /// Null where the context is not open.
    using Maker =
        std::function<std::shared_ptr<kube::ObjectStore>(ClusterAccess& access, const kube::ContextId& context)>;
    DerivingAccess(ClusterAccess& inner, const kube::KindDescriptor& kind, Maker maker, QObject* parent = nullptr);

    /// Off: the stores as they are. Who shows one is told to ask again.
    void setDeriving(bool on);
    [[nodiscard]] bool isDeriving() const { return deriving_; }

    [[nodiscard]] std::vector<OpenContext> open() const override { return inner_.open(); }
    [[nodiscard]] std::shared_ptr<kube::ObjectStore> store(const kube::ContextId& id,
                                                           const kube::KindDescriptor& kind) override;
    [[nodiscard]] std::shared_ptr<kube::KubeClient> client(const kube::ContextId& id) const override {
        return inner_.client(id);
    }
    [[nodiscard]] Instant serverNow(const kube::ContextId& id) const override { return inner_.serverNow(id); }
    void retry(const kube::ContextId& id) override { inner_.retry(id); }

private:
    ClusterAccess& inner_;
    const kube::KindDescriptor& kind_;
    Maker maker_;
    /// As long as somebody shows them.
    std::map<kube::ContextId, std::weak_ptr<kube::ObjectStore>> derived_;
    bool deriving_ = true;
};

/// The same services with another access.
[[nodiscard]] PageServices withAccess(const PageServices& services, ClusterAccess& access);

}  // namespace quarterdeck::ui
