#include "ui/details/node_overview.h"

#include <algorithm>

#include <QLocale>
#include <QStringList>

#include "app/kinds/node_status.h"
#include "ui/details/common_sections.h"
#include "ui/details/json_facts.h"
#include "ui/details/words.h"

namespace quarterdeck::ui {

using kinds::ConditionStatus;
using nlohmann::json;
using widgets::Property;
using widgets::PropertyNotice;
using widgets::PropertySection;
using widgets::Tone;

namespace {

constexpr double kNearlyFull = 0.9;
constexpr int kMostTroubled = 10;

Tone conditionTone(const kinds::NodeCondition& condition) {
    if (condition.status == ConditionStatus::Unknown) {
        return Tone::Unknown;
    }
    // Ready is good when it is true; every other condition reports a trouble.
    if (condition.type == "Ready") {
        return condition.status == ConditionStatus::True ? Tone::Good : Tone::Critical;
    }
    return condition.status == ConditionStatus::False ? Tone::Good : Tone::Warning;
}

PropertySection conditionSection(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("conditions");
    section.title = Details::tr("Conditions");
    section.empty = Details::tr("None reported yet.");
    for (const kinds::NodeCondition& condition : input.node().conditions) {
        Property row;
        row.key = shownText(condition.type, 100);
        row.tone = conditionTone(condition);
        const std::string message = facts::conditionMessage(input.json(), condition.type);
        const bool told = row.tone != Tone::Good && !message.empty();
        row.value = told ? shownText(message) : shownText(condition.reason, 200);
        const AgeWords since = ageWords(condition.since.get(), input);
        row.note = since.age;
        row.tooltip = QStringList{shownText(condition.reason), shownText(message, 2000), since.moment}
                          .join(QLatin1Char('\n'))
                          .trimmed();
        section.rows.push_back(row);
    }
    return section;
}

Property meterRow(const QString& key, std::int64_t used, std::int64_t most, std::int64_t capacity,
                  QString (*text)(std::int64_t)) {
    Property row;
    row.key = key;
    row.value = Details::tr("%1 of %2").arg(text(used), text(most));
    if (most > 0) {
        row.fraction = static_cast<double>(used) / static_cast<double>(most);
        row.note = Details::tr("%1 %").arg(QLocale().toString(qRound(row.fraction * 100.0)));
        row.tone = row.fraction > 1.0 ? Tone::Critical : row.fraction >= kNearlyFull ? Tone::Warning : Tone::None;
    }
    row.tooltip =
        Details::tr("%1 requested, %2 can be allocated, %3 in all").arg(text(used), text(most), text(capacity));
    return row;
}

QString countText(std::int64_t count) {
    return QLocale().toString(static_cast<qlonglong>(count));
}

PropertySection capacitySection(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("capacity");
    section.title = Details::tr("Requested by its pods");
    const kinds::Node& node = input.node();
    if (const QString unknown = unknownBecause(input.around.podsFreshness); !unknown.isEmpty()) {
        section.rows.push_back(textRow(Details::tr("CPU"), cpuText(node.allocatable.cpuMilli).toStdString()));
        section.rows.push_back(textRow(Details::tr("Memory"), bytesText(node.allocatable.memory).toStdString()));
        section.rows.push_back(textRow(Details::tr("Pods"), unknown.toStdString()));
        return section;
    }
    section.rows = {meterRow(Details::tr("CPU"), input.around.requestedCpuMilli, node.allocatable.cpuMilli,
                             node.capacity.cpuMilli, cpuText),
                    meterRow(Details::tr("Memory"), input.around.requestedMemory, node.allocatable.memory,
                             node.capacity.memory, bytesText),
                    meterRow(Details::tr("Pods"), static_cast<std::int64_t>(input.around.podCount),
                             node.allocatable.pods, node.capacity.pods, countText)};
    if (node.allocatable.ephemeralStorage > 0) {
        section.rows.push_back(
            textRow(Details::tr("Ephemeral storage"), bytesText(node.allocatable.ephemeralStorage).toStdString()));
    }
    return section;
}

PropertySection podSection(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("pods");
    section.title = Details::tr("Pods");
    const QString unknown = unknownBecause(input.around.podsFreshness);
    if (!unknown.isEmpty()) {
        section.empty = unknown;
        return section;
    }
    Property count;
    count.value = Details::tr("%n running or starting", nullptr, static_cast<int>(input.around.podCount)) +
                  QStringLiteral(", ") +
                  (input.around.podsInTrouble == 0
                       ? Details::tr("none in trouble")
                       : Details::tr("%n in trouble", nullptr, static_cast<int>(input.around.podsInTrouble)));
    count.tone = input.around.podsInTrouble == 0 ? Tone::Good : Tone::Warning;
    section.rows.push_back(count);
    for (const PodPtr& pod : input.around.pods) {
        const bool trouble = pod->health == kube::Health::Critical || pod->health == kube::Health::Warning;
        if (trouble && section.rows.size() <= kMostTroubled) {
            section.rows.push_back(podRow(*pod, input));
        }
    }
    return section;
}

PropertySection taintSection(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("taints");
    section.title = Details::tr("Taints");
    section.empty = Details::tr("None");
    for (const kinds::Taint& taint : input.node().taints) {
        Property row = textRow(shownText(taint.key, 253), taint.value);
        row.note = shownText(taint.effect, 100);
        row.copyText = copiedText(taint.key.str() + (taint.value.empty() ? "" : "=" + taint.value.str()) + ":" +
                                  taint.effect.str());
        section.rows.push_back(row);
    }
    return section;
}

PropertySection machineSection(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("machine");
    section.title = Details::tr("Machine");
    const kinds::Node& node = input.node();
    const auto add = [&](const QString& key, std::string_view value) {
        if (!value.empty()) {
            section.rows.push_back(textRow(key, value));
        }
    };
    const std::string roles = kinds::nodeRoles(node);
    add(Details::tr("Roles"), roles == "<none>" ? std::string_view() : std::string_view(roles));
    add(Details::tr("Kubelet"), node.kubeletVersion);
    add(Details::tr("System"), node.osImage);
    add(Details::tr("Kernel"), node.kernelVersion);
    add(Details::tr("Runtime"), node.containerRuntime);
    add(Details::tr("Architecture"), node.architecture);
    add(Details::tr("Internal IP"), node.internalIp);
    add(Details::tr("External IP"), node.externalIp);
    return section;
}

}  // namespace

DetailNotice nodeNotice(const DetailInput& input) {
    const kinds::Node& node = input.node();
    PropertyNotice notice;
    const kinds::NodeCondition* ready = node.condition("Ready");
    if (ready == nullptr || ready->status != ConditionStatus::True) {
        notice.tone = Tone::Critical;
        const bool silent = ready != nullptr && ready->status == ConditionStatus::Unknown;
        const QString since =
            ready != nullptr && ready->since.hasValue() ? ageText(*ready->since.get(), input.now) : QString();
        notice.sentence = silent             ? Details::tr("Its kubelet no longer reports")
                          : ready == nullptr ? Details::tr("It has not reported that it is ready")
                                             : Details::tr("Not ready");
        if (!since.isEmpty()) {
            notice.sentence = Details::tr("%1, for %2").arg(notice.sentence, since);
        }
        const std::string message = facts::conditionMessage(input.json(), "Ready");
        notice.reason = !message.empty()   ? shownText(message, 600)
                        : ready != nullptr ? shownText(ready->reason, 200)
                                           : QString();
        return notice;
    }
    const auto pressures = kinds::nodePressures(node);
    if (!pressures.empty()) {
        notice.tone = Tone::Warning;
        notice.sentence = pressures.front() == "MemoryPressure" ? Details::tr("Memory is short: pods may be evicted")
                          : pressures.front() == "DiskPressure" ? Details::tr("Disk is short: pods may be evicted")
                          : pressures.front() == "PIDPressure"
                              ? Details::tr("Too many processes: pods may be evicted")
                              : Details::tr("Reports %1").arg(shownText(pressures.front(), 100));
        notice.reason = shownText(facts::conditionMessage(input.json(), pressures.front()), 600);
        return notice;
    }
    if (node.unschedulable) {
        notice.tone = Tone::Info;
        notice.sentence = Details::tr("Cordoned: it takes no new pods");
        return notice;
    }
    return std::nullopt;
}

Sections nodeOverview(const DetailInput& input) {
    Sections sections{conditionSection(input), capacitySection(input),
                      podSection(input),       latestEvents(input, Details::tr("Latest events")),
                      taintSection(input),     machineSection(input),
                      labelSection(input)};
    for (auto&& part : {annotationSection(input), missingPart(input)}) {
        if (part) {
            sections.push_back(*part);
        }
    }
    return sections;
}

Sections nodeRelated(const DetailInput& input) {
    PropertySection pods;
    pods.id = QStringLiteral("nodePods");
    pods.title = Details::tr("Its pods");
    const QString unknown = unknownBecause(input.around.podsFreshness);
    pods.empty = unknown.isEmpty() ? Details::tr("There are none.") : unknown;
    for (const PodPtr& pod : input.around.pods) {
        pods.rows.push_back(podRow(*pod, input));
    }
    if (input.around.podCount > input.around.pods.size()) {
        Property row;
        row.value = Details::tr("and %n more pods", nullptr,
                                static_cast<int>(input.around.podCount - input.around.pods.size()));
        row.tone = Tone::Muted;
        pods.rows.push_back(row);
    }
    return {pods};
}

}  // namespace quarterdeck::ui
