// What cert-manager brings to the bakery: two definitions, an issuer, certificates.
#include <fmt/format.h>

#include "app/demo/platforms/bakery_parts.h"

namespace quarterdeck::demo::bakery {
namespace {

constexpr const char* kGroup = "cert-manager.io";

struct PrinterColumn {
    const char* name;
    const char* path;
    int priority = 0;
};

const std::vector<PrinterColumn>& readyColumns() {
    static const std::vector<PrinterColumn> columns{
        {"Ready", R"(.status.conditions[?(@.type == "Ready")].status)"},
        {"Status", R"(.status.conditions[?(@.type == "Ready")].message)", 1}};
    return columns;
}

void addDefinition(PlatformBuilder& platform, const char* plural, std::vector<PrinterColumn> columns) {
    const ResourceType& type = resource(plural);
    Json printed = Json::array();
    for (const PrinterColumn& column : columns) {
        printed.push_back({{"name", column.name}, {"type", "string"}, {"jsonPath", column.path}});
        if (column.priority > 0) {
            printed.back()["priority"] = column.priority;
        }
    }
    printed.push_back({{"name", "Age"},
                       {"type", "date"},
                       {"jsonPath", ".metadata.creationTimestamp"},
                       {"description", "Time since the object was created."}});
    Json names = {{"kind", type.kind},
                  {"listKind", type.kind + "List"},
                  {"plural", type.plural},
                  {"singular", type.singular},
                  {"categories", type.categories}};
    if (!type.shortNames.empty()) {
        names["shortNames"] = type.shortNames;
    }
    Json version = {{"name", type.version},
                    {"served", true},
                    {"storage", true},
                    {"additionalPrinterColumns", std::move(printed)},
                    {"subresources", {{"status", Json::object()}}},
                    {"schema", {{"openAPIV3Schema", {{"type", "object"}, {"description", "Kept short here."}}}}}};
    const std::string since = stamp(platform.ago(60 * kDay));
    const auto condition = [&](const char* what, const char* reason, const char* message) {
        return Json{{"type", what},
                    {"status", "True"},
                    {"reason", reason},
                    {"message", message},
                    {"lastTransitionTime", since}};
    };
    platform.add(
        "customresourcedefinitions", "", type.qualified(), 60 * kDay,
        {{"spec",
          {{"group", kGroup},
           {"names", names},
           {"scope", type.namespaced ? "Namespaced" : "Cluster"},
           {"conversion", {{"strategy", "None"}}},
           {"versions", Json::array({version})}}},
         {"status",
          {{"acceptedNames", names},
           {"storedVersions", Json::array({type.version})},
           {"conditions",
            Json::array({condition("NamesAccepted", "NoConflicts", "no conflicts found"),
                         condition("Established", "InitialNamesAccepted", "the initial names have been accepted")})}}}},
        {{"app.kubernetes.io/name", "cert-manager"}});
}

struct Certificate {
    const char* nameSpace;
    const char* name;
    const char* secret;
    std::vector<const char*> hosts;
    long daysOld;
    bool ready = true;
};

void addCertificate(PlatformBuilder& platform, const Certificate& one) {
    const Age age = one.daysOld * kDay;
    Json condition = {{"type", "Ready"},
                      {"status", one.ready ? "True" : "False"},
                      {"reason", one.ready ? "Ready" : "DoesNotExist"},
                      {"message", one.ready ? "Certificate is up to date and has not expired"
                                            : "Issuing certificate as Secret does not exist"},
                      {"observedGeneration", 1},
                      {"lastTransitionTime", stamp(platform.ago(age))}};
    Json status = {{"conditions", Json::array({condition})}, {"revision", 1}};
    if (one.ready) {
        status["notBefore"] = stamp(platform.ago(age));
        status["notAfter"] = stamp(platform.ago(age) + 90 * kDay);
        status["renewalTime"] = stamp(platform.ago(age) + 60 * kDay);
    }
    platform.add("certificates", one.nameSpace, one.name, age,
                 {{"spec",
                   {{"secretName", one.secret},
                    {"dnsNames", one.hosts},
                    {"duration", "2160h0m0s"},
                    {"renewBefore", "720h0m0s"},
                    {"issuerRef", {{"group", kGroup}, {"kind", "ClusterIssuer"}, {"name", "letsencrypt-prod"}}}}},
                  {"status", std::move(status)}},
                 {{"app.kubernetes.io/part-of", one.nameSpace}});
}

}  // namespace

void addCertificates(PlatformBuilder& platform) {
    std::vector<PrinterColumn> columns = readyColumns();
    columns.insert(columns.begin() + 1, {{"Secret", ".spec.secretName"}, {"Issuer", ".spec.issuerRef.name", 1}});
    addDefinition(platform, "certificates", columns);
    addDefinition(platform, "clusterissuers", readyColumns());
    Json registered = {{"type", "Ready"},
                       {"status", "True"},
                       {"reason", "ACMEAccountRegistered"},
                       {"message", "The ACME account was registered with the ACME server"},
                       {"lastTransitionTime", stamp(platform.ago(60 * kDay))}};
    platform.add("clusterissuers", "", "letsencrypt-prod", 60 * kDay,
                 {{"spec",
                   {{"acme",
                     {{"server", "https://acme-v02.api.letsencrypt.org/directory"},
                      {"privateKeySecretRef", {{"name", "letsencrypt-prod"}}}}}}},
                  {"status", {{"conditions", Json::array({registered})}}}});
    for (const Certificate& one : std::vector<Certificate>{
             {kSpace, "bakery-ia-prod-tls", "bakery-ia-prod-tls-cert", {"bakewise.ai", "www.bakewise.ai"}, 29},
             {kSpace, "monitoring-tls", "bakery-monitoring-tls-cert", {"monitoring.bakewise.ai"}, 29},
             {"monitoring", "grafana-internal", "grafana-internal-tls", {"grafana.monitoring.svc"}, 12},
             {"flux-system", "webhook-receiver", "webhook-receiver-tls", {"flux.bakewise.ai"}, 1, false}}) {
        addCertificate(platform, one);
    }
}

}  // namespace quarterdeck::demo::bakery
