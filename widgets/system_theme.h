#pragma once

#include <QObject>

namespace quarterdeck::widgets {

// What the desktop wishes: dark or light, more contrast or not. Asks the portal (org.freedesktop.appearance)
// without ever blocking; until it answers, and where there is none, the lightness of the palette at construction
// decides. Construct it before applyTheme. Lives on the interface thread.
class SystemTheme : public QObject {
    Q_OBJECT
public:
    explicit SystemTheme(QObject* parent = nullptr);

    bool prefersDark() const { return dark_; }
    bool prefersHighContrast() const { return highContrast_; }

    // The portal's values: color-scheme 0 none, 1 dark, 2 light; contrast 0 none, 1 high.
    void setColorScheme(uint value);
    void setContrast(uint value);

Q_SIGNALS:
    void changed();

private:
    bool paletteWasDark_ = false;
    bool dark_ = false;
    bool highContrast_ = false;
};

}  // namespace quarterdeck::widgets
