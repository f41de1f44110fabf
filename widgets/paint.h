#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace quarterdeck::widgets {

// Radii of the design, in pixels.
inline constexpr double kControlRadius = 6;
inline constexpr double kTagRadius = 4;
inline constexpr double kCellRadius = 3;

// Fills a rounded rectangle and, with a valid outline, draws a line of the given width just inside its edge.
void paintRounded(QPainter& painter, const QRectF& rect, double radius, const QColor& fill, const QColor& outline = {},
                  double outlineWidth = 1);

// 2 px accent ring just inside the rectangle.
void paintFocusRing(QPainter& painter, const QRectF& rect, double radius, const QColor& accent);

// `a` shifted towards `b` by share (0–1).
QColor mixed(const QColor& a, const QColor& b, double share);

// One line of text, shortened with an ellipsis if need be.
void paintText(QPainter& painter, const QRect& rect, const QFont& font, const QColor& color, const QString& text,
               Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter, Qt::TextElideMode elide = Qt::ElideRight);

}  // namespace quarterdeck::widgets
