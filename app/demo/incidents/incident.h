#pragma once

#include <chrono>
#include <vector>

#include "app/demo/control/cluster_state.h"
#include "app/demo/demo_platform.h"

namespace quarterdeck::demo {

/// A scripted fault. It stays until somebody puts it right: what `begin` does is what a person, a pipeline or a broken
/// machine would have done (a roll-out, a silent kubelet), and what follows comes from the behaviour of the images and
/// from the controllers.
struct Incident {
    IncidentInfo info;
    /// How old it is when the demo starts with it.
    std::chrono::seconds ageAtStart{};
    /// Makes the faulty images known, on every platform that has the incident, from the start. Null where none is.
    void (*teach)(BehaviourTable& behaviours) = nullptr;
    /// Begins it. Under the cluster's lock.
    void (*begin)(ClusterState& cluster) = nullptr;
};

/// One line for each incident.
[[nodiscard]] const std::vector<Incident>& allIncidents();

[[nodiscard]] Incident badImage();
[[nodiscard]] Incident crashLoop();
[[nodiscard]] Incident nodeNotReady();
[[nodiscard]] Incident outOfMemory();
[[nodiscard]] Incident stuckInit();

/// Rolls a Deployment out to another image of its first container, as `kubectl set image` does.
void rollOut(ClusterState& cluster, const std::string& nameSpace, const std::string& deployment,
             const std::string& image, const std::string& cause);

}  // namespace quarterdeck::demo
