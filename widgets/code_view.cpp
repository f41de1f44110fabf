#include "widgets/code_view.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QStackedLayout>
#include <QTextBlock>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/code_edit.h"
#include "widgets/code_search.h"
#include "widgets/label.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kMostMatches = 20000;
constexpr qsizetype kLongestNeedle = 200;

bool isSearchKey(const QKeyEvent& event) {
    return event.matches(QKeySequence::Find) || event.key() == Qt::Key_F3;
}

}  // namespace

CodeView::CodeView(QWidget* parent) : QWidget(parent) {
    stack_ = new QStackedLayout(this);
    page_ = new QWidget(this);
    auto* column = new QVBoxLayout(page_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    search_ = new CodeSearch(page_);
    search_->hide();
    column->addWidget(search_);
    edit_ = new CodeEdit(page_);
    column->addWidget(edit_, 1);
    stack_->addWidget(page_);
    panel_ = new StatePanel(this);
    stack_->addWidget(panel_);
    setFocusProxy(edit_);
    setTextName(tr("Text"));
    connect(panel_, &StatePanel::actionTriggered, this, &CodeView::retryRequested);
    connect(search_, &CodeSearch::textChanged, this, [this] { search(true); });
    connect(search_, &CodeSearch::stepped, this, &CodeView::step);
    connect(search_, &CodeSearch::closed, this, &CodeView::closeSearch);
    connect(edit_, &CodeEdit::menuRequested, this, &CodeView::fillMenu);
}

CodeView::~CodeView() = default;

QWidget* CodeView::makeBar() {
    auto* bar = new QWidget(page_);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 4, 8, 4);
    row->setSpacing(0);
    lines_ = new TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, bar);
    lines_->setElideMode(Qt::ElideRight);
    row->addWidget(lines_, 1);
    const auto add = [&](const char* icon, const QString& name, const char* object) {
        auto* button = new IconButton(QString::fromLatin1(icon), name, bar);
        button->setObjectName(QString::fromLatin1(object));
        row->addWidget(button);
        return button;
    };
    auto* find = add("search", tr("Search in the text"), "code.find");
    find->setToolTip(tr("Search in the text (Ctrl+F)"));
    connect(find, &QAbstractButton::clicked, this, &CodeView::openSearch);
    wrap_ = add("text-wrap", tr("Wrap long lines"), "code.wrap");
    wrap_->setCheckable(true);
    connect(wrap_, &QAbstractButton::toggled, this, &CodeView::setWrapped);
    auto* copy = add("copy", tr("Copy the whole text"), "code.copy");
    copy->setToolTip(tr("Copy the whole text, or what is selected"));
    connect(copy, &QAbstractButton::clicked, this, [this] { edit_->copySelectionOrAll(); });
    return bar;
}

void CodeView::setText(const QString& text) {
    if (text != text_) {
        text_ = text;
        edit_->setCode(text);
        search(false);
        tellLines();
    }
    stack_->setCurrentWidget(page_);
}

QString CodeView::text() const {
    return text_;
}

void CodeView::tellLines() {
    const int count = edit_->code().lineCount();
    lines_->setText(count == 1 ? tr("1 line") : tr("%1 lines").arg(QLocale().toString(count)));
}

void CodeView::setTextName(const QString& name) {
    edit_->setAccessibleName(name);
    setAccessibleName(name);
}

void CodeView::showLoading(const QString& awaited) {
    panel_->showLoading({}, awaited);
    stack_->setCurrentWidget(panel_);
}

void CodeView::showFailed(const QString& sentence, const QString& cause, const QString& retryLabel) {
    panel_->showFailed(sentence, cause, retryLabel);
    stack_->setCurrentWidget(panel_);
}

void CodeView::openSearch() {
    const QTextCursor cursor = edit_->textCursor();
    const QString selected = cursor.selectedText();
    const bool usable = !selected.contains(QChar::ParagraphSeparator) && selected.size() <= kLongestNeedle;
    search_->begin(usable ? selected : QString());
    search(true);
}

void CodeView::closeSearch() {
    const bool hadFocus = search_->isAncestorOf(QApplication::focusWidget());
    search_->hide();
    search(false);
    if (hadFocus) {
        edit_->setFocus(Qt::OtherFocusReason);
    }
}

bool CodeView::isWrapped() const {
    return edit_->isWrapped();
}

void CodeView::setWrapped(bool wrapped) {
    if (wrapped != edit_->isWrapped()) {
        edit_->setWrapped(wrapped);
        wrap_->setChecked(wrapped);
        Q_EMIT wrappedChanged(wrapped);
    }
}

void CodeView::fillMenu(QMenu* menu) {
    QAction* wrap = menu->addAction(tr("Wrap long lines"));
    wrap->setCheckable(true);
    wrap->setChecked(isWrapped());
    connect(wrap, &QAction::toggled, this, &CodeView::setWrapped);
    menu->addAction(tr("Search…"), this, &CodeView::openSearch);
}

// Looks the text up anew. From the cursor: the first match behind it is shown; else the one that was current stays.
void CodeView::search(bool fromCursor) {
    const QString needle = search_->isHidden() ? QString() : search_->text();
    const CodeText::Match before =
        current_ >= 0 && current_ < matches_.size() ? matches_.at(current_) : CodeText::Match{0, 0, 0};
    matches_ = edit_->code().find(needle, kMostMatches);
    more_ = matches_.size() > kMostMatches;
    if (more_) {
        matches_.removeLast();
    }
    const QTextCursor cursor = edit_->textCursor();
    const QTextBlock block = edit_->document()->findBlock(cursor.selectionStart());
    const int line = fromCursor ? block.blockNumber() : before.line;
    const int column = fromCursor ? cursor.selectionStart() - block.position() : before.column;
    current_ = matches_.isEmpty() ? -1 : 0;
    for (int i = 0; i < matches_.size(); ++i) {
        const CodeText::Match& match = matches_.at(i);
        if (match.line > line || (match.line == line && match.column >= column)) {
            current_ = i;
            break;
        }
    }
    tellMatches();
    if (fromCursor && current_ >= 0) {
        edit_->showPlace(matches_.at(current_).line, matches_.at(current_).column);
    }
}

void CodeView::step(int by) {
    if (matches_.isEmpty()) {
        return;
    }
    const int count = static_cast<int>(matches_.size());
    current_ = (current_ + by + count) % count;
    tellMatches();
    edit_->showPlace(matches_.at(current_).line, matches_.at(current_).column);
}

void CodeView::tellMatches() {
    edit_->setMatches(matches_, current_);
    search_->setCount(current_, static_cast<int>(matches_.size()), more_);
}

void CodeView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const bool code = stack_->currentWidget() == page_;
    painter.fillRect(rect(), themeOf(this).color(code ? Role::Sunken : Role::Raised));
}

// The window may have the same keys for something else; in here they are ours.
bool CodeView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isSearchKey(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void CodeView::keyPressEvent(QKeyEvent* event) {
    if (stack_->currentWidget() != page_ || !isSearchKey(*event)) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (event->key() == Qt::Key_F3 && !search_->isHidden()) {
        step(event->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
    } else {
        openSearch();
    }
}

}  // namespace quarterdeck::widgets
