#include "widgets/chart_legend.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/paint.h"

namespace quarterdeck::widgets {

namespace {

constexpr double kSwatch = 14;
constexpr double kSwatchGap = 5;
constexpr double kEntryGap = 12;
constexpr double kMostName = 220;
constexpr qsizetype kOneLineSeries = 3;
constexpr double kRow = 24;
constexpr double kLowerRow = 18;

bool breaches(double value, const ChartThreshold& threshold) {
    return threshold.lower ? value < threshold.value : value > threshold.value;
}

}  // namespace

ChartLegend::ChartLegend(const ChartContent& content, const ChartLook& look, double width, double reserved)
    : content_(content), look_(look), range_(rangeOf(content)) {
    place(width, reserved);
}

void ChartLegend::place(double width, double reserved) {
    const QFontMetricsF names(look_.caption);
    const QFontMetricsF values(look_.captionBold);
    const QFontMetricsF titles(look_.title);
    const double row = std::max(std::ceil(kRow * look_.scale), std::ceil(titles.height()) + 4);
    const double lower = std::max(std::ceil(kLowerRow * look_.scale), std::ceil(names.height()) + 2);
    const qsizetype shown = std::min<qsizetype>(content_.series.size(), kChartSeriesMax);
    QVector<double> widths;
    for (qsizetype i = 0; i < shown; ++i) {
        Entry entry;
        entry.series = i;
        double value = values.horizontalAdvance(QStringLiteral("–"));
        if (const auto found = statisticsOf(content_.series[i], content_.from, content_.to)) {
            const double usual = 88.8 * range_.scale.divisor;
            for (const double one : {found->lowest, found->highest, found->last.value, usual}) {
                value = std::max(value, values.horizontalAdvance(readOut(one, range_.scale, look_.locale)));
            }
        }
        // Many share the lines below in two columns at least.
        const double half = (width - kEntryGap) / 2 - kSwatch - kSwatchGap - 6 - std::ceil(value);
        const double most = shown > kOneLineSeries ? std::clamp(half, 40.0, kMostName * look_.scale)
                                                   : std::min(kMostName * look_.scale, width * 0.6);
        // A single series that is called like the chart needs no name.
        const QString name = content_.series[i].name;
        entry.name = shown == 1 && name == content_.title ? QString() : names.elidedText(name, Qt::ElideMiddle, most);
        entry.nameWidth = std::ceil(names.horizontalAdvance(entry.name));
        valueWidths_.append(std::ceil(value));
        entries_.append(entry);
        widths.append(kSwatch + kSwatchGap + entry.nameWidth + (entry.name.isEmpty() ? 0 : 5) + valueWidths_.last());
    }
    if (content_.series.size() > shown) {
        Entry more;
        more.name = QCoreApplication::translate("Chart", "%n more not shown", nullptr,
                                                static_cast<int>(content_.series.size() - shown));
        more.nameWidth = std::ceil(names.horizontalAdvance(more.name));
        entries_.append(more);
        widths.append(more.nameWidth);
    }
    double total = 0;
    for (const double one : widths) {
        total += one + kEntryGap;
    }
    const QString unit = unitCaption(content_.unit, range_.scale);
    const double time =
        names.horizontalAdvance(cursorLabel(content_.from, content_.to - content_.from, look_.zone, look_.locale));
    const double stale = content_.staleWords.isEmpty() ? 0 : names.horizontalAdvance(content_.staleWords) + 12;
    const double head =
        titles.horizontalAdvance(content_.title) + 8 + names.horizontalAdvance(unit) + stale + 16 + time;
    const bool oneRow = head + total <= width - reserved;
    const double entriesLeft = oneRow ? width - reserved - total : 0;
    titleRow_ = QRectF(0, 0, oneRow ? entriesLeft : width - reserved, row);
    height_ = row;
    double x = oneRow ? entriesLeft + kEntryGap : 0;
    double y = oneRow ? 0 : row;
    for (qsizetype i = 0; i < entries_.size(); ++i) {
        if (!oneRow && x > 0 && x + widths[i] > width) {
            x = 0;
            y += lower;
        }
        entries_[i].place = QRectF(x, y, std::min(widths[i], width), oneRow ? row : lower);
        x += widths[i] + kEntryGap;
        height_ = std::max(height_, entries_[i].place.bottom());
    }
}

QString ChartLegend::valueText(qsizetype series, std::optional<qint64> at, qint64 slackMs, bool* breached) const {
    const ChartSeries& own = content_.series[series];
    std::optional<ChartPoint> point;
    if (at) {
        point = pointAt(own, *at, slackMs);
    } else if (const auto found = statisticsOf(own, content_.from, content_.to)) {
        point = found->last;
    }
    *breached = false;
    if (!point) {
        return QStringLiteral("–");
    }
    *breached = std::any_of(content_.thresholds.cbegin(), content_.thresholds.cend(), [&](const ChartThreshold& one) {
        return one.tone == Tone::Critical && breaches(point->value, one);
    });
    return readOut(point->value, range_.scale, look_.locale);
}

void ChartLegend::paintSwatch(QPainter& painter, const QRectF& rect, qsizetype series) const {
    const int slot = slotOf(content_.series[series], series);
    const QColor color = seriesColor(look_, slot);
    const double y = std::round(rect.center().y()) + 0.5;
    if (content_.series[series].style == SeriesStyle::Bars) {
        painter.fillRect(QRectF(rect.left() + 3, y - 4, 8, 8), color);
        return;
    }
    QPen pen(color, 2);
    pen.setCapStyle(Qt::FlatCap);
    if (!seriesDashes(slot).isEmpty()) {
        pen.setDashPattern(seriesDashes(slot));
    }
    painter.setPen(pen);
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.left() + kSwatch, y));
}

void ChartLegend::paintTitle(QPainter& painter, std::optional<qint64> at) const {
    const auto aligned = Qt::AlignLeft | Qt::AlignVCenter;
    double x = 0;
    const auto write = [&](const QFont& font, Role role, const QString& text, double gap) {
        const double room = titleRow_.width() - x;
        if (text.isEmpty() || room < 24) {
            return;
        }
        const double width = std::min(room, std::ceil(QFontMetricsF(font).horizontalAdvance(text)) + 1);
        paintText(painter, QRectF(x, 0, width, titleRow_.height()).toAlignedRect(), font, look_.theme.color(role), text,
                  aligned);
        x += width + gap;
    };
    write(look_.title, Role::Text, content_.title, 8);
    write(look_.caption, Role::TextMuted, unitCaption(content_.unit, range_.scale), 12);
    write(look_.caption, Role::Unknown, content_.staleWords, 12);
    if (at) {
        const QString time = cursorLabel(*at, content_.to - content_.from, look_.zone, look_.locale);
        const double width = QFontMetricsF(look_.caption).horizontalAdvance(time) + 1;
        if (x + width <= titleRow_.width()) {
            paintText(painter, titleRow_.toAlignedRect(), look_.caption, look_.theme.color(Role::TextMuted), time,
                      Qt::AlignRight | Qt::AlignVCenter);
        }
    }
}

void ChartLegend::paint(QPainter& painter, std::optional<qint64> at, qint64 slackMs) const {
    paintTitle(painter, at);
    for (const Entry& entry : entries_) {
        double x = entry.place.left();
        const auto write = [&](const QFont& font, const QColor& color, const QString& text, double width) {
            paintText(painter, QRectF(x, entry.place.top(), width + 1, entry.place.height()).toAlignedRect(), font,
                      color, text, Qt::AlignLeft | Qt::AlignVCenter);
            x += width;
        };
        if (entry.series < 0) {
            write(look_.caption, look_.theme.color(Role::TextMuted), entry.name, entry.nameWidth);
            continue;
        }
        paintSwatch(painter, entry.place, entry.series);
        x += kSwatch + kSwatchGap;
        if (!entry.name.isEmpty()) {
            write(look_.caption, look_.theme.color(Role::TextMuted), entry.name, entry.nameWidth);
            x += 5;
        }
        bool breached = false;
        const QString value = valueText(entry.series, at, slackMs, &breached);
        const Role role = look_.muted ? Role::TextMuted : breached ? Role::Critical : Role::Text;
        const double width =
            std::max(valueWidths_[entry.series], QFontMetricsF(look_.captionBold).horizontalAdvance(value));
        write(look_.captionBold, look_.theme.color(role), value, std::ceil(width));
    }
}

QString ChartLegend::words(std::optional<qint64> at, qint64 slackMs) const {
    QStringList parts;
    if (at) {
        parts << cursorLabel(*at, content_.to - content_.from, look_.zone, look_.locale);
        const qint64 near = std::max<qint64>(slackMs, 1);
        for (const ChartMark& mark : content_.marks) {
            if (std::abs(mark.ms - *at) <= near && !mark.words.isEmpty()) {
                parts << mark.words;
            }
        }
    }
    for (qsizetype i = 0; i < valueWidths_.size(); ++i) {
        const ChartSeries& series = content_.series[i];
        std::optional<ChartPoint> point;
        if (at) {
            point = pointAt(series, *at, slackMs);
        } else if (const auto found = statisticsOf(series, content_.from, content_.to)) {
            point = found->last;
        }
        const QString value = point ? valueInWords(point->value, content_.unit, look_.locale)
                                    : QCoreApplication::translate("Chart", "no value");
        parts << (series.name.isEmpty() ? value : QStringLiteral("%1 %2").arg(series.name, value));
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace quarterdeck::widgets
