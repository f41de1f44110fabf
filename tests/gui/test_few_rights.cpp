// The real main window for people with few rights, and for a machine whose clock is wrong.
#include <QAbstractButton>
#include <QLineEdit>
#include <QListWidget>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "app/base/time_text.h"
#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "tests/fakes/limited_cluster.h"
#include "tests/gui/state_stage.h"
#include "ui/pages/table/state_banners.h"
#include "ui/windows/connection_facts.h"
#include "ui/windows/main_window.h"
#include "widgets/label.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"
#include "widgets/table_view.h"

using namespace quarterdeck;
using namespace std::chrono_literals;
using fakes::HostileServer;
using fakes::LimitedCluster;
using kube::FreshnessState;
using widgets::StatePanel;

namespace {

constexpr int kPatience = 60'000;

/// The main window on the Pods page; one context, jane's, whose own namespace is shop.
class Console {
public:
    Console(const HostileServer& server, const fakes::TestAuthority& authority,
            std::function<settings::ContextSettings(const std::string&)> settingsOf = {}) {
        const std::string ca = QByteArray::fromStdString(authority.caPem()).toBase64().toStdString();
        const std::string file = folder_.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(file) << "current-context: alpha\nusers: [{name: u, user: {token: CANARY-tok}}]\n"
                               "clusters: [{name: c, cluster: {server: '"
                            << server.url() << "', certificate-authority-data: " << ca
                            << "}}]\ncontexts: [{name: alpha, context: {cluster: c, user: u, namespace: shop}}]\n";
        session::SessionHub::Options options;
        options.kubeconfigPath = file;
        options.clock = clock;
        options.settingsOf = std::move(settingsOf);
        hub = std::make_unique<session::SessionHub>(std::move(options));
        ui::MainWindow::Options windowOptions;
        windowOptions.clock = clock;
        windowOptions.start.page = "pods";
        window = std::make_unique<ui::MainWindow>(*hub, std::move(windowOptions));
        window->resize(1280, 720);
        window->show();
        QObject::connect(hub.get(), &session::SessionHub::contextsChanged, window.get(),
                         [this] { hub->open("alpha"); });
    }
    ~Console() {
        window.reset();
        hub.reset();
    }
    template <class T>
    [[nodiscard]] T* part(const char* name) const {
        return window->findChild<T*>(QString::fromUtf8(name));
    }
    [[nodiscard]] FreshnessState state() const { return window->page()->state(); }
    [[nodiscard]] QStringList names() const {
        const auto* model = part<widgets::TableView>("page.pods.table")->model();
        QStringList all;
        for (int row = 0; row < model->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < model->columnCount(); ++column) {
                cells += model->index(row, column).data().toString();
            }
            all += cells.join(QLatin1Char('|'));
        }
        return all;
    }
    [[nodiscard]] bool shows(const char* pod) const { return names().filter(QString::fromUtf8(pod)).size() == 1; }
    /// Types a namespace into the box above and presses Enter.
    void type(const char* nameSpace) const {
        QTest::mouseClick(part<QAbstractButton>("topbar.namespaces"), Qt::LeftButton);
        auto* typed = part<QLineEdit>("namespaces.type");
        QTRY_VERIFY(typed->isVisible());
        typed->clear();
        QTest::keyClicks(typed, QString::fromUtf8(nameSpace));
        QTest::keyClick(typed, Qt::Key_Return);
    }
    /// Everything that banners and the panel say now.
    [[nodiscard]] QString said() const {
        QStringList texts;
        for (const auto* label : window->page()->findChildren<QLabel*>()) {
            if (label->isVisible()) {
                texts += label->text();
            }
        }
        return texts.join(QLatin1Char('\n'));
    }

    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
    std::unique_ptr<session::SessionHub> hub;
    std::unique_ptr<ui::MainWindow> window;

private:
    QTemporaryDir folder_;
};

}  // namespace

class TestFewRights : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;

    HostileServer::Options tls() const { return {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}}; }

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void podsOfTheOwnNamespaceAreShownToWhomMayNotListAll() {
        LimitedCluster cluster(
            LimitedCluster::Pods{{"shop", {"web-1"}}, {"bakery", {"oven-1"}}, {"vault", {"safe-1"}}});
        cluster.allow("shop");
        const HostileServer server(cluster.handler(), tls());
        const Console console(server, authority_);
        QTRY_VERIFY_WITH_TIMEOUT(console.shows("web-1"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Live, kPatience);
        QCOMPARE(console.names().size(), 1);
        QVERIFY(console.part<widgets::TableView>("page.pods.table")->isVisible());
        const auto* banners = console.part<ui::StateBanners>("page.pods.banners");
        QTRY_COMPARE(banners->sentences(), QStringList{QStringLiteral("alpha is shown in part")});
        QTRY_VERIFY2(console.said().contains(QStringLiteral("Only namespace shop of context alpha can be shown")),
                     qPrintable(console.said()));
    }

    void theForbiddenNamespaceIsNamedWithTheMissingVerb() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web-1"}}, {"bakery", {"oven-1"}}});
        cluster.allow("shop");
        cluster.allowNamespaceList(true);
        const HostileServer server(cluster.handler(), tls());
        const Console console(server, authority_);
        QTRY_VERIFY_WITH_TIMEOUT(console.shows("web-1"), kPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(
            console.said().contains(QStringLiteral("Needs list and watch on pods in namespace bakery")),
            qPrintable(console.said()), kPatience);
    }

    void whoMayNotWatchSeesTheListAndWhatIsMissing() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web-1"}}, {"bakery", {"oven-1"}}});
        cluster.allow(LimitedCluster::kEverywhere, {"list"});
        const HostileServer server(cluster.handler(), tls());
        const Console console(server, authority_);
        QTRY_VERIFY_WITH_TIMEOUT(console.shows("web-1") && console.shows("oven-1"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Stale, kPatience);
        const auto* banners = console.part<ui::StateBanners>("page.pods.banners");
        QTRY_COMPARE(banners->sentences().size(), 1);
        QVERIFY(banners->sentences().front().startsWith(QStringLiteral("alpha is stale: last true at")));
        QTRY_VERIFY2(console.said().contains(QStringLiteral("Needs watch pods in all namespaces (context alpha)")),
                     qPrintable(console.said()));
    }

    void anEmptyListWithoutAWatchIsNotCalledAFailure_data() {
        QTest::addColumn<QByteArray>("where");
        QTest::addColumn<QString>("missing");
        QTest::newRow("everywhere") << QByteArray(LimitedCluster::kEverywhere)
                                    << QStringLiteral("Needs watch pods in all namespaces");
        QTest::newRow("in a namespace") << QByteArray("shop")
                                        << QStringLiteral("Needs watch on pods in namespace shop");
    }
    void anEmptyListWithoutAWatchIsNotCalledAFailure() {
        QFETCH(QByteArray, where);
        QFETCH(QString, missing);
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {}}});
        cluster.allow(where.toStdString(), {"list"});
        const HostileServer server(cluster.handler(), tls());
        const Console console(server, authority_);
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Stale, kPatience);
        const auto* panel = console.part<StatePanel>("page.pods.panel");
        QTRY_COMPARE_WITH_TIMEOUT(panel->state(), StatePanel::State::Empty, kPatience);
        QVERIFY2(console.said().contains(missing), qPrintable(console.said()));
    }

    void whatCanOnlyBeListedHasATableThatIsReadNowAndThen() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web-1"}}, {"bakery", {"oven-1"}}});
        cluster.allow(LimitedCluster::kEverywhere);
        cluster.serveMetrics(true);
        const HostileServer server(cluster.handler(), tls());
        const Console console(server, authority_);
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Live, kPatience);
        ui::Location place;
        place.page = "kind";
        place.resource = "pods.metrics.k8s.io";
        console.window->go(place);
        QTRY_COMPARE_WITH_TIMEOUT(console.window->page()->rows(), 2, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Live, kPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(console.said().contains(QStringLiteral("offers no watch of pods.metrics.k8s.io")) &&
                                      console.said().contains(QStringLiteral("alpha is read now and then")),
                                  qPrintable(console.said()), kPatience);
        const QStringList faults = gui_tests::faultsInEveryLook(*console.window, QStringLiteral("kind-polled"));
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        cluster.addPod("shop", "till-1");
        console.hub->session("alpha")->retry();
        QTRY_COMPARE_WITH_TIMEOUT(console.window->page()->rows(), 3, kPatience);
        for (const fakes::HostileRequest& request : server.log()) {
            QVERIFY2(!request.path().starts_with("/apis/metrics.k8s.io/") ||
                         request.target.find("watch=true") == std::string::npos,
                     request.target.c_str());
        }
    }

    void whoMayNotListNamespacesTypesTheName() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web-1"}}, {"bakery", {"oven-1"}}});
        cluster.allow("bakery");
        const HostileServer server(cluster.handler(), tls());
        const Console console(server, authority_);
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Forbidden, kPatience);
        auto* panel = console.part<StatePanel>("page.pods.panel");
        QTRY_COMPARE(panel->state(), StatePanel::State::Forbidden);
        QTRY_VERIFY2_WITH_TIMEOUT(console.said().contains(QStringLiteral("type their names into the namespace box")),
                                  qPrintable(console.said()), kPatience);
        console.type("bakery");
        QTRY_VERIFY_WITH_TIMEOUT(console.shows("oven-1"), kPatience);
        QCOMPARE(console.window->location().namespaces, std::vector<std::string>{"bakery"});
        // The box says why it cannot offer more, and offers what is known: the own namespace and the typed one.
        QTest::mouseClick(console.part<QAbstractButton>("topbar.namespaces"), Qt::LeftButton);
        auto* note = console.part<widgets::TextLabel>("namespaces.note");
        QTRY_VERIFY_WITH_TIMEOUT(note->isVisible(), kPatience);
        QVERIFY2(note->text().contains(QStringLiteral("You may not list the namespaces of alpha")),
                 qPrintable(note->text()));
        const auto* list = console.part<QListWidget>("namespaces.list");
        QTRY_COMPARE_WITH_TIMEOUT(list->count(), 2, kPatience);
        QCOMPARE(list->item(0)->text(), QStringLiteral("bakery"));
        QCOMPARE(list->item(1)->text(), QStringLiteral("shop"));
        // For the next time.
        QCOMPARE(console.hub->session("alpha")->namespacesToRemember(), (std::vector<std::string>{"shop", "bakery"}));
    }

    void aTypedNamespaceThatIsForbiddenIsNotCalledEmpty() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web-1"}}, {"bakery", {"oven-1"}}});
        cluster.allow("shop");
        const HostileServer server(cluster.handler(), tls());
        const Console console(server, authority_);
        QTRY_VERIFY_WITH_TIMEOUT(console.shows("web-1"), kPatience);
        console.type("bakery");
        auto* panel = console.part<StatePanel>("page.pods.panel");
        QTRY_COMPARE_WITH_TIMEOUT(panel->state(), StatePanel::State::Forbidden, kPatience);
        QVERIFY(panel->isVisible());
        QVERIFY2(
            console.said().contains(QStringLiteral("Needs list and watch pods in namespace bakery in context alpha")),
            qPrintable(console.said()));
    }

    void namespacesOfTheSettingsAreShownFromTheStart() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web-1"}}, {"bakery", {"oven-1"}}});
        cluster.allow("bakery");
        const HostileServer server(cluster.handler(), tls());
        settings::ContextSettings decided;
        decided.namespaces = {"bakery"};
        const Console console(server, authority_, [decided](const std::string&) { return decided; });
        QTRY_VERIFY_WITH_TIMEOUT(console.shows("oven-1"), kPatience);
    }

    void whatCannotBeANamespaceIsSaidAndNotTaken() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web-1"}}});
        cluster.allow(LimitedCluster::kEverywhere);
        cluster.allowNamespaceList(true);
        const HostileServer server(cluster.handler(), tls());
        const Console console(server, authority_);
        QTRY_VERIFY_WITH_TIMEOUT(console.shows("web-1"), kPatience);
        console.type("Shop_1");
        auto* note = console.part<widgets::TextLabel>("namespaces.note");
        QTRY_VERIFY(note->isVisible());
        QVERIFY2(note->text().contains(QStringLiteral("Shop_1 cannot be a namespace")), qPrintable(note->text()));
        QVERIFY(console.window->location().namespaces.empty());
        console.part<QLineEdit>("namespaces.type")->clear();
        QTRY_VERIFY(!note->isVisible());
    }

    void aClockThatIsWrongIsToldAmongTheFactsOfTheConnection_data() {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("expected");
        QTest::newRow("right") << 0 << QString();
        QTest::newRow("a little") << 40 << QString();
        QTest::newRow("behind") << 630 << QStringLiteral("this machine's is 10m behind the server's");
        QTest::newRow("ahead") << -7230 << QStringLiteral("this machine's is 120m ahead of the server's");
    }
    void aClockThatIsWrongIsToldAmongTheFactsOfTheConnection() {
        QFETCH(int, seconds);
        QFETCH(QString, expected);
        const auto truth = std::chrono::system_clock::now() + std::chrono::seconds(seconds);
        const HostileServer server(
            [&](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
                const QString date = QLocale::c().toString(
                    QDateTime::fromSecsSinceEpoch(std::chrono::system_clock::to_time_t(truth), Qt::UTC),
                    QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
                if (request.path() == "/version") {
                    peer.answer(200, "application/json", R"({"gitVersion":"v1.34.0"})", {{"Date", date.toStdString()}});
                } else {
                    peer.waitUntilClosed();
                }
            },
            tls());
        const Console console(server, authority_);
        QTRY_VERIFY_WITH_TIMEOUT(
            console.hub->session("alpha") != nullptr && console.hub->session("alpha")->clockOffset().has_value(),
            kPatience);
        const auto facts = ui::connectionFacts(*console.hub, console.clock->now(), ui::ZoneChoice::Utc);
        QString told;
        for (const ui::ConnectionFact& fact : facts.at(0).facts) {
            told += fact.key == QStringLiteral("Clock") ? fact.value : QString();
        }
        QCOMPARE(told.left(expected.size()), expected);
        QCOMPARE(told.isEmpty(), expected.isEmpty());
    }
};

QTEST_MAIN(TestFewRights)
#include "test_few_rights.moc"
