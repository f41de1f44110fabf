#include "widgets/meter.h"

#include <algorithm>
#include <cmath>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kTrack = 6;
constexpr int kMarkHeight = 10;
constexpr double kSmallest = 2;  // so that a little is seen as something

// A value that is no number counts as nothing.
double shareOf(double value) {
    return std::isnan(value) ? 0 : std::clamp(value, 0.0, 1.0);
}

}  // namespace

void paintMeter(QPainter& painter, const QRect& rect, const MeterData& data, const Theme& theme) {
    if (rect.width() < kTrack) {
        return;
    }
    const int top = rect.top() + (rect.height() - kTrack) / 2;
    const QRectF track(rect.left(), top, rect.width(), kTrack);
    const QColor outline = theme.isHighContrast() ? theme.color(Role::Border) : QColor();
    paintRounded(painter, track, kTrack / 2.0, theme.color(Role::ChartGrid), outline);
    const double share = shareOf(data.fraction);
    if (share > 0) {
        const QColor fill = theme.color(data.tone == Tone::None ? Role::Series1 : toneTextRole(data.tone));
        painter.save();
        painter.setClipRect(QRectF(track.left(), track.top(), std::max(kSmallest, track.width() * share), kTrack));
        paintRounded(painter, track, kTrack / 2.0, fill);
        painter.restore();
    }
    if (data.mark >= 0) {
        const double x = std::round(track.left() + (track.width() - 2) * shareOf(data.mark));
        painter.fillRect(QRectF(x, track.center().y() - kMarkHeight / 2.0, 2, kMarkHeight), theme.color(Role::Text));
    }
}

Meter::Meter(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Meter::setData(const MeterData& data) {
    if (data != data_) {
        data_ = data;
        update();
    }
}

QSize Meter::sizeHint() const {
    return {scaledPx(this, 96), kMarkHeight};
}

QSize Meter::minimumSizeHint() const {
    return {scaledPx(this, 24), kMarkHeight};
}

void Meter::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintMeter(painter, rect(), data_, themeOf(this));
}

}  // namespace quarterdeck::widgets
