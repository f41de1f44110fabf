#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/demo/store/json.h"
#include "app/demo/store/resource_types.h"

namespace quarterdeck::demo {

/// A column that the definition of a custom resource asks servers to print (additionalPrinterColumns).
struct PrinterColumn {
    std::string name;  ///< "Ready"
    std::string path;  ///< see valueAt()
    int priority = 0;  ///< 1 = only in wide output
    std::string type = "string";
};

/// Of a custom resource, in the definition's order and without the name; empty where its definition has none.
[[nodiscard]] const std::vector<PrinterColumn>& printerColumns(const ResourceType& type);

/// What a simple JSONPath leads to, null where it leads nowhere: `.status.url`, and
/// `.status.conditions[?(@.type=="Ready")].status` for the first item of a list whose member has that text.
[[nodiscard]] const Json& valueAt(const Json& object, std::string_view path);

}  // namespace quarterdeck::demo
