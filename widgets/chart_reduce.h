#pragma once

#include <QVector>

#include "widgets/chart_data.h"

namespace quarterdeck::widgets {

// Points that may be joined by a line. A run of one is drawn as a dot.
using ChartRun = QVector<ChartPoint>;

// What is worth drawing of points sorted by time, for a plot of `columns` pixels over [from, to]: per run and pixel
// column the lowest and the highest point, in the order of time, and the first and the last point of every run.
// Points without a value and distances above `gapMs` end a run; gaps inside one pixel column are not told apart. Where
// a run leaves [from, to] it ends on the edge, at the value between its neighbours (for steps: at the value that
// holds). Everything else is a point of the series. At most 4 × (columns + 1) points.
QVector<ChartRun> reduced(const QVector<ChartPoint>& points, qint64 from, qint64 to, int columns, qint64 gapMs,
                          bool steps);

// A run as the corners of its steps.
ChartRun stepped(const ChartRun& run);

// The highest point by amount per pixel column, for bars.
QVector<ChartPoint> reducedBars(const QVector<ChartPoint>& points, qint64 from, qint64 to, int columns);

}  // namespace quarterdeck::widgets
