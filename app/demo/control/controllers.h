#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "app/demo/control/cluster_state.h"
#include "app/demo/control/deployment_controller.h"
#include "app/demo/control/kubelet.h"
#include "app/demo/control/pass.h"

namespace quarterdeck::demo {

/// The control plane and the nodes of one cluster: brings what is there closer to what is wanted, step by step, by
/// the cluster's clock. Everything under the cluster's lock, which the caller holds.
class Controllers {
public:
    explicit Controllers(ClusterState& cluster);

    /// Does all that is due now. A controller runs only when something that it looks at changed, or its time came.
    void step();
    /// When step() will have something to do by itself; Instant::max() = only after a change.
    [[nodiscard]] Instant due() const;
    /// Steps through the cluster's past from `from` to `to`, stopping at every moment at which something is due.
    void replay(Instant from, Instant to);
    /// Forgets everything about pods; for a cluster that was cleared.
    void clear();

private:
    struct Entry {
        std::function<void(Pass&)> run;
        std::vector<const ResourceType*> inputs;  ///< empty: deletions of anything
        std::uint64_t seen = 0;
        Instant due = Instant::min();
    };
    [[nodiscard]] std::uint64_t inputVersion(const Entry& entry) const;

    ClusterState& cluster_;
    DeploymentController deployments_;
    Kubelet kubelet_;
    std::vector<Entry> entries_;
};

/// \name One controller each; wake-ups are left in the pass.
/// @{
void reconcileReplicaSets(Pass& pass);
void reconcileStatefulSets(Pass& pass);
void reconcileDaemonSets(Pass& pass);
void reconcileJobs(Pass& pass);
void reconcileCronJobs(Pass& pass);
void reconcileDisruptionBudgets(Pass& pass);
/// Nodes whose kubelet fell silent: conditions, taints, eviction of their pods; pods whose node is gone.
void reconcileNodes(Pass& pass);
void collectGarbage(Pass& pass);
void schedulePods(Pass& pass);
/// @}

/// Marks a pod for deletion with its grace period, or removes it at once where nothing runs in it.
void deletePod(ClusterState& cluster, const Json& pod, std::optional<long> graceSeconds = std::nullopt);

}  // namespace quarterdeck::demo
