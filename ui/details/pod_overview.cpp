#include "ui/details/pod_overview.h"

#include <algorithm>
#include <array>

#include <QStringList>

#include "ui/details/common_sections.h"
#include "ui/details/container_cards.h"
#include "ui/details/json_facts.h"
#include "ui/details/words.h"
#include "ui/tables/column.h"

namespace quarterdeck::ui {

using kinds::ConditionStatus;
using kinds::PodConditionType;
using nlohmann::json;
using widgets::Property;
using widgets::PropertySection;
using widgets::Tone;

namespace {

constexpr int kMostVolumes = 100;
constexpr int kMostConditions = 60;

/// What the kubelet and the scheduler say of every pod.
struct Usual {
    PodConditionType type;
    std::string_view name;
};
constexpr std::array kUsual{
    Usual{PodConditionType::PodScheduled, "PodScheduled"}, Usual{PodConditionType::Initialized, "Initialized"},
    Usual{PodConditionType::ContainersReady, "ContainersReady"}, Usual{PodConditionType::Ready, "Ready"}};

/// A condition beyond the four of every pod, as the whole object or, before that has come, the summary has it.
struct OtherCondition {
    std::string type;
    std::string status;  ///< "True", "False", "Unknown"; empty where nobody has reported it
    std::string reason;
    std::string message;
    std::optional<Instant> since;
    bool gate = false;  ///< the pod is not ready without it
};

std::string statusWord(ConditionStatus status) {
    switch (status) {
        case ConditionStatus::True:
            return "True";
        case ConditionStatus::False:
            return "False";
        case ConditionStatus::Unknown:
            return "Unknown";
        case ConditionStatus::Missing:
            break;
    }
    return {};
}

std::vector<OtherCondition> otherConditions(const DetailInput& input) {
    std::vector<OtherCondition> others;
    for (const json& condition : facts::list(input.json(), {"status", "conditions"})) {
        const std::string type = facts::text(condition, {"type"});
        if (type.empty() ||
            std::any_of(kUsual.begin(), kUsual.end(), [&](const Usual& one) { return one.name == type; })) {
            continue;
        }
        others.push_back({type, facts::text(condition, {"status"}), facts::text(condition, {"reason"}),
                          facts::text(condition, {"message"}), facts::time(condition, {"lastTransitionTime"}), false});
    }
    for (const kinds::ReadinessGate& gate : input.pod().readinessGates()) {
        const auto known = std::find_if(others.begin(), others.end(),
                                        [&](const OtherCondition& one) { return one.type == gate.type.view(); });
        if (known != others.end()) {
            known->gate = true;
        } else {
            others.push_back({gate.type.str(), statusWord(gate.status), {}, {}, {}, true});
        }
    }
    return others;
}

Property otherRow(const OtherCondition& condition, const DetailInput& input) {
    Property row;
    row.key = shownText(condition.type, 253);
    const bool disruption = condition.type == "DisruptionTarget";  // true is the bad news
    const bool holds = condition.status == "True";
    const bool ended = input.pod().health == kube::Health::Finished;
    row.tone = condition.status != "True" && condition.status != "False" ? Tone::Unknown
               : disruption                                              ? (holds ? Tone::Warning : Tone::Muted)
               : holds                                                   ? Tone::Good
               : ended                                                   ? Tone::Muted
               : condition.gate                                          ? Tone::Critical
                                                                         : Tone::Progress;
    row.value = shownText(condition.message.empty() || (holds && !disruption) ? condition.reason : condition.message);
    if (row.value.isEmpty()) {
        row.value = condition.status.empty() ? Details::tr("not reported yet") : shownText(condition.status, 60);
    }
    const AgeWords since = ageWords(condition.since, input);
    row.note = since.age;
    QStringList more{shownText(condition.reason), shownText(condition.message, 2000), since.moment};
    if (condition.gate) {
        more.prepend(Details::tr("A readiness gate: the pod is not ready without it."));
    }
    more.removeAll({});
    row.tooltip = more.join(QLatin1Char('\n'));
    return row;
}

PropertySection conditionSection(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("conditions");
    section.title = Details::tr("Conditions");
    section.empty = Details::tr("None reported yet.");
    const kinds::Pod& pod = input.pod();
    for (const auto& [type, name] : kUsual) {
        const kinds::PodCondition condition = pod.condition(type);
        if (condition.status == ConditionStatus::Missing) {
            continue;
        }
        Property row;
        row.key = shownText(name);
        const std::string message = facts::conditionMessage(input.json(), name);
        const bool good = condition.status == ConditionStatus::True;
        row.tone = good ? Tone::Good : condition.status == ConditionStatus::False ? Tone::Critical : Tone::Unknown;
        if (!good && (pod.health == kube::Health::Finished || condition.reason == "PodCompleted")) {
            row.tone = Tone::Muted;
        } else if (!good && pod.health == kube::Health::Progressing) {
            row.tone = Tone::Progress;
        }
        row.value = type == PodConditionType::PodScheduled && good ? shownText(pod.node)
                    : !message.empty() && !good                    ? shownText(message)
                                                                   : shownText(condition.reason);
        const AgeWords since = ageWords(condition.since.get(), input);
        row.note = since.age;
        row.tooltip = QStringList{shownText(condition.reason), shownText(message, 2000), since.moment}
                          .join(QLatin1Char('\n'))
                          .trimmed();
        section.rows.push_back(row);
    }
    for (const OtherCondition& condition : otherConditions(input)) {
        if (section.rows.size() == kMostConditions) {
            break;
        }
        section.rows.push_back(otherRow(condition, input));
    }
    return section;
}

std::optional<PropertySection> volumeSection(const DetailInput& input) {
    if (!input.full) {
        return std::nullopt;
    }
    PropertySection section;
    section.id = QStringLiteral("volumes");
    section.title = Details::tr("Volumes");
    section.empty = Details::tr("None");
    const json& volumes = facts::list(input.json(), {"spec", "volumes"});
    for (const json& volume : volumes) {
        if (section.rows.size() == kMostVolumes) {
            break;
        }
        section.rows.push_back(
            textRow(shownText(facts::text(volume, {"name"}), 253), volumeText(volume).toStdString()));
    }
    return section;
}

QString qosText(kinds::QosClass qos) {
    switch (qos) {
        case kinds::QosClass::BestEffort:
            return QStringLiteral("BestEffort");
        case kinds::QosClass::Burstable:
            return QStringLiteral("Burstable");
        case kinds::QosClass::Guaranteed:
            return QStringLiteral("Guaranteed");
        case kinds::QosClass::Unknown:
            break;
    }
    return {};
}

PropertySection placementSection(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("placement");
    section.title = Details::tr("Placement");
    const kinds::Pod& pod = input.pod();
    const json& spec = facts::at(input.json(), {"spec"});
    const auto add = [&](const QString& key, std::string_view value) {
        if (!value.empty()) {
            section.rows.push_back(textRow(key, value));
        }
    };
    if (pod.node.empty()) {
        add(Details::tr("Node"), Details::tr("none yet").toStdString());
    } else {
        Property row = linkRow("Node", {}, pod.node.str(), {}, input);
        row.key = Details::tr("Node");
        section.rows.push_back(row);
    }
    add(Details::tr("Namespace"), pod.meta.nameSpace.view());
    add(Details::tr("Pod IP"), pod.ip);
    add(Details::tr("QoS class"), qosText(pod.qos).toStdString());
    add(Details::tr("Service account"), facts::text(spec, {"serviceAccountName"}));
    add(Details::tr("Priority class"), facts::text(spec, {"priorityClassName"}));
    if (const json& tolerations = facts::list(spec, {"tolerations"}); !tolerations.empty()) {
        add(Details::tr("Tolerations"), std::to_string(tolerations.size()));
    }
    if (const auto started = pod.started.get()) {
        Property row;
        row.key = Details::tr("Started");
        row.value = dateAndTime(*started, input.zone);
        const AgeWords age = ageWords(started, input);
        row.note = age.age;
        row.tooltip = age.moment;
        row.copyText = isoTime(*started, input.zone);
        section.rows.push_back(row);
    }
    return section;
}

}  // namespace

QString volumeText(const json& volume) {
    struct Source {
        const char* member;
        const char* kind;
        const char* name;
    };
    constexpr std::array kSources{
        Source{"persistentVolumeClaim", "PersistentVolumeClaim", "claimName"},
        Source{"secret", "Secret", "secretName"},
        Source{"configMap", "ConfigMap", "name"},
        Source{"hostPath", "hostPath", "path"},
        Source{"csi", "CSI", "driver"},
        Source{"nfs", "NFS", "server"},
    };
    for (const Source& source : kSources) {
        if (facts::at(volume, {source.member}).is_object()) {
            return shownText(std::string(source.kind) + " " + facts::text(volume, {source.member, source.name}));
        }
    }
    if (const json& empty = facts::at(volume, {"emptyDir"}); empty.is_object()) {
        const std::string limit = facts::numberOrText(empty, {"sizeLimit"});
        const QString what =
            facts::text(empty, {"medium"}) == "Memory" ? Details::tr("emptyDir in memory") : Details::tr("emptyDir");
        return limit.empty() ? what : Details::tr("%1, at most %2").arg(what, shownText(limit, 60));
    }
    if (const json& sources = facts::list(volume, {"projected", "sources"}); !sources.empty()) {
        QStringList parts;
        for (const json& source : sources) {
            for (const auto& [name, value] : source.items()) {
                const std::string object = facts::text(value, {"name"});
                std::string words = name;
                if (!object.empty()) {
                    words.append(1, ' ').append(object);
                }
                parts += shownText(words, 300);
            }
        }
        return Details::tr("projected: %1").arg(parts.join(QStringLiteral(", ")));
    }
    for (const auto& [name, value] : facts::map(volume, {}).items()) {
        if (name != "name") {
            return shownText(name);
        }
    }
    return Details::tr("of an unknown kind");
}

Sections podOverview(const DetailInput& input) {
    Sections sections;
    const auto add = [&](std::optional<PropertySection> section) {
        if (section) {
            sections.push_back(std::move(*section));
        }
    };
    add(ownerChain(input, Details::tr("this pod")));
    add(conditionSection(input));
    add(containerSection(input));
    add(sidecarSection(input));
    add(initSection(input));
    add(latestEvents(input, Details::tr("Latest events")));
    add(placementSection(input));
    add(volumeSection(input));
    add(labelSection(input));
    add(annotationSection(input));
    add(missingPart(input));
    return sections;
}

}  // namespace quarterdeck::ui
