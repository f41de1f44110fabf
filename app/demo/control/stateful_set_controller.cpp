#include <fmt/format.h>

#include "app/demo/control/controllers.h"
#include "app/demo/control/pods.h"
#include "app/demo/control/revisions.h"

namespace quarterdeck::demo {
namespace {

const ResourceType& podKind() {
    return resource("pods");
}

void ensureClaims(Pass& pass, const Json& set, Json& pod) {
    for (const Json& claimTemplate : at(set, {"spec", "volumeClaimTemplates"})) {
        const std::string volume = nameOf(claimTemplate);
        const std::string name = volume + "-" + nameOf(pod);
        pod["spec"]["volumes"].push_back({{"name", volume}, {"persistentVolumeClaim", {{"claimName", name}}}});
        if (pass.cluster.db.get(resource("persistentvolumeclaims"), namespaceOf(set), name)) {
            continue;
        }
        Json claim = {{"metadata",
                       {{"name", name},
                        {"namespace", namespaceOf(set)},
                        {"labels", at(set, {"spec", "selector", "matchLabels"})}}},
                      {"spec", at(claimTemplate, {"spec"})}};
        claim["spec"]["volumeName"] = "pvc-" + pass.cluster.random.uuid();
        claim["spec"]["volumeMode"] = "Filesystem";
        claim["status"] = {{"phase", "Bound"},
                           {"accessModes", at(claimTemplate, {"spec", "accessModes"})},
                           {"capacity", at(claimTemplate, {"spec", "resources", "requests"})}};
        pass.cluster.put(resource("persistentvolumeclaims"), std::move(claim));
    }
}

/// Creates, removes and replaces one pod at a time, lowest first on the way up, highest first on the way down.
void move(Pass& pass, const Json& set, const std::string& revision, long replicas) {
    const bool ordered = text(set, {"spec", "podManagementPolicy"}, "OrderedReady") == "OrderedReady";
    const long partition = number(set, {"spec", "updateStrategy", "rollingUpdate", "partition"});
    const auto podAt = [&](long ordinal) {
        const ObjectPtr pod =
            pass.cluster.db.get(podKind(), namespaceOf(set), fmt::format("{}-{}", nameOf(set), ordinal));
        return pod && isControlledBy(*pod, uidOf(set)) ? pod : nullptr;
    };
    for (long ordinal = 0; ordinal < replicas; ++ordinal) {
        const ObjectPtr pod = podAt(ordinal);
        if (!pod) {
            const std::string name = fmt::format("{}-{}", nameOf(set), ordinal);
            Json fresh = podFromTemplate(at(set, {"spec", "template"}), set, name);
            fresh["metadata"]["labels"]["controller-revision-hash"] = revision;
            fresh["metadata"]["labels"]["statefulset.kubernetes.io/pod-name"] = name;
            fresh["metadata"]["labels"]["apps.kubernetes.io/pod-index"] = std::to_string(ordinal);
            fresh["metadata"]["generateName"] = nameOf(set) + "-";
            fresh["spec"]["hostname"] = name;
            ensureClaims(pass, set, fresh);
            pass.cluster.put(podKind(), std::move(fresh));
            pass.cluster.report(set, "Normal", "SuccessfulCreate",
                                fmt::format("create Pod {} in StatefulSet {} successful", name, nameOf(set)),
                                "statefulset-controller", pass.now);
        }
        if (ordered && (!pod || !isReady(*pod) || isTerminating(*pod))) {
            // A pod that can never become ready would block its own repair: replace it when it is outdated.
            if (!pod || isTerminating(*pod) || revisionOf(*pod) == revision) {
                return;
            }
        }
    }
    for (long ordinal = replicas; podAt(ordinal); ++ordinal) {
        if (!podAt(ordinal + 1) && !isTerminating(*podAt(ordinal))) {
            pass.cluster.report(
                set, "Normal", "SuccessfulDelete",
                fmt::format("delete Pod {}-{} in StatefulSet {} successful", nameOf(set), ordinal, nameOf(set)),
                "statefulset-controller", pass.now);
            deletePod(pass.cluster, *podAt(ordinal));
            return;
        }
    }
    if (text(set, {"spec", "updateStrategy", "type"}, "RollingUpdate") != "RollingUpdate") {
        return;
    }
    for (long ordinal = replicas - 1; ordinal >= partition; --ordinal) {
        const ObjectPtr pod = podAt(ordinal);
        if (!pod || isTerminating(*pod)) {
            return;
        }
        if (revisionOf(*pod) != revision) {
            deletePod(pass.cluster, *pod);
            return;
        }
        if (!isReady(*pod)) {
            return;
        }
    }
}

}  // namespace

void reconcileStatefulSets(Pass& pass) {
    const ResourceType& kind = resource("statefulsets");
    for (const ObjectPtr& set : pass.cluster.db.list(kind)) {
        const std::string revision = ensureRevision(pass, *set);
        const long replicas = number(*set, {"spec", "replicas"}, 1);
        move(pass, *set, revision, replicas);
        long there = 0;
        long ready = 0;
        long updated = 0;
        for (const ObjectPtr& pod : pass.cluster.db.owned(podKind(), uidOf(*set))) {
            if (!isTerminating(*pod)) {
                ++there;
                ready += isReady(*pod) ? 1 : 0;
                updated += revisionOf(*pod) == revision ? 1 : 0;
            }
        }
        Json next = *set;
        Json& status = next["status"];
        const std::string current = text(*set, {"status", "currentRevision"}, revision);
        const bool done = updated == replicas && there == replicas && ready == replicas;
        status["observedGeneration"] = number(*set, {"metadata", "generation"}, 1);
        status["replicas"] = there;
        status["readyReplicas"] = ready;
        status["availableReplicas"] = ready;
        status["updatedReplicas"] = updated;
        status["updateRevision"] = revision;
        status["currentRevision"] = done ? revision : current;
        status["currentReplicas"] = done || current == revision ? updated : there - updated;
        status["collisionCount"] = 0;
        pass.cluster.put(kind, std::move(next));
    }
}

void reconcileDaemonSets(Pass& pass) {
    const ResourceType& kind = resource("daemonsets");
    for (const ObjectPtr& set : pass.cluster.db.list(kind)) {
        const std::string revision = ensureRevision(pass, *set);
        long wanted = 0;
        long current = 0;
        long ready = 0;
        long updated = 0;
        long missing = 0;
        ObjectPtr outdated;
        const std::vector<ObjectPtr> pods = pass.cluster.db.owned(podKind(), uidOf(*set));
        for (const ObjectPtr& node : pass.cluster.db.list(resource("nodes"))) {
            if (!matchesLabels(*node, at(*set, {"spec", "template", "spec", "nodeSelector"}))) {
                continue;
            }
            ++wanted;
            const auto found = std::find_if(pods.begin(), pods.end(), [&](const ObjectPtr& pod) {
                return text(*pod, {"spec", "nodeName"}) == nameOf(*node);
            });
            if (found == pods.end()) {
                ++missing;
                const std::string name = generatedName(nameOf(*set), pass.cluster.random);
                Json pod = podFromTemplate(at(*set, {"spec", "template"}), *set, name);
                pod["metadata"]["labels"]["controller-revision-hash"] = revision;
                pod["metadata"]["generateName"] = nameOf(*set) + "-";
                assignNode(pod, nameOf(*node), pass.now);
                pass.cluster.put(podKind(), std::move(pod));
                continue;
            }
            const Json& pod = **found;
            ++current;
            const bool works = isReady(pod) && !isTerminating(pod);
            ready += works ? 1 : 0;
            missing += works ? 0 : 1;
            updated += revisionOf(pod) == revision ? 1 : 0;
            if (revisionOf(pod) != revision && !isTerminating(pod)) {
                outdated = *found;
            }
        }
        if (outdated && (missing == 0 || !isReady(*outdated))) {
            deletePod(pass.cluster, *outdated);
        }
        Json next = *set;
        next["status"] = {{"observedGeneration", number(*set, {"metadata", "generation"}, 1)},
                          {"desiredNumberScheduled", wanted},
                          {"currentNumberScheduled", current},
                          {"updatedNumberScheduled", updated},
                          {"numberReady", ready},
                          {"numberAvailable", ready},
                          {"numberUnavailable", wanted - ready},
                          {"numberMisscheduled", 0}};
        pass.cluster.put(kind, std::move(next));
    }
}

}  // namespace quarterdeck::demo
