#pragma once

#include <QFont>
#include <QLocale>
#include <QRectF>
#include <QTimeZone>

#include "widgets/chart_data.h"
#include "widgets/chart_format.h"
#include "widgets/theme.h"

class QWidget;

// Where things of a chart lie, computed without a widget: the same for the window and for an exported picture.
namespace quarterdeck::widgets {

// How a chart is drawn.
struct ChartLook {
    Theme theme;
    Role ground = Role::Surface;  // what lies behind it
    QFont caption;
    QFont captionBold;
    QFont title;
    double scale = 1;  // of lengths: the person's text scale
    QTimeZone zone;
    QLocale locale;
    bool muted = false;  // old values
};

ChartLook chartLook(const QWidget* widget, const QTimeZone& zone, bool muted);

// Colour of a series; muted where values are old.
QColor seriesColor(const ChartLook& look, int slot);
// Dashes in units of the line's width; none for slots 1–4.
QVector<qreal> seriesDashes(int slot);

// The span of the value axis before it is rounded, and its unit. Thresholds widen it up to four times the values.
struct ChartRange {
    double low = 0;
    double high = 1;
    ChartScale scale;
};
ChartRange rangeOf(const ChartContent& content);

class ChartFrame {
public:
    ChartFrame() = default;
    ChartFrame(const ChartContent& content, const ChartLook& look, const QSizeF& size);

    const QRectF& plot() const { return plot_; }
    const ChartRange& range() const { return range_; }
    const ValueTicks& values() const { return values_; }
    const TimeTicks& times() const { return times_; }
    double low() const { return low_; }
    double high() const { return high_; }
    qint64 from() const { return from_; }
    qint64 to() const { return to_; }
    // Whether values are written right of the plot, at the lines' ends.
    bool hasEndColumn() const { return endColumn_; }
    // High contrast: lines are drawn wider.
    bool strong() const { return strong_; }

    double x(qint64 ms) const;
    double y(double value) const;
    // Within [from, to].
    qint64 timeAt(double x) const;
    // How long a distance of so many pixels is.
    qint64 duration(double pixels) const;

private:
    QRectF plot_;
    ChartRange range_;
    ValueTicks values_;
    TimeTicks times_;
    double low_ = 0;
    double high_ = 1;
    qint64 from_ = 0;
    qint64 to_ = 1;
    bool endColumn_ = false;
    bool strong_ = false;
};

}  // namespace quarterdeck::widgets
