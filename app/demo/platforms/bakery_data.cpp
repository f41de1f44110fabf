#include <fmt/format.h>

#include "app/demo/platforms/bakery_parts.h"

namespace quarterdeck::demo::bakery {

void addDatabase(PlatformBuilder& platform, const std::string& owner) {
    const std::string name = owner + "-db";
    const std::string user = underscored(owner) + "_user";
    const std::string database = underscored(owner) + "_db";
    Json main = container("postgres", "", {"100m", "256Mi", "500m", "512Mi"}, 5432, "postgres");
    main["args"] = Json::array({"-c", "ssl=on", "-c", "ssl_cert_file=/tls/server-cert.pem", "-c",
                                "ssl_key_file=/tls/server-key.pem", "-c", "max_connections=200"});
    main["env"] = Json::array({envValue("POSTGRES_DB", database), envValue("POSTGRES_USER", user),
                               envSecret("POSTGRES_PASSWORD", "bakery-ia-secrets", variable(owner) + "_DB_PASSWORD"),
                               envValue("PGDATA", "/var/lib/postgresql/data/pgdata")});
    const Json ready = Json::array({"pg_isready", "-U", user, "-d", database});
    main["livenessProbe"] = execProbe(ready, 10, 5, 30);
    main["readinessProbe"] = execProbe(ready, 5, 3, 5);
    main["volumeMounts"] = Json::array({Json{{"name", "data"}, {"mountPath", "/var/lib/postgresql/data"}},
                                        Json{{"name", "tls"}, {"mountPath", "/tls"}, {"readOnly", true}}});
    WorkloadSpec spec;
    spec.nameSpace = kSpace;
    spec.name = name;
    spec.labels = labelsOf(name, "database");
    spec.selector = selectorOf(name, "database");
    spec.podSpec = {
        {"containers", Json::array({main})},
        {"volumes", Json::array({Json{{"name", "data"}, {"persistentVolumeClaim", {{"claimName", name + "-pvc"}}}},
                                 Json{{"name", "tls"}, {"secret", {{"secretName", "postgres-tls"}}}}})}};
    spec.strategy = {{"type", "Recreate"}};
    spec.revisions = {{1, "postgres:17.2-alpine", "first installation", 58 * kDay},
                      {2, "postgres:17.4-alpine", "PostgreSQL 17.4", 23 * kDay}};
    platform.claim(kSpace, name + "-pvc", "512Mi", 60 * kDay);
    platform.deployment(spec);
    platform.service(kSpace, name + "-service", spec.labels, spec.selector, Json::array({port("postgres", 5432)}),
                     60 * kDay);
}

void addShared(PlatformBuilder& platform) {
    struct Part {
        std::string name, component, image, before;
        long port;
        Resources resources;
        Json ready;
    };
    const Part redis{"redis",
                     "cache",
                     "redis:7.4.2-alpine",
                     "redis:7.4.1-alpine",
                     6379,
                     {"200m", "512Mi", "1", "1Gi"},
                     Json::array({"redis-cli", "--tls", "ping"})};
    const Part rabbit{"rabbitmq",
                      "message-broker",
                      "rabbitmq:4.0.6-management-alpine",
                      "rabbitmq:4.0.5-management-alpine",
                      5672,
                      {"300m", "512Mi", "2", "1Gi"},
                      Json::array({"rabbitmq-diagnostics", "check_port_connectivity"})};
    for (const Part& part : {redis, rabbit}) {
        Json main = container(part.name, "", part.resources, part.port, part.name);
        main["readinessProbe"] = execProbe(part.ready, 10, 5, 5);
        main["livenessProbe"] = execProbe(part.ready, 20, 5, 30);
        main["volumeMounts"] = Json::array({Json{{"name", "data"}, {"mountPath", "/data"}}});
        Json volumes =
            Json::array({Json{{"name", "data"}, {"persistentVolumeClaim", {{"claimName", part.name + "-pvc"}}}}});
        Json ports = Json::array({::quarterdeck::demo::port(part.name, part.port)});
        if (part.name == "redis") {
            volumes.push_back({{"name", "tls"}, {"secret", {{"secretName", "redis-tls"}}}});
            main["volumeMounts"].push_back({{"name", "tls"}, {"mountPath", "/tls"}, {"readOnly", true}});
        } else {
            main["ports"].push_back({{"name", "management"}, {"containerPort", 15672}, {"protocol", "TCP"}});
            ports.push_back(::quarterdeck::demo::port("management", 15672));
        }
        WorkloadSpec spec;
        spec.nameSpace = kSpace;
        spec.name = part.name;
        spec.labels = labelsOf(part.name, part.component);
        spec.selector = selectorOf(part.name, part.component);
        spec.podSpec = {{"containers", Json::array({main})}, {"volumes", std::move(volumes)}};
        spec.strategy = {{"type", "Recreate"}};
        spec.revisions = {{1, part.before, "first installation", 58 * kDay}, {2, part.image, "", 23 * kDay}};
        platform.claim(kSpace, part.name + "-pvc", "1Gi", 60 * kDay);
        platform.deployment(spec);
        platform.service(kSpace, part.name + "-service", spec.labels, spec.selector, ports, 60 * kDay);
    }
}

void addFront(PlatformBuilder& platform) {
    Json front = container("frontend", "", {"100m", "256Mi", "500m", "512Mi"}, 3000);
    front["readinessProbe"] = httpProbe("/health", 3000, 5, 3, 5);
    front["livenessProbe"] = httpProbe("/health", 3000, 10, 5, 30);
    WorkloadSpec spec;
    spec.nameSpace = kSpace;
    spec.name = "frontend";
    spec.labels = labelsOf("frontend", "frontend");
    spec.selector = selectorOf("frontend", "frontend");
    spec.podSpec = {{"containers", Json::array({front})}};
    const std::string image = std::string(kRegistry) + "frontend:";
    spec.revisions = {{19, image + "2.8.0", "release 2.8.0", 16 * kDay},
                      {20, image + "2.8.1", "release 2.8.1", 9 * kDay},
                      {21, image + "2.8.3", "release 2.8.3", 2 * kDay}};
    platform.deployment(spec);
    platform.service(kSpace, "frontend-service", spec.labels, spec.selector, Json::array({port("http", 3000)}),
                     60 * kDay);

    Json maps = container("nominatim", "", {"1500m", "4Gi", "4", "6Gi"}, 8080);
    maps["readinessProbe"] = httpProbe("/status", 8080, 15, 10, 30);
    maps["livenessProbe"] = httpProbe("/status", 8080, 30, 10, 120);
    maps["volumeMounts"] = Json::array({Json{{"name", "nominatim-data"}, {"mountPath", "/var/lib/postgresql"}}});
    WorkloadSpec nominatim;
    nominatim.nameSpace = kSpace;
    nominatim.name = "nominatim";
    nominatim.serviceName = "nominatim-service";
    nominatim.labels = labelsOf("nominatim", "geocoding");
    nominatim.selector = selectorOf("nominatim", "geocoding");
    nominatim.podSpec = {{"containers", Json::array({maps})}};
    nominatim.claims = Json::array({Json{{"metadata", {{"name", "nominatim-data"}}},
                                         {"spec",
                                          {{"accessModes", Json::array({"ReadWriteOnce"})},
                                           {"storageClassName", "microk8s-hostpath"},
                                           {"resources", {{"requests", {{"storage", "70Gi"}}}}}}}}});
    nominatim.revisions = {{1, "mediagis/nominatim:4.5", "first installation", 58 * kDay}};
    platform.statefulSet(nominatim);
    platform.service(kSpace, "nominatim-service", nominatim.labels, nominatim.selector,
                     Json::array({port("http", 8080)}), 60 * kDay);
}

}  // namespace quarterdeck::demo::bakery
