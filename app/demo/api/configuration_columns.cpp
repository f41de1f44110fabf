// Columns of configuration, access and custom resources.
#include <fmt/format.h>

#include "app/demo/api/table_columns.h"

namespace quarterdeck::demo {
namespace {

using Cell = std::function<Json(const Json& object)>;

TableColumn column(const char* name, const char* type, Cell cell, int priority = 0) {
    return {name, type, priority, [cell = std::move(cell)](const Json& object, Instant) { return cell(object); }};
}

Json orNone(const std::string& text) {
    return text.empty() ? Json("<none>") : Json(text);
}

/// When it was made, as the server writes it for kinds that show no age.
TableColumn createdColumn() {
    return column("Created At", "date", [](const Json& object) {
        return at(object, {"metadata", "creationTimestamp"});
    });
}

std::string ruleHosts(const Json& ingress) {
    std::string hosts;
    for (const Json& rule : at(ingress, {"spec", "rules"})) {
        appendWord(hosts, text(rule, {"host"}, "*"));
    }
    return hosts;
}

std::string labelText(const Json& labels) {
    std::string words;
    if (labels.is_object()) {
        for (const auto& [key, value] : labels.items()) {
            appendWord(words, fmt::format("{}={}", key, value.is_string() ? value.get<std::string>() : ""));
        }
    }
    return words;
}

Json readiness(const Json& object) {
    const Json& ready = conditionOf(object, "Ready");
    return ready.is_null() ? Json("") : Json(text(ready, {"status"}));
}

Json readyMessage(const Json& object) {
    return text(conditionOf(object, "Ready"), {"message"});
}

}  // namespace

std::map<std::string, std::vector<TableColumn>> configurationColumns() {
    std::map<std::string, std::vector<TableColumn>> all;
    const TableColumn data =
        column("Data", "integer", [](const Json& object) { return Json(at(object, {"data"}).size()); });
    all["configmaps"] = {nameColumn(), data, ageColumn()};
    all["secrets"] = {
        nameColumn(),
        column("Type", "string", [](const Json& secret) { return Json(text(secret, {"type"}, "Opaque")); }), data,
        ageColumn()};
    all["serviceaccounts"] = {
        nameColumn(),
        column("Secrets", "integer", [](const Json& account) { return Json(at(account, {"secrets"}).size()); }),
        ageColumn()};
    all["ingresses"] = {nameColumn(),
                        column("Class", "string",
                               [](const Json& one) {
                                   return orNone(text(one, {"spec", "ingressClassName"}));
                               }),
                        column("Hosts", "string", [](const Json& one) { return Json(ruleHosts(one)); }),
                        column("Ports", "string",
                               [](const Json& one) {
                                   return Json(at(one, {"spec", "tls"}).empty() ? "80" : "80, 443");
                               }),
                        ageColumn()};
    all["networkpolicies"] = {nameColumn(),
                              column("Pod-Selector", "string",
                                     [](const Json& policy) {
                                         return orNone(labelText(at(policy, {"spec", "podSelector", "matchLabels"})));
                                     }),
                              ageColumn()};
    all["rolebindings"] = {
        nameColumn(),
        column("Role", "string",
               [](const Json& binding) {
                   return Json(text(binding, {"roleRef", "kind"}) + "/" + text(binding, {"roleRef", "name"}));
               }),
        ageColumn()};
    all["roles"] = {nameColumn(), createdColumn()};
    all["customresourcedefinitions"] = {nameColumn(), createdColumn()};
    all["controllerrevisions"] = {
        nameColumn(),
        column("Controller", "string",
               [](const Json& revision) {
                   const Json& owners = at(revision, {"metadata", "ownerReferences"});
                   return owners.empty() ? Json("<none>")
                                         : Json(text(owners.front(), {"kind"}) + "/" + text(owners.front(), {"name"}));
               }),
        column("Revision", "integer", [](const Json& revision) { return Json(number(revision, {"revision"})); }),
        ageColumn()};
    all["certificates"] = {nameColumn(),
                           column("Ready", "string", readiness),
                           column("Secret", "string",
                                  [](const Json& one) {
                                      return Json(text(one, {"spec", "secretName"}));
                                  }),
                           column(
                               "Issuer", "string",
                               [](const Json& one) {
                                   return Json(text(one, {"spec", "issuerRef", "name"}));
                               },
                               1),
                           column("Status", "string", readyMessage, 1),
                           ageColumn()};
    all["clusterissuers"] = {nameColumn(), column("Ready", "string", readiness),
                             column("Status", "string", readyMessage, 1), ageColumn()};
    return all;
}

}  // namespace quarterdeck::demo
