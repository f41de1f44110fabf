#pragma once

#include <QFont>
#include <QPointer>
#include <QProxyStyle>

#include "widgets/theme.h"

class QApplication;
class QFocusFrame;

namespace quarterdeck::widgets {

// A widget that paints itself and has this property set (true, from its constructor on) gets the focus ring, and the
// role of a button for screen readers where it is one.
inline constexpr const char* kFocusRingProperty = "quarterdeckFocusRing";

// Sizes of text in pixels at 96 dpi and text scale 1.
enum class TextSize { Caption = 11, Secondary = 12, Body = 13, DrawerTitle = 14, Title = 16, Headline = 20 };

// Fusion's behaviour with our looks: everything is painted from the theme's tokens, without style sheets.
class QuarterdeckStyle : public QProxyStyle {
    Q_OBJECT
public:
    QuarterdeckStyle(const Theme& theme, double textScale);
    ~QuarterdeckStyle() override;

    const Theme& theme() const { return theme_; }
    double textScale() const { return textScale_; }
    void setTheme(const Theme& theme, double textScale);

    // Puts the focus ring around the widget; null takes it away.
    void showFocusRing(QWidget* widget);

    using QProxyStyle::polish;
    using QProxyStyle::unpolish;
    void polish(QWidget* widget) override;
    void unpolish(QWidget* widget) override;
    void polish(QPalette& palette) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl subControl,
                         const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;

private:
    Theme theme_;
    double textScale_;
    QPointer<QFocusFrame> focusRing_;
    QPointer<QWidget> ringedBefore_;  // when its window lost the focus
};

// Sets style, palette and font of the whole application, at the start and again at any time. Every widget then
// gets QEvent::StyleChange, which is where widgets that keep colours, fonts or icons fetch them anew.
void applyTheme(QApplication& application, const Theme& theme, double textScale = 1.0);

// The theme a widget is painted with; "light" before applyTheme was called. Do not keep the reference.
const Theme& themeOf(const QWidget* widget);
double textScaleOf(const QWidget* widget);

// A length that grows with the person's text scale, for row heights and the like.
int scaledPx(const QWidget* widget, int px);

// Fonts of the theme: the system's sans if its digits are all of one width, else one that has such digits.
QFont textFont(const QWidget* widget, TextSize size, QFont::Weight weight = QFont::Normal);
QFont monoFont(const QWidget* widget, TextSize size);

// The palette the theme gives the application.
QPalette paletteOf(const Theme& theme);

}  // namespace quarterdeck::widgets
