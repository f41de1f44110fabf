#include "widgets/filter_line.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

FilterLine::FilterLine(QWidget* parent) : QLineEdit(parent) {
    funnel_ = addAction(QIcon(), QLineEdit::LeadingPosition);
    problem_ = addAction(QIcon(), QLineEdit::TrailingPosition);
    clear_ = addAction(QIcon(), QLineEdit::TrailingPosition);
    clear_->setText(tr("Clear the filter"));
    clear_->setToolTip(tr("Clear the filter (Escape)"));
    clear_->setVisible(false);
    problem_->setVisible(false);
    connect(clear_, &QAction::triggered, this, &FilterLine::clearByPerson);
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) { clear_->setVisible(!text.isEmpty()); });
    setAccessibleName(tr("Filter"));
    refresh();
}

void FilterLine::setError(const QString& message) {
    if (message == error_) {
        return;
    }
    error_ = message;
    problem_->setVisible(!message.isEmpty());
    problem_->setToolTip(message);
    setToolTip(message);
    setAccessibleDescription(message);
    update();
    Q_EMIT errorChanged(message);
}

QSize FilterLine::sizeHint() const {
    return {scaledPx(this, 320), QLineEdit::sizeHint().height()};
}

void FilterLine::clearByPerson() {
    if (!text().isEmpty()) {
        clear();
        Q_EMIT textEdited(QString());
    }
}

void FilterLine::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Escape:
            if (text().isEmpty()) {
                Q_EMIT leaveUp();
            } else {
                clearByPerson();
            }
            return;
        case Qt::Key_Down:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT leaveDown();
            return;
        default:
            QLineEdit::keyPressEvent(event);
    }
}

void FilterLine::changeEvent(QEvent* event) {
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        refresh();
    }
}

void FilterLine::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (!error_.isEmpty()) {
        QPainter painter(this);
        paintRounded(painter, rect(), kControlRadius, {}, themeOf(this).color(Role::Critical));
    }
}

void FilterLine::refresh() {
    const Theme& theme = themeOf(this);
    funnel_->setIcon(themedIcon(QStringLiteral("funnel"), theme, Role::Accent, 16));
    clear_->setIcon(themedIcon(QStringLiteral("x"), theme, Role::TextMuted, 16));
    problem_->setIcon(themedIcon(QStringLiteral("octagon-x"), theme, Role::Critical, 16));
    setFont(textFont(this, TextSize::Secondary));
}

}  // namespace quarterdeck::widgets
