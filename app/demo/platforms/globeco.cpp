#include "app/demo/control/pods.h"
#include "app/demo/platforms/platform_builder.h"
#include "app/demo/platforms/platforms.h"

namespace quarterdeck::demo {
namespace {

constexpr const char* kSpace = "globeco";
constexpr const char* kService = "globeco-order-generation-service";
constexpr const char* kDatabase = "globeco-order-generation-service-mongodb";
constexpr std::chrono::hours kDay{24};

Json hardened() {
    return {{"runAsNonRoot", true},
            {"runAsUser", 1000},
            {"readOnlyRootFilesystem", true},
            {"allowPrivilegeEscalation", false},
            {"capabilities", {{"drop", Json::array({"ALL"})}}}};
}

void addService(PlatformBuilder& platform) {
    const std::string config = std::string(kService) + "-config";
    Json main = container("order-generation-service", "", {"1", "2Gi", "4", "8Gi"}, 8080);
    main["livenessProbe"] = httpProbe("/health/live", 8080, 30, 10, 30);
    main["readinessProbe"] = httpProbe("/health/ready", 8080, 10, 5, 15);
    main["startupProbe"] = httpProbe("/health/live", 8080, 10, 5, 0, 12);
    main["securityContext"] = hardened();
    main["envFrom"] = Json::array({Json{{"configMapRef", {{"name", config}}}}});
    main["env"] = Json::array({envSecret("MONGODB_PASSWORD", std::string(kService) + "-secret", "mongodb-password")});
    const Json term = {
        {"weight", 100},
        {"podAffinityTerm",
         {{"labelSelector", {{"matchLabels", {{"app", kService}}}}}, {"topologyKey", "kubernetes.io/hostname"}}}};
    WorkloadSpec spec;
    spec.nameSpace = kSpace;
    spec.name = kService;
    spec.labels = {{"app", kService}};
    spec.selector = {{"app", kService}};
    spec.podSpec = {
        {"serviceAccountName", kService},
        {"securityContext", {{"runAsUser", 1000}, {"runAsGroup", 1000}, {"fsGroup", 1000}}},
        {"affinity", {{"podAntiAffinity", {{"preferredDuringSchedulingIgnoredDuringExecution", Json::array({term})}}}}},
        {"containers", Json::array({main})}};
    spec.podAnnotations = {
        {"prometheus.io/scrape", "true"}, {"prometheus.io/port", "8080"}, {"prometheus.io/path", "/metrics"}};
    spec.replicas = 6;
    spec.strategy = {{"type", "RollingUpdate"}, {"rollingUpdate", {{"maxSurge", 1}, {"maxUnavailable", 0}}}};
    const std::string image = "kasbench/globeco-order-generation-service:";
    spec.revisions = {{5, image + "1.8.2", "release 1.8.2", 34 * kDay},
                      {6, image + "1.8.3", "release 1.8.3", 20 * kDay},
                      {7, image + "1.8.4", "release 1.8.4", 6 * kDay}};
    spec.nodes = {"gc-node-1", "gc-node-2", "gc-node-4", "gc-node-3", "gc-node-1", "gc-node-2"};
    spec.podAges = {7 * kDay, 7 * kDay, 7 * kDay, 7 * kDay, kDay + Age(8000), std::chrono::minutes(38)};
    platform.deployment(spec);
    platform.service(kSpace, kService, spec.labels, spec.selector, Json::array({port("http", 80, 8080)}), 80 * kDay);
    platform.autoscaler(kSpace, std::string(kService) + "-hpa", "Deployment", kService, 3, 20, 6, {70, 62}, {80, 69},
                        80 * kDay);
    Json budget = {{"spec", {{"minAvailable", 2}, {"selector", {{"matchLabels", spec.selector}}}}},
                   {"status", Json::object()}};
    setCondition(budget["status"], "DisruptionAllowed", "True", "SufficientPods", "", platform.ago(80 * kDay));
    platform.add("poddisruptionbudgets", kSpace, std::string(kService) + "-pdb", 80 * kDay, std::move(budget));
}

void addDatabase(PlatformBuilder& platform) {
    Json main = container("mongodb", "", {"500m", "2Gi", "2", "4Gi"}, 27017, "mongodb");
    const Json ping = Json::array({"mongosh", "--quiet", "--eval", "db.adminCommand('ping')"});
    main["readinessProbe"] = execProbe(ping, 10, 5, 5);
    main["livenessProbe"] = execProbe(ping, 20, 5, 30);
    main["env"] = Json::array({envValue("MONGO_INITDB_DATABASE", "globeco_production")});
    main["volumeMounts"] = Json::array({Json{{"name", "mongodb-data"}, {"mountPath", "/data/db"}}});
    WorkloadSpec spec;
    spec.nameSpace = kSpace;
    spec.name = kDatabase;
    spec.serviceName = kDatabase;
    spec.labels = {{"app", kDatabase}};
    spec.selector = {{"app", kDatabase}};
    spec.podSpec = {{"containers", Json::array({main})}};
    spec.claims = Json::array({Json{{"metadata", {{"name", "mongodb-data"}}},
                                    {"spec",
                                     {{"accessModes", Json::array({"ReadWriteOnce"})},
                                      {"storageClassName", "standard"},
                                      {"resources", {{"requests", {{"storage", "50Gi"}}}}}}}}});
    spec.revisions = {{1, "mongo:8.0.4", "", 75 * kDay}, {2, "mongo:8.0.5", "", 31 * kDay}};
    spec.nodes = {"gc-node-3"};
    platform.statefulSet(spec);
    platform.service(kSpace, kDatabase, spec.labels, spec.selector, Json::array({port("mongodb", 27017)}), 80 * kDay,
                     true);
}

void addConfiguration(PlatformBuilder& platform) {
    platform.add("configmaps", kSpace, std::string(kService) + "-config", 80 * kDay,
                 {{"data",
                   {{"LOG_LEVEL", "INFO"},
                    {"optimization-timeout", "30"},
                    {"database-name", "globeco_production"},
                    {"thread-pool-size", "20"},
                    {"thread-pool-max-size", "50"},
                    {"connection-pool-min-size", "5"},
                    {"connection-pool-max-size", "50"}}}});
    platform.secret(kSpace, std::string(kService) + "-secret", "Opaque", {"mongodb-password"}, 80 * kDay);
    platform.secret(kSpace, "globeco-tls", "kubernetes.io/tls", {"tls.crt", "tls.key"}, 42 * kDay);
    platform.add("serviceaccounts", kSpace, kService, 80 * kDay, Json::object());
    platform.add("roles", kSpace, kService, 80 * kDay,
                 {{"rules", Json::array({Json{{"apiGroups", Json::array({""})},
                                              {"resources", Json::array({"configmaps", "secrets"})},
                                              {"verbs", {"get", "list", "watch"}}}})}});
    platform.add(
        "rolebindings", kSpace, kService, 80 * kDay,
        {{"roleRef", {{"apiGroup", "rbac.authorization.k8s.io"}, {"kind", "Role"}, {"name", kService}}},
         {"subjects", Json::array({Json{{"kind", "ServiceAccount"}, {"name", kService}, {"namespace", kSpace}}})}});
    const Json path = {{"path", "/"},
                       {"pathType", "Prefix"},
                       {"backend", {{"service", {{"name", kService}, {"port", {{"number", 80}}}}}}}};
    const Json rule = {{"host", "orders.globeco.example"}, {"http", {{"paths", Json::array({path})}}}};
    platform.add(
        "ingresses", kSpace, std::string(kService) + "-ingress", 80 * kDay,
        {{"metadata",
          {{"annotations",
            {{"nginx.ingress.kubernetes.io/limit-rps", "50"},
             {"nginx.ingress.kubernetes.io/limit-connections", "20"}}}}},
         {"spec",
          {{"ingressClassName", "nginx"},
           {"tls",
            Json::array({Json{{"hosts", Json::array({"orders.globeco.example"})}, {"secretName", "globeco-tls"}}})},
           {"rules", Json::array({rule})}}}});
}

}  // namespace

void buildGlobeco(ClusterState& cluster) {
    PlatformBuilder platform(cluster);
    for (int i = 1; i <= 4; ++i) {
        platform.node({"gc-node-" + std::to_string(i), "10.30.0.1" + std::to_string(i), "4", "16Gi", "100Gi", "v1.31.6",
                       "Ubuntu 22.04.5 LTS"});
    }
    for (const char* name : {"default", "kube-system", "kube-public", "kube-node-lease", kSpace}) {
        platform.nameSpace(name, 88 * kDay);
    }
    platform.service("default", "kubernetes", {{"component", "apiserver"}, {"provider", "kubernetes"}}, nullptr,
                     Json::array({port("https", 443, 6443)}), 88 * kDay);
    addConfiguration(platform);
    addDatabase(platform);
    addService(platform);
    platform.event("horizontalpodautoscalers", kSpace, std::string(kService) + "-hpa", "Normal", "SuccessfulRescale",
                   "New size: 6; reason: cpu resource utilization (percentage of request) above target",
                   "horizontal-pod-autoscaler", std::chrono::minutes(38));
    platform.event("ingresses", kSpace, std::string(kService) + "-ingress", "Normal", "Sync", "Scheduled for sync",
                   "nginx-ingress-controller", std::chrono::minutes(17));
}

}  // namespace quarterdeck::demo
