#include "app/demo/control/deployment_status.h"

#include <fmt/format.h>

namespace quarterdeck::demo {
namespace {

void setCount(Json& status, const char* key, long count) {
    if (count > 0) {
        status[key] = count;
    } else {
        status.erase(key);
    }
}

long sum(const std::vector<Json>& sets, const char* key) {
    long result = 0;
    for (const Json& set : sets) {
        result += number(set, {"status", key});
    }
    return result;
}

/// Anything that counts as progress moves lastUpdateTime, from which the deadline runs.
bool hasProgress(const Json& before, const Json& after) {
    const auto count = [](const Json& status, const char* key) { return number(status, {key}); };
    const long oldBefore = count(before, "replicas") - count(before, "updatedReplicas");
    const long oldAfter = count(after, "replicas") - count(after, "updatedReplicas");
    return count(after, "updatedReplicas") > count(before, "updatedReplicas") || oldAfter < oldBefore ||
           count(after, "readyReplicas") > count(before, "readyReplicas") ||
           count(after, "availableReplicas") > count(before, "availableReplicas");
}

void setProgressing(Pass& pass, const Json& deployment, Json& next, const Json* current) {
    Json& status = next["status"];
    const long wanted = number(deployment, {"spec", "replicas"}, 1);
    const Json& before = conditionOf(deployment, "Progressing");
    if (flag(deployment, {"spec", "paused"})) {
        setCondition(status, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", pass.now, true);
        return;
    }
    if (current == nullptr) {
        return;
    }
    const std::string set = nameOf(*current);
    const bool complete = number(status, {"updatedReplicas"}) == wanted && number(status, {"replicas"}) == wanted &&
                          number(status, {"availableReplicas"}) == wanted;
    const auto say = [&](const char* value, const char* reason, const std::string& message) {
        setCondition(status, "Progressing", value, reason, message, pass.now, true);
    };
    const std::string reason = text(before, {"reason"});
    if (complete) {
        say("True", "NewReplicaSetAvailable", fmt::format("ReplicaSet \"{}\" has successfully progressed.", set));
        return;
    }
    const bool otherSet = text(before, {"message"}).find('"' + set + '"') == std::string::npos;
    const Instant deadline = timeAt(conditionOf(next, "Progressing"), {"lastUpdateTime"}) +
                             std::chrono::seconds(number(deployment, {"spec", "progressDeadlineSeconds"}, 600));
    if (before.is_null() || otherSet) {
        say("True", "NewReplicaSetCreated", fmt::format("Created new replica set \"{}\"", set));
    } else if (hasProgress(at(deployment, {"status"}), status)) {
        say("True", "ReplicaSetUpdated", fmt::format("ReplicaSet \"{}\" is progressing.", set));
        for (Json& condition : status["conditions"]) {
            if (text(condition, {"type"}) == "Progressing") {
                condition["lastUpdateTime"] = stamp(pass.now);
            }
        }
    } else if (reason == "ProgressDeadlineExceeded" || (reason != "NewReplicaSetAvailable" && deadline <= pass.now)) {
        say("False", "ProgressDeadlineExceeded", fmt::format("ReplicaSet \"{}\" has timed out progressing.", set));
    } else if (reason != "NewReplicaSetAvailable") {
        pass.wakeAt(deadline);
    }
}

}  // namespace

void storeStatus(Pass& pass, const Json& deployment, const std::vector<Json>& sets, const Json* current) {
    Json next = deployment;
    Json& status = next["status"];
    const long wanted = number(deployment, {"spec", "replicas"}, 1);
    const long available = sum(sets, "availableReplicas");
    status["observedGeneration"] = number(deployment, {"metadata", "generation"}, 1);
    setCount(status, "replicas", sum(sets, "replicas"));
    setCount(status, "updatedReplicas", current == nullptr ? 0 : number(*current, {"status", "replicas"}));
    setCount(status, "readyReplicas", sum(sets, "readyReplicas"));
    setCount(status, "availableReplicas", available);
    setCount(status, "unavailableReplicas", std::max(wanted, sum(sets, "replicas")) - available);

    long minimum = wanted;
    const Json& unavailable = at(deployment, {"spec", "strategy", "rollingUpdate", "maxUnavailable"});
    if (unavailable.is_number()) {
        minimum -= unavailable.get<long>();
    } else if (unavailable.is_string()) {
        minimum -= static_cast<long>(std::strtod(unavailable.get<std::string>().c_str(), nullptr) *
                                     static_cast<double>(wanted) / 100.0);
    }
    const bool enough = available >= minimum;
    setCondition(status, "Available", enough ? "True" : "False",
                 enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                 enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
                 pass.now, true);
    setProgressing(pass, deployment, next, current);
    if (current != nullptr) {
        const std::string revision = annotationOf(*current, "deployment.kubernetes.io/revision");
        next["metadata"]["annotations"]["deployment.kubernetes.io/revision"] = revision;
    }
    pass.cluster.put(resource("deployments"), std::move(next));
}

}  // namespace quarterdeck::demo
