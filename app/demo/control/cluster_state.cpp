#include "app/demo/control/cluster_state.h"

#include <fmt/format.h>

namespace quarterdeck::demo {

void ClusterState::report(const Json& about, const std::string& type, const std::string& reason,
                          const std::string& message, const std::string& component, Instant when,
                          const std::string& fieldPath) {
    const ResourceType& kind = resource("events");
    const std::string space = namespaceOf(about).empty() ? "default" : namespaceOf(about);
    const std::string key = fmt::format("{}|{}|{}", uidOf(about), reason, message);
    if (const auto known = events.find(key); known != events.end()) {
        if (const ObjectPtr earlier = db.get(kind, space, known->second)) {
            Json event = *earlier;
            event["count"] = number(event, {"count"}, 1) + 1;
            event["lastTimestamp"] = stamp(when);
            put(kind, std::move(event));
            return;
        }
    }
    Json involved = {{"apiVersion", text(about, {"apiVersion"})},
                     {"kind", text(about, {"kind"})},
                     {"name", nameOf(about)},
                     {"uid", uidOf(about)},
                     {"resourceVersion", text(about, {"metadata", "resourceVersion"})}};
    if (!namespaceOf(about).empty()) {
        involved["namespace"] = namespaceOf(about);
    }
    if (!fieldPath.empty()) {
        involved["fieldPath"] = fieldPath;
    }
    Json source = {{"component", component}};
    if (component == "kubelet") {
        source["host"] = text(about, {"spec", "nodeName"}, nameOf(about));
    }
    const std::string name = fmt::format("{}.{:016x}", nameOf(about), random.next());
    Json event = {{"metadata", {{"name", name}, {"namespace", space}, {"creationTimestamp", stamp(when)}}},
                  {"involvedObject", std::move(involved)},
                  {"reason", reason},
                  {"message", message},
                  {"source", std::move(source)},
                  {"firstTimestamp", stamp(when)},
                  {"lastTimestamp", stamp(when)},
                  {"count", 1},
                  {"type", type},
                  {"eventTime", nullptr},
                  {"reportingComponent", component},
                  {"reportingInstance", component == "kubelet" ? text(about, {"spec", "nodeName"}) : ""}};
    put(kind, std::move(event));
    events[key] = name;
}

std::string ClusterState::newPodAddress(const std::string& node) {
    if (addresses.find(node) == addresses.end()) {
        addresses.emplace(node, 2);
    }
    long subnet = 0;
    for (const ObjectPtr& known : db.list(resource("nodes"))) {
        if (nameOf(*known) == node) {
            break;
        }
        ++subnet;
    }
    const int host = addresses[node]++;
    return fmt::format("10.1.{}.{}", subnet * 4 + host / 250, 2 + host % 250);
}

void ClusterState::clear() {
    random = Random(seed);
    db.clear();
    addresses.clear();
    images.clear();
    silentNodes.clear();
    events.clear();
    past.reset();
}

}  // namespace quarterdeck::demo
