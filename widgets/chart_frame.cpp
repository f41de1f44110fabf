#include "widgets/chart_frame.h"

#include <QFontMetricsF>
#include <QWidget>
#include <algorithm>
#include <cmath>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr double kLabelColumn = 36;
constexpr double kValueStepHeight = 34;
constexpr double kEndColumnFrom = 520;  // width of a chart that has room for values beside the plot
constexpr int kEndColumnSeries = 4;
constexpr double kFarThreshold = 4;
constexpr double kHeadroom = 0.02;
constexpr qint64 kMinutesFrom = 600'000;  // a range that is told in minutes
constexpr double kMutedShare = 0.6;

qsizetype shownSeries(const ChartContent& content) {
    return std::min<qsizetype>(content.series.size(), kChartSeriesMax);
}

}  // namespace

ChartLook chartLook(const QWidget* widget, const QTimeZone& zone, bool muted) {
    ChartLook look;
    look.theme = themeOf(widget);
    look.caption = textFont(widget, TextSize::Caption);
    look.captionBold = textFont(widget, TextSize::Caption, QFont::DemiBold);
    look.title = textFont(widget, TextSize::Secondary, QFont::DemiBold);
    look.scale = textScaleOf(widget);
    look.zone = zone;
    look.locale = widget->locale();
    look.muted = muted;
    return look;
}

QColor seriesColor(const ChartLook& look, int slot) {
    const auto role = static_cast<Role>(static_cast<int>(Role::Series1) + slot - 1);
    const QColor color = look.theme.color(role);
    return look.muted ? mixed(color, look.theme.color(Role::Unknown), kMutedShare) : color;
}

QVector<qreal> seriesDashes(int slot) {
    switch (slot) {
        case 5:
            return {6, 3};
        case 6:
            return {2, 2};
        case 7:
            return {8, 2, 2, 2};
        case 8:
            return {1, 3};
        default:
            return {};
    }
}

ChartRange rangeOf(const ChartContent& content) {
    ChartRange range;
    bool any = false;
    double low = 0;
    double high = 0;
    for (qsizetype i = 0; i < shownSeries(content); ++i) {
        if (const auto found = statisticsOf(content.series[i], content.from, content.to)) {
            low = any ? std::min(low, found->lowest) : found->lowest;
            high = any ? std::max(high, found->highest) : found->highest;
            any = true;
        }
    }
    range.low = content.lowest ? std::min(*content.lowest, any ? low : *content.lowest) : std::min(0.0, low);
    range.high = std::max(high, range.low);
    for (const ChartThreshold& threshold : content.thresholds) {
        const double reach = any && high > range.low ? range.low + (high - range.low) * kFarThreshold : threshold.value;
        if (std::isfinite(threshold.value) && threshold.value <= reach) {
            // A little more, so that it does not lie on the upper edge.
            range.high = std::max(range.high, threshold.value + std::abs(threshold.value - range.low) * kHeadroom);
            range.low = std::min(range.low, threshold.value);
        }
    }
    if (content.highest) {
        range.high = std::max(range.high, *content.highest);
    }
    range.scale = scaleFor(content.unit, std::max(std::abs(range.low), std::abs(range.high)));
    if (!(range.high > range.low)) {
        range.high = range.low + (range.low == 0 ? range.scale.divisor : std::abs(range.low));
    }
    return range;
}

ChartFrame::ChartFrame(const ChartContent& content, const ChartLook& look, const QSizeF& size)
    : range_(rangeOf(content)), from_(content.from), to_(std::max(content.to, content.from + 1)) {
    const QFontMetricsF metrics(look.caption);
    const double line = metrics.height();
    const double top = content.marks.isEmpty() ? std::ceil(line / 2) + 2 : std::ceil(line) + 10;
    const double bottom = std::ceil(line) + 8;
    const double height = std::max(24.0, size.height() - top - bottom);
    const int most = std::clamp(static_cast<int>(height / (kValueStepHeight * look.scale)), 1, 8);
    const double leastStep = content.unit.kind == ChartUnit::Kind::Count ? 1 : 0;
    values_ = valueTicks(range_.low, range_.high, most, range_.scale, leastStep);
    low_ = values_.values.first();
    high_ = values_.values.last();
    double labels = kLabelColumn * look.scale - 8;
    for (const double value : values_.values) {
        const QString text = axisLabel(value, values_.decimals, range_.scale, look.locale);
        labels = std::max(labels, metrics.horizontalAdvance(text));
    }
    const double left = std::ceil(labels) + 8;
    double right = 8;
    strong_ = look.theme.isHighContrast();
    endColumn_ = size.width() >= kEndColumnFrom * look.scale && content.series.size() <= kEndColumnSeries;
    if (endColumn_) {
        const QFontMetricsF bold(look.captionBold);
        for (const ChartSeries& series : content.series) {
            if (const auto found = statisticsOf(series, from_, to_)) {
                const QString text = readOut(found->last.value, range_.scale, look.locale);
                right = std::max(right, std::ceil(bold.horizontalAdvance(text)) + 14);
            }
        }
    }
    plot_ = QRectF(left, top, std::max(24.0, std::floor(size.width() - left - right)), std::floor(height));
    const QString label = to_ - from_ > kMinutesFrom ? QStringLiteral("00:00") : QStringLiteral("00:00:00");
    const double widest = metrics.horizontalAdvance(label) + 20;
    times_ = timeTicks(from_, to_, std::max(2, static_cast<int>(plot_.width() / widest)), look.zone);
}

double ChartFrame::x(qint64 ms) const {
    return plot_.left() + static_cast<double>(ms - from_) / static_cast<double>(to_ - from_) * plot_.width();
}

double ChartFrame::y(double value) const {
    return plot_.bottom() - (value - low_) / (high_ - low_) * plot_.height();
}

qint64 ChartFrame::timeAt(double x) const {
    const double share = std::clamp((x - plot_.left()) / plot_.width(), 0.0, 1.0);
    return from_ + std::llround(share * static_cast<double>(to_ - from_));
}

qint64 ChartFrame::duration(double pixels) const {
    return static_cast<qint64>(pixels / plot_.width() * static_cast<double>(to_ - from_));
}

}  // namespace quarterdeck::widgets
