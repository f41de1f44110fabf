#pragma once

#include <QColor>
#include <QVector>
#include <memory>

#include "widgets/chart_frame.h"
#include "widgets/chart_reduce.h"

class QPainter;

namespace quarterdeck::widgets {

// A series as it is drawn: reduced to the pixels there are.
struct DrawnSeries {
    SeriesStyle style = SeriesStyle::Line;  // Area only where it is filled
    int slot = 1;
    QColor color;
    QVector<ChartRun> runs;    // corners of the line; empty for bars
    QVector<ChartPoint> bars;  // for bars
    qint64 barMs = 0;          // width of a bar
};

QVector<DrawnSeries> drawnSeries(const ChartContent& content, const ChartFrame& frame, const ChartLook& look);

// The lines, areas and bars, by Qt Charts. Axes, words and marks are not its business. Interface thread only.
class ChartScene {
public:
    ChartScene();
    ~ChartScene();
    ChartScene(const ChartScene&) = delete;
    ChartScene& operator=(const ChartScene&) = delete;

    // Series of the same styles as before get new points; others are made anew.
    void show(const QVector<DrawnSeries>& series, const ChartFrame& frame, const QSizeF& size);
    // Into (0, 0, size).
    void paint(QPainter& painter);

    // For measurements: how many points Qt Charts was given for a series by the last show(), and how often series
    // were made anew.
    int pointsGiven(int series) const;
    int rebuilds() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace quarterdeck::widgets
