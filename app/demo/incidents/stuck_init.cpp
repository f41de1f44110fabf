#include "app/demo/incidents/incident.h"

namespace quarterdeck::demo {
namespace {

constexpr const char* kName = "sales-service";
constexpr const char* kImage = "gitea.bakery-ia.local/bakery/sales-service:2.9.0";

/// The new release's manifest waits for a Service that nobody has: redis-master in the place of redis-service.
void begin(ClusterState& cluster) {
    const ResourceType& kind = resource("deployments");
    const ObjectPtr before = cluster.db.get(kind, "bakery-ia", kName);
    if (!before) {  // somebody deleted it meanwhile: nothing left to break
        return;
    }
    Json next = *before;
    next["metadata"]["annotations"]["kubernetes.io/change-cause"] = "release 2.9.0";
    Json& spec = next["spec"]["template"]["spec"];
    spec["containers"].at(0)["image"] = kImage;
    for (Json& init : spec["initContainers"]) {
        if (text(init, {"name"}) == "wait-for-redis") {
            init["command"] = {"sh", "-c", "until nc -z redis-master 6379; do sleep 2; done"};
        } else {
            init["image"] = kImage;
        }
    }
    cluster.put(kind, std::move(next));
}

}  // namespace

Incident stuckInit() {
    return {{"stuck-init", "Pod stuck in its init container", "bakery-ia-prod",
             "sales-service is rolled out to 2.9.0, whose init container wait-for-redis waits for the Service "
             "redis-master, which does not exist; the old pod keeps serving."},
            std::chrono::seconds(390),
            nullptr,
            begin};
}

}  // namespace quarterdeck::demo
