#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tests/fakes/hostile_server.h"

namespace quarterdeck::fakes {

/// Changes to replay on a watch.
struct FloodPlan {
    unsigned perSecond = 0;
    /// Zero: until the peer goes.
    std::chrono::milliseconds length{0};
    /// Of the watch: JSON, or "application/vnd.kubernetes.protobuf;stream=watch".
    std::string contentType = "application/json";
    /// The object of the n-th MODIFIED event, as JSON or as "k8s\0" with its message; n counts from 0.
    std::function<std::string(std::size_t n)> object;
};

/// Writes MODIFIED events, as JSON lines or protobuf frames, at that rate (in bursts of some milliseconds, as a busy
/// server does), after chunkedHead(). True where it ended because `length` was over, false where the peer went.
bool writeFlood(HostileConnection& peer, const FloodPlan& plan);

/// Changes of objects in turn: each time another label and a higher resourceVersion, beginning at `firstVersion`.
/// The objects are JSON with a metadata.
[[nodiscard]] std::function<std::string(std::size_t)> changesOf(const std::vector<std::string>& objects,
                                                                std::size_t firstVersion);

}  // namespace quarterdeck::fakes
