#include "app/demo/platforms/platform_builder.h"

#include <fmt/format.h>

#include "app/demo/api/admission.h"
#include "app/demo/control/cron.h"
#include "app/demo/control/pods.h"

namespace quarterdeck::demo {
namespace {

/// Values are no secrets: they carry the word that leak tests look for.
std::string base64(const std::string& plain) {
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    for (std::size_t i = 0; i < plain.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            bits = bits << 8U | (i + k < plain.size() ? static_cast<unsigned char>(plain[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            result += i + k > plain.size() ? '=' : letters[(bits >> (18 - 6 * k)) & 63U];
        }
    }
    return result;
}

}  // namespace

Age PlatformBuilder::around(Age age) {
    return age + Age(cluster_.random.below(static_cast<std::uint64_t>(age.count()) / 10 + 1));
}

Json PlatformBuilder::metadata(const std::string& nameSpace, const std::string& name, Age age, const Json& labels) {
    Json result = {{"name", name}, {"creationTimestamp", stamp(ago(age))}};
    if (!nameSpace.empty()) {
        result["namespace"] = nameSpace;
    }
    if (!labels.empty()) {
        result["labels"] = labels;
    }
    return result;
}

ObjectPtr PlatformBuilder::add(const char* plural, const std::string& nameSpace, const std::string& name, Age age,
                               Json rest, const Json& labels) {
    Json object = std::move(rest);
    Json meta = metadata(nameSpace, name, age, labels);
    meta.update(at(object, {"metadata"}).is_object() ? at(object, {"metadata"}) : Json::object());
    object["metadata"] = std::move(meta);
    const ResourceType& type = resource(plural);
    object = cluster_.db.complete(type, std::move(object), now_);
    applyDefaults(type, object);
    return cluster_.put(type, std::move(object));
}

void PlatformBuilder::node(const NodeSpec& spec) {
    Json labels = {{"kubernetes.io/hostname", spec.name},
                   {"kubernetes.io/os", "linux"},
                   {"kubernetes.io/arch", "amd64"},
                   {"beta.kubernetes.io/os", "linux"},
                   {"beta.kubernetes.io/arch", "amd64"}};
    labels.update(spec.labels);
    const Age age = std::chrono::hours(24 * 90);
    Json status = {
        {"addresses", Json::array({Json{{"type", "InternalIP"}, {"address", spec.address}},
                                   Json{{"type", "Hostname"}, {"address", spec.name}}})},
        {"capacity", {{"cpu", spec.cpu}, {"memory", spec.memory}, {"ephemeral-storage", spec.disk}, {"pods", "110"}}},
        {"allocatable",
         {{"cpu", spec.cpu}, {"memory", spec.memory}, {"ephemeral-storage", spec.disk}, {"pods", "110"}}},
        {"nodeInfo",
         {{"kubeletVersion", spec.version},
          {"kubeProxyVersion", spec.version},
          {"osImage", spec.system},
          {"kernelVersion", "6.8.0-55-generic"},
          {"containerRuntimeVersion", "containerd://1.7.25"},
          {"architecture", "amd64"},
          {"operatingSystem", "linux"},
          {"machineID", safeHash(spec.name)},
          {"systemUUID", safeHash(spec.name)},
          {"bootID", safeHash(spec.name)}}}};
    const auto condition = [&](const char* type, const char* value, const char* reason, const char* message) {
        setCondition(status, type, value, reason, message, ago(age));
        status["conditions"].back()["lastHeartbeatTime"] = stamp(now_);
    };
    condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available");
    condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure");
    condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available");
    condition("Ready", "True", "KubeletReady", "kubelet is posting ready status");
    add("nodes", "", spec.name, age, {{"spec", {{"podCIDR", "10.1.0.0/16"}}}, {"status", std::move(status)}}, labels);
}

void PlatformBuilder::nameSpace(const std::string& name, Age age) {
    add("namespaces", "", name, age,
        {{"spec", {{"finalizers", Json::array({"kubernetes"})}}}, {"status", {{"phase", "Active"}}}},
        {{"kubernetes.io/metadata.name", name}});
    add("serviceaccounts", name, "default", age, Json::object());
}

void PlatformBuilder::service(const std::string& nameSpace, const std::string& name, const Json& labels,
                              const Json& selector, const Json& ports, Age age, bool headless) {
    const std::string address =
        headless ? "None" : fmt::format("10.152.183.{}", 10 + fnv1a(nameSpace + "/" + name) % 240);
    Json spec = {{"type", "ClusterIP"},
                 {"clusterIP", address},
                 {"clusterIPs", Json::array({address})},
                 {"ipFamilies", Json::array({"IPv4"})},
                 {"ipFamilyPolicy", "SingleStack"},
                 {"internalTrafficPolicy", "Cluster"},
                 {"ports", ports}};
    if (!selector.is_null()) {
        spec["selector"] = selector;
    }
    add("services", nameSpace, name, age, {{"spec", std::move(spec)}, {"status", {{"loadBalancer", Json::object()}}}},
        labels);
}

void PlatformBuilder::secret(const std::string& nameSpace, const std::string& name, const std::string& type,
                             const std::vector<std::string>& keys, Age age) {
    Json data = Json::object();
    for (const std::string& key : keys) {
        data[key] = base64("CANARY-demo-" + key);
    }
    add("secrets", nameSpace, name, age, {{"type", type}, {"data", std::move(data)}});
}

void PlatformBuilder::claim(const std::string& nameSpace, const std::string& name, const std::string& size, Age age,
                            const std::string& storageClass) {
    add("persistentvolumeclaims", nameSpace, name, age,
        {{"spec",
          {{"accessModes", Json::array({"ReadWriteOnce"})},
           {"resources", {{"requests", {{"storage", size}}}}},
           {"storageClassName", storageClass},
           {"volumeMode", "Filesystem"},
           {"volumeName", "pvc-" + cluster_.random.uuid()}}},
         {"status",
          {{"phase", "Bound"}, {"accessModes", Json::array({"ReadWriteOnce"})}, {"capacity", {{"storage", size}}}}}});
}

void PlatformBuilder::event(const char* plural, const std::string& nameSpace, const std::string& name,
                            const std::string& type, const std::string& reason, const std::string& message,
                            const std::string& component, Age age) {
    if (const ObjectPtr about = cluster_.db.get(resource(plural), nameSpace, name)) {
        cluster_.report(*about, type, reason, message, component, ago(age));
    }
}

void PlatformBuilder::job(const std::string& nameSpace, const std::string& name, const Json& labels,
                          const Json& podSpec, Age age, Age took, const Json& owner) {
    Json meta = Json::object();
    if (!owner.is_null()) {
        meta["ownerReferences"] = Json::array({ownerReference(owner)});
        meta["annotations"] = {{"cronjob.kubernetes.io/instantiate", "manual"}};
    }
    Json spec = podSpec;
    spec["restartPolicy"] = "OnFailure";
    Json status = {{"startTime", stamp(ago(age))}};
    const Instant end = ago(age) + took;
    if (took.count() > 0) {
        status["completionTime"] = stamp(end);
        status["succeeded"] = 1;
        setCondition(status, "SuccessCriteriaMet", "True", "CompletionsReached", "", end);
        setCondition(status, "Complete", "True", "CompletionsReached", "", end);
    }
    const ObjectPtr stored =
        add("jobs", nameSpace, name, age,
            {{"metadata", std::move(meta)},
             {"spec", {{"template", {{"metadata", {{"labels", labels}}}, {"spec", std::move(spec)}}}}},
             {"status", std::move(status)}},
            labels);
    Json pod = podFromTemplate(at(*stored, {"spec", "template"}), *stored, generatedName(name, cluster_.random));
    pod["metadata"]["uid"] = cluster_.random.uuid();
    settle(cluster_, pod, nextNode({}, 0), ago(age));
    if (took.count() > 0) {
        markFinished(pod, 0, end);
    }
    pod["metadata"]["generateName"] = name + "-";
    tellStart(pod, ago(age));
    cluster_.put(resource("pods"), std::move(pod));
}

ObjectPtr PlatformBuilder::cronJob(const std::string& nameSpace, const std::string& name, const Json& labels,
                                   const std::string& schedule, const Json& podSpec, Age age, bool suspended) {
    Json spec = podSpec;
    spec["restartPolicy"] = "OnFailure";
    Instant last = ago(age);
    for (Instant next = last; next <= now_; next = nextCronTime(schedule, next)) {
        last = next;
    }
    return add("cronjobs", nameSpace, name, age,
               {{"spec",
                 {{"schedule", schedule},
                  {"suspend", suspended},
                  {"concurrencyPolicy", "Forbid"},
                  {"jobTemplate",
                   {{"metadata", {{"labels", labels}}},
                    {"spec", {{"template", {{"metadata", {{"labels", labels}}}, {"spec", std::move(spec)}}}}}}}}},
                {"status", {{"lastScheduleTime", stamp(last)}}}},
               labels);
}

void PlatformBuilder::autoscaler(const std::string& nameSpace, const std::string& name, const std::string& kind,
                                 const std::string& target, long least, long most, long replicas,
                                 std::pair<long, long> cpu, std::pair<long, long> memory, Age age,
                                 const Json& behaviour) {
    Json wanted = Json::array();
    Json seen = Json::array();
    for (const auto& [resourceName, numbers] : {std::pair{"cpu", cpu}, std::pair{"memory", memory}}) {
        wanted.push_back(
            {{"type", "Resource"},
             {"resource",
              {{"name", resourceName}, {"target", {{"type", "Utilization"}, {"averageUtilization", numbers.first}}}}}});
        seen.push_back({{"type", "Resource"},
                        {"resource", {{"name", resourceName}, {"current", {{"averageUtilization", numbers.second}}}}}});
    }
    Json status = {{"currentReplicas", replicas},
                   {"desiredReplicas", replicas},
                   {"currentMetrics", std::move(seen)},
                   {"lastScaleTime", stamp(ago(std::min(age, around(std::chrono::minutes(26)))))}};
    setCondition(status, "AbleToScale", "True", "ReadyForNewScale", "recommended size matches current size", ago(age));
    setCondition(status, "ScalingActive", "True", "ValidMetricFound",
                 "the HPA was able to successfully calculate a replica count", ago(age));
    setCondition(status, "ScalingLimited", "False", "DesiredWithinRange",
                 "the desired count is within the acceptable range", ago(age));
    Json spec = {{"scaleTargetRef", {{"apiVersion", "apps/v1"}, {"kind", kind}, {"name", target}}},
                 {"minReplicas", least},
                 {"maxReplicas", most},
                 {"metrics", std::move(wanted)}};
    if (!behaviour.is_null()) {
        spec["behavior"] = behaviour;
    }
    add("horizontalpodautoscalers", nameSpace, name, age, {{"spec", std::move(spec)}, {"status", std::move(status)}});
}

}  // namespace quarterdeck::demo
