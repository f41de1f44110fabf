#include <QPainter>
#include <QStyleOption>

#include "widgets/button.h"
#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/style.h"
#include "widgets/style_painters.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kIconPx = 14;
constexpr int kChevronPx = 14;
constexpr int kIconGap = 6;

struct Look {
    ButtonKind kind = ButtonKind::Secondary;
    ButtonSize size = ButtonSize::Normal;
};

Look lookOf(const QWidget* widget) {
    const auto* button = qobject_cast<const Button*>(widget);
    return button != nullptr ? Look{button->kind(), button->buttonSize()} : Look{};
}

int paddingOf(const Look& look) {
    switch (look.size) {
        case ButtonSize::Small:
            return 8;
        case ButtonSize::Normal:
            return look.kind == ButtonKind::Control ? 8 : 10;
        case ButtonSize::Large:
            return 14;
    }
    return 10;
}

int heightOf(const Look& look) {
    switch (look.size) {
        case ButtonSize::Small:
            return 24;
        case ButtonSize::Normal:
            return 28;
        case ButtonSize::Large:
            return 32;
    }
    return 28;
}

QFont fontOf(const QWidget* widget, const Look& look) {
    const bool filled = look.kind == ButtonKind::Primary || look.kind == ButtonKind::Danger;
    const QFont::Weight weight = filled                             ? QFont::DemiBold
                                 : look.kind == ButtonKind::Control ? QFont::Normal
                                                                    : QFont::Medium;
    return textFont(widget, look.size == ButtonSize::Large ? TextSize::Body : TextSize::Secondary, weight);
}

Role textRoleOf(const Look& look, bool enabled) {
    if (!enabled) {
        return Role::TextMuted;
    }
    switch (look.kind) {
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

// With high contrast all outlines have one colour: under the pointer they are wider.
double hoverWidth(const Theme& theme, bool hovered) {
    return hovered && theme.isHighContrast() ? 2 : 1;
}

}  // namespace

void paintButtonPanel(const QuarterdeckStyle& style, const QStyleOption& option, QPainter& painter,
                      const QWidget* widget) {
    const Theme& theme = style.theme();
    const Look look = lookOf(widget);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool hovered = enabled && option.state.testFlag(QStyle::State_MouseOver);
    const bool pressed = enabled && option.state.testFlag(QStyle::State_Sunken);
    const bool checked = option.state.testFlag(QStyle::State_On);
    QColor fill = theme.color(Role::Raised);
    QColor outline = theme.color(Role::BorderStrong);
    switch (look.kind) {
        case ButtonKind::Primary:
            fill = outline = theme.color(Role::Accent);
            break;
        case ButtonKind::Danger:
            fill = outline = theme.color(Role::CriticalFill);
            break;
        case ButtonKind::Ghost:
            fill = outline = QColor();
            break;
        case ButtonKind::Control:
            outline = theme.color(Role::Border);
            break;
        case ButtonKind::Secondary:
            break;
    }
    if (!enabled) {
        fill = look.kind == ButtonKind::Ghost ? QColor() : theme.color(Role::Sunken);
        outline = look.kind == ButtonKind::Ghost ? QColor() : theme.color(Role::Border);
    } else if (look.kind == ButtonKind::Primary || look.kind == ButtonKind::Danger) {
        if (hovered || pressed) {
            fill = outline = mixed(fill, theme.color(Role::Surface), pressed ? 0.18 : 0.1);
        }
    } else if (checked || pressed) {
        fill = theme.color(Role::Selection);
    } else if (hovered) {
        fill = theme.color(Role::Hover);
    }
    paintRounded(painter, option.rect, kControlRadius, fill, outline);
}

void paintButtonLabel(const QuarterdeckStyle& style, const QStyleOptionButton& option, QPainter& painter,
                      const QWidget* widget) {
    const int iconPx = scaledPx(widget, kIconPx);
    const int chevronPx = scaledPx(widget, kChevronPx);
    const Look look = lookOf(widget);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const QFont font = fontOf(widget, look);
    const bool menu = option.features.testFlag(QStyleOptionButton::HasMenu);
    const QFontMetrics metrics(font);
    const int textWidth = metrics.horizontalAdvance(option.text.isEmpty() ? QString() : option.text);
    const int padding = paddingOf(look);
    int content = textWidth;
    if (!option.icon.isNull()) {
        content += iconPx + (option.text.isEmpty() ? 0 : kIconGap);
    }
    if (menu) {
        content += kIconGap + chevronPx;
    }
    QRect inner = option.rect.adjusted(padding, 0, -padding, 0);
    // An icon alone stands in the middle.
    const bool words = look.kind == ButtonKind::Control && !option.text.isEmpty();
    const bool fromLeft = words || content > inner.width();
    int x = fromLeft ? inner.left() : inner.left() + (inner.width() - content) / 2;
    if (!option.icon.isNull()) {
        const QRect iconRect(x, option.rect.top() + (option.rect.height() - iconPx) / 2, iconPx, iconPx);
        option.icon.paint(&painter, iconRect, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        x += iconPx + kIconGap;
    }
    const int right = menu ? inner.right() - chevronPx - kIconGap : inner.right();
    const QColor color = style.theme().color(textRoleOf(look, enabled));
    const int width = std::max(0, std::min(textWidth, right - x + 1));
    paintText(painter, QRect(x, option.rect.top(), width, option.rect.height()), font, color, option.text);
    if (menu) {
        const int chevronX =
            fromLeft ? inner.right() - chevronPx + 1 : x + textWidth + (option.text.isEmpty() ? 0 : kIconGap);
        paintIcon(painter, QRect(chevronX, option.rect.top(), chevronPx, option.rect.height()),
                  QStringLiteral("chevron-down"), color, chevronPx);
    }
}

QSize buttonSizeHint(const QStyleOptionButton& option, const QWidget* widget) {
    const Look look = lookOf(widget);
    const QFontMetrics metrics(fontOf(widget, look));
    int width = paddingOf(look) * 2 + (option.text.isEmpty() ? 0 : metrics.horizontalAdvance(option.text));
    if (!option.icon.isNull()) {
        width += scaledPx(widget, kIconPx) + (option.text.isEmpty() ? 0 : kIconGap);
    }
    if (option.features.testFlag(QStyleOptionButton::HasMenu)) {
        width += kIconGap + scaledPx(widget, kChevronPx);
    }
    const int height = scaledPx(widget, heightOf(look));
    return {std::max(width, height), height};
}

void paintToolButtonPanel(const QuarterdeckStyle& style, const QStyleOption& option, QPainter& painter) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    QColor fill;
    if (option.state.testFlag(QStyle::State_On) || (enabled && option.state.testFlag(QStyle::State_Sunken))) {
        fill = style.theme().color(Role::Selection);
    } else if (enabled && option.state.testFlag(QStyle::State_MouseOver)) {
        fill = style.theme().color(Role::Hover);
    }
    if (fill.isValid()) {
        paintRounded(painter, option.rect, kControlRadius, fill);
    }
}

void paintInputPanel(const QuarterdeckStyle& style, const QStyleOption& option, QPainter& painter) {
    const Theme& theme = style.theme();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool hovered = enabled && option.state.testFlag(QStyle::State_MouseOver);
    paintRounded(painter, option.rect, kControlRadius, theme.color(enabled ? Role::Raised : Role::Sunken),
                 theme.color(hovered ? Role::BorderStrong : Role::Border), hoverWidth(theme, hovered));
}

void paintCheckIndicator(const QuarterdeckStyle& style, const QStyleOption& option, QPainter& painter, bool round) {
    const Theme& theme = style.theme();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = option.state.testFlag(QStyle::State_On);
    const bool partly = option.state.testFlag(QStyle::State_NoChange);
    const bool filled = (on || partly) && enabled;
    const double radius = round ? option.rect.height() / 2.0 : kTagRadius;
    const bool hovered = enabled && option.state.testFlag(QStyle::State_MouseOver);
    const QColor outline = theme.color(hovered   ? Role::Text
                                       : filled  ? Role::Accent
                                       : enabled ? Role::BorderStrong
                                                 : Role::Border);
    paintRounded(painter, option.rect, radius,
                 theme.color(filled    ? Role::Accent
                             : enabled ? Role::Raised
                                       : Role::Sunken),
                 outline, hoverWidth(theme, hovered));
    const QColor mark = theme.color(enabled ? Role::OnAccent : Role::TextMuted);
    if (on && round) {
        const double inset = option.rect.height() * 5.0 / 16.0;
        const QRectF dot = QRectF(option.rect).adjusted(inset, inset, -inset, -inset);
        paintRounded(painter, dot, dot.height() / 2, mark);
    } else if (on) {
        paintIcon(painter, option.rect, QStringLiteral("check"), mark, option.rect.height() * 3 / 4);
    } else if (partly) {
        const double side = option.rect.height() / 4.0;
        const double high = option.rect.height() * 7.0 / 16.0;
        paintRounded(painter, QRectF(option.rect).adjusted(side, high, -side, -high), 1, mark);
    }
}

}  // namespace quarterdeck::widgets
