#include "widgets/heat_row.h"

#include <QFocusEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

struct Measure {
    int width;
    int height;
    int pitch;
    int line;
    double radius;
};

Measure measureOf(const QWidget* widget, bool small) {
    const Measure m = small ? Measure{10, 12, 12, 16, 2} : Measure{19, 18, 22, 23, kCellRadius};
    return {scaledPx(widget, m.width), scaledPx(widget, m.height), scaledPx(widget, m.pitch), scaledPx(widget, m.line),
            m.radius};
}

Role fillOf(Tone tone) {
    switch (tone) {
        case Tone::Good:
        case Tone::None:
            return Role::OkQuiet;
        case Tone::Muted:
            return Role::BorderStrong;
        case Tone::Info:
        case Tone::Progress:
            return Role::Info;
        case Tone::Unknown:
            return Role::Unknown;
        case Tone::Warning:
            return Role::Warning;
        case Tone::Critical:
            return Role::CriticalFill;
    }
    return Role::Unknown;
}

void paintSign(QPainter& painter, const QRectF& cell, Tone tone, const Theme& theme) {
    const QPointF c = cell.center();
    const double r = std::min(cell.width(), cell.height()) / 4;
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = theme.color(tone == Tone::Critical ? Role::OnCritical : Role::Window);
    painter.setPen(QPen(color, cell.width() > 12 ? 2.0 : 1.5, Qt::SolidLine, Qt::RoundCap));
    switch (tone) {
        case Tone::Critical:
            painter.drawLine(c + QPointF(-r, -r), c + QPointF(r, r));
            painter.drawLine(c + QPointF(r, -r), c + QPointF(-r, r));
            break;
        case Tone::Warning:
            painter.drawLine(c + QPointF(0, -r * 1.4), c + QPointF(0, r * 0.3));
            painter.drawPoint(c + QPointF(0, r * 1.4));
            break;
        case Tone::Progress:
        case Tone::Info:
            painter.setPen(QPen(color, cell.width() > 12 ? 5.0 : 3.0, Qt::SolidLine, Qt::RoundCap));
            painter.drawPoint(c);
            break;
        case Tone::Unknown:
            painter.drawLine(c + QPointF(-r, 0), c + QPointF(r, 0));
            break;
        case Tone::None:
        case Tone::Good:
        case Tone::Muted:
            break;
    }
}

// A cell and the sign in it, so that its state does not rest on colour: a cross, an exclamation mark, a dot, a bar;
// what is through with its work is hollow.
void paintCell(QPainter& painter, const QRectF& cell, double radius, Tone tone, const Theme& theme) {
    if (tone == Tone::Muted) {
        paintRounded(painter, cell, radius, {}, theme.color(fillOf(tone)), cell.width() > 12 ? 2 : 1.5);
        return;
    }
    paintRounded(painter, cell, radius, theme.color(fillOf(tone)));
    paintSign(painter, cell, tone, theme);
}

}  // namespace

HeatRow::HeatRow(const QString& label, QWidget* parent) : QWidget(parent), label_(shownText(label)) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(label_);
}

void HeatRow::setLabel(const QString& label) {
    label_ = shownText(label);
    setAccessibleName(label_);
    update();
}

void HeatRow::setLabelWidth(int px) {
    labelWidth_ = px;
    updateGeometry();
    update();
}

void HeatRow::setSmall(bool small) {
    small_ = small;
    updateGeometry();
    update();
}

void HeatRow::setCells(const QVector<HeatCell>& cells) {
    if (cells == cells_) {
        return;
    }
    const bool grows = cells.size() != cells_.size();
    cells_ = cells;
    current_ = std::clamp(current_, 0, std::max(0, static_cast<int>(cells_.size()) - 1));
    if (grows) {
        updateGeometry();
    }
    update();
}

void HeatRow::setSummary(const QString& summary) {
    setAccessibleDescription(shownText(summary));
}

int HeatRow::perLine(int width) const {
    const Measure m = measureOf(this, small_);
    return std::max(1, (width - scaledPx(this, labelWidth_) - 8 + (m.pitch - m.width)) / m.pitch);
}

int HeatRow::heightForWidth(int width) const {
    const Measure m = measureOf(this, small_);
    const int count = std::max(1, static_cast<int>(cells_.size()));
    const int lines = (count + perLine(width) - 1) / perLine(width);
    return std::max(scaledPx(this, small_ ? 22 : 23), (lines - 1) * m.line + scaledPx(this, small_ ? 22 : 23));
}

QSize HeatRow::sizeHint() const {
    const Measure m = measureOf(this, small_);
    const int width = scaledPx(this, labelWidth_) + 8 + m.pitch * std::max(1, static_cast<int>(cells_.size()));
    return {width, scaledPx(this, small_ ? 22 : 23)};
}

QSize HeatRow::minimumSizeHint() const {
    return {scaledPx(this, labelWidth_) + 8 + measureOf(this, small_).pitch * 4, scaledPx(this, small_ ? 22 : 23)};
}

QRect HeatRow::cellRect(int index) const {
    const Measure m = measureOf(this, small_);
    const int columns = perLine(width());
    const int top = (scaledPx(this, small_ ? 22 : 23) - m.height) / 2;
    const int x = scaledPx(this, labelWidth_) + 8 + (index % columns) * m.pitch;
    return {x, top + (index / columns) * m.line, m.width, m.height};
}

int HeatRow::cellAt(const QPoint& position) const {
    for (int i = 0; i < cells_.size(); ++i) {
        // The gaps belong to the cell before them: nothing to miss.
        const Measure m = measureOf(this, small_);
        if (cellRect(i).adjusted(0, -2, m.pitch - m.width, 2).contains(position)) {
            return i;
        }
    }
    return -1;
}

void HeatRow::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const QRect labelRect(0, 0, scaledPx(this, labelWidth_) + 4, scaledPx(this, small_ ? 22 : 23));
    paintText(painter, labelRect, textFont(this, TextSize::Secondary), theme.color(Role::TextMuted), label_);
    const Measure m = measureOf(this, small_);
    for (int i = 0; i < cells_.size(); ++i) {
        paintCell(painter, cellRect(i), m.radius, cells_.at(i).tone, theme);
    }
    if (hasFocus() && keyboard_ && !cells_.isEmpty()) {
        paintFocusRing(painter, QRectF(cellRect(current_)).adjusted(-2, -2, 2, 2), m.radius + 2,
                       theme.color(Role::Accent));
    }
}

void HeatRow::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(cells_.size()) - 1;
    int to = current_;
    switch (event->key()) {
        case Qt::Key_Left:
            to = current_ - 1;
            break;
        case Qt::Key_Right:
            to = current_ + 1;
            break;
        case Qt::Key_Home:
            to = 0;
            break;
        case Qt::Key_End:
            to = last;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            if (last >= 0) {
                Q_EMIT cellActivated(cells_.at(current_).id);
            }
            return;
        default:
            QWidget::keyPressEvent(event);
            return;
    }
    keyboard_ = true;
    current_ = std::clamp(to, 0, std::max(0, last));
    tellCurrent();
    update();
}

void HeatRow::tellCurrent() {
    const bool told = hasFocus() && current_ < cells_.size() && !cells_.at(current_).toolTip.isEmpty();
    setAccessibleName(told ? tr("%1: %2").arg(label_, shownText(cells_.at(current_).toolTip)) : label_);
}

void HeatRow::mousePressEvent(QMouseEvent* event) {
    const int cell = cellAt(event->pos());
    if (event->button() == Qt::LeftButton && cell >= 0) {
        keyboard_ = false;
        current_ = cell;
        Q_EMIT cellActivated(cells_.at(cell).id);
        update();
        return;
    }
    QWidget::mousePressEvent(event);
}

void HeatRow::focusInEvent(QFocusEvent* event) {
    keyboard_ = event->reason() != Qt::MouseFocusReason;
    tellCurrent();
    update();
    QWidget::focusInEvent(event);
}

void HeatRow::focusOutEvent(QFocusEvent* event) {
    setAccessibleName(label_);
    update();
    QWidget::focusOutEvent(event);
}

bool HeatRow::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int cell = cellAt(help->pos());
        if (cell >= 0) {
            QToolTip::showText(help->globalPos(), shownToolTip(cells_.at(cell).toolTip), this, cellRect(cell));
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

}  // namespace quarterdeck::widgets
