#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "app/kube/served_kind.h"
#include "ui/pages/cluster_access.h"

namespace quarterdeck::ui {

/// What the open contexts serve, by context and put together, as long as it is watched. Interface thread.
class KindsWatch : public QObject {
    Q_OBJECT
public:
    using Kind = std::shared_ptr<const kube::ServedKind>;

    /// The access outlives it.
    explicit KindsWatch(ClusterAccess& access, QObject* parent = nullptr);
    ~KindsWatch() override;

    /// These contexts from now on, as far as they are open; none: lets everything go.
    void watch(std::vector<kube::ContextId> contexts);

    /// Of the watched contexts that are open, in the order given.
    [[nodiscard]] std::vector<kube::ContextId> contexts() const;
    [[nodiscard]] kube::Freshness freshness(const kube::ContextId& context) const;
    /// By qualified name ("certificates.cert-manager.io"); null where the context does not serve it (as far as known).
    [[nodiscard]] Kind find(const kube::ContextId& context, const std::string& name) const;
    /// Each kind once, with all contexts that serve it; by name. The version is that of the first.
    [[nodiscard]] std::vector<Kind> merged() const;

signals:
    void changed();

private:
    struct Part {
        kube::ContextId id;
        kube::Freshness freshness;
        std::map<std::string, Kind> kinds;
        std::unique_ptr<kube::StoreSubscription> subscription;
    };
    void connectWanted();
    [[nodiscard]] const Part* part(const kube::ContextId& context) const;
    void receive(const kube::ContextId& context, const kube::Batch& batch);

    ClusterAccess& access_;
    std::vector<kube::ContextId> wanted_;
    std::vector<Part> parts_;
};

}  // namespace quarterdeck::ui
