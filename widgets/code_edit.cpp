#include "widgets/code_edit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include "widgets/code_layout.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kDeepestMenuLevel = 4;

// The numbers and fold signs; all is asked from the text part.
class CodeGutter : public QWidget {
public:
    explicit CodeGutter(CodeEdit* edit) : QWidget(edit), edit_(edit) {
        setObjectName(QStringLiteral("code.gutter"));
        setMouseTracking(true);
    }

protected:
    void paintEvent(QPaintEvent* event) override {
        QPainter painter(this);
        edit_->paintGutter(painter, event->rect());
    }
    void mousePressEvent(QMouseEvent* event) override {
        if (event->button() == Qt::LeftButton) {
            edit_->clickGutter(event->pos());
        }
    }
    void mouseMoveEvent(QMouseEvent* event) override {
        setCursor(edit_->isFoldSign(event->pos()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    }
    void wheelEvent(QWheelEvent* event) override { QApplication::sendEvent(edit_->verticalScrollBar(), event); }

private:
    CodeEdit* edit_;
};

CodeLayout* layoutOf(const QPlainTextEdit* edit) {
    return static_cast<CodeLayout*>(edit->document()->documentLayout());
}

}  // namespace

CodeEdit::CodeEdit(QWidget* parent) : QPlainTextEdit(parent), code_(QString()), folds_(code_) {
    auto* document = new QTextDocument(this);
    document->setDocumentLayout(new CodeLayout(document));
    document->setUndoRedoEnabled(false);
    document->setDocumentMargin(6);
    setDocument(document);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTabChangesFocus(true);
    gutter_ = new CodeGutter(this);
    connect(this, &QPlainTextEdit::updateRequest, gutter_, [this](const QRect&, int) { gutter_->update(); });
    slices_.setInterval(0);
    connect(&slices_, &QTimer::timeout, this, &CodeEdit::appendSlice);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        reveal(textCursor().blockNumber());
        viewport()->update();
        gutter_->update();
    });
    refreshLook();
}

CodeEdit::~CodeEdit() = default;

void CodeEdit::setFolded(int line, bool folded) {
    appendRest();
    if (!folds_.isHead(line) || folded == folded_.contains(line)) {
        return;
    }
    if (folded) {
        folded_.insert(line);
        // The cursor does not stay in what is hidden.
        QTextCursor cursor = textCursor();
        const QTextBlock head = document()->findBlockByNumber(line);
        if (cursor.blockNumber() > line && cursor.blockNumber() <= folds_.end(line)) {
            cursor.setPosition(head.position());
            setTextCursor(cursor);
        }
    } else {
        folded_.remove(line);
    }
    applyFolds();
}

void CodeEdit::foldToLevel(int level) {
    appendRest();
    folded_.clear();
    for (int line = 0; level > 0 && line < code_.lineCount(); ++line) {
        if (folds_.isHead(line) && folds_.level(line) >= level) {
            folded_.insert(line);
        }
    }
    int line = textCursor().blockNumber();
    for (int up = folds_.parent(line); up >= 0; up = folds_.parent(up)) {
        line = folded_.contains(up) ? up : line;
    }
    if (line != textCursor().blockNumber()) {
        QTextCursor cursor = textCursor();
        cursor.setPosition(document()->findBlockByNumber(line).position());
        setTextCursor(cursor);
    }
    applyFolds();
    ensureCursorVisible();
}

void CodeEdit::reveal(int line) {
    if (line < 0 || line >= code_.lineCount() || document()->findBlockByNumber(line).isVisible()) {
        return;
    }
    // Blank lines have no head of their own: all folds that hold the line.
    QSet<int> open;
    for (const int head : std::as_const(folded_)) {
        if (head < line && folds_.end(head) >= line) {
            open.insert(head);
        }
    }
    folded_ -= open;
    applyFolds();
}

void CodeEdit::applyFolds() {
    int hiddenTo = -1;
    bool changed = false;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        const int line = block.blockNumber();
        const bool shown = line > hiddenTo;
        if (block.isVisible() != shown) {
            block.setVisible(shown);
            block.setLineCount(shown ? std::max(1, block.layout()->lineCount()) : 0);
            changed = true;
        }
        if (shown && folded_.contains(line)) {
            hiddenTo = folds_.end(line);
        }
    }
    if (changed) {
        layoutOf(this)->tellSize();
    }
    viewport()->update();
    gutter_->update();
}

void CodeEdit::setMatches(const QVector<CodeText::Match>& matches, int current) {
    matches_ = matches;
    currentMatch_ = current;
    viewport()->update();
}

void CodeEdit::showPlace(int line, int column) {
    appendRest();
    reveal(line);
    const QTextBlock block = document()->findBlockByNumber(line);
    QTextCursor cursor(document());
    cursor.setPosition(block.position() + std::clamp(column, 0, block.length() - 1));
    setTextCursor(cursor);
    ensureCursorVisible();
}

void CodeEdit::setWrapped(bool wrapped) {
    if (wrapped != isWrapped()) {
        const int top = firstVisibleBlock().blockNumber();
        setLineWrapMode(wrapped ? WidgetWidth : NoWrap);
        verticalScrollBar()->setValue(document()->findBlockByNumber(top).firstLineNumber());
    }
}

QMimeData* CodeEdit::createMimeDataFromSelection() const {
    const QTextCursor cursor = textCursor();
    const QTextBlock from = document()->findBlock(cursor.selectionStart());
    const QTextBlock to = document()->findBlock(cursor.selectionEnd());
    auto* mime = new QMimeData;
    mime->setText(code_.trueText(from.blockNumber(), cursor.selectionStart() - from.position(), to.blockNumber(),
                                 cursor.selectionEnd() - to.position()));
    return mime;
}

void CodeEdit::copySelectionOrAll() {
    if (textCursor().hasSelection()) {
        copy();
    } else {
        QGuiApplication::clipboard()->setText(code_.text());
    }
}

void CodeEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    gutter_->setGeometry(0, 0, gutterWidth(), viewport()->height());
}

void CodeEdit::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange && gutter_ != nullptr) {
        refreshLook();
    }
}

void CodeEdit::refreshLook() {
    const Theme& theme = themeOf(this);
    QPalette colors = palette();
    colors.setColor(QPalette::Base, theme.color(Role::Sunken));
    colors.setColor(QPalette::Text, theme.color(Role::Text));
    colors.setColor(QPalette::Highlight, theme.color(Role::Selection));
    colors.setColor(QPalette::Inactive, QPalette::Highlight, theme.color(Role::Selection));
    colors.setColor(QPalette::HighlightedText, theme.color(Role::Text));
    setPalette(colors);
    setFont(monoFont(this, TextSize::Secondary));
    setTabStopDistance(4 * QFontMetricsF(font()).horizontalAdvance(QLatin1Char(' ')));
    layoutOf(this)->setLineHeight(std::max(scaledPx(this, 18), QFontMetrics(font()).height()));
    setViewportMargins(gutterWidth(), 0, 0, 0);
    gutter_->setGeometry(0, 0, gutterWidth(), viewport()->height());
    ++look_;
    layoutOf(this)->tellSize();
    viewport()->update();
}

bool CodeEdit::foldByKey(const QKeyEvent& event) {
    if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier || textCursor().hasSelection()) {
        return false;
    }
    const int line = textCursor().blockNumber();
    if (event.key() == Qt::Key_Left && canFold(line) && !isFolded(line)) {
        setFolded(line, true);
        return true;
    }
    if (event.key() == Qt::Key_Right && isFolded(line)) {
        setFolded(line, false);
        return true;
    }
    return false;
}

void CodeEdit::keyPressEvent(QKeyEvent* event) {
    appendRest();
    if (!foldByKey(*event)) {
        QPlainTextEdit::keyPressEvent(event);
    }
}

void CodeEdit::contextMenuEvent(QContextMenuEvent* event) {
    appendRest();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int line = keyboard ? textCursor().blockNumber() : cursorForPosition(event->pos()).blockNumber();
    QAction* copyAction = menu->addAction(tr("Copy"), this, &QPlainTextEdit::copy);
    copyAction->setEnabled(textCursor().hasSelection());
    menu->addAction(tr("Copy all"), this, [this] { QGuiApplication::clipboard()->setText(code_.text()); });
    menu->addAction(tr("Select all"), this, &QPlainTextEdit::selectAll);
    menu->addSeparator();
    QAction* fold = menu->addAction(isFolded(line) ? tr("Unfold") : tr("Fold"), this,
                                    [this, line] { setFolded(line, !isFolded(line)); });
    fold->setEnabled(canFold(line));
    QMenu* levels = menu->addMenu(tr("Fold all to level"));
    for (int level = 1; level <= kDeepestMenuLevel; ++level) {
        levels->addAction(QString::number(level), this, [this, level] { foldToLevel(level); });
    }
    menu->addAction(tr("Unfold all"), this, [this] { foldToLevel(0); });
    menu->addSeparator();
    Q_EMIT menuRequested(menu);
    menu->popup(keyboard ? viewport()->mapToGlobal(cursorRect().bottomLeft()) : event->globalPos());
}

void CodeEdit::focusInEvent(QFocusEvent* event) {
    QPlainTextEdit::focusInEvent(event);
    viewport()->update();
}

void CodeEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    viewport()->update();
}

}  // namespace quarterdeck::widgets
