#include "app/demo/platforms/custom_definition.h"

#include "app/demo/store/printer_columns.h"

namespace quarterdeck::demo {

void addDefinition(PlatformBuilder& platform, const char* plural, Age age, const std::string& application) {
    const ResourceType& type = resource(plural);
    Json printed = Json::array();
    for (const PrinterColumn& column : printerColumns(type)) {
        printed.push_back({{"name", column.name}, {"type", column.type}, {"jsonPath", column.path}});
        if (column.priority > 0) {
            printed.back()["priority"] = column.priority;
        }
    }
    Json names = {
        {"kind", type.kind}, {"listKind", type.kind + "List"}, {"plural", type.plural}, {"singular", type.singular}};
    if (!type.categories.empty()) {
        names["categories"] = type.categories;
    }
    if (!type.shortNames.empty()) {
        names["shortNames"] = type.shortNames;
    }
    Json version = {{"name", type.version},
                    {"served", true},
                    {"storage", true},
                    {"subresources", {{"status", Json::object()}}},
                    {"schema", {{"openAPIV3Schema", {{"type", "object"}, {"description", "Kept short here."}}}}}};
    if (!printed.empty()) {
        version["additionalPrinterColumns"] = std::move(printed);
    }
    const Instant since = platform.ago(age);
    platform.add(
        "customresourcedefinitions", "", type.qualified(), age,
        {{"spec",
          {{"group", type.group},
           {"names", names},
           {"scope", type.namespaced ? "Namespaced" : "Cluster"},
           {"conversion", {{"strategy", "None"}}},
           {"versions", Json::array({version})}}},
         {"status",
          {{"acceptedNames", names},
           {"storedVersions", Json::array({type.version})},
           {"conditions", Json::array({customCondition("NamesAccepted", "NoConflicts", "no conflicts found", since),
                                       customCondition("Established", "InitialNamesAccepted",
                                                       "the initial names have been accepted", since)})}}}},
        {{"app.kubernetes.io/name", application}});
}

Json customCondition(const std::string& type, const std::string& reason, const std::string& message, Instant since,
                     bool holds) {
    return {{"type", type},
            {"status", holds ? "True" : "False"},
            {"reason", reason},
            {"message", message},
            {"lastTransitionTime", stamp(since)}};
}

}  // namespace quarterdeck::demo
