#pragma once

#include <cstdint>
#include <vector>

#include "app/kinds/deployment.h"
#include "app/kube/kind_descriptor.h"
#include "app/kube/object.h"

namespace quarterdeck::kinds {

/// What lists, rollbacks and the overview need of an apps/v1 ReplicaSet.
struct ReplicaSet : kube::Object {
    std::int32_t desired = 1;  ///< spec.replicas
    std::int32_t current = 0;  ///< status.replicas
    std::int32_t ready = 0;
    std::int32_t available = 0;
    std::int64_t revision = 0;                  ///< annotation deployment.kubernetes.io/revision; 0 = none
    std::vector<TemplateContainer> containers;  ///< without init containers
};

[[nodiscard]] kube::Health replicaSetHealth(const ReplicaSet& set);
[[nodiscard]] const kube::KindDescriptor& replicaSetKind();

}  // namespace quarterdeck::kinds
