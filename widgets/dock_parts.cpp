#include "widgets/dock_parts.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "widgets/dock.h"
#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kPadding = 10;
constexpr int kTabIcon = 14;
constexpr int kGap = 6;
constexpr int kStep = 16;

}  // namespace

DockTab::DockTab(const QString& title, const QString& lucideName, QWidget* parent)
    : QAbstractButton(parent), iconName_(lucideName) {
    setText(title);
    setAccessibleName(title);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setProperty(kFocusRingProperty, true);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

void DockTab::setBadge(const BadgeData& badge) {
    if (badge == badge_) {
        return;
    }
    badge_ = badge;
    setAccessibleName(badge_.text.isEmpty() ? text() : text() + QLatin1Char(' ') + badge_.text);
    updateGeometry();
    update();
}

QSize DockTab::sizeHint() const {
    const QFontMetrics metrics(textFont(this, TextSize::Secondary));
    int width = 2 * kPadding + scaledPx(this, kTabIcon) + kGap + metrics.horizontalAdvance(text());
    if (!badge_.text.isEmpty()) {
        width += kGap + badgeSize(this, badge_).width();
    }
    return {width, scaledPx(this, 32)};
}

void DockTab::paintEvent(QPaintEvent*) {
    const int iconPx = scaledPx(this, kTabIcon);
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    if (underMouse()) {
        painter.fillRect(rect().adjusted(0, 1, 0, 0), theme.color(Role::Hover));
    }
    const bool strong = isChecked() || theme.isHighContrast();
    const QColor color = theme.color(strong ? Role::Text : Role::TextMuted);
    int x = kPadding;
    paintIcon(painter, QRect(x, 0, iconPx, height()), iconName_, color, iconPx);
    x += iconPx + kGap;
    const QFont font = textFont(this, TextSize::Secondary, isChecked() ? QFont::DemiBold : QFont::Normal);
    const int width = QFontMetrics(textFont(this, TextSize::Secondary)).horizontalAdvance(text());
    paintText(painter, QRect(x, 0, width + kGap, height()), font, color, text());
    if (!badge_.text.isEmpty()) {
        const QSize size = badgeSize(this, badge_);
        paintBadge(painter, QRect(QPoint(x + width + kGap, (height() - size.height()) / 2), size), this, badge_);
    }
    if (isChecked()) {
        painter.fillRect(0, height() - 2, this->width(), 2, theme.color(Role::Accent));
    }
}

void DockTab::changeEvent(QEvent* event) {
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
}

DockHandle::DockHandle(Dock* dock) : QWidget(dock), dock_(dock) {
    setObjectName(QStringLiteral("dock.handle"));
    setCursor(Qt::SizeVerCursor);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Height of the dock"));
    setAccessibleDescription(tr("Arrow up and arrow down change it"));
}

void DockHandle::paintEvent(QPaintEvent*) {
    if (hasFocus() || underMouse()) {
        QPainter painter(this);
        painter.fillRect(0, 0, width(), 2, themeOf(this).color(hasFocus() ? Role::Accent : Role::BorderStrong));
    }
}

void DockHandle::mousePressEvent(QMouseEvent* event) {
    startHeight_ = dock_->height();
    startY_ = static_cast<int>(event->globalPosition().y());
}

void DockHandle::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) {
        dock_->dragTo(startHeight_ + startY_ - static_cast<int>(event->globalPosition().y()));
    }
}

void DockHandle::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        dock_->dragTo(dock_->height() + (event->key() == Qt::Key_Up ? kStep : -kStep));
        return;
    }
    QWidget::keyPressEvent(event);
}

void DockHandle::focusInEvent(QFocusEvent*) {
    update();
}

void DockHandle::focusOutEvent(QFocusEvent*) {
    update();
}

}  // namespace quarterdeck::widgets
