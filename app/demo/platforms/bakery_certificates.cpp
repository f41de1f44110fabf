// What cert-manager brings to the bakery: two definitions, an issuer, certificates.
#include "app/demo/platforms/bakery_parts.h"
#include "app/demo/platforms/custom_definition.h"

namespace quarterdeck::demo::bakery {
namespace {

constexpr const char* kGroup = "cert-manager.io";

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
    Json condition = customCondition(
        "Ready", one.ready ? "Ready" : "DoesNotExist",
        one.ready ? "Certificate is up to date and has not expired" : "Issuing certificate as Secret does not exist",
        platform.ago(age), one.ready);
    condition["observedGeneration"] = 1;
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
    for (const char* plural : {"certificates", "clusterissuers"}) {
        addDefinition(platform, plural, 60 * kDay, "cert-manager");
    }
    const Json registered =
        customCondition("Ready", "ACMEAccountRegistered", "The ACME account was registered with the ACME server",
                        platform.ago(60 * kDay));
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
