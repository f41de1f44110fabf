#pragma once

#include <QString>
#include <QVector>
#include <optional>

#include "widgets/theme.h"

// What a time series chart shows, as plain values. Times are milliseconds since the epoch, UTC.
namespace quarterdeck::widgets {

inline constexpr int kChartSeriesMax = 8;

struct ChartPoint {
    qint64 ms = 0;
    double value = 0;  // NaN or infinite: there was no value then
};

enum class SeriesStyle {
    Line,
    Area,  // filled down to the axis where it is the only series, else a line
    Step,  // a value holds until the next one
    Bars,  // one bar per point, from zero
};

struct ChartSeries {
    QString id;
    QString name;
    QVector<ChartPoint> points;  // by rising time
    SeriesStyle style = SeriesStyle::Line;
    int slot = 0;  // 1–8: colour and dash of the theme; 0: its place in the list
    // Points further apart than this are not joined. 0: three times the usual distance.
    qint64 gapMs = 0;
};

struct ChartThreshold {
    double value = 0;
    QString words;  // "critical > 5 % for 5 min"
    Tone tone = Tone::Warning;
    bool lower = false;  // breached by values below it
};

enum class MarkKind {
    Rollout,   // accent line with a filled flag
    Incident,  // critical line with a filled flag
    Note,      // dotted line with words
};

struct ChartMark {
    qint64 ms = 0;
    QString words;
    MarkKind kind = MarkKind::Rollout;
};

struct ChartSpan {
    qint64 from = 0;
    qint64 to = 0;
    Tone tone = Tone::Critical;
    QString words;
};

struct ChartUnit {
    enum class Kind {
        None,
        Count,
        Percent,  // 0–1, shown as 0–100 %
        Seconds,  // shown in µs, ms or s
        Bytes,    // shown in B, Ki, Mi, Gi, Ti
        Cores,    // shown in cores or m (thousandths)
        PerSecond,
    };
    Kind kind = Kind::None;
    QString words;  // behind the symbol, e.g. "of requests", "replicas"
    friend bool operator==(const ChartUnit&, const ChartUnit&) = default;
};

enum class ChartState { Ready, Loading, Empty, Failed };

struct ChartContent {
    QString title;
    ChartUnit unit;
    QVector<ChartSeries> series;  // the first eight are shown, the rest is counted
    QVector<ChartThreshold> thresholds;
    QVector<ChartMark> marks;
    QVector<ChartSpan> spans;
    qint64 from = 0;
    qint64 to = 0;
    // Ends of the value axis. Without the first it begins at zero (or at the lowest value, if that is negative).
    // Values outside move them.
    std::optional<double> lowest;
    std::optional<double> highest;
    QString query;  // shown on demand; empty: there is none
    ChartState state = ChartState::Ready;
    // Loading: what is awaited. Empty: why. Failed: what failed.
    QString message;
    QString cause;       // failed: the cause in words
    QString staleWords;  // "Stale, 31 min": values are old and shown muted; empty: they are not
};

// Whether both have the same series in the same styles, so that only points differ.
bool sameShape(const ChartContent& a, const ChartContent& b);

// The distance above which two points are not joined. Never 0.
qint64 gapOf(const ChartSeries& series);

// The series' own slot or, without a valid one, that of its place.
int slotOf(const ChartSeries& series, qsizetype index);

// Lowest and highest finite value within [from, to] and the last one there; nothing without any.
struct ChartStatistics {
    double lowest = 0;
    double highest = 0;
    ChartPoint last;
};
std::optional<ChartStatistics> statisticsOf(const ChartSeries& series, qint64 from, qint64 to);

// The finite point nearest to a time within half the gap (and at least `slackMs`); nothing inside a gap.
std::optional<ChartPoint> pointAt(const ChartSeries& series, qint64 ms, qint64 slackMs);

// The content with points outside of order, empty ranges and characters that steer text taken care of: points are
// sorted, gaps measured, `to` lies behind `from`, control and direction marks are shown as "·".
ChartContent tidied(ChartContent content);

}  // namespace quarterdeck::widgets
