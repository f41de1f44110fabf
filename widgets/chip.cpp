#include "widgets/chip.h"

#include <QEvent>
#include <QPainter>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kTagHeight = 18;
constexpr int kTagIconPx = 12;
constexpr int kChipHeight = 28;
constexpr int kChipIconPx = 14;

}  // namespace

Tag::Tag(const QString& text, QWidget* parent) : QWidget(parent), text_(shownText(text)) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(text_);
}

void Tag::setText(const QString& text) {
    text_ = shownText(text);
    setAccessibleName(text_);
    updateGeometry();
    update();
}

void Tag::setProduction(bool production) {
    production_ = production;
    updateGeometry();
    update();
}

void Tag::setIconName(const QString& lucideName) {
    iconName_ = lucideName;
    updateGeometry();
    update();
}

QSize Tag::sizeHint() const {
    const bool icon = production_ || !iconName_.isEmpty();
    const int text = QFontMetrics(textFont(this, TextSize::Caption)).horizontalAdvance(text_);
    return {text + 12 + (icon ? scaledPx(this, kTagIconPx) + 4 : 0), scaledPx(this, kTagHeight)};
}

QSize Tag::minimumSizeHint() const {
    const QSize whole = sizeHint();
    return {std::min(whole.width(), scaledPx(this, 48)), whole.height()};
}

void Tag::paintEvent(QPaintEvent*) {
    const int iconPx = scaledPx(this, kTagIconPx);
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const QColor color = theme.color(production_ ? Role::Production : Role::TextMuted);
    const int height = std::min(this->height(), scaledPx(this, kTagHeight));
    const QRect area(0, (this->height() - height) / 2, std::min(width(), sizeHint().width()), height);
    paintRounded(painter, area, kTagRadius, {}, theme.color(production_ ? Role::Production : Role::Border));
    QRect inner = area.adjusted(6, 0, -6, 0);
    const QString icon = iconName_.isEmpty() && production_ ? QStringLiteral("shield") : iconName_;
    if (!icon.isEmpty()) {
        paintIcon(painter, QRect(inner.left(), inner.top(), iconPx, inner.height()), icon, color, iconPx);
        inner.setLeft(inner.left() + iconPx + 4);
    }
    paintText(painter, inner, textFont(this, TextSize::Caption), color, text_, Qt::AlignLeft | Qt::AlignVCenter,
              Qt::ElideMiddle);
}

ContextChip::ContextChip(const QString& name, QWidget* parent) : QAbstractButton(parent) {
    setText(shownText(name));
    setAccessibleName(text());
    setCheckable(true);
    setChecked(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ContextChip::setProduction(bool production) {
    production_ = production;
    updateGeometry();
    update();
}

void ContextChip::setTone(Tone tone) {
    tone_ = tone;
    updateGeometry();
    update();
}

QString ContextChip::stateIcon() const {
    return tone_ == Tone::None || tone_ == Tone::Good ? QString() : toneIconName(tone_);
}

QSize ContextChip::sizeHint() const {
    const int iconPx = scaledPx(this, kChipIconPx);
    const QFontMetrics metrics(textFont(this, TextSize::Secondary));
    int width = 16 + metrics.horizontalAdvance(text());
    if (production_) {
        width += iconPx + 6;
    }
    if (!stateIcon().isEmpty()) {
        width += iconPx + 6;
    }
    return {width, scaledPx(this, kChipHeight)};
}

QSize ContextChip::minimumSizeHint() const {
    const QSize whole = sizeHint();
    return {std::min(whole.width(), scaledPx(this, 72)), whole.height()};
}

void ContextChip::paintEvent(QPaintEvent*) {
    const int iconPx = scaledPx(this, kChipIconPx);
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const bool on = isChecked();
    const QColor outline = theme.color(production_ ? Role::Production : on ? Role::Border : Role::BorderStrong);
    QColor fill = theme.color(on ? (production_ ? Role::ProductionTint : Role::Raised) : Role::Surface);
    if (!isEnabled()) {
        fill = theme.color(Role::Sunken);
    } else if (underMouse() && !(on && production_)) {
        fill = theme.color(Role::Hover);
    }
    // What is off has dashes around it: on and off differ in more than their fill.
    paintRounded(painter, rect(), kControlRadius, fill, on ? outline : QColor());
    if (!on) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(outline, 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kControlRadius, kControlRadius);
    }
    QRect inner = rect().adjusted(8, 0, -8, 0);
    if (production_) {
        paintIcon(painter, QRect(inner.left(), inner.top(), iconPx, inner.height()), QStringLiteral("shield"),
                  theme.color(Role::Production), iconPx);
        inner.setLeft(inner.left() + iconPx + 6);
    }
    if (!stateIcon().isEmpty()) {
        paintIcon(painter, QRect(inner.right() - iconPx + 1, inner.top(), iconPx, inner.height()), stateIcon(),
                  theme.color(toneTextRole(tone_)), iconPx);
        inner.setRight(inner.right() - iconPx - 6);
    }
    paintText(painter, inner, textFont(this, TextSize::Secondary),
              theme.color(on && isEnabled() ? Role::Text : Role::TextMuted), text(), Qt::AlignLeft | Qt::AlignVCenter,
              Qt::ElideMiddle);
}

void ContextChip::changeEvent(QEvent* event) {
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
        update();
    }
}

}  // namespace quarterdeck::widgets
