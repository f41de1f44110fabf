#include "widgets/filter_line_chip.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kPadding = 6;
constexpr int kCross = 12;
constexpr int kGap = 4;
constexpr int kMaxWidth = 280;

}  // namespace

FilterChip::FilterChip(const QString& term, const QString& error, QWidget* parent)
    : QAbstractButton(parent), term_(term), error_(error), shown_(shownText(term)) {
    setFocusPolicy(Qt::ClickFocus);
    setAttribute(Qt::WA_Hover);
    setText(shown_);
    setAccessibleName(tr("Filter %1").arg(shown_));
    setAccessibleDescription(error.isEmpty() ? tr("Delete removes it, Enter edits it") : error);
    setToolTip(shownToolTip(error.isEmpty() ? term : error));
}

void FilterChip::setSelected(bool selected) {
    selected_ = selected;
    update();
}

QSize FilterChip::sizeHint() const {
    const int text = QFontMetrics(textFont(this, TextSize::Secondary)).horizontalAdvance(shown_);
    return {std::min(text + 2 * kPadding + kGap + scaledPx(this, kCross), scaledPx(this, kMaxWidth)),
            scaledPx(this, 20)};
}

QRect FilterChip::crossRect() const {
    const int crossPx = scaledPx(this, kCross);
    return {width() - kPadding / 2 - crossPx - kGap, 0, crossPx + kGap + kPadding / 2, height()};
}

void FilterChip::paintEvent(QPaintEvent*) {
    const int crossPx = scaledPx(this, kCross);
    QPainter painter(this);
    const Theme& theme = themeOf(this);
    const bool wrong = !error_.isEmpty();
    const QColor outline = wrong                    ? theme.color(Role::Critical)
                           : theme.isHighContrast() ? theme.color(Role::Accent)
                                                    : QColor();
    paintRounded(painter, rect(), kTagRadius, theme.color(selected_ ? Role::Selection : Role::AccentTint), outline);
    const QRect room = rect().adjusted(kPadding, 0, -(kPadding + kGap + crossPx), 0);
    paintText(painter, room, textFont(this, TextSize::Secondary), theme.color(Role::Text), shown_,
              Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideMiddle);
    const QRect cross(width() - kPadding - crossPx, 0, crossPx, height());
    const bool hovered = underMouse() && crossRect().contains(mapFromGlobal(QCursor::pos()));
    paintIcon(painter, cross, QStringLiteral("x"), theme.color(hovered ? Role::Text : Role::TextMuted), crossPx);
    if (hasFocus()) {
        paintFocusRing(painter, rect(), kTagRadius, theme.color(Role::Accent));
    }
}

void FilterChip::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            Q_EMIT stepRequested(-1);
            return;
        case Qt::Key_Right:
            Q_EMIT stepRequested(1);
            return;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            Q_EMIT removeRequested();
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_F2:
            Q_EMIT editRequested();
            return;
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
        case Qt::Key_Shift:
        case Qt::Key_Control:
        case Qt::Key_Alt:
            event->ignore();
            return;
        default:
            Q_EMIT keyPassed(event);
    }
}

void FilterChip::mousePressEvent(QMouseEvent* event) {
    crossPressed_ = event->button() == Qt::LeftButton && crossRect().contains(event->pos());
    event->accept();
}

void FilterChip::mouseReleaseEvent(QMouseEvent* event) {
    event->accept();
    if (std::exchange(crossPressed_, false) && crossRect().contains(event->pos())) {
        Q_EMIT removeRequested();
    }
}

void FilterChip::mouseDoubleClickEvent(QMouseEvent* event) {
    event->accept();
    if (event->button() == Qt::LeftButton && !crossRect().contains(event->pos())) {
        Q_EMIT editRequested();
    }
}

void FilterChip::focusInEvent(QFocusEvent* event) {
    QAbstractButton::focusInEvent(event);
    update();
}

void FilterChip::focusOutEvent(QFocusEvent* event) {
    QAbstractButton::focusOutEvent(event);
    update();
}

}  // namespace quarterdeck::widgets
