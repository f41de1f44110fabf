#include <fmt/format.h>

#include "app/demo/control/controllers.h"
#include "app/demo/control/pods.h"

namespace quarterdeck::demo {
namespace {

bool isAvailable(Pass& pass, const Json& pod, std::chrono::seconds minimum) {
    if (!isReady(pod)) {
        return false;
    }
    const Instant since = timeAt(conditionOf(pod, "Ready"), {"lastTransitionTime"});
    if (since + minimum > pass.now) {
        pass.wakeAt(since + minimum);
        return false;
    }
    return true;
}

/// Smaller goes first when there are too many: not scheduled, not ready, more restarts, younger.
auto deletionRank(const Json& pod) {
    return std::tuple(!text(pod, {"spec", "nodeName"}).empty(), isReady(pod), -restartsOf(pod),
                      -createdAt(pod).time_since_epoch().count(), nameOf(pod));
}

}  // namespace

void reconcileReplicaSets(Pass& pass) {
    const ResourceType& kind = resource("replicasets");
    const ResourceType& podKind = resource("pods");
    for (const ObjectPtr& set : pass.cluster.db.list(kind)) {
        std::vector<ObjectPtr> pods;
        for (const ObjectPtr& pod : pass.cluster.db.owned(podKind, uidOf(*set))) {
            if (!isTerminating(*pod) && !isFinished(*pod)) {
                pods.push_back(pod);
            }
        }
        const long wanted = number(*set, {"spec", "replicas"}, 1);
        std::sort(pods.begin(), pods.end(),
                  [](const ObjectPtr& a, const ObjectPtr& b) { return deletionRank(*a) < deletionRank(*b); });
        while (std::ssize(pods) > wanted) {
            pass.cluster.report(*set, "Normal", "SuccessfulDelete", "Deleted pod: " + nameOf(*pods.front()),
                                "replicaset-controller", pass.now);
            deletePod(pass.cluster, *pods.front());
            pods.erase(pods.begin());
        }
        while (std::ssize(pods) < wanted) {
            const std::string name = generatedName(nameOf(*set), pass.cluster.random);
            Json pod = podFromTemplate(at(*set, {"spec", "template"}), *set, name);
            pod["metadata"]["generateName"] = nameOf(*set) + "-";
            pods.push_back(pass.cluster.put(podKind, std::move(pod)));
            pass.cluster.report(*set, "Normal", "SuccessfulCreate", "Created pod: " + name, "replicaset-controller",
                                pass.now);
        }
        const std::chrono::seconds minimum(number(*set, {"spec", "minReadySeconds"}));
        long ready = 0;
        long available = 0;
        for (const ObjectPtr& pod : pods) {
            ready += isReady(*pod) ? 1 : 0;
            available += isAvailable(pass, *pod, minimum) ? 1 : 0;
        }
        Json next = *set;
        Json& status = next["status"];
        status["replicas"] = pods.size();
        status["observedGeneration"] = number(*set, {"metadata", "generation"}, 1);
        for (const auto& [key, count] :
             {std::pair{"fullyLabeledReplicas", static_cast<long>(pods.size())}, std::pair{"readyReplicas", ready},
              std::pair{"availableReplicas", available}}) {
            if (count > 0) {
                status[key] = count;
            } else {
                status.erase(key);
            }
        }
        pass.cluster.put(kind, std::move(next));
    }
}

}  // namespace quarterdeck::demo
