#include "widgets/rail_button.h"

#include <QFocusEvent>
#include <QPainter>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kIconPx = 20;
constexpr int kPadding = 8;
constexpr int kIconGap = 10;

}  // namespace

RailButton::RailButton(const QString& title, const QString& lucideName, QWidget* parent)
    : QAbstractButton(parent), iconName_(lucideName) {
    setText(title);
    setAttribute(Qt::WA_Hover);
    describe();
}

void RailButton::setTitle(const QString& title) {
    setText(title);
    describe();
}

void RailButton::setIconName(const QString& lucideName) {
    iconName_ = lucideName;
    update();
}

void RailButton::setBadge(const BadgeData& badge) {
    badge_ = badge;
    describe();
    update();
}

void RailButton::setChild(bool child) {
    child_ = child;
    update();
}

void RailButton::setCurrent(bool current, bool leading) {
    current_ = current;
    leading_ = leading;
    describe();
    update();
}

void RailButton::setCollapsed(bool collapsed) {
    collapsed_ = collapsed;
    describe();
    update();
}

void RailButton::describe() {
    const QString badge = badge_.words.isEmpty() ? badge_.text : badge_.words;
    setAccessibleName(badge.isEmpty() ? text() : tr("%1, %2").arg(text(), badge));
    setAccessibleDescription(current_ ? tr("Current page") : QString());
    setToolTip(collapsed_ || !badge_.words.isEmpty() ? accessibleName() : QString());
}

QSize RailButton::sizeHint() const {
    const int side = scaledPx(this, 32);
    return {collapsed_ ? side : scaledPx(this, 168), child_ ? scaledPx(this, 28) : side};
}

void RailButton::focusInEvent(QFocusEvent* event) {
    keyboard_ = event->reason() != Qt::MouseFocusReason;
    QAbstractButton::focusInEvent(event);
}

void RailButton::paintEvent(QPaintEvent*) {
    const int iconPx = scaledPx(this, kIconPx);
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const bool shownCurrent = current_ || (leading_ && collapsed_);
    if (shownCurrent) {
        paintRounded(painter, rect(), kControlRadius, theme.color(Role::Selection));
        paintRounded(painter, QRectF(0, (height() - 16) / 2.0, 3, 16), 1.5, theme.color(Role::Accent));
    } else if (underMouse() || isDown()) {
        paintRounded(painter, rect(), kControlRadius, theme.color(Role::Hover));
    }
    const bool strong = shownCurrent || leading_;
    const QColor color = theme.color(strong ? Role::Text : Role::TextMuted);
    if (collapsed_) {
        paintIcon(painter, rect(), iconName_, color, iconPx);
        if (!badge_.text.isEmpty()) {
            paintBadgeDot(painter, QPointF(width() - 6, 6), this, badge_.tone);
        }
    } else {
        int x = kPadding;
        if (!iconName_.isEmpty() && !child_) {
            paintIcon(painter, QRect(x, 0, iconPx, height()), iconName_, color, iconPx);
        }
        x += iconPx + kIconGap;
        int right = width() - kPadding;
        const QSize badge = badgeSize(this, badge_);
        if (!badge.isEmpty()) {
            const QRect badgeRect(right - badge.width(), (height() - badge.height()) / 2, badge.width(),
                                  badge.height());
            paintBadge(painter, badgeRect, this, badge_);
            right = badgeRect.left() - 6;
        }
        const QFont font = textFont(this, TextSize::Body, shownCurrent ? QFont::DemiBold : QFont::Normal);
        const int room = right - x;
        paintText(painter, QRect(x, 0, room, height()), font, color, text());
        // The whole title, where there is too little room for it, and what the badge counts.
        const bool more = !badge_.words.isEmpty() || QFontMetrics(font).horizontalAdvance(text()) > room;
        if (more == toolTip().isEmpty()) {
            setToolTip(more ? accessibleName() : QString());
        }
    }
    if (hasFocus() && keyboard_) {
        paintFocusRing(painter, rect(), kControlRadius, theme.color(Role::Accent));
    }
}

}  // namespace quarterdeck::widgets
