#include "widgets/card.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

Card::Card(QWidget* parent) : QFrame(parent) {
    setFrameShape(QFrame::NoFrame);
    setContentsMargins(1, 1, 1, 1);
}

void Card::setTopLine(std::optional<Role> role) {
    topLine_ = role;
    setContentsMargins(1, role ? 3 : 1, 1, 1);
    update();
}

void Card::setFill(Role role) {
    fill_ = role;
    update();
}

void Card::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    paintRounded(painter, rect(), kControlRadius, theme.color(fill_), theme.color(Role::Border));
    if (topLine_) {
        QPainterPath outline;
        outline.addRoundedRect(QRectF(rect()), kControlRadius, kControlRadius);
        QPainterPath line;
        line.addRect(QRectF(0, 0, width(), 3));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillPath(outline & line, theme.color(*topLine_));
    }
}

HairLine::HairLine(Qt::Orientation orientation, QWidget* parent) : QWidget(parent), orientation_(orientation) {
    if (orientation == Qt::Horizontal) {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    } else {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    }
}

QSize HairLine::sizeHint() const {
    return {1, 1};
}

void HairLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const bool across = orientation_ == Qt::Horizontal;
    painter.fillRect(0, 0, across ? width() : 1, across ? 1 : height(), themeOf(this).color(Role::Border));
}

Surface::Surface(Role fill, QWidget* parent) : QWidget(parent), fill_(fill) {
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void Surface::setLines(Qt::Edges edges) {
    lines_ = edges;
    update();
}

void Surface::paintEvent(QPaintEvent* event) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.color(fill_));
    const QColor line = theme.color(Role::Border);
    if (lines_.testFlag(Qt::TopEdge)) {
        painter.fillRect(0, 0, width(), 1, line);
    }
    if (lines_.testFlag(Qt::BottomEdge)) {
        painter.fillRect(0, height() - 1, width(), 1, line);
    }
    if (lines_.testFlag(Qt::LeftEdge)) {
        painter.fillRect(0, 0, 1, height(), line);
    }
    if (lines_.testFlag(Qt::RightEdge)) {
        painter.fillRect(width() - 1, 0, 1, height(), line);
    }
}

}  // namespace quarterdeck::widgets
