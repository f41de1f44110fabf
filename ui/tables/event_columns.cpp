#include <chrono>

#include <QCoreApplication>
#include <QLocale>

#include "app/kinds/event.h"
#include "ui/tables/common_columns.h"
#include "ui/tables/table_specs.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

const kinds::Event& event(const kube::Object& object) {
    return static_cast<const kinds::Event&>(object);
}

std::string subject(const kinds::Event& one, char between) {
    return one.subject.kind.empty() ? one.subject.name : one.subject.kind.str() + between + one.subject.name;
}

/// As kubectl writes it: to search, to copy and to sort by.
std::string subject(const kinds::Event& one) {
    return subject(one, '/');
}

bool always(const kube::Object&) {
    return true;
}

template <std::optional<Instant> kinds::Event::*time>
Column seenColumn(const char* id, const char* title) {
    Column column;
    column.id = id;
    column.title = title;
    column.text = [](const kube::Object& object, const CellContext& context) {
        return ageOrNothing(event(object).*time, context);
    };
    column.copyText = [](const kube::Object& object, const CellContext& context) {
        return isoOrNothing(event(object).*time, context);
    };
    column.tooltip = [](const kube::Object& object, const CellContext& context) {
        return dateOrNothing(event(object).*time, context);
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) { return ageKey(event(object).*time); };
    column.muted = always;
    column.alignment = Qt::AlignRight;
    const int fold = time == &kinds::Event::lastSeen ? kFoldsLast : kFoldsFirst;
    column.layout = {80, 84, 0, widgets::ColumnSpec::Elide::Right, fold};
    column.ticking = true;
    return column;
}

Column typeColumn() {
    Column column;
    column.id = "type";
    column.title = QT_TRANSLATE_NOOP("Column", "Type");
    column.text = [](const kube::Object& object, const CellContext&) {
        return event(object).warning ? QCoreApplication::translate("Cell", "Warning")
                                     : QCoreApplication::translate("Cell", "Normal");
    };
    column.copyText = [](const kube::Object& object, const CellContext&) { return fromUtf8(event(object).type); };
    // Warnings first, then the latest: within one type the key falls with time.
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        constexpr double kFarPast = 1e15;  // beyond every time in milliseconds
        const auto seen = event(object).lastSeen;
        const double time = seen ? static_cast<double>(seen->time_since_epoch().count()) : 0.0;
        return SortKey((event(object).warning ? 0.0 : kFarPast) - time);
    };
    column.tone = [](const kube::Object& object) {
        return event(object).warning ? widgets::Tone::Warning : widgets::Tone::Info;
    };
    column.muted = [](const kube::Object& object) { return !event(object).warning; };
    column.layout = {84, 96, 0, widgets::ColumnSpec::Elide::Right};
    return column;
}

Column reasonColumn() {
    Column column;
    column.id = "reason";
    column.title = QT_TRANSLATE_NOOP("Column", "Reason");
    column.text = [](const kube::Object& object, const CellContext&) { return fromUtf8(event(object).reason); };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(event(object).reason.str());
    };
    column.layout = {96, 140, 0, widgets::ColumnSpec::Elide::Right};
    return column;
}

Column subjectColumn() {
    Column column;
    column.id = "object";
    column.title = QT_TRANSLATE_NOOP("Column", "Object");
    column.text = [](const kube::Object& object, const CellContext&) { return fromUtf8(subject(event(object), ' ')); };
    column.copyText = [](const kube::Object& object, const CellContext&) { return fromUtf8(subject(event(object))); };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        const kinds::Event& one = event(object);
        return fromUtf8(one.subject.nameSpace.empty() ? subject(one)
                                                      : one.subject.nameSpace.str() + ": " + subject(one));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) { return SortKey(subject(event(object))); };
    column.layout = {140, 220, 2, widgets::ColumnSpec::Elide::Middle};
    return column;
}

Column messageColumn() {
    Column column;
    column.id = "message";
    column.title = QT_TRANSLATE_NOOP("Column", "Message");
    // One line; what the cluster wrote is shown, never obeyed.
    column.text = [](const kube::Object& object, const CellContext&) {
        return fromUtf8(escapeForDisplay(event(object).message));
    };
    column.tooltip = column.text;
    column.copyText = [](const kube::Object& object, const CellContext&) { return fromUtf8(event(object).message); };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) { return SortKey(event(object).message); };
    column.layout = {160, 250, 5, widgets::ColumnSpec::Elide::Right, kFoldsLast};
    return column;
}

Column reporterColumn() {
    Column column;
    column.id = "reporter";
    column.title = QT_TRANSLATE_NOOP("Column", "Reporter");
    column.text = [](const kube::Object& object, const CellContext&) { return fromUtf8(event(object).component); };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        const kinds::Event& one = event(object);
        return one.host.empty()
                   ? fromUtf8(one.component)
                   : QCoreApplication::translate("Cell", "%1 on %2").arg(fromUtf8(one.component), fromUtf8(one.host));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(event(object).component.str());
    };
    column.muted = always;
    column.layout = {64, 96, 0, widgets::ColumnSpec::Elide::Right, kFoldsFirst};
    return column;
}

Column countColumn() {
    Column column;
    column.id = "count";
    column.title = QT_TRANSLATE_NOOP("Column", "Count");
    column.text = [](const kube::Object& object, const CellContext&) {
        return QLocale().toString(event(object).count);
    };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        return QString::number(event(object).count);
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(static_cast<std::int64_t>(event(object).count));
    };
    column.alignment = Qt::AlignRight;
    column.layout = {60, 60, 0, widgets::ColumnSpec::Elide::Right, kFoldsLast};
    column.descendingFirst = true;
    return column;
}

}  // namespace

const TableSpec& eventTable() {
    static const TableSpec table{
        "events",
        &kinds::eventKind(),
        {typeColumn(), reasonColumn(), subjectColumn(), contextColumn(), namespaceColumn(), countColumn(),
         seenColumn<&kinds::Event::lastSeen>("seen", QT_TRANSLATE_NOOP("Column", "Last seen")),
         seenColumn<&kinds::Event::firstSeen>("first", QT_TRANSLATE_NOOP("Column", "First seen")), messageColumn(),
         reporterColumn()},
        {"type", false},
        [](const kube::Object& object, std::string& text) {
            const kinds::Event& one = event(object);
            text += one.meta.nameSpace.view();
            for (const std::string& part : {one.type.str(), one.reason.str(), subject(one), one.message}) {
                text += '\n';
                text += part;
            }
        },
        [](const kube::Object& object) { return event(object).type.str() + '\n' + event(object).reason.str(); },
        nullptr,
        nullptr,
        {NumberField::Age, NumberField::Count},
        [](const kube::Object& object, NumberField field, Instant now) -> std::optional<double> {
            const kinds::Event& one = event(object);
            if (field == NumberField::Count) {
                return one.count;
            }
            if (field != NumberField::Age || !one.lastSeen) {
                return std::nullopt;
            }
            return std::chrono::duration<double>(now - *one.lastSeen).count();
        },
        [](const kube::Object& object) -> std::optional<TimeSpan> {
            const kinds::Event& one = event(object);
            const auto last = one.lastSeen ? one.lastSeen : one.firstSeen;
            return last ? std::optional(TimeSpan{one.firstSeen.value_or(*last), *last}) : std::nullopt;
        },
    };
    return table;
}

}  // namespace quarterdeck::ui
