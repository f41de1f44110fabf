#include "widgets/sparkline.h"

#include <QCache>
#include <QHash>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <algorithm>
#include <cmath>

#include "widgets/paint.h"

namespace quarterdeck::widgets {

namespace {

constexpr double kLine = 1.25;
constexpr float kAreaAlpha = 0.18F;
constexpr double kDot = 3.5;
constexpr double kTrack = 6;
constexpr int kCachedPixmaps = 2000;  // several screens of rows

Role lineRole(Tone tone, bool muted) {
    if (muted) {
        return Role::Unknown;
    }
    switch (tone) {
        case Tone::None:
            return Role::Series1;
        case Tone::Good:
            return Role::Series3;
        default:
            return toneTextRole(tone);
    }
}

void paintDashed(QPainter& painter, const QRectF& rect, double y, const QColor& color) {
    QPen pen(color, 1);
    pen.setDashPattern({3, 2});
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    const double middle = std::floor(y) + 0.5;
    painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle));
}

// Everything that decides how the picture looks.
template <class Value>
struct Key {
    Value value;
    QSize size;
    double ratio = 1;
    QString theme;
    bool muted = false;

    friend bool operator==(const Key&, const Key&) = default;
};

std::size_t hashOf(const Sparkline& line, std::size_t seed) {
    seed = qHashRange(line.values.begin(), line.values.end(), seed);
    return qHashMulti(seed, line.request.value_or(-1), line.limit.value_or(-1), static_cast<int>(line.tone));
}

std::size_t hashOf(const Bar& bar, std::size_t seed) {
    return qHashMulti(seed, bar.fraction, bar.mark.value_or(-1), static_cast<int>(bar.tone));
}

template <class Value>
std::size_t qHash(const Key<Value>& key, std::size_t seed = 0) {
    return qHashMulti(hashOf(key.value, seed), key.size.width(), key.size.height(), key.ratio, key.theme, key.muted);
}

int paintedSoFar = 0;

template <class Value, class Paint>
void paintFromCache(QPainter& painter, const QRect& rect, const Value& value, const Theme& theme, bool muted,
                    Paint paint) {
    if (rect.isEmpty()) {
        return;
    }
    static QCache<Key<Value>, QPixmap> cache(kCachedPixmaps);
    const double ratio = painter.device()->devicePixelRatioF();
    const Key<Value> key{value, rect.size(), ratio, theme.id(), muted};
    if (const QPixmap* found = cache.object(key)) {
        painter.drawPixmap(rect.topLeft(), *found);
        return;
    }
    auto* pixmap = new QPixmap(QSizeF(QSizeF(rect.size()) * ratio).toSize());
    pixmap->setDevicePixelRatio(ratio);
    pixmap->fill(Qt::transparent);
    {
        QPainter inner(pixmap);
        paint(inner, QRectF(QPointF(0, 0), QSizeF(rect.size())), value, theme, muted);
    }
    ++paintedSoFar;
    painter.drawPixmap(rect.topLeft(), *pixmap);
    cache.insert(key, pixmap);
}

}  // namespace

void paintSparkline(QPainter& painter, const QRectF& rect, const Sparkline& line, const Theme& theme, bool muted) {
    double top = std::max<double>(line.request.value_or(0), line.limit.value_or(0));
    for (const float value : line.values) {
        top = std::isfinite(value) ? std::max<double>(top, value) : top;
    }
    const QRectF area = rect.adjusted(0, kDot / 2, -kDot / 2, -kDot / 2);
    const auto y = [&](double value) {
        return top > 0 ? area.bottom() - area.height() * std::clamp(value / top, 0.0, 1.0) : area.bottom();
    };
    painter.save();
    if (line.request) {
        paintDashed(painter, rect, y(*line.request), theme.color(Role::BorderStrong));
    }
    if (line.limit) {
        paintDashed(painter, rect, y(*line.limit), theme.color(muted ? Role::Unknown : Role::Critical));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = theme.color(lineRole(line.tone, muted));
    QColor fill = color;
    fill.setAlphaF(kAreaAlpha);
    const qsizetype count = line.values.size();
    const double step = count > 1 ? area.width() / static_cast<double>(count - 1) : 0;
    const auto point = [&](qsizetype i) {
        const double x = count > 1 ? area.left() + step * static_cast<double>(i) : area.right();
        return QPointF(x, y(line.values.at(i)));
    };
    for (qsizetype first = 0; first < count;) {
        if (!std::isfinite(line.values.at(first))) {
            ++first;
            continue;
        }
        QPainterPath path(point(first));
        qsizetype last = first;
        while (last + 1 < count && std::isfinite(line.values.at(last + 1))) {
            path.lineTo(point(++last));
        }
        QPainterPath below = path;
        below.lineTo(point(last).x(), area.bottom());
        below.lineTo(point(first).x(), area.bottom());
        painter.fillPath(below, fill);
        painter.strokePath(path, QPen(color, kLine, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        first = last + 1;
    }
    if (count > 0 && std::isfinite(line.values.last())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(point(count - 1), kDot / 2, kDot / 2);
    }
    painter.restore();
}

void paintBar(QPainter& painter, const QRectF& rect, const Bar& bar, const Theme& theme, bool muted) {
    const QRectF track(rect.left(), std::round(rect.center().y() - kTrack / 2), rect.width(), kTrack);
    const QColor outline = theme.isHighContrast() ? theme.color(Role::BorderStrong) : QColor();
    paintRounded(painter, track, kTrack / 2, theme.color(Role::ChartGrid), outline);
    const double share = std::isfinite(bar.fraction) ? std::clamp(bar.fraction, 0.0, 1.0) : 0.0;
    if (share > 0) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        QPainterPath shape;
        shape.addRoundedRect(track, kTrack / 2, kTrack / 2);
        painter.setClipPath(shape);
        // Something is more than nothing: at least one pixel.
        painter.fillRect(QRectF(track.left(), track.top(), std::max(1.0, track.width() * share), kTrack),
                         theme.color(lineRole(bar.tone, muted)));
        painter.restore();
    }
    if (bar.mark && std::isfinite(*bar.mark)) {
        const double x = track.left() + (track.width() - 1) * std::clamp(*bar.mark, 0.0, 1.0);
        painter.fillRect(QRectF(std::round(x), track.top() - 2, 1, kTrack + 4), theme.color(Role::Text));
    }
}

void paintCached(QPainter& painter, const QRect& rect, const Sparkline& line, const Theme& theme, bool muted) {
    paintFromCache(painter, rect, line, theme, muted, paintSparkline);
}

void paintCached(QPainter& painter, const QRect& rect, const Bar& bar, const Theme& theme, bool muted) {
    paintFromCache(painter, rect, bar, theme, muted, paintBar);
}

int paintedPixmaps() {
    return paintedSoFar;
}

}  // namespace quarterdeck::widgets
