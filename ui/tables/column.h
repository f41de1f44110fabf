#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <QString>

#include "app/kube/kind_descriptor.h"
#include "app/kube/object.h"
#include "ui/location.h"
#include "ui/tables/filter_numbers.h"
#include "ui/text/time_display.h"
#include "widgets/sparkline.h"
#include "widgets/table_view.h"
#include "widgets/theme.h"

namespace quarterdeck::ui {

/// What a column sorts by. All rows give the same alternative; texts are compared byte by byte.
using SortKey = std::variant<std::int64_t, double, std::string>;

/// What a cell may know beside its object.
struct CellContext {
    const kube::ContextId& context;
    /// Time as the row's server tells it.
    Instant now;
    ZoneChoice zone = ZoneChoice::Local;
};

/// What a column gives way to where the room is short, as ColumnSpec::fold: what tells the state of a thing goes last,
/// its name never.
inline constexpr int kFoldsLast = 1;
inline constexpr int kFoldsSecond = 2;
inline constexpr int kFoldsFirst = 3;

/// A column as data. The functions are pure, and hold values only where they hold any; sortKey runs on a worker thread,
/// the others on the interface thread for visible rows only. Null where there is nothing to say.
struct Column {
    /// Stable: locations, settings and the CSV know columns by it.
    const char* id = "";
    /// English, marked by QT_TRANSLATE_NOOP("Column", …).
    const char* title = "";
    std::function<QString(const kube::Object&, const CellContext&)> text;
    std::function<SortKey(const kube::Object&, const kube::ContextId&)> sortKey;
    Qt::AlignmentFlag alignment = Qt::AlignLeft;
    widgets::ColumnSpec layout{};
    std::function<widgets::Tone(const kube::Object&)> tone;
    /// Where the tone says it by colour and weight, not by an icon (a red number).
    bool toneWithoutIcon = false;
    /// Lucide name instead of the tone's own.
    QString (*icon)(const kube::Object&) = nullptr;
    bool (*emphasised)(const kube::Object&) = nullptr;
    bool (*muted)(const kube::Object&) = nullptr;
    std::function<QString(const kube::Object&, const CellContext&)> tooltip;
    /// What Ctrl+C and the CSV take: ISO 8601, plain numbers. Null: as `text`.
    std::function<QString(const kube::Object&, const CellContext&)> copyText;
    /// Changes with time alone.
    bool ticking = false;
    /// The first click on its header sorts downwards (restarts: most first).
    bool descendingFirst = false;
    /// Not shown until the person asks for it in the column chooser.
    bool hidden = false;
    /// A small chart or a share that stands before the text; nullopt: none.
    std::optional<widgets::Sparkline> (*sparkline)(const kube::Object&) = nullptr;
    std::optional<widgets::Bar> (*bar)(const kube::Object&) = nullptr;
};

/// A kind as a table.
struct TableSpec {
    /// Id of its page: "pods".
    std::string id;
    const kube::KindDescriptor* kind = nullptr;
    std::vector<Column> columns;
    SortOrder defaultSort;
    /// Appends what plain filter words look in; folded by the caller. Worker thread.
    void (*searchText)(const kube::Object&, std::string&) = nullptr;
    /// Status word as shown. Worker thread.
    std::string (*status)(const kube::Object&) = nullptr;
    /// Counted in the header ("54 ready"); null where the kind knows no readiness. Worker thread.
    bool (*ready)(const kube::Object&) = nullptr;
    /// Node that node: looks at; null where the kind runs on none. Worker thread, as is `number`.
    std::string_view (*node)(const kube::Object&) = nullptr;
    /// What comparisons such as restarts>3 can be about.
    std::vector<NumberField> numbers{};
    NumberOf number = nullptr;
    /// From when to when it was seen, for kinds that a time range narrows; nullopt for an object that does not tell.
    /// Worker thread.
    std::optional<TimeSpan> (*seen)(const kube::Object&) = nullptr;
    /// Name of the page where its words are not among tableWords(): kinds that a cluster brings along.
    std::string title{};
    /// Whether the rows tell how they fare: then the header counts it and offers only the faults.
    bool hasHealth = true;
    /// A row stands for an object of several contexts: the header counts those that are shown.
    bool spansContexts = false;
    /// The API group, where several kinds may bear that title: stands beside it.
    std::string group{};

    /// Index of a column; -1 where missing.
    [[nodiscard]] int columnIndex(std::string_view columnId) const;
};

[[nodiscard]] widgets::Tone toneOf(kube::Health health);

}  // namespace quarterdeck::ui
