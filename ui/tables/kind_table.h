#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "app/kube/served_kind.h"
#include "app/kube/table.h"
#include "ui/tables/column.h"

namespace quarterdeck::ui {

/// A discovered kind as a table, with what its spec points to. Stays where it is.
struct KindTable {
    kube::KindDescriptor kind;
    TableSpec spec;
    std::deque<std::string> texts;

    KindTable() = default;
    KindTable(const KindTable&) = delete;
    KindTable& operator=(const KindTable&) = delete;
};

using ColumnSet = std::vector<std::shared_ptr<const kube::TableColumns>>;

/// Name, namespace and context are ours, and the age where the server has the standard column of it; the rest are the
/// server's columns, those of several servers together by name. The spec's id is "kind/" and the qualified name.
[[nodiscard]] std::unique_ptr<KindTable> makeKindTable(const kube::ResourceType& type, const ColumnSet& columns);

/// The union of the server's columns by name, in the order in which they are met; which are ours is not looked at.
[[nodiscard]] kube::TableColumns unionOf(const ColumnSet& columns);

/// "Certificates", "ConfigMaps", "NetworkPolicies": the plural as people write it.
[[nodiscard]] std::string pluralTitle(const kube::ResourceType& type);

/// What every server column says of the row, hidden ones too: title and text, made safe to show.
struct NamedCell {
    QString title;
    QString text;
    std::string raw;
    QString description;
};
[[nodiscard]] std::vector<NamedCell> namedCells(const kube::TableRow& row);

}  // namespace quarterdeck::ui
