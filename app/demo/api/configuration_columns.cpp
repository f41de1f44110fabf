// Columns of configuration, access and custom resources.
#include <algorithm>

#include <fmt/format.h>

#include "app/base/time_text.h"
#include "app/demo/api/table_columns.h"
#include "app/demo/store/printer_columns.h"

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

/// A cell as servers make it from a definition's printer column: nothing where the path leads nowhere.
TableColumn printed(const PrinterColumn& wanted) {
    return {wanted.name, wanted.type, wanted.priority, [wanted](const Json& object, Instant now) -> Json {
                const Json& value = valueAt(object, wanted.path);
                if (wanted.type != "date" || !value.is_string()) {
                    return value;
                }
                const auto time = parseRfc3339(value.get<std::string>());
                return time ? Json(ageText(*time, now)) : Json("<invalid>");
            }};
}

std::vector<TableColumn> customColumns(const ResourceType& type) {
    std::vector<TableColumn> columns{nameColumn()};
    const auto& asked = printerColumns(type);
    std::transform(asked.begin(), asked.end(), std::back_inserter(columns), printed);
    if (asked.empty()) {
        columns.push_back(ageColumn());
    }
    return columns;
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
    for (const ResourceType& type : resourceTypes()) {
        if (type.custom) {
            all[type.plural] = customColumns(type);
        }
    }
    return all;
}

}  // namespace quarterdeck::demo
