#include "ui/text/time_display.h"

#include <QDateTime>
#include <QLocale>

#include "app/base/time_text.h"

namespace quarterdeck::ui {

QDateTime inZone(Instant time, ZoneChoice zone) {
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).toUTC();
    return zone == ZoneChoice::Utc ? utc : utc.toLocalTime();
}

QString zoneName(const QDateTime& moment, ZoneChoice zone) {
    return zone == ZoneChoice::Utc ? QStringLiteral("UTC") : moment.timeZoneAbbreviation();
}

QString isoTime(Instant time, ZoneChoice zone) {
    const QDateTime moment = inZone(time, zone);
    return zone == ZoneChoice::Utc ? moment.toString(Qt::ISODate)
                                   : moment.toOffsetFromUtc(moment.offsetFromUtc()).toString(Qt::ISODate);
}

QString clockTime(Instant time, ZoneChoice zone) {
    const QDateTime moment = inZone(time, zone);
    return moment.toString(QStringLiteral("HH:mm:ss ")) + zoneName(moment, zone);
}

QString dateAndTime(Instant time, ZoneChoice zone) {
    const QDateTime moment = inZone(time, zone);
    return QLocale().toString(moment, QStringLiteral("d MMM yyyy, HH:mm:ss ")) + zoneName(moment, zone);
}

QString ageText(Instant since, Instant now) {
    return QString::fromStdString(humanDuration(now - since));
}

}  // namespace quarterdeck::ui
