#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "app/kinds/node.h"
#include "app/kinds/node_status.h"
#include "ui/tables/common_columns.h"
#include "ui/tables/pod_resources.h"
#include "ui/tables/table_specs.h"
#include "ui/text/error_text.h"
#include "ui/text/quantity_text.h"

namespace quarterdeck::ui {

namespace {

const kinds::Node& node(const kube::Object& object) {
    return static_cast<const kinds::Node&>(object);
}

bool always(const kube::Object&) {
    return true;
}

/// "Ready", "Not ready", "Unknown" (its kubelet is silent), and "Cordoned" as a word of its own.
QString statusWords(const kinds::Node& one) {
    const kinds::NodeCondition* ready = one.condition("Ready");
    QString words = ready == nullptr || ready->status == kinds::ConditionStatus::Unknown
                        ? QCoreApplication::translate("NodeStatus", "Unknown")
                    : ready->status == kinds::ConditionStatus::True
                        ? QCoreApplication::translate("NodeStatus", "Ready")
                        : QCoreApplication::translate("NodeStatus", "Not ready");
    if (one.unschedulable) {
        words += QStringLiteral(", ") + QCoreApplication::translate("NodeStatus", "Cordoned");
    }
    return words;
}

Column statusColumn() {
    Column column;
    column.id = "status";
    column.title = QT_TRANSLATE_NOOP("Column", "Status");
    column.text = [](const kube::Object& object, const CellContext&) { return statusWords(node(object)); };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        return fromUtf8(kinds::nodeStatus(node(object)));
    };
    column.tooltip = [](const kube::Object& object, const CellContext& context) {
        const kinds::NodeCondition* ready = node(object).condition("Ready");
        QString words = fromUtf8(kinds::nodeStatus(node(object)));
        if (ready == nullptr || !ready->since.hasValue()) {
            return words;
        }
        const QString reason = ready->reason.empty() ? QString() : QStringLiteral(", ") + fromUtf8(ready->reason);
        return words + reason + QStringLiteral("\n") +
               QCoreApplication::translate("Cell", "since %1").arg(dateOrNothing(ready->since.get(), context));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(std::int64_t{kube::healthRank(object.health)});
    };
    column.tone = [](const kube::Object& object) { return toneOf(object.health); };
    column.muted = [](const kube::Object& object) { return object.health == kube::Health::Good; };
    column.layout = {92, 108, 0, widgets::ColumnSpec::Elide::Right};
    return column;
}

/// What is wrong with it, beside its readiness: conditions that should be False, or a silent kubelet.
QString problems(const kinds::Node& one, const CellContext& context) {
    QStringList words;
    const kinds::NodeCondition* ready = one.condition("Ready");
    if (ready != nullptr && ready->status == kinds::ConditionStatus::Unknown) {
        words += QCoreApplication::translate("Cell", "silent for %1").arg(ageOrNothing(ready->since.get(), context));
    } else if (ready != nullptr && ready->status == kinds::ConditionStatus::False) {
        words += fromUtf8(ready->reason.empty() ? std::string_view("NotReady") : ready->reason.view());
    }
    for (const std::string_view pressure : kinds::nodePressures(one)) {
        words += fromUtf8(pressure);
    }
    return words.join(QStringLiteral(", "));
}

Column conditionsColumn() {
    Column column;
    column.id = "conditions";
    column.title = QT_TRANSLATE_NOOP("Column", "Conditions");
    column.text = [](const kube::Object& object, const CellContext& context) {
        return problems(node(object), context);
    };
    column.tooltip = [](const kube::Object& object, const CellContext& context) {
        QStringList lines;
        for (const kinds::NodeCondition& condition : node(object).conditions) {
            const QString value = condition.status == kinds::ConditionStatus::True    ? QStringLiteral("True")
                                  : condition.status == kinds::ConditionStatus::False ? QStringLiteral("False")
                                                                                      : QStringLiteral("Unknown");
            lines += QStringLiteral("%1: %2 (%3, %4)")
                         .arg(fromUtf8(condition.type), value, fromUtf8(condition.reason),
                              ageOrNothing(condition.since.get(), context));
        }
        return lines.join(QLatin1Char('\n'));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        const auto wrong = static_cast<std::int64_t>(kinds::nodePressures(node(object)).size());
        const kinds::NodeCondition* ready = node(object).condition("Ready");
        const bool good = ready != nullptr && ready->status == kinds::ConditionStatus::True;
        return SortKey(wrong + (good ? 0 : std::int64_t{100}));
    };
    column.tone = [](const kube::Object& object) {
        return object.health == kube::Health::Critical       ? widgets::Tone::Critical
               : !kinds::nodePressures(node(object)).empty() ? widgets::Tone::Warning
                                                             : widgets::Tone::None;
    };
    column.toneWithoutIcon = true;
    column.emphasised = [](const kube::Object& object) { return object.health == kube::Health::Critical; };
    column.ticking = true;
    column.descendingFirst = true;
    column.layout = {104, 124, 1, widgets::ColumnSpec::Elide::Right, kFoldsLast};
    return column;
}

Column taintsColumn() {
    Column column;
    column.id = "taints";
    column.title = QT_TRANSLATE_NOOP("Column", "Taints");
    column.text = [](const kube::Object& object, const CellContext&) {
        return QString::number(node(object).taints.size());
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        QStringList lines;
        for (const kinds::Taint& taint : node(object).taints) {
            const QString value = taint.value.empty() ? QString() : QLatin1Char('=') + fromUtf8(taint.value);
            lines += fromUtf8(taint.key) + value + QLatin1Char(':') + fromUtf8(taint.effect);
        }
        return lines.join(QLatin1Char('\n'));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(static_cast<std::int64_t>(node(object).taints.size()));
    };
    column.muted = [](const kube::Object& object) { return node(object).taints.empty(); };
    column.alignment = Qt::AlignRight;
    column.layout = {52, 60, 0, widgets::ColumnSpec::Elide::Right, kFoldsFirst};
    column.descendingFirst = true;
    return column;
}

Column withLayout(Column column, widgets::ColumnSpec layout) {
    column.layout = layout;
    return column;
}

Column hiddenAtFirst(Column column) {
    column.hidden = true;
    return column;
}

/// A muted column of text that sorts as it reads.
template <std::string (*value)(const kinds::Node&)>
Column textColumn(const char* id, const char* title, widgets::ColumnSpec layout) {
    Column column;
    column.id = id;
    column.title = title;
    column.text = [](const kube::Object& object, const CellContext&) { return fromUtf8(value(node(object))); };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) { return SortKey(value(node(object))); };
    column.muted = always;
    column.layout = layout;
    return column;
}

std::string roles(const kinds::Node& one) {
    return kinds::nodeRoles(one);
}
std::string version(const kinds::Node& one) {
    return one.kubeletVersion.str();
}
std::string address(const kinds::Node& one) {
    return one.internalIp;
}
std::string system(const kinds::Node& one) {
    return one.osImage.str();
}
std::string runtime(const kinds::Node& one) {
    return one.containerRuntime.str();
}
std::string kernel(const kinds::Node& one) {
    return one.kernelVersion.str();
}
std::string architecture(const kinds::Node& one) {
    return one.architecture.str();
}
std::string externalAddress(const kinds::Node& one) {
    return one.externalIp;
}
/// What it runs; kernel and container runtime in the tooltip.
Column systemColumn() {
    Column column = textColumn<system>("os", QT_TRANSLATE_NOOP("Column", "System"),
                                       {72, 100, 1, widgets::ColumnSpec::Elide::Right, kFoldsFirst});
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        const kinds::Node& one = node(object);
        return QStringList{fromUtf8(system(one)), fromUtf8(kernel(one)), fromUtf8(runtime(one)),
                           fromUtf8(one.architecture)}
            .join(QLatin1Char('\n'));
    };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        const kinds::Node& one = node(object);
        return QStringList{fromUtf8(system(one)), fromUtf8(kernel(one)), fromUtf8(runtime(one))}.join(
            QStringLiteral(", "));
    };
    return column;
}

/// "2.1 of 4, 52 %" of a node's requests; "4" while its pods are not known.
template <std::int64_t kinds::NodeLoad::*used, std::int64_t kinds::NodeResources::*room, QString (*words)(std::int64_t),
          QString (*number)(std::int64_t), bool withShare>
Column requestedColumn(const char* id, const char* title, widgets::ColumnSpec layout) {
    Column column;
    column.id = id;
    column.title = title;
    column.text = [](const kube::Object& object, const CellContext&) {
        const kinds::Node& one = node(object);
        QString whole = words(one.allocatable.*room);
        if (!one.load) {
            return whole;
        }
        const QString part = QCoreApplication::translate("Cell", "%1 of %2").arg(number((*one.load).*used), whole);
        return !withShare || one.allocatable.*room <= 0
                   ? part
                   : QCoreApplication::translate("Cell", "%1, %2 %")
                         .arg(part, QLocale().toString(
                                        qRound(100.0 * requestedShare((*one.load).*used, one.allocatable.*room))));
    };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        const kinds::Node& one = node(object);
        const QString whole = QString::number(one.allocatable.*room);
        return one.load ? QString::number((*one.load).*used) + QLatin1Char('/') + whole : whole;
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        const kinds::Node& one = node(object);
        const QString room_ = QCoreApplication::translate("Cell", "%1 of %2 can be allocated")
                                  .arg(words(one.allocatable.*room), words(one.capacity.*room));
        return one.load ? QCoreApplication::translate("Cell", "%1 requested by %2 pods")
                                  .arg(words((*one.load).*used), QLocale().toString((*one.load).pods * 1LL)) +
                              QLatin1Char('\n') + room_
                        : room_;
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        const kinds::Node& one = node(object);
        return SortKey(one.load ? requestedShare((*one.load).*used, one.allocatable.*room) : -1.0);
    };
    column.tone = [](const kube::Object& object) {
        const kinds::Node& one = node(object);
        constexpr double kNearlyFull = 0.9;
        return one.load && requestedShare((*one.load).*used, one.allocatable.*room) >= kNearlyFull
                   ? widgets::Tone::Warning
                   : widgets::Tone::None;
    };
    if constexpr (withShare) {
        column.bar = [](const kube::Object& object) -> std::optional<widgets::Bar> {
            const kinds::Node& one = node(object);
            if (!one.load) {
                return std::nullopt;
            }
            return widgets::Bar{requestedShare((*one.load).*used, one.allocatable.*room), std::nullopt,
                                widgets::Tone::None};
        };
    }
    column.toneWithoutIcon = true;
    column.alignment = Qt::AlignRight;
    column.layout = layout;
    column.descendingFirst = true;
    return column;
}

/// Disk for what pods write outside of volumes.
Column storageColumn() {
    Column column;
    column.id = "storage";
    column.title = QT_TRANSLATE_NOOP("Column", "Local disk");
    column.text = [](const kube::Object& object, const CellContext&) {
        return bytesText(node(object).allocatable.ephemeralStorage);
    };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        return QString::number(node(object).allocatable.ephemeralStorage);
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        return QCoreApplication::translate("Cell", "%1 of %2 can be allocated\n%3 bytes")
            .arg(bytesText(node(object).allocatable.ephemeralStorage),
                 bytesText(node(object).capacity.ephemeralStorage),
                 QString::number(node(object).allocatable.ephemeralStorage));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(node(object).allocatable.ephemeralStorage);
    };
    column.alignment = Qt::AlignRight;
    column.layout = {64, 88, 0, widgets::ColumnSpec::Elide::Right, kFoldsFirst};
    column.descendingFirst = true;
    return column;
}

}  // namespace

const TableSpec& nodeTable() {
    using Elide = widgets::ColumnSpec::Elide;
    static const TableSpec table{
        "nodes",
        &kinds::nodeKind(),
        {statusColumn(), withLayout(nameColumn(QT_TRANSLATE_NOOP("Column", "Node")), {130, 180, 4, Elide::Middle}),
         withLayout(contextColumn(), {116, 124, 1, Elide::Middle, kFoldsSecond}),
         textColumn<roles>("roles", QT_TRANSLATE_NOOP("Column", "Roles"), {56, 64, 0, Elide::Right, kFoldsSecond}),
         requestedColumn<&kinds::NodeLoad::pods, &kinds::NodeResources::pods, plain, plain, false>(
             "pods", QT_TRANSLATE_NOOP("Column", "Pods"), {76, 80, 0, Elide::Right, kFoldsSecond}),
         requestedColumn<&kinds::NodeLoad::cpuMilli, &kinds::NodeResources::cpuMilli, cores, cores, true>(
             "cpu", QT_TRANSLATE_NOOP("Column", "CPU requested"), {164, 172, 0, Elide::Right, kFoldsLast}),
         requestedColumn<&kinds::NodeLoad::memory, &kinds::NodeResources::memory, memory, gibibytes, true>(
             "memory", QT_TRANSLATE_NOOP("Column", "Memory requested"), {188, 196, 0, Elide::Right, kFoldsLast}),
         conditionsColumn(), taintsColumn(),
         textColumn<version>("version", QT_TRANSLATE_NOOP("Column", "Version"),
                             {72, 84, 0, Elide::Right, kFoldsSecond}),
         ageColumn(),
         hiddenAtFirst(textColumn<address>("ip", QT_TRANSLATE_NOOP("Column", "Internal IP"),
                                           {92, 96, 0, Elide::Right, kFoldsFirst})),
         systemColumn(),
         hiddenAtFirst(textColumn<runtime>("runtime", QT_TRANSLATE_NOOP("Column", "Runtime"),
                                           {80, 140, 1, Elide::Right, kFoldsFirst})),
         hiddenAtFirst(storageColumn()),
         hiddenAtFirst(textColumn<kernel>("kernel", QT_TRANSLATE_NOOP("Column", "Kernel"),
                                          {80, 140, 1, Elide::Right, kFoldsFirst})),
         hiddenAtFirst(textColumn<architecture>("arch", QT_TRANSLATE_NOOP("Column", "Architecture"),
                                                {72, 96, 0, Elide::Right, kFoldsFirst})),
         hiddenAtFirst(textColumn<externalAddress>("external-ip", QT_TRANSLATE_NOOP("Column", "External IP"),
                                                   {80, 104, 0, Elide::Right, kFoldsFirst}))},
        {"status", false},
        [](const kube::Object& object, std::string& text) {
            const kinds::Node& one = node(object);
            appendMetaText(object, text);
            for (const kinds::Taint& taint : one.taints) {
                text += '\n';
                text += taint.key.view();
            }
            for (const std::string& part : {kinds::nodeStatus(one), roles(one), version(one), address(one), system(one),
                                            kernel(one), runtime(one)}) {
                text += '\n';
                text += part;
            }
        },
        [](const kube::Object& object) {
            const kinds::Node& one = node(object);
            return kinds::nodeStatus(one) + '\n' + statusWords(one).toStdString();
        },
        [](const kube::Object& object) {
            const kinds::NodeCondition* ready = node(object).condition("Ready");
            return ready != nullptr && ready->status == kinds::ConditionStatus::True;
        },
        [](const kube::Object& object) { return std::string_view(object.meta.name); },
        {NumberField::Age, NumberField::Cpu, NumberField::Memory},
        [](const kube::Object& object, NumberField field, Instant now) -> std::optional<double> {
            switch (field) {
                case NumberField::Age:
                    return ageSeconds(object, now);
                case NumberField::Cpu:
                    return static_cast<double>(node(object).allocatable.cpuMilli) / 1000.0;
                case NumberField::Memory:
                    return static_cast<double>(node(object).allocatable.memory);
                default:
                    return std::nullopt;
            }
        },
    };
    return table;
}

}  // namespace quarterdeck::ui
