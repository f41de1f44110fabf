#include "widgets/property_row.h"

#include <QAccessibleWidget>
#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QTextLayout>
#include <QToolTip>

#include "widgets/icon_set.h"
#include "widgets/meter.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kRowHeight = 24;
constexpr int kCompactHeight = 22;
constexpr int kIconPx = 14;
constexpr int kIconGap = 6;
constexpr int kGap = 12;
constexpr int kChevron = 24;
constexpr int kMaxLines = 3;
constexpr int kNarrowestValue = 110;
// More than three lines of the widest drawer hold, in the narrowest letters.
constexpr qsizetype kLongestValue = 1500;

QFont rowFont(const QWidget* widget, bool bold = false) {
    return textFont(widget, TextSize::Secondary, bold ? QFont::DemiBold : QFont::Normal);
}

int widthOf(const QFont& font, const QString& text) {
    return text.isEmpty() ? 0 : QFontMetrics(font).horizontalAdvance(text) + 1;
}

// The text in lines of this width, at most three; the last one is shortened.
QStringList wrapped(const QString& text, const QFont& font, int width, bool& whole) {
    const QFontMetrics metrics(font);
    if (metrics.horizontalAdvance(text) <= width) {
        return {text};
    }
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1, width));
        if (lines.size() + 1 == kMaxLines) {
            const QString rest = text.mid(line.textStart());
            lines.append(metrics.elidedText(rest, Qt::ElideRight, width));
            whole = whole && lines.last() == rest;
            break;
        }
        lines.append(text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    return lines;
}

class RowAccess : public QAccessibleWidget {
public:
    explicit RowAccess(PropertyRow* row) : QAccessibleWidget(row), row_(row) {}

    QAccessible::Role role() const override {
        return row_->data().link.isEmpty() ? QAccessible::StaticText : QAccessible::Link;
    }
    QStringList actionNames() const override {
        return row_->data().link.isEmpty() ? QStringList() : QStringList{pressAction()};
    }
    void doAction(const QString& name) override {
        if (name == pressAction()) {
            row_->follow();
        }
    }

private:
    PropertyRow* row_;
};

QAccessibleInterface* rowAccess(const QString&, QObject* object) {
    auto* row = qobject_cast<PropertyRow*>(object);
    return row != nullptr ? new RowAccess(row) : nullptr;
}

}  // namespace

PropertyRow::PropertyRow(RowStyle style, QWidget* parent) : QWidget(parent), style_(style) {
    QAccessible::installFactory(rowAccess);
    setMouseTracking(true);
}

void PropertyRow::setData(const Property& data) {
    if (data == data_) {
        return;
    }
    data_ = data;
    key_ = shownText(data.key);
    value_ = shownText(data.value, Lines::One, kLongestValue);
    note_ = shownText(data.note);
    const bool focusable = !data.link.isEmpty() || !data.copyText.isEmpty();
    setFocusPolicy(focusable ? Qt::StrongFocus : Qt::NoFocus);
    hovered_ = hovered_ && !data.link.isEmpty();
    name();
    forget();
}

void PropertyRow::name() {
    QString words = key_.isEmpty() || value_.isEmpty() ? key_ + value_ : tr("%1: %2").arg(key_, value_);
    if (!note_.isEmpty()) {
        words = words.isEmpty() ? note_ : tr("%1, %2").arg(words, note_);
    }
    setAccessibleName(words);
}

void PropertyRow::setColumns(bool icons, int keyWidth) {
    if (icons != icons_ || keyWidth != keyWidth_) {
        icons_ = icons;
        keyWidth_ = keyWidth;
        forget();
    }
}

void PropertyRow::setFollowed(bool followed) {
    if (followed != followed_) {
        followed_ = followed;
        forget();
    }
}

void PropertyRow::forget() {
    places_ = {};
    update();
}

QString PropertyRow::iconName() const {
    return data_.icon.isEmpty() ? toneIconName(data_.tone) : data_.icon;
}

QFont PropertyRow::valueFont() const {
    if (data_.mono) {
        return monoFont(this, TextSize::Secondary);
    }
    // The end of a chain is the thing itself.
    return rowFont(this, style_ == RowStyle::Link && !followed_ && data_.link.isEmpty());
}

int PropertyRow::keyTextWidth() const {
    return widthOf(rowFont(this), key_);
}

int PropertyRow::lineHeight() const {
    return scaledPx(this, 16);
}

QSize PropertyRow::sizeHint() const {
    int width = hasIcon() ? scaledPx(this, kIconPx) + kIconGap : 0;
    if (style_ == RowStyle::Link) {
        width += widthOf(valueFont(), value_) + (followed_ ? scaledPx(this, kChevron) : 0);
    } else {
        width +=
            widthOf(rowFont(this), key_) + kGap + widthOf(valueFont(), value_) + kGap + widthOf(rowFont(this), note_);
    }
    return {width, scaledPx(this, kRowHeight)};
}

int PropertyRow::heightForWidth(int width) const {
    return placesFor(width).height;
}

const PropertyRow::Places& PropertyRow::placesFor(int width) const {
    if (places_.width == width) {
        return places_;
    }
    const int iconPx = scaledPx(this, kIconPx);
    Places places;
    places.width = width;
    const int height = scaledPx(this, style_ == RowStyle::Line ? kRowHeight : kCompactHeight);
    places.height = height;
    places.firstLine = height;
    QRect rest(0, 0, width, height);
    places.icon = hasIcon() ? QRect(0, 0, iconPx, height) : QRect();
    if (icons_ || hasIcon()) {
        rest.setLeft(iconPx + kIconGap);
    }
    if (style_ == RowStyle::Link) {
        places.value = rest.adjusted(0, 0, followed_ ? -scaledPx(this, kChevron) : 0, 0);
        const QFontMetrics metrics(valueFont());
        places.lines = {metrics.elidedText(value_, Qt::ElideMiddle, places.value.width())};
        places.whole = places.lines.first() == value_;
    } else if (data_.fraction >= 0) {
        placeMeter(places, rest);
    } else {
        placeWords(places, rest);
    }
    places.whole = places.whole && data_.value.size() <= kLongestValue &&
                   widthOf(rowFont(this, style_ == RowStyle::Head), key_) <= places.key.width() + 1 &&
                   widthOf(rowFont(this), note_) <= places.note.width() + 1;
    places_ = places;
    return places_;
}

// key [====|    ] value note
void PropertyRow::placeMeter(Places& places, QRect rest) const {
    places.key = rest;
    places.key.setWidth(std::min(keyWidth_, rest.width() / 3));
    rest.setLeft(places.key.right() + kGap);
    const int value = widthOf(valueFont(), value_);
    const int note = widthOf(rowFont(this), note_);
    const int gap = value > 0 && note > 0 ? 4 : 0;
    const int words = std::min(value + gap + note, rest.width() * 2 / 3);
    places.note = QRect(rest.right() - std::min(note, words) + 1, rest.top(), std::min(note, words), rest.height());
    const int left = rest.right() - words + 1;
    places.value = QRect(left, rest.top(), std::max(0, places.note.left() - gap - left), rest.height());
    places.meter = QRect(rest.left(), rest.top(), std::max(0, left - kGap - rest.left()), rest.height());
    const QFontMetrics metrics(valueFont());
    places.lines = {metrics.elidedText(value_, Qt::ElideRight, places.value.width())};
    places.whole = places.lines.first() == value_;
}

// key value note, or key note; where the value would have hardly any room it stands below them.
void PropertyRow::placeWords(Places& places, const QRect& rest) const {
    const int noteWish = widthOf(rowFont(this), note_);
    const int key = widthOf(rowFont(this, style_ == RowStyle::Head), key_);
    const int forNote = value_.isEmpty() ? rest.width() - kGap - key : 0;
    const int note = std::min(noteWish, std::max(forNote, rest.width() * 45 / 100));
    places.note = QRect(rest.right() - note + 1, rest.top(), note, rest.height());
    const int end = note > 0 ? places.note.left() - kGap : rest.right() + 1;
    places.key = rest;
    places.key.setRight(end - 1);
    places.lines = QStringList{QString()};
    if (value_.isEmpty()) {
        return;
    }
    const int left = key_.isEmpty() ? rest.left() : rest.left() + keyWidth_ + kGap;
    const int wish = widthOf(valueFont(), value_);
    if (end - left < std::min(wish, scaledPx(this, kNarrowestValue)) && !key_.isEmpty()) {
        places.value =
            QRect(rest.left(), rest.height() - (rest.height() - lineHeight()) / 2, rest.width(), lineHeight());
        places.firstLine = lineHeight();
        places.lines = wrapped(value_, valueFont(), places.value.width(), places.whole);
        places.height += static_cast<int>(places.lines.size()) * lineHeight();
    } else {
        if (!key_.isEmpty()) {
            places.key.setWidth(keyWidth_);
        }
        places.value = QRect(left, rest.top(), std::max(0, end - left), rest.height());
        places.lines = wrapped(value_, valueFont(), places.value.width(), places.whole);
        places.height += static_cast<int>(places.lines.size() - 1) * lineHeight();
    }
    places.value.setHeight(places.value.height() + static_cast<int>(places.lines.size() - 1) * lineHeight());
}

void PropertyRow::paintEvent(QPaintEvent*) {
    const int iconPx = scaledPx(this, kIconPx);
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const Places& places = placesFor(width());
    const QColor muted = theme.color(Role::TextMuted);
    const QColor text = theme.color(Role::Text);
    if (hasIcon()) {
        const bool toned = !toneIconName(data_.tone).isEmpty();
        paintIcon(painter, places.icon, iconName(), toned ? theme.color(toneTextRole(data_.tone)) : muted, iconPx);
    }
    const bool head = style_ == RowStyle::Head;
    const bool toned = data_.tone != Tone::None;
    paintText(painter, places.key, rowFont(this, head), head || toned ? text : muted, key_,
              Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideMiddle);
    if (!places.meter.isEmpty()) {
        paintMeter(painter, places.meter, {data_.fraction, data_.mark, data_.tone}, theme);
    }
    paintValue(painter, places, theme);
    paintText(painter, places.note, rowFont(this), head && toned ? theme.color(toneTextRole(data_.tone)) : muted, note_,
              Qt::AlignRight | Qt::AlignVCenter);
    if (style_ == RowStyle::Link && followed_) {
        paintIcon(painter, QRect(places.value.right() + 1, 0, scaledPx(this, kChevron), height()),
                  QStringLiteral("chevron-right"), muted, iconPx);
    }
    if (hasFocus() && byKeys_) {
        paintFocusRing(painter, rect(), kTagRadius, theme.color(Role::Accent));
    }
}

void PropertyRow::paintValue(QPainter& painter, const Places& places, const Theme& theme) const {
    const bool link = !data_.link.isEmpty();
    const bool quiet = style_ == RowStyle::Line && data_.tone != Tone::None && data_.fraction < 0;
    const QColor color = theme.color(link ? Role::Accent : quiet ? Role::TextMuted : Role::Text);
    QFont font = valueFont();
    // High contrast does not tell a link by its colour.
    font.setUnderline(link && (hovered_ || theme.isHighContrast()));
    QRect line(places.value.left(), places.value.top(), places.value.width(), places.firstLine);
    const Qt::Alignment side = data_.fraction >= 0 ? Qt::AlignRight : Qt::AlignLeft;
    for (const QString& words : places.lines) {
        paintText(painter, line, font, color, words, side | Qt::AlignVCenter);
        line.translate(0, lineHeight());
    }
}

void PropertyRow::copy() const {
    const QString text = !data_.copyText.isEmpty() ? data_.copyText : !data_.value.isEmpty() ? data_.value : data_.key;
    QGuiApplication::clipboard()->setText(text);
}

void PropertyRow::follow() {
    if (!data_.link.isEmpty()) {
        Q_EMIT linkActivated(data_.link);
    }
}

void PropertyRow::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !data_.link.isEmpty()) {
        follow();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void PropertyRow::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        QWidget::mousePressEvent(event);
    }
}

void PropertyRow::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && placesFor(width()).value.contains(event->pos())) {
        follow();
    }
}

void PropertyRow::mouseMoveEvent(QMouseEvent* event) {
    const bool over = !data_.link.isEmpty() && placesFor(width()).value.contains(event->pos());
    if (over != hovered_) {
        hovered_ = over;
        setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
        update();
    }
}

void PropertyRow::leaveEvent(QEvent*) {
    hovered_ = false;
    unsetCursor();
    update();
}

void PropertyRow::contextMenuEvent(QContextMenuEvent* event) {
    if (style_ == RowStyle::Head && data_.key.isEmpty()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!data_.link.isEmpty()) {
        connect(menu->addAction(tr("Open")), &QAction::triggered, this, &PropertyRow::follow);
    }
    connect(menu->addAction(tr("Copy")), &QAction::triggered, this, &PropertyRow::copy);
    menu->popup(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(QPoint(0, height())) : event->globalPos());
}

void PropertyRow::focusInEvent(QFocusEvent* event) {
    byKeys_ = event->reason() != Qt::MouseFocusReason;
    QWidget::focusInEvent(event);
    update();
}

void PropertyRow::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void PropertyRow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        forget();
    }
}

bool PropertyRow::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        QString words = data_.tooltip;
        if (words.isEmpty() && !placesFor(width()).whole) {
            words = data_.value.isEmpty() ? accessibleName() : data_.value;
        }
        if (words.isEmpty()) {
            QToolTip::hideText();
        } else {
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), shownToolTip(words), this);
        }
        return true;
    }
    return QWidget::event(event);
}

}  // namespace quarterdeck::widgets
