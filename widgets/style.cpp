#include "widgets/style.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QFocusFrame>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTextEdit>
#include <QToolTip>
#include <cmath>

#include "widgets/accessible_parts.h"
#include "widgets/chip.h"
#include "widgets/pill.h"

namespace quarterdeck::widgets {

namespace {

// Controls whose focus shows as a ring around them.
bool takesRing(const QWidget* widget) {
    if (const auto* line = qobject_cast<const QLineEdit*>(widget)) {
        return line->hasFrame();
    }
    if (qobject_cast<const QPlainTextEdit*>(widget) != nullptr || qobject_cast<const QTextEdit*>(widget) != nullptr) {
        return static_cast<const QFrame*>(widget)->frameShape() != QFrame::NoFrame;
    }
    return qobject_cast<const QPushButton*>(widget) != nullptr || qobject_cast<const QToolButton*>(widget) != nullptr ||
           widget->property(kFocusRingProperty).toBool() || qobject_cast<const ContextChip*>(widget) != nullptr ||
           qobject_cast<const Pill*>(widget) != nullptr || qobject_cast<const QComboBox*>(widget) != nullptr ||
           qobject_cast<const QAbstractSpinBox*>(widget) != nullptr;
}

const QuarterdeckStyle* styleOf(const QWidget* widget) {
    const QuarterdeckStyle* style =
        widget != nullptr ? qobject_cast<const QuarterdeckStyle*>(widget->style()) : nullptr;
    return style != nullptr ? style : qobject_cast<const QuarterdeckStyle*>(QApplication::style());
}

}  // namespace

QuarterdeckStyle::QuarterdeckStyle(const Theme& theme, double textScale)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), theme_(theme), textScale_(textScale) {}

QuarterdeckStyle::~QuarterdeckStyle() {
    delete focusRing_.data();
}

void QuarterdeckStyle::setTheme(const Theme& theme, double textScale) {
    theme_ = theme;
    textScale_ = textScale;
}

void QuarterdeckStyle::showFocusRing(QWidget* widget) {
    if (widget == nullptr) {
        if (focusRing_) {
            focusRing_->setWidget(nullptr);
        }
        return;
    }
    // The ring is a child of the focused widget's window and dies with it.
    if (!focusRing_) {
        focusRing_ = new QFocusFrame(widget->parentWidget());
    }
    focusRing_->setWidget(widget);
}

void QuarterdeckStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (takesRing(widget)) {
        widget->setAttribute(Qt::WA_Hover);
        widget->installEventFilter(this);
    }
}

void QuarterdeckStyle::unpolish(QWidget* widget) {
    widget->removeEventFilter(this);
    QProxyStyle::unpolish(widget);
}

bool QuarterdeckStyle::eventFilter(QObject* watched, QEvent* event) {
    auto* widget = qobject_cast<QWidget*>(watched);
    if (widget == nullptr || !takesRing(widget)) {
        return QProxyStyle::eventFilter(watched, event);
    }
    const bool typesText = qobject_cast<QLineEdit*>(widget) != nullptr || qobject_cast<QTextEdit*>(widget) != nullptr ||
                           qobject_cast<QPlainTextEdit*>(widget) != nullptr;
    switch (event->type()) {
        case QEvent::FocusIn: {
            const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
            // Back in the window, what had the ring has it again; what the pointer chose has none.
            const bool back = reason == Qt::ActiveWindowFocusReason || reason == Qt::PopupFocusReason;
            const bool byKeys = reason != Qt::MouseFocusReason && (!back || ringedBefore_ == widget);
            if (typesText || byKeys) {
                showFocusRing(widget);
            }
            ringedBefore_.clear();
            break;
        }
        case QEvent::FocusOut:
            if (focusRing_ && focusRing_->widget() == widget) {
                ringedBefore_ = widget;
            }
            [[fallthrough]];
        case QEvent::Hide:
            if (focusRing_ && focusRing_->widget() == widget) {
                showFocusRing(nullptr);
            }
            break;
        case QEvent::KeyPress:
            if (widget->hasFocus() && (!focusRing_ || focusRing_->widget() != widget)) {
                showFocusRing(widget);
            }
            break;
        default:
            break;
    }
    return QProxyStyle::eventFilter(watched, event);
}

void QuarterdeckStyle::polish(QPalette& palette) {
    palette = paletteOf(theme_);
}

int QuarterdeckStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    const auto scaled = [this](int px) { return static_cast<int>(std::lround(px * textScale_)); };
    switch (metric) {
        case PM_FocusFrameHMargin:
        case PM_FocusFrameVMargin:
            return 3;
        case PM_ScrollBarExtent:
            return 10;
        case PM_ScrollBarSliderMin:
            return 28;
        case PM_ButtonShiftHorizontal:
        case PM_ButtonShiftVertical:
            return 0;
        case PM_ButtonIconSize:
            return scaled(14);
        case PM_SmallIconSize:
        case PM_LineEditIconSize:
            return scaled(16);
        case PM_LineEditIconMargin:
            return 6;
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight:
            return scaled(16);
        case PM_MenuPanelWidth:
            return 1;
        case PM_MenuHMargin:
        case PM_MenuVMargin:
            return 4;
        case PM_SplitterWidth:
            return 5;
        case PM_DefaultFrameWidth:
            return 1;
        case PM_LayoutHorizontalSpacing:
        case PM_LayoutVerticalSpacing:
            return 8;
        case PM_LayoutLeftMargin:
        case PM_LayoutRightMargin:
        case PM_LayoutTopMargin:
        case PM_LayoutBottomMargin:
            return 12;
        case PM_HeaderMargin:
            return 8;
        case PM_HeaderMarkSize:
            return scaled(12);
        case PM_TabBarTabHSpace:
            return 16;
        case PM_TabBarTabShiftVertical:
        case PM_TabBarTabShiftHorizontal:
        case PM_TabBarTabOverlap:
            return 0;
        case PM_ToolTipLabelFrameWidth:
            return 6;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int QuarterdeckStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                                QStyleHintReturn* returnData) const {
    switch (hint) {
        case SH_FocusFrame_AboveWidget:
            return 1;
        case SH_EtchDisabledText:
        case SH_DitherDisabledText:
        case SH_Widget_Animate:
        case SH_Widget_Animation_Duration:
        case SH_UnderlineShortcut:
        case SH_ScrollBar_LeftClickAbsolutePosition:
            return 0;
        case SH_ToolTip_WakeUpDelay:
            return 400;
        case SH_ItemView_ShowDecorationSelected:
            return 1;
        default:
            return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QPalette paletteOf(const Theme& theme) {
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Role color) { palette.setColor(role, theme.color(color)); };
    set(QPalette::Window, Role::Window);
    set(QPalette::WindowText, Role::Text);
    set(QPalette::Base, Role::Surface);
    set(QPalette::AlternateBase, Role::Surface);
    set(QPalette::Text, Role::Text);
    set(QPalette::PlaceholderText, Role::TextMuted);
    set(QPalette::Button, Role::Raised);
    set(QPalette::ButtonText, Role::Text);
    set(QPalette::BrightText, Role::Critical);
    set(QPalette::Highlight, Role::Selection);
    set(QPalette::HighlightedText, Role::Text);
    set(QPalette::Link, Role::Accent);
    set(QPalette::LinkVisited, Role::Accent);
    set(QPalette::ToolTipBase, Role::Raised);
    set(QPalette::ToolTipText, Role::Text);
    set(QPalette::Light, Role::Hover);
    set(QPalette::Midlight, Role::Border);
    set(QPalette::Mid, Role::Border);
    set(QPalette::Dark, Role::BorderStrong);
    set(QPalette::Shadow, Role::Sunken);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                                           QPalette::HighlightedText, QPalette::ToolTipText}) {
        palette.setColor(QPalette::Disabled, role, theme.color(Role::TextMuted));
    }
    palette.setColor(QPalette::Disabled, QPalette::Base, theme.color(Role::Sunken));
    palette.setColor(QPalette::Disabled, QPalette::Button, theme.color(Role::Sunken));
    return palette;
}

void applyTheme(QApplication&, const Theme& theme, double textScale) {
    auto* style = qobject_cast<QuarterdeckStyle*>(QApplication::style());
    const bool first = style == nullptr;
    if (first) {
        style = new QuarterdeckStyle(theme, textScale);
        QApplication::setStyle(style);
        installAccessibleParts();
        // Nothing moves: neither by the style's hints nor by what the desktop wishes for menus and tooltips.
        for (const Qt::UIEffect effect : {Qt::UI_AnimateMenu, Qt::UI_FadeMenu, Qt::UI_AnimateCombo,
                                          Qt::UI_AnimateTooltip, Qt::UI_FadeTooltip, Qt::UI_AnimateToolBox}) {
            QApplication::setEffectEnabled(effect, false);
        }
    } else {
        style->setTheme(theme, textScale);
    }
    const QFont font = textFont(nullptr, TextSize::Body);
    if (QApplication::font() != font) {
        QApplication::setFont(font);
    }
    QApplication::setPalette(paletteOf(theme));
    QToolTip::setFont(textFont(nullptr, TextSize::Secondary));
    QToolTip::setPalette(paletteOf(theme));
    if (first) {
        return;
    }
    const QWidgetList widgets = QApplication::allWidgets();
    QVector<QPointer<QWidget>> alive(widgets.begin(), widgets.end());
    for (const QPointer<QWidget>& widget : alive) {
        if (widget) {
            // Qt hands the new palette on later; icons and labels ask for it now.
            if (widget->isWindow()) {
                QEvent palette(QEvent::ApplicationPaletteChange);
                QApplication::sendEvent(widget, &palette);
            }
            QEvent change(QEvent::StyleChange);
            QApplication::sendEvent(widget, &change);
            widget->update();
        }
    }
}

const Theme& themeOf(const QWidget* widget) {
    static const Theme light = Theme::named(QStringLiteral("light"));
    const QuarterdeckStyle* style = styleOf(widget);
    return style != nullptr ? style->theme() : light;
}

double textScaleOf(const QWidget* widget) {
    const QuarterdeckStyle* style = styleOf(widget);
    return style != nullptr ? style->textScale() : 1.0;
}

int scaledPx(const QWidget* widget, int px) {
    return static_cast<int>(std::lround(px * textScaleOf(widget)));
}

}  // namespace quarterdeck::widgets
