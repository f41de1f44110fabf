#pragma once

#include <string>
#include <vector>

#include "app/demo/control/cluster_state.h"

namespace quarterdeck::demo {

struct PlatformInfo {
    std::string context;        ///< of the kubeconfig
    std::string nameSpace;      ///< of the context
    std::string serverVersion;  ///< "v1.32.2"
    void (*build)(ClusterState& cluster);
};

/// The customer's platforms; the first one is the current context.
[[nodiscard]] const std::vector<PlatformInfo>& platforms();

void buildBakery(ClusterState& cluster);
void buildBakeryTools(ClusterState& cluster);
void buildGlobeco(ClusterState& cluster);
void buildImutis(ClusterState& cluster);

}  // namespace quarterdeck::demo
