#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

#include "widgets/theme.h"

class QPainter;
class QRect;

namespace quarterdeck::widgets {

// Lucide icons from resources/icons, in the colour of a role and with the stroke that suits the size (20 px 1.75,
// 16 px 2, 14 px 2.2). Each (name, colour, size, device pixel ratio) is rendered once. Interface thread only.

// Sharp at every device pixel ratio; disabled mode takes the muted text colour (muted icons
// that of strong borders). An unknown name gives a null icon.
QIcon themedIcon(const QString& lucideName, const Theme& theme, Role role, int px);

// The same as a pixmap of px × px logical pixels.
QPixmap themedPixmap(const QString& lucideName, const QColor& color, int px, double devicePixelRatio);

// Paints the icon px × px, centred in the rectangle, on whole device pixels.
void paintIcon(QPainter& painter, const QRect& rect, const QString& lucideName, const QColor& color, int px);

bool hasIcon(const QString& lucideName);

// The application's own icon, for window and task bar.
QIcon applicationIcon();

}  // namespace quarterdeck::widgets
