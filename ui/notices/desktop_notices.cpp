#include "ui/notices/desktop_notices.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include "widgets/session_bus.h"

namespace quarterdeck::ui {

namespace {

constexpr auto kService = "org.freedesktop.Notifications";
constexpr auto kPath = "/org/freedesktop/Notifications";
constexpr std::size_t kMostWaiting = 20;
constexpr std::size_t kMostPlaces = 100;
constexpr int kDesktopsOwnTime = -1;

uchar urgencyByte(Urgency urgency) {
    return urgency == Urgency::Low ? 0 : urgency == Urgency::Normal ? 1 : 2;
}

}  // namespace

DesktopNotices::DesktopNotices(QObject* parent) : QObject(parent) {}

void DesktopNotices::connectToDesktop() {
    widgets::useSessionBus(this, "quarterdeck-notices", [this](const QDBusConnection& bus) {
        bus_ = bus;
        // No service name: with one Qt would wait for the bus to name its owner.
        bus_->connect(QString(), QString::fromLatin1(kPath), QString::fromLatin1(kService),
                      QStringLiteral("ActionInvoked"), this, SLOT(onAction(uint, QString)));
        for (const Notice& notice : std::exchange(waiting_, {})) {
            send(notice);
        }
    });
}

void DesktopNotices::post(const Notice& notice) {
    if (!std::exchange(asked_, true)) {
        connectToDesktop();
    }
    if (bus_) {
        send(notice);
    } else if (waiting_.size() < kMostWaiting) {
        waiting_.push_back(notice);
    }
}

void DesktopNotices::send(const Notice& notice) {
    QDBusMessage call = QDBusMessage::createMethodCall(QString::fromLatin1(kService), QString::fromLatin1(kPath),
                                                       QString::fromLatin1(kService), QStringLiteral("Notify"));
    const auto before = ids_.find(notice.group);
    const uint replaces = notice.count > 1 && before != ids_.end() ? before->second : 0;
    const QString title = notice.count > 1 ? tr("%1 (%2 times)").arg(notice.title).arg(notice.count) : notice.title;
    const QStringList actions{QStringLiteral("default"), tr("Show")};
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(urgencyByte(notice.urgency))},
                            {QStringLiteral("desktop-entry"), QStringLiteral("io.github.quarterdeck.Quarterdeck")}};
    // Desktops may read the body as markup.
    call << tr("Quarterdeck") << replaces << QStringLiteral("io.github.quarterdeck.Quarterdeck") << title
         << notice.text.toHtmlEscaped() << actions << hints << kDesktopsOwnTime;
    auto* watcher = new QDBusPendingCallWatcher(bus_->asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, group = notice.group, place = notice.place](QDBusPendingCallWatcher* done) {
                const QDBusPendingReply<uint> reply = *done;
                if (reply.isValid()) {
                    ids_[group] = reply.value();
                    places_[reply.value()] = place;
                    while (places_.size() > kMostPlaces) {
                        places_.erase(places_.begin());  // the numbers grow
                    }
                }
                done->deleteLater();
            });
}

void DesktopNotices::onAction(uint id, const QString& /*action*/) {
    const auto found = places_.find(id);
    if (found != places_.end() && chosen_) {
        chosen_(found->second);
    }
}

}  // namespace quarterdeck::ui
