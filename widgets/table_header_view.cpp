#include "widgets/table_header_view.h"

#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTableView>
#include <algorithm>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

TableHeaderView::TableHeaderView(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setSortIndicatorShown(true);
    setSortIndicator(-1, Qt::AscendingOrder);
    setStretchLastSection(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(32);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Columns"));
}

int TableHeaderView::ringedSection() const {
    return keyboard_ && hasFocus() ? logicalIndex(visual_) : -1;
}

int TableHeaderView::shownFrom(int visual, int direction) const {
    while (visual >= 0 && visual < count() && isSectionHidden(logicalIndex(visual))) {
        visual += direction;
    }
    return visual >= 0 && visual < count() ? visual : -1;
}

void TableHeaderView::go(int visual) {
    if (visual < 0) {
        return;
    }
    visual_ = visual;
    const int section = logicalIndex(visual);
    const int left = sectionViewportPosition(section);
    const int right = left + sectionSize(section);
    // The table scrolls sideways, and the header with it.
    if (auto* table = qobject_cast<QTableView*>(parentWidget())) {
        QScrollBar* bar = table->horizontalScrollBar();
        if (left < 0) {
            bar->setValue(bar->value() + left);
        } else if (right > viewport()->width()) {
            bar->setValue(bar->value() + right - viewport()->width());
        }
    }
    viewport()->update();
}

void TableHeaderView::keyPressEvent(QKeyEvent* event) {
    keyboard_ = true;
    const bool moves = event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right: {
            const int direction = event->key() == Qt::Key_Left ? -1 : 1;
            const int next = shownFrom(visual_ + direction, direction);
            if (moves && next >= 0) {
                moveSection(visual_, next);
            }
            if (moves || plain) {
                go(next);
                return;
            }
            break;
        }
        case Qt::Key_Home:
            go(shownFrom(0, 1));
            return;
        case Qt::Key_End:
            go(shownFrom(count() - 1, -1));
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            Q_EMIT sortRequested(visual_);
            return;
        case Qt::Key_Down:
            Q_EMIT leaveDown();
            return;
        default:
            break;
    }
    event->ignore();  // not what an item view does with keys
}

void TableHeaderView::contextMenuEvent(QContextMenuEvent* event) {
    event->accept();
    if (event->reason() == QContextMenuEvent::Mouse) {
        Q_EMIT menuRequested(event->globalPos());
    } else {
        Q_EMIT menuRequested(
            viewport()->mapToGlobal(QPoint(std::max(0, sectionViewportPosition(logicalIndex(visual_))), height())));
    }
}

void TableHeaderView::focusInEvent(QFocusEvent* event) {
    keyboard_ = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::PopupFocusReason;
    visual_ = std::max(0, shownFrom(std::clamp(visual_, 0, std::max(0, count() - 1)), 1));
    QHeaderView::focusInEvent(event);
    viewport()->update();
}

void TableHeaderView::focusOutEvent(QFocusEvent* event) {
    QHeaderView::focusOutEvent(event);
    viewport()->update();
}

void TableHeaderView::mousePressEvent(QMouseEvent* event) {
    keyboard_ = false;
    QHeaderView::mousePressEvent(event);
}

void TableHeaderView::paintEvent(QPaintEvent* event) {
    QHeaderView::paintEvent(event);
    if (const int section = ringedSection(); section >= 0) {
        QPainter painter(viewport());
        paintFocusRing(painter, QRect(sectionViewportPosition(section), 0, sectionSize(section), height() - 1),
                       kTagRadius, themeOf(this).color(Role::Accent));
    }
}

}  // namespace quarterdeck::widgets
