#include "widgets/label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"

namespace quarterdeck::widgets {

namespace {

constexpr QChar kMayBreak(0x200B);
constexpr int kRowIconPx = 14;

// Lets the words that are wider than `width` break: after separators, or anywhere.
QString breakable(const QString& line, const QFontMetrics& metrics, int width) {
    QStringList words = line.split(QLatin1Char(' '));
    for (QString& word : words) {
        if (metrics.horizontalAdvance(word) <= width) {
            continue;
        }
        QString pieces;
        qsizetype run = 0;
        for (const QChar character : std::as_const(word)) {
            pieces += character;
            const bool separator = QStringLiteral("-./_:,;@=&?").contains(character);
            if (!character.isHighSurrogate() && (separator || ++run >= 8)) {
                pieces += kMayBreak;
                run = 0;
            }
        }
        word = pieces;
    }
    return words.join(QLatin1Char(' '));
}

}  // namespace

TextLabel::TextLabel(const QString& text, TextSize size, Role role, QFont::Weight weight, QWidget* parent)
    : QLabel(parent), size_(size), role_(role), weight_(weight) {
    setTextFormat(Qt::PlainText);
    setText(text);
    refresh();
}

void TextLabel::setText(const QString& text) {
    if (text != given_) {
        given_ = text;
        showGiven();
    }
}

void TextLabel::setWordWrap(bool on) {
    QLabel::setWordWrap(on);
    showGiven();
}

QString TextLabel::shownGiven() const {
    if (!wordWrap()) {
        return shownText(given_);
    }
    QStringList lines = given_.split(QLatin1Char('\n'));
    for (QString& line : lines) {
        line = shownText(line);
    }
    return lines.join(QLatin1Char('\n'));
}

void TextLabel::showGiven() {
    QLabel::setText(shownGiven());
    if (testAttribute(Qt::WA_WState_Created) && wordWrap()) {
        breakWordsFor(contentsRect().width());
    }
}

QString TextLabel::brokenFor(int width) const {
    QStringList lines = shownGiven().split(QLatin1Char('\n'));
    for (QString& line : lines) {
        line = breakable(line, fontMetrics(), width);
    }
    return lines.join(QLatin1Char('\n'));
}

void TextLabel::breakWordsFor(int width) {
    if (!wordWrap() || width <= 0) {
        return;
    }
    const QString shown = brokenFor(width);
    if (shown != text()) {
        QLabel::setText(shown);
    }
}

int TextLabel::heightForWidth(int width) const {
    const QMargins around = contentsMargins() + margin();
    const int inner = width - around.left() - around.right();
    const QString shown = wordWrap() && inner > 0 ? brokenFor(inner) : text();
    if (shown == text()) {
        return QLabel::heightForWidth(width);
    }
    constexpr int kAnyHeight = 2000;
    const int flags = static_cast<int>(alignment()) | Qt::TextWordWrap;
    return fontMetrics().boundingRect(0, 0, inner, kAnyHeight, flags, shown).height() + around.top() + around.bottom();
}

void TextLabel::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    breakWordsFor(contentsRect().width());
}

void TextLabel::setRole(Role role) {
    role_ = role;
    refresh();
}

void TextLabel::setTextStyle(TextSize size, QFont::Weight weight) {
    size_ = size;
    weight_ = weight;
    refresh();
}

void TextLabel::setElideMode(Qt::TextElideMode mode) {
    elide_ = mode;
    updateGeometry();
    update();
}

QSize TextLabel::minimumSizeHint() const {
    const QSize whole = QLabel::minimumSizeHint();
    if (wordWrap()) {  // a long word breaks rather than widening the window
        return {std::min(whole.width(), scaledPx(this, 160)), whole.height()};
    }
    return elide_ == Qt::ElideNone ? whole : QSize(std::min(whole.width(), scaledPx(this, 32)), whole.height());
}

void TextLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        refresh();
    }
}

bool TextLabel::event(QEvent* event) {
    // The whole text, where it is shortened and nothing else is to be said.
    if (event->type() == QEvent::ToolTip && elide_ != Qt::ElideNone && toolTip().isEmpty() &&
        fontMetrics().horizontalAdvance(text()) > contentsRect().width()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), shownToolTip(text()), this);
        return true;
    }
    return QLabel::event(event);
}

void TextLabel::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy) && hasSelectedText()) {
        QGuiApplication::clipboard()->setText(selectedText().remove(kMayBreak));
        return;
    }
    QLabel::keyPressEvent(event);
}

void TextLabel::paintEvent(QPaintEvent* event) {
    if (elide_ == Qt::ElideNone) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    paintText(painter, contentsRect(), font(), themeOf(this).color(role_), shownText(text()), alignment(), elide_);
}

void TextLabel::refresh() {
    setFont(textFont(this, size_, weight_));
    QPalette colors = palette();
    const QColor color = themeOf(this).color(role_);
    colors.setColor(QPalette::WindowText, color);
    colors.setColor(QPalette::Disabled, QPalette::WindowText, color);
    setPalette(colors);
    update();
}

TextLabel* makeSectionLabel(const QString& text, QWidget* parent) {
    return new TextLabel(text, TextSize::Secondary, Role::TextMuted, QFont::DemiBold, parent);
}

IconLabel::IconLabel(const QString& lucideName, Role role, int px, QWidget* parent)
    : QWidget(parent), name_(lucideName), role_(role), px_(px) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setIcon(const QString& lucideName, Role role) {
    name_ = lucideName;
    role_ = role;
    update();
}

QSize IconLabel::sizeHint() const {
    const int side = scaledPx(this, px_);
    return {side, side};
}

void IconLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintIcon(painter, rect(), name_, themeOf(this).color(role_), scaledPx(this, px_));
}

void IconLabel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
}

KeyValueRow::KeyValueRow(const QString& key, const QString& value, QWidget* parent)
    : QWidget(parent), key_(key), value_(shownText(value)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    changed();
}

void KeyValueRow::setKey(const QString& key) {
    key_ = key;
    changed();
}

void KeyValueRow::setValue(const QString& value) {
    if (const QString shown = shownText(value); shown != value_) {
        value_ = shown;
        changed();
    }
}

void KeyValueRow::setIconName(const QString& lucideName) {
    iconName_ = lucideName;
    changed();
}

void KeyValueRow::setTone(Tone tone) {
    tone_ = tone;
    changed();
}

void KeyValueRow::setMuted(bool muted) {
    muted_ = muted;
    changed();
}

void KeyValueRow::setKeyWidth(int px) {
    keyWidth_ = px;
    changed();
}

void KeyValueRow::setLineAbove(bool line) {
    line_ = line;
    changed();
}

void KeyValueRow::changed() {
    setAccessibleName(tr("%1: %2").arg(key_, value_));
    updateGeometry();
    update();
}

QSize KeyValueRow::sizeHint() const {
    const int value = QFontMetrics(textFont(this, TextSize::Secondary)).horizontalAdvance(value_);
    return {(iconName_.isEmpty() ? 0 : scaledPx(this, kRowIconPx) + 8) + scaledPx(this, keyWidth_) + value +
                scaledPx(this, kRowIconPx) + 10,
            scaledPx(this, 24)};
}

QSize KeyValueRow::minimumSizeHint() const {
    return {scaledPx(this, keyWidth_) + scaledPx(this, 64), scaledPx(this, 24)};
}

void KeyValueRow::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    if (line_) {
        painter.fillRect(0, 0, width(), 1, theme.color(Role::Border));
    }
    const QFont font = textFont(this, TextSize::Secondary);
    const QColor muted = theme.color(Role::TextMuted);
    const int iconPx = scaledPx(this, kRowIconPx);
    QRect inner = rect();
    if (!iconName_.isEmpty()) {
        paintIcon(painter, QRect(inner.left(), inner.top(), iconPx, inner.height()), iconName_, muted, iconPx);
        inner.setLeft(inner.left() + iconPx + 8);
    }
    const int keyWidth = scaledPx(this, keyWidth_);
    paintText(painter, QRect(inner.left(), inner.top(), keyWidth - 4, inner.height()), font, muted, key_);
    inner.setLeft(inner.left() + keyWidth);
    const QString icon = toneIconName(tone_);
    if (!icon.isEmpty()) {
        const QRect iconRect(inner.right() + 1 - iconPx, inner.top(), iconPx, inner.height());
        paintIcon(painter, iconRect, icon, theme.color(muted_ ? Role::Unknown : toneTextRole(tone_)), iconPx);
        inner.setRight(inner.right() - iconPx - 6);
    }
    paintText(painter, inner, font, muted_ ? muted : theme.color(Role::Text), value_);
}

}  // namespace quarterdeck::widgets
