#pragma once

#include <QMetaType>
#include <QVector>
#include <optional>

#include "widgets/theme.h"

class QPainter;
class QRectF;

namespace quarterdeck::widgets {

// A course of values in the room of a word, oldest first, evenly spaced. The scale begins at 0 and ends at the largest
// of values, request and limit. NaN is a gap.
struct Sparkline {
    QVector<float> values;
    std::optional<float> request;  // dashed in border-strong
    std::optional<float> limit;    // dashed in critical
    Tone tone = Tone::None;        // None: the first colour of charts, Good: the third

    friend bool operator==(const Sparkline&, const Sparkline&) = default;
};

// A share of something.
struct Bar {
    double fraction = 0;         // 0 to 1; what is beyond fills the track
    std::optional<double> mark;  // a tick at this share
    Tone tone = Tone::None;

    friend bool operator==(const Bar&, const Bar&) = default;
};

// Line 1.25, area 18 %, end dot 3.5. `muted`: old values, in the colour of what is unknown.
void paintSparkline(QPainter& painter, const QRectF& rect, const Sparkline& line, const Theme& theme, bool muted);
// A 6 px track in the middle of the rectangle.
void paintBar(QPainter& painter, const QRectF& rect, const Bar& bar, const Theme& theme, bool muted);

// The same from pixmaps that are painted once per content, size, device pixel ratio and theme. Interface thread.
void paintCached(QPainter& painter, const QRect& rect, const Sparkline& line, const Theme& theme, bool muted);
void paintCached(QPainter& painter, const QRect& rect, const Bar& bar, const Theme& theme, bool muted);
// How often a pixmap had to be painted so far; for tests.
int paintedPixmaps();

}  // namespace quarterdeck::widgets

Q_DECLARE_METATYPE(quarterdeck::widgets::Sparkline)
Q_DECLARE_METATYPE(quarterdeck::widgets::Bar)
