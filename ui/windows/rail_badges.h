#pragma once

#include <unordered_map>
#include <vector>

#include <QObject>

#include "app/kube/object_store.h"

namespace quarterdeck::session {
class SessionHub;
}
namespace quarterdeck::widgets {
class NavigationRail;
}

namespace quarterdeck::ui {

class ClusterAccess;
class ViewScope;

/// The numbers in the rail: pods and nodes in a critical state as their pages would show them (contexts and namespaces
/// of the window), and contexts that are unreachable or signed out. An onlooker: nothing is watched for a number, and
/// where nothing is watched there is none. Warning events are never counted, they would never end.
class RailBadges : public QObject {
    Q_OBJECT
public:
    /// All outlive it.
    RailBadges(session::SessionHub& hub, ClusterAccess& access, ViewScope& scope, widgets::NavigationRail& rail,
               QObject* parent = nullptr);
    ~RailBadges() override;

    /// Follows what is watched now, and no longer what is not. To be called every second or so.
    void look();

private:
    struct Source {
        kube::ContextId context;
        const char* page = nullptr;
        /// Namespaces of those in a critical state.
        std::unordered_map<kube::Uid, std::string> critical;
        bool known = false;  ///< the store has an answer, be it an old one
        std::unique_ptr<kube::StoreSubscription> subscription;
    };
    void take(const kube::ContextId& context, const char* page, const kube::Batch& batch);
    void show();
    [[nodiscard]] int countOn(const char* page) const;
    void showContexts();

    session::SessionHub& hub_;
    ClusterAccess& access_;
    ViewScope& scope_;
    widgets::NavigationRail& rail_;
    std::vector<Source> sources_;
};

}  // namespace quarterdeck::ui
