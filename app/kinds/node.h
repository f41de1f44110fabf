#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/kinds/compact_time.h"
#include "app/kinds/condition_status.h"
#include "app/kube/kind_descriptor.h"
#include "app/kube/object.h"

namespace quarterdeck::kinds {

struct NodeResources {
    std::int64_t cpuMilli = 0;
    std::int64_t memory = 0;            ///< bytes
    std::int64_t ephemeralStorage = 0;  ///< bytes
    std::int64_t pods = 0;
};

struct NodeCondition {
    PooledString type;  ///< "Ready", "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable", …
    PooledString reason;
    CompactTime since;
    ConditionStatus status = ConditionStatus::Missing;
};

struct Taint {
    PooledString key;
    PooledString value;
    PooledString effect;
};

/// What the pods of a node ask for together. The API has no such thing: it is summed from the pods.
struct NodeLoad {
    std::int64_t cpuMilli = 0;
    std::int64_t memory = 0;  ///< bytes
    std::int64_t pods = 0;    ///< that have not finished
    friend bool operator==(const NodeLoad&, const NodeLoad&) = default;
};

/// What lists and the overview need of a v1 Node.
struct Node : kube::Object {
    bool unschedulable = false;  ///< cordoned
    std::string internalIp;
    std::string externalIp;
    PooledString kubeletVersion;
    PooledString osImage;
    PooledString kernelVersion;
    PooledString containerRuntime;
    PooledString architecture;
    NodeResources capacity;
    NodeResources allocatable;
    std::vector<NodeCondition> conditions;
    std::vector<Taint> taints;
    /// Never decoded; null until somebody who knows the pods has filled it in.
    std::shared_ptr<const NodeLoad> load;

    /// Null where the node has no such condition.
    [[nodiscard]] const NodeCondition* condition(std::string_view type) const;
};

[[nodiscard]] const kube::KindDescriptor& nodeKind();

}  // namespace quarterdeck::kinds
