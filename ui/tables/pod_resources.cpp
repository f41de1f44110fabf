#include "ui/tables/pod_resources.h"

#include <QCoreApplication>
#include <QLocale>

#include "ui/text/quantity_text.h"

namespace quarterdeck::ui {

namespace {

void add(std::optional<std::int64_t>& sum, std::int64_t part) {
    if (part > 0) {
        sum = sum.value_or(0) + part;
    }
}

using Amount = std::optional<std::int64_t> PodResources::*;

template <Amount amount>
std::optional<std::int64_t> of(const kube::Object& object) {
    return podResources(static_cast<const kinds::Pod&>(object)).*amount;
}

template <Amount amount, bool memory>
Column amountColumn(const char* id, const char* title) {
    Column column;
    column.id = id;
    column.title = title;
    column.text = [](const kube::Object& object, const CellContext&) {
        const auto value = of<amount>(object);
        return !value ? QString() : memory ? bytesText(*value) : cpuText(*value);
    };
    // Cores and bytes as plain numbers.
    column.copyText = [](const kube::Object& object, const CellContext&) {
        const auto value = of<amount>(object);
        return !value   ? QString()
               : memory ? QString::number(*value)
                        : QString::number(static_cast<double>(*value) / 1000.0, 'g', 12);
    };
    column.tooltip = [](const kube::Object& object, const CellContext&) {
        const PodResources resources = podResources(static_cast<const kinds::Pod&>(object));
        const auto value = resources.*amount;
        if (!value) {
            return QCoreApplication::translate("Cell", "Not set");
        }
        QString text =
            memory ? QCoreApplication::translate("Cell", "%1 bytes").arg(QString::number(*value))
                   : QCoreApplication::translate("Cell", "%1 m (thousandths of a core)").arg(QString::number(*value));
        constexpr bool cpuLimit = amount == &PodResources::cpuLimitMilli;
        if constexpr (cpuLimit || amount == &PodResources::memoryLimit) {
            const int with = cpuLimit ? resources.withCpuLimit : resources.withMemoryLimit;
            if (with < resources.containers) {
                text += QLatin1Char('\n') + QCoreApplication::translate("Cell", "%1 of %2 containers have a limit")
                                                .arg(with)
                                                .arg(resources.containers);
            }
        }
        return text;
    };
    // What sets nothing comes last when the largest come first.
    column.sortKey = [](const kube::Object& object, const kube::ContextId&) {
        return SortKey(of<amount>(object).value_or(-1));
    };
    column.alignment = Qt::AlignRight;
    column.layout = {72, 104, 0, widgets::ColumnSpec::Elide::Right, kFoldsFirst};
    column.descendingFirst = true;
    column.hidden = true;
    return column;
}

}  // namespace

PodResources podResources(const kinds::Pod& pod) {
    PodResources sum;
    for (const kinds::Container& container : pod.containers) {
        if (container.init && !container.restartable) {
            continue;
        }
        ++sum.containers;
        add(sum.cpuRequestMilli, container.cpuRequestMilli);
        add(sum.cpuLimitMilli, container.cpuLimitMilli);
        add(sum.memoryRequest, container.memoryRequest);
        add(sum.memoryLimit, container.memoryLimit);
        sum.withCpuLimit += container.cpuLimitMilli > 0 ? 1 : 0;
        sum.withMemoryLimit += container.memoryLimit > 0 ? 1 : 0;
    }
    return sum;
}

std::optional<double> coresOrNothing(std::optional<std::int64_t> milli) {
    return milli ? std::optional(static_cast<double>(*milli) / 1000.0) : std::nullopt;
}

std::optional<double> bytesOrNothing(std::optional<std::int64_t> bytes) {
    return bytes ? std::optional(static_cast<double>(*bytes)) : std::nullopt;
}

Column cpuRequestColumn() {
    return amountColumn<&PodResources::cpuRequestMilli, false>("cpu-request",
                                                               QT_TRANSLATE_NOOP("Column", "CPU request"));
}
Column cpuLimitColumn() {
    return amountColumn<&PodResources::cpuLimitMilli, false>("cpu-limit", QT_TRANSLATE_NOOP("Column", "CPU limit"));
}
Column memoryRequestColumn() {
    return amountColumn<&PodResources::memoryRequest, true>("memory-request",
                                                            QT_TRANSLATE_NOOP("Column", "Memory request"));
}
Column memoryLimitColumn() {
    return amountColumn<&PodResources::memoryLimit, true>("memory-limit", QT_TRANSLATE_NOOP("Column", "Memory limit"));
}

}  // namespace quarterdeck::ui
