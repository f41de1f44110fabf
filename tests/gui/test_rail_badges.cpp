// The numbers in the rail of the real window.

#include <QTest>

#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "app/session/cluster_session.h"
#include "tests/fakes/hostile_server.h"
#include "tests/gui/demo_console.h"
#include "tests/gui/file_console.h"
#include "ui/text/english_plurals.h"
#include "ui/windows/rail_badges.h"
#include "widgets/navigation_rail.h"
#include "widgets/rail_button.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;
using widgets::BadgeData;
using widgets::Role;
using widgets::Tone;

namespace {

constexpr int kLong = 60'000;

template <class Somewhere>
BadgeData badgeAt(const Somewhere& console, const char* entry) {
    const auto* button =
        console.window->template findChild<widgets::RailButton*>(QStringLiteral("rail.") + QString::fromLatin1(entry));
    if (button == nullptr) {
        QTest::qFail("there is no such entry", __FILE__, __LINE__);
        return {};
    }
    return button->badge();
}

QString nameOf(const Console& console, const char* entry) {
    return console.part<QWidget>((std::string("rail.") + entry).c_str())->accessibleName();
}

/// Rows of the table in front whose first column says this.
int rowsSaying(const Console& console, const char* column, const QStringList& words) {
    const int at = console.columnOf(column);
    int count = 0;
    for (int row = 0; row < console.table()->model()->rowCount(); ++row) {
        count += words.contains(console.cell(row, at)) ? 1 : 0;
    }
    return count;
}

void look(const Console& console) {
    console.window->findChild<ui::RailBadges*>()->look();
}

}  // namespace

class TestRailBadges : public QObject {
    Q_OBJECT

    ui::EnglishPlurals plurals_;

private slots:
    void initTestCase() {
        qApp->installTranslator(&plurals_);
        widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false));
    }

    void podsCountThoseThatThePageShowsAsCriticalUntilTheyAreHealed() {
        const Console console("pods", true, "crash-loop");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        const widgets::Theme theme = widgets::themeOf(console.window.get());
        const auto filled = [&](const char* entry, Role role) {
            const QImage image = console.part<QWidget>(entry)->grab().toImage();
            int count = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = image.width() / 2; x < image.width(); ++x) {
                    count += image.pixelColor(x, y) == theme.color(role) ? 1 : 0;
                }
            }
            return count;
        };
        QTRY_VERIFY_WITH_TIMEOUT(rowsSaying(console, "Status", {QStringLiteral("Crash loop")}) == 2, kLong);
        QTRY_COMPARE_WITH_TIMEOUT(badgeAt(console, "pods").text, QStringLiteral("2"), kLong);
        QCOMPARE(badgeAt(console, "pods").tone, Tone::Critical);
        QCOMPARE(nameOf(console, "pods"), QStringLiteral("Pods, 2 need attention"));
        QCOMPARE(console.part<QWidget>("rail.pods")->toolTip(), nameOf(console, "pods"));
        QCOMPARE(badgeAt(console, "nodes"), BadgeData());
        QCOMPARE(badgeAt(console, "events"), BadgeData());
        QVERIFY(filled("rail.pods", Role::CriticalFill) > 100);  // a pill
        QCOMPARE(filled("rail.nodes", Role::CriticalFill), 0);
        // Its section says the same only while the entry itself is not there.
        QCOMPARE(badgeAt(console, "workloads"), BadgeData());
        console.trigger("view.rail");
        QVERIFY(!console.part<QWidget>("rail.pods")->isVisible());
        QCOMPARE(badgeAt(console, "workloads").text, QStringLiteral("2"));
        QCOMPARE(nameOf(console, "workloads"), QStringLiteral("Workloads, 2 need attention"));
        QCOMPARE(badgeAt(console, "cluster"), BadgeData());
        QVERIFY(filled("rail.workloads", Role::Critical) > 20);  // a dot
        QCOMPARE(filled("rail.cluster", Role::Critical), 0);
        console.trigger("view.rail");
        QCOMPARE(badgeAt(console, "workloads"), BadgeData());

        console.demo->reset();
        QTRY_COMPARE_WITH_TIMEOUT(badgeAt(console, "pods"), BadgeData(), kLong);
        QCOMPARE(nameOf(console, "pods"), QStringLiteral("Pods"));
    }

    void aLostNodeIsCounted() {
        const Console console("nodes", true, "node-not-ready");
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(console, "nodes"), QStringLiteral("Nodes, 1 needs attention"), kLong);
        console.trigger("view.rail");
        QCOMPARE(badgeAt(console, "cluster").text, QStringLiteral("1"));
    }

    void theyObeyTheContextsAndNamespacesOfTheWindowAndGoWithTheContext() {
        const Console console("pods", true, "crash-loop");
        QTRY_COMPARE_WITH_TIMEOUT(badgeAt(console, "pods").text, QStringLiteral("2"), kLong);
        ui::Location place = console.window->location();
        place.contexts = {"globeco-prod"};
        console.window->go(place);
        QCOMPARE(badgeAt(console, "pods"), BadgeData());
        place.contexts = {"bakery-ia-prod"};
        console.window->go(place);
        QCOMPARE(badgeAt(console, "pods").text, QStringLiteral("2"));
        place.namespaces = {"kube-system"};
        console.window->go(place);
        QCOMPARE(badgeAt(console, "pods"), BadgeData());
        place.namespaces = {"bakery-ia", "kube-system"};
        console.window->go(place);
        QCOMPARE(badgeAt(console, "pods").text, QStringLiteral("2"));
        console.hub->close("bakery-ia-prod");
        QTRY_COMPARE_WITH_TIMEOUT(badgeAt(console, "pods"), BadgeData(), kLong);
    }

    void nothingIsWatchedForANumber() {
        const Console console("events", true, "node-not-ready");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        look(console);
        for (const session::ClusterSession* session : console.hub->sessions()) {
            QVERIFY(session->fedStore(kinds::podKind()) == nullptr);
            QVERIFY(session->fedStore(kinds::nodeKind()) == nullptr);
        }
        QCOMPARE(badgeAt(console, "nodes"), BadgeData());
        // What a page watched once goes with the watch: the badge does not hold it.
        console.trigger("go.nodes");
        QTRY_COMPARE_WITH_TIMEOUT(badgeAt(console, "nodes").text, QStringLiteral("1"), kLong);
        const std::weak_ptr<kube::ObjectStore> store =
            console.hub->session("globeco-prod")->fedStore(kinds::nodeKind());
        QVERIFY(!store.expired());
        console.trigger("go.events");
        QTRY_VERIFY_WITH_TIMEOUT(store.expired(), 2 * kLong);
        look(console);
        QCOMPARE(badgeAt(console, "nodes"), BadgeData());
    }

    void theFleetCountsContextsThatAreOutOfReach() {
        FileConsole console;
        console.start({console.write("config", kubeconfigOf({{"gone", "http://127.0.0.1:1"}}))}, "fleet");
        QTRY_COMPARE_WITH_TIMEOUT(badgeAt(console, "fleet").text, QStringLiteral("1"), kLong);
        QCOMPARE(badgeAt(console, "fleet").tone, Tone::Critical);
        QCOMPARE(console.part<QWidget>("rail.fleet")->accessibleName(), QStringLiteral("Fleet, 1 needs attention"));
        console.hub->close("gone");
        QTRY_COMPARE_WITH_TIMEOUT(badgeAt(console, "fleet"), BadgeData(), kLong);
    }

    void theFleetCountsContextsThatWantASignIn() {
        FileConsole console;
        const fakes::TestAuthority authority;
        const fakes::HostileServer server(fakes::answers::kubernetesStatus(401, "Unauthorized", "Unauthorized"),
                                          {.tls = authority.server(), .clientCaPem = {}, .onConnect = {}});
        console.start({console.write("config", kubeconfigOf({{"out", server.url(), authority.caPem()}}))}, "fleet");
        QTRY_COMPARE_WITH_TIMEOUT(console.stateOf("out"), session::ConnectionState::SignedOut, kLong);
        QTRY_COMPARE_WITH_TIMEOUT(badgeAt(console, "fleet").text, QStringLiteral("1"), kLong);
        QCOMPARE(badgeAt(console, "fleet").tone, Tone::Warning);
    }
};

QTEST_MAIN(TestRailBadges)
#include "test_rail_badges.moc"
