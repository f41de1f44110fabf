#include "ui/notices/notice_center.h"

#include <QDateTime>

namespace quarterdeck::ui {

namespace {

constexpr std::chrono::seconds kTogether{10};

int localMinute(Instant time) {
    const QTime local = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).time();
    return local.hour() * 60 + local.minute();
}

}  // namespace

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
    if (group.count == 0 || now - group.begun >= kTogether) {
        group = {now, 0};
    }
    notice.count = ++group.count;
    options_.sink->post(notice);
}

}  // namespace quarterdeck::ui
