#include "app/demo/platforms/platform_builder.h"
#include "app/demo/platforms/platforms.h"

namespace quarterdeck::demo {
namespace {

constexpr const char* kSpace = "ai-imutis";
constexpr std::chrono::hours kDay{24};
constexpr Age kInstalled = 70 * kDay;

Json labelsOf(const std::string& name) {
    return {{"app.kubernetes.io/name", name},
            {"app.kubernetes.io/instance", "ai-imutis"},
            {"app.kubernetes.io/managed-by", "Helm"},
            {"helm.sh/chart", "ai-imutis-1.9.0"}};
}

Json selectorOf(const std::string& name) {
    return {{"app.kubernetes.io/name", name}, {"app.kubernetes.io/instance", "ai-imutis"}};
}

Json helmAnnotations() {
    return {{"meta.helm.sh/release-name", "ai-imutis"}, {"meta.helm.sh/release-namespace", kSpace}};
}

WorkloadSpec workload(const std::string& name, Json main) {
    WorkloadSpec spec;
    spec.nameSpace = kSpace;
    spec.name = name;
    spec.labels = labelsOf(name);
    spec.selector = selectorOf(name);
    spec.annotations = helmAnnotations();
    spec.podSpec = {{"containers", Json::array({std::move(main)})}};
    spec.age = kInstalled;
    return spec;
}

void addStateful(PlatformBuilder& platform, const std::string& name, const std::string& image,
                 const std::string& before, const Resources& resources, long number, const std::string& mount,
                 const std::string& size, const Json& ready, const std::string& node) {
    Json main = container(name, "", resources, number, name == "prometheus" ? "http" : name);
    main["volumeMounts"] = Json::array({Json{{"name", "data"}, {"mountPath", mount}}});
    if (ready.is_array()) {
        main["readinessProbe"] = execProbe(ready, 10, 5, 5);
        main["livenessProbe"] = execProbe(ready, 20, 5, 30);
    } else {
        main["readinessProbe"] = ready;
    }
    if (name == "prometheus") {
        main["args"] = Json::array({"--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"});
    }
    WorkloadSpec spec = workload(name, std::move(main));
    spec.serviceName = name;
    spec.claims = Json::array({Json{{"metadata", {{"name", "data"}}},
                                    {"spec",
                                     {{"accessModes", Json::array({"ReadWriteOnce"})},
                                      {"storageClassName", "standard"},
                                      {"resources", {{"requests", {{"storage", size}}}}}}}}});
    spec.revisions = {{1, before, "helm install", 69 * kDay}, {2, image, "helm upgrade to revision 19", 25 * kDay}};
    spec.nodes = {node};
    platform.statefulSet(spec);
    platform.service(kSpace, name, spec.labels, spec.selector, Json::array({port(name, number)}), kInstalled, true);
}

void addApi(PlatformBuilder& platform) {
    Json main = container("api", "", {"250m", "256Mi", "1", "512Mi"}, 8000);
    main["livenessProbe"] = httpProbe("/health", 8000, 10, 5, 15);
    main["readinessProbe"] = httpProbe("/health/ready", 8000, 5, 3, 5);
    main["env"] = Json::array({envValue("LOG_FORMAT", "json"), envValue("OTEL_SERVICE_NAME", "ai-imutis-api"),
                               envValue("OTEL_EXPORTER_JAEGER_ENDPOINT", "http://jaeger:14268/api/traces"),
                               envSecret("SENTRY_DSN", "api-secrets", "SENTRY_DSN"),
                               envSecret("DATABASE_URL", "api-secrets", "DATABASE_URL"),
                               envSecret("REDIS_URL", "api-secrets", "REDIS_URL")});
    const std::string image = "ghcr.io/ai-imutis/api:";
    Json migrations = waitContainer("migrations", image + "2.7.1", "alembic upgrade head");
    WorkloadSpec spec = workload("api", std::move(main));
    spec.podSpec["initContainers"] = Json::array({migrations});
    spec.replicas = 3;
    spec.strategy = {{"type", "RollingUpdate"}, {"rollingUpdate", {{"maxSurge", 1}, {"maxUnavailable", 0}}}};
    spec.revisions = {{25, image + "2.6.4", "helm upgrade to revision 25", 18 * kDay},
                      {26, image + "2.7.0", "helm upgrade to revision 26", 9 * kDay},
                      {27, image + "2.7.1", "helm upgrade to revision 27", 3 * kDay}};
    spec.nodes = {"im-node-1", "im-node-2", "im-node-3"};
    platform.deployment(spec);
    platform.service(kSpace, "api", spec.labels, spec.selector, Json::array({port("http", 80, 8000)}), kInstalled);
}

void addPolicies(PlatformBuilder& platform) {
    const auto policy = [&](const std::string& name, Json spec) {
        platform.add("networkpolicies", kSpace, name, kInstalled, {{"spec", std::move(spec)}}, labelsOf(name));
    };
    const auto from = [](const std::string& name) {
        return Json::array({Json{{"podSelector", {{"matchLabels", {{"app.kubernetes.io/name", name}}}}}}});
    };
    const auto only = [](const std::string& name) { return Json{{"matchLabels", {{"app.kubernetes.io/name", name}}}}; };
    const auto ports = [](long number) { return Json::array({Json{{"protocol", "TCP"}, {"port", number}}}); };
    policy("default-deny", {{"podSelector", Json::object()}, {"policyTypes", {"Ingress", "Egress"}}});
    policy("allow-dns",
           {{"podSelector", Json::object()},
            {"policyTypes", Json::array({"Egress"})},
            {"egress", Json::array({Json{{"ports", Json::array({Json{{"protocol", "UDP"}, {"port", 53}}})}}})}});
    policy("allow-api", {{"podSelector", only("api")},
                         {"policyTypes", Json::array({"Ingress"})},
                         {"ingress", Json::array({Json{{"ports", ports(8000)}}})}});
    policy("allow-postgresql-from-api",
           {{"podSelector", only("postgresql")},
            {"policyTypes", Json::array({"Ingress"})},
            {"ingress", Json::array({Json{{"from", from("api")}, {"ports", ports(5432)}}})}});
    policy("allow-redis-from-api", {{"podSelector", only("redis")},
                                    {"policyTypes", Json::array({"Ingress"})},
                                    {"ingress", Json::array({Json{{"from", from("api")}, {"ports", ports(6379)}}})}});
}

void addConfiguration(PlatformBuilder& platform) {
    const Json hard = {{"requests.cpu", "8"}, {"requests.memory", "16Gi"},
                       {"limits.cpu", "16"},  {"limits.memory", "32Gi"},
                       {"pods", "40"},        {"persistentvolumeclaims", "10"}};
    const Json used = {{"requests.cpu", "1700m"},
                       {"requests.memory", "2816Mi"},
                       {"limits.cpu", "6500m"},
                       {"limits.memory", "7Gi"},
                       {"pods", "6"},
                       {"persistentvolumeclaims", "3"}};
    platform.add("resourcequotas", kSpace, "ai-imutis-quota", kInstalled,
                 {{"spec", {{"hard", hard}}}, {"status", {{"hard", hard}, {"used", used}}}}, labelsOf("quota"));
    platform.secret(kSpace, "api-secrets", "Opaque", {"SENTRY_DSN", "DATABASE_URL", "REDIS_URL"}, kInstalled);
    platform.secret(kSpace, "api-tls", "kubernetes.io/tls", {"tls.crt", "tls.key"}, 71 * kDay);
    platform.add("configmaps", kSpace, "prometheus-config", kInstalled,
                 {{"data",
                   {{"prometheus.yml", "global:\n  scrape_interval: 15s\nrule_files: [/etc/prometheus/alerts.yml]\n"},
                    {"alerts.yml",
                     "groups:\n- name: ai-imutis\n  rules:\n  - alert: HighErrorRate\n    expr: "
                     "rate(http_requests_total{status=~\"5..\"}[5m]) > 0.05\n"}}}},
                 labelsOf("prometheus"));
    const Json path = {{"path", "/"},
                       {"pathType", "Prefix"},
                       {"backend", {{"service", {{"name", "api"}, {"port", {{"number", 80}}}}}}}};
    const Json rule = {{"host", "api.imutis.example"}, {"http", {{"paths", Json::array({path})}}}};
    platform.add(
        "ingresses", kSpace, "api", kInstalled,
        {{"metadata", {{"annotations", helmAnnotations()}}},
         {"spec",
          {{"ingressClassName", "nginx"},
           {"tls", Json::array({Json{{"hosts", Json::array({"api.imutis.example"})}, {"secretName", "api-tls"}}})},
           {"rules", Json::array({rule})}}}},
        labelsOf("api"));
    platform.autoscaler(kSpace, "api-hpa", "Deployment", "api", 3, 10, 3, {70, 20}, {80, 40}, kInstalled);
    platform.autoscaler(kSpace, "postgresql-hpa", "StatefulSet", "postgresql", 1, 3, 1, {80, 20}, {85, 29}, kInstalled);
    platform.autoscaler(kSpace, "redis-hpa", "StatefulSet", "redis", 1, 3, 1, {75, 10}, {80, 20}, kInstalled);
}

}  // namespace

void buildImutis(ClusterState& cluster) {
    PlatformBuilder platform(cluster);
    for (int i = 1; i <= 3; ++i) {
        platform.node({"im-node-" + std::to_string(i), "10.40.0.1" + std::to_string(i), "4", "8Gi", "50Gi", "v1.32.1",
                       "Debian GNU/Linux 12 (bookworm)"});
    }
    for (const char* name : {"default", "kube-system", "kube-public", "kube-node-lease", kSpace}) {
        platform.nameSpace(name, 80 * kDay);
    }
    platform.service("default", "kubernetes", {{"component", "apiserver"}, {"provider", "kubernetes"}}, nullptr,
                     Json::array({port("https", 443, 6443)}), 80 * kDay);
    addConfiguration(platform);
    addPolicies(platform);
    addStateful(platform, "postgresql", "postgis/postgis:16-3.5", "postgis/postgis:16-3.4", {"500m", "1Gi", "2", "2Gi"},
                5432, "/var/lib/postgresql/data", "50Gi", Json::array({"pg_isready", "-U", "imutis"}), "im-node-1");
    addStateful(platform, "redis", "redis:7.4.2", "redis:7.4.1", {"100m", "256Mi", "500m", "512Mi"}, 6379, "/data",
                "20Gi", Json::array({"redis-cli", "ping"}), "im-node-2");
    addStateful(platform, "prometheus", "prom/prometheus:v3.2.1", "prom/prometheus:v3.1.0",
                {"350m", "768Mi", "1", "3Gi"}, 9090, "/prometheus", "50Gi", httpProbe("/-/ready", 9090, 5, 3, 10),
                "im-node-3");
    addApi(platform);
    platform.event("ingresses", kSpace, "api", "Normal", "Sync", "Scheduled for sync", "nginx-ingress-controller",
                   std::chrono::minutes(23));
    platform.event("horizontalpodautoscalers", kSpace, "api-hpa", "Warning", "FailedGetResourceMetric",
                   "failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)",
                   "horizontal-pod-autoscaler", std::chrono::minutes(52));
}

}  // namespace quarterdeck::demo
