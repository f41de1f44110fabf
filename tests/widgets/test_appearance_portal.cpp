// Dark or light and contrast as the desktop's portal tells them, on a bus of the test's own.

#include <QDBusConnection>
#include <QDBusVariant>
#include <QTest>

#include "tests/fakes/session_bus.h"
#include "widgets/system_theme.h"

using namespace quarterdeck;
using widgets::SystemTheme;

namespace {

constexpr int kPatience = 20'000;
const QString kGroup = QStringLiteral("org.freedesktop.appearance");

}  // namespace

/// Plays the portal.
class FakePortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    QMap<QString, uint> values{{QStringLiteral("color-scheme"), 1}, {QStringLiteral("contrast"), 0}};

public slots:
    QDBusVariant Read(const QString& group, const QString& key) {
        return QDBusVariant(QVariant::fromValue(QDBusVariant(group == kGroup ? values.value(key) : 99U)));
    }

signals:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

class TestAppearancePortal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QVERIFY(session_.isUp());
        QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("fake-portal"));
        QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal_,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    }
    void cleanupTestCase() { QDBusConnection::disconnectFromBus(QStringLiteral("fake-portal")); }

    void whatTheDesktopWishesIsAskedAndFollowed() {
        SystemTheme theme;
        QTRY_VERIFY_WITH_TIMEOUT(theme.prefersDark(), kPatience);
        QVERIFY(!theme.prefersHighContrast());
        // Once the first answer is there, the changes are listened to as well.
        const auto change = [&](const char* key, uint value, const QString& group = kGroup) {
            emit portal_.SettingChanged(group, QString::fromUtf8(key), QDBusVariant(value));
        };
        portal_.values[QStringLiteral("contrast")] = 1;  // also for a question that is still under way
        change("contrast", 1);
        QTRY_VERIFY_WITH_TIMEOUT(theme.prefersHighContrast(), kPatience);
        change("color-scheme", 2, QStringLiteral("org.gnome.desktop.interface"));  // somebody else's
        emit portal_.SettingChanged(kGroup, QStringLiteral("color-scheme"), QDBusVariant(QStringLiteral("no number")));
        change("contrast", 0);  // comes after them
        QTRY_VERIFY_WITH_TIMEOUT(!theme.prefersHighContrast(), kPatience);
        QVERIFY(theme.prefersDark());
        change("color-scheme", 2);
        QTRY_VERIFY_WITH_TIMEOUT(!theme.prefersDark(), kPatience);
    }

private:
    fakes::SessionBus session_;
    FakePortal portal_;
};

QTEST_MAIN(TestAppearancePortal)
#include "test_appearance_portal.moc"
