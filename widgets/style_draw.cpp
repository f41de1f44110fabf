#include <QMenu>
#include <QPainter>
#include <QStyleOption>
#include <QToolButton>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/style.h"
#include "widgets/style_painters.h"

namespace quarterdeck::widgets {

void QuarterdeckStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                     const QWidget* widget) const {
    switch (element) {
        case PE_PanelButtonCommand:
            paintButtonPanel(*this, *option, *painter, widget);
            return;
        case PE_FrameDefaultButton:
        case PE_FrameTabWidget:
        case PE_FrameStatusBarItem:
        case PE_PanelScrollAreaCorner:
            if (element == PE_PanelScrollAreaCorner) {
                painter->fillRect(option->rect, theme_.color(Role::Surface));
            }
            return;
        case PE_PanelButtonTool:
            paintToolButtonPanel(*this, *option, *painter);
            return;
        case PE_PanelLineEdit: {
            const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            if (frame != nullptr && frame->lineWidth > 0) {
                paintInputPanel(*this, *option, *painter);
            }
            return;
        }
        case PE_FrameLineEdit:
            return;
        case PE_FrameFocusRect:
            // Buttons and inputs have their ring outside; this is for what is left, inside its area.
            paintFocusRing(*painter, option->rect, kTagRadius, theme_.color(Role::Accent));
            return;
        case PE_Frame:
        case PE_FrameGroupBox:
            paintRounded(*painter, option->rect, 0, {}, theme_.color(Role::Border));
            return;
        case PE_FrameMenu:
            painter->fillRect(option->rect, theme_.color(Role::Raised));
            paintRounded(*painter, option->rect, 0, {}, theme_.color(Role::BorderStrong));
            return;
        case PE_PanelMenu:
            painter->fillRect(option->rect, theme_.color(Role::Raised));
            return;
        case PE_PanelTipLabel:
            painter->fillRect(option->rect, theme_.color(Role::Raised));
            paintRounded(*painter, option->rect, 0, {}, theme_.color(Role::BorderStrong));
            return;
        case PE_PanelItemViewItem:
        case PE_PanelItemViewRow: {
            const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
            if (item == nullptr) {
                return;
            }
            if (item->state.testFlag(State_Selected)) {
                painter->fillRect(option->rect, theme_.color(Role::Selection));
            } else if (element == PE_PanelItemViewItem && item->state.testFlag(State_MouseOver)) {
                painter->fillRect(option->rect, theme_.color(Role::Hover));
            }
            if (element == PE_PanelItemViewItem && item->backgroundBrush.style() != Qt::NoBrush) {
                painter->fillRect(option->rect, item->backgroundBrush);
            }
            return;
        }
        case PE_IndicatorCheckBox:
        case PE_IndicatorItemViewItemCheck:
            paintCheckIndicator(*this, *option, *painter, false);
            return;
        case PE_IndicatorRadioButton:
            paintCheckIndicator(*this, *option, *painter, true);
            return;
        case PE_IndicatorArrowDown:
            paintIcon(*painter, option->rect, QStringLiteral("chevron-down"), theme_.color(Role::Text),
                      scaledPx(widget, 14));
            return;
        case PE_FrameTabBarBase:
            painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                              theme_.color(Role::Border));
            return;
        default:
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void QuarterdeckStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                                   const QWidget* widget) const {
    switch (element) {
        case CE_PushButton:
            drawControl(CE_PushButtonBevel, option, painter, widget);
            drawControl(CE_PushButtonLabel, option, painter, widget);
            return;
        case CE_PushButtonBevel:
            paintButtonPanel(*this, *option, *painter, widget);
            return;
        case CE_PushButtonLabel:
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
                paintButtonLabel(*this, *button, *painter, widget);
            }
            return;
        case CE_FocusFrame:
            paintFocusRing(*painter, option->rect, kControlRadius + 3, theme_.color(Role::Accent));
            return;
        case CE_MenuItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
                paintMenuItem(*this, *item, *painter, widget);
            }
            return;
        case CE_MenuEmptyArea:
            return;
        case CE_HeaderSection:
            if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
                paintHeaderSection(*this, *header, *painter);
            }
            return;
        case CE_HeaderLabel:
            if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
                paintHeaderLabel(*this, *header, *painter, widget);
            }
            return;
        case CE_HeaderEmptyArea:
            painter->fillRect(option->rect, theme_.color(Role::Surface));
            painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                              theme_.color(Role::Border));
            return;
        case CE_Header:
            if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
                paintHeaderSection(*this, *header, *painter);
                QStyleOptionHeader label = *header;
                label.rect = subElementRect(SE_HeaderLabel, header, widget);
                paintHeaderLabel(*this, label, *painter, widget);
            }
            return;
        case CE_TabBarTabShape:
            if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
                paintTabShape(*this, *tab, *painter);
            }
            return;
        case CE_TabBarTabLabel:
            if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
                paintTabLabel(*this, *tab, *painter, widget);
            }
            return;
        case CE_ProgressBar:
            if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
                paintProgress(*this, *bar, *painter);
            }
            return;
        case CE_Splitter: {
            const QRect& rect = option->rect;
            const bool upright = rect.height() > rect.width();
            painter->fillRect(upright ? QRect(rect.center().x(), rect.top(), 1, rect.height())
                                      : QRect(rect.left(), rect.center().y(), rect.width(), 1),
                              theme_.color(option->state.testFlag(State_MouseOver) ? Role::Accent : Role::Border));
            return;
        }
        default:
            QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void QuarterdeckStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                          const QWidget* widget) const {
    switch (control) {
        case CC_ScrollBar:
            if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
                paintScrollBar(*this, *bar, *painter, widget);
            }
            return;
        case CC_Slider:
            if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
                paintSlider(*this, *slider, *painter, widget);
            }
            return;
        case CC_ComboBox:
            if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
                paintComboBox(*this, *box, *painter, widget);
            }
            return;
        case CC_SpinBox:
            if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
                paintSpinBox(*this, *box, *painter, widget);
            }
            return;
        case CC_ToolButton:
            if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
                paintToolButtonPanel(*this, *button, *painter);
                QStyleOptionToolButton label = *button;
                label.features &= ~QStyleOptionToolButton::HasMenu;
                drawControl(CE_ToolButtonLabel, &label, painter, widget);
            }
            return;
        default:
            QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QSize QuarterdeckStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                         const QWidget* widget) const {
    switch (type) {
        case CT_PushButton:
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
                return buttonSizeHint(*button, widget);
            }
            break;
        case CT_LineEdit:
            return {size.width() + 16, scaledPx(widget, 28)};
        case CT_ComboBox:
            return {size.width() + 40, scaledPx(widget, 28)};
        case CT_SpinBox:
            return {QProxyStyle::sizeFromContents(type, option, size, widget).width(), scaledPx(widget, 28)};
        case CT_MenuItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
                return menuItemSize(*item, size, widget);
            }
            break;
        case CT_HeaderSection:
            return {QProxyStyle::sizeFromContents(type, option, size, widget).width() + 16, scaledPx(widget, 28)};
        case CT_TabBarTab:
            return {size.width() + 8, scaledPx(widget, 30)};
        case CT_ProgressBar:
            return {std::max(size.width(), 96), scaledPx(widget, 16)};
        default:
            break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect QuarterdeckStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    if (element == SE_HeaderLabel) {
        return option->rect.adjusted(8, 0, -8, -1);
    }
    if (element == SE_LineEditContents) {
        return option->rect.adjusted(6, 1, -6, -1);
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect QuarterdeckStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl subControl,
                                       const QWidget* widget) const {
    if (control == CC_ScrollBar) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            return scrollBarRect(*this, *bar, subControl, widget);
        }
    }
    if (control == CC_ComboBox && subControl != SC_ComboBoxListBoxPopup) {
        if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            return comboBoxRect(*box, subControl, widget);
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

}  // namespace quarterdeck::widgets
