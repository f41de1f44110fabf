#pragma once

#include <QString>
#include <memory>
#include <set>
#include <string>

#include "app/base/time_text.h"
#include "app/demo/demo_cluster.h"
#include "tests/demo/demo_client.h"

namespace quarterdeck::demo::testing {

inline QString q(const std::string& text) {
    return QString::fromStdString(text);
}

/// Where the tests of the API write: a namespace of globeco-prod.
inline constexpr const char* kMaps = "/api/v1/namespaces/globeco/configmaps";

inline Json configMap(const std::string& name, const std::string& value) {
    return {{"metadata", {{"name", name}, {"labels", {{"suite", "api"}}}}}, {"data", {{"key", value}}}};
}

inline std::string versionOf(const Json& object) {
    return object.at("metadata").at("resourceVersion");
}

inline Instant demoTime() {
    return *parseRfc3339("2026-03-14T03:12:40Z");
}

/// One platform on a clock that stands still until it is moved.
struct World {
    explicit World(const std::string& context, const std::string& incident = {}, std::uint64_t seed = 1) {
        const Incident* chosen = nullptr;
        for (const Incident& each : allIncidents()) {
            chosen = each.info.id == incident ? &each : chosen;
        }
        for (const PlatformInfo& info : platforms()) {
            if (info.context == context) {
                cluster = std::move(*DemoCluster::start(info, clock, seed, chosen, clock->now()));
            }
        }
    }

    [[nodiscard]] DemoClient client() const { return DemoClient(cluster->server().port()); }
    /// Time passes, in steps like those of the real ticker.
    void pass(std::chrono::milliseconds time, std::chrono::milliseconds step = std::chrono::milliseconds(500)) const {
        for (auto gone = std::chrono::milliseconds(0); gone < time; gone += step) {
            clock->advance(step);
            cluster->step();
        }
    }

    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(demoTime());
    std::unique_ptr<DemoCluster> cluster;
};

/// Status words of the pods in a Table, for one label selector.
inline std::multiset<std::string> podStates(DemoClient& client, const std::string& nameSpace,
                                            const std::string& selector) {
    const Json table = client.getJson("/api/v1/namespaces/" + nameSpace + "/pods?labelSelector=" + selector,
                                      {{"Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"}});
    std::multiset<std::string> states;
    for (const Json& row : table.at("rows")) {
        states.insert(row.at("cells").at(2).get<std::string>() + " " + row.at("cells").at(1).get<std::string>());
    }
    return states;
}

}  // namespace quarterdeck::demo::testing
