#pragma once

#include <QStyle>

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;

namespace quarterdeck::widgets {

class QuarterdeckStyle;

// The pieces QuarterdeckStyle paints with; each handles one kind of control.

void paintButtonPanel(const QuarterdeckStyle& style, const QStyleOption& option, QPainter& painter,
                      const QWidget* widget);
void paintButtonLabel(const QuarterdeckStyle& style, const QStyleOptionButton& option, QPainter& painter,
                      const QWidget* widget);
QSize buttonSizeHint(const QStyleOptionButton& option, const QWidget* widget);
void paintToolButtonPanel(const QuarterdeckStyle& style, const QStyleOption& option, QPainter& painter);
void paintInputPanel(const QuarterdeckStyle& style, const QStyleOption& option, QPainter& painter);
void paintCheckIndicator(const QuarterdeckStyle& style, const QStyleOption& option, QPainter& painter, bool round);

void paintMenuItem(const QuarterdeckStyle& style, const QStyleOptionMenuItem& option, QPainter& painter,
                   const QWidget* widget);
QSize menuItemSize(const QStyleOptionMenuItem& option, const QSize& size, const QWidget* widget);
void paintHeaderSection(const QuarterdeckStyle& style, const QStyleOptionHeader& option, QPainter& painter);
void paintHeaderLabel(const QuarterdeckStyle& style, const QStyleOptionHeader& option, QPainter& painter,
                      const QWidget* widget);
void paintTabShape(const QuarterdeckStyle& style, const QStyleOptionTab& option, QPainter& painter);
void paintTabLabel(const QuarterdeckStyle& style, const QStyleOptionTab& option, QPainter& painter,
                   const QWidget* widget);
void paintProgress(const QuarterdeckStyle& style, const QStyleOptionProgressBar& option, QPainter& painter);

void paintScrollBar(const QuarterdeckStyle& style, const QStyleOptionSlider& option, QPainter& painter,
                    const QWidget* widget);
void paintSlider(const QuarterdeckStyle& style, const QStyleOptionSlider& option, QPainter& painter,
                 const QWidget* widget);
QRect scrollBarRect(const QuarterdeckStyle& style, const QStyleOptionSlider& option, QStyle::SubControl part,
                    const QWidget* widget);
void paintComboBox(const QuarterdeckStyle& style, const QStyleOptionComboBox& option, QPainter& painter,
                   const QWidget* widget);
QRect comboBoxRect(const QStyleOptionComboBox& option, QStyle::SubControl part, const QWidget* widget);
void paintSpinBox(const QuarterdeckStyle& style, const QStyleOptionSpinBox& option, QPainter& painter,
                  const QWidget* widget);

}  // namespace quarterdeck::widgets
