#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/demo/store/json.h"
#include "app/demo/store/resource_types.h"

namespace quarterdeck::demo {

struct TableColumn {
    std::string name;  ///< "Ready"
    std::string type;  ///< "string", "integer"
    int priority = 0;  ///< 1 = only in wide output
    std::function<Json(const Json& object, Instant now)> cell;
};

[[nodiscard]] const std::vector<TableColumn>& tableColumns(const ResourceType& type);
/// "2d3h", or "<unknown>" for no time at all.
[[nodiscard]] std::string ageText(Instant since, Instant now);
[[nodiscard]] TableColumn nameColumn();
[[nodiscard]] TableColumn ageColumn();
/// Columns of configuration, access and custom resources, by plural.
[[nodiscard]] std::map<std::string, std::vector<TableColumn>> configurationColumns();
/// Columns of pods.
[[nodiscard]] std::vector<TableColumn> podColumns();

}  // namespace quarterdeck::demo
