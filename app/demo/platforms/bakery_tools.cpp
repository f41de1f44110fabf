#include "app/demo/platforms/platform_builder.h"
#include "app/demo/platforms/platforms.h"

namespace quarterdeck::demo {
namespace {

constexpr std::chrono::hours kDay{24};

struct Tool {
    std::string nameSpace, name, image, before, partOf;
    long port;
    std::string health;
    Resources resources;
    std::vector<std::pair<std::string, long>> morePorts{};
};

std::vector<Tool> tools() {
    const Resources small{"50m", "64Mi", "500m", "512Mi"};
    const Resources web{"100m", "256Mi", "500m", "512Mi"};
    return {
        {"monitoring",
         "alertmanager",
         "prom/alertmanager:v0.28.0",
         "prom/alertmanager:v0.27.0",
         "monitoring",
         9093,
         "/-/ready",
         {"50m", "128Mi", "200m", "256Mi"}},
        {"monitoring",
         "jaeger",
         "jaegertracing/all-in-one:1.66.0",
         "jaegertracing/all-in-one:1.65.0",
         "monitoring",
         16686,
         "/",
         {"300m", "512Mi", "1", "1Gi"},
         {{"otlp-grpc", 4317}, {"otlp-http", 4318}}},
        {"monitoring", "grafana", "grafana/grafana:11.5.2", "grafana/grafana:11.5.1", "monitoring", 3000, "/api/health",
         web},
        {"tekton-pipelines",
         "tekton-pipelines-controller",
         "ghcr.io/tektoncd/pipeline/controller:v0.68.0",
         "ghcr.io/tektoncd/pipeline/controller:v0.65.0",
         "tekton-pipelines",
         9090,
         "/readiness",
         {"200m", "256Mi", "500m", "1Gi"}},
        {"tekton-pipelines", "tekton-pipelines-webhook", "ghcr.io/tektoncd/pipeline/webhook:v0.68.0",
         "ghcr.io/tektoncd/pipeline/webhook:v0.65.0", "tekton-pipelines", 8080, "/readiness", small},
        {"tekton-pipelines", "tekton-triggers-controller", "ghcr.io/tektoncd/triggers/controller:v0.30.1",
         "ghcr.io/tektoncd/triggers/controller:v0.30.0", "tekton-triggers", 9000, "/health", small},
        {"tekton-pipelines", "el-bakery-ia", "ghcr.io/tektoncd/triggers/eventlistenersink:v0.30.1",
         "ghcr.io/tektoncd/triggers/eventlistenersink:v0.30.0", "tekton-triggers", 8080, "/live", small},
        {"tekton-pipelines", "tekton-dashboard", "ghcr.io/tektoncd/dashboard:v0.54.0",
         "ghcr.io/tektoncd/dashboard:v0.53.0", "tekton-dashboard", 9097, "/readiness", small},
        {"gitea",
         "gitea",
         "gitea/gitea:1.23.5",
         "gitea/gitea:1.23.4",
         "gitea",
         3000,
         "/api/healthz",
         {"100m", "256Mi", "500m", "512Mi"},
         {{"ssh", 2222}}},
        {"flux-system",
         "source-controller",
         "ghcr.io/fluxcd/source-controller:v1.5.0",
         "ghcr.io/fluxcd/source-controller:v1.4.1",
         "flux",
         9090,
         "/",
         {"50m", "64Mi", "1", "1Gi"}},
        {"flux-system",
         "kustomize-controller",
         "ghcr.io/fluxcd/kustomize-controller:v1.5.1",
         "ghcr.io/fluxcd/kustomize-controller:v1.4.0",
         "flux",
         9440,
         "/readyz",
         {"100m", "64Mi", "1", "1Gi"}},
        {"cert-manager", "cert-manager", "quay.io/jetstack/cert-manager-controller:v1.17.1",
         "quay.io/jetstack/cert-manager-controller:v1.16.3", "cert-manager", 9402, "/livez", small},
        {"cert-manager", "cert-manager-cainjector", "quay.io/jetstack/cert-manager-cainjector:v1.17.1",
         "quay.io/jetstack/cert-manager-cainjector:v1.16.3", "cert-manager", 9402, "/livez", small},
        {"cert-manager", "cert-manager-webhook", "quay.io/jetstack/cert-manager-webhook:v1.17.1",
         "quay.io/jetstack/cert-manager-webhook:v1.16.3", "cert-manager", 10250, "/healthz", small},
    };
}

void addTool(PlatformBuilder& platform, const Tool& tool) {
    Json main = container(tool.name, "", tool.resources, tool.port);
    main["readinessProbe"] = httpProbe(tool.health, tool.port, 10, 5, 5);
    Json ports = Json::array({port("http", tool.port)});
    for (const auto& [name, number] : tool.morePorts) {
        main["ports"].push_back({{"name", name}, {"containerPort", number}, {"protocol", "TCP"}});
        ports.push_back(port(name, number));
    }
    WorkloadSpec spec;
    spec.nameSpace = tool.nameSpace;
    spec.name = tool.name;
    spec.labels = {{"app.kubernetes.io/name", tool.name}, {"app.kubernetes.io/part-of", tool.partOf}};
    spec.selector = {{"app.kubernetes.io/name", tool.name}};
    spec.podSpec = {{"containers", Json::array({main})}};
    spec.revisions = {{1, tool.before, "", 55 * kDay}, {2, tool.image, "", 20 * kDay}};
    platform.deployment(spec);
    platform.service(tool.nameSpace, tool.name, spec.labels, spec.selector, ports, 60 * kDay);
}

}  // namespace

void buildBakeryTools(ClusterState& cluster) {
    PlatformBuilder platform(cluster);
    for (const Tool& tool : tools()) {
        addTool(platform, tool);
    }

    Json prometheus = container("prometheus", "", {"750m", "2Gi", "3", "4Gi"}, 9090);
    prometheus["args"] = Json::array({"--config.file=/etc/prometheus/prometheus.yml",
                                      "--storage.tsdb.retention.time=30d", "--web.external-url=/prometheus"});
    prometheus["readinessProbe"] = httpProbe("/prometheus/-/ready", 9090, 5, 3, 10);
    prometheus["livenessProbe"] = httpProbe("/prometheus/-/healthy", 9090, 15, 10, 30);
    WorkloadSpec spec;
    spec.nameSpace = "monitoring";
    spec.name = "prometheus";
    spec.labels = {{"app.kubernetes.io/name", "prometheus"}, {"app.kubernetes.io/part-of", "monitoring"}};
    spec.selector = {{"app.kubernetes.io/name", "prometheus"}};
    spec.podSpec = {
        {"containers", Json::array({prometheus})},
        {"volumes", Json::array({Json{{"name", "config"}, {"configMap", {{"name", "prometheus-config"}}}}})}};
    spec.strategy = {{"type", "Recreate"}};
    spec.revisions = {{1, "prom/prometheus:v3.1.0", "", 55 * kDay}, {2, "prom/prometheus:v3.2.1", "", 20 * kDay}};
    platform.add("configmaps", "monitoring", "prometheus-config", 60 * kDay,
                 {{"data", {{"prometheus.yml", "global:\n  scrape_interval: 30s\n  evaluation_interval: 30s\n"}}}});
    for (const char* dashboard : {"gateway", "services-overview", "circuit-breakers"}) {
        platform.add("configmaps", "monitoring", std::string("grafana-dashboard-") + dashboard, 60 * kDay,
                     {{"data", {{"dashboard.json", std::string("{\"title\":\"") + dashboard + "\"}"}}}},
                     {{"grafana_dashboard", "1"}});
    }
    platform.deployment(spec);
    platform.service("monitoring", "prometheus", spec.labels, spec.selector, Json::array({port("http", 9090)}),
                     60 * kDay);

    WorkloadSpec exporter;
    exporter.nameSpace = "monitoring";
    exporter.name = "node-exporter";
    exporter.labels = {{"app.kubernetes.io/name", "node-exporter"}, {"app.kubernetes.io/part-of", "monitoring"}};
    exporter.selector = {{"app.kubernetes.io/name", "node-exporter"}};
    exporter.podSpec = {{"containers", Json::array({container("node-exporter", "", {"50m", "32Mi", "200m", "64Mi"},
                                                              9100, "metrics")})}};
    exporter.revisions = {{1, "prom/node-exporter:v1.9.0", "", 20 * kDay}};
    platform.daemonSet(exporter);
}

}  // namespace quarterdeck::demo
