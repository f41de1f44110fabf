#include <fmt/format.h>

#include "app/demo/control/pods.h"
#include "app/demo/control/revisions.h"
#include "app/demo/platforms/platform_builder.h"

namespace quarterdeck::demo {
namespace {

constexpr const char* kRevision = "deployment.kubernetes.io/revision";
constexpr const char* kCause = "kubernetes.io/change-cause";

Json annotationsOf(const WorkloadSpec& spec, const RevisionSpec& revision) {
    Json result = spec.annotations;
    if (!revision.cause.empty()) {
        result[kCause] = revision.cause;
    }
    return result;
}

/// The age of the n-th pod under a roll-out.
Age podAge(const WorkloadSpec& spec, std::size_t index, Age rolledOut) {
    return index < spec.podAges.size() ? std::min(spec.podAges[index], rolledOut) : rolledOut;
}

}  // namespace

std::string PlatformBuilder::nextNode(const WorkloadSpec& spec, std::size_t index) {
    if (!spec.nodes.empty()) {
        return spec.nodes[index % spec.nodes.size()];
    }
    const auto nodes = cluster_.db.list(resource("nodes"));
    return nameOf(*nodes[turn_++ % nodes.size()]);
}

Json PlatformBuilder::podTemplate(const WorkloadSpec& spec, const std::string& image) const {
    Json metadata = {{"labels", spec.labels}};
    if (!spec.podAnnotations.empty()) {
        metadata["annotations"] = spec.podAnnotations;
    }
    Json result = {{"metadata", std::move(metadata)}, {"spec", spec.podSpec}};
    result["spec"]["containers"].at(0)["image"] = image;
    return result;
}

/// Events of a start within the last hour.
void PlatformBuilder::tellStart(const Json& pod, Instant created) {
    if (now_ - created >= std::chrono::minutes(59)) {
        return;
    }
    cluster_.report(pod, "Normal", "Scheduled",
                    fmt::format("Successfully assigned {}/{} to {}", namespaceOf(pod), nameOf(pod),
                                text(pod, {"spec", "nodeName"})),
                    "default-scheduler", created);
    for (const Json& each : at(pod, {"spec", "containers"})) {
        const std::string path = fmt::format("spec.containers{{{}}}", text(each, {"name"}));
        const Instant when = timeAt(pod, {"status", "startTime"}) + Age(4);
        cluster_.report(pod, "Normal", "Pulled",
                        fmt::format("Container image \"{}\" already present on machine", text(each, {"image"})),
                        "kubelet", when, path);
        cluster_.report(pod, "Normal", "Created", "Created container: " + text(each, {"name"}), "kubelet", when, path);
        cluster_.report(pod, "Normal", "Started", "Started container " + text(each, {"name"}), "kubelet", when, path);
    }
}

void PlatformBuilder::storePod(Json pod, const std::string& node, Instant created) {
    pod["metadata"]["uid"] = cluster_.random.uuid();
    settle(cluster_, pod, node, created);
    tellStart(pod, created);
    cluster_.put(resource("pods"), std::move(pod));
}

void PlatformBuilder::deployment(const WorkloadSpec& spec) {
    const RevisionSpec& last = spec.revisions.back();
    const Age rolledOut = around(last.age);
    Json annotations = annotationsOf(spec, last);
    annotations[kRevision] = std::to_string(last.number);
    Json body = {{"metadata", {{"annotations", std::move(annotations)}, {"generation", last.number}}},
                 {"spec",
                  {{"replicas", spec.replicas},
                   {"selector", {{"matchLabels", spec.selector}}},
                   {"template", podTemplate(spec, last.image)}}}};
    if (!spec.strategy.is_null()) {
        body["spec"]["strategy"] = spec.strategy;
    }
    const Age age = std::max(spec.age, std::max(around(spec.revisions.front().age), rolledOut));
    Json stored = *add("deployments", spec.nameSpace, spec.name, age, std::move(body), spec.labels);
    for (const RevisionSpec& revision : spec.revisions) {
        const bool current = &revision == &last;
        const Age since = current ? rolledOut : std::max(rolledOut + Age(3600), around(revision.age));
        Json wanted = at(stored, {"spec", "template"});
        wanted["spec"]["containers"].at(0)["image"] = revision.image;
        const std::string hash = safeHash(wanted.dump());
        wanted["metadata"]["labels"]["pod-template-hash"] = hash;
        Json selector = spec.selector;
        selector["pod-template-hash"] = hash;
        Json notes = annotationsOf(spec, revision);
        notes[kRevision] = std::to_string(revision.number);
        notes["deployment.kubernetes.io/desired-replicas"] = std::to_string(spec.replicas);
        notes["deployment.kubernetes.io/max-replicas"] = std::to_string(spec.replicas + (spec.replicas + 3) / 4);
        const std::string name = spec.name + "-" + hash;
        const ObjectPtr set = add("replicasets", spec.nameSpace, name, since,
                                  {{"metadata",
                                    {{"annotations", std::move(notes)},
                                     {"generation", current ? 1 : 3},
                                     {"ownerReferences", Json::array({ownerReference(stored)})}}},
                                   {"spec",
                                    {{"replicas", current ? spec.replicas : 0},
                                     {"selector", {{"matchLabels", std::move(selector)}}},
                                     {"template", wanted}}}},
                                  wanted["metadata"]["labels"]);
        if (!current) {
            continue;
        }
        setCondition(stored["status"], "Available", "True", "MinimumReplicasAvailable",
                     "Deployment has minimum availability.", ago(age), true);
        setCondition(stored["status"], "Progressing", "True", "NewReplicaSetAvailable",
                     fmt::format("ReplicaSet \"{}\" has successfully progressed.", name), ago(rolledOut), true);
        for (long i = 0; i < spec.replicas; ++i) {
            const auto index = static_cast<std::size_t>(i);
            Json pod = podFromTemplate(wanted, *set, generatedName(name, cluster_.random));
            pod["metadata"]["generateName"] = name + "-";
            storePod(std::move(pod), nextNode(spec, index), ago(podAge(spec, index, rolledOut)));
        }
    }
    cluster_.put(resource("deployments"), std::move(stored));
}

void PlatformBuilder::claimsOf(const WorkloadSpec& spec, Json& pod, Age age) {
    for (const Json& each : spec.claims) {
        const std::string volume = nameOf(each);
        const std::string name = volume + "-" + nameOf(pod);
        claim(spec.nameSpace, name, text(each, {"spec", "resources", "requests", "storage"}), age,
              text(each, {"spec", "storageClassName"}));
        pod["spec"]["volumes"].push_back({{"name", volume}, {"persistentVolumeClaim", {{"claimName", name}}}});
    }
}

void PlatformBuilder::statefulSet(const WorkloadSpec& spec) {
    const RevisionSpec& last = spec.revisions.back();
    const Age rolledOut = around(last.age);
    const Age age = std::max(spec.age, around(spec.revisions.front().age));
    Json body = {{"spec",
                  {{"replicas", spec.replicas},
                   {"serviceName", spec.serviceName},
                   {"selector", {{"matchLabels", spec.selector}}},
                   {"template", podTemplate(spec, last.image)}}}};
    if (!spec.claims.is_null()) {
        body["spec"]["volumeClaimTemplates"] = spec.claims;
    }
    Json stored = *add("statefulsets", spec.nameSpace, spec.name, age, std::move(body), spec.labels);
    std::string revisionName;
    for (const RevisionSpec& revision : spec.revisions) {
        Json then = stored;
        then["spec"]["template"]["spec"]["containers"].at(0)["image"] = revision.image;
        then["metadata"]["annotations"] = annotationsOf(spec, revision);
        Pass past{cluster_, ago(revision.age)};
        revisionName = ensureRevision(past, then);
    }
    stored["metadata"]["annotations"] = annotationsOf(spec, last);
    stored["status"] = {{"currentRevision", revisionName}, {"updateRevision", revisionName}};
    for (long i = 0; i < spec.replicas; ++i) {
        const auto index = static_cast<std::size_t>(i);
        const std::string name = fmt::format("{}-{}", spec.name, i);
        Json pod = podFromTemplate(at(stored, {"spec", "template"}), stored, name);
        pod["metadata"]["generateName"] = spec.name + "-";
        pod["metadata"]["labels"]["controller-revision-hash"] = revisionName;
        pod["metadata"]["labels"]["statefulset.kubernetes.io/pod-name"] = name;
        pod["metadata"]["labels"]["apps.kubernetes.io/pod-index"] = std::to_string(i);
        pod["spec"]["hostname"] = name;
        claimsOf(spec, pod, age);
        storePod(std::move(pod), nextNode(spec, index), ago(podAge(spec, index, rolledOut)));
    }
    cluster_.put(resource("statefulsets"), std::move(stored));
}

void PlatformBuilder::daemonSet(const WorkloadSpec& spec) {
    const RevisionSpec& last = spec.revisions.back();
    const Age rolledOut = around(last.age);
    Json stored =
        *add("daemonsets", spec.nameSpace, spec.name, std::max(spec.age, rolledOut),
             {{"metadata", {{"annotations", annotationsOf(spec, last)}}},
              {"spec", {{"selector", {{"matchLabels", spec.selector}}}, {"template", podTemplate(spec, last.image)}}}},
             spec.labels);
    Pass past{cluster_, ago(rolledOut)};
    const std::string revisionName = ensureRevision(past, stored);
    for (const ObjectPtr& node : cluster_.db.list(resource("nodes"))) {
        Json pod = podFromTemplate(at(stored, {"spec", "template"}), stored, generatedName(spec.name, cluster_.random));
        pod["metadata"]["generateName"] = spec.name + "-";
        pod["metadata"]["labels"]["controller-revision-hash"] = revisionName;
        storePod(std::move(pod), nameOf(*node), ago(rolledOut));
    }
}

}  // namespace quarterdeck::demo
