#include "widgets/progress_bar.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kBarHeight = 6;
constexpr int kBarWidth = 96;
constexpr int kHatch = 6;

}  // namespace

ProgressBar::ProgressBar(QWidget* parent) : QProgressBar(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setTextVisible(false);
    setRange(0, 0);
}

void ProgressBar::setShare(std::optional<double> share) {
    if (share) {
        share = std::clamp(*share, 0.0, 1.0);
    }
    if (share == share_) {
        return;
    }
    share_ = share;
    setRange(0, share_ ? 100 : 0);
    setValue(share_ ? static_cast<int>(std::floor(*share_ * 100)) : 0);
    setAccessibleDescription(shareText());
    update();
}

QString ProgressBar::shareText() const {
    return share_ ? tr("%1 %").arg(value()) : QString();
}

QSize ProgressBar::sizeHint() const {
    return {scaledPx(this, kBarWidth), scaledPx(this, kBarHeight)};
}

void ProgressBar::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const double radius = height() / 2.0;
    const QColor outline = theme.isHighContrast() ? theme.color(Role::Text) : QColor();
    paintRounded(painter, rect(), radius, theme.color(Role::ChartGrid), outline);
    QPainterPath track;
    track.addRoundedRect(QRectF(rect()), radius, radius);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(track);
    if (share_) {
        const double done = width() * *share_;
        const QRectF filled(isRightToLeft() ? width() - done : 0, 0, done, height());
        paintRounded(painter, filled, radius, theme.color(Role::Info));
        return;
    }
    painter.setPen(QPen(theme.color(Role::Info), 2));
    for (int x = -height(); x < width(); x += kHatch) {
        painter.drawLine(x, height(), x + height(), 0);
    }
}

}  // namespace quarterdeck::widgets
