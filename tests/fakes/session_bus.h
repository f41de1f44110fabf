#pragma once

#include <QProcess>
#include <QTest>

namespace quarterdeck::fakes {

/// A D-Bus session bus of the test's own (dbus-daemon), which the process takes for the person's while it lives.
class SessionBus {
public:
    SessionBus() {
        before_ = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        daemon_.start(QStringLiteral("dbus-daemon"),
                      {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
        if (daemon_.waitForStarted() && QTest::qWaitFor([&] { return daemon_.canReadLine(); }, kPatienceMs)) {
            address_ = daemon_.readLine().trimmed();
            qputenv("DBUS_SESSION_BUS_ADDRESS", address_);
        }
    }
    ~SessionBus() {
        before_.isEmpty() ? qunsetenv("DBUS_SESSION_BUS_ADDRESS") : qputenv("DBUS_SESSION_BUS_ADDRESS", before_);
        daemon_.kill();
        daemon_.waitForFinished();
    }
    SessionBus(const SessionBus&) = delete;
    SessionBus& operator=(const SessionBus&) = delete;
    [[nodiscard]] bool isUp() const { return !address_.isEmpty(); }
    [[nodiscard]] QByteArray address() const { return address_; }

private:
    static constexpr int kPatienceMs = 20'000;
    QProcess daemon_;
    QByteArray before_;
    QByteArray address_;
};

}  // namespace quarterdeck::fakes
