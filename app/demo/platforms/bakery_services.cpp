#include <algorithm>

#include <fmt/format.h>

#include "app/demo/platforms/bakery_parts.h"

namespace quarterdeck::demo::bakery {

using std::chrono::hours;
using std::chrono::minutes;

std::vector<Service> services() {
    const Resources forecasting{"200m", "512Mi", "1", "1Gi"};
    const Resources training{"200m", "512Mi", "2", "4Gi"};
    const Resources gateway{"300m", "256Mi", "1", "512Mi"};
    return {
        {"gateway", "2.8.1", {"2.7.4", "2.8.0"}, 14, 9 * kDay, false, 1, gateway},
        {"auth", "2.8.0", {"2.7.2", "2.7.4"}, 9, 16 * kDay},
        {"tenant", "2.8.0", {"2.7.3", "2.7.4"}, 8, 16 * kDay},
        {"training", "2.8.1", {"2.7.4", "2.8.0"}, 11, 9 * kDay, true, 1, training},
        {"forecasting",
         "2.8.1",
         {"2.7.4", "2.8.0"},
         12,
         9 * kDay,
         true,
         3,
         forecasting,
         {9 * kDay + hours(5), minutes(31), minutes(26)}},
        {"sales", "2.8.0", {"2.7.1", "2.7.4"}, 9, 16 * kDay},
        {"external", "2.7.4", {"2.7.2", "2.7.3"}, 7, 23 * kDay},
        {"notification", "2.8.0", {"2.7.3", "2.7.4"}, 10, 16 * kDay},
        {"inventory", "2.8.2", {"2.8.0", "2.8.1"}, 13, hours(2)},
        {"recipes", "2.7.4", {"2.7.2", "2.7.3"}, 6, 23 * kDay},
        {"suppliers", "2.7.4", {"2.7.1", "2.7.3"}, 6, 23 * kDay},
        {"pos", "2.8.0", {"2.7.3", "2.7.4"}, 8, 16 * kDay},
        {"orders", "2.8.2", {"2.8.0", "2.8.1"}, 12, 4 * kDay, true, 2},
        {"production", "2.8.1", {"2.7.4", "2.8.0"}, 10, 9 * kDay},
        {"procurement", "2.8.1", {"2.7.4", "2.8.0"}, 9, 9 * kDay, false, 2},
        {"orchestrator", "2.8.1", {"2.7.4", "2.8.0"}, 9, 9 * kDay, false, 2},
        {"ai-insights", "2.8.0", {"2.7.3", "2.7.4"}, 7, 16 * kDay, false, 2},
        {"alert-processor", "2.8.1", {"2.7.4", "2.8.0"}, 10, 9 * kDay},
    };
}

std::string serviceName(const Service& service) {
    return service.name == "gateway" ? service.name : service.name + "-service";
}

std::string underscored(std::string name) {
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

std::string variable(const std::string& name) {
    std::string result = underscored(name);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return result;
}

Json labelsOf(const std::string& name, const std::string& component) {
    return {{"app.kubernetes.io/name", name},
            {"app.kubernetes.io/component", component},
            {"app.kubernetes.io/part-of", "bakery-ia"}};
}

Json selectorOf(const std::string& name, const std::string& component) {
    return {{"app.kubernetes.io/name", name}, {"app.kubernetes.io/component", component}};
}

Json waitFor(const std::string& what, const std::string& host, long port) {
    return waitContainer("wait-for-" + what, kBusybox, fmt::format("until nc -z {} {}; do sleep 2; done", host, port));
}

void addService(PlatformBuilder& platform, const Service& service) {
    const std::string name = serviceName(service);
    Json init = Json::array({waitFor("redis", "redis-service", 6379)});
    if (service.name == "alert-processor") {
        init.push_back(waitFor("rabbitmq", "rabbitmq-service", 5672));
    }
    if (service.database) {
        init.push_back(waitContainer("wait-for-migration", kRegistry + name + ":" + service.version,
                                     "python -m shared.wait_for_migration"));
    }
    Json main = container(name, "", service.resources, 8000);
    main["livenessProbe"] = httpProbe("/health/live", 8000, 10, 5, 30);
    main["readinessProbe"] = httpProbe("/health/ready", 8000, 5, 3, 5);
    main["env"] = Json::array({envValue("SERVICE_NAME", name), envValue("OTEL_SERVICE_NAME", name),
                               envValue("OTEL_EXPORTER_OTLP_ENDPOINT", "http://jaeger.monitoring:4317"),
                               envSecret("REDIS_PASSWORD", "bakery-ia-secrets", "REDIS_PASSWORD")});
    if (service.database) {
        main["env"].push_back(envSecret(variable(service.name) + "_DB_PASSWORD", "bakery-ia-secrets",
                                        variable(service.name) + "_DB_PASSWORD"));
    }
    main["envFrom"] = Json::array({Json{{"configMapRef", {{"name", "bakery-config"}}}}});

    WorkloadSpec spec;
    spec.nameSpace = kSpace;
    spec.name = name;
    spec.labels = labelsOf(name, "microservice");
    spec.selector = selectorOf(name, "microservice");
    spec.podSpec = {{"initContainers", std::move(init)}, {"containers", Json::array({main})}};
    spec.podAnnotations = {
        {"prometheus.io/scrape", "true"}, {"prometheus.io/port", "8000"}, {"prometheus.io/path", "/metrics"}};
    spec.replicas = service.replicas;
    spec.strategy = {{"type", "RollingUpdate"}, {"rollingUpdate", {{"maxSurge", 1}, {"maxUnavailable", 1}}}};
    if (service.replicas == 1) {
        spec.strategy["rollingUpdate"]["maxUnavailable"] = 0;
    }
    long number = service.revision - std::ssize(service.before);
    Age age = service.rolledOut + 14 * kDay;
    for (const std::string& tag : service.before) {
        spec.revisions.push_back({number++, fmt::format("{}{}:{}", kRegistry, name, tag), "release " + tag, age});
        age -= 5 * kDay;
    }
    spec.revisions.push_back(
        {number, kRegistry + name + ":" + service.version, "release " + service.version, service.rolledOut});
    spec.podAges = service.podAges;
    platform.deployment(spec);
    platform.service(kSpace, name, spec.labels, spec.selector, Json::array({port("http", 8000)}), 60 * kDay);
}

}  // namespace quarterdeck::demo::bakery
