#pragma once

// Pictures of widgets, measured: what is painted, and in which colours.

#include <QHash>
#include <QImage>
#include <QSet>
#include <QStringList>
#include <QWidget>

#include <algorithm>
#include <cstdlib>

#include "widgets/chart_frame.h"
#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::gui_tests {

inline QImage pictureOf(QWidget& widget, double ratio) {
    QImage image((QSizeF(widget.size()) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(widgets::themeOf(&widget).color(widgets::Role::Window));
    widget.render(&image);
    return image;
}

/// The part of a picture of `window` that shows `widget`, with `margin` pixels around it.
inline QImage cut(const QImage& picture, const QWidget& window, const QWidget& widget, int margin = 0) {
    const double ratio = picture.devicePixelRatio();
    const QRect place =
        QRect(widget.mapTo(&window, QPoint()), widget.size()).adjusted(-margin, -margin, margin, margin);
    return picture.copy(QRectF(QPointF(place.topLeft()) * ratio, QSizeF(place.size()) * ratio).toAlignedRect());
}

inline QHash<QRgb, int> coloursOf(const QImage& image) {
    QHash<QRgb, int> colours;
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            ++colours[line[x] & 0xffffff];
        }
    }
    return colours;
}

/// The colours an area may have: the tokens, what hover, press and scroll bars mix from them, the lines of charts that
/// show old values, and what lies below the line of a sparkline.
inline QSet<QRgb> allowedColours(const widgets::Theme& theme) {
    QSet<QRgb> allowed;
    const QColor surface = theme.color(widgets::Role::Surface);
    for (std::size_t i = 0; i < widgets::kRoleCount; ++i) {
        const QColor token = theme.color(static_cast<widgets::Role>(i));
        allowed.insert(token.rgb() & 0xffffff);
        for (const double share : {0.1, 0.18, 0.35}) {
            allowed.insert(widgets::mixed(token, surface, share).rgb() & 0xffffff);
        }
    }
    using widgets::Role;
    for (const Role ground : {Role::Surface, Role::Selection, Role::Hover}) {
        for (const Role line : {Role::Series1, Role::Series3, Role::Unknown}) {
            allowed.insert(widgets::mixed(theme.color(ground), theme.color(line), 0.18).rgb() & 0xffffff);
        }
    }
    widgets::ChartLook old;
    old.theme = theme;
    old.muted = true;
    for (int slot = 1; slot <= widgets::kChartSeriesMax; ++slot) {
        allowed.insert(widgets::seriesColor(old, slot).rgb() & 0xffffff);
    }
    return allowed;
}

inline bool near(QRgb a, QRgb b) {
    return std::abs(qRed(a) - qRed(b)) <= 1 && std::abs(qGreen(a) - qGreen(b)) <= 1 &&
           std::abs(qBlue(a) - qBlue(b)) <= 1;
}

/// How many pixels of each colour have neighbours of the same colour alone: areas, not edges and letters.
inline QHash<QRgb, int> areasOf(const QImage& image) {
    QHash<QRgb, int> areas;
    for (int y = 1; y + 1 < image.height(); ++y) {
        for (int x = 1; x + 1 < image.width(); ++x) {
            const QRgb here = image.pixel(x, y);
            bool inside = true;
            for (int near = 0; near < 9 && inside; ++near) {
                inside = image.pixel(x - 1 + near % 3, y - 1 + near / 3) == here;
            }
            if (inside) {
                ++areas[here & 0xffffff];
            }
        }
    }
    return areas;
}

/// Areas of a picture that are painted in a colour of no token.
inline QStringList strangeColours(const QImage& image, const widgets::Theme& theme) {
    QStringList strange;
    const QSet<QRgb> allowed = allowedColours(theme);
    const QHash<QRgb, int> colours = areasOf(image);
    for (auto it = colours.begin(); it != colours.end(); ++it) {
        const bool large = it.value() >= 64;  // strokes of icons are smaller
        const bool known = allowed.contains(it.key()) || std::any_of(allowed.begin(), allowed.end(),
                                                                     [&](QRgb token) { return near(token, it.key()); });
        if (large && !known) {
            strange += QStringLiteral("#%1 on %2 pixels").arg(it.key(), 6, 16, QLatin1Char('0')).arg(it.value());
        }
    }
    return strange;
}

}  // namespace quarterdeck::gui_tests
