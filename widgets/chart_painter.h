#pragma once

#include "widgets/chart_scene.h"

namespace quarterdeck::widgets {

// Paints a chart without its title row and without the cursor: grid, spans, series, thresholds, marks, axes, values
// at the lines' ends. Used for the window and for exported pictures.
class ChartPainter {
public:
    // The content must be tidied. Keeps Qt's series where only points differ.
    void prepare(const ChartContent& content, const ChartLook& look, const QSizeF& size);
    // Into (0, 0, size).
    void paint(QPainter& painter);
    // In place of values: still bars where the labels will be.
    void paintSkeleton(QPainter& painter) const;

    const ChartFrame& frame() const { return frame_; }
    const ChartScene& scene() const { return scene_; }
    QSizeF size() const { return size_; }

private:
    void paintSpans(QPainter& painter) const;
    void paintGrid(QPainter& painter) const;
    void paintDots(QPainter& painter) const;
    void paintEnds(QPainter& painter) const;
    void paintThresholds(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintMark(QPainter& painter, const ChartMark& mark, QVector<QRectF>& taken) const;
    double onPixel(double position) const;

    ChartContent content_;
    ChartLook look_;
    QSizeF size_;
    ChartFrame frame_;
    QVector<DrawnSeries> drawn_;
    ChartScene scene_;
};

}  // namespace quarterdeck::widgets
