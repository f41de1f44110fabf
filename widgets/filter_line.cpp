#include "widgets/filter_line.h"

#include <QAction>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "widgets/filter_line_chip.h"
#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kRow = 28;
constexpr int kNextRow = 24;
constexpr int kPadding = 8;
constexpr int kIconPx = 16;
constexpr int kGap = 6;
constexpr int kMinEdit = 140;
constexpr qsizetype kMaxChips = 24;  // beyond them, terms stay text

}  // namespace

FilterLine::FilterLine(QWidget* parent) : QWidget(parent) {
    edit_ = new QLineEdit(this);
    edit_->setFrame(false);
    edit_->installEventFilter(this);
    problem_ = edit_->addAction(QIcon(), QLineEdit::TrailingPosition);
    clear_ = edit_->addAction(QIcon(), QLineEdit::TrailingPosition);
    clear_->setText(tr("Clear the filter"));
    clear_->setToolTip(tr("Clear the filter (Escape)"));
    clear_->setVisible(false);
    problem_->setVisible(false);
    connect(clear_, &QAction::triggered, this, &FilterLine::clearByPerson);
    connect(edit_, &QLineEdit::textEdited, this, &FilterLine::onTyped);
    popup_ = new CompletionPopup(this);
    connect(popup_, &CompletionPopup::chosen, this, &FilterLine::complete);
    setFocusProxy(edit_);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Filter"));
    edit_->setAccessibleName(tr("Filter"));
    setCursor(Qt::IBeamCursor);
    refresh();
}

FilterLine::~FilterLine() {
    delete popup_;
}

void FilterLine::setGrammar(Grammar grammar) {
    grammar_ = std::move(grammar);
    setText(whole_);
}

void FilterLine::setPlaceholderText(const QString& text) {
    placeholder_ = text;
    relayout();
}

void FilterLine::setText(const QString& text) {
    whole_ = text;
    dropChips();
    edit_->setText(text);
    popup_->hide();
    completionsShown_ = false;
    unselect();
    absorb(text.size());
    relayout();
}

void FilterLine::addChip(const QString& term, const QString& error) {
    auto* chip = new FilterChip(term, error, this);
    connect(chip, &FilterChip::removeRequested, this, [this, chip] { removeChip(chip); });
    connect(chip, &FilterChip::editRequested, this, [this, chip] { editChip(chip); });
    connect(chip, &FilterChip::stepRequested, this, [this, chip](int direction) { stepFrom(chip, direction); });
    connect(chip, &FilterChip::keyPassed, this, [this](QKeyEvent* event) {
        edit_->setFocus(Qt::OtherFocusReason);
        keyPressEvent(event);
    });
    chips_.append(chip);
}

void FilterLine::dropChips() {
    for (FilterChip* chip : std::as_const(chips_)) {
        chip->hide();
        chip->deleteLater();  // it may be the one that asked for it
    }
    chips_.clear();
}

void FilterLine::absorb(qsizetype end) {
    if (!grammar_) {
        return;
    }
    const QString text = edit_->text();
    QString rest;
    qsizetype copied = 0;
    qsizetype cursor = edit_->cursorPosition();
    for (const FilterTerm& term : grammar_(text)) {
        const qsizetype termEnd = term.start + term.length;
        if (!term.chip || termEnd > end || chips_.size() >= kMaxChips) {
            continue;
        }
        addChip(text.mid(term.start, term.length), term.error);
        rest += text.mid(copied, term.start - copied);
        copied = termEnd;
        while (copied < text.size() && text.at(copied).isSpace()) {
            ++copied;
        }
        if (edit_->cursorPosition() >= copied) {
            cursor -= copied - term.start;
        } else if (edit_->cursorPosition() > term.start) {
            cursor = rest.size();
        }
    }
    if (copied == 0) {
        return;
    }
    rest += text.mid(copied);
    edit_->setText(rest.trimmed().isEmpty() ? QString() : rest);
    edit_->setCursorPosition(static_cast<int>(cursor));
    relayout();
}

void FilterLine::recompose(bool tell) {
    QStringList parts;
    for (const FilterChip* chip : std::as_const(chips_)) {
        parts += chip->term();
    }
    if (!edit_->text().isEmpty()) {
        parts += edit_->text();
    }
    const QString whole = parts.join(QLatin1Char(' '));
    const bool changed = whole != whole_;
    whole_ = whole;
    relayout();
    if (tell && changed) {
        Q_EMIT textEdited(whole_);
    }
}

void FilterLine::removeChip(FilterChip* chip) {
    const qsizetype at = chips_.indexOf(chip);
    chips_.removeAt(at);
    chip->hide();
    chip->deleteLater();
    if (at < chips_.size()) {
        chips_.at(at)->setFocus(Qt::OtherFocusReason);
    } else {
        edit_->setFocus(Qt::OtherFocusReason);
    }
    recompose(true);
}

void FilterLine::editChip(FilterChip* chip) {
    chips_.removeOne(chip);
    const QString after = edit_->text();
    edit_->setFocus(Qt::OtherFocusReason);
    edit_->setText(after.isEmpty() ? chip->term() : chip->term() + QLatin1Char(' ') + after);
    edit_->setCursorPosition(static_cast<int>(chip->term().size()));
    chip->hide();
    chip->deleteLater();
    recompose(true);
}

void FilterLine::stepFrom(const FilterChip* chip, int direction) {
    const qsizetype next = chips_.indexOf(const_cast<FilterChip*>(chip)) + direction;
    if (next >= chips_.size()) {
        edit_->setFocus(Qt::OtherFocusReason);
        edit_->setCursorPosition(0);
    } else if (next >= 0) {
        chips_.at(next)->setFocus(Qt::OtherFocusReason);
    }
}

void FilterLine::selectAll() {
    edit_->selectAll();
    allSelected_ = !chips_.isEmpty();
    for (FilterChip* chip : std::as_const(chips_)) {
        chip->setSelected(true);
    }
}

void FilterLine::unselect() {
    allSelected_ = false;
    for (FilterChip* chip : std::as_const(chips_)) {
        chip->setSelected(false);
    }
}

void FilterLine::setError(const QString& message) {
    if (message == error_) {
        return;
    }
    error_ = message;
    problem_->setVisible(!message.isEmpty());
    problem_->setToolTip(shownToolTip(message));
    setToolTip(shownToolTip(message));
    setAccessibleDescription(message);
    edit_->setAccessibleDescription(message);
    update();
    Q_EMIT errorChanged(message);
}

QSize FilterLine::sizeHint() const {
    return {scaledPx(this, 320), scaledPx(this, kRow)};
}

QSize FilterLine::minimumSizeHint() const {
    return {scaledPx(this, kMinEdit) + 2 * kPadding + scaledPx(this, kIconPx) + kGap, scaledPx(this, kRow)};
}

void FilterLine::relayout() {
    clear_->setVisible(!whole_.isEmpty());
    edit_->setPlaceholderText(chips_.isEmpty() ? placeholder_ : tr("add a filter"));
    edit_->setAccessibleName(accessibleName());
    const int left = kPadding + scaledPx(this, kIconPx) + kGap;
    const int right = width() - 1;
    const int rowHeight = scaledPx(this, kRow);
    int x = left;
    int y = 0;
    const auto nextRow = [&] {
        x = left;
        y += scaledPx(this, kNextRow);
    };
    for (FilterChip* chip : std::as_const(chips_)) {
        const QSize size = chip->sizeHint();
        if (x > left && x + size.width() > right - kPadding) {
            nextRow();
        }
        chip->setGeometry(x, y + (rowHeight - size.height()) / 2,
                          std::min(size.width(), std::max(40, right - kPadding - x)), size.height());
        chip->show();
        x += chip->width() + kGap;
    }
    if (x > left && right - x < scaledPx(this, kMinEdit)) {
        nextRow();
    }
    edit_->setGeometry(x - (chips_.isEmpty() ? kGap : 0), y + 1, right - x + (chips_.isEmpty() ? kGap : 0),
                       rowHeight - 2);
    setFixedHeight(y + rowHeight);
    update();
}

void FilterLine::paintEvent(QPaintEvent*) {
    const int iconPx = scaledPx(this, kIconPx);
    QPainter painter(this);
    const Theme& theme = themeOf(this);
    const bool focused = edit_->hasFocus();
    const Role outline = !error_.isEmpty() ? Role::Critical : focused ? Role::Accent : Role::BorderStrong;
    paintRounded(painter, rect(), kControlRadius, theme.color(Role::Raised), theme.color(outline), focused ? 2 : 1);
    if (focused && !error_.isEmpty()) {
        paintRounded(painter, rect().adjusted(2, 2, -2, -2), kControlRadius - 1, theme.color(Role::Raised),
                     theme.color(Role::Accent), 1);
    }
    paintIcon(painter, QRect(kPadding, 0, iconPx, scaledPx(this, kRow)), QStringLiteral("funnel"),
              theme.color(Role::Accent), iconPx);
}

void FilterLine::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    relayout();
}

void FilterLine::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        refresh();
    }
}

void FilterLine::refresh() {
    const Theme& theme = themeOf(this);
    const int iconPx = scaledPx(this, kIconPx);
    clear_->setIcon(themedIcon(QStringLiteral("x"), theme, Role::TextMuted, iconPx));
    problem_->setIcon(themedIcon(QStringLiteral("octagon-x"), theme, Role::Critical, iconPx));
    edit_->setFont(textFont(this, TextSize::Secondary));
    relayout();
}

}  // namespace quarterdeck::widgets
