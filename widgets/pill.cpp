#include "widgets/pill.h"

#include <QEvent>
#include <QPainter>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kHeight = 20;
constexpr int kIconPx = 14;
constexpr int kIconGap = 4;

int leftPadding(bool plain) {
    return plain ? 0 : 6;
}
int rightPadding(bool plain) {
    return plain ? 0 : 8;
}

}  // namespace

Pill::Pill(QWidget* parent) : Pill(QString(), Tone::None, parent) {}

Pill::Pill(const QString& text, Tone tone, QWidget* parent) : QWidget(parent), text_(shownText(text)), tone_(tone) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(text_);
}

void Pill::setText(const QString& text) {
    if (const QString shown = shownText(text); shown != text_) {
        text_ = shown;
        changed();
    }
}

void Pill::setTone(Tone tone) {
    if (tone != tone_) {
        tone_ = tone;
        changed();
    }
}

void Pill::setIconName(const QString& lucideName) {
    if (lucideName != iconName_) {
        iconName_ = lucideName;
        changed();
    }
}

void Pill::setPlain(bool plain) {
    plain_ = plain;
    changed();
}

QString Pill::iconName() const {
    return iconName_.isEmpty() ? toneIconName(tone_) : iconName_;
}

void Pill::changed() {
    setAccessibleName(text_);
    updateGeometry();
    update();
}

QSize Pill::sizeHint() const {
    const QFontMetrics metrics(textFont(this, TextSize::Secondary, QFont::Medium));
    int width = leftPadding(plain_) + rightPadding(plain_) + metrics.horizontalAdvance(text_);
    if (iconName().isEmpty()) {
        width += plain_ ? 0 : 2;  // no icon: the same padding on both sides
    } else {
        width += scaledPx(this, kIconPx) + kIconGap;
    }
    return {width, scaledPx(this, kHeight)};
}

QSize Pill::minimumSizeHint() const {
    const QSize whole = sizeHint();
    return {std::min(whole.width(), scaledPx(this, 64)), whole.height()};
}

void Pill::paintEvent(QPaintEvent*) {
    const int iconPx = scaledPx(this, kIconPx);
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const QColor color = theme.color(toneTextRole(tone_));
    const int height = std::min(this->height(), scaledPx(this, kHeight));
    const QRect area(0, (this->height() - height) / 2, std::min(width(), sizeHint().width()), height);
    if (!plain_) {
        paintRounded(painter, area, height / 2.0, theme.color(toneTintRole(tone_)),
                     theme.isHighContrast() ? color : QColor());
    }
    const QString icon = iconName();
    QRect inner = area.adjusted(leftPadding(plain_), 0, -rightPadding(plain_), 0);
    if (!icon.isEmpty()) {
        paintIcon(painter, QRect(inner.left(), inner.top(), iconPx, inner.height()), icon, color, iconPx);
        inner.setLeft(inner.left() + iconPx + kIconGap);
    } else if (!plain_) {
        inner.setLeft(inner.left() + 2);
    }
    const bool quiet = tone_ == Tone::Good || tone_ == Tone::Muted;
    const QColor word = plain_ ? theme.color(quiet ? Role::TextMuted : Role::Text) : color;
    paintText(painter, inner, textFont(this, TextSize::Secondary, plain_ ? QFont::Normal : QFont::Medium), word, text_);
}

void Pill::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
        update();
    }
}

}  // namespace quarterdeck::widgets
