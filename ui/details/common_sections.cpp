#include "ui/details/common_sections.h"

#include <algorithm>

#include "app/kinds/pod_status.h"
#include "ui/details/json_facts.h"
#include "ui/details/words.h"
#include "ui/tables/column.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

using widgets::Property;
using widgets::PropertySection;
using widgets::Tone;

namespace {

constexpr int kLatestEvents = 5;
constexpr unsigned kLongestAnnotation = 200;
constexpr int kMostPairs = 100;

/// "and 400 more: all are in the YAML"
Property moreRow(std::size_t count) {
    Property row;
    row.value = Details::tr("and %n more, see YAML", nullptr, static_cast<int>(count));
    row.tone = Tone::Muted;
    return row;
}

Property pairRow(std::string_view key, std::string_view value) {
    Property row;
    row.key = shownText(key);
    row.value = shownText(value, kLongestAnnotation);
    if (value.size() > kLongestAnnotation) {
        row.note = bytesText(static_cast<std::int64_t>(value.size()));
    }
    row.tooltip = shownText(key) + QLatin1Char('\n') + shownText(value, 2000);
    row.copyText = copiedText(value);
    row.mono = true;
    return row;
}

}  // namespace

const nlohmann::json& DetailInput::json() const {
    static const nlohmann::json nothing;
    return full && full->json ? *full->json : nothing;
}

AgeWords ageWords(std::optional<Instant> time, const DetailInput& input) {
    if (!time) {
        return {};
    }
    return {ageText(*time, input.now), dateAndTime(*time, input.zone) + QLatin1Char('\n') + isoTime(*time, input.zone)};
}

Property textRow(const QString& key, std::string_view value) {
    Property row;
    row.key = key;
    row.value = shownText(value);
    row.copyText = copiedText(value);
    return row;
}

Property linkRow(std::string_view kind, const std::string& nameSpace, const std::string& name, const kube::Uid& uid,
                 const DetailInput& input) {
    Property row = textRow(shownText(kind), name);
    row.icon = kindIcon(kind);
    row.link = linkTo(kind, {input.context, nameSpace, name, uid});
    return row;
}

Property podRow(const kinds::Pod& pod, const DetailInput& input) {
    Property row;
    row.value = shownText(pod.meta.name);
    row.copyText = copiedText(pod.meta.name);
    const std::string status = kinds::plainStatus(pod);
    row.note = QCoreApplication::translate("PodStatus", status.c_str());
    row.tone = toneOf(pod.health);
    row.tooltip = shownText(pod.path()) + QLatin1Char('\n') + row.note;
    row.link = linkTo("Pod", {input.context, pod.meta.nameSpace.str(), pod.meta.name, pod.meta.uid});
    return row;
}

Property eventRow(const kinds::Event& event, const DetailInput& input) {
    Property row;
    row.key = shownText(event.reason);
    row.value = shownText(event.message);
    row.tone = event.warning ? Tone::Warning : Tone::Info;
    const AgeWords seen = ageWords(event.lastSeen, input);
    row.note = event.count > 1 ? QStringLiteral("×%1 · %2").arg(event.count).arg(seen.age) : seen.age;
    row.tooltip = (event.warning ? Details::tr("Warning") : Details::tr("Normal")) + QLatin1Char('\n') +
                  shownText(event.message, 2000) + QLatin1Char('\n') + seen.moment;
    row.copyText = copiedText(event.message);
    return row;
}

std::optional<PropertySection> ownerChain(const DetailInput& input, const QString& self) {
    std::vector<OwnerLink> owners = input.around.owners;
    if (owners.empty()) {  // before the stores have spoken the object's own word
        for (const kube::OwnerReference& owner : input.object->meta.owners) {
            owners.push_back({owner.kind.str(), owner.name, owner.uid, 0});
        }
    }
    if (owners.empty()) {
        return std::nullopt;
    }
    PropertySection section;
    section.id = QStringLiteral("owners");
    section.title = Details::tr("Owner chain");
    section.chain = true;
    std::reverse(owners.begin(), owners.end());
    std::string above;
    for (const OwnerLink& owner : owners) {
        Property row = linkRow(owner.kind, input.object->meta.nameSpace.str(), owner.name, owner.uid, input);
        if (!above.empty() && owner.name.starts_with(above + "-")) {  // its owner's name stands before it already
            row.value = shownText(std::string_view(owner.name).substr(above.size() + 1));
        }
        above = owner.name;
        if (owner.revision > 0 && owner.kind == "ReplicaSet") {
            row.value = Details::tr("%1, rev %2").arg(row.value).arg(static_cast<qlonglong>(owner.revision));
        }
        row.tooltip = shownText(owner.kind + " " + owner.name);
        section.rows.push_back(row);
    }
    Property row;
    row.value = self;
    row.icon = QStringLiteral("box");
    section.rows.push_back(row);
    return section;
}

QString unknownBecause(const kube::Freshness& freshness) {
    switch (freshness.state) {
        case kube::FreshnessState::Loading:
            return Details::tr("Being read …");
        case kube::FreshnessState::Forbidden:
        case kube::FreshnessState::Failed:
            return freshness.reason ? errorText(*freshness.reason) : Details::tr("They could not be read.");
        case kube::FreshnessState::Live:
        case kube::FreshnessState::Empty:
        case kube::FreshnessState::Stale:
            break;
    }
    return {};
}

PropertySection latestEvents(const DetailInput& input, const QString& title) {
    PropertySection section;
    section.id = QStringLiteral("events");
    section.title = title;
    for (const EventPtr& event : input.around.events) {
        if (section.rows.size() < kLatestEvents) {
            section.rows.push_back(eventRow(*event, input));
        }
    }
    const QString unknown = unknownBecause(input.around.eventsFreshness);
    section.empty = unknown.isEmpty() ? Details::tr("No events in the time that the cluster keeps them.") : unknown;
    return section;
}

Sections eventSections(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("allEvents");
    section.title = Details::tr("Newest first");
    for (const EventPtr& event : input.around.events) {
        section.rows.push_back(eventRow(*event, input));
    }
    if (input.around.eventCount > input.around.events.size()) {
        Property row;
        row.value = Details::tr("and %n older ones, see the Events page", nullptr,
                                static_cast<int>(input.around.eventCount - input.around.events.size()));
        row.tone = Tone::Muted;
        section.rows.push_back(row);
    }
    const QString unknown = unknownBecause(input.around.eventsFreshness);
    section.empty = unknown.isEmpty() ? Details::tr("No events in the time that the cluster keeps them.") : unknown;
    return {section};
}

PropertySection labelSection(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("labels");
    section.title = Details::tr("Labels");
    section.empty = Details::tr("None");
    const auto& labels = input.object->meta.labels;
    for (const auto& [key, value] : labels) {
        if (section.rows.size() == kMostPairs) {
            section.rows.push_back(moreRow(labels.size() - kMostPairs));
            break;
        }
        section.rows.push_back(pairRow(key, value));
    }
    return section;
}

std::optional<PropertySection> annotationSection(const DetailInput& input) {
    if (!input.full) {
        return std::nullopt;
    }
    PropertySection section;
    section.id = QStringLiteral("annotations");
    section.title = Details::tr("Annotations");
    section.empty = Details::tr("None");
    const nlohmann::json& annotations = facts::map(input.json(), {"metadata", "annotations"});
    for (const auto& [key, value] : annotations.items()) {
        if (section.rows.size() == kMostPairs) {
            section.rows.push_back(moreRow(annotations.size() - kMostPairs));
            break;
        }
        section.rows.push_back(pairRow(key, value.is_string() ? value.get<std::string>() : std::string()));
    }
    return section;
}

std::optional<PropertySection> missingPart(const DetailInput& input) {
    if (input.full && !input.fullError) {
        return std::nullopt;
    }
    PropertySection section;
    section.id = QStringLiteral("missing");
    section.title = Details::tr("The whole object");
    section.empty = Details::tr("Being read …");
    if (input.fullError) {
        Property why;
        why.value = input.full ? Details::tr("It could not be read again, what is shown of it may be old: %1")
                                     .arg(errorText(*input.fullError))
                               : errorText(*input.fullError);
        why.tooltip = errorDetails(*input.fullError);
        why.tone = Tone::Warning;
        Property again;
        again.value = Details::tr("Try again");
        again.icon = QStringLiteral("refresh-cw");
        again.link = QString::fromUtf8(kRetryLink);
        section.rows = {why, again};
    }
    return section;
}

}  // namespace quarterdeck::ui
