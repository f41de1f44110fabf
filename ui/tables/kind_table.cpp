#include "ui/tables/kind_table.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <map>

#include <QLocale>

#include "app/base/quantity.h"
#include "app/base/time_text.h"
#include "app/kinds/table_kind.h"
#include "ui/tables/common_columns.h"
#include "ui/tables/filter_expression.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

using kube::TableCell;
using kube::TableColumn;
using kube::TableRow;

namespace {

constexpr std::size_t kShownBytes = 400;

const TableRow& row(const kube::Object& object) {
    return static_cast<const TableRow&>(object);
}

bool isName(const TableColumn& column) {
    return column.format == "name" || foldCase(column.name) == "name";
}

/// The standard column of the time of creation, which servers write as an age of the moment of the list.
bool isAge(const TableColumn& column) {
    const std::string name = foldCase(column.name);
    return name == "age" || name == "created at";
}

bool isNumber(const TableColumn& column) {
    return column.type == "integer" || column.type == "number";
}

std::string shown(std::string_view text) {
    return escapeForDisplay(text, kShownBytes);
}

/// Which column of a row: its name, and which of those that have this name.
struct ColumnName {
    std::string name;
    int nth = 0;
};

const TableCell* cellOf(const TableRow& row, const ColumnName& wanted) {
    int nth = wanted.nth;
    for (std::size_t i = 0; i < row.columns->size() && i < row.cells.size(); ++i) {
        if ((*row.columns)[i].name == wanted.name && nth-- == 0) {
            return &row.cells[i];
        }
    }
    return nullptr;
}

double numberOf(const TableCell* cell) {
    constexpr double kNone = -std::numeric_limits<double>::infinity();
    if (cell == nullptr) {
        return kNone;
    }
    if (const auto* whole = std::get_if<std::int64_t>(cell)) {
        return static_cast<double>(*whole);
    }
    const auto* number = std::get_if<double>(cell);
    return number == nullptr ? kNone : *number;
}

/// Seconds of "3d4h" and of a moment alike; younger is less. What is neither comes last.
double secondsOf(const TableCell* cell) {
    const std::string text = cell == nullptr ? std::string() : kube::cellText(*cell);
    if (const auto moment = parseRfc3339(text)) {
        return -std::chrono::duration<double>(moment->time_since_epoch()).count();
    }
    return parseDuration(text).value_or(std::numeric_limits<double>::infinity());
}

QString textOf(const TableCell* cell) {
    if (cell == nullptr) {
        return {};
    }
    if (const auto* whole = std::get_if<std::int64_t>(cell)) {
        return QLocale().toString(static_cast<qlonglong>(*whole));
    }
    return fromUtf8(shown(kube::cellText(*cell)));
}

/// Sorts "9" before "10" and "2/3" before "10/10": servers call many counts texts.
std::string naturalKey(const std::string& text) {
    constexpr std::size_t kDigits = 20;
    std::string key;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) {
            ++end;
        }
        if (end == i) {
            key += text[i++];
            continue;
        }
        key.append(kDigits - std::min(kDigits, end - i), '0').append(text, i, end - i);
        i = end;
    }
    return key;
}

/// Text of a column: a length of time ("3d4h") or a quantity ("500Mi") by what it amounts to, in thousandths; all else
/// by its words and counts. "5m" are minutes, except where the title speaks of processors.
std::string textKey(const std::string& text, bool processors) {
    std::optional<std::int64_t> thousandths;
    if (const auto seconds = processors ? std::nullopt : parseDuration(text)) {
        thousandths = static_cast<std::int64_t>(std::min(*seconds, 1e15) * 1000);
    } else if (const auto quantity = Quantity::parse(text)) {
        thousandths = quantity->milli();
    }
    if (!thousandths || *thousandths < 0) {
        return naturalKey(text);
    }
    // Before the point as a count is written, so that both kinds of text stand in one order.
    return naturalKey(std::to_string(*thousandths / 1000)) + '.' + naturalKey(std::to_string(*thousandths % 1000));
}

/// The first sentence: descriptions of built-in kinds fill a page.
std::string firstSentence(std::string_view text) {
    constexpr std::size_t kLongest = 200;
    const std::size_t end = std::min({text.find('\n'), text.find(". "), text.size()});
    return escapeForDisplay(text.substr(0, end), kLongest);
}

/// Ids go into settings and links: letters, digits and underscores, each once.
std::string idOf(const std::string& name, const std::vector<Column>& others) {
    std::string id;
    for (const char c : foldCase(name)) {
        id += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    }
    const auto taken = [&](const std::string& wanted) {
        return std::any_of(others.begin(), others.end(), [&](const Column& other) { return other.id == wanted; });
    };
    std::string unique = "of_" + id;
    for (int n = 2; taken(unique); ++n) {
        unique = "of_" + id + "_" + std::to_string(n);
    }
    return unique;
}

Column serverColumn(const TableColumn& from, int nth, KindTable& table) {
    const ColumnName name{from.name, nth};
    Column column;
    column.id = table.texts.emplace_back(idOf(from.name, table.spec.columns)).c_str();
    column.title = table.texts.emplace_back(shown(from.name)).c_str();
    column.text = [name](const kube::Object& object, const CellContext&) { return textOf(cellOf(row(object), name)); };
    column.copyText = [name](const kube::Object& object, const CellContext&) {
        const TableCell* cell = cellOf(row(object), name);
        return cell == nullptr ? QString() : fromUtf8(kube::cellText(*cell));
    };
    const std::string description = firstSentence(from.description);
    column.tooltip = [name, description](const kube::Object& object, const CellContext&) {
        const QString text = textOf(cellOf(row(object), name));
        return description.empty() || text.isEmpty() ? text : text + QLatin1Char('\n') + fromUtf8(description);
    };
    if (isNumber(from)) {
        column.sortKey = [name](const kube::Object& object, const kube::ContextId&) {
            return SortKey(numberOf(cellOf(row(object), name)));
        };
        column.alignment = Qt::AlignRight;
        column.layout = {56, 84, 0, widgets::ColumnSpec::Elide::Right, kFoldsSecond};
        column.descendingFirst = true;
    } else if (from.type == "date") {
        column.sortKey = [name](const kube::Object& object, const kube::ContextId&) {
            return SortKey(secondsOf(cellOf(row(object), name)));
        };
        column.muted = [](const kube::Object&) { return true; };
        column.layout = {64, 110, 0, widgets::ColumnSpec::Elide::Right, kFoldsSecond};
    } else {
        const bool processors = foldCase(from.name).find("cpu") != std::string::npos;
        column.sortKey = [name, processors](const kube::Object& object, const kube::ContextId&) {
            const TableCell* cell = cellOf(row(object), name);
            return SortKey(cell == nullptr ? std::string() : textKey(kube::cellText(*cell), processors));
        };
        column.layout = {72, 130, 2, widgets::ColumnSpec::Elide::Right, kFoldsSecond};
    }
    if (kinds::tellsHealth({from})) {
        column.layout.fold = kFoldsLast;
        column.tone = [name](const kube::Object& object) {
            const TableCell* cell = cellOf(row(object), name);
            return cell == nullptr ? widgets::Tone::None : toneOf(object.health);
        };
        column.layout.stretch = 0;
    }
    column.hidden = from.priority > 0;
    constexpr int kLetter = 8;
    constexpr int kWidestTitle = 200;
    const int title = std::min(kWidestTitle, 28 + kLetter * static_cast<int>(from.name.size()));
    column.layout.preferred = std::max(column.layout.preferred, title);
    return column;
}

void appendText(const kube::Object& object, std::string& text) {
    appendMetaText(object, text);
    for (const TableCell& cell : row(object).cells) {
        text += '\n';
        text += kube::cellText(cell);
    }
}

std::string statusText(const kube::Object& object) {
    const TableRow& one = row(object);
    std::string text;
    for (std::size_t i = 0; i < one.columns->size() && i < one.cells.size(); ++i) {
        if (kinds::tellsHealth({(*one.columns)[i]})) {
            text += (text.empty() ? "" : "\n") + kube::cellText(one.cells[i]);
        }
    }
    return text;
}

}  // namespace

kube::TableColumns unionOf(const ColumnSet& columns) {
    kube::TableColumns all;
    for (const auto& set : columns) {
        std::map<std::string, long> met;
        for (const TableColumn& column : *set) {
            const long nth = met[column.name]++;
            const long known =
                std::count_if(all.begin(), all.end(), [&](const TableColumn& one) { return one.name == column.name; });
            if (known <= nth) {
                all.push_back(column);
            }
        }
    }
    return all;
}

std::unique_ptr<KindTable> makeKindTable(const kube::ResourceType& type, const ColumnSet& columns) {
    const kube::TableColumns all = unionOf(columns);
    auto table = std::make_unique<KindTable>();
    table->kind = kinds::tableKind(type);
    TableSpec& spec = table->spec;
    spec.id = "kind/" + kube::qualifiedName(type);
    spec.title = pluralTitle(type);
    // Kubernetes' own first groups (apps, batch, …) have no dot and nothing that others are called.
    spec.group = type.group.find('.') != std::string::npos ? shown(type.group) : std::string();
    spec.kind = &table->kind;
    spec.columns.push_back(nameColumn(QT_TRANSLATE_NOOP("Column", "Name")));
    if (type.namespaced) {
        spec.columns.push_back(namespaceColumn());
    }
    spec.columns.push_back(contextColumn());
    std::map<std::string, int> met;
    bool hasAge = all.empty();
    for (const TableColumn& column : all) {
        const int nth = met[column.name]++;
        if (isAge(column)) {
            hasAge = true;
        } else if (!isName(column)) {
            spec.columns.push_back(serverColumn(column, nth, *table));
        }
    }
    spec.columns.push_back(ageColumn());
    spec.columns.back().hidden = !hasAge;
    spec.defaultSort = {"name", false};
    spec.searchText = appendText;
    spec.status = statusText;
    spec.hasHealth = kinds::tellsHealth(all);
    spec.numbers = {NumberField::Age};
    spec.number = [](const kube::Object& object, NumberField field, Instant now) -> std::optional<double> {
        return field == NumberField::Age ? ageSeconds(object, now) : std::nullopt;
    };
    return table;
}

std::string pluralTitle(const kube::ResourceType& type) {
    const std::string& kind = type.kind;
    const std::string folded = foldCase(kind);
    const std::string stem = kind.substr(0, kind.empty() ? 0 : kind.size() - 1);
    for (const auto& [begin, end] : {std::pair{kind, "s"}, {kind, "es"}, {stem, "ies"}, {kind, ""}}) {
        if (foldCase(begin) + end == type.resource) {
            return shown(begin + end);
        }
    }
    std::string title = type.resource;
    if (!title.empty()) {
        title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
    }
    return shown(title);
}

std::vector<NamedCell> namedCells(const TableRow& row) {
    std::vector<NamedCell> cells;
    for (std::size_t i = 0; i < row.columns->size() && i < row.cells.size(); ++i) {
        const TableColumn& column = (*row.columns)[i];
        if (!isName(column) && !isAge(column)) {
            cells.push_back({fromUtf8(shown(column.name)), textOf(&row.cells[i]), kube::cellText(row.cells[i]),
                             fromUtf8(firstSentence(column.description))});
        }
    }
    return cells;
}

}  // namespace quarterdeck::ui
