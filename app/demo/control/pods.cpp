#include "app/demo/control/pods.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

namespace quarterdeck::demo {
namespace {

std::string hexId(Random random) {
    return fmt::format("{:016x}{:016x}{:016x}{:016x}", random.next(), random.next(), random.next(), random.next());
}

std::string imageId(const std::string& image) {
    return image.substr(0, image.rfind(':')) + "@sha256:" + hexId(Random(fnv1a(image)));
}

Json waitingStatus(const Json& container, const std::string& reason) {
    return {{"name", text(container, {"name"})},
            {"image", text(container, {"image"})},
            {"imageID", ""},
            {"ready", false},
            {"started", false},
            {"restartCount", 0},
            {"lastState", Json::object()},
            {"state", {{"waiting", {{"reason", reason}}}}}};
}

void run(Json& status, Instant when, Random& random) {
    status["imageID"] = imageId(text(status, {"image"}));
    status["containerID"] = "containerd://" + hexId(Random(random.next()));
    status["state"] = {{"running", {{"startedAt", stamp(when)}}}};
}

Json terminated(const Json& status, int exitCode, Instant when, const std::string& reason = {}) {
    const std::string started = text(status, {"state", "running", "startedAt"}, stamp(when));
    return {{"terminated",
             {{"exitCode", exitCode},
              {"reason", !reason.empty() ? reason
                         : exitCode == 0 ? "Completed"
                                         : "Error"},
              {"startedAt", started},
              {"finishedAt", stamp(when)},
              {"containerID", text(status, {"containerID"})}}}};
}

void updateReadiness(Json& pod, Instant when) {
    Json& status = pod["status"];
    std::string unready;
    for (const Json& container : at(pod, {"status", "containerStatuses"})) {
        if (!flag(container, {"ready"})) {
            appendWord(unready, text(container, {"name"}), ' ');
        }
    }
    const std::string value = unready.empty() ? "True" : "False";
    const std::string reason = unready.empty() ? "" : "ContainersNotReady";
    const std::string message = unready.empty() ? "" : fmt::format("containers with unready status: [{}]", unready);
    setCondition(status, "Ready", value, reason, message, when);
    setCondition(status, "ContainersReady", value, reason, message, when);
}

/// "containers with incomplete status: [wait-for-redis wait-for-migration]", or nothing when all have ended.
void updateInitialized(Json& pod, Instant when) {
    std::string unfinished;
    for (const Json& container : at(pod, {"status", "initContainerStatuses"})) {
        if (!flag(container, {"ready"})) {
            appendWord(unfinished, text(container, {"name"}), ' ');
        }
    }
    const bool done = unfinished.empty();
    setCondition(pod["status"], "Initialized", done ? "True" : "False", done ? "" : "ContainersNotInitialized",
                 done ? "" : fmt::format("containers with incomplete status: [{}]", unfinished), when);
}

std::string qosClass(const Json& pod) {
    bool any = false;
    bool guaranteed = true;
    for (const Json& container : at(pod, {"spec", "containers"})) {
        const Json& requests = at(container, {"resources", "requests"});
        const Json& limits = at(container, {"resources", "limits"});
        any = any || !requests.empty() || !limits.empty();
        guaranteed = guaranteed && limits.contains("cpu") && limits.contains("memory") && limits == requests;
    }
    if (!any) {
        return "BestEffort";
    }
    return guaranteed ? "Guaranteed" : "Burstable";
}

}  // namespace

std::string generatedName(const std::string& owner, Random& random) {
    return owner.substr(0, 57) + "-" + random.suffix();
}

Json podFromTemplate(const Json& podTemplate, const Json& owner, const std::string& name) {
    Json metadata = at(podTemplate, {"metadata"}).is_object() ? at(podTemplate, {"metadata"}) : Json::object();
    metadata.erase("creationTimestamp");
    metadata["name"] = name;
    metadata["namespace"] = namespaceOf(owner);
    metadata["ownerReferences"] = Json::array({ownerReference(owner)});
    return {{"apiVersion", "v1"},
            {"kind", "Pod"},
            {"metadata", std::move(metadata)},
            {"spec", at(podTemplate, {"spec"})},
            {"status", {{"phase", "Pending"}}}};
}

void assignNode(Json& pod, const std::string& node, Instant when) {
    pod["spec"]["nodeName"] = node;
    setCondition(pod["status"], "PodScheduled", "True", "", "", when);
}

void admit(ClusterState& cluster, Json& pod, Instant when) {
    const bool hasInit = !at(pod, {"spec", "initContainers"}).empty();
    const ObjectPtr node = cluster.db.get(resource("nodes"), "", text(pod, {"spec", "nodeName"}));
    Json& status = pod["status"];
    status["phase"] = "Pending";
    status["qosClass"] = qosClass(pod);
    status["startTime"] = stamp(when);
    status["hostIP"] = node ? text(at(*node, {"status", "addresses"}).at(0), {"address"}) : "127.0.0.1";
    status["containerStatuses"] = Json::array();
    if (hasInit) {
        status["initContainerStatuses"] = Json::array();
        for (const Json& container : pod["spec"]["initContainers"]) {
            status["initContainerStatuses"].push_back(waitingStatus(container, "PodInitializing"));
        }
    }
    for (const Json& container : pod["spec"]["containers"]) {
        status["containerStatuses"].push_back(
            waitingStatus(container, hasInit ? "PodInitializing" : "ContainerCreating"));
    }
    updateInitialized(pod, when);
    updateReadiness(pod, when);
}

void startInit(Json& pod, std::size_t index, Instant when, Random& random) {
    run(pod["status"]["initContainerStatuses"].at(index), when, random);
}

void finishInit(Json& pod, std::size_t index, Instant when) {
    Json& status = pod["status"]["initContainerStatuses"].at(index);
    status["state"] = terminated(status, 0, when);
    status["ready"] = true;
    updateInitialized(pod, when);
}

void startContainers(Json& pod, Instant when, Random& random) {
    const bool settled = !text(pod, {"status", "podIP"}).empty();
    for (Json& status : pod["status"]["containerStatuses"]) {
        run(status, when, random);
        status["started"] = true;
    }
    pod["status"]["phase"] = "Running";
    if (settled) {
        pod["status"]["podIPs"] = Json::array({Json{{"ip", text(pod, {"status", "podIP"})}}});
    }
}

void markReady(Json& pod, Instant when) {
    for (Json& status : pod["status"]["containerStatuses"]) {
        status["ready"] = true;
    }
    updateReadiness(pod, when);
}

void markFinished(Json& pod, int exitCode, Instant when) {
    for (Json& status : pod["status"]["containerStatuses"]) {
        status["state"] = terminated(status, exitCode, when);
        status["ready"] = false;
        status["started"] = false;
    }
    Json& status = pod["status"];
    status["phase"] = exitCode == 0 ? "Succeeded" : "Failed";
    const std::string reason = exitCode == 0 ? "PodCompleted" : "PodFailed";
    setCondition(status, "Initialized", "True", exitCode == 0 ? reason : "", "", when);
    setCondition(status, "Ready", "False", reason, "", when);
    setCondition(status, "ContainersReady", "False", reason, "", when);
}

void markWaiting(Json& pod, std::size_t index, const std::string& reason, const std::string& message) {
    Json& status = pod["status"]["containerStatuses"].at(index);
    if (!at(status, {"state", "terminated"}).is_null()) {
        status["lastState"] = status["state"];
    }
    status["state"] = {{"waiting", {{"reason", reason}, {"message", message}}}};
    status["ready"] = false;
    status["started"] = false;
}

void markCrashed(Json& pod, std::size_t index, int exitCode, Instant when, const std::string& reason) {
    Json& status = pod["status"]["containerStatuses"].at(index);
    status["state"] = terminated(status, exitCode, when, reason);
    status["ready"] = false;
    status["started"] = false;
    updateReadiness(pod, when);
}

void restartContainer(Json& pod, std::size_t index, Instant when, Random& random) {
    Json& status = pod["status"]["containerStatuses"].at(index);
    if (!at(status, {"state", "terminated"}).is_null()) {
        status["lastState"] = status["state"];
    }
    status["restartCount"] = number(status, {"restartCount"}) + 1;
    run(status, when, random);
    status["started"] = true;
}

void settle(ClusterState& cluster, Json& pod, const std::string& node, Instant created) {
    using std::chrono::seconds;
    Instant when = created;
    pod["metadata"]["creationTimestamp"] = stamp(created);
    assignNode(pod, node, when);
    admit(cluster, pod, when);
    pod["status"]["podIP"] = cluster.newPodAddress(node);
    for (std::size_t i = 0; i < at(pod, {"spec", "initContainers"}).size(); ++i) {
        when += seconds(2);
        startInit(pod, i, when, cluster.random);
        when += seconds(2);
        finishInit(pod, i, when);
    }
    when += seconds(3);
    startContainers(pod, when, cluster.random);
    when += seconds(6);
    markReady(pod, when);
    for (const char* list : {"containers", "initContainers"}) {
        for (const Json& container : at(pod, {"spec", list})) {
            cluster.images.insert({node, text(container, {"image"})});
        }
    }
}

bool findsWhatItWaitsFor(const ClusterState& cluster, const Json& pod, const Json& container) {
    static const std::string kProbe = "nc -z ";
    const Json& command = at(container, {"command"});
    const std::string script = command.is_array() && !command.empty() && command.back().is_string()
                                   ? command.back().get<std::string>()
                                   : std::string();
    const std::size_t begin = script.find(kProbe);
    if (begin == std::string::npos) {
        return true;
    }
    std::istringstream words(script.substr(begin + kProbe.size()));
    std::string host;
    long port = 0;
    words >> host >> port;
    const ObjectPtr service = cluster.db.get(resource("services"), namespaceOf(pod), host);
    if (!service) {
        return false;
    }
    const Json& ports = at(*service, {"spec", "ports"});
    const auto serves = [&](const Json& each) { return number(each, {"port"}) == port; };
    if (std::none_of(ports.begin(), ports.end(), serves)) {
        return false;
    }
    const auto pods = cluster.db.list(resource("pods"), namespaceOf(pod));
    return std::any_of(pods.begin(), pods.end(), [&](const ObjectPtr& each) {
        return isReady(*each) && matchesLabels(*each, at(*service, {"spec", "selector"}));
    });
}

bool isReady(const Json& pod) {
    return conditionIsTrue(pod, "Ready");
}

bool isFinished(const Json& pod) {
    const std::string phase = text(pod, {"status", "phase"});
    return phase == "Succeeded" || phase == "Failed";
}

Json withoutHash(Json podTemplate) {
    if (at(podTemplate, {"metadata", "labels"}).is_object()) {
        podTemplate["metadata"]["labels"].erase("pod-template-hash");
    }
    if (podTemplate.is_object() && podTemplate.contains("metadata") && podTemplate["metadata"].is_object()) {
        podTemplate["metadata"].erase("creationTimestamp");
        podTemplate["metadata"].erase("name");
    }
    return podTemplate;
}

long restartsOf(const Json& pod) {
    long sum = 0;
    for (const Json& status : at(pod, {"status", "containerStatuses"})) {
        sum += number(status, {"restartCount"});
    }
    return sum;
}

}  // namespace quarterdeck::demo
