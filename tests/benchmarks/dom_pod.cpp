#include "tests/benchmarks/dom_pod.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/base/quantity.h"
#include "app/base/time_text.h"
#include "app/kinds/pod_status.h"

namespace quarterdeck::benchmarks {

namespace {

using nlohmann::json;
using namespace quarterdeck::kinds;

const json& child(const json& value, const char* name) {
    static const json kNull;
    const auto found = value.is_object() ? value.find(name) : value.end();
    return value.is_object() && found != value.end() ? *found : kNull;
}

const std::string& text(const json& value, const char* name) {
    static const std::string kEmpty;
    const json& found = child(value, name);
    return found.is_string() ? found.get_ref<const std::string&>() : kEmpty;
}

std::int32_t number(const json& value, const char* name) {
    const json& found = child(value, name);
    return found.is_number_integer() ? found.get<std::int32_t>() : 0;
}

bool flag(const json& value, const char* name) {
    return child(value, name) == true;
}

CompactTime time(const json& value, const char* name) {
    return CompactTime(parseRfc3339(text(value, name)));
}

void readMeta(const json& value, StringPool& pool, kube::ObjectMeta& meta) {
    meta.name = text(value, "name");
    meta.nameSpace = pool.intern(text(value, "namespace"));
    meta.uid = text(value, "uid");
    meta.resourceVersion = text(value, "resourceVersion");
    meta.creation = parseRfc3339(text(value, "creationTimestamp"));
    meta.deletion = parseRfc3339(text(value, "deletionTimestamp"));
    for (const auto& [key, label] : child(value, "labels").items()) {
        meta.labels.emplace_back(pool.intern(key), pool.intern(label.get_ref<const std::string&>()));
    }
    for (const json& owner : child(value, "ownerReferences")) {
        meta.owners.push_back(
            {pool.intern(text(owner, "kind")), text(owner, "name"), text(owner, "uid"), flag(owner, "controller")});
    }
}

void readResources(const json& value, Container& container) {
    const auto milli = [](const json& from, const char* name) {
        const auto quantity = Quantity::parse(text(from, name));
        return quantity ? quantity->milli() : 0;
    };
    const json& requests = child(value, "requests");
    const json& limits = child(value, "limits");
    container.cpuRequestMilli = static_cast<std::int32_t>(milli(requests, "cpu"));
    container.cpuLimitMilli = static_cast<std::int32_t>(milli(limits, "cpu"));
    container.memoryRequest = milli(requests, "memory") / 1000;
    container.memoryLimit = milli(limits, "memory") / 1000;
}

void readStatus(const json& value, StringPool& pool, Container& container) {
    container.ready = flag(value, "ready");
    container.started = flag(value, "started");
    container.restarts = number(value, "restartCount");
    const json& state = child(value, "state");
    if (const json& running = child(state, "running"); running.is_object()) {
        container.state = ContainerState::Running;
        container.since = time(running, "startedAt");
    } else if (const json& waiting = child(state, "waiting"); waiting.is_object()) {
        container.state = ContainerState::Waiting;
        container.stateReason = pool.intern(text(waiting, "reason"));
    } else if (const json& ended = child(state, "terminated"); ended.is_object()) {
        container.state = ContainerState::Terminated;
        container.stateReason = pool.intern(text(ended, "reason"));
        container.exitCode = number(ended, "exitCode");
        container.signal = number(ended, "signal");
        container.since = time(ended, "finishedAt");
    }
    if (const json& last = child(child(value, "lastState"), "terminated"); last.is_object()) {
        container.lastTermination =
            Boxed<Termination>(Termination{pool.intern(text(last, "reason")), number(last, "exitCode"),
                                           number(last, "signal"), time(last, "finishedAt")});
    }
}

void readContainers(const json& specs, const json& statuses, bool init, StringPool& pool, Pod& pod) {
    for (const json& spec : specs) {
        Container container;
        container.inSpec = true;
        container.init = init;
        container.name = pool.intern(text(spec, "name"));
        container.image = pool.intern(text(spec, "image"));
        container.restartable = text(spec, "restartPolicy") == "Always";
        readResources(child(spec, "resources"), container);
        std::uint16_t index = 0;
        for (const json& status : statuses) {
            if (text(status, "name") == container.name.view()) {
                container.statusIndex = index;
                readStatus(status, pool, container);
            }
            ++index;
        }
        pod.containers.push_back(std::move(container));
    }
}

PodConditionType conditionType(std::string_view name, bool& known) {
    known = name == "Ready" || name == "ContainersReady" || name == "Initialized" || name == "PodScheduled";
    return name == "Ready"             ? PodConditionType::Ready
           : name == "ContainersReady" ? PodConditionType::ContainersReady
           : name == "Initialized"     ? PodConditionType::Initialized
                                       : PodConditionType::PodScheduled;
}

}  // namespace

std::shared_ptr<const Pod> podFromDom(const json& item, StringPool& pool) {
    auto pod = std::make_shared<Pod>();
    readMeta(child(item, "metadata"), pool, pod->meta);
    const json& spec = child(item, "spec");
    const json& status = child(item, "status");
    pod->node = pool.intern(text(spec, "nodeName"));
    const std::string& policy = text(spec, "restartPolicy");
    pod->restartPolicy = policy == "Always" ? RestartPolicy::Always : RestartPolicy::Never;
    pod->phase = pool.intern(text(status, "phase"));
    pod->reason = pool.intern(text(status, "reason"));
    pod->ip = text(status, "podIP");
    pod->started = time(status, "startTime");
    pod->qos = text(status, "qosClass") == "Burstable" ? QosClass::Burstable : QosClass::Unknown;
    for (const json& entry : child(status, "conditions")) {
        bool known = false;
        const PodConditionType type = conditionType(text(entry, "type"), known);
        if (known) {
            pod->setCondition(type, {pool.intern(text(entry, "reason")), time(entry, "lastTransitionTime"),
                                     conditionStatus(text(entry, "status"))});
        }
    }
    readContainers(child(spec, "initContainers"), child(status, "initContainerStatuses"), true, pool, *pod);
    readContainers(child(spec, "containers"), child(status, "containerStatuses"), false, pool, *pod);
    pod->health = podHealth(*pod);
    return pod;
}

}  // namespace quarterdeck::benchmarks
