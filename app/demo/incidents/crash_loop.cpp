#include "app/demo/incidents/incident.h"

namespace quarterdeck::demo {
namespace {

constexpr const char* kImage = "gitea.bakery-ia.local/bakery/orders-service:2.9.0";

void teach(BehaviourTable& behaviours) {
    ImageBehaviour dying;
    dying.crashesAfter = std::chrono::seconds(20);
    dying.exitCode = 1;
    dying.probeError = "Get \"http://{ip}:8000/health/ready\": dial tcp {ip}:8000: connect: connection refused";
    behaviours.set(kImage, std::move(dying));
}

void begin(ClusterState& cluster) {
    rollOut(cluster, "bakery-ia", "orders-service", kImage, "release 2.9.0");
}

}  // namespace

Incident crashLoop() {
    return {{"crash-loop", QT_TRANSLATE_NOOP("DemoIncident", "Crash loop after a rollout"), "bakery-ia-prod",
             "orders-service is rolled out to 2.9.0, whose pods exit with code 1 about 20 seconds after each start."},
            std::chrono::seconds(230),
            teach,
            begin};
}

}  // namespace quarterdeck::demo
