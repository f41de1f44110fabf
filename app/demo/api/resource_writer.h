#pragma once

#include "app/demo/api/request.h"
#include "app/demo/api/status.h"
#include "app/demo/api/target.h"
#include "app/demo/control/cluster_state.h"

namespace quarterdeck::demo {

/// What a write answered.
struct Written {
    int status = 200;
    Json object;
    bool isStatus = false;  ///< `object` is a metav1.Status, not of the resource's own kind
};

/// POST, PUT, PATCH and DELETE of the served resources. The caller holds the cluster's lock.
class ResourceWriter {
public:
    explicit ResourceWriter(ClusterState& cluster) : cluster_(cluster) {}

    [[nodiscard]] Answer<Written> write(const ApiTarget& target, const ApiRequest& request);

private:
    [[nodiscard]] Answer<Written> create(const ApiTarget& target, const ApiRequest& request, Json object);
    [[nodiscard]] Answer<Written> update(const ApiTarget& target, const ApiRequest& request);
    [[nodiscard]] Answer<Written> patch(const ApiTarget& target, const ApiRequest& request);
    /// Stores `object` over `before`, of which only the part that the path addresses may change.
    [[nodiscard]] Answer<Written> replace(const ApiTarget& target, const ApiRequest& request, const Json& before,
                                          Json object);
    [[nodiscard]] Answer<Written> scale(const ApiTarget& target, const ApiRequest& request, const Json& before);
    [[nodiscard]] Answer<Written> remove(const ApiTarget& target, const ApiRequest& request);
    [[nodiscard]] Answer<Written> removeAll(const ApiTarget& target, const ApiRequest& request);
    [[nodiscard]] Answer<Written> evict(const ApiTarget& target, const ApiRequest& request);
    void erase(const ResourceType& type, const Json& object, const Json& options, const ApiRequest& request);

    ClusterState& cluster_;
};

/// The autoscaling/v1 Scale of a scalable object.
[[nodiscard]] Json scaleOf(const Json& object);

}  // namespace quarterdeck::demo
