// The desktop's notifications on a bus of the test's own.

#include <QDBusConnection>
#include <QDBusMessage>
#include <QTest>

#include "tests/fakes/session_bus.h"
#include "ui/notices/desktop_notices.h"

using namespace quarterdeck::ui;

/// Plays the desktop.
class FakeDesktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        uint replaces = 0;
        QString title;
        QString text;
        QVariantMap hints;
    };
    std::vector<Shown> shown;

public slots:
    uint Notify(const QString& /*application*/, uint replaces, const QString& /*icon*/, const QString& title,
                const QString& text, const QStringList& /*actions*/, const QVariantMap& hints, int /*timeout*/) {
        shown.push_back({replaces, title, text, hints});
        return replaces != 0 ? replaces : static_cast<uint>(shown.size() + 40);
    }

signals:
    void ActionInvoked(uint id, const QString& action);
};

class TestDesktopNotices : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QVERIFY(session_.isUp());
        QDBusConnection bus =
            QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("fake-desktop"));
        QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &desktop_,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.Notifications")));
    }

    void cleanupTestCase() { QDBusConnection::disconnectFromBus(QStringLiteral("fake-desktop")); }

    void aNoticeIsShownItsSuccessorTakesItsPlaceAndBothLeadSomewhere() {
        DesktopNotices notices;
        std::vector<Location> chosen;
        notices.setChosen([&](const Location& place) { chosen.push_back(place); });
        Notice notice;
        notice.group = "contexts.lost";
        notice.title = QStringLiteral("alpha does not answer.");
        notice.text = QStringLiteral("<b>refused</b> & gone");
        notice.urgency = Urgency::Critical;
        notice.place.page = "fleet";
        notices.post(notice);
        QTRY_COMPARE(desktop_.shown.size(), std::size_t{1});
        QCOMPARE(desktop_.shown[0].replaces, 0U);
        QCOMPARE(desktop_.shown[0].title, notice.title);
        QCOMPARE(desktop_.shown[0].text, QStringLiteral("&lt;b&gt;refused&lt;/b&gt; &amp; gone"));
        QCOMPARE(desktop_.shown[0].hints.value(QStringLiteral("urgency")).toInt(), 2);
        // Its number is known once a click on it leads to its place.
        QTRY_VERIFY((emit desktop_.ActionInvoked(41, QStringLiteral("default")), !chosen.empty()));
        QCOMPARE(chosen.front().page, std::string("fleet"));
        notice.count = 2;
        notice.title = QStringLiteral("2 contexts do not answer: alpha, beta");
        notices.post(notice);
        QTRY_COMPARE(desktop_.shown.size(), std::size_t{2});
        QCOMPARE(desktop_.shown[1].replaces, 41U);
        QCOMPARE(desktop_.shown[1].title, notice.title);
    }

    void noticesOfOneGroupAtTheSameMomentTakeEachOthersPlace() {
        const std::size_t before = desktop_.shown.size();
        DesktopNotices notices;
        Notice notice;
        notice.group = "contexts.lost";
        const auto post = [&](int count) {
            notice.count = count;
            notice.title = QStringLiteral("%1 of them").arg(count);
            notices.post(notice);
        };
        post(1);
        QTRY_COMPARE(desktop_.shown.size(), before + 1);
        // All before the desktop has told the number of the first: it comes first, then the last word of the rest.
        notice.group = "contexts.back";
        for (int count = 1; count <= 4; ++count) {
            post(count);
        }
        QTRY_COMPARE(desktop_.shown.size(), before + 3);
        QCOMPARE(desktop_.shown[before + 1].title, QStringLiteral("1 of them"));
        QCOMPARE(desktop_.shown[before + 2].title, QStringLiteral("4 of them"));
        QVERIFY(desktop_.shown[before + 2].replaces != 0);
        QVERIFY(desktop_.shown[before + 2].replaces != desktop_.shown[before].replaces);
    }

    void withoutABusItIsSilent() {
        const QByteArray address = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("XDG_RUNTIME_DIR", "/nonexistent");
        const std::size_t before = desktop_.shown.size();
        DesktopNotices notices;
        for (int i = 0; i < 100; ++i) {
            notices.post({});
        }
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        qputenv("XDG_RUNTIME_DIR", runtime);
        DesktopNotices other;
        other.post({});
        QTRY_COMPARE(desktop_.shown.size(), before + 1);
    }

private:
    quarterdeck::fakes::SessionBus session_;
    FakeDesktop desktop_;
};

QTEST_GUILESS_MAIN(TestDesktopNotices)
#include "test_desktop_notices.moc"
