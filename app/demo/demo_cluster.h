#pragma once

#include <memory>
#include <string>

#include "app/base/result.h"
#include "app/demo/api/api_server.h"
#include "app/demo/control/cluster_state.h"
#include "app/demo/control/controllers.h"
#include "app/demo/incidents/incident.h"
#include "app/demo/platforms/platforms.h"

namespace quarterdeck::demo {

/// One platform: its objects, its controllers and its API server. Callable from any thread.
class DemoCluster {
public:
    /// `incident` is an incident of this platform to start with, null for a calm one.
    [[nodiscard]] static Result<std::unique_ptr<DemoCluster>> start(const PlatformInfo& info,
                                                                    std::shared_ptr<const Clock> clock,
                                                                    std::uint64_t seed, const Incident* incident,
                                                                    Instant startTime);

    /// Does what is due by the clock.
    void step();
    void begin(const Incident& incident);
    /// As at the start, with the present time as the moment of looking.
    void reset();
    [[nodiscard]] const PlatformInfo& info() const { return info_; }
    [[nodiscard]] ApiServer& server() { return *server_; }
    /// Shared with the server's threads: lock its mutex.
    [[nodiscard]] ClusterState& state() { return state_; }

private:
    DemoCluster(const PlatformInfo& info, std::shared_ptr<const Clock> clock, std::uint64_t seed,
                const Incident* incident);
    void build(Instant now);

    PlatformInfo info_;
    const Incident* incident_;
    ClusterState state_;
    Controllers controllers_;
    std::unique_ptr<ApiServer> server_;  // last: stops before the state goes
};

}  // namespace quarterdeck::demo
