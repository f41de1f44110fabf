#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/kinds/compact_time.h"
#include "app/kinds/condition_status.h"
#include "app/kube/kind_descriptor.h"
#include "app/kube/object.h"

namespace quarterdeck::kinds {

/// Name and image of a container in a pod template.
struct TemplateContainer {
    PooledString name;
    PooledString image;
};

struct WorkloadCondition {
    ConditionStatus status = ConditionStatus::Missing;
    CompactTime since;  ///< last transition
    PooledString reason;
    std::string message;
};

/// What lists and the overview need of an apps/v1 Deployment.
struct Deployment : kube::Object {
    bool paused = false;
    std::int32_t desired = 1;  ///< spec.replicas
    std::int32_t current = 0;  ///< status.replicas
    std::int32_t updated = 0;  ///< UP-TO-DATE of kubectl
    std::int32_t ready = 0;
    std::int32_t available = 0;
    std::int32_t unavailable = 0;
    std::int64_t generation = 0;
    std::int64_t observedGeneration = 0;
    std::int64_t revision = 0;                  ///< annotation deployment.kubernetes.io/revision; 0 = none
    PooledString strategy;                      ///< "RollingUpdate" or "Recreate"
    std::vector<TemplateContainer> containers;  ///< without init containers
    WorkloadCondition progressing;
    WorkloadCondition availableCondition;
    WorkloadCondition replicaFailure;
};

/// READY as kubectl prints it: "2/3".
[[nodiscard]] std::string deploymentReady(const Deployment& deployment);
/// Whether a rollout goes on: the controller has not seen the newest spec, or old pods are still being replaced.
[[nodiscard]] bool deploymentRollingOut(const Deployment& deployment);
[[nodiscard]] kube::Health deploymentHealth(const Deployment& deployment);
[[nodiscard]] const kube::KindDescriptor& deploymentKind();

}  // namespace quarterdeck::kinds
