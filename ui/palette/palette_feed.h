#pragma once

#include <memory>
#include <vector>

#include <QObject>
#include <QTimer>

#include "ui/pages/cluster_access.h"

namespace quarterdeck::ui {

class PaletteWorker;

/// Leads the objects of all open contexts into the palette's worker while the palette is open and for half a minute
/// after. Interface thread.
class PaletteFeed : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    PaletteFeed(ClusterAccess& access, PaletteWorker& worker, QObject* parent = nullptr);
    ~PaletteFeed() override;

    void setActive(bool active);
    /// Contexts of which something is still on its way, by name.
    [[nodiscard]] std::vector<kube::ContextId> awaited() const;

signals:
    void awaitedChanged();

private:
    struct Source {
        kube::ContextId context;
        const kube::KindDescriptor* kind = nullptr;
        bool loading = true;
        std::unique_ptr<kube::StoreSubscription> subscription;
    };
    void connectOpen();
    void drop(const kube::ContextId& context);
    void receive(const kube::ContextId& context, const kube::KindDescriptor& kind, const kube::Batch& batch);

    ClusterAccess& access_;
    PaletteWorker& worker_;
    std::vector<Source> sources_;
    std::vector<kube::ContextId> told_;  ///< contexts that the worker knows
    QTimer forget_;
    bool wanted_ = false;
};

}  // namespace quarterdeck::ui
