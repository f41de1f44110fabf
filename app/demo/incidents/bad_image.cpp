#include "app/demo/incidents/incident.h"

namespace quarterdeck::demo {
namespace {

constexpr const char* kImage = "kasbench/globeco-order-generation-service:1.8.5-rc1";

void teach(BehaviourTable& behaviours) {
    ImageBehaviour missing;
    missing.pullError =
        "failed to resolve reference \"docker.io/kasbench/globeco-order-generation-service:1.8.5-rc1\": not found";
    behaviours.set(kImage, std::move(missing));
}

void begin(ClusterState& cluster) {
    rollOut(cluster, "globeco", "globeco-order-generation-service", kImage, "release 1.8.5-rc1");
}

}  // namespace

Incident badImage() {
    return {{"bad-image", QT_TRANSLATE_NOOP("DemoIncident", "Bad image after a rollout"), "globeco-prod",
             "globeco-order-generation-service is rolled out to an image tag that does not exist; the old pods keep "
             "serving."},
            std::chrono::seconds(260),
            teach,
            begin};
}

}  // namespace quarterdeck::demo
