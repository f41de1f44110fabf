#include "ui/details/kind_overview.h"

#include <QStringList>

#include "app/kinds/table_kind.h"
#include "ui/details/common_sections.h"
#include "ui/details/json_facts.h"
#include "ui/details/words.h"
#include "ui/tables/column.h"
#include "ui/tables/kind_table.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

using nlohmann::json;
using widgets::Property;
using widgets::PropertyNotice;
using widgets::PropertySection;
using widgets::Tone;

namespace {

constexpr int kMostConditions = 30;
constexpr std::size_t kMostParts = 60;

PropertySection section(const char* id, const QString& title) {
    PropertySection made;
    made.id = QString::fromUtf8(id);
    made.title = title;
    return made;
}

PropertySection identity(const DetailInput& input) {
    PropertySection made = section("object", Details::tr("Object"));
    const std::string version = facts::text(input.json(), {"apiVersion"});
    const std::string kind = facts::text(input.json(), {"kind"});
    if (!kind.empty()) {
        Property row = textRow(Details::tr("Kind"), kind);
        row.note = shownText(version);
        made.rows.push_back(row);
    }
    const kube::ObjectMeta& meta = input.object->meta;
    if (!meta.nameSpace.empty()) {
        made.rows.push_back(linkRow("Namespace", {}, meta.nameSpace.str(), {}, input));
    }
    const auto moment = [&](const QString& key, std::optional<Instant> time, Tone tone) {
        if (time) {
            const AgeWords age = ageWords(time, input);
            Property row = textRow(key, dateAndTime(*time, input.zone).toStdString());
            row.note = age.age;
            row.tooltip = age.moment;
            row.copyText = isoTime(*time, input.zone);
            row.tone = tone;
            made.rows.push_back(row);
        }
    };
    moment(Details::tr("Created"), meta.creation, Tone::None);
    moment(Details::tr("Being deleted since"), meta.deletion, Tone::Warning);
    return made;
}

/// What the server prints of it, hidden columns too.
std::optional<PropertySection> cellSection(const DetailInput& input) {
    PropertySection made = section("cells", Details::tr("As the server tells it"));
    for (const NamedCell& cell : namedCells(input.row())) {
        if (cell.text.isEmpty()) {
            continue;
        }
        Property row;
        row.key = cell.title;
        row.value = cell.text;
        row.tooltip = cell.description.isEmpty() ? cell.text : cell.text + QLatin1Char('\n') + cell.description;
        row.copyText = copiedText(cell.raw);
        made.rows.push_back(row);
    }
    return made.rows.isEmpty() ? std::nullopt : std::optional(made);
}

/// A condition that says "False" is bad where its name speaks of good things, and the other way round.
Tone conditionTone(const std::string& type, const std::string& status) {
    static constexpr std::array kBadWhenTrue{"Failed",   "Failure",     "Pressure",    "Degraded", "Stalled",
                                             "Conflict", "Unavailable", "Terminating", "Invalid",  "Error"};
    if (status != "True" && status != "False") {
        return Tone::Unknown;
    }
    const bool bad = std::any_of(kBadWhenTrue.begin(), kBadWhenTrue.end(),
                                 [&](const char* word) { return type.find(word) != std::string::npos; });
    const bool good = bad == (status == "False");
    return good ? Tone::Good : Tone::Warning;
}

std::optional<PropertySection> conditionSection(const DetailInput& input) {
    PropertySection made = section("conditions", Details::tr("Conditions"));
    for (const json& condition : facts::list(input.json(), {"status", "conditions"})) {
        const std::string type = facts::text(condition, {"type"});
        if (type.empty() || made.rows.size() == kMostConditions) {
            continue;
        }
        const std::string status = facts::text(condition, {"status"});
        const std::string reason = facts::text(condition, {"reason"});
        const std::string message = facts::text(condition, {"message"});
        Property row;
        row.key = shownText(type);
        QStringList words{shownText(status, 40), shownText(reason, 120)};
        words.removeAll({});
        row.value = words.join(QStringLiteral(" · "));
        row.tone = conditionTone(type, status);
        const AgeWords since = ageWords(facts::time(condition, {"lastTransitionTime"}), input);
        row.note = since.age;
        QStringList tip{row.value, shownText(message, 2000), since.moment};
        tip.removeAll({});
        row.tooltip = tip.join(QLatin1Char('\n'));
        row.copyText = copiedText(message.empty() ? status : message);
        made.rows.push_back(row);
        if (!message.empty() && row.tone != Tone::Good) {
            Property why;
            why.value = shownText(message);
            why.tone = Tone::Muted;
            made.rows.push_back(why);
        }
    }
    return made.rows.isEmpty() ? std::nullopt : std::optional(made);
}

void addTexts(PropertySection& to, const QString& key, const std::vector<std::string>& texts) {
    if (!texts.empty()) {
        std::string all;
        for (const std::string& text : texts) {
            all += (all.empty() ? "" : ", ") + text;
        }
        to.rows.push_back(textRow(key, all));
    }
}

}  // namespace

QString rowStatus(const DetailInput& input) {
    if (input.object->meta.deletion) {
        return Details::tr("Being deleted");
    }
    const kube::TableRow& row = input.row();
    for (std::size_t i = 0; i < row.columns->size() && i < row.cells.size(); ++i) {
        const std::string text = kube::cellText(row.cells[i]);
        if (kinds::tellsHealth({(*row.columns)[i]}) && !text.empty()) {
            const bool truth = text == "True" || text == "False" || text == "Unknown" || text.find('/') != text.npos;
            const QString name = shownText((*row.columns)[i].name, 40);
            return truth ? Details::tr("%1: %2").arg(name, shownText(text, 40)) : shownText(text, 60);
        }
    }
    return {};
}

widgets::Tone rowTone(const DetailInput& input) {
    return rowStatus(input).isEmpty() ? Tone::None : toneOf(input.object->health);
}

DetailNotice rowNotice(const DetailInput& input) {
    if (!input.object->meta.deletion) {
        return std::nullopt;
    }
    PropertyNotice notice;
    notice.tone = Tone::Warning;
    notice.sentence = Details::tr("It is being deleted");
    QStringList holders;
    for (const json& finalizer : facts::list(input.json(), {"metadata", "finalizers"})) {
        if (finalizer.is_string() && holders.size() < 10) {
            holders += shownText(finalizer.get_ref<const std::string&>(), 253);
        }
    }
    if (!holders.isEmpty()) {
        notice.reason = Details::tr("It waits for: %1").arg(holders.join(QStringLiteral(", ")));
    }
    return notice;
}

Sections rowOverview(const DetailInput& input) {
    Sections sections{identity(input)};
    for (const auto& part : {cellSection(input), conditionSection(input),
                             ownerChain(input, shownText(input.object->meta.name)), missingPart(input)}) {
        if (part) {
            sections.push_back(*part);
        }
    }
    sections.push_back(labelSection(input));
    if (const auto annotations = annotationSection(input)) {
        sections.push_back(*annotations);
    }
    return sections;
}

Sections rowRelated(const DetailInput& input) {
    if (const auto owners = ownerChain(input, shownText(input.object->meta.name))) {
        return {*owners};
    }
    PropertySection none = section("owners", Details::tr("Owner chain"));
    none.empty = Details::tr("Nothing owns it.");
    return {none};
}

QString servedStatus(const DetailInput& input) {
    return input.served().stale                    ? Details::tr("No answer")
           : input.served().resource.isWatchable() ? Details::tr("Live table")
           : input.served().resource.isListable()  ? Details::tr("Polled table")
                                                   : Details::tr("No table");
}

DetailNotice servedNotice(const DetailInput& input) {
    PropertyNotice notice;
    notice.tone = Tone::Unknown;
    if (input.served().stale) {
        notice.sentence = Details::tr("The server behind this group is away");
        notice.reason = Details::tr("Below stands what was known before.");
        return notice;
    }
    if (!input.served().resource.isListable()) {
        notice.tone = Tone::Info;
        notice.sentence = Details::tr("Its objects cannot be listed");
        notice.reason = Details::tr("It has no table here: it only answers to the verbs below.");
        return notice;
    }
    return std::nullopt;
}

Sections servedOverview(const DetailInput& input) {
    const kube::ServedResource& resource = input.served().resource;
    PropertySection names = section("names", Details::tr("Names"));
    names.rows.push_back(textRow(Details::tr("Kind"), resource.type.kind));
    names.rows.push_back(textRow(Details::tr("Name"), input.object->meta.name));
    if (!resource.singular.empty()) {
        names.rows.push_back(textRow(Details::tr("Singular"), resource.singular));
    }
    addTexts(names, Details::tr("Short names"), resource.shortNames);
    addTexts(names, Details::tr("Categories"), resource.categories);
    PropertySection api = section("api", Details::tr("API"));
    api.rows.push_back(
        textRow(Details::tr("Group"), resource.type.group.empty() ? std::string("core") : resource.type.group));
    api.rows.push_back(textRow(Details::tr("Version"), resource.type.version));
    api.rows.push_back(textRow(Details::tr("Namespaced"), resource.type.namespaced ? Details::tr("yes").toStdString()
                                                                                   : Details::tr("no").toStdString()));
    addTexts(api, Details::tr("Verbs"), resource.verbs);
    addTexts(api, Details::tr("Served by"), input.served().contexts);
    Sections sections{names, api};
    if (!resource.subresources.empty()) {
        PropertySection parts = section("parts", Details::tr("Subresources"));
        for (const kube::Subresource& sub : resource.subresources) {
            if (parts.rows.size() < static_cast<qsizetype>(kMostParts)) {
                addTexts(parts, shownText(sub.name), sub.verbs);
            }
        }
        sections.push_back(parts);
    }
    return sections;
}

Sections servedRelated(const DetailInput& input) {
    PropertySection made = section("objects", Details::tr("Objects"));
    if (input.served().resource.isWatchable()) {
        Property row;
        row.value = Details::tr("Press Enter in the list to open them as a live table.");
        made.rows.push_back(row);
    } else if (input.served().resource.isListable()) {
        Property row;
        row.value = Details::tr("Press Enter in the list to open them as a table that is read anew now and then.");
        made.rows.push_back(row);
    } else {
        made.empty = Details::tr("They cannot be listed.");
    }
    return {made};
}

QString servedWithoutObject(const DetailInput&) {
    return Details::tr("Built into the server: it has no definition of its own.");
}

}  // namespace quarterdeck::ui
