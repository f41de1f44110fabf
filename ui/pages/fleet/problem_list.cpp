#include "ui/pages/fleet/problem_list.h"

#include <QFocusEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::Role;
using widgets::scaledPx;
using widgets::TextSize;

namespace {

constexpr int kRowHeight = 25;
constexpr int kAgeWidth = 60;

}  // namespace

ProblemList::ProblemList(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Problems"));
}

void ProblemList::setLines(const QVector<Line>& lines, const QString& calm) {
    QVector<Line> shown = lines;
    for (Line& line : shown) {
        line.text = widgets::shownText(line.text);  // reasons and subjects are the cluster's words
    }
    if (shown == lines_ && calm == calm_) {
        return;
    }
    lines_ = std::move(shown);
    calm_ = calm;
    current_ = std::clamp(current_, 0, std::max(0, choices() - 1));
    hovered_ = -1;
    setFocusPolicy(lines_.isEmpty() ? Qt::NoFocus : Qt::TabFocus);
    QStringList words;
    for (const Line& line : lines_) {
        words += line.text;
    }
    setAccessibleDescription(words.isEmpty() ? calm_ : words.join(QStringLiteral("; ")));
    tellCurrent();
    update();
}

int ProblemList::shown() const {
    return std::min(static_cast<int>(lines_.size()), kMaxLines);
}

int ProblemList::choices() const {
    return shown() + (moreText().isEmpty() ? 0 : 1);
}

int ProblemList::neededRows() const {
    return std::max(1, choices());
}

void ProblemList::setRows(int rows) {
    if (rows != rows_) {
        rows_ = rows;
        updateGeometry();
    }
}

QString ProblemList::moreText() const {
    const int more = static_cast<int>(lines_.size()) - kMaxLines;
    return more > 0 ? tr("%n more", nullptr, more) : QString();
}

QSize ProblemList::sizeHint() const {
    return {scaledPx(this, 240), std::max(rows_, neededRows()) * scaledPx(this, kRowHeight)};
}

QSize ProblemList::minimumSizeHint() const {
    return {scaledPx(this, 160), sizeHint().height()};
}

QRect ProblemList::rowRect(int row) const {
    const int height = scaledPx(this, kRowHeight);
    return {0, row * height, width(), height};
}

int ProblemList::rowAt(const QPoint& position) const {
    for (int row = 0; row < choices(); ++row) {
        if (rowRect(row).contains(position)) {
            return row;
        }
    }
    return -1;
}

void ProblemList::paintEvent(QPaintEvent*) {
    const widgets::Theme& theme = widgets::themeOf(this);
    QPainter painter(this);
    const QFont font = widgets::textFont(this, TextSize::Secondary);
    const int iconPx = scaledPx(this, 14);
    const auto icon = [&](const QRect& row, const QString& name, Role role) {
        widgets::paintIcon(painter, QRect(row.left(), row.top(), iconPx, row.height()), name, theme.color(role),
                           iconPx);
    };
    const int indent = iconPx + 6;
    if (lines_.isEmpty()) {
        if (!calm_.isEmpty()) {
            icon(rowRect(0), QStringLiteral("circle-check"), Role::Ok);
            widgets::paintText(painter, rowRect(0).adjusted(indent, 0, 0, 0), font, theme.color(Role::TextMuted),
                               calm_);
        }
        return;
    }
    for (int i = 0; i < choices(); ++i) {
        const QRect row = rowRect(i);
        if (i == hovered_) {
            widgets::paintRounded(painter, QRectF(row), widgets::kTagRadius, theme.color(Role::Hover));
        }
        if (i == shown()) {
            widgets::paintText(painter, row.adjusted(indent, 0, 0, 0), font, theme.color(Role::Accent), moreText());
        } else {
            const Line& line = lines_.at(i);
            const int age = scaledPx(this, kAgeWidth);
            icon(row, widgets::toneIconName(line.tone), widgets::toneTextRole(line.tone));
            widgets::paintText(painter, row.adjusted(indent, 0, -age - 8, 0), font, theme.color(Role::Text), line.text);
            widgets::paintText(painter, QRect(row.right() + 1 - age, row.top(), age, row.height()), font,
                               theme.color(Role::TextMuted), line.age, Qt::AlignRight | Qt::AlignVCenter);
        }
        if (hasFocus() && keyboard_ && i == current_) {
            widgets::paintFocusRing(painter, QRectF(row), widgets::kTagRadius, theme.color(Role::Accent));
        }
    }
}

void ProblemList::choose(int row) {
    if (row < 0) {
        return;
    }
    row == shown() ? emit moreChosen() : emit chosen(row);
}

void ProblemList::keyPressEvent(QKeyEvent* event) {
    const int last = choices() - 1;
    switch (event->key()) {
        case Qt::Key_Up:
            current_ = std::max(0, current_ - 1);
            break;
        case Qt::Key_Down:
            current_ = std::min(last, current_ + 1);
            break;
        case Qt::Key_Home:
            current_ = 0;
            break;
        case Qt::Key_End:
            current_ = last;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            choose(current_);
            return;
        default:
            QWidget::keyPressEvent(event);
            return;
    }
    keyboard_ = true;
    tellCurrent();
    update();
}

void ProblemList::tellCurrent() {
    const QString title = tr("Problems");
    const bool told = hasFocus() && current_ < choices();
    setAccessibleName(!told                 ? title
                      : current_ == shown() ? title + QStringLiteral(": ") + moreText()
                                            : title + QStringLiteral(": ") + lines_.at(current_).text);
}

void ProblemList::mousePressEvent(QMouseEvent* event) {
    const int row = event->button() == Qt::LeftButton ? rowAt(event->pos()) : -1;
    if (row < 0) {
        QWidget::mousePressEvent(event);
        return;
    }
    keyboard_ = false;
    current_ = row;
    update();
    choose(row);
}

void ProblemList::mouseMoveEvent(QMouseEvent* event) {
    const int row = rowAt(event->pos());
    if (row != hovered_) {
        hovered_ = row;
        row >= 0 ? setCursor(Qt::PointingHandCursor) : unsetCursor();
        update();
    }
}

void ProblemList::leaveEvent(QEvent* event) {
    hovered_ = -1;
    update();
    QWidget::leaveEvent(event);
}

void ProblemList::focusInEvent(QFocusEvent* event) {
    keyboard_ = event->reason() != Qt::MouseFocusReason;
    tellCurrent();
    update();
    QWidget::focusInEvent(event);
}

void ProblemList::focusOutEvent(QFocusEvent* event) {
    tellCurrent();
    update();
    QWidget::focusOutEvent(event);
}

bool ProblemList::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos());
        if (row >= 0 && row < shown()) {
            QToolTip::showText(help->globalPos(), widgets::shownToolTip(lines_.at(row).toolTip), this, rowRect(row));
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

}  // namespace quarterdeck::ui
