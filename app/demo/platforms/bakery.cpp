#include <fmt/format.h>

#include "app/demo/platforms/bakery_parts.h"
#include "app/demo/platforms/platforms.h"

namespace quarterdeck::demo {

void buildBakery(ClusterState& cluster) {
    using namespace bakery;
    using std::chrono::minutes;
    PlatformBuilder platform(cluster);
    platform.node(
        {"mk8s-01",
         "10.20.0.11",
         "12",
         "32Gi",
         "200Gi",
         "v1.32.2",
         "Ubuntu 24.04.2 LTS",
         {{"node.kubernetes.io/microk8s-controlplane", "microk8s-controlplane"}, {"microk8s.io/cluster", "true"}}});
    for (const char* name : {"default", "kube-system", "kube-public", "kube-node-lease", "bakery-ia", "monitoring",
                             "gitea", "tekton-pipelines", "flux-system", "cert-manager"}) {
        platform.nameSpace(name, 75 * kDay);
    }
    platform.service("default", "kubernetes", {{"component", "apiserver"}, {"provider", "kubernetes"}}, nullptr,
                     Json::array({port("https", 443, 16443)}), 75 * kDay);
    addConfiguration(platform);
    addCertificates(platform);
    addDelivery(platform);
    addShared(platform);
    for (const char* name : {"auth", "tenant", "training", "forecasting", "sales", "external", "notification",
                             "inventory", "recipes", "suppliers", "pos", "orders", "production", "alert-processor"}) {
        addDatabase(platform, name);
    }
    for (const Service& service : services()) {
        addService(platform, service);
    }
    addFront(platform);
    addJobs(platform);
    for (const long size : {2L, 3L}) {
        const Age age = size == 2 ? minutes(31) : minutes(26);
        platform.event(
            "horizontalpodautoscalers", kSpace, "forecasting-service-hpa", "Normal", "SuccessfulRescale",
            fmt::format("New size: {}; reason: cpu resource utilization (percentage of request) above target", size),
            "horizontal-pod-autoscaler", age);
    }
    platform.event("ingresses", kSpace, "bakery-ingress", "Normal", "Sync", "Scheduled for sync",
                   "nginx-ingress-controller", minutes(41));
    buildBakeryTools(cluster);
}

}  // namespace quarterdeck::demo
