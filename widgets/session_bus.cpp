#include "widgets/session_bus.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QFileInfo>
#include <QPointer>
#include <QString>
#include <QThreadPool>

namespace quarterdeck::widgets {

bool sessionBusMayExist() {
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return true;
    }
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus"));
}

void useSessionBus(QObject* owner, const char* name, std::function<void(const QDBusConnection&)> use) {
    if (!sessionBusMayExist()) {
        return;
    }
    // Connecting talks to the bus and may take its time: not on the interface thread.
    QThreadPool::globalInstance()->start(
        [guard = QPointer<QObject>(owner), name = QString::fromLatin1(name), use = std::move(use)] {
            const QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
            if (!bus.isConnected()) {
                return;
            }
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard, bus, use] {
                    if (guard) {
                        use(bus);
                    }
                },
                Qt::QueuedConnection);
        });
}

}  // namespace quarterdeck::widgets
