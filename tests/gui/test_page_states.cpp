// Each page in each of its states, in the real window on servers that are played: what it says, what it would have the
// person press, that the keyboard comes there, and that nothing is cut. Pictures: see faultsInEveryLook().

#include "tests/gui/demo_console.h"
#include "tests/gui/state_stage.h"
#include "ui/pages/fleet/context_card.h"
#include "ui/pages/fleet/idle_card.h"
#include "ui/text/english_plurals.h"
#include "widgets/code_view.h"
#include "widgets/details_drawer.h"
#include "widgets/filter_line.h"
#include "widgets/table_view.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;
using fakes::HostileServer;
using kube::FreshnessState;
using session::ConnectionState;
namespace answers = fakes::answers;

namespace {

constexpr int kLong = 90'000;

}  // namespace

class TestPageStates : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;
    ui::EnglishPlurals plurals_;

    /// Fails unless the page says all this and the keyboard reaches the button, then looks at it from all sides.
    static void check(const FileConsole& console, const QString& name, const QStringList& words, const char* button) {
        QWidget* page = console.window->page();
        for (const QString& part : words) {
            QTRY_VERIFY2_WITH_TIMEOUT(wordsOn(page).contains(part),
                                      qPrintable(part + QStringLiteral(" is not in:\n") + wordsOn(page)), kLong);
        }
        if (button != nullptr) {
            const QString text = QString::fromUtf8(button);
            QTRY_VERIFY2_WITH_TIMEOUT(buttonSaying(page, text) != nullptr, qPrintable(wordsOn(page)), kLong);
            QVERIFY2(tabReaches(buttonSaying(page, text)), "Tab does not come to the button");
        }
        const QStringList faults = faultsInEveryLook(*console.window, name);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    static void addPages() {
        QTest::addColumn<QByteArray>("page");
        for (const char* page : {"pods", "nodes", "events"}) {
            QTest::newRow(page) << QByteArray(page);
        }
    }

private slots:
    void initTestCase() {
        qApp->installTranslator(&plurals_);
        widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false));
    }

    void loadingSaysWhatIsAwaited_data() { addPages(); }
    void loadingSaysWhatIsAwaited() {
        QFETCH(QByteArray, page);
        const Stage stage(clusterWith(page.toStdString(), answers::silence()), authority_, page.toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(stage.console.stateOf("alpha"), ConnectionState::Connected, kLong);
        QCOMPARE(stage.state(), FreshnessState::Loading);
        check(stage.console, QString::fromUtf8(page) + QStringLiteral("-loading"),
              {QStringLiteral("Waiting for the %1 of alpha …").arg(QString::fromUtf8(page))}, nullptr);
    }

    void liveShowsRows_data() { addPages(); }
    void liveShowsRows() {
        QFETCH(QByteArray, page);
        const Stage stage(clusterWith(page.toStdString(), fixtureList(page.toStdString())), authority_,
                          page.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(stage.console.window->page()->isComplete(), kLong);
        check(stage.console, QString::fromUtf8(page) + QStringLiteral("-live"), {QStringLiteral("shown")}, "CSV");
    }

    void emptyIsSaidInOneLineWithAButton_data() { addPages(); }
    void emptyIsSaidInOneLineWithAButton() {
        QFETCH(QByteArray, page);
        const Stage stage(clusterWith(page.toStdString(), emptyList()), authority_, page.toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(stage.state(), FreshnessState::Empty, kLong);
        check(stage.console, QString::fromUtf8(page) + QStringLiteral("-empty"),
              {QStringLiteral("There are no %1.").arg(QString::fromUtf8(page))}, "Try again");
    }

    void aFilterThatHidesAllOffersToClearItself_data() { addPages(); }
    void aFilterThatHidesAllOffersToClearItself() {
        QFETCH(QByteArray, page);
        const Stage stage(clusterWith(page.toStdString(), fixtureList(page.toStdString())), authority_,
                          page.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(stage.console.window->page()->isComplete(), kLong);
        auto* filter = stage.console.part<widgets::FilterLine>("page." + page.toStdString() + ".filter");
        filter->setFocus();
        QTest::keyClicks(filter, QStringLiteral("nothing-like-it"));
        check(stage.console, QString::fromUtf8(page) + QStringLiteral("-filtered"),
              {QStringLiteral("No %1 match the filter.").arg(QString::fromUtf8(page))}, "Clear filter");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(stage.console.window->page()->rows() > 0, kLong);
    }

    void staleKeepsTheRowsAndSaysSince_data() { addPages(); }
    void staleKeepsTheRowsAndSaysSince() {
        QFETCH(QByteArray, page);
        Stage stage(clusterWith(page.toStdString(), fixtureList(page.toStdString())), authority_, page.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(stage.console.window->page()->isComplete(), kLong);
        const int rows = stage.console.window->page()->rows();
        stage.server.reset();
        QTRY_COMPARE_WITH_TIMEOUT(stage.state(), FreshnessState::Stale, kLong);
        check(stage.console, QString::fromUtf8(page) + QStringLiteral("-stale"),
              {QStringLiteral("alpha is stale: last true at")}, "Retry");
        QCOMPARE(stage.console.window->page()->rows(), rows);
    }

    void forbiddenNamesThePermissionAndCopiesARequest_data() { addPages(); }
    void forbiddenNamesThePermissionAndCopiesARequest() {
        QFETCH(QByteArray, page);
        const Stage stage(
            [resource = page.toStdString(), refused = refusal(page.constData())](const auto& request, auto& peer) {
                const auto others = clusterWith(resource, refused);
                const bool version = request.path() == "/version";
                (version ? others : refused)(request, peer);
            },
            authority_, page.toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(stage.state(), FreshnessState::Forbidden, kLong);
        check(stage.console, QString::fromUtf8(page) + QStringLiteral("-forbidden"),
              {QStringLiteral("eeds list"), QString::fromUtf8(page), QStringLiteral("alpha")}, "Copy request");
    }

    void failedGivesTheCauseAndAnotherTry_data() { addPages(); }
    void failedGivesTheCauseAndAnotherTry() {
        QFETCH(QByteArray, page);
        const Stage stage(clusterWith(page.toStdString(), failure()), authority_, page.toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(stage.state(), FreshnessState::Failed, kLong);
        check(stage.console, QString::fromUtf8(page) + QStringLiteral("-failed"),
              {QStringLiteral("could not be loaded (alpha)"), QStringLiteral("etcdserver: request timed out")},
              "Retry");
        // The button does what it says.
        const int asked = stage.server->requestCount("/api/v1/" + page.toStdString());
        QVERIFY(tabReaches(buttonSaying(stage.console.window->page(), QStringLiteral("Retry"))));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(stage.server->requestCount("/api/v1/" + page.toStdString()) > asked, kLong);
    }

    void fleetWithoutAContextWelcomes() {
        FileConsole console;
        console.start({console.write("config", "apiVersion: v1\nkind: Config\n")}, "fleet");
        console.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(console.window.get()));
        check(console, QStringLiteral("fleet-welcome"),
              {QStringLiteral("Welcome to Quarterdeck"), QString::fromStdString(console.path("config"))}, "Look again");
    }

    void fleetTellsHowItsCardsAre_data() {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("button");
        const QString card = QStringLiteral("alpha");
        QTest::newRow("loading") << QStringLiteral("loading") << QStringList{card, QStringLiteral("connecting")}
                                 << QByteArray();
        QTest::newRow("empty") << QStringLiteral("empty")
                               << QStringList{card, QStringLiteral("empty"), QStringLiteral("0 of 0 ready"),
                                              QStringLiteral("1 context live")}
                               << QByteArray();
        QTest::newRow("forbidden") << QStringLiteral("forbidden")
                                   << QStringList{card, QStringLiteral("forbidden"), QStringLiteral("cannot list"),
                                                  QStringLiteral("1 not live")}
                                   << QByteArray();
        QTest::newRow("failed") << QStringLiteral("failed")
                                << QStringList{card, QStringLiteral("etcdserver: request timed out"),
                                               QStringLiteral("1 not live")}
                                << QByteArray("Retry");
    }
    void fleetTellsHowItsCardsAre() {
        QFETCH(QString, state);
        QFETCH(QStringList, words);
        QFETCH(QByteArray, button);
        const HostileServer::Handler healthy = clusterWith("pods", emptyList());
        const HostileServer::Handler bad = state == QStringLiteral("loading")  ? answers::silence()
                                           : state == QStringLiteral("empty")  ? emptyList()
                                           : state == QStringLiteral("failed") ? failure()
                                                                               : refusal("pods");
        const bool silent = state == QStringLiteral("loading");
        const Stage stage(
            [healthy, bad, silent](const auto& request, auto& peer) {
                const bool watch = request.target.find("watch=true") != std::string::npos;
                const bool good = !silent && (request.path() == "/version" || watch);
                (good ? healthy : bad)(request, peer);
            },
            authority_, "fleet");
        check(stage.console, QStringLiteral("fleet-") + state, words, button.isEmpty() ? nullptr : button.constData());
    }

    void fleetSetsThoseApartThatAreNotConnected() {
        const MixedFleet fleet(authority_);
        const FileConsole& console = fleet.console;
        console.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(console.window.get()));
        QTRY_VERIFY_WITH_TIMEOUT(fleet.isSettled(), kLong);
        console.hub->close("shut");
        struct Card {
            const char* context;
            QStringList words;
            const char* button;
        };
        const std::vector<Card> cards{
            {"bakery-ia-staging",
             {QStringLiteral("Signed out"), QStringLiteral("The SSO session has expired")},
             "Sign in again"},
            {"globeco-dr-prod", {QStringLiteral("Unreachable"), QStringLiteral("127.0.0.1")}, "Retry"},
            {"shut", {QStringLiteral("Not connected"), QStringLiteral("signs in with token")}, "Open"},
            {"broken", {QStringLiteral("Cannot be used"), QStringLiteral("[bad")}, nullptr}};
        for (const Card& card : cards) {
            const std::string name = std::string("closed.") + card.context;
            QTRY_VERIFY2_WITH_TIMEOUT(console.part<ui::IdleCard>(name) != nullptr, card.context, kLong);
            auto* idle = console.part<ui::IdleCard>(name);
            for (const QString& part : card.words) {
                QTRY_VERIFY2_WITH_TIMEOUT(wordsOn(idle).contains(part), qPrintable(wordsOn(idle)), kLong);
                QVERIFY2(idle->accessibleName().contains(part), qPrintable(idle->accessibleName()));
            }
            if (card.button != nullptr) {
                auto* button = buttonSaying(idle, QString::fromUtf8(card.button));
                QVERIFY2(button != nullptr, card.context);
                QVERIFY2(tabReaches(button), card.context);
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            console.window->page()->isSettled() &&
                wordsOn(console.part<QWidget>("card.alpha")).contains(QStringLiteral("of 2 ready")),
            kLong);
        // What is wrong is never cut: the whole reason can be read at any size.
        for (const QSize size : {QSize(1280, 720), QSize(1440, 900), QSize(1024, 768)}) {
            console.window->resize(size);
            QTRY_VERIFY_WITH_TIMEOUT(layoutFaults(console.window.get()).isEmpty(), kLong);
            for (const auto* reason : console.window->findChildren<widgets::TextLabel*>()) {
                if (reason->objectName().startsWith(QStringLiteral("closed.")) && reason->isVisible()) {
                    QCOMPARE(reason->elideMode(), Qt::ElideNone);
                    QVERIFY(!reason->text().endsWith(QChar(0x2026)));
                }
            }
        }
        check(console, QStringLiteral("fleet-not-connected"), {QStringLiteral("Not connected")}, nullptr);
    }

    void detailsFitWithEachTab_data() {
        QTest::addColumn<QString>("tab");
        for (const char* tab : {"overview", "yaml", "events", "related"}) {
            QTest::newRow(tab) << QString::fromUtf8(tab);
        }
    }
    void detailsFitWithEachTab() {
        QFETCH(QString, tab);
        const Console console("pods", true, "crash-loop");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(console.cell(0, 1).startsWith(QStringLiteral("orders-service-")), kLong);
        console.openFirstRow();
        auto* drawer = console.window->page()->findChild<widgets::DetailsDrawer*>();
        QTRY_VERIFY(drawer != nullptr && drawer->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(wordsOn(drawer).contains(QStringLiteral("orders-service")), kLong);
        drawer->setCurrentTab(tab);
        if (tab == QStringLiteral("yaml")) {
            QTRY_VERIFY_WITH_TIMEOUT(
                drawer->findChild<widgets::CodeView*>() != nullptr &&
                    drawer->findChild<widgets::CodeView*>()->text().contains(QStringLiteral("kind: Pod")),
                kLong);
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            !wordsOn(drawer).contains(QStringLiteral("Being read")) && console.window->page()->isSettled(), kLong);
        const QStringList faults = faultsInEveryLook(*console.window, QStringLiteral("drawer-") + tab);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void aPodWithASidecarFits() {
        const std::string object = fixtureObject("pods", 0);
        const auto list = fixtureList("pods");
        const Stage stage(
            [served = clusterWith("pods", list), object](const auto& request, auto& peer) {
                if (request.path().ends_with("/orders-api-6c9f7d5b8d-kx7wq")) {
                    peer.json(object);
                } else {
                    served(request, peer);
                }
            },
            authority_, "pods");
        QTRY_VERIFY_WITH_TIMEOUT(stage.console.window->page()->isComplete(), kLong);
        auto* filter = stage.console.part<widgets::FilterLine>("page.pods.filter");
        filter->setFocus();
        QTest::keyClicks(filter, QStringLiteral("kx7wq"));
        QTRY_COMPARE_WITH_TIMEOUT(stage.console.window->page()->rows(), 1, kLong);
        auto* table = stage.console.window->page()->findChild<widgets::TableView*>();
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        auto* drawer = stage.console.window->page()->findChild<widgets::DetailsDrawer*>();
        QTRY_VERIFY(drawer != nullptr && drawer->isVisible());
        QTRY_VERIFY2_WITH_TIMEOUT(wordsOn(drawer).contains(QStringLiteral("Sidecars")), qPrintable(wordsOn(drawer)),
                                  kLong);
        check(stage.console, QStringLiteral("drawer-sidecar"), {QStringLiteral("Sidecars")}, nullptr);
    }

    void anIncidentFits_data() {
        QTest::addColumn<QString>("page");
        for (const char* page : {"pods", "fleet", "nodes", "events"}) {
            QTest::newRow(page) << QString::fromUtf8(page);
        }
    }
    void anIncidentFits() {
        QFETCH(QString, page);
        const bool node = page == QStringLiteral("nodes") || page == QStringLiteral("events");
        const Console console(page.toStdString(), true, node ? "node-not-ready" : "crash-loop");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        if (page == QStringLiteral("pods")) {
            QTRY_VERIFY_WITH_TIMEOUT(console.cell(0, 1).startsWith(QStringLiteral("orders-service-")), kLong);
        } else if (page == QStringLiteral("fleet")) {
            QTRY_VERIFY_WITH_TIMEOUT(wordsOn(console.window->page()).contains(QStringLiteral("1 critical")), kLong);
        }
        const QStringList faults = faultsInEveryLook(*console.window, page + QStringLiteral("-incident"));
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestPageStates)
#include "test_page_states.moc"
