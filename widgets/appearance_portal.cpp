#include "widgets/appearance_portal.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include "widgets/session_bus.h"

namespace quarterdeck::widgets {

namespace {

constexpr auto kService = "org.freedesktop.portal.Desktop";
constexpr auto kPath = "/org/freedesktop/portal/desktop";
constexpr auto kInterface = "org.freedesktop.portal.Settings";
constexpr auto kGroup = "org.freedesktop.appearance";
constexpr auto kScheme = "color-scheme";
constexpr auto kContrast = "contrast";

// Values come as variants in variants.
QVariant unwrapped(QVariant value) {
    for (int depth = 0; depth < 4 && value.canConvert<QDBusVariant>(); ++depth) {
        value = value.value<QDBusVariant>().variant();
    }
    return value;
}

}  // namespace

void AppearancePortal::start() {
    useSessionBus(this, "quarterdeck-appearance", [this](const QDBusConnection& bus) {
        qRegisterMetaType<QDBusVariant>();  // by its name; without it the slot is not found
        // No service name: with one Qt would wait for the bus to name its owner.
        QDBusConnection(bus).connect(QString(), QString::fromLatin1(kPath), QString::fromLatin1(kInterface),
                                     QStringLiteral("SettingChanged"), this,
                                     SLOT(onSettingChanged(QString, QString, QDBusVariant)));
        ask(bus, QString::fromLatin1(kScheme));
        ask(bus, QString::fromLatin1(kContrast));
    });
}

void AppearancePortal::ask(const QDBusConnection& bus, const QString& key) {
    QDBusMessage call = QDBusMessage::createMethodCall(QString::fromLatin1(kService), QString::fromLatin1(kPath),
                                                       QString::fromLatin1(kInterface), QStringLiteral("Read"));
    call << QString::fromLatin1(kGroup) << key;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (reply.isValid()) {
            take(key, unwrapped(QVariant::fromValue(reply.value())));
        }
        done->deleteLater();
    });
}

void AppearancePortal::onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
    if (group == QLatin1String(kGroup)) {
        take(key, unwrapped(value.variant()));
    }
}

void AppearancePortal::take(const QString& key, const QVariant& value) {
    bool ok = false;
    const uint number = value.toUInt(&ok);
    if (!ok) {
        return;
    }
    if (key == QLatin1String(kScheme)) {
        Q_EMIT colorSchemeReported(number);
    } else if (key == QLatin1String(kContrast)) {
        Q_EMIT contrastReported(number);
    }
}

}  // namespace quarterdeck::widgets
