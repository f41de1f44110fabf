#pragma once

#include <QLocale>
#include <QString>
#include <QTimeZone>
#include <QVector>

#include "widgets/chart_data.h"

// Numbers and times of a chart as text. All functions are pure; digits are always 0–9, separators the locale's.
namespace quarterdeck::widgets {

// The one unit an axis is written in.
struct ChartScale {
    double divisor = 1;  // of values
    QString symbol;      // "%", "ms", "Mi", "m", "k" …; may be empty
};

// The unit that suits values up to `highest` by amount.
ChartScale scaleFor(const ChartUnit& unit, double highest);

// The unit beside the title: "% of requests", "ms", "per second", "thousand per second".
QString unitCaption(const ChartUnit& unit, const ChartScale& scale);

// Values of an axis at even, round distances, from `lowest` to `highest` or just beyond: `atMost` steps of 1, 2 or 5
// times a power of ten (bytes: powers of two), at least `leastStep` (1 for what is counted).
struct ValueTicks {
    QVector<double> values;
    int decimals = 0;  // of the labels, in the scale's unit
};
ValueTicks valueTicks(double lowest, double highest, int atMost, const ChartScale& scale, double leastStep = 0);

// "0.50", "1,200"; without the unit, which stands beside the title.
QString axisLabel(double value, int decimals, const ChartScale& scale, const QLocale& locale);

// Three significant digits in the unit of the axis; percent with its sign ("40 %").
QString readOut(double value, const ChartScale& scale, const QLocale& locale);

// By itself, with its unit: "0.4 cores", "310 Mi", "40 % of requests".
QString valueInWords(double value, const ChartUnit& unit, const QLocale& locale);

struct TimeTicks {
    QVector<qint64> times;
    qint64 stepMs = 0;  // about; days and months differ in length
};

// Round times of the zone's clock within [from, to], at most `atMost`: 1, 2, 5, 10, 15, 30 s or min, 1, 2, 3, 6, 12 h,
// 1, 2, 7, 14 days, 1, 3 months, 1, 2, 5, 10 years. Where the clock is put forward or back the distance is not even.
TimeTicks timeTicks(qint64 from, qint64 to, int atMost, const QTimeZone& zone);

// "03:10", "03:10:30", at the start of a day "14 Mar", of a year "2026".
QString tickLabel(qint64 ms, qint64 stepMs, const QTimeZone& zone, const QLocale& locale);

// As exact as the range deserves: "03:10:30", "14 Mar 03:10".
QString cursorLabel(qint64 ms, qint64 rangeMs, const QTimeZone& zone, const QLocale& locale);

}  // namespace quarterdeck::widgets
