#include "widgets/paint.h"

#include <QFontMetrics>
#include <cmath>

namespace quarterdeck::widgets {

namespace {

// The rectangle with its edges on whole device pixels: lines are sharp at 1.25 and 1.5 too.
QRectF onDevicePixels(const QPainter& painter, const QRectF& rect) {
    const QTransform toDevice = painter.deviceTransform();
    if (toDevice.type() > QTransform::TxScale) {
        return rect;
    }
    const QRectF device = toDevice.mapRect(rect);
    const QRectF snapped(QPointF(std::round(device.left()), std::round(device.top())),
                         QPointF(std::round(device.right()), std::round(device.bottom())));
    return snapped.isEmpty() ? rect : toDevice.inverted().mapRect(snapped);
}

double inDevicePixels(const QPainter& painter, double width) {
    const double scale = painter.deviceTransform().m11();
    return scale > 0 ? std::max(1.0, std::round(width * scale)) / scale : width;
}

}  // namespace

void paintRounded(QPainter& painter, const QRectF& wanted, double radius, const QColor& fill, const QColor& outline,
                  double wantedWidth) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF rect = outline.isValid() ? onDevicePixels(painter, wanted) : wanted;
    const double outlineWidth = inDevicePixels(painter, wantedWidth);
    const double half = outline.isValid() ? outlineWidth / 2 : 0;
    painter.setPen(outline.isValid() ? QPen(outline, outlineWidth) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const double inner = std::max(0.0, radius - half);
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), inner, inner);
    painter.restore();
}

void paintFocusRing(QPainter& painter, const QRectF& rect, double radius, const QColor& accent) {
    paintRounded(painter, rect, radius, {}, accent, 2);
}

QColor mixed(const QColor& a, const QColor& b, double share) {
    const auto part = [share](double x, double y) { return static_cast<float>(x + (y - x) * share); };
    return QColor::fromRgbF(part(a.redF(), b.redF()), part(a.greenF(), b.greenF()), part(a.blueF(), b.blueF()));
}

void paintText(QPainter& painter, const QRect& rect, const QFont& font, const QColor& color, const QString& text,
               Qt::Alignment alignment, Qt::TextElideMode elide) {
    if (text.isEmpty() || rect.width() <= 0) {
        return;
    }
    painter.setFont(font);
    painter.setPen(color);
    const QFontMetrics metrics(font);
    const bool fits = metrics.horizontalAdvance(text) <= rect.width();
    painter.drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine,
                     fits ? text : metrics.elidedText(text, elide, rect.width()));
}

}  // namespace quarterdeck::widgets
