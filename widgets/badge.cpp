#include "widgets/badge.h"

#include <QPainter>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kHeight = 16;
constexpr int kMinWidth = 20;
constexpr int kPadding = 5;
constexpr int kDot = 8;

QFont badgeFont(const QWidget* widget) {
    return textFont(widget, TextSize::Caption, QFont::DemiBold);
}

Role badgeRole(Tone tone) {
    switch (tone) {
        case Tone::Critical:
            return Role::CriticalFill;
        case Tone::Warning:
            return Role::Warning;
        default:
            return Role::BorderStrong;
    }
}

}  // namespace

QSize badgeSize(const QWidget* widget, const BadgeData& badge) {
    if (badge.text.isEmpty()) {
        return {};
    }
    const int text = QFontMetrics(badgeFont(widget)).horizontalAdvance(badge.text);
    return {std::max(scaledPx(widget, kMinWidth), text + 2 * kPadding), scaledPx(widget, kHeight)};
}

void paintBadge(QPainter& painter, const QRect& rect, const QWidget* widget, const BadgeData& badge) {
    if (badge.text.isEmpty()) {
        return;
    }
    const Theme& theme = themeOf(widget);
    const QColor color = theme.color(badgeRole(badge.tone));
    const bool filled = badge.tone == Tone::Critical;
    paintRounded(painter, rect, rect.height() / 2.0, filled ? color : QColor(), color);
    const QColor text = theme.color(filled                        ? Role::OnCritical
                                    : badge.tone == Tone::Warning ? Role::Warning
                                                                  : Role::TextMuted);
    paintText(painter, rect, badgeFont(widget), text, badge.text, Qt::AlignCenter, Qt::ElideNone);
}

void paintBadgeDot(QPainter& painter, const QPointF& centre, const QWidget* widget, Tone tone) {
    // Bright enough on a selected entry too, which the fill of a pill is not.
    const QColor color = themeOf(widget).color(toneTextRole(tone));
    const double radius = scaledPx(widget, kDot) / 2.0;
    const QRectF dot(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
    paintRounded(painter, dot, radius, tone == Tone::Critical ? color : QColor(), color, 2);
}

Badge::Badge(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setVisible(false);
}

void Badge::setData(const BadgeData& data) {
    if (data == data_) {
        return;
    }
    data_ = data;
    setAccessibleName(data.words.isEmpty() ? data.text : data.words);
    setVisible(!data.text.isEmpty());
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const {
    return badgeSize(this, data_);
}

void Badge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintBadge(painter, rect(), this, data_);
}

}  // namespace quarterdeck::widgets
