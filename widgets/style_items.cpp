#include <QMenu>
#include <QPainter>
#include <QStyleOption>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/style.h"
#include "widgets/style_painters.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kMenuPadding = 10;
constexpr int kMenuIconPx = 14;
constexpr int kMenuIconSpace = 22;
constexpr int kShortcutGap = 24;

bool keepsIconSpace(const QStyleOptionMenuItem& option) {
    return option.menuHasCheckableItems || option.maxIconWidth > 0 || !option.icon.isNull();
}

QFont menuFont(const QWidget* widget) {
    return textFont(widget, TextSize::Secondary);
}

}  // namespace

void paintMenuItem(const QuarterdeckStyle& style, const QStyleOptionMenuItem& option, QPainter& painter,
                   const QWidget* widget) {
    const int iconPx = scaledPx(widget, kMenuIconPx);
    const Theme& theme = style.theme();
    painter.fillRect(option.rect, theme.color(Role::Raised));
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        const QRect rect = option.rect.adjusted(kMenuPadding, 0, -kMenuPadding, 0);
        if (option.text.isEmpty()) {
            painter.fillRect(QRect(option.rect.left(), option.rect.center().y(), option.rect.width(), 1),
                             theme.color(Role::Border));
        } else {
            paintText(painter, rect, textFont(widget, TextSize::Caption, QFont::DemiBold), theme.color(Role::TextMuted),
                      option.text);
        }
        return;
    }
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    if (enabled && option.state.testFlag(QStyle::State_Selected)) {
        paintRounded(painter, QRectF(option.rect).adjusted(2, 0, -2, 0), kTagRadius, theme.color(Role::Selection));
    }
    const QColor color = theme.color(enabled ? Role::Text : Role::TextMuted);
    QRect rect = option.rect.adjusted(kMenuPadding, 0, -kMenuPadding, 0);
    const QRect iconRect(rect.left(), rect.top(), iconPx, rect.height());
    if (option.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option.checkType == QStyleOptionMenuItem::NonExclusive) {
            const QRect box(rect.left(), rect.center().y() - iconPx / 2 + 1, iconPx, iconPx);
            QStyleOption check = static_cast<const QStyleOption&>(option);  // a check mark takes no more
            check.rect = box;
            check.state.setFlag(QStyle::State_On, option.checked);
            check.state.setFlag(QStyle::State_NoChange, false);
            paintCheckIndicator(style, check, painter, false);
        } else if (option.checked) {
            paintIcon(painter, iconRect, QStringLiteral("check"), theme.color(Role::Accent), iconPx);
        }
    } else if (!option.icon.isNull()) {
        const QRect square(iconRect.left(), iconRect.center().y() - iconPx / 2 + 1, iconPx, iconPx);
        option.icon.paint(&painter, square, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    if (keepsIconSpace(option)) {
        rect.setLeft(rect.left() + scaledPx(widget, kMenuIconSpace));
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        paintIcon(painter, QRect(rect.right() - iconPx + 1, rect.top(), iconPx, rect.height()),
                  QStringLiteral("chevron-right"), color, iconPx);
    }
    const QStringList parts = option.text.split(QLatin1Char('\t'));
    QString words = parts.value(0);
    words.replace(QLatin1String("&&"), QString(QChar(1))).remove(QLatin1Char('&')).replace(QChar(1), QLatin1Char('&'));
    paintText(painter, rect, menuFont(widget), color, words);
    if (parts.size() > 1) {
        paintText(painter, rect, textFont(widget, TextSize::Caption), theme.color(Role::TextMuted), parts.at(1),
                  Qt::AlignRight | Qt::AlignVCenter);
    }
}

QSize menuItemSize(const QStyleOptionMenuItem& option, const QSize& size, const QWidget* widget) {
    const int iconSpace = scaledPx(widget, kMenuIconSpace);
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        return {size.width(), option.text.isEmpty() ? 9 : scaledPx(widget, 24)};
    }
    const QStringList parts = option.text.split(QLatin1Char('\t'));
    int width = kMenuPadding * 2 + QFontMetrics(menuFont(widget)).horizontalAdvance(parts.value(0));
    if (keepsIconSpace(option)) {
        width += iconSpace;
    }
    if (parts.size() > 1) {
        width += kShortcutGap + QFontMetrics(textFont(widget, TextSize::Caption)).horizontalAdvance(parts.at(1));
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        width += iconSpace;
    }
    return {std::max(width, 120), scaledPx(widget, 28)};
}

void paintHeaderSection(const QuarterdeckStyle& style, const QStyleOptionHeader& option, QPainter& painter) {
    const Theme& theme = style.theme();
    const bool hovered = option.state.testFlag(QStyle::State_Enabled) && option.state.testFlag(QStyle::State_MouseOver);
    painter.fillRect(option.rect, theme.color(hovered ? Role::Hover : Role::Surface));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     theme.color(Role::Border));
}

void paintHeaderLabel(const QuarterdeckStyle& style, const QStyleOptionHeader& option, QPainter& painter,
                      const QWidget* widget) {
    constexpr int kArrowPx = 12;
    constexpr int kArrowGap = 4;
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const QFont font = textFont(widget, TextSize::Secondary, QFont::DemiBold);
    const QColor color = style.theme().color(sorted ? Role::Text : Role::TextMuted);
    QRect rect = option.rect;
    const int arrowPx = scaledPx(widget, kArrowPx);
    const int arrow = sorted ? arrowPx + kArrowGap : 0;
    const int room = std::max(0, rect.width() - arrow);
    const int textWidth = std::min(room, QFontMetrics(font).horizontalAdvance(option.text));
    const bool right = option.textAlignment.testFlag(Qt::AlignRight);
    const int x = right ? rect.right() + 1 - arrow - textWidth : rect.left();
    paintText(painter, QRect(x, rect.top(), textWidth, rect.height()), font, color, option.text);
    if (sorted) {
        // Qt's SortDown is the indicator of ascending order.
        const bool ascending = option.sortIndicator == QStyleOptionHeader::SortDown;
        paintIcon(painter, QRect(x + textWidth + kArrowGap, rect.top(), arrowPx, rect.height()),
                  ascending ? QStringLiteral("arrow-up") : QStringLiteral("arrow-down"), color, arrowPx);
    }
}

void paintTabShape(const QuarterdeckStyle& style, const QStyleOptionTab& option, QPainter& painter) {
    const Theme& theme = style.theme();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    if (!selected && option.state.testFlag(QStyle::State_MouseOver)) {
        paintRounded(painter, QRectF(option.rect).adjusted(0, 2, 0, -3), kTagRadius, theme.color(Role::Hover));
    }
    if (selected) {
        const bool enabled = option.state.testFlag(QStyle::State_Enabled);
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2),
                         theme.color(enabled ? Role::Accent : Role::BorderStrong));
    }
    if (focused) {
        paintFocusRing(painter, QRectF(option.rect).adjusted(0, 1, 0, -3), kTagRadius, theme.color(Role::Accent));
    }
}

void paintTabLabel(const QuarterdeckStyle& style, const QStyleOptionTab& option, QPainter& painter,
                   const QWidget* widget) {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool strong = selected && option.state.testFlag(QStyle::State_Enabled);
    paintText(painter, option.rect.adjusted(4, 0, -4, -2),
              textFont(widget, TextSize::Secondary, selected ? QFont::DemiBold : QFont::Normal),
              style.theme().color(strong ? Role::Text : Role::TextMuted), option.text, Qt::AlignCenter);
}

void paintProgress(const QuarterdeckStyle& style, const QStyleOptionProgressBar& option, QPainter& painter) {
    const Theme& theme = style.theme();
    const QRect bar(option.rect.left(), option.rect.center().y() - 2, option.rect.width(), 6);
    paintRounded(painter, bar, 3, theme.color(Role::ChartGrid));
    const int range = option.maximum - option.minimum;
    if (range == 0) {  // nobody knows how long: dashes, which stand still
        for (int x = bar.left() + 6; x + 12 <= bar.right(); x += 24) {
            paintRounded(painter, QRect(x, bar.top(), 12, 6), 3, theme.color(Role::Info));
        }
    } else if (range > 0) {
        const double share = std::clamp(double(option.progress - option.minimum) / range, 0.0, 1.0);
        if (share > 0) {
            paintRounded(painter, QRectF(bar.left(), bar.top(), std::max(6.0, bar.width() * share), 6), 3,
                         theme.color(Role::Info));
        }
    }
}

}  // namespace quarterdeck::widgets
