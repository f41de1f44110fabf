#pragma once

#include <QPainter>
#include <optional>

#include "widgets/chart_frame.h"

namespace quarterdeck::widgets {

// The title row of a chart, without its button: title, unit, and each series with its value at the cursor (else its
// last one). Where the row is too short the series go to lines below.
class ChartLegend {
public:
    ChartLegend() = default;
    // `reserved`: px kept free at the right end of the title row.
    ChartLegend(const ChartContent& content, const ChartLook& look, double width, double reserved);

    double height() const { return height_; }
    // `at`: the moment pointed at. `slackMs`: how far a value may lie from it and still be told.
    void paint(QPainter& painter, std::optional<qint64> at, qint64 slackMs) const;

    // The same in words: "03:10:30, orders 0.4, payments 0.2" — for screen readers.
    QString words(std::optional<qint64> at, qint64 slackMs) const;

private:
    struct Entry {
        QRectF place;
        QString name;
        double nameWidth = 0;
        qsizetype series = -1;  // −1: words without a value
    };
    void place(double width, double reserved);
    QString valueText(qsizetype series, std::optional<qint64> at, qint64 slackMs, bool* breached) const;
    void paintSwatch(QPainter& painter, const QRectF& rect, qsizetype series) const;
    void paintTitle(QPainter& painter, std::optional<qint64> at) const;

    ChartContent content_;
    ChartLook look_;
    ChartRange range_;
    QVector<Entry> entries_;
    QVector<double> valueWidths_;
    QRectF titleRow_;
    double height_ = 0;
};

}  // namespace quarterdeck::widgets
