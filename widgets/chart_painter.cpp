#include "widgets/chart_painter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/paint.h"

namespace quarterdeck::widgets {

namespace {

constexpr float kSpanAlpha = 0.45F;
constexpr double kDotRadius = 2;
constexpr double kEndDotRadius = 2.5;
constexpr double kMarkWidth = 1.5;

bool overlapsAny(const QRectF& rect, const QVector<QRectF>& others) {
    return std::any_of(others.cbegin(), others.cend(), [&](const QRectF& other) { return other.intersects(rect); });
}

}  // namespace

void ChartPainter::prepare(const ChartContent& content, const ChartLook& look, const QSizeF& size) {
    content_ = content;
    look_ = look;
    size_ = size;
    frame_ = ChartFrame(content_, look_, size_);
    drawn_ = drawnSeries(content_, frame_, look_);
    scene_.show(drawn_, frame_, size_);
}

void ChartPainter::paint(QPainter& painter) {
    paintSpans(painter);
    paintGrid(painter);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    scene_.paint(painter);
    painter.restore();
    paintDots(painter);
    paintThresholds(painter);
    paintEnds(painter);
    paintMarks(painter);
}

// Hairlines lie on half pixels.
double ChartPainter::onPixel(double position) const {
    return std::floor(position) + 0.5;
}

void ChartPainter::paintSkeleton(QPainter& painter) const {
    const QColor color = look_.theme.color(Role::ChartGrid);
    const QRectF plot = frame_.plot();
    constexpr int kLines = 4;
    for (int i = 0; i <= kLines; ++i) {
        const double y = onPixel(plot.top() + plot.height() * i / kLines);
        painter.setPen(QPen(color, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        paintRounded(painter, QRectF(plot.left() - 8 - 20, y - 4, 20, 8), 4, color);
        const double x = plot.left() + plot.width() * (i + 0.5) / (kLines + 1);
        paintRounded(painter, QRectF(x - 16, plot.bottom() + 8, 32, 8), 4, color);
    }
}

void ChartPainter::paintSpans(QPainter& painter) const {
    const QRectF plot = frame_.plot();
    const QFontMetricsF metrics(look_.caption);
    for (const ChartSpan& span : content_.spans) {
        if (span.to < frame_.from() || span.from > frame_.to()) {
            continue;
        }
        const double left = std::max(plot.left(), frame_.x(span.from));
        const double right = std::min(plot.right(), std::max(frame_.x(span.to), left + 1));
        const QRectF area(left, plot.top(), right - left, plot.height());
        const QColor line = look_.theme.color(toneTextRole(span.tone));
        if (look_.theme.isHighContrast()) {
            QColor hatch = line;
            hatch.setAlphaF(kSpanAlpha);
            painter.fillRect(area, QBrush(hatch, Qt::BDiagPattern));
            painter.setPen(QPen(line, 1));
            painter.drawLine(QPointF(onPixel(left), plot.top()), QPointF(onPixel(left), plot.bottom()));
            painter.drawLine(QPointF(onPixel(right), plot.top()), QPointF(onPixel(right), plot.bottom()));
        } else {
            QColor tint = look_.theme.color(toneTintRole(span.tone));
            tint.setAlphaF(kSpanAlpha);
            painter.fillRect(area, tint);
        }
        if (metrics.horizontalAdvance(span.words) + 8 <= area.width()) {
            painter.setFont(look_.caption);
            painter.setPen(look_.theme.color(Role::TextMuted));
            painter.drawText(area.adjusted(4, 2, -4, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine, span.words);
        }
    }
}

void ChartPainter::paintGrid(QPainter& painter) const {
    const QRectF plot = frame_.plot();
    const QFontMetricsF metrics(look_.caption);
    const double line = metrics.height();
    const QPen grid(look_.theme.color(Role::ChartGrid), 1);
    const QColor axis = look_.theme.color(Role::ChartAxis);
    painter.setFont(look_.caption);
    for (const double value : frame_.values().values) {
        const double y = onPixel(std::min(frame_.y(value), plot.bottom()));
        painter.setPen(grid);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(axis);
        painter.drawText(QRectF(0, y - line / 2, plot.left() - 8, line), Qt::AlignRight | Qt::AlignVCenter,
                         axisLabel(value, frame_.values().decimals, frame_.range().scale, look_.locale));
    }
    double free = -1e9;
    for (const qint64 time : frame_.times().times) {
        const double x = onPixel(std::min(frame_.x(time), plot.right() - 1));
        painter.setPen(grid);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        const QString words = tickLabel(time, frame_.times().stepMs, look_.zone, look_.locale);
        const double width = metrics.horizontalAdvance(words);
        const double left = std::clamp(x - width / 2, 0.0, std::max(0.0, size_.width() - width));
        if (left > free) {  // after the clock was put back two can lie close together
            painter.setPen(axis);
            painter.drawText(QRectF(left, plot.bottom() + 5, width + 1, line), Qt::AlignLeft | Qt::AlignVCenter, words);
            free = left + width + 6;
        }
    }
}

void ChartPainter::paintDots(QPainter& painter) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const DrawnSeries& series : drawn_) {
        painter.setBrush(series.color);
        for (const ChartRun& run : series.runs) {
            if (run.size() == 1) {
                painter.drawEllipse(QPointF(frame_.x(run.first().ms), frame_.y(run.first().value)), kDotRadius,
                                    kDotRadius);
            }
        }
    }
    painter.restore();
}

// The last value behind the end of its line, where it fits and covers no other.
void ChartPainter::paintEnds(QPainter& painter) const {
    const QFontMetricsF metrics(look_.captionBold);
    const double line = metrics.height();
    QVector<QRectF> taken;
    for (qsizetype i = 0; i < drawn_.size(); ++i) {
        const auto found = statisticsOf(content_.series[i], frame_.from(), frame_.to());
        if (!found || drawn_[i].style == SeriesStyle::Bars) {
            continue;
        }
        const QPointF end(frame_.x(found->last.ms), frame_.y(found->last.value));
        const QString words = readOut(found->last.value, frame_.range().scale, look_.locale);
        const double top = std::clamp(end.y() - line / 2, 0.0, frame_.plot().bottom() - line / 2);
        const QRectF place(end.x() + 6, top, metrics.horizontalAdvance(words) + 1, line);
        const double edge = frame_.hasEndColumn() ? size_.width() : frame_.plot().right();
        if (place.right() > edge || overlapsAny(place, taken)) {
            continue;
        }
        taken.append(place);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(drawn_[i].color);
        painter.drawEllipse(end, kEndDotRadius, kEndDotRadius);
        painter.restore();
        painter.setFont(look_.captionBold);
        painter.setPen(look_.theme.color(look_.muted ? Role::TextMuted : Role::Text));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, words);
    }
}

void ChartPainter::paintThresholds(QPainter& painter) const {
    const QRectF plot = frame_.plot();
    const QFontMetricsF metrics(look_.caption);
    const double line = metrics.height();
    QVector<QRectF> taken;
    painter.setFont(look_.caption);
    for (const ChartThreshold& threshold : content_.thresholds) {
        if (!std::isfinite(threshold.value)) {
            continue;
        }
        // One far above the values would press them flat: it is told in words at the edge.
        const bool above = threshold.value > frame_.high();
        const bool below = threshold.value < frame_.low();
        const double y = above ? plot.top() : below ? plot.bottom() : frame_.y(threshold.value);
        const QString words = above   ? QStringLiteral("↑ ") + threshold.words
                              : below ? QStringLiteral("↓ ") + threshold.words
                                      : threshold.words;
        if (!above && !below) {
            QPen pen(look_.theme.color(toneTextRole(look_.muted ? Tone::Unknown : threshold.tone)), 1);
            pen.setCapStyle(Qt::FlatCap);
            pen.setDashPattern({4, 3});
            painter.setPen(pen);
            painter.drawLine(QPointF(plot.left(), onPixel(y)), QPointF(plot.right(), onPixel(y)));
        }
        if (words.isEmpty()) {
            continue;
        }
        const QString shown = metrics.elidedText(words, Qt::ElideRight, plot.width() - 8);
        QRectF place(plot.left() + 4, y - line - 1, metrics.horizontalAdvance(shown) + 1, line);
        if (place.top() < plot.top() || above) {
            place.moveTop(y + 1);
        }
        if (overlapsAny(place, taken) && y + 1 + line <= plot.bottom()) {
            place.moveTop(y + 1);
        }
        while (overlapsAny(place, taken) && place.right() < plot.right()) {
            place.translate(line, 0);
        }
        if (place.right() > plot.right()) {
            continue;
        }
        taken.append(place);
        painter.setPen(look_.theme.color(Role::TextMuted));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    }
}

void ChartPainter::paintMarks(QPainter& painter) const {
    QVector<QRectF> taken;
    // Rollouts and incidents find their place before notes.
    for (const bool notes : {false, true}) {
        for (const ChartMark& mark : content_.marks) {
            if ((mark.kind == MarkKind::Note) == notes && mark.ms >= frame_.from() && mark.ms <= frame_.to()) {
                paintMark(painter, mark, taken);
            }
        }
    }
}

void ChartPainter::paintMark(QPainter& painter, const ChartMark& mark, QVector<QRectF>& taken) const {
    const QRectF plot = frame_.plot();
    const bool note = mark.kind == MarkKind::Note;
    const bool incident = mark.kind == MarkKind::Incident;
    const QColor color = look_.theme.color(incident ? Role::Critical : Role::Accent);
    const QFont& font = note ? look_.caption : look_.captionBold;
    const QFontMetricsF metrics(font);
    const double line = std::ceil(metrics.height());
    const double x = std::round(frame_.x(mark.ms));
    QPen pen(color, kMarkWidth);
    pen.setCapStyle(Qt::FlatCap);
    if (note) {
        pen.setDashPattern({1.5, 2});
    }
    painter.setPen(pen);
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    if (mark.words.isEmpty()) {
        return;
    }
    const double most = plot.width() * 0.6;
    const QString words = metrics.elidedText(mark.words, Qt::ElideRight, most);
    QRectF flag(0, plot.top() - line - 4, metrics.horizontalAdvance(words) + 10, line + 2);
    flag.moveRight(x + kMarkWidth / 2);
    if (flag.left() < 0 || overlapsAny(flag, taken)) {
        flag.moveLeft(x - kMarkWidth / 2);
    }
    if (flag.right() > size_.width() || overlapsAny(flag, taken)) {
        return;  // the line stays; its words stand where the cursor is near
    }
    taken.append(flag);
    painter.setFont(font);
    if (note) {
        painter.setPen(look_.theme.color(Role::TextMuted));
    } else {
        painter.setPen(QPen(color, kMarkWidth));
        painter.drawLine(QPointF(x, flag.center().y()), QPointF(x, plot.top()));
        paintRounded(painter, flag, kCellRadius, look_.theme.color(incident ? Role::CriticalFill : Role::Accent));
        painter.setPen(look_.theme.color(incident ? Role::OnCritical : Role::OnAccent));
    }
    painter.drawText(flag, Qt::AlignCenter | Qt::TextSingleLine, words);
}

}  // namespace quarterdeck::widgets
