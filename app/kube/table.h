#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/base/string_pool.h"
#include "app/kube/object.h"

namespace quarterdeck::kube {

/// A column as the server defines it for `kubectl get`.
struct TableColumn {
    std::string name;         ///< "Ready", as people read it
    std::string type;         ///< OpenAPI: "string", "integer", "number", "boolean", "date"
    std::string format;       ///< OpenAPI, or "name" for the object's name
    std::string description;  ///< a sentence; may be empty
    int priority = 0;         ///< 0 = in the narrow output, too
    friend bool operator==(const TableColumn&, const TableColumn&) = default;
};
using TableColumns = std::vector<TableColumn>;

/// Nothing (null), a truth, a number or text. What is nested comes as its JSON text.
using TableCell = std::variant<std::monostate, bool, std::int64_t, double, PooledString>;

/// Cells of text are cut here.
inline constexpr std::size_t kMaxCellBytes = 4096;

/// An object of any kind as its server shows it in a table. The cells stand as the columns do; there may be fewer.
struct TableRow : Object {
    /// Shared by all rows of a list or stream; never null.
    std::shared_ptr<const TableColumns> columns;
    std::vector<TableCell> cells;

    /// Null where there is no such column, or no cell in it.
    [[nodiscard]] const TableCell* cell(std::string_view column) const;
};

/// As kubectl prints it: "true" and "false" for truths, empty for nothing.
[[nodiscard]] std::string cellText(const TableCell& cell);

}  // namespace quarterdeck::kube
