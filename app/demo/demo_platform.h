#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"

namespace quarterdeck::demo {

struct DemoOptions {
    /// Same seed, same names, same story.
    std::uint64_t seed = 1;
    /// Time at which the demo begins; it runs on from there. Nothing = the real time.
    std::optional<Instant> startTime;
    /// Incident to start with; empty = a calm platform.
    std::string incident;
};

struct IncidentInfo {
    std::string id;       ///< "bad-image"
    std::string title;    ///< "Bad image after a rollout"
    std::string context;  ///< where it happens
    std::string summary;  ///< one sentence
};

/// The customer's three platforms, played by three loopback HTTP servers (127.0.0.1, free ports) that speak the
/// Kubernetes API to any client. Threads of its own; all methods callable from any thread. Stops when destroyed.
class DemoPlatform {
public:
    [[nodiscard]] static Result<std::unique_ptr<DemoPlatform>> start(DemoOptions options);
    ~DemoPlatform();
    DemoPlatform(const DemoPlatform&) = delete;
    DemoPlatform& operator=(const DemoPlatform&) = delete;

    /// A kubeconfig with the three contexts bakery-ia-prod (current), globeco-prod, ai-imutis-staging.
    [[nodiscard]] std::string kubeconfigYaml() const;
    [[nodiscard]] static std::vector<IncidentInfo> incidents();
    /// Begins an incident on the running platform.
    [[nodiscard]] Result<void> startIncident(const std::string& id);
    /// Puts everything back as it was at the start.
    void reset();
    /// The demo's own time: the Date header and every age follow it.
    [[nodiscard]] std::shared_ptr<const Clock> clock() const;

private:
    struct Impl;
    explicit DemoPlatform(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::demo
