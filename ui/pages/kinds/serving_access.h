#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/kube/served_kind.h"
#include "ui/pages/cluster_access.h"

namespace quarterdeck::ui {

/// The open contexts as the table of one discovered kind sees them: each asks for the version that its server serves;
/// those that do not serve the kind are empty instead of failed. The inner access outlives it.
class ServingAccess : public ClusterAccess {
    Q_OBJECT
public:
    /// How one context serves the kind.
    struct Serving {
        /// Nothing: it does not, or it is not known.
        std::optional<kube::ResourceType> type;
        /// False: there are only lists of it.
        bool watched = true;
        /// Without a type: how far that can be trusted. Loading until it is known.
        kube::Freshness freshness;
    };
    using Servings = std::map<kube::ContextId, Serving>;
    explicit ServingAccess(ClusterAccess& inner, QObject* parent = nullptr);

    /// Who shows a context of which this changes something is told to ask again.
    void setServings(Servings servings);
    [[nodiscard]] const Servings& servings() const { return servings_; }

    [[nodiscard]] std::vector<OpenContext> open() const override { return inner_.open(); }
    [[nodiscard]] std::shared_ptr<kube::ObjectStore> store(const kube::ContextId& id,
                                                           const kube::KindDescriptor& kind) override;
    [[nodiscard]] kube::ResourceType typeAt(const kube::ContextId& id, const kube::KindDescriptor& kind) const override;
    [[nodiscard]] std::shared_ptr<kube::KubeClient> client(const kube::ContextId& id) const override {
        return inner_.client(id);
    }
    [[nodiscard]] Instant serverNow(const kube::ContextId& id) const override { return inner_.serverNow(id); }
    void retry(const kube::ContextId& id) override { inner_.retry(id); }
    void seekNamespaces(const kube::ContextId& id, const std::vector<std::string>& names) override {
        inner_.seekNamespaces(id, names);
    }
    [[nodiscard]] std::vector<std::string> knownNamespaces(const kube::ContextId& id) const override {
        return inner_.knownNamespaces(id);
    }

private:
    ClusterAccess& inner_;
    Servings servings_;
};

}  // namespace quarterdeck::ui
