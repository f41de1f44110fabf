#include <fmt/format.h>

#include "app/demo/control/controllers.h"
#include "app/demo/control/pods.h"

namespace quarterdeck::demo {
namespace {

using std::chrono::seconds;

/// How long a kubelet may be silent before its node counts as lost.
constexpr seconds kGrace{40};
/// How long pods stay on a lost node, shorter than the customary five minutes so that a demo gets there, and up to
/// how much longer by chance.
constexpr seconds kEviction{60};
constexpr std::uint64_t kEvictionSpread = 20;

constexpr const char* kUnreachable = "node.kubernetes.io/unreachable";

bool isLost(const Json& node) {
    return text(conditionOf(node, "Ready"), {"status"}) == "Unknown";
}

void markLost(Pass& pass, const Json& node) {
    Json next = node;
    for (Json& condition : next["status"]["conditions"]) {
        condition["status"] = "Unknown";
        condition["reason"] = "NodeStatusUnknown";
        condition["message"] = "Kubelet stopped posting node status.";
        condition["lastTransitionTime"] = stamp(pass.now);
    }
    Json& taints = next["spec"]["taints"];
    for (const char* effect : {"NoSchedule", "NoExecute"}) {
        taints.push_back({{"key", kUnreachable}, {"effect", effect}, {"timeAdded", stamp(pass.now)}});
    }
    pass.cluster.put(resource("nodes"), std::move(next));
    pass.cluster.report(node, "Normal", "NodeNotReady",
                        fmt::format("Node {} status is now: NodeNotReady", nameOf(node)), "node-controller", pass.now);
    for (const ObjectPtr& stored : pass.cluster.db.list(resource("pods"))) {
        if (text(*stored, {"spec", "nodeName"}) == nameOf(node) && isReady(*stored)) {
            Json pod = *stored;
            setCondition(pod["status"], "Ready", "False", "", "", pass.now);
            pass.cluster.put(resource("pods"), std::move(pod));
            pass.cluster.report(*stored, "Warning", "NodeNotReady", "Node is not ready", "node-controller", pass.now);
        }
    }
}

/// The time at which the pods of a lost node are evicted: the same for one loss of one node, whoever asks and when.
Instant evictionTime(const ClusterState& cluster, const Json& node) {
    const Instant lost = timeAt(conditionOf(node, "Ready"), {"lastTransitionTime"});
    return lost + kEviction + seconds(Random(cluster.seed ^ fnv1a(nameOf(node))).below(kEvictionSpread));
}

void evict(Pass& pass, const Json& node) {
    for (const ObjectPtr& stored : pass.cluster.db.list(resource("pods"))) {
        if (text(*stored, {"spec", "nodeName"}) != nameOf(node) || isTerminating(*stored) || isFinished(*stored) ||
            text(controllerRef(*stored), {"kind"}) == "DaemonSet") {
            continue;
        }
        Json pod = *stored;
        setCondition(pod["status"], "DisruptionTarget", "True", "DeletionByTaintManager",
                     "Taint manager: deleting due to NoExecute taint", pass.now);
        pass.cluster.report(pod, "Normal", "TaintManagerEviction",
                            fmt::format("Marking for deletion Pod {}/{}", namespaceOf(pod), nameOf(pod)),
                            "taint-eviction-controller", pass.now);
        deletePod(pass.cluster, pod);
    }
}

/// Pods whose node is gone are removed at once: nobody else could confirm their end.
void removeOrphans(Pass& pass) {
    for (const ObjectPtr& pod : pass.cluster.db.list(resource("pods"))) {
        const std::string node = text(*pod, {"spec", "nodeName"});
        if (!node.empty() && !pass.cluster.db.get(resource("nodes"), "", node)) {
            pass.cluster.db.remove(resource("pods"), namespaceOf(*pod), nameOf(*pod));
        }
    }
}

}  // namespace

void reconcileNodes(Pass& pass) {
    for (const auto& [name, since] : pass.cluster.silentNodes) {
        ObjectPtr node = pass.cluster.db.get(resource("nodes"), "", name);
        if (!node) {
            continue;
        }
        if (!isLost(*node)) {
            if (pass.now < since + kGrace) {
                pass.wakeAt(since + kGrace);
                continue;
            }
            markLost(pass, *node);
            node = pass.cluster.db.get(resource("nodes"), "", name);
        }
        const Instant eviction = evictionTime(pass.cluster, *node);
        if (pass.now < eviction) {
            pass.wakeAt(eviction);
        } else {
            evict(pass, *node);
        }
    }
    removeOrphans(pass);
}

}  // namespace quarterdeck::demo
