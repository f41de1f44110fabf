#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

namespace quarterdeck::widgets {

// The desktop portal's org.freedesktop.appearance settings over D-Bus, asked and followed without ever blocking.
// Silent where there is no bus or no portal. Lives on the interface thread.
class AppearancePortal : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void start();

Q_SIGNALS:
    // The portal's numbers, see SystemTheme.
    void colorSchemeReported(uint value);
    void contrastReported(uint value);

private Q_SLOTS:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask(const QDBusConnection& bus, const QString& key);
    void take(const QString& key, const QVariant& value);
};

}  // namespace quarterdeck::widgets
