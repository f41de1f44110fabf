#include "app/demo/incidents/incident.h"

namespace quarterdeck::demo {
namespace {

constexpr const char* kImage = "gitea.bakery-ia.local/bakery/forecasting-service:2.9.0";

void teach(BehaviourTable& behaviours) {
    ImageBehaviour greedy;
    greedy.memory = 1'450L << 20;  // the limit is 1Gi
    greedy.outgrowsAfter = std::chrono::seconds(35);
    behaviours.set(kImage, std::move(greedy));
}

void begin(ClusterState& cluster) {
    rollOut(cluster, "bakery-ia", "forecasting-service", kImage, "release 2.9.0");
}

}  // namespace

Incident outOfMemory() {
    return {{"out-of-memory", "Out-of-memory kills after a rollout", "bakery-ia-prod",
             "forecasting-service is rolled out to 2.9.0, which needs 1.4 GiB, with its limit left at 1 GiB: its pods "
             "become ready, grow and are killed."},
            std::chrono::seconds(280),
            teach,
            begin};
}

}  // namespace quarterdeck::demo
