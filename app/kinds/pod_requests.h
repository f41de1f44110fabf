#pragma once

#include <cstdint>

#include "app/kinds/pod.h"

namespace quarterdeck::kinds {

/// What a pod asks its node for.
struct PodRequests {
    std::int64_t cpuMilli = 0;
    std::int64_t memory = 0;  ///< bytes
    friend bool operator==(const PodRequests&, const PodRequests&) = default;
};

/// As the scheduler counts it: the containers and sidecars together, or the hungriest init container with the sidecars
/// that run beside it, whichever is more. Pod overhead is not known here.
[[nodiscard]] PodRequests requestsOf(const Pod& pod);

/// Whether it still holds what it asked for: it has a node and has not finished.
[[nodiscard]] bool holdsRequests(const Pod& pod);

}  // namespace quarterdeck::kinds
