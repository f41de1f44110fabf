#include "app/demo/api/tables.h"

#include "app/demo/api/table_columns.h"

namespace quarterdeck::demo {

Json partialMetadata(const Json& object) {
    return {
        {"kind", "PartialObjectMetadata"}, {"apiVersion", "meta.k8s.io/v1"}, {"metadata", at(object, {"metadata"})}};
}

Json tableOf(const ResourceType& type, const std::vector<Json>& objects, Instant now, IncludeObject include,
             bool withColumns) {
    const auto& columns = tableColumns(type);
    Json definitions = Json::array();
    for (const TableColumn& column : columns) {
        definitions.push_back({{"name", column.name},
                               {"type", column.type},
                               {"format", column.name == "Name" ? "name" : ""},
                               {"description", ""},
                               {"priority", column.priority}});
    }
    Json rows = Json::array();
    for (const Json& object : objects) {
        Json cells = Json::array();
        for (const TableColumn& column : columns) {
            cells.push_back(column.cell(object, now));
        }
        Json row = {{"cells", std::move(cells)}};
        if (include == IncludeObject::Metadata) {
            row["object"] = partialMetadata(object);
        } else if (include == IncludeObject::Object) {
            row["object"] = object;
        }
        rows.push_back(std::move(row));
    }
    return {{"kind", "Table"},
            {"apiVersion", "meta.k8s.io/v1"},
            {"metadata", Json::object()},
            {"columnDefinitions", withColumns ? definitions : Json(nullptr)},
            {"rows", std::move(rows)}};
}

}  // namespace quarterdeck::demo
