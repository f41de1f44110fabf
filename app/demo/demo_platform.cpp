#include "app/demo/demo_platform.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "app/demo/demo_cluster.h"
#include "app/demo/demo_errors.h"

namespace quarterdeck::demo {
namespace {

constexpr std::chrono::milliseconds kTick{200};

Result<const Incident*> findIncident(const std::string& id) {
    const auto& all = allIncidents();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Incident& each) { return each.info.id == id; });
    if (found != all.end()) {
        return &*found;
    }
    std::string known;
    for (const Incident& incident : all) {
        known += fmt::format("{}{}", known.empty() ? "" : ", ", incident.info.id);
    }
    return fail(kUnknownIncident, {{"incident", id}, {"known", known}});
}

}  // namespace

struct DemoPlatform::Impl {
    void tick(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            for (const auto& cluster : clusters) {
                cluster->step();
            }
            wake.wait_for(lock, stop, kTick, [] { return false; });
        }
    }

    std::shared_ptr<const Clock> clock;
    std::vector<std::unique_ptr<DemoCluster>> clusters;
    std::jthread ticker;  // last: stops before the clusters go
};

Result<std::unique_ptr<DemoPlatform>> DemoPlatform::start(DemoOptions options) {
    const Incident* incident = nullptr;
    if (!options.incident.empty()) {
        const auto found = findIncident(options.incident);
        if (!found) {
            return fail(found.error());
        }
        incident = *found;
    }
    auto impl = std::make_unique<Impl>();
    if (options.startTime) {
        impl->clock = std::make_shared<OffsetClock>(*options.startTime);
    } else {
        impl->clock = std::make_shared<SystemClock>();
    }
    const Instant now = options.startTime.value_or(impl->clock->now());
    for (const PlatformInfo& info : platforms()) {
        const bool here = incident != nullptr && incident->info.context == info.context;
        auto cluster = DemoCluster::start(info, impl->clock, options.seed, here ? incident : nullptr, now);
        if (!cluster) {
            return fail(cluster.error());
        }
        impl->clusters.push_back(std::move(*cluster));
    }
    impl->ticker = std::jthread([raw = impl.get()](const std::stop_token& stop) { raw->tick(stop); });
    return std::unique_ptr<DemoPlatform>(new DemoPlatform(std::move(impl)));
}

DemoPlatform::DemoPlatform(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DemoPlatform::~DemoPlatform() = default;

std::string DemoPlatform::kubeconfigYaml() const {
    std::string clusters;
    std::string contexts;
    std::string users;
    for (const auto& cluster : impl_->clusters) {
        const std::string& name = cluster->info().context;
        clusters +=
            fmt::format("- name: {}\n  cluster:\n    server: http://127.0.0.1:{}\n", name, cluster->server().port());
        contexts += fmt::format("- name: {0}\n  context:\n    cluster: {0}\n    user: {0}\n    namespace: {1}\n", name,
                                cluster->info().nameSpace);
        users += fmt::format("- name: {}\n  user: {{}}\n", name);
    }
    return fmt::format(
        "apiVersion: v1\nkind: Config\ncurrent-context: {}\npreferences: {{}}\nclusters:\n{}contexts:\n{}"
        "users:\n{}",
        impl_->clusters.front()->info().context, clusters, contexts, users);
}

std::vector<IncidentInfo> DemoPlatform::incidents() {
    std::vector<IncidentInfo> result;
    for (const Incident& incident : allIncidents()) {
        result.push_back(incident.info);
    }
    return result;
}

Result<void> DemoPlatform::startIncident(const std::string& id) {
    const auto incident = findIncident(id);
    if (!incident) {
        return fail(incident.error());
    }
    for (const auto& cluster : impl_->clusters) {
        if (cluster->info().context == (*incident)->info.context) {
            cluster->begin(**incident);
        }
    }
    return {};
}

void DemoPlatform::reset() {
    for (const auto& cluster : impl_->clusters) {
        cluster->reset();
    }
}

std::shared_ptr<const Clock> DemoPlatform::clock() const {
    return impl_->clock;
}

}  // namespace quarterdeck::demo
