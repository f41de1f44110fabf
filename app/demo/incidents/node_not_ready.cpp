#include "app/demo/incidents/incident.h"

namespace quarterdeck::demo {
namespace {

constexpr const char* kNode = "gc-node-2";

/// From here on the kubelet is silent; what was last heard from it keeps its time.
void begin(ClusterState& cluster) {
    const ResourceType& kind = resource("nodes");
    const ObjectPtr before = cluster.db.get(kind, "", kNode);
    if (!before || !cluster.silentNodes.emplace(kNode, cluster.now()).second) {  // deleted, or lost already
        return;
    }
    Json next = *before;
    for (Json& condition : next["status"]["conditions"]) {
        condition["lastHeartbeatTime"] = stamp(cluster.now());
    }
    // Equal to what is stored where no time has passed since: the controllers have to look all the same.
    next["metadata"]["annotations"]["node.alpha.kubernetes.io/ttl"] = "0";
    cluster.put(kind, std::move(next));
}

}  // namespace

Incident nodeNotReady() {
    return {{"node-not-ready", "Node not ready", "globeco-prod",
             "gc-node-2 falls silent; its pods are marked for deletion after about a minute and replaced on other "
             "nodes, while the old ones stay Terminating until the node is removed or the demo is reset."},
            std::chrono::seconds(150),
            nullptr,
            begin};
}

}  // namespace quarterdeck::demo
