#include "widgets/button.h"

#include <QEvent>

#include "widgets/icon_set.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kButtonIconPx = 14;
constexpr int kBareIconPx = 16;

Role iconRole(ButtonKind kind) {
    switch (kind) {
        case ButtonKind::Primary:
            return Role::OnAccent;
        case ButtonKind::Danger:
            return Role::OnCritical;
        case ButtonKind::Ghost:
            return Role::Accent;
        case ButtonKind::Secondary:
        case ButtonKind::Control:
            return Role::Text;
    }
    return Role::Text;
}

}  // namespace

Button::Button(const QString& text, const QString& lucideName, ButtonKind kind, QWidget* parent)
    : QPushButton(text, parent), kind_(kind), iconName_(lucideName) {
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    refresh();
}

void Button::setKind(ButtonKind kind) {
    kind_ = kind;
    refresh();
}

void Button::setButtonSize(ButtonSize size) {
    size_ = size;
    refresh();
}

void Button::setIconName(const QString& lucideName) {
    iconName_ = lucideName;
    refresh();
}

void Button::setOpensPopup(bool opens) {
    opensPopup_ = opens;
    refresh();
}

void Button::initStyleOption(QStyleOptionButton* option) const {
    QPushButton::initStyleOption(option);
    if (opensPopup_) {
        option->features.setFlag(QStyleOptionButton::HasMenu);
    }
}

void Button::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) {
        refresh();
    }
    QPushButton::changeEvent(event);
}

void Button::refresh() {
    const int side = scaledPx(this, kButtonIconPx);
    setIconSize({side, side});
    setIcon(themedIcon(iconName_, themeOf(this), iconRole(kind_), side));
    updateGeometry();
    update();
}

Button* makeButton(const QString& text, const QString& lucideName, ButtonKind kind, QWidget* parent) {
    return new Button(text, lucideName, kind, parent);
}

IconButton::IconButton(const QString& lucideName, const QString& name, QWidget* parent)
    : QToolButton(parent), iconName_(lucideName) {
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(name);
    setToolTip(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    refresh();
}

void IconButton::setIconName(const QString& lucideName) {
    iconName_ = lucideName;
    refresh();
}

QSize IconButton::sizeHint() const {
    const int side = scaledPx(this, 28);
    return {side, side};
}

void IconButton::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) {
        refresh();
    }
    QToolButton::changeEvent(event);
}

void IconButton::refresh() {
    const Theme& theme = themeOf(this);
    const int side = scaledPx(this, kBareIconPx);
    setIconSize({side, side});
    setIcon(themedIcon(iconName_, theme, theme.isHighContrast() ? Role::Text : Role::TextMuted, side));
    updateGeometry();
}

void setDisabledReason(QWidget* widget, const QString& reason) {
    // What the widget said before it was disabled comes back with it.
    static constexpr auto kToolTip = "quarterdeckToolTip";
    const bool wasDisabled = widget->property(kToolTip).isValid();
    if (reason.isEmpty()) {
        widget->setEnabled(true);
        widget->setAccessibleDescription({});
        if (wasDisabled) {
            widget->setToolTip(widget->property(kToolTip).toString());
            widget->setProperty(kToolTip, {});
        }
        return;
    }
    if (!wasDisabled) {
        widget->setProperty(kToolTip, widget->toolTip());
    }
    widget->setEnabled(false);
    widget->setToolTip(reason);
    widget->setAccessibleDescription(reason);
}

}  // namespace quarterdeck::widgets
