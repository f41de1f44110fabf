#include "app/demo/demo_cluster.h"

#include "app/demo/store/random.h"

namespace quarterdeck::demo {

DemoCluster::DemoCluster(const PlatformInfo& info, std::shared_ptr<const Clock> clock, std::uint64_t seed,
                         const Incident* incident)
    : info_(info),
      incident_(incident),
      state_(info.context, info.serverVersion, std::move(clock), seed * 0x9e3779b97f4a7c15ULL + fnv1a(info.context)),
      controllers_(state_) {}

Result<std::unique_ptr<DemoCluster>> DemoCluster::start(const PlatformInfo& info, std::shared_ptr<const Clock> clock,
                                                        std::uint64_t seed, const Incident* incident,
                                                        Instant startTime) {
    std::unique_ptr<DemoCluster> cluster(new DemoCluster(info, std::move(clock), seed, incident));
    cluster->build(startTime);
    auto server = ApiServer::start(cluster->state_);
    if (!server) {
        return fail(server.error());
    }
    cluster->server_ = std::move(*server);
    return cluster;
}

void DemoCluster::build(Instant now) {
    const std::scoped_lock lock(state_.mutex);
    state_.clear();
    controllers_.clear();
    state_.past = now;
    for (const Incident& incident : allIncidents()) {
        if (incident.info.context == info_.context && incident.teach != nullptr) {
            incident.teach(state_.behaviours);
        }
    }
    info_.build(state_);
    controllers_.step();
    if (incident_ != nullptr) {
        state_.past = now - incident_->ageAtStart;
        incident_->begin(state_);
        controllers_.replay(now - incident_->ageAtStart, now);
    }
    state_.past.reset();
    state_.db.forgetHistory();
    state_.changed.notify_all();
}

void DemoCluster::step() {
    const std::scoped_lock lock(state_.mutex);
    const std::uint64_t before = state_.db.version();
    controllers_.step();
    if (state_.db.version() != before) {
        state_.changed.notify_all();
    }
}

void DemoCluster::begin(const Incident& incident) {
    const std::scoped_lock lock(state_.mutex);
    incident.begin(state_);
    controllers_.step();
    state_.changed.notify_all();
}

void DemoCluster::reset() {
    build(state_.clock->now());
}

}  // namespace quarterdeck::demo
