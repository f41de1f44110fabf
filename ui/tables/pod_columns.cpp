#include <QCoreApplication>
#include <QStringList>

#include "app/kinds/pod.h"
#include "app/kinds/pod_status.h"
#include "ui/tables/common_columns.h"
#include "ui/tables/pod_resources.h"
#include "ui/tables/table_specs.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

const kinds::Pod& pod(const kube::Object& object) {
    return static_cast<const kinds::Pod&>(object);
}
kinds::PodSummary summary(const kube::Object& object) {
    return kinds::summarise(pod(object));
}

bool quiet(const kube::Object& object) {
    return object.health == kube::Health::Good || object.health == kube::Health::Finished;
}

bool allReady(const kinds::PodSummary& pods) {
    return pods.ready == pods.total;
}

bool faulty(const kube::Object& object) {
    return object.health == kube::Health::Critical || object.health == kube::Health::Warning;
}

const char* qosWord(kinds::QosClass qos) {
    switch (qos) {
        case kinds::QosClass::BestEffort:
            return QT_TRANSLATE_NOOP("Cell", "BestEffort");
        case kinds::QosClass::Burstable:
            return QT_TRANSLATE_NOOP("Cell", "Burstable");
        case kinds::QosClass::Guaranteed:
            return QT_TRANSLATE_NOOP("Cell", "Guaranteed");
        case kinds::QosClass::Unknown:
            break;
    }
    return "";
}

Column statusColumn() {
    Column column;
    column.id = "status";
    column.title = QT_TRANSLATE_NOOP("Column", "Status");
    column.text = [](const kube::Object& object, const CellContext&) {
        return QCoreApplication::translate("PodStatus", kinds::plainStatus(pod(object)).c_str());
    };
    column.copyText = [](const kube::Object& object, const CellContext&) { return fromUtf8(summary(object).status); };
    column.tooltip = column.copyText;
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(std::int64_t{kube::healthRank(object.health)});
    };
    column.tone = [](const kube::Object& object) { return toneOf(object.health); };
    column.muted = quiet;
    column.layout = {96, 124, 0, widgets::ColumnSpec::Elide::Right};
    return column;
}

Column readyColumn() {
    Column column;
    column.id = "ready";
    column.title = QT_TRANSLATE_NOOP("Column", "Ready");
    column.text = [](const kube::Object& object, const CellContext&) {
        return fromUtf8(kinds::readyText(summary(object)));
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        const kinds::PodSummary pods = summary(object);
        QString text = QCoreApplication::translate("Cell", "%1 of %2 containers ready").arg(pods.ready).arg(pods.total);
        if (pods.gates > 0) {
            text +=
                QCoreApplication::translate("Cell", "\n%1 of %2 readiness gates").arg(pods.gatesReady).arg(pods.gates);
        }
        return text;
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        const kinds::PodSummary pods = summary(object);
        return SortKey(pods.total == 0 ? 1.0 : static_cast<double>(pods.ready) / pods.total);
    };
    column.tone = [](const kube::Object& object) {
        return faulty(object) && !allReady(summary(object)) ? toneOf(object.health) : widgets::Tone::None;
    };
    column.toneWithoutIcon = true;
    column.emphasised = [](const kube::Object& object) { return faulty(object) && !allReady(summary(object)); };
    column.alignment = Qt::AlignRight;
    column.layout = {48, 60, 0, widgets::ColumnSpec::Elide::Right, kFoldsLast};
    return column;
}

Column restartsColumn() {
    Column column;
    column.id = "restarts";
    column.title = QT_TRANSLATE_NOOP("Column", "Restarts");
    column.text = [](const kube::Object& object, const CellContext& context) {
        return fromUtf8(kinds::restartsText(summary(object), context.now));
    };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        return QString::number(summary(object).restarts);
    };
    column.tooltip = [](const kube::Object& object, const CellContext& context) {
        return dateOrNothing(summary(object).lastRestart.get(), context);
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(static_cast<std::int64_t>(summary(object).restarts));
    };
    column.tone = [](const kube::Object& object) {
        return faulty(object) && summary(object).restarts > 0 ? toneOf(object.health) : widgets::Tone::None;
    };
    column.toneWithoutIcon = true;
    column.emphasised = [](const kube::Object& object) { return faulty(object) && summary(object).restarts > 0; };
    column.alignment = Qt::AlignRight;
    column.layout = {72, 104, 0, widgets::ColumnSpec::Elide::Right, kFoldsLast};
    column.ticking = true;
    column.descendingFirst = true;
    return column;
}

Column nodeNameColumn() {
    Column column;
    column.id = "node";
    column.title = QT_TRANSLATE_NOOP("Column", "Node");
    column.text = [](const kube::Object& object, const CellContext&) { return fromUtf8(pod(object).node); };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) { return SortKey(pod(object).node.str()); };
    column.muted = [](const kube::Object&) { return true; };
    column.layout = {64, 96, 1, widgets::ColumnSpec::Elide::Middle, kFoldsFirst};
    return column;
}

Column ipColumn() {
    Column column;
    column.id = "ip";
    column.title = QT_TRANSLATE_NOOP("Column", "IP");
    column.text = [](const kube::Object& object, const CellContext&) { return fromUtf8(pod(object).ip); };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) { return SortKey(pod(object).ip); };
    column.muted = [](const kube::Object&) { return true; };
    column.layout = {72, 96, 0, widgets::ColumnSpec::Elide::Right, kFoldsFirst};
    column.hidden = true;
    return column;
}

Column qosColumn() {
    Column column;
    column.id = "qos";
    column.title = QT_TRANSLATE_NOOP("Column", "QoS");
    column.text = [](const kube::Object& object, const CellContext&) {
        return QCoreApplication::translate("Cell", qosWord(pod(object).qos));
    };
    column.copyText = [](const kube::Object& object, const CellContext&) {
        return QString::fromUtf8(qosWord(pod(object).qos));
    };
    // What is evicted first comes first.
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(static_cast<std::int64_t>(pod(object).qos));
    };
    column.muted = [](const kube::Object&) { return true; };
    column.layout = {72, 96, 0, widgets::ColumnSpec::Elide::Right, kFoldsFirst};
    column.hidden = true;
    return column;
}

/// Images of the containers, those that only prepare left out, each once.
QStringList images(const kinds::Pod& one) {
    QStringList list;
    for (const kinds::Container& container : one.appContainers()) {
        if (const QString image = fromUtf8(container.image); !image.isEmpty() && !list.contains(image)) {
            list += image;
        }
    }
    return list;
}

Column imagesColumn() {
    Column column;
    column.id = "images";
    column.title = QT_TRANSLATE_NOOP("Column", "Images");
    column.text = [](const kube::Object& object, const CellContext&) {
        return images(pod(object)).join(QStringLiteral(", "));
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        return images(pod(object)).join(QLatin1Char('\n'));
    };
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        const auto containers = pod(object).appContainers();
        return SortKey(containers.empty() ? std::string() : containers.front().image.str());
    };
    column.muted = [](const kube::Object&) { return true; };
    column.layout = {96, 220, 2, widgets::ColumnSpec::Elide::Middle, kFoldsFirst};
    column.hidden = true;
    return column;
}

std::optional<double> number(const kube::Object& object, NumberField field, Instant now) {
    const kinds::Pod& one = pod(object);
    switch (field) {
        case NumberField::Restarts:
            return static_cast<double>(summary(object).restarts);
        case NumberField::Ready:
            return summary(object).ready;
        case NumberField::ReadyShare: {
            const kinds::PodSummary pods = summary(object);
            return pods.total == 0 ? 1.0 : static_cast<double>(pods.ready) / pods.total;
        }
        case NumberField::Age:
            return ageSeconds(object, now);
        case NumberField::CpuRequest:
            return coresOrNothing(podResources(one).cpuRequestMilli);
        case NumberField::CpuLimit:
            return coresOrNothing(podResources(one).cpuLimitMilli);
        case NumberField::MemoryRequest:
            return bytesOrNothing(podResources(one).memoryRequest);
        case NumberField::MemoryLimit:
            return bytesOrNothing(podResources(one).memoryLimit);
        default:
            return std::nullopt;
    }
}

}  // namespace

const TableSpec& podTable() {
    static const TableSpec table{
        "pods",
        &kinds::podKind(),
        {statusColumn(), nameColumn(QT_TRANSLATE_NOOP("Column", "Pod")), contextColumn(), namespaceColumn(),
         readyColumn(), restartsColumn(), ageColumn(), nodeNameColumn(), ipColumn(), qosColumn(), imagesColumn(),
         cpuRequestColumn(), cpuLimitColumn(), memoryRequestColumn(), memoryLimitColumn()},
        {"status", false},
        [](const kube::Object& object, std::string& text) {
            appendMetaText(object, text);
            text += '\n';
            text += pod(object).node.view();
            text += '\n';
            text += pod(object).ip;
            text += '\n';
            text += summary(object).status;
            text += '\n';
            text += kinds::plainStatus(pod(object));
        },
        [](const kube::Object& object) { return summary(object).status + '\n' + kinds::plainStatus(pod(object)); },
        [](const kube::Object& object) {
            const kinds::PodSummary pods = summary(object);
            return pods.status == "Running" && allReady(pods);
        },
        [](const kube::Object& object) { return pod(object).node.view(); },
        {NumberField::Restarts, NumberField::Age, NumberField::Ready, NumberField::CpuRequest, NumberField::CpuLimit,
         NumberField::MemoryRequest, NumberField::MemoryLimit},
        number,
    };
    return table;
}

}  // namespace quarterdeck::ui
