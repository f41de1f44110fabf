#pragma once

#include <string_view>
#include <vector>

#include "ui/tables/column.h"

namespace quarterdeck::ui {

[[nodiscard]] const TableSpec& podTable();
[[nodiscard]] const TableSpec& nodeTable();
[[nodiscard]] const TableSpec& eventTable();

/// What the servers serve (kube::ServedKind): the page "kinds", not a kind by itself.
[[nodiscard]] const TableSpec& servedKindTable();

/// Every kind that has a table, in the order of the rail. A new kind is one line here.
[[nodiscard]] const std::vector<const TableSpec*>& allTables();

}  // namespace quarterdeck::ui
