#pragma once

#include <memory>
#include <vector>

#include <QObject>
#include <QTimer>

#include "ui/pages/cluster_access.h"
#include "ui/pages/page_freshness.h"

namespace quarterdeck::ui {

class ResourceTableModel;
class ViewScope;

/// Leads the objects of the shown contexts into a model while it is active, and knows how fresh each part is.
class TableFeed : public QObject {
    Q_OBJECT
public:
    TableFeed(ClusterAccess& access, ViewScope& scope, ResourceTableModel& model, QObject* parent = nullptr);
    ~TableFeed() override;

    /// Inactive: subscriptions end at once, the rows leave the model after half a minute.
    void setActive(bool active);
    [[nodiscard]] std::vector<ContextFreshness> parts() const;
    /// Tries all shown contexts again.
    void retry();

signals:
    void freshnessChanged();

private:
    struct Source {
        kube::ContextId id;
        kube::Freshness freshness;
        std::unique_ptr<kube::StoreSubscription> subscription;
    };
    void connectShown();
    void drop(const kube::ContextId& id);
    void receive(const kube::ContextId& id, const kube::Batch& batch);

    ClusterAccess& access_;
    ViewScope& scope_;
    ResourceTableModel& model_;
    std::vector<Source> sources_;
    QTimer forget_;
    bool active_ = false;
};

}  // namespace quarterdeck::ui
