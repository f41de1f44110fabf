#include "app/demo/store/printer_columns.h"

#include <map>

namespace quarterdeck::demo {
namespace {

const Json& nothing() {
    static const Json null;
    return null;
}

std::string condition(const char* type, const char* member) {
    return std::string(R"(.status.conditions[?(@.type==")") + type + R"(")].)" + member;
}

std::map<std::string, std::vector<PrinterColumn>> makeColumns() {
    const PrinterColumn age{"Age", ".metadata.creationTimestamp", 0, "date"};
    const PrinterColumn ready{"Ready", condition("Ready", "status")};
    const PrinterColumn message{"Status", condition("Ready", "message"), 1};
    const PrinterColumn told{"Status", condition("Ready", "message")};
    const std::vector<PrinterColumn> run{{"Succeeded", condition("Succeeded", "status")},
                                         {"Reason", condition("Succeeded", "reason")},
                                         {"StartTime", ".status.startTime", 0, "date"},
                                         {"CompletionTime", ".status.completionTime", 0, "date"}};
    std::map<std::string, std::vector<PrinterColumn>> all;
    all["certificates"] = {ready, {"Secret", ".spec.secretName"}, {"Issuer", ".spec.issuerRef.name", 1}, message, age};
    all["clusterissuers"] = {ready, message, age};
    all["gitrepositories"] = {{"URL", ".spec.url"}, age, ready, told};
    all["kustomizations"] = {age, ready, told};
    all["pipelineruns"] = run;
    all["taskruns"] = run;
    all["eventlisteners"] = {{"Address", ".status.address.url"},
                             {"Available", condition("Available", "status")},
                             {"Reason", condition("Available", "reason")},
                             ready};
    return all;
}

/// The first item of a list whose member `key` is `wanted`, for a filter that reads `?(@.key=="wanted")`.
const Json& firstWhere(const Json& list, std::string_view filter) {
    constexpr std::string_view kBegin = "?(@.";
    const std::size_t equals = filter.find("==\"");
    if (!list.is_array() || !filter.starts_with(kBegin) || equals == std::string_view::npos ||
        !filter.ends_with("\")")) {
        return nothing();
    }
    const std::string key(filter.substr(kBegin.size(), equals - kBegin.size()));
    const std::string wanted(filter.substr(equals + 3, filter.size() - equals - 5));
    for (const Json& item : list) {
        if (text(item, {key.c_str()}) == wanted) {
            return item;
        }
    }
    return nothing();
}

}  // namespace

const std::vector<PrinterColumn>& printerColumns(const ResourceType& type) {
    static const std::map<std::string, std::vector<PrinterColumn>> all = makeColumns();
    static const std::vector<PrinterColumn> none;
    const auto found = type.custom ? all.find(type.plural) : all.end();
    return found == all.end() ? none : found->second;
}

const Json& valueAt(const Json& object, std::string_view path) {
    const Json* value = &object;
    while (!path.empty() && !value->is_null()) {
        const bool filtered = path.front() == '[';
        const std::size_t end = filtered ? path.find(']') : path.find_first_of(".[", 1);
        const std::string_view part = path.substr(1, end == std::string_view::npos ? end : end - 1);
        value = filtered ? &firstWhere(*value, part) : &at(*value, {std::string(part).c_str()});
        path.remove_prefix(end == std::string_view::npos ? path.size() : end + (filtered ? 1 : 0));
    }
    return *value;
}

}  // namespace quarterdeck::demo
