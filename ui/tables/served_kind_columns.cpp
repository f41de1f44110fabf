#include <QCoreApplication>
#include <QStringList>

#include "app/kube/served_kind.h"
#include "ui/tables/common_columns.h"
#include "ui/tables/table_specs.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

using Texts = std::vector<std::string>;

const kube::ServedKind& served(const kube::Object& object) {
    return static_cast<const kube::ServedKind&>(object);
}

std::string shown(std::string_view text) {
    return escapeForDisplay(text, 300);
}

std::string joined(const Texts& texts, const char* between) {
    std::string all;
    for (const std::string& text : texts) {
        all += (all.empty() ? "" : between) + shown(text);
    }
    return all;
}

/// A column of plain text that sorts as it reads.
template <std::string (*read)(const kube::ServedKind&)>
Column textColumn(const char* id, const char* title, widgets::ColumnSpec layout, bool muted = false) {
    Column column;
    column.id = id;
    column.title = title;
    column.text = [](const kube::Object& object, const CellContext&) { return fromUtf8(read(served(object))); };
    column.tooltip = column.text;
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) { return SortKey(read(served(object))); };
    column.layout = layout;
    if (muted) {
        column.muted = [](const kube::Object&) { return true; };
    }
    return column;
}

std::string kindOf(const kube::ServedKind& kind) {
    return shown(kind.resource.type.kind);
}
std::string resourceOf(const kube::ServedKind& kind) {
    return shown(kind.resource.type.resource);
}
std::string groupOf(const kube::ServedKind& kind) {
    return kind.resource.type.group.empty() ? "core" : shown(kind.resource.type.group);
}
std::string versionOf(const kube::ServedKind& kind) {
    return shown(kind.resource.type.version);
}
std::string shortOf(const kube::ServedKind& kind) {
    return joined(kind.resource.shortNames, ", ");
}
std::string categoriesOf(const kube::ServedKind& kind) {
    return joined(kind.resource.categories, ", ");
}
std::string verbsOf(const kube::ServedKind& kind) {
    return joined(kind.resource.verbs, " ");
}
std::string partsOf(const kube::ServedKind& kind) {
    Texts names;
    for (const kube::Subresource& sub : kind.resource.subresources) {
        names.push_back(sub.name);
    }
    return joined(names, ", ");
}
std::string contextsOf(const kube::ServedKind& kind) {
    return joined(kind.contexts, ", ");
}

Column scopeColumn() {
    Column column = textColumn<kindOf>("scope", QT_TRANSLATE_NOOP("Column", "Namespaced"),
                                       {72, 96, 0, widgets::ColumnSpec::Elide::Right, kFoldsSecond});
    column.text = [](const kube::Object& object, const CellContext&) {
        return served(object).resource.type.namespaced ? QCoreApplication::translate("Cell", "yes")
                                                       : QCoreApplication::translate("Cell", "no");
    };
    column.tooltip = nullptr;
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(static_cast<std::int64_t>(served(object).resource.type.namespaced ? 0 : 1));
    };
    return column;
}

/// One by name, several by their number: most kinds are served everywhere.
Column contextsColumn() {
    Column column = textColumn<contextsOf>("contexts", QT_TRANSLATE_NOOP("Column", "Served by"),
                                           {96, 150, 1, widgets::ColumnSpec::Elide::Middle, kFoldsSecond}, true);
    column.copyText = column.text;
    column.text = [](const kube::Object& object, const CellContext&) {
        const kube::ServedKind& kind = served(object);
        return kind.contexts.size() > 1
                   ? QCoreApplication::translate("Cell", "%n contexts", nullptr, static_cast<int>(kind.contexts.size()))
                   : fromUtf8(contextsOf(kind));
    };
    return column;
}

/// What one can do with it here.
Column tableColumn() {
    Column column = scopeColumn();
    column.id = "table";
    column.title = QT_TRANSLATE_NOOP("Column", "Table");
    column.text = [](const kube::Object& object, const CellContext&) {
        const kube::ServedKind& kind = served(object);
        return kind.stale                    ? QCoreApplication::translate("Cell", "no answer")
               : kind.resource.isWatchable() ? QCoreApplication::translate("Cell", "live")
               : kind.resource.isListable()  ? QCoreApplication::translate("Cell", "polled")
                                             : QCoreApplication::translate("Cell", "none");
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        const kube::ServedKind& kind = served(object);
        return kind.stale ? QCoreApplication::translate("Cell", "The server behind this group is away")
               : kind.resource.isWatchable()
                   ? QCoreApplication::translate("Cell", "Enter opens its objects as a live table")
               : kind.resource.isListable()
                   ? QCoreApplication::translate("Cell", "Enter opens its objects as a table that is read now and then")
                   : QCoreApplication::translate("Cell", "Its objects cannot be listed");
    };
    column.tone = [](const kube::Object& object) {
        const kube::ServedKind& kind = served(object);
        return kind.stale ? widgets::Tone::Unknown : widgets::Tone::None;
    };
    column.muted = [](const kube::Object& object) { return !served(object).resource.isListable(); };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        const kube::ServedKind& kind = served(object);
        return SortKey(
            static_cast<std::int64_t>(kind.stale ? 0 : 1 + kind.resource.isListable() + kind.resource.isWatchable()));
    };
    column.layout = {72, 96, 0, widgets::ColumnSpec::Elide::Right, kFoldsLast};
    return column;
}

}  // namespace

const TableSpec& servedKindTable() {
    using Elide = widgets::ColumnSpec::Elide;
    static const TableSpec table{
        "kinds",
        &kube::servedKinds(),
        {textColumn<kindOf>("kind", QT_TRANSLATE_NOOP("Column", "Kind"), {120, 190, 2, Elide::Right}),
         textColumn<resourceOf>("name", QT_TRANSLATE_NOOP("Column", "Name"), {120, 190, 2, Elide::Middle, kFoldsLast}),
         textColumn<groupOf>("group", QT_TRANSLATE_NOOP("Column", "Group"), {80, 170, 2, Elide::Middle, kFoldsSecond},
                             true),
         textColumn<versionOf>("version", QT_TRANSLATE_NOOP("Column", "Version"),
                               {56, 76, 0, Elide::Right, kFoldsSecond}, true),
         textColumn<shortOf>("short", QT_TRANSLATE_NOOP("Column", "Short names"),
                             {64, 104, 0, Elide::Right, kFoldsFirst}),
         scopeColumn(), tableColumn(),
         textColumn<verbsOf>("verbs", QT_TRANSLATE_NOOP("Column", "Verbs"), {96, 160, 2, Elide::Right, kFoldsFirst},
                             true),
         contextsColumn(),
         [] {
             Column column = textColumn<categoriesOf>("categories", QT_TRANSLATE_NOOP("Column", "Categories"),
                                                      {64, 96, 0, Elide::Right, kFoldsFirst}, true);
             column.hidden = true;
             return column;
         }(),
         [] {
             Column column = textColumn<partsOf>("parts", QT_TRANSLATE_NOOP("Column", "Subresources"),
                                                 {80, 140, 0, Elide::Right, kFoldsFirst}, true);
             column.hidden = true;
             return column;
         }()},
        {"kind", false},
        [](const kube::Object& object, std::string& text) {
            const kube::ServedKind& kind = served(object);
            text += kind.meta.name;
            for (const std::string& part : {kind.resource.type.kind, kind.resource.singular, groupOf(kind),
                                            shortOf(kind), categoriesOf(kind), contextsOf(kind)}) {
                text += '\n';
                text += part;
            }
        },
        [](const kube::Object& object) {
            const kube::ServedKind& kind = served(object);
            return std::string(kind.stale                    ? "no answer"
                               : kind.resource.isWatchable() ? "live"
                               : kind.resource.isListable()  ? "polled"
                                                             : "none");
        },
        nullptr,
        nullptr,
        {},
        nullptr,
        nullptr,
        {},
        false,
        true,
    };
    return table;
}

}  // namespace quarterdeck::ui
