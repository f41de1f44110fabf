#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "app/kinds/node.h"
#include "app/kinds/node_status.h"
#include "ui/tables/common_columns.h"
#include "ui/tables/pod_resources.h"
#include "ui/tables/table_specs.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

const kinds::Node& node(const kube::Object& object) {
    return static_cast<const kinds::Node&>(object);
}

bool always(const kube::Object&) {
    return true;
}

Column statusColumn() {
    Column column;
    column.id = "status";
    column.title = QT_TRANSLATE_NOOP("Column", "Status");
    column.text = [](const kube::Object& object, const CellContext&) {
        return fromUtf8(kinds::nodeStatus(node(object)));
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        QStringList lines{fromUtf8(kinds::nodeStatus(node(object)))};
        for (const std::string_view pressure : kinds::nodePressures(node(object))) {
            lines += fromUtf8(pressure);
        }
        return lines.join(QLatin1Char('\n'));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(std::int64_t{kube::healthRank(object.health)});
    };
    column.tone = [](const kube::Object& object) { return toneOf(object.health); };
    column.muted = [](const kube::Object& object) { return object.health == kube::Health::Good; };
    column.layout = {96, 150, 0, widgets::ColumnSpec::Elide::Right};
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
/// "dedicated=db:NoSchedule", as kubectl writes it.
std::string taints(const kinds::Node& one) {
    std::string text;
    for (const kinds::Taint& taint : one.taints) {
        text += text.empty() ? "" : ", ";
        text += taint.key.view();
        if (!taint.value.empty()) {
            text += '=';
            text += taint.value.view();
        }
        text += ':';
        text += taint.effect.view();
    }
    return text;
}

QString cores(std::int64_t milli) {
    return QLocale().toString(static_cast<double>(milli) / 1000.0, 'g', 4);
}

Column cpuColumn() {
    Column column;
    column.id = "cpu";
    column.title = QT_TRANSLATE_NOOP("Column", "CPU");
    column.text = [](const kube::Object& object, const CellContext&) {
        return cores(node(object).allocatable.cpuMilli);
    };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        return QString::number(static_cast<double>(node(object).allocatable.cpuMilli) / 1000.0, 'g', 12);
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        return QCoreApplication::translate("Cell", "%1 of %2 cores can be allocated")
            .arg(cores(node(object).allocatable.cpuMilli), cores(node(object).capacity.cpuMilli));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(node(object).allocatable.cpuMilli);
    };
    column.alignment = Qt::AlignRight;
    column.layout = {48, 56, 0, widgets::ColumnSpec::Elide::Right};
    column.descendingFirst = true;
    return column;
}

/// Binary units as Kubernetes has them.
QString memory(std::int64_t bytes) {
    constexpr double kGi = 1024.0 * 1024.0 * 1024.0;
    return QLocale().toString(static_cast<double>(bytes) / kGi, 'f', 1) + QStringLiteral(" Gi");
}

Column memoryColumn() {
    Column column;
    column.id = "memory";
    column.title = QT_TRANSLATE_NOOP("Column", "Memory");
    column.text = [](const kube::Object& object, const CellContext&) {
        return memory(node(object).allocatable.memory);
    };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        return QString::number(node(object).allocatable.memory);
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        return QCoreApplication::translate("Cell", "%1 of %2 can be allocated\n%3 bytes")
            .arg(memory(node(object).allocatable.memory), memory(node(object).capacity.memory),
                 QString::number(node(object).allocatable.memory));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(node(object).allocatable.memory);
    };
    column.alignment = Qt::AlignRight;
    column.layout = {64, 80, 0, widgets::ColumnSpec::Elide::Right};
    column.descendingFirst = true;
    return column;
}

/// Disk for what pods write outside of volumes.
Column storageColumn() {
    Column column;
    column.id = "storage";
    column.title = QT_TRANSLATE_NOOP("Column", "Local disk");
    column.text = [](const kube::Object& object, const CellContext&) {
        return memoryText(node(object).allocatable.ephemeralStorage);
    };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        return QString::number(node(object).allocatable.ephemeralStorage);
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        return QCoreApplication::translate("Cell", "%1 of %2 can be allocated\n%3 bytes")
            .arg(memoryText(node(object).allocatable.ephemeralStorage),
                 memoryText(node(object).capacity.ephemeralStorage),
                 QString::number(node(object).allocatable.ephemeralStorage));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(node(object).allocatable.ephemeralStorage);
    };
    column.alignment = Qt::AlignRight;
    column.layout = {64, 88, 0, widgets::ColumnSpec::Elide::Right};
    column.descendingFirst = true;
    return column;
}

/// How many pods fit.
Column podsColumn() {
    Column column;
    column.id = "pods";
    column.title = QT_TRANSLATE_NOOP("Column", "Pod places");
    column.text = [](const kube::Object& object, const CellContext&) {
        return QLocale().toString(node(object).allocatable.pods);
    };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        return QString::number(node(object).allocatable.pods);
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(node(object).allocatable.pods);
    };
    column.alignment = Qt::AlignRight;
    column.layout = {64, 88, 0, widgets::ColumnSpec::Elide::Right};
    column.descendingFirst = true;
    return column;
}

}  // namespace

const TableSpec& nodeTable() {
    using Elide = widgets::ColumnSpec::Elide;
    static const TableSpec table{
        "nodes",
        &kinds::nodeKind(),
        {statusColumn(), nameColumn(QT_TRANSLATE_NOOP("Column", "Node")), contextColumn(),
         textColumn<roles>("roles", QT_TRANSLATE_NOOP("Column", "Roles"), {80, 130, 1, Elide::Right}), cpuColumn(),
         memoryColumn(),
         textColumn<version>("version", QT_TRANSLATE_NOOP("Column", "Version"), {72, 90, 0, Elide::Right}), ageColumn(),
         textColumn<address>("ip", QT_TRANSLATE_NOOP("Column", "Internal IP"), {80, 104, 0, Elide::Right}),
         textColumn<system>("os", QT_TRANSLATE_NOOP("Column", "System"), {80, 140, 1, Elide::Right}),
         textColumn<runtime>("runtime", QT_TRANSLATE_NOOP("Column", "Runtime"), {80, 140, 1, Elide::Right}),
         hiddenAtFirst(podsColumn()), hiddenAtFirst(storageColumn()),
         hiddenAtFirst(textColumn<taints>("taints", QT_TRANSLATE_NOOP("Column", "Taints"), {80, 180, 1, Elide::Right})),
         hiddenAtFirst(textColumn<kernel>("kernel", QT_TRANSLATE_NOOP("Column", "Kernel"), {80, 140, 1, Elide::Right})),
         hiddenAtFirst(
             textColumn<architecture>("arch", QT_TRANSLATE_NOOP("Column", "Architecture"), {72, 96, 0, Elide::Right})),
         hiddenAtFirst(textColumn<externalAddress>("external-ip", QT_TRANSLATE_NOOP("Column", "External IP"),
                                                   {80, 104, 0, Elide::Right}))},
        {"status", false},
        [](const kube::Object& object, std::string& text) {
            const kinds::Node& one = node(object);
            appendMetaText(object, text);
            for (const std::string& part :
                 {kinds::nodeStatus(one), roles(one), version(one), address(one), system(one), runtime(one)}) {
                text += '\n';
                text += part;
            }
        },
        [](const kube::Object& object) { return kinds::nodeStatus(node(object)); },
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
