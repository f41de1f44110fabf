#include "ui/notices/notice_center.h"

#include <algorithm>

#include <QDateTime>
#include <QStringList>

#include "widgets/shown_text.h"

namespace quarterdeck::ui {

namespace {

constexpr std::chrono::seconds kTogether{10};
constexpr qsizetype kNamesShown = 4;
constexpr qsizetype kLinesShown = 6;
constexpr qsizetype kLongestName = 60;

int localMinute(Instant time) {
    const QTime local = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).time();
    return local.hour() * 60 + local.minute();
}

/// Names of clusters may be long: their beginning and their end tell them apart.
QString shortName(const QString& subject) {
    const QString name = widgets::shownText(subject);
    return name.size() <= kLongestName ? name
                                       : name.left(kLongestName / 2) + QChar(0x2026) + name.right(kLongestName / 2);
}

}  // namespace

QString subjectsOf(const std::vector<Notice>& notices) {
    QStringList subjects;
    for (const Notice& notice : notices) {
        if (!subjects.contains(notice.subject)) {
            subjects += notice.subject;
        }
    }
    const qsizetype shown = subjects.size() <= kNamesShown ? subjects.size() : kNamesShown - 1;
    QStringList names;
    for (qsizetype i = 0; i < shown; ++i) {
        names += shortName(subjects[i]);
    }
    const QString list = names.join(QStringLiteral(", "));
    return shown == subjects.size()
               ? list
               : NoticeCenter::tr("%1 and %n more", nullptr, static_cast<int>(subjects.size() - shown)).arg(list);
}

NoticeCenter::NoticeCenter(Options options, QObject* parent) : QObject(parent), options_(std::move(options)) {
    if (options_.sink) {
        options_.sink->setChosen([this](const Location& place) { emit chosen(place); });
    }
}

void NoticeCenter::post(Notice notice) {
    emit noticed(notice);
    const Instant now = options_.clock->now();
    const bool quiet = quiet_ && quiet_->covers(localMinute(now));
    if (!options_.sink || quiet || (options_.active && options_.active())) {
        return;
    }
    Group& group = groups_[notice.group];
    if (group.notices.empty() || now - group.begun >= kTogether) {
        group = {now, {}};
    }
    group.notices.push_back(std::move(notice));
    options_.sink->post(joined(group.notices));
}

Notice NoticeCenter::joined(const std::vector<Notice>& notices) {
    Notice all = notices.back();
    all.count = static_cast<int>(notices.size());
    if (all.count == 1) {
        return all;
    }
    QStringList lines;
    bool alike = true;
    for (const Notice& one : notices) {
        alike = alike && one.title == all.title;
        all.urgency = std::max(all.urgency, one.urgency);
        if (one.place != all.place) {
            all.place = {};
            all.place.page = "fleet";
        }
        const QString line = one.text.isEmpty() ? one.title : tr("%1: %2").arg(shortName(one.subject), one.text);
        if (!lines.contains(line)) {
            lines += line;
        }
    }
    if (alike || all.together == nullptr) {
        all.title = tr("%1 (%n times)", nullptr, all.count).arg(all.title);
        return all;
    }
    all.title = all.together(notices);
    // The newest at the end, where there is no room for all.
    all.text = lines.mid(std::max<qsizetype>(0, lines.size() - kLinesShown)).join(QLatin1Char('\n'));
    return all;
}

}  // namespace quarterdeck::ui
