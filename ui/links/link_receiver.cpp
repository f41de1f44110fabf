#include "ui/links/link_receiver.h"

#include <memory>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QGuiApplication>
#include <QSemaphore>
#include <QThreadPool>

#include "ui/links/hand_over.h"
#include "ui/text/error_text.h"
#include "widgets/session_bus.h"

namespace quarterdeck::ui {

namespace {

constexpr auto kService = "io.github.quarterdeck.Quarterdeck";
constexpr auto kPath = "/io/github/quarterdeck/Quarterdeck";
constexpr auto kInterface = "org.freedesktop.Application";
constexpr int kPatienceMs = 5000;
constexpr int kConnectMs = 1000;     ///< for the connection itself
constexpr uint kWaitForTheName = 0;  ///< flags of RequestName: queue behind the console that has it
constexpr auto kActivationToken = "XDG_ACTIVATION_TOKEN";
constexpr auto kTokenKey = "activation-token";

/// What lets the window come to the front under Wayland: Qt takes it from the environment, and nobody else reads it.
void useToken(const QVariantMap& platform) {
    const QByteArray token = platform.value(QString::fromLatin1(kTokenKey)).toByteArray();
    if (!token.isEmpty() && QGuiApplication::platformName().startsWith(QLatin1String("wayland"))) {
        qputenv(kActivationToken, token);
    }
}

bool callOpen(const QString& uri, const QString& token) {
    const QDBusConnection bus =
        QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("quarterdeck-link-sender"));
    QDBusMessage call = QDBusMessage::createMethodCall(QString::fromLatin1(kService), QString::fromLatin1(kPath),
                                                       QString::fromLatin1(kInterface), QStringLiteral("Open"));
    call.setAutoStartService(false);
    QVariantMap platform;
    if (!token.isEmpty()) {
        platform.insert(QString::fromLatin1(kTokenKey), token);
    }
    call << QStringList{uri} << platform;
    const bool taken =
        bus.isConnected() && bus.call(call, QDBus::Block, kPatienceMs).type() == QDBusMessage::ReplyMessage;
    QDBusConnection::disconnectFromBus(bus.name());
    return taken;
}

}  // namespace

LinkReceiver::LinkReceiver(Take take, QObject* parent) : QObject(parent), take_(std::move(take)) {
    widgets::useSessionBus(this, "quarterdeck-links", [this](const QDBusConnection& bus) { listen(bus); });
}

void LinkReceiver::listen(QDBusConnection bus) {
    bus.registerObject(QString::fromLatin1(kPath), this, QDBusConnection::ExportAllSlots);
    QDBusMessage name =
        QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
                                       QStringLiteral("org.freedesktop.DBus"), QStringLiteral("RequestName"));
    name << QString::fromLatin1(kService) << kWaitForTheName;
    bus.asyncCall(name);
}

void LinkReceiver::Activate(const QVariantMap& platform) {
    useToken(platform);
    take_(std::optional<Location>());
}

void LinkReceiver::Open(const QStringList& uris, const QVariantMap& platform) {
    useToken(platform);
    for (const QString& uri : uris) {
        auto place = parseLocation(uri.toStdString());
        if (place) {
            take_(std::optional(*std::move(place)));
        } else {
            take_(tl::make_unexpected(place.error()));
        }
    }
}

bool handOver(const std::string& link) {
    if (!widgets::sessionBusMayExist()) {
        return false;
    }
    struct Answer {
        QSemaphore there;
        bool taken = false;
    };
    const auto answer = std::make_shared<Answer>();
    QThreadPool::globalInstance()->start(
        [answer, uri = fromUtf8(link), token = qEnvironmentVariable(kActivationToken)] {
            answer->taken = callOpen(uri, token);
            answer->there.release();
        });
    return answer->there.tryAcquire(1, kPatienceMs + kConnectMs) && answer->taken;
}

}  // namespace quarterdeck::ui
