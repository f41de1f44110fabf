#include <QSignalSpy>

#include "tests/widgets/widget_test.h"
#include "widgets/navigation_rail.h"
#include "widgets/style.h"

using namespace quarterdeck::widgets;

namespace {

QVector<RailItem> items() {
    const auto s = [](const char* text) { return QString::fromLatin1(text); };
    return {
        {s("fleet"), s("Fleet"), s("layers"), {}, false},       {s("workloads"), s("Workloads"), s("boxes"), {}, false},
        {s("pods"), s("Pods"), {}, s("workloads"), false},      {s("cluster"), s("Cluster"), s("server"), {}, false},
        {s("nodes"), s("Nodes"), {}, s("cluster"), false},      {s("events"), s("Events"), {}, s("cluster"), false},
        {s("settings"), s("Settings"), s("settings"), {}, true}};
}

struct Fixture {
    Fixture() {
        rail.setItems(items());
        rail.setCurrent(QStringLiteral("fleet"));
        rail.resize(rail.sizeHint().width(), 600);
        rail.show();
        rail.activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&rail));
    }
    QAbstractButton* button(const char* id) { return rail.button(QString::fromLatin1(id)); }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    QString focused() { return QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString(); }
    NavigationRail rail;
};

}  // namespace

class TestNavigationRail : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("light"))); }

    void arrowKeysMoveAndEnterOpens() {
        Fixture f;
        QSignalSpy activated(&f.rail, &NavigationRail::activated);
        f.button("fleet")->setFocus(Qt::TabFocusReason);
        f.press(Qt::Key_Up);
        QCOMPARE(f.focused(), QStringLiteral("rail.fleet"));
        f.press(Qt::Key_Down);
        f.press(Qt::Key_Down);
        QCOMPARE(f.focused(), QStringLiteral("rail.pods"));
        QCOMPARE(activated.count(), 0);
        f.press(Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.at(0).at(0).toString(), QStringLiteral("pods"));
        QCOMPARE(f.rail.current(), QStringLiteral("pods"));
        f.press(Qt::Key_End);
        QCOMPARE(f.focused(), QStringLiteral("rail.collapse"));
        f.press(Qt::Key_Home);
        QCOMPARE(f.focused(), QStringLiteral("rail.fleet"));
        f.press(Qt::Key_Space);
        QCOMPARE(activated.count(), 2);
    }

    void aParentLeadsToItsFirstChild() {
        Fixture f;
        QSignalSpy activated(&f.rail, &NavigationRail::activated);
        QTest::mouseClick(f.button("cluster"), Qt::LeftButton);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.at(0).at(0).toString(), QStringLiteral("nodes"));
    }

    void thereIsOneTabStop() {
        Fixture f;
        f.rail.setCurrent(QStringLiteral("events"));
        int stops = 0;
        for (QAbstractButton* button : f.rail.findChildren<QAbstractButton*>()) {
            stops += button->focusPolicy() & Qt::TabFocus ? 1 : 0;
        }
        QCOMPARE(stops, 1);
        QVERIFY(f.button("events")->focusPolicy() & Qt::TabFocus);
    }

    void collapsedItIsNarrowAndHidesChildrenButNotTheirPage() {
        Fixture f;
        QSignalSpy changed(&f.rail, &NavigationRail::collapsedChanged);
        f.rail.setCurrent(QStringLiteral("pods"));
        f.button("pods")->setFocus(Qt::TabFocusReason);
        QCOMPARE(f.rail.sizeHint().width(), 184);
        f.rail.setCollapsed(true);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(f.rail.sizeHint().width(), 48);
        QVERIFY(!f.button("pods")->isVisible());
        QVERIFY(f.button("workloads")->isVisible());
        QVERIFY(f.button("workloads")->focusPolicy() & Qt::TabFocus);
        QCOMPARE(f.button("workloads")->toolTip(), QStringLiteral("Workloads"));
        QVERIFY(QApplication::focusWidget() == nullptr || QApplication::focusWidget()->isVisible());
        f.rail.setCollapsed(false);
        QVERIFY(f.button("pods")->isVisible());
    }

    void entriesTellTheirNameTheirBadgeAndThatTheyAreCurrent() {
        Fixture f;
        f.rail.setBadge(QStringLiteral("pods"), {QStringLiteral("7"), Tone::Critical});
        QCOMPARE(f.button("pods")->accessibleName(), QStringLiteral("Pods, 7"));
        f.rail.setCurrent(QStringLiteral("pods"));
        QVERIFY(!f.button("pods")->accessibleDescription().isEmpty());
        QVERIFY(f.button("fleet")->accessibleDescription().isEmpty());
        for (QAbstractButton* button : f.rail.findChildren<QAbstractButton*>()) {
            QVERIFY(!button->accessibleName().isEmpty());
        }
    }

    void aBadgeIsReadInItsWords() {
        Fixture f;
        f.rail.setBadge(QStringLiteral("pods"), {QStringLiteral("7"), Tone::Critical, QStringLiteral("7 are down")});
        QCOMPARE(f.button("pods")->accessibleName(), QStringLiteral("Pods, 7 are down"));
        QCOMPARE(f.button("pods")->toolTip(), QStringLiteral("Pods, 7 are down"));
    }

    void aParentsBadgeIsShownWhileItsChildrenAreNot() {
        Fixture f;
        f.rail.setBadge(QStringLiteral("workloads"), {QStringLiteral("7"), Tone::Critical});
        QCOMPARE(f.button("workloads")->accessibleName(), QStringLiteral("Workloads"));
        f.rail.setCollapsed(true);
        QCOMPARE(f.button("workloads")->accessibleName(), QStringLiteral("Workloads, 7"));
        f.rail.setBadge(QStringLiteral("workloads"), {});
        QCOMPARE(f.button("workloads")->accessibleName(), QStringLiteral("Workloads"));
    }

    void theFootStaysAtTheLowerEdge() {
        Fixture f;
        QVERIFY(f.button("settings")->geometry().top() > 500);
        f.rail.resize(184, 900);
        QVERIFY(f.button("settings")->geometry().top() > 800);
    }

    void theCurrentEntryHasBarAndFill() {
        Fixture f;
        const Theme theme = Theme::named(QStringLiteral("light"));
        const QImage image = f.button("fleet")->grab().toImage();
        QCOMPARE(image.pixelColor(1, image.height() / 2), theme.color(Role::Accent));
        QCOMPARE(image.pixelColor(image.width() - 20, image.height() / 2), theme.color(Role::Selection));
    }
};

QUARTERDECK_WIDGET_TEST(TestNavigationRail)
#include "test_navigation_rail.moc"
