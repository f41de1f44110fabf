#include "ui/notices/desktop_notices.h"

#include <algorithm>
#include <utility>

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
    } else {
        keep(waiting_, notice);
    }
}

void DesktopNotices::keep(std::vector<Notice>& waiting, const Notice& notice) {
    const auto before =
        std::find_if(waiting.rbegin(), waiting.rend(), [&](const Notice& one) { return one.group == notice.group; });
    if (notice.count > 1 && before != waiting.rend()) {
        *before = notice;
    } else if (waiting.size() < kMostWaiting) {
        waiting.push_back(notice);
    }
}

void DesktopNotices::send(const Notice& notice) {
    if (const auto busy = underWay_.find(notice.group); busy != underWay_.end()) {
        keep(busy->second, notice);
        return;
    }
    underWay_[notice.group];
    QDBusMessage call = QDBusMessage::createMethodCall(QString::fromLatin1(kService), QString::fromLatin1(kPath),
                                                       QString::fromLatin1(kService), QStringLiteral("Notify"));
    const auto before = ids_.find(notice.group);
    const uint replaces = notice.count > 1 && before != ids_.end() ? before->second : 0;
    const QStringList actions{QStringLiteral("default"), tr("Show")};
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(urgencyByte(notice.urgency))},
                            {QStringLiteral("desktop-entry"), QStringLiteral("io.github.quarterdeck.Quarterdeck")}};
    // Desktops may read the body as markup.
    call << tr("Quarterdeck") << replaces << QStringLiteral("io.github.quarterdeck.Quarterdeck") << notice.title
         << notice.text.toHtmlEscaped() << actions << hints << kDesktopsOwnTime;
    auto* watcher = new QDBusPendingCallWatcher(bus_->asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, notice](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<uint> reply = *done;
        answered(notice, reply.isValid() ? std::optional(reply.value()) : std::nullopt);
        done->deleteLater();
    });
}

void DesktopNotices::answered(const Notice& notice, std::optional<uint> id) {
    if (id) {
        ids_[notice.group] = *id;
        places_[*id] = notice.place;
        while (places_.size() > kMostPlaces) {
            places_.erase(places_.begin());  // the numbers grow
        }
    }
    auto held = underWay_.extract(notice.group);
    for (const Notice& next : held.mapped()) {
        send(next);
    }
}

void DesktopNotices::onAction(uint id, const QString& /*action*/) {
    const auto found = places_.find(id);
    if (found != places_.end() && chosen_) {
        chosen_(found->second);
    }
}

}  // namespace quarterdeck::ui
