// How a text comes into the document: only the lines that differ, and a long one in slices.
#include <QScrollBar>
#include <QTextBlock>

#include "widgets/code_edit.h"

namespace quarterdeck::widgets {

namespace {

// So much of a long text is taken over at once: some milliseconds each.
constexpr int kSliceLines = 2000;
constexpr qsizetype kSliceCharacters = 200'000;

}  // namespace

CodeEdit::Change CodeEdit::changeTo(const CodeText& next) const {
    const QStringList& before = code_.shownLines();
    const QStringList& after = next.shownLines();
    const int both = static_cast<int>(std::min(before.size(), after.size()));
    int from = 0;
    while (from < both && before.at(from) == after.at(from)) {
        ++from;
    }
    int same = 0;
    while (same < both - from && before.at(before.size() - 1 - same) == after.at(after.size() - 1 - same)) {
        ++same;
    }
    return {from, code_.lineCount() - same, next.lineCount() - same};
}

void CodeEdit::setCode(const QString& text) {
    appendRest();
    const CodeText next(text);
    const Change change = changeTo(next);
    QSet<quint64> paths;
    for (const int line : std::as_const(folded_)) {
        paths.insert(folds_.path(line));
    }
    // The line on top stays there, when it is behind the change, too.
    const QTextBlock top = firstVisibleBlock();
    const int offset = verticalScrollBar()->value() - top.firstLineNumber();
    int topLine = top.blockNumber();
    if (topLine >= change.oldEnd) {
        topLine += change.newEnd - change.oldEnd;
    }
    const int across = horizontalScrollBar()->value();
    const bool blocked = blockSignals(true);
    replaceLines(change, next);
    blockSignals(blocked);
    code_ = next;
    if (loaded_ < code_.lineCount()) {
        slices_.start();
    }
    folds_ = CodeFolds(code_);
    folded_.clear();
    for (int line = 0; !paths.isEmpty() && line < code_.lineCount(); ++line) {
        if (folds_.isHead(line) && paths.contains(folds_.path(line))) {
            folded_.insert(line);
        }
    }
    ++look_;
    setViewportMargins(gutterWidth(), 0, 0, 0);
    gutter_->setGeometry(0, 0, gutterWidth(), viewport()->height());
    applyFolds();
    const QTextBlock block = document()->findBlockByNumber(std::min(topLine, code_.lineCount() - 1));
    verticalScrollBar()->setValue(block.firstLineNumber() + offset);
    horizontalScrollBar()->setValue(across);
}

void CodeEdit::replaceLines(const Change& change, const CodeText& next) {
    loaded_ = next.lineCount();
    if (change.from == change.oldEnd && change.from == change.newEnd) {
        return;
    }
    const int count = code_.lineCount();
    const int changed = std::max(change.oldEnd, change.newEnd) - change.from;
    if (document()->isEmpty() || (changed > 2000 && changed > count / 2)) {
        const QTextCursor before = textCursor();
        const int line = before.blockNumber();
        const int column = before.positionInBlock();
        // Nobody is anywhere else but at the beginning: the rest can come bit by bit.
        const bool patient = line == 0 && firstVisibleBlock().blockNumber() <= 0 && folded_.isEmpty();
        loaded_ = patient ? sliceEnd(next, 0) : next.lineCount();
        setPlainText(next.shownLines().mid(0, loaded_).join(QLatin1Char('\n')));
        const QTextBlock block = document()->findBlockByNumber(std::min(line, next.lineCount() - 1));
        QTextCursor after(document());
        after.setPosition(block.position() + std::min(column, block.length() - 1));
        setTextCursor(after);
        return;
    }
    QString words = next.shownLines().mid(change.from, change.newEnd - change.from).join(QLatin1Char('\n'));
    const auto startOf = [this](int line) { return document()->findBlockByNumber(line).position(); };
    int from = 0;
    int to = 0;
    const bool toTheEnd = change.oldEnd == count;
    if (change.oldEnd > change.from && change.newEnd > change.from) {
        from = startOf(change.from);
        const QTextBlock last = document()->findBlockByNumber(change.oldEnd - 1);
        to = last.position() + last.length() - 1;
    } else if (!toTheEnd) {
        from = startOf(change.from);
        to = startOf(change.oldEnd);
        words += change.newEnd > change.from ? QStringLiteral("\n") : QString();
    } else {
        const QTextBlock before = document()->findBlockByNumber(change.from - 1);
        from = before.position() + before.length() - 1;
        to = document()->characterCount() - 1;
        words.prepend(change.newEnd > change.from ? QStringLiteral("\n") : QString());
    }
    QTextCursor cursor(document());
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
    cursor.insertText(words);
}

int CodeEdit::sliceEnd(const CodeText& code, int from) {
    int line = from;
    for (qsizetype characters = 0;
         line < code.lineCount() && line - from < kSliceLines && characters < kSliceCharacters; ++line) {
        characters += code.shown(line).size();
    }
    return line;
}

void CodeEdit::appendSlice() {
    if (loaded_ < code_.lineCount()) {
        appendLines(sliceEnd(code_, loaded_));
    }
    if (loaded_ >= code_.lineCount()) {
        slices_.stop();
    }
}

void CodeEdit::appendLines(int end) {
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(QLatin1Char('\n') + code_.shownLines().mid(loaded_, end - loaded_).join(QLatin1Char('\n')));
    loaded_ = end;
}

void CodeEdit::appendRest() {
    slices_.stop();
    if (loaded_ < code_.lineCount()) {
        appendLines(code_.lineCount());
    }
}

}  // namespace quarterdeck::widgets
