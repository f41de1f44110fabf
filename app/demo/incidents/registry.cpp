#include "app/demo/incidents/incident.h"

namespace quarterdeck::demo {

const std::vector<Incident>& allIncidents() {
    static const std::vector<Incident> all = {
        badImage(), crashLoop(), outOfMemory(), stuckInit(), nodeNotReady(),
    };
    return all;
}

void rollOut(ClusterState& cluster, const std::string& nameSpace, const std::string& deployment,
             const std::string& image, const std::string& cause) {
    const ResourceType& kind = resource("deployments");
    const ObjectPtr before = cluster.db.get(kind, nameSpace, deployment);
    if (!before) {  // somebody deleted it meanwhile: nothing left to break
        return;
    }
    Json next = *before;
    next["spec"]["template"]["spec"]["containers"].at(0)["image"] = image;
    next["metadata"]["annotations"]["kubernetes.io/change-cause"] = cause;
    cluster.put(kind, std::move(next));
}

}  // namespace quarterdeck::demo
