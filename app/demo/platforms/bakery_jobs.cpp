#include <fmt/format.h>

#include "app/demo/platforms/bakery_parts.h"

namespace quarterdeck::demo::bakery {

using std::chrono::hours;
using std::chrono::minutes;

void addJobs(PlatformBuilder& platform) {
    const Resources small{"50m", "128Mi", "200m", "256Mi"};
    long step = 0;
    for (const Service& service : services()) {
        if (!service.database) {
            continue;
        }
        const std::string name = service.name + "-migration";
        Json main = container("migrate", kRegistry + serviceName(service) + ":" + service.version, small);
        main["command"] = Json::array({"alembic", "upgrade", "head"});
        platform.job(kSpace, name, labelsOf(name, "migration"),
                     {{"initContainers", Json::array({waitFor("db", service.name + "-db-service", 5432)})},
                      {"containers", Json::array({main})}},
                     service.rolledOut + minutes(6), Age(24 + step++ % 5 * 3));
    }
    const std::vector<std::pair<std::string, std::string>> seeds = {{"users", "auth"},
                                                                    {"tenants", "tenant"},
                                                                    {"tenant-members", "tenant"},
                                                                    {"subscriptions", "tenant"},
                                                                    {"inventory", "inventory"},
                                                                    {"stock", "inventory"},
                                                                    {"recipes", "recipes"},
                                                                    {"quality-templates", "production"},
                                                                    {"equipment", "production"},
                                                                    {"production-batches", "production"},
                                                                    {"suppliers", "suppliers"},
                                                                    {"supplier-contracts", "suppliers"},
                                                                    {"sales", "sales"},
                                                                    {"sales-history", "sales"},
                                                                    {"customers", "orders"},
                                                                    {"orders", "orders"},
                                                                    {"procurement", "procurement"},
                                                                    {"forecasts", "forecasting"},
                                                                    {"ai-models", "training"},
                                                                    {"pos-configs", "pos"}};
    for (const auto& [what, owner] : seeds) {
        const std::string name = "demo-seed-" + what;
        Json main = container("seed", kRegistry + owner + "-service:2.7.4", small);
        main["command"] = Json::array({"python", "-m", "scripts.demo.seed_" + underscored(what)});
        const std::string ready =
            fmt::format("until wget -q -O /dev/null http://{}-service:8000/health/ready; do sleep 5; done", owner);
        platform.job(
            kSpace, name, labelsOf(name, "demo-initialization"),
            {{"initContainers", Json::array({waitContainer("wait-for-" + owner + "-service", kBusybox, ready)})},
             {"containers", Json::array({main})}},
            57 * kDay - minutes(2 * step), Age(35 + step % 7 * 4));
        ++step;
    }
    const auto cron = [&](const std::string& name, const std::string& schedule, const std::string& image, Age age,
                          Age took) {
        const Json podSpec = {{"containers", Json::array({container(name, image, small)})}};
        const ObjectPtr owner =
            platform.cronJob(kSpace, name, labelsOf(name, "initialization"), schedule, podSpec, 58 * kDay);
        const auto minute = std::chrono::duration_cast<minutes>(platform.ago(age).time_since_epoch()).count();
        platform.job(kSpace, fmt::format("{}-{}", name, minute), labelsOf(name, "initialization"), podSpec, age, took,
                     *owner);
    };
    const std::string external = std::string(kRegistry) + "external-service:2.7.4";
    ImageBehaviour longJob;
    longJob.runsFor = minutes(25);
    platform.cluster().behaviours.set(external, longJob);
    cron("external-data-init", "0 3 1 * *", external, minutes(12), Age(0));
    cron("nominatim-init", "0 1 1 */3 *", "mediagis/nominatim:4.5", 58 * kDay, hours(5));
}

void addConfiguration(PlatformBuilder& platform) {
    std::vector<std::string> keys = {"REDIS_PASSWORD", "RABBITMQ_PASSWORD", "JWT_SECRET_KEY", "POSTGRES_PASSWORD"};
    for (const Service& service : services()) {
        if (service.database) {
            keys.push_back(variable(service.name) + "_DB_PASSWORD");
        }
    }
    platform.secret(kSpace, "bakery-ia-secrets", "Opaque", keys, 41 * kDay);
    platform.secret(kSpace, "postgres-tls", "Opaque", {"server-cert.pem", "server-key.pem", "ca-cert.pem"}, 60 * kDay);
    platform.secret(kSpace, "redis-tls", "Opaque", {"redis-cert.pem", "redis-key.pem", "ca-cert.pem"}, 60 * kDay);
    platform.secret(kSpace, "bakery-ia-prod-tls-cert", "kubernetes.io/tls", {"tls.crt", "tls.key"}, 29 * kDay);
    platform.add("configmaps", kSpace, "bakery-config", 60 * kDay,
                 {{"data",
                   {{"ENVIRONMENT", "production"},
                    {"LOG_LEVEL", "INFO"},
                    {"REDIS_HOST", "redis-service"},
                    {"RABBITMQ_HOST", "rabbitmq-service"},
                    {"DB_SSL_MODE", "require"}}}});
    const Json rule = {
        {"host", "bakery-ia.example"},
        {"http",
         {{"paths",
           Json::array(
               {Json{{"path", "/api"},
                     {"pathType", "Prefix"},
                     {"backend", {{"service", {{"name", "gateway"}, {"port", {{"number", 8000}}}}}}}},
                Json{{"path", "/"},
                     {"pathType", "Prefix"},
                     {"backend", {{"service", {{"name", "frontend-service"}, {"port", {{"number", 3000}}}}}}}}})}}}};
    platform.add("ingresses", kSpace, "bakery-ingress", 60 * kDay,
                 {{"spec",
                   {{"ingressClassName", "public"},
                    {"tls", Json::array({Json{{"hosts", Json::array({"bakery-ia.example"})},
                                              {"secretName", "bakery-ia-prod-tls-cert"}}})},
                    {"rules", Json::array({rule})}}},
                  {"status", {{"loadBalancer", {{"ingress", Json::array({Json{{"ip", "127.0.0.1"}}})}}}}}});
    const auto policy = [](long percent) {
        return Json::array({Json{{"type", "Percent"}, {"value", percent}, {"periodSeconds", 60}}});
    };
    const Json behaviour = {{"scaleUp", {{"stabilizationWindowSeconds", 60}, {"policies", policy(100)}}},
                            {"scaleDown", {{"stabilizationWindowSeconds", 300}, {"policies", policy(50)}}}};
    platform.autoscaler(kSpace, "orders-service-hpa", "Deployment", "orders-service", 1, 3, 2, {70, 58}, {80, 61},
                        60 * kDay, behaviour);
    platform.autoscaler(kSpace, "forecasting-service-hpa", "Deployment", "forecasting-service", 1, 3, 3, {70, 45},
                        {75, 47}, 60 * kDay, behaviour);
    platform.autoscaler(kSpace, "notification-service-hpa", "Deployment", "notification-service", 1, 3, 1, {70, 22},
                        {80, 54}, 60 * kDay, behaviour);
}

}  // namespace quarterdeck::demo::bakery
