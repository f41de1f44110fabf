#pragma once

#include <string>
#include <string_view>

#include <QVector>

#include "ui/tables/column.h"

namespace quarterdeck::ui {

/// How a person has a table's columns, as ViewMemory keeps it: ids from left to right, "-" before hidden ones, widths
/// at text scale 1 after a colon: "status name:240 -ip age".

/// Empty where the places are the table's own.
[[nodiscard]] std::string writeColumns(const TableSpec& spec, const QVector<widgets::ColumnPlace>& places);

/// Ids that are not known are dropped, columns that are not named stand behind their neighbour in the table's own
/// order. Anything unreadable, or a text that hides every column, gives the table's own places.
[[nodiscard]] QVector<widgets::ColumnPlace> readColumns(const TableSpec& spec, std::string_view text);

/// The table's own order, hidden columns as the specification has them.
[[nodiscard]] QVector<widgets::ColumnPlace> ownColumns(const TableSpec& spec);

}  // namespace quarterdeck::ui
