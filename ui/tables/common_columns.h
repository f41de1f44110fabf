#pragma once

#include <string>
#include <vector>

#include "ui/tables/column.h"

namespace quarterdeck::ui {

// Columns that every kind has.
[[nodiscard]] Column nameColumn(const char* title);
[[nodiscard]] Column namespaceColumn();
[[nodiscard]] Column contextColumn();
[[nodiscard]] Column ageColumn();

/// What every kind is searched by: name, namespace, labels.
void appendMetaText(const kube::Object& object, std::string& text);

/// Key that keeps "Age" ascending = youngest first; objects without a time come last.
[[nodiscard]] SortKey ageKey(std::optional<Instant> time);
/// Age for filters; nullopt without a time.
[[nodiscard]] std::optional<double> ageSeconds(const kube::Object& object, Instant now);
/// "5m", empty without a time.
[[nodiscard]] QString ageOrNothing(std::optional<Instant> time, const CellContext& context);
[[nodiscard]] QString isoOrNothing(std::optional<Instant> time, const CellContext& context);
[[nodiscard]] QString dateOrNothing(std::optional<Instant> time, const CellContext& context);

}  // namespace quarterdeck::ui
