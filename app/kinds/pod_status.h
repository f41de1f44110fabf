#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/kinds/compact_time.h"
#include "app/kinds/pod.h"

namespace quarterdeck::kinds {

/// A pod in the columns of kubectl, as numbers. Source: k8s.io/kubernetes/pkg/printers/internalversion, printPod.
struct PodSummary {
    std::string status;  ///< "Running", "CrashLoopBackOff", "Init:1/3", "Terminating", …
    int ready = 0;       ///< containers that count as ready, sidecars among them
    int total = 0;
    std::int64_t restarts = 0;
    CompactTime lastRestart;
    int gatesReady = 0;  ///< readiness gates whose condition is True
    int gates = 0;
};
[[nodiscard]] PodSummary summarise(const Pod& pod);

/// The same as text, letter by letter what kubectl prints.
[[nodiscard]] std::string readyText(const PodSummary& summary);                  ///< "1/2"
[[nodiscard]] std::string restartsText(const PodSummary& summary, Instant now);  ///< "3 (5m ago)"
[[nodiscard]] std::string readinessGatesText(const PodSummary& summary);         ///< "1/2", "<none>"

/// How the pod fares: see the table in tests/kinds. Free of the clock.
[[nodiscard]] kube::Health podHealth(const Pod& pod);

/// Plain words for the table ("Crash loop" for CrashLoopBackOff). English; translated by ui/ in the context
/// "PodStatus". A status without plain words is given back as it is.
[[nodiscard]] std::string plainStatus(const Pod& pod);
/// The same for a single status or reason, such as a container's. Init statuses are worded as their cause.
[[nodiscard]] std::string plainReason(std::string_view status);

}  // namespace quarterdeck::kinds
