// Keys, pointer and completion of FilterLine.

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>

#include "widgets/filter_line.h"
#include "widgets/filter_line_chip.h"

namespace quarterdeck::widgets {

void FilterLine::onTyped() {
    recompose(false);
    const int cursor = edit_->cursorPosition();
    if (cursor > 0 && edit_->text().at(cursor - 1).isSpace()) {
        absorb(cursor - 1);
    }
    Q_EMIT textEdited(whole_);
    Q_EMIT completionsWanted();
    completionsShown_ = true;
    refreshCompletions();
}

QString FilterLine::termAtCursor() const {
    const QString text = edit_->text().left(edit_->cursorPosition());
    bool quoted = false;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == QLatin1Char('"')) {
            quoted = !quoted;
        } else if (!quoted && text.at(i).isSpace()) {
            begin = i + 1;
        }
    }
    return text.mid(begin);
}

void FilterLine::refreshCompletions() {
    const int cursor = edit_->cursorPosition();
    const bool atEnd = cursor == edit_->text().size() || edit_->text().at(cursor).isSpace();
    if (!completionsShown_ || !completer_ || !edit_->hasFocus() || !atEnd) {
        popup_->hide();
        return;
    }
    const QString term = termAtCursor();
    QVector<FilterCompletion> completions = completer_(term);
    if (completions.size() == 1 && completions.first().text == term) {
        completions.clear();
    }
    const QString before = popup_->highlighted() != nullptr ? popup_->highlighted()->text : QString();
    popup_->offer(completions, this, edit_->x());
    if (const auto same = std::find_if(completions.begin(), completions.end(),
                                       [&](const FilterCompletion& one) { return one.text == before; });
        same != completions.end() && !before.isEmpty()) {
        popup_->setCurrentRow(static_cast<int>(same - completions.begin()));
    }
}

void FilterLine::complete(const FilterCompletion& completion) {
    const QString term = termAtCursor();
    const int begin = edit_->cursorPosition() - static_cast<int>(term.size());
    const QString put = completion.goesOn ? completion.text : completion.text + QLatin1Char(' ');
    QString text = edit_->text();
    text.replace(begin, term.size(), put);
    edit_->setFocus(Qt::OtherFocusReason);
    edit_->setText(text);
    edit_->setCursorPosition(begin + static_cast<int>(put.size()));
    onTyped();
    if (!completion.goesOn) {
        popup_->hide();
        completionsShown_ = false;
    }
}

void FilterLine::clearByPerson() {
    if (!whole_.isEmpty()) {
        clear();
        edit_->setFocus(Qt::OtherFocusReason);
        Q_EMIT textEdited(QString());
    }
}

bool FilterLine::popupKey(const QKeyEvent& event) {
    switch (event.key()) {
        case Qt::Key_Down:
            popup_->step(1);
            return true;
        case Qt::Key_Up:
            popup_->step(-1);
            return true;
        case Qt::Key_Escape:
            popup_->hide();
            completionsShown_ = false;
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            if (const FilterCompletion* chosen = popup_->highlighted()) {
                complete(FilterCompletion(*chosen));
                return true;
            }
            return false;
        default:
            return false;
    }
}

bool FilterLine::editKey(QKeyEvent* event) {
    if (popup_->isVisible() && popupKey(*event)) {
        return true;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return true;
    }
    if (allSelected_) {
        const bool erases = event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Delete;
        const bool types = !event->text().isEmpty() && event->text().at(0).isPrint();
        if (event->matches(QKeySequence::Copy) || event->matches(QKeySequence::Cut)) {
            QGuiApplication::clipboard()->setText(whole_);
            if (event->matches(QKeySequence::Cut)) {
                clearByPerson();
            }
            return true;
        }
        if (erases) {
            clearByPerson();
            return true;
        }
        if (types || event->matches(QKeySequence::Paste)) {
            dropChips();
            edit_->clear();
        }
        const bool modifier = event->key() == Qt::Key_Control || event->key() == Qt::Key_Shift;
        if (!modifier) {
            unselect();
        }
    }
    const bool atStart = edit_->cursorPosition() == 0 && !edit_->hasSelectedText();
    switch (event->key()) {
        case Qt::Key_Escape:
            if (whole_.isEmpty()) {
                Q_EMIT leaveUp();
            } else {
                clearByPerson();
            }
            return true;
        case Qt::Key_Down:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            popup_->hide();
            absorb(edit_->text().size());
            Q_EMIT leaveDown();
            return true;
        case Qt::Key_Space:
            if (event->modifiers().testFlag(Qt::ControlModifier)) {
                Q_EMIT completionsWanted();
                completionsShown_ = true;
                refreshCompletions();
                return true;
            }
            return false;
        case Qt::Key_Left:
            if (atStart && !chips_.isEmpty() && event->modifiers() == Qt::NoModifier) {
                chips_.last()->setFocus(Qt::OtherFocusReason);
                return true;
            }
            return false;
        case Qt::Key_Backspace:
            if (atStart && !chips_.isEmpty()) {
                editChip(chips_.last());
                return true;
            }
            return false;
        default:
            return false;
    }
}

bool FilterLine::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::KeyPress:
            if (editKey(static_cast<QKeyEvent*>(event))) {
                return true;
            }
            break;
        case QEvent::MouseButtonPress:
            unselect();
            break;
        case QEvent::FocusIn:
            update();
            Q_EMIT completionsWanted();
            break;
        case QEvent::FocusOut: {
            update();
            popup_->hide();
            const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
            if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) {
                unselect();
                absorb(edit_->text().size());
            }
            break;
        }
        case QEvent::Hide:
            popup_->hide();
            break;
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

void FilterLine::keyPressEvent(QKeyEvent* event) {
    // Keys that reach the line itself are meant for its edit; what that has no use for goes on to the parents, once.
    if (!editKey(event)) {
        static_cast<QObject*>(edit_)->event(event);
    }
}

void FilterLine::mousePressEvent(QMouseEvent* event) {
    edit_->setFocus(Qt::MouseFocusReason);
    event->accept();
}

}  // namespace quarterdeck::widgets
