#include "widgets/scroll_pane.h"

#include <QFocusEvent>
#include <QPainter>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

ScrollPane::ScrollPane(QWidget* parent) : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
}

void ScrollPane::setBody(QWidget* body) {
    setWidget(body);
    body->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
}

void ScrollPane::follow(QWidget* part) {
    part->installEventFilter(this);
}

bool ScrollPane::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        auto* part = qobject_cast<QWidget*>(watched);
        if (part != nullptr && (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason)) {
            ensureWidgetVisible(part, 0, part->height());
        }
    }
    return QScrollArea::eventFilter(watched, event);
}

void ScrollPane::paintEvent(QPaintEvent* event) {
    QScrollArea::paintEvent(event);
    if (hasFocus()) {
        QPainter painter(viewport());
        paintFocusRing(painter, viewport()->rect(), kTagRadius, themeOf(this).color(Role::Accent));
    }
}

void ScrollPane::focusInEvent(QFocusEvent* event) {
    QScrollArea::focusInEvent(event);
    viewport()->update();
}

void ScrollPane::focusOutEvent(QFocusEvent* event) {
    QScrollArea::focusOutEvent(event);
    viewport()->update();
}

}  // namespace quarterdeck::widgets
