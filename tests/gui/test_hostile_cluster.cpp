// The real main window against servers that misbehave, over TLS and HTTP/2.

#include <QLabel>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "tests/fakes/hostile_server.h"
#include "tests/fakes/http2_front.h"
#include "tests/fakes/pod_json.h"
#include "ui/pages/table/state_banners.h"
#include "ui/windows/main_window.h"
#include "ui/windows/stall_watchdog.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"
#include "widgets/table_view.h"

using namespace quarterdeck;
using fakes::HostileConnection;
using fakes::HostileRequest;
using fakes::HostileServer;
using kube::FreshnessState;
using widgets::StatePanel;
namespace answers = fakes::answers;

namespace {

/// A healthy cluster with one pod.
HostileServer::Handler healthy(const std::string& podName) {
    return answers::pods(fakes::podListJson({podName}));
}

struct Cluster {
    std::string name;
    std::string url;
    std::string caPem;
};

/// The main window on the Pods page, with these clusters open.
class Console {
public:
    explicit Console(const std::vector<Cluster>& clusters, const std::string& page = "pods") {
        std::string text =
            "current-context: " + clusters.front().name + "\nusers: [{name: u, user: {token: CANARY-tok}}]\n";
        std::string contexts = "contexts:\n";
        text += "clusters:\n";
        for (const Cluster& cluster : clusters) {
            const std::string ca = QByteArray::fromStdString(cluster.caPem).toBase64().toStdString();
            text += "- {name: " + cluster.name + ", cluster: {server: \"" + cluster.url + "\"" +
                    (ca.empty() ? "" : ", certificate-authority-data: " + ca) + "}}\n";
            contexts += "- {name: " + cluster.name + ", context: {cluster: " + cluster.name + ", user: u}}\n";
        }
        const std::string file = folder_.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(file) << text << contexts;
        const auto clock = std::make_shared<SystemClock>();
        session::SessionHub::Options options;
        options.kubeconfigPath = file;
        options.clock = clock;
        hub = std::make_unique<session::SessionHub>(std::move(options));
        ui::MainWindow::Options windowOptions;
        windowOptions.clock = clock;
        windowOptions.start.page = page;
        window = std::make_unique<ui::MainWindow>(*hub, std::move(windowOptions));
        window->resize(1280, 720);
        window->show();
        QObject::connect(hub.get(), &session::SessionHub::contextsChanged, window.get(), [this, clusters] {
            for (const Cluster& cluster : clusters) {
                hub->open(cluster.name);
            }
        });
    }
    ~Console() {
        window.reset();
        hub.reset();
    }
    [[nodiscard]] FreshnessState state() const { return window->page()->state(); }
    [[nodiscard]] widgets::TableView* table() const {
        return window->findChild<widgets::TableView*>(QStringLiteral("page.pods.table"));
    }
    [[nodiscard]] StatePanel* panel() const {
        return window->findChild<StatePanel*>(QStringLiteral("page.pods.panel"));
    }
    [[nodiscard]] QStringList banners() const {
        return window->findChild<ui::StateBanners*>(QStringLiteral("page.pods.banners"))->sentences();
    }
    /// Everything a person could read now, tool tips and names for screen readers too.
    [[nodiscard]] QString allText() const {
        QStringList texts;
        for (const QWidget* widget : window->findChildren<QWidget*>()) {
            texts << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
            for (const char* property : {"text", "title", "placeholderText"}) {
                texts << widget->property(property).toString();
            }
        }
        return texts.join(QLatin1Char('\n'));
    }

    QTemporaryDir folder_;
    std::unique_ptr<session::SessionHub> hub;
    std::unique_ptr<ui::MainWindow> window;
};

}  // namespace

class TestHostileCluster : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void rowsOverHttp2TurnStaleWhenTheServerGoesAndLiveWhenItIsBack() {
        auto server = std::make_unique<HostileServer>(healthy("web"));
        const std::uint16_t port = server->port();
        fakes::Http2Front front(port, authority_.server());
        Console console({{"alpha", front.url(), authority_.caPem()}});
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Live, 15'000);
        QTRY_COMPARE(console.table()->model()->rowCount(), 1);
        QVERIFY(console.banners().isEmpty());
        server.reset();
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Stale, 15'000);
        QCOMPARE(console.table()->model()->rowCount(), 1);
        QTRY_COMPARE(console.banners().size(), 1);
        QVERIFY(console.banners().front().contains(QStringLiteral("alpha")));
        server = std::make_unique<HostileServer>(
            healthy("web"), HostileServer::Options{.tls = {}, .clientCaPem = {}, .onConnect = {}, .port = port});
        QTest::keyClick(console.window.get(), Qt::Key_F5);
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Live, 40'000);
        QTRY_VERIFY(console.banners().isEmpty());
    }

    void aForbiddenListSaysWhatIsMissingInsteadOfShowingAnEmptyTable() {
        HostileServer server(answers::kubernetesStatus(403, "Forbidden", "User \"x\" cannot list resource \"pods\""),
                             {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        Console console({{"alpha", server.url(), authority_.caPem()}});
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Forbidden, 15'000);
        QTRY_COMPARE(console.panel()->state(), StatePanel::State::Forbidden);
        QVERIFY(console.panel()->isVisible());
        QVERIFY2(console.allText().contains(QRegularExpression(QStringLiteral("[Nn]eeds list pods"))),
                 qPrintable(console.allText()));
    }

    void aCertificateOfAnotherAuthorityIsExplainedInTheWindow() {
        const fakes::TestAuthority other("Somebody Else");
        HostileServer server(healthy("web"), {.tls = other.server(), .clientCaPem = {}, .onConnect = {}});
        Console console({{"alpha", server.url(), authority_.caPem()}});
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Failed, 15'000);
        QTRY_COMPARE(console.panel()->state(), StatePanel::State::Failed);
        QVERIFY2(console.allText().contains(QStringLiteral("Somebody Else")), qPrintable(console.allText()));
        QCOMPARE(server.requestCount(), 0);
    }

    void aClusterThatNeverAnswersFreezesNeitherTheWindowNorTheOther() {
        HostileServer silent(answers::silence(), {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        HostileServer good(healthy("web"), {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        Console console({{"alpha", good.url(), authority_.caPem()}, {"omega", silent.url(), authority_.caPem()}});
        ui::StallWatchdog watchdog;
        QTRY_COMPARE_WITH_TIMEOUT(console.table()->model()->rowCount(), 1, 15'000);
        QVERIFY(silent.waitForRequests(1));
        QCOMPARE(console.state(), FreshnessState::Loading);  // the worst of its parts; the rows are there all the same
        QVERIFY(console.table()->isVisible());
        console.hub->close("omega");
        QTRY_COMPARE(console.state(), FreshnessState::Live);
        QVERIFY2(watchdog.longestStall() < std::chrono::seconds(1), "the interface thread waited for a cluster");
    }

    void aClusterThatHasNothingIsEmptyAndNotLoading() {
        HostileServer server(
            [](const HostileRequest& request, HostileConnection& peer) {
                if (request.target.find("watch=true") != std::string::npos) {
                    peer.chunkedHead();
                    peer.waitUntilClosed();
                } else {
                    peer.json(R"({"gitVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]})");
                }
            },
            {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        Console console({{"alpha", server.url(), authority_.caPem()}});
        QCOMPARE(console.panel()->state(), StatePanel::State::Loading);
        QTRY_COMPARE_WITH_TIMEOUT(console.state(), FreshnessState::Empty, 15'000);
        QTRY_COMPARE(console.panel()->state(), StatePanel::State::Empty);
    }

    void aRefusedSignInIsSaidOnTheFleetPageAndNoSecretIsShownAnywhere() {
        HostileServer server(answers::kubernetesStatus(401, "Unauthorized", "Unauthorized"),
                             {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        Console console({{"alpha", server.url(), authority_.caPem()}}, "fleet");
        QTRY_VERIFY_WITH_TIMEOUT(console.hub->session("alpha") != nullptr, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(console.hub->session("alpha")->status().state, session::ConnectionState::SignedOut,
                                  15'000);
        QTRY_VERIFY2(console.allText().contains(QStringLiteral("does not accept the sign-in")),
                     qPrintable(console.allText()));
        QVERIFY(server.log().front().header("Authorization").find("CANARY") != std::string::npos);
        QVERIFY(!console.allText().contains(QStringLiteral("CANARY")));
    }
};

QTEST_MAIN(TestHostileCluster)
#include "test_hostile_cluster.moc"
