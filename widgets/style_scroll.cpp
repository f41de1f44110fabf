#include <QPainter>
#include <QStyleOption>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/style.h"
#include "widgets/style_painters.h"

namespace quarterdeck::widgets {

QRect scrollBarRect(const QuarterdeckStyle& style, const QStyleOptionSlider& option, QStyle::SubControl part,
                    const QWidget* widget) {
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int length = horizontal ? option.rect.width() : option.rect.height();
    const int range = option.maximum - option.minimum;
    int slider = length;
    if (range > 0) {
        const qint64 whole = qint64(range) + option.pageStep;
        slider = static_cast<int>(qint64(option.pageStep) * length / std::max<qint64>(1, whole));
        slider = std::clamp(slider, std::min(length, style.pixelMetric(QStyle::PM_ScrollBarSliderMin, &option, widget)),
                            length);
    }
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                                      length - slider, option.upsideDown);
    int from = 0;
    int to = 0;
    switch (part) {
        case QStyle::SC_ScrollBarGroove:
            to = length;
            break;
        case QStyle::SC_ScrollBarSlider:
            from = start;
            to = start + slider;
            break;
        case QStyle::SC_ScrollBarSubPage:
            to = start;
            break;
        case QStyle::SC_ScrollBarAddPage:
            from = start + slider;
            to = length;
            break;
        default:  // no arrow buttons
            return {};
    }
    const QRect rect = horizontal ? QRect(option.rect.left() + from, option.rect.top(), to - from, option.rect.height())
                                  : QRect(option.rect.left(), option.rect.top() + from, option.rect.width(), to - from);
    return QStyle::visualRect(option.direction, option.rect, rect);
}

void paintScrollBar(const QuarterdeckStyle& style, const QStyleOptionSlider& option, QPainter& painter,
                    const QWidget* widget) {
    const Theme& theme = style.theme();
    painter.fillRect(option.rect, theme.color(Role::Surface));
    if (option.maximum <= option.minimum) {
        return;
    }
    const QRectF slider = scrollBarRect(style, option, QStyle::SC_ScrollBarSlider, widget);
    const bool held =
        option.state.testFlag(QStyle::State_Sunken) && option.activeSubControls == QStyle::SC_ScrollBarSlider;
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const QColor strong = theme.color(Role::BorderStrong);
    const QColor color = held || hovered ? strong : mixed(strong, theme.color(Role::Surface), 0.35);
    const QRectF thumb = slider.adjusted(2, 2, -2, -2);
    paintRounded(painter, thumb, std::min(thumb.width(), thumb.height()) / 2, color);
}

void paintSlider(const QuarterdeckStyle& style, const QStyleOptionSlider& option, QPainter& painter,
                 const QWidget* widget) {
    const Theme& theme = style.theme();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const QRect handle = style.subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, widget);
    const QRectF area = option.rect;
    const QPointF centre = handle.center();  // whole pixels
    const bool lying = option.orientation == Qt::Horizontal;
    const QRectF groove = lying ? QRectF(area.left(), centre.y() - 2, area.width(), 4)
                                : QRectF(centre.x() - 2, area.top(), 4, area.height());
    paintRounded(painter, groove, 2, theme.color(Role::ChartGrid));
    QRectF filled = groove;
    // Up and rightwards is more, unless it is upside down.
    if (lying) {
        option.upsideDown ? filled.setLeft(centre.x()) : filled.setRight(centre.x());
    } else {
        option.upsideDown ? filled.setTop(centre.y()) : filled.setBottom(centre.y());
    }
    paintRounded(painter, filled, 2, theme.color(enabled ? Role::Accent : Role::BorderStrong));
    const bool hovered = enabled && option.state.testFlag(QStyle::State_MouseOver);
    const QRectF knob(centre.x() - 7, centre.y() - 7, 14, 14);
    paintRounded(painter, knob, 7, theme.color(enabled ? Role::Raised : Role::Sunken),
                 theme.color(hovered ? Role::Text : Role::BorderStrong), 1.5);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        paintFocusRing(painter, knob.adjusted(-1, -1, 1, 1), 8, theme.color(Role::Accent));
    }
}

QRect comboBoxRect(const QStyleOptionComboBox& option, QStyle::SubControl part, const QWidget* widget) {
    const QRect& rect = option.rect;
    const int arrow = scaledPx(widget, 24);
    switch (part) {
        case QStyle::SC_ComboBoxArrow:
            return QStyle::visualRect(option.direction, rect,
                                      QRect(rect.right() + 1 - arrow, rect.top(), arrow, rect.height()));
        case QStyle::SC_ComboBoxEditField:
            return QStyle::visualRect(option.direction, rect, rect.adjusted(8, 1, -arrow - 2, -1));
        default:
            return rect;
    }
}

void paintComboBox(const QuarterdeckStyle& style, const QStyleOptionComboBox& option, QPainter& painter,
                   const QWidget* widget) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    if (option.frame) {
        paintInputPanel(style, option, painter);
    }
    paintIcon(painter, comboBoxRect(option, QStyle::SC_ComboBoxArrow, widget), QStringLiteral("chevron-down"),
              style.theme().color(enabled ? Role::Text : Role::TextMuted), scaledPx(widget, 14));
}

void paintSpinBox(const QuarterdeckStyle& style, const QStyleOptionSpinBox& option, QPainter& painter,
                  const QWidget* widget) {
    if (option.frame) {
        paintInputPanel(style, option, painter);
    }
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons) {
        return;
    }
    const auto arrow = [&](QStyle::SubControl part, const QString& icon, QAbstractSpinBox::StepEnabledFlag step) {
        const bool possible = option.stepEnabled.testFlag(step);
        paintIcon(painter, style.subControlRect(QStyle::CC_SpinBox, &option, part, widget), icon,
                  style.theme().color(possible ? Role::Text : Role::BorderStrong), scaledPx(widget, 12));
    };
    arrow(QStyle::SC_SpinBoxUp, QStringLiteral("chevron-up"), QAbstractSpinBox::StepUpEnabled);
    arrow(QStyle::SC_SpinBoxDown, QStringLiteral("chevron-down"), QAbstractSpinBox::StepDownEnabled);
}

}  // namespace quarterdeck::widgets
