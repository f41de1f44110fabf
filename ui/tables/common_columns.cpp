#include "ui/tables/common_columns.h"

#include <chrono>
#include <limits>

#include <QtGlobal>

#include "ui/text/error_text.h"

namespace quarterdeck::ui {

Column nameColumn(const char* title) {
    Column column;
    column.id = "name";
    column.title = title;
    column.text = [](const kube::Object& object, const CellContext&) { return fromUtf8(object.meta.name); };
    column.tooltip = [](const kube::Object& object, const CellContext&) { return fromUtf8(object.path()); };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) { return SortKey(object.meta.name); };
    column.layout = {160, 230, 4, widgets::ColumnSpec::Elide::Middle};
    return column;
}

Column namespaceColumn() {
    Column column;
    column.id = "namespace";
    column.title = QT_TRANSLATE_NOOP("Column", "Namespace");
    column.text = [](const kube::Object& object, const CellContext&) { return fromUtf8(object.meta.nameSpace); };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(object.meta.nameSpace.str());
    };
    column.muted = [](const kube::Object&) { return true; };
    column.layout = {92, 110, 1, widgets::ColumnSpec::Elide::Middle, kFoldsSecond};
    return column;
}

Column contextColumn() {
    Column column;
    column.id = "context";
    column.title = QT_TRANSLATE_NOOP("Column", "Context");
    column.text = [](const kube::Object&, const CellContext& context) { return fromUtf8(context.context); };
    column.sortKey = [](const kube::Object&, const kube::ContextId& context) { return SortKey(context); };
    column.muted = [](const kube::Object&) { return true; };
    column.layout = {104, 124, 1, widgets::ColumnSpec::Elide::Middle, kFoldsSecond};
    return column;
}

Column ageColumn() {
    Column column;
    column.id = "age";
    column.title = QT_TRANSLATE_NOOP("Column", "Age");
    column.text = [](const kube::Object& object, const CellContext& context) {
        return ageOrNothing(object.meta.creation, context);
    };
    column.copyText = [](const kube::Object& object, const CellContext& context) {
        return isoOrNothing(object.meta.creation, context);
    };
    column.tooltip = [](const kube::Object& object, const CellContext& context) {
        return dateOrNothing(object.meta.creation, context);
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) { return ageKey(object.meta.creation); };
    column.muted = [](const kube::Object&) { return true; };
    column.alignment = Qt::AlignRight;
    column.layout = {56, 64, 0, widgets::ColumnSpec::Elide::Right, kFoldsLast};
    column.ticking = true;
    return column;
}

void appendMetaText(const kube::Object& object, std::string& text) {
    text += object.meta.name;
    text += '\n';
    text += object.meta.nameSpace.view();
    for (const auto& [key, value] : object.meta.labels) {
        text += '\n';
        text += key.view();
        text += '=';
        text += value.view();
    }
}

SortKey ageKey(std::optional<Instant> time) {
    return time ? SortKey(-static_cast<std::int64_t>(time->time_since_epoch().count()))
                : SortKey(std::numeric_limits<std::int64_t>::max());
}

std::optional<double> ageSeconds(const kube::Object& object, Instant now) {
    if (!object.meta.creation) {
        return std::nullopt;
    }
    return std::chrono::duration<double>(now - *object.meta.creation).count();
}

QString ageOrNothing(std::optional<Instant> time, const CellContext& context) {
    return time ? ageText(*time, context.now) : QString();
}

QString isoOrNothing(std::optional<Instant> time, const CellContext& context) {
    return time ? isoTime(*time, context.zone) : QString();
}

QString dateOrNothing(std::optional<Instant> time, const CellContext& context) {
    // For tooltips: both forms, so that a person can read and compare.
    return time ? dateAndTime(*time, context.zone) + QStringLiteral("\n") + isoTime(*time, context.zone) : QString();
}

}  // namespace quarterdeck::ui
