#include "ui/details/event_overview.h"

#include <QLocale>
#include <QStringList>

#include "ui/details/common_sections.h"
#include "ui/details/words.h"

namespace quarterdeck::ui {

using widgets::Property;
using widgets::PropertyNotice;
using widgets::PropertySection;
using widgets::Tone;

namespace {

constexpr std::size_t kLongestMessage = 8'000;

Property subjectRow(const DetailInput& input) {
    const kinds::EventSubject& subject = input.event().subject;
    // The kubelet writes a node's name where its uid belongs.
    const kube::Uid uid = subject.uid == subject.name ? kube::Uid() : subject.uid;
    return linkRow(subject.kind, subject.nameSpace.str(), subject.name, uid, input);
}

Property momentRow(const QString& key, std::optional<Instant> time, const DetailInput& input) {
    Property row;
    row.key = key;
    if (time) {
        row.value = dateAndTime(*time, input.zone);
        const AgeWords age = ageWords(time, input);
        row.note = age.age;
        row.tooltip = age.moment;
        row.copyText = isoTime(*time, input.zone);
    } else {
        row.value = Details::tr("unknown");
    }
    return row;
}

}  // namespace

DetailNotice eventNotice(const DetailInput& input) {
    const kinds::Event& event = input.event();
    if (!event.warning) {
        return std::nullopt;
    }
    PropertyNotice notice;
    notice.tone = Tone::Warning;
    notice.sentence = shownText(event.reason, 200);
    notice.reason = shownText(event.message, 600);
    return notice;
}

Sections eventOverview(const DetailInput& input) {
    const kinds::Event& event = input.event();
    PropertySection about;
    about.id = QStringLiteral("about");
    about.title = Details::tr("About");
    about.rows.push_back(subjectRow(input));
    if (!event.subject.nameSpace.empty()) {
        about.rows.push_back(textRow(Details::tr("Namespace"), event.subject.nameSpace));
    }
    if (!event.subject.fieldPath.empty()) {
        about.rows.push_back(textRow(Details::tr("Part"), event.subject.fieldPath));
    }

    PropertySection what;
    what.id = QStringLiteral("event");
    what.title = Details::tr("Event");
    Property reason = textRow(Details::tr("Reason"), event.reason);
    reason.tone = event.warning ? Tone::Warning : Tone::Info;
    reason.note = event.warning ? Details::tr("Warning") : Details::tr("Normal");
    what.rows.push_back(reason);
    Property message = textRow(Details::tr("Message"), event.message);
    message.value = shownText(event.message, kLongestMessage);
    what.rows.push_back(message);
    what.rows.push_back(textRow(Details::tr("Seen"), Details::tr("%n times", nullptr, event.count).toStdString()));
    what.rows.push_back(momentRow(Details::tr("First seen"), event.firstSeen, input));
    what.rows.push_back(momentRow(Details::tr("Last seen"), event.lastSeen, input));
    QStringList reporter{shownText(event.component, 200), shownText(event.host, 253)};
    reporter.removeAll({});
    if (!reporter.isEmpty()) {
        what.rows.push_back(textRow(Details::tr("Reported by"), reporter.join(QStringLiteral(", ")).toStdString()));
    }
    if (!event.action.empty()) {
        what.rows.push_back(textRow(Details::tr("Action"), event.action));
    }
    return {about, what, latestEvents(input, Details::tr("Other events of the same object"))};
}

Sections eventRelated(const DetailInput& input) {
    PropertySection about;
    about.id = QStringLiteral("eventSubject");
    about.title = Details::tr("About");
    about.rows.push_back(subjectRow(input));
    return {about};
}

}  // namespace quarterdeck::ui
