#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/kinds/pod.h"
#include "app/kube/object_store.h"

namespace quarterdeck::tests {

struct PodFields {
    std::string name = "pod";
    std::string nameSpace = "shop";
    kube::Health health = kube::Health::Good;
    int restarts = 0;
    std::vector<std::pair<std::string, std::string>> labels{};
    std::string version = "1";
    std::string phase = "Running";
    Instant created = Instant(std::chrono::seconds(1'700'000'000));
};

inline StringPool& pool() {
    static StringPool shared;
    return shared;
}

/// A pod with one container; its uid follows from namespace and name.
inline std::shared_ptr<kinds::Pod> makePod(const PodFields& fields) {
    auto pod = std::make_shared<kinds::Pod>();
    pod->meta.name = fields.name;
    pod->meta.nameSpace = pool().intern(fields.nameSpace);
    pod->meta.uid = "uid-" + fields.nameSpace + "-" + fields.name;
    pod->meta.resourceVersion = fields.version;
    pod->meta.creation = fields.created;
    for (const auto& [key, value] : fields.labels) {
        pod->meta.labels.emplace_back(pool().intern(key), pool().intern(value));
    }
    pod->health = fields.health;
    pod->phase = pool().intern(fields.phase);
    kinds::Container container;
    container.name = pool().intern("main");
    container.inSpec = true;
    container.statusIndex = 0;
    container.restarts = fields.restarts;
    container.ready = fields.health == kube::Health::Good;
    container.started = true;
    container.state = kinds::ContainerState::Running;
    pod->containers.push_back(std::move(container));
    return pod;
}

inline kube::Delta present(const std::shared_ptr<kinds::Pod>& pod) {
    return {pod->meta.uid, pod};
}

inline kube::Freshness live() {
    return {kube::FreshnessState::Live, Instant(std::chrono::seconds(1'700'000'100)), std::nullopt, std::nullopt};
}

inline kube::Batch batchOf(std::vector<kube::Delta> deltas, bool snapshot = false) {
    return {snapshot, std::move(deltas), live()};
}

}  // namespace quarterdeck::tests
