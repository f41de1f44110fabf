// Pointer and keys of a chart.
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "widgets/chart_plot.h"

namespace quarterdeck::widgets {

namespace {

constexpr double kSnapPx = 12;

bool earlier(const ChartPoint& point, qint64 ms) {
    return point.ms < ms;
}

bool later(qint64 ms, const ChartPoint& point) {
    return ms < point.ms;
}

}  // namespace

// The moment of the nearest value, if one is near; else the moment itself: inside a gap nothing is pretended.
qint64 ChartPlot::snapped(qint64 ms) {
    const ChartFrame& frame = painter().frame();
    const qint64 reach = frame.duration(kSnapPx);
    std::optional<qint64> best;
    for (const ChartSeries& series : content_.series) {
        const auto point = pointAt(series, ms, reach);
        if (point && point->ms >= frame.from() && point->ms <= frame.to() &&
            (!best || std::abs(point->ms - ms) < std::abs(*best - ms))) {
            best = point->ms;
        }
    }
    return best.value_or(ms);
}

// The next moment at which any shown series has a value.
std::optional<qint64> ChartPlot::stepFrom(qint64 ms, Move move) const {
    std::optional<qint64> best;
    const bool forward = move == Move::Next || move == Move::First;
    const qint64 start = move == Move::First ? content_.from - 1 : move == Move::Last ? content_.to + 1 : ms;
    const qsizetype shown = std::min<qsizetype>(content_.series.size(), kChartSeriesMax);
    for (qsizetype i = 0; i < shown; ++i) {
        const auto& points = content_.series[i].points;
        std::optional<qint64> found;
        if (forward) {
            auto it = std::upper_bound(points.cbegin(), points.cend(), start, later);
            while (it != points.cend() && !std::isfinite(it->value)) {
                ++it;
            }
            if (it != points.cend() && it->ms <= content_.to) {
                found = it->ms;
            }
        } else {
            auto it = std::lower_bound(points.cbegin(), points.cend(), start, earlier);
            while (it != points.cbegin() && !std::isfinite(std::prev(it)->value)) {
                --it;
            }
            if (it != points.cbegin() && std::prev(it)->ms >= content_.from) {
                found = std::prev(it)->ms;
            }
        }
        if (found && (!best || (forward ? *found < *best : *found > *best))) {
            best = found;
        }
    }
    return best;
}

void ChartPlot::moveCursor(Move move, bool selecting) {
    const qint64 beyond = move == Move::Previous ? content_.to + 1 : content_.from - 1;
    const auto current = cursor_->time();
    const bool inside = current && *current >= content_.from && *current <= content_.to;
    const auto next = stepFrom(inside ? *current : beyond, move);
    if (!next) {
        return;
    }
    hovering_ = false;
    ring_ = true;
    if (!selecting) {
        anchor_.reset();
    } else {
        if (!anchor_) {
            anchor_ = inside ? *current : *next;
        }
        head_ = *next;
    }
    cursor_->setTime(*next);
    update();
}

bool ChartPlot::dropSelection() {
    const bool had = anchor_.has_value();
    anchor_.reset();
    pressed_.reset();
    update();
    return had;
}

void ChartPlot::chooseSelection() {
    const auto from = anchor_;
    const qint64 to = head_;
    dropSelection();
    if (from && *from != to) {
        Q_EMIT rangeChosen(std::min(*from, to), std::max(*from, to));
    }
}

void ChartPlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || content_.state != ChartState::Ready) {
        QWidget::mousePressEvent(event);
        return;
    }
    dropSelection();
    pressed_ = event->pos();
}

void ChartPlot::mouseMoveEvent(QMouseEvent* event) {
    if (content_.state != ChartState::Ready) {
        return;
    }
    const ChartFrame& frame = painter().frame();
    const qint64 time = frame.timeAt(event->position().x());
    if (pressed_ && !anchor_ && std::abs(event->pos().x() - pressed_->x()) >= QApplication::startDragDistance()) {
        anchor_ = frame.timeAt(pressed_->x());
    }
    if (pressed_ && anchor_) {
        head_ = time;
    }
    const double x = event->position().x();
    if (!pressed_ && (x < frame.plot().left() || x > frame.plot().right())) {
        if (hovering_) {
            hovering_ = false;
            cursor_->clear();
        }
        return;
    }
    hovering_ = true;
    cursor_->setTime(snapped(time));
    update();
}

void ChartPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && pressed_) {
        chooseSelection();
    }
}

void ChartPlot::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    if (hovering_ && !pressed_) {
        hovering_ = false;
        cursor_->clear();
    }
}

void ChartPlot::keyPressEvent(QKeyEvent* event) {
    const bool plain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
    const bool selecting = event->modifiers().testFlag(Qt::ShiftModifier);
    if (!plain || content_.state != ChartState::Ready) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
        case Qt::Key_Left:
            moveCursor(Move::Previous, selecting);
            return;
        case Qt::Key_Right:
            moveCursor(Move::Next, selecting);
            return;
        case Qt::Key_Home:
            moveCursor(Move::First, selecting);
            return;
        case Qt::Key_End:
            moveCursor(Move::Last, selecting);
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (anchor_) {
                chooseSelection();
                return;
            }
            break;
        case Qt::Key_Escape:
            if (dropSelection()) {
                return;
            }
            if (cursor_->time()) {
                cursor_->clear();
                return;
            }
            break;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

// Escape belongs to the chart while it has something to drop, also where it is a shortcut of the window.
bool ChartPlot::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape && (anchor_ || cursor_->time())) {
            key->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void ChartPlot::focusInEvent(QFocusEvent* event) {
    ring_ = event->reason() != Qt::MouseFocusReason;
    QWidget::focusInEvent(event);
    update();
}

void ChartPlot::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    anchor_.reset();
    update();
}

}  // namespace quarterdeck::widgets
