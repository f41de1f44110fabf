#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/kinds/pod.h"
#include "ui/pages/fleet/fleet_summary.h"

namespace quarterdeck::ui {

/// Pods that fare badly or take too long, gathered by the workload that owns them. A change costs what its own group
/// costs; who asks pays for the groups, not for the pods.
class FaultGroups {
public:
    using PodPtr = std::shared_ptr<const kinds::Pod>;
    /// Null: it is gone.
    void set(const kube::Uid& uid, const PodPtr& pod);
    void clear();
    /// In no order.
    void append(std::vector<FleetProblem>& problems, Instant now) const;

private:
    /// Namespace and name of the owner.
    using Owner = std::pair<std::string, std::string>;
    struct Group {
        std::map<kube::Uid, PodPtr> pods;
        mutable std::optional<FleetProblem> told;
    };
    struct Place {
        std::optional<Owner> group;
        std::optional<Instant> due;
    };
    [[nodiscard]] static FleetProblem describe(const Owner& owner, const std::map<kube::Uid, PodPtr>& pods);

    std::map<Owner, Group> groups_;
    /// Pods that are under way, by the time from which on they take too long.
    std::set<std::pair<Instant, kube::Uid>> due_;
    std::unordered_map<kube::Uid, PodPtr> underWay_;
    std::unordered_map<kube::Uid, Place> places_;
};

/// Deployment, StatefulSet, DaemonSet or Job that a pod belongs to, by name; the pod's own name where it has no owner.
[[nodiscard]] std::string workloadOf(const kinds::Pod& pod);

}  // namespace quarterdeck::ui
