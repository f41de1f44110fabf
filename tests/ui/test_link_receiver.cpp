// quarterdeck:// links that reach a console which runs already, on a bus of the test's own.

#include <atomic>
#include <thread>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QTest>

#include "tests/fakes/session_bus.h"
#include "ui/links/hand_over.h"
#include "ui/links/link_receiver.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

namespace {

constexpr int kPatience = 20'000;

/// What a desktop sends.
void send(const QString& method, const QVariantList& arguments) {
    QDBusMessage call = QDBusMessage::createMethodCall(QStringLiteral("io.github.quarterdeck.Quarterdeck"),
                                                       QStringLiteral("/io/github/quarterdeck/Quarterdeck"),
                                                       QStringLiteral("org.freedesktop.Application"), method);
    call.setArguments(arguments);
    QDBusConnection::sessionBus().asyncCall(call);
}

}  // namespace

class TestLinkReceiver : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(session_.isUp()); }

    void aLinkIsTakenByTheConsoleThatRuns() {
        Location link;
        link.page = "pods";
        link.namespaces = {"bakery-ia"};
        link.filter = "is:unhealthy & 100 %";
        QVERIFY(!handOver(formatLocation(link)));  // nobody runs yet

        std::vector<Location> taken;
        const LinkReceiver receiver([&](const Result<std::optional<Location>>& place) {
            QVERIFY(place.has_value() && place->has_value());
            taken.push_back(**place);
        });
        QTRY_VERIFY_WITH_TIMEOUT(handedOver(link), kPatience);
        QVERIFY(!taken.empty());
        QVERIFY(taken.front() == link);
    }

    void whatIsNoLinkIsAnErrorAndNothingAtAllBringsTheWindowForward() {
        std::vector<std::string> errors;
        int forward = 0;
        const LinkReceiver receiver([&](const Result<std::optional<Location>>& place) {
            if (!place) {
                errors.push_back(describe(place.error()));
            } else {
                forward += place->has_value() ? 0 : 1;
            }
        });
        QTRY_VERIFY_WITH_TIMEOUT((send(QStringLiteral("Activate"), {QVariantMap()}), forward > 0), kPatience);
        send(QStringLiteral("Open"), {QStringList{QStringLiteral("https://example.org/")}, QVariantMap()});
        QTRY_COMPARE_WITH_TIMEOUT(errors.size(), std::size_t{1}, kPatience);
        QVERIFY(errors.front().find("https://example.org/") != std::string::npos);
    }

    void withoutABusThereIsNobody() {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
        qputenv("XDG_RUNTIME_DIR", "/nonexistent");
        QVERIFY(!handOver("quarterdeck://pods"));
        const LinkReceiver receiver([](const auto&) { QFAIL("nobody sent anything"); });
        qputenv("XDG_RUNTIME_DIR", runtime);
        qputenv("DBUS_SESSION_BUS_ADDRESS", session_.address());
    }

private:
    /// handOver() from another process's place: this thread goes on to answer.
    static bool handedOver(const Location& link) {
        std::atomic<int> answer = -1;
        std::jthread sender([&] { answer = handOver(formatLocation(link)) ? 1 : 0; });
        return QTest::qWaitFor([&] { return answer >= 0; }, kPatience) && answer == 1;
    }

    fakes::SessionBus session_;
};

QTEST_GUILESS_MAIN(TestLinkReceiver)
#include "test_link_receiver.moc"
