// Time axis: round times of a zone's clock, and their labels.
#include <QDateTime>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/chart_format.h"

namespace quarterdeck::widgets {

namespace {

constexpr qint64 kSecond = 1000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

constexpr std::array<qint64, 26> kClockSteps{1,
                                             2,
                                             5,
                                             10,
                                             20,
                                             50,
                                             100,
                                             200,
                                             500,
                                             kSecond,
                                             2 * kSecond,
                                             5 * kSecond,
                                             10 * kSecond,
                                             15 * kSecond,
                                             30 * kSecond,
                                             kMinute,
                                             2 * kMinute,
                                             5 * kMinute,
                                             10 * kMinute,
                                             15 * kMinute,
                                             30 * kMinute,
                                             kHour,
                                             2 * kHour,
                                             3 * kHour,
                                             6 * kHour,
                                             12 * kHour};
constexpr std::array<int, 4> kDaySteps{1, 2, 7, 14};
constexpr std::array<int, 6> kMonthSteps{1, 3, 12, 24, 60, 120};

QDateTime at(qint64 ms, const QTimeZone& zone) {
    return QDateTime::fromMSecsSinceEpoch(ms, zone);
}

// Milliseconds of the zone's clock since its midnight of 1970-01-01.
qint64 wallClock(qint64 ms, const QTimeZone& zone) {
    return ms + at(ms, zone).offsetFromUtc() * kSecond;
}

qint64 remainder(qint64 value, qint64 step) {
    const qint64 rest = value % step;
    return rest < 0 ? rest + step : rest;
}

// After the clock was put forward or back the next round time is looked for anew.
QVector<qint64> clockTicks(qint64 from, qint64 to, qint64 step, const QTimeZone& zone) {
    QVector<qint64> ticks;
    for (qint64 t = from; t <= to;) {
        const qint64 rest = remainder(wallClock(t, zone), step);
        if (rest != 0) {
            t += step - rest;
            continue;
        }
        ticks.append(t);
        t += step;
    }
    return ticks;
}

QVector<qint64> dateTicks(qint64 from, qint64 to, const QTimeZone& zone, QDate first, auto next) {
    QVector<qint64> ticks;
    for (QDate day = first; day.isValid(); day = next(day)) {
        const qint64 ms = day.startOfDay(zone).toMSecsSinceEpoch();
        if (ms > to) {
            break;
        }
        if (ms >= from) {
            ticks.append(ms);
        }
    }
    return ticks;
}

QString text(const QDateTime& time, const QString& format, const QLocale& locale) {
    const QLocale words = locale.zeroDigit() == QStringLiteral("0") ? locale : QLocale(QLocale::English);
    return words.toString(time, format);
}

}  // namespace

TimeTicks timeTicks(qint64 from, qint64 to, int atMost, const QTimeZone& zone) {
    const qint64 most = std::max(1, atMost);
    const qint64 range = std::max<qint64>(1, to - from);
    const auto enough = [&](qint64 step) { return range / step + 1 <= most; };
    for (const qint64 step : kClockSteps) {
        if (enough(step)) {
            return {clockTicks(from, to, step, zone), step};
        }
    }
    const QDate day = at(from, zone).date();
    for (const int days : kDaySteps) {
        if (enough(days * kDay)) {
            // Weeks begin on Monday (Julian day 0 was one).
            const QDate first = day.addDays(-remainder(day.toJulianDay(), days));
            return {dateTicks(from, to, zone, first, [days](QDate d) { return d.addDays(days); }), days * kDay};
        }
    }
    int months = kMonthSteps.back();
    for (const int step : kMonthSteps) {
        if (enough(qint64{step} * 28 * kDay)) {
            months = step;
            break;
        }
    }
    const int sinceNought = day.year() * 12 + day.month() - 1;
    const int start = sinceNought - static_cast<int>(remainder(sinceNought, months));
    const QDate first(start / 12, start % 12 + 1, 1);
    return {dateTicks(from, to, zone, first, [months](QDate d) { return d.addMonths(months); }),
            qint64{months} * 30 * kDay};
}

QString tickLabel(qint64 ms, qint64 stepMs, const QTimeZone& zone, const QLocale& locale) {
    const QDateTime time = at(ms, zone);
    const bool startsDay = time == time.date().startOfDay(zone);
    if (stepMs >= 28 * kDay) {
        const bool startsYear = startsDay && time.date().dayOfYear() == 1;
        return text(time, startsYear ? QStringLiteral("yyyy") : QStringLiteral("MMM"), locale);
    }
    if (stepMs >= kDay || (startsDay && stepMs >= kMinute)) {
        return text(time, QStringLiteral("d MMM"), locale);
    }
    if (stepMs >= kMinute) {
        return text(time, QStringLiteral("HH:mm"), locale);
    }
    return text(time, stepMs >= kSecond ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm:ss.zzz"), locale);
}

QString cursorLabel(qint64 ms, qint64 rangeMs, const QTimeZone& zone, const QLocale& locale) {
    QString format = QStringLiteral("HH:mm:ss");
    if (rangeMs > 2 * kDay) {
        format = QStringLiteral("d MMM HH:mm");
    } else if (rangeMs > kDay) {
        format = QStringLiteral("d MMM HH:mm:ss");
    } else if (rangeMs <= 10 * kSecond) {
        format = QStringLiteral("HH:mm:ss.zzz");
    }
    return text(at(ms, zone), format, locale);
}

}  // namespace quarterdeck::widgets
