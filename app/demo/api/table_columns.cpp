#include "app/demo/api/table_columns.h"

#include <fmt/format.h>

#include "app/base/time_text.h"

namespace quarterdeck::demo {
namespace {

using Columns = std::vector<TableColumn>;

Json none() {
    return "<none>";
}

TableColumn count(const char* name, const char* part, const char* key, int priority = 0) {
    return {name, "integer", priority, [part, key](const Json& object, Instant) {
                return Json(number(object, {part, key}));
            }};
}

TableColumn word(const char* name, const char* part, const char* key, int priority = 0) {
    return {name, "string", priority, [part, key](const Json& object, Instant) {
                const Json& value = at(object, {part, key});
                return value.is_string() ? value : value.is_null() ? none() : Json(value.dump());
            }};
}

TableColumn computed(const char* name, int priority, std::string (*cell)(const Json&)) {
    return {name, "string", priority, [cell](const Json& object, Instant) {
                const std::string value = cell(object);
                return value.empty() ? none() : Json(value);
            }};
}

std::string joined(const Json& list, const char* key) {
    std::string result;
    for (const Json& item : list) {
        appendWord(result, key == nullptr ? item.get<std::string>() : text(item, {key}));
    }
    return result;
}

std::string labelPairs(const Json& labels) {
    std::string result;
    if (labels.is_object()) {
        for (const auto& [key, value] : labels.items()) {
            appendWord(result, fmt::format("{}={}", key, value.is_string() ? value.get<std::string>() : ""));
        }
    }
    return result;
}

std::string templateContainers(const Json& object) {
    return joined(at(object, {"spec", "template", "spec", "containers"}), "name");
}
std::string templateImages(const Json& object) {
    return joined(at(object, {"spec", "template", "spec", "containers"}), "image");
}
std::string selectorText(const Json& object) {
    return labelPairs(at(object, {"spec", "selector", "matchLabels"}));
}
std::string serviceSelector(const Json& object) {
    return labelPairs(at(object, {"spec", "selector"}));
}

std::string readyOfWanted(const Json& object) {
    return fmt::format("{}/{}", number(object, {"status", "readyReplicas"}), number(object, {"spec", "replicas"}, 1));
}

std::string ports(const Json& service) {
    std::string result;
    for (const Json& port : at(service, {"spec", "ports"})) {
        const long node = number(port, {"nodePort"});
        appendWord(result, fmt::format("{}{}/{}", number(port, {"port"}), node != 0 ? fmt::format(":{}", node) : "",
                                       text(port, {"protocol"}, "TCP")));
    }
    return result;
}

std::string nodeStatus(const Json& node) {
    // As kubectl's printer: a condition that is not True is NotReady, Unknown is left for nodes without one.
    const Json& ready = conditionOf(node, "Ready");
    const std::string word = ready.is_null() ? "Unknown" : text(ready, {"status"}) == "True" ? "Ready" : "NotReady";
    return word + (flag(node, {"spec", "unschedulable"}) ? ",SchedulingDisabled" : "");
}

std::string nodeRoles(const Json& node) {
    std::string result;
    const std::string prefix = "node-role.kubernetes.io/";
    for (const auto& [key, value] : at(node, {"metadata", "labels"}).items()) {
        if (key.rfind(prefix, 0) == 0) {
            appendWord(result, key.substr(prefix.size()));
        }
    }
    return result;
}

std::string nodeAddress(const Json& node) {
    for (const Json& address : at(node, {"status", "addresses"})) {
        if (text(address, {"type"}) == "InternalIP") {
            return text(address, {"address"});
        }
    }
    return {};
}

std::string jobStatus(const Json& job) {
    return conditionIsTrue(job, "Complete") ? "Complete" : conditionIsTrue(job, "Failed") ? "Failed" : "Running";
}

std::string completions(const Json& job) {
    return fmt::format("{}/{}", number(job, {"status", "succeeded"}), number(job, {"spec", "completions"}, 1));
}

Json duration(const Json& job, Instant now) {
    const Instant start = timeAt(job, {"status", "startTime"});
    const Instant end = timeAt(job, {"status", "completionTime"});
    if (start == Instant()) {
        return "";
    }
    return humanDuration((end == Instant() ? now : end) - start);
}

std::string hpaReference(const Json& hpa) {
    return text(hpa, {"spec", "scaleTargetRef", "kind"}) + "/" + text(hpa, {"spec", "scaleTargetRef", "name"});
}

std::string hpaTargets(const Json& hpa) {
    std::string result;
    const Json& current = at(hpa, {"status", "currentMetrics"});
    for (const Json& metric : at(hpa, {"spec", "metrics"})) {
        const std::string name = text(metric, {"resource", "name"});
        std::string value = "<unknown>";
        for (const Json& seen : current) {
            if (text(seen, {"resource", "name"}) == name) {
                value = fmt::format("{}%", number(seen, {"resource", "current", "averageUtilization"}));
            }
        }
        result += fmt::format("{}{}: {}/{}%", result.empty() ? "" : ", ", name, value,
                              number(metric, {"resource", "target", "averageUtilization"}));
    }
    return result;
}

std::string eventObject(const Json& event) {
    std::string kind = text(event, {"involvedObject", "kind"});
    std::transform(kind.begin(), kind.end(), kind.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return kind + "/" + text(event, {"involvedObject", "name"});
}

/// "kubelet, node-1"; newer events name who reports them in other fields.
std::string eventSource(const Json& event) {
    const auto first = [](const std::string& one, const std::string& other) { return one.empty() ? other : one; };
    const std::string component = first(text(event, {"source", "component"}), text(event, {"reportingComponent"}));
    const std::string instance = first(text(event, {"source", "host"}), text(event, {"reportingInstance"}));
    return instance.empty() ? component : component + ", " + instance;
}

Columns eventColumns() {
    return {{"Last Seen", "string", 0,
             [](const Json& event, Instant now) { return Json(ageText(timeAt(event, {"lastTimestamp"}), now)); }},
            {"Type", "string", 0, [](const Json& event, Instant) { return Json(text(event, {"type"})); }},
            {"Reason", "string", 0, [](const Json& event, Instant) { return Json(text(event, {"reason"})); }},
            computed("Object", 0, eventObject),
            {"Subobject", "string", 1,
             [](const Json& event, Instant) {
                 return Json(text(event, {"involvedObject", "fieldPath"}));
             }},
            {"Source", "string", 1, [](const Json& event, Instant) { return Json(eventSource(event)); }},
            {"Message", "string", 0, [](const Json& event, Instant) { return Json(text(event, {"message"})); }},
            {"First Seen", "string", 1,
             [](const Json& event, Instant now) { return Json(ageText(timeAt(event, {"firstTimestamp"}), now)); }},
            {"Count", "string", 1, [](const Json& event, Instant) { return Json(number(event, {"count"}, 1)); }},
            {"Name", "string", 1, [](const Json& event, Instant) { return Json(nameOf(event)); }}};
}

Columns cronJobColumns() {
    return {nameColumn(),
            word("Schedule", "spec", "schedule"),
            word("Timezone", "spec", "timeZone"),
            {"Suspend", "boolean", 0,
             [](const Json& job, Instant) {
                 return Json(flag(job, {"spec", "suspend"}) ? "True" : "False");
             }},
            {"Active", "integer", 0,
             [](const Json& job, Instant) {
                 return Json(at(job, {"status", "active"}).size());
             }},
            {"Last Schedule", "string", 0,
             [](const Json& job, Instant now) {
                 const Instant last = timeAt(job, {"status", "lastScheduleTime"});
                 return last == Instant() ? none() : Json(ageText(last, now));
             }},
            ageColumn()};
}

std::map<std::string, Columns> makeColumns() {
    const TableColumn containers = computed("Containers", 1, templateContainers);
    const TableColumn images = computed("Images", 1, templateImages);
    const TableColumn selector = computed("Selector", 1, selectorText);
    const TableColumn ready = computed("Ready", 0, readyOfWanted);
    std::map<std::string, Columns> all = configurationColumns();
    all["pods"] = podColumns();
    all["events"] = eventColumns();
    all["cronjobs"] = cronJobColumns();
    all["deployments"] = {nameColumn(),
                          ready,
                          count("Up-to-date", "status", "updatedReplicas"),
                          count("Available", "status", "availableReplicas"),
                          ageColumn(),
                          containers,
                          images,
                          selector};
    all["replicasets"] = {nameColumn(),
                          count("Desired", "spec", "replicas"),
                          count("Current", "status", "replicas"),
                          count("Ready", "status", "readyReplicas"),
                          ageColumn(),
                          containers,
                          images,
                          selector};
    all["statefulsets"] = {nameColumn(), ready, ageColumn(), containers, images};
    all["daemonsets"] = {nameColumn(),
                         count("Desired", "status", "desiredNumberScheduled"),
                         count("Current", "status", "currentNumberScheduled"),
                         count("Ready", "status", "numberReady"),
                         count("Up-to-date", "status", "updatedNumberScheduled"),
                         count("Available", "status", "numberAvailable"),
                         ageColumn(),
                         containers,
                         images,
                         selector};
    all["services"] = {nameColumn(),
                       word("Type", "spec", "type"),
                       word("Cluster-IP", "spec", "clusterIP"),
                       computed("External-IP", 0, [](const Json&) { return std::string(); }),
                       computed("Port(s)", 0, ports),
                       ageColumn(),
                       computed("Selector", 1, serviceSelector)};
    all["nodes"] = {nameColumn(),
                    computed("Status", 0, nodeStatus),
                    computed("Roles", 0, nodeRoles),
                    ageColumn(),
                    computed("Version", 0,
                             [](const Json& node) {
                                 return text(node, {"status", "nodeInfo", "kubeletVersion"});
                             }),
                    computed("Internal-IP", 1, nodeAddress),
                    computed("External-IP", 1, [](const Json&) { return std::string(); }),
                    computed("OS-Image", 1,
                             [](const Json& node) {
                                 return text(node, {"status", "nodeInfo", "osImage"});
                             }),
                    computed("Kernel-Version", 1,
                             [](const Json& node) {
                                 return text(node, {"status", "nodeInfo", "kernelVersion"});
                             }),
                    computed("Container-Runtime", 1, [](const Json& node) {
                        return text(node, {"status", "nodeInfo", "containerRuntimeVersion"});
                    })};
    all["namespaces"] = {nameColumn(), word("Status", "status", "phase"), ageColumn()};
    all["horizontalpodautoscalers"] = {nameColumn(),
                                       computed("Reference", 0, hpaReference),
                                       computed("Targets", 0, hpaTargets),
                                       count("MinPods", "spec", "minReplicas"),
                                       count("MaxPods", "spec", "maxReplicas"),
                                       count("Replicas", "status", "currentReplicas"),
                                       ageColumn()};
    all["jobs"] = {nameColumn(),
                   computed("Status", 0, jobStatus),
                   computed("Completions", 0, completions),
                   {"Duration", "string", 0, duration},
                   ageColumn(),
                   containers,
                   images,
                   selector};
    all["poddisruptionbudgets"] = {nameColumn(), word("Min Available", "spec", "minAvailable"),
                                   word("Max Unavailable", "spec", "maxUnavailable"),
                                   count("Allowed Disruptions", "status", "disruptionsAllowed"), ageColumn()};
    all["persistentvolumeclaims"] = {nameColumn(),
                                     word("Status", "status", "phase"),
                                     word("Volume", "spec", "volumeName"),
                                     computed("Capacity", 0,
                                              [](const Json& claim) {
                                                  return text(claim, {"status", "capacity", "storage"});
                                              }),
                                     computed("Access Modes", 0,
                                              [](const Json& claim) {
                                                  return joined(at(claim, {"spec", "accessModes"}), nullptr);
                                              }),
                                     word("StorageClass", "spec", "storageClassName"),
                                     ageColumn()};
    return all;
}

}  // namespace

TableColumn nameColumn() {
    return {"Name", "string", 0, [](const Json& object, Instant) { return Json(nameOf(object)); }};
}

TableColumn ageColumn() {
    return {"Age", "string", 0, [](const Json& object, Instant now) { return Json(ageText(createdAt(object), now)); }};
}

std::string ageText(Instant since, Instant now) {
    return since == Instant() ? "<unknown>" : humanDuration(now - since);
}

const std::vector<TableColumn>& tableColumns(const ResourceType& type) {
    static const std::map<std::string, Columns> all = makeColumns();
    static const Columns plain = {nameColumn(), ageColumn()};
    const auto found = all.find(type.plural);
    return found == all.end() ? plain : found->second;
}

}  // namespace quarterdeck::demo
