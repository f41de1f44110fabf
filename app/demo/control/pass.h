#pragma once

#include <algorithm>

#include "app/demo/control/cluster_state.h"

namespace quarterdeck::demo {

/// One round of all controllers.
struct Pass {
    ClusterState& cluster;
    Instant now;
    Instant due = Instant::max();

    /// Asks for another round at that time at the latest.
    void wakeAt(Instant when) { due = std::min(due, when); }
};

}  // namespace quarterdeck::demo
