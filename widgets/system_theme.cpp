#include "widgets/system_theme.h"

#include <QGuiApplication>
#include <QPalette>

#include "widgets/appearance_portal.h"

namespace quarterdeck::widgets {

SystemTheme::SystemTheme(QObject* parent) : QObject(parent) {
    paletteWasDark_ = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    dark_ = paletteWasDark_;
    auto* portal = new AppearancePortal(this);
    connect(portal, &AppearancePortal::colorSchemeReported, this, &SystemTheme::setColorScheme);
    connect(portal, &AppearancePortal::contrastReported, this, &SystemTheme::setContrast);
    portal->start();
}

void SystemTheme::setColorScheme(uint value) {
    const bool dark = value == 1 || (value != 2 && paletteWasDark_);
    if (dark != dark_) {
        dark_ = dark;
        Q_EMIT changed();
    }
}

void SystemTheme::setContrast(uint value) {
    const bool high = value == 1;
    if (high != highContrast_) {
        highContrast_ = high;
        Q_EMIT changed();
    }
}

}  // namespace quarterdeck::widgets
