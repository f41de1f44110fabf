#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/kinds/registry.h"
#include "app/kube/kube_client.h"
#include "app/session/cluster_session.h"
#include "app/session/reaper.h"
#include "app/session/session_hub.h"
#include "tests/fakes/hostile_server.h"
#include "tests/fakes/pod_json.h"

using namespace quarterdeck;
using namespace quarterdeck::session;
using kube::FreshnessState;
namespace answers = fakes::answers;

namespace {

constexpr const char* kVersion = R"({"gitVersion":"v1.32.2","platform":"linux/amd64"})";

/// Lists one pod and keeps the watch open.
fakes::HostileServer::Handler healthyCluster(const std::string& podName) {
    return [podName](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
        if (request.path() == "/version") {
            peer.json(kVersion);
        } else if (request.target.find("watch=true") != std::string::npos) {
            peer.chunkedHead();
            peer.waitUntilClosed();
        } else {
            peer.json(fakes::podListJson({podName}));
        }
    };
}

class Rig {
public:
    Rig() { QVERIFY(folder_.isValid()); }
    std::string path() const { return folder_.filePath(QStringLiteral("config")).toStdString(); }
    void write(const std::vector<std::pair<std::string, std::string>>& contexts) {
        std::string text = "apiVersion: v1\nkind: Config\ncurrent-context: " +
                           (contexts.empty() ? std::string("none") : contexts.front().first) + "\nclusters:\n";
        for (const auto& [name, server] : contexts) {
            text += "- {name: " + name + ", cluster: {server: \"" + server + "\"}}\n";
        }
        text += "contexts:\n";
        for (const auto& [name, server] : contexts) {
            text += "- {name: " + name + ", context: {cluster: " + name + ", namespace: shop}}\n";
        }
        writeText(text);
    }
    void writeText(const std::string& text) {
        QFile file(QString::fromStdString(path()));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text.data(), static_cast<qint64>(text.size()));
    }
    SessionHub::Options options() const {
        SessionHub::Options made;
        made.kubeconfigPath = path();
        made.clock = std::make_shared<SystemClock>();
        made.reloadQuiet = std::chrono::milliseconds(20);
        return made;
    }

private:
    QTemporaryDir folder_;
};

}  // namespace

class TestSessionHub : public QObject {
    Q_OBJECT

private slots:
    void contextsAreReadWithoutBlockingAndTold() {
        Rig rig;
        rig.write({{"alpha-prod", "http://127.0.0.1:1"}, {"beta", "http://127.0.0.1:1"}});
        SessionHub hub(rig.options());
        QVERIFY(!hub.loaded());
        QTRY_VERIFY(hub.loaded());
        QCOMPARE(hub.contexts().size(), std::size_t{2});
        QVERIFY(hub.context("alpha-prod")->production);
        QVERIFY(hub.context("alpha-prod")->current);
        QVERIFY(!hub.context("beta")->production);
        QVERIFY(hub.sessions().empty());
    }

    void atTheStartTheFilesCanBeAwaitedWithoutAnEventLoop() {
        Rig rig;
        rig.write({{"alpha", "http://127.0.0.1:1"}});
        SessionHub hub(rig.options());
        int told = 0;
        connect(&hub, &SessionHub::contextsChanged, this, [&] { ++told; });
        hub.awaitFiles(std::chrono::seconds(30));
        QVERIFY(hub.loaded());
        QCOMPARE(hub.contexts().size(), std::size_t{1});
        QCoreApplication::processEvents();
        QCOMPARE(told, 1);  // not again when the event loop comes to it
    }

    void filesThatDoNotComeAreNotAwaitedForever() {
        Rig rig;
        QCOMPARE(::mkfifo(rig.path().c_str(), 0600), 0);
        const int writer = ::open(rig.path().c_str(), O_RDWR | O_CLOEXEC);  // and says nothing
        QVERIFY(writer >= 0);
        SessionHub hub(rig.options());
        hub.awaitFiles(std::chrono::milliseconds(20));
        QVERIFY(!hub.loaded());
        ::close(writer);
        QTRY_VERIFY_WITH_TIMEOUT(hub.loaded(), 30'000);
    }

    void anOpenContextConnectsAndItsPodsArrive() {
        fakes::HostileServer server(healthyCluster("web"));
        Rig rig;
        rig.write({{"alpha", server.url()}});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        ClusterSession* session = hub.open("alpha");
        QVERIFY(session != nullptr);
        const auto store = session->store(*kinds::findKind("pods"));
        QTRY_COMPARE(store->freshness().state, FreshnessState::Live);
        QCOMPARE(store->size(), std::size_t{1});
        QTRY_COMPARE(session->status().state, ConnectionState::Connected);
        QCOMPARE(session->status().serverVersion, std::string("v1.32.2"));
    }

    void aClusterThatNeverAnswersDelaysNoOther() {
        fakes::HostileServer silent(answers::silence());
        fakes::HostileServer healthy(healthyCluster("web"));
        Rig rig;
        rig.write({{"silent", silent.url()}, {"healthy", healthy.url()}});
        QElapsedTimer closing;
        {
            SessionHub hub(rig.options());
            QTRY_VERIFY(hub.loaded());
            const auto stuck = hub.open("silent")->store(*kinds::findKind("pods"));
            const auto good = hub.open("healthy")->store(*kinds::findKind("pods"));
            QTRY_COMPARE(good->freshness().state, FreshnessState::Live);
            QCOMPARE(stuck->freshness().state, FreshnessState::Loading);
            QCOMPARE(hub.session("silent")->status().state, ConnectionState::Connecting);
            closing.start();
            hub.close("silent");
            QVERIFY2(closing.elapsed() < 200, "closing a stuck context held the calling thread");
        }
    }

    void aServerThatRefusesConnectionsIsUnreachableAndSaysHowToGoOn() {
        fakes::HostileServer server(healthyCluster("web"));
        Rig rig;
        rig.write({{"alpha", server.url()}});
        server.stop();
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        ClusterSession* session = hub.open("alpha");
        QTRY_COMPARE(session->status().state, ConnectionState::Unreachable);
        const std::string text = describe(*session->status().error);
        QVERIFY2(text.find("127.0.0.1") != std::string::npos && text.find("retry") != std::string::npos, text.c_str());
    }

    void aReplacedKubeconfigIsReadAgainAndAnUnchangedContextStaysOpen() {
        fakes::HostileServer server(healthyCluster("web"));
        Rig rig;
        rig.write({{"alpha", server.url()}});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        ClusterSession* before = hub.open("alpha");
        rig.write({{"alpha", server.url()}, {"beta", "http://127.0.0.1:1"}});
        QTRY_COMPARE(hub.contexts().size(), std::size_t{2});
        QCOMPARE(hub.session("alpha"), before);
    }

    void aContextWhoseServerChangedIsOpenedAnew() {
        fakes::HostileServer first(healthyCluster("one"));
        fakes::HostileServer second(healthyCluster("two"));
        Rig rig;
        rig.write({{"alpha", first.url()}});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        hub.open("alpha");
        QSignalSpy closing(&hub, &SessionHub::sessionClosing);
        rig.write({{"alpha", second.url()}});
        QTRY_COMPARE(closing.size(), 1);
        const auto store = hub.session("alpha")->store(*kinds::findKind("pods"));
        QTRY_COMPARE(store->size(), std::size_t{1});
        QCOMPARE(store->snapshot().front()->meta.name, std::string("two"));
    }

    void aZeroedKubeconfigCostsNobodyTheirView() {
        fakes::HostileServer server(healthyCluster("web"));
        Rig rig;
        rig.write({{"alpha", server.url()}});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        const auto store = hub.open("alpha")->store(*kinds::findKind("pods"));
        QTRY_COMPARE(store->freshness().state, FreshnessState::Live);
        rig.writeText("");
        QTRY_VERIFY(hub.context("alpha") != nullptr && !hub.context("alpha")->errors.empty());
        QVERIFY(hub.context("alpha")->errors.front().is(kContextGone));
        QCOMPARE(store->freshness().state, FreshnessState::Live);
        rig.write({{"alpha", server.url()}});
        QTRY_VERIFY(hub.context("alpha")->errors.empty());
    }

    void anUnusableContextIsNotOpenedAndAllItsErrorsAreListed() {
        Rig rig;
        rig.writeText("apiVersion: v1\nkind: Config\ncontexts:\n- {name: x, context: {cluster: c, user: u}}\n");
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        QVERIFY(hub.context("x")->errors.size() >= 2);
        QCOMPARE(hub.open("x"), nullptr);
    }

    void productionStartsLockedAndALockedContextRefusesEveryWrite() {
        std::atomic<int> writes{0};
        fakes::HostileServer server([&](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
            writes += request.method == "DELETE" ? 1 : 0;
            healthyCluster("web")(request, peer);
        });
        Rig rig;
        rig.write({{"shop-prod", server.url()}, {"shop-test", server.url()}});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        QVERIFY(hub.open("shop-prod")->locked());
        QVERIFY(!hub.open("shop-test")->locked());
        const auto removeIt = [&](const char* context) {
            http::Request request;
            request.method = "DELETE";
            request.target = "/api/v1/namespaces/shop/pods/web";
            request.effect = http::Effect::Write;
            const auto client = hub.session(context)->client();
            std::optional<Result<http::Response>> answer;
            std::jthread([&](const std::stop_token& stop) { answer = client->channel().send(request, stop); }).join();
            return *answer;
        };
        const auto refused = removeIt("shop-prod");
        QVERIFY(!refused.has_value());
        QVERIFY2(describe(refused.error()).find("shop-prod") != std::string::npos, describe(refused.error()).c_str());
        QCOMPARE(writes.load(), 0);
        QVERIFY(removeIt("shop-test").has_value());
        QCOMPARE(writes.load(), 1);

        QSignalSpy told(&hub, &SessionHub::lockChanged);
        hub.setLocked("shop-prod", false);
        QVERIFY(removeIt("shop-prod").has_value());
        QCOMPARE(writes.load(), 2);
        hub.setLocked("shop-prod", true);
        QVERIFY(!removeIt("shop-prod").has_value());
        QCOMPARE(writes.load(), 2);
        hub.setLocked("shop-prod", true);
        QCOMPARE(told.size(), 2);
    }

    void whatThePersonDecidedAboutAClusterHolds() {
        Rig rig;
        rig.write({{"shop-prod", "http://127.0.0.1:1"}, {"shop-test", "http://127.0.0.1:2"}});
        SessionHub::Options options = rig.options();
        std::vector<std::string> asked;
        options.settingsOf = [&](const std::string& key) {
            asked.push_back(key);
            settings::ContextSettings decided;
            decided.production = key == settings::clusterKey("http://127.0.0.1:2", "");
            decided.locked = false;
            return decided;
        };
        SessionHub hub(std::move(options));
        QTRY_VERIFY(hub.loaded());
        QVERIFY(!hub.context("shop-prod")->production);
        QVERIFY(hub.context("shop-test")->production);
        QCOMPARE(hub.context("shop-test")->clusterKey, settings::clusterKey("http://127.0.0.1:2", ""));
        QVERIFY(!hub.open("shop-test")->locked());
        QVERIFY(!asked.empty());
    }

    void theMarkOfProductionIsThatOfTheCluster() {
        fakes::HostileServer server(healthyCluster("web"));
        Rig rig;
        rig.write({{"alpha", server.url()}, {"twin", server.url()}, {"other", "http://127.0.0.1:1"}});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        hub.open("twin");
        QSignalSpy told(&hub, &SessionHub::productionChanged);
        hub.setProduction("alpha", true);
        QCOMPARE(told.size(), 2);
        QVERIFY(hub.context("twin")->production);
        QVERIFY(hub.session("twin")->locked());
        QVERIFY(!hub.context("other")->production);
        hub.setProduction("twin", false);
        QVERIFY(!hub.context("alpha")->production);
        QVERIFY(hub.session("twin")->locked());
    }

    void aContextThatIsProductionAfterItsFileChangedIsLocked() {
        fakes::HostileServer server(healthyCluster("web"));
        Rig rig;
        rig.write({{"alpha", server.url()}});
        bool production = false;
        SessionHub::Options options = rig.options();
        options.settingsOf = [&production](const std::string&) {
            settings::ContextSettings decided;
            decided.production = production;
            return decided;
        };
        SessionHub hub(std::move(options));
        QTRY_VERIFY(hub.loaded());
        QVERIFY(!hub.open("alpha")->locked());
        production = true;
        rig.write({{"alpha", server.url()}, {"beta", "http://127.0.0.1:1"}});
        hub.reload();
        QTRY_VERIFY(hub.context("beta") != nullptr);
        QVERIFY(hub.session("alpha")->locked());
    }

    void whatBecomesProductionRefusesWritesAtOnce() {
        fakes::HostileServer server(healthyCluster("web"));
        Rig rig;
        rig.write({{"alpha", server.url()}});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        hub.open("alpha");
        QVERIFY(!hub.session("alpha")->locked());
        QSignalSpy told(&hub, &SessionHub::productionChanged);
        hub.setProduction("alpha", true);
        QVERIFY(hub.context("alpha")->production);
        QVERIFY(hub.session("alpha")->locked());
        hub.setProduction("alpha", true);  // nothing new
        hub.setProduction("nowhere", true);
        QCOMPARE(told.size(), 1);
        hub.setProduction("alpha", false);
        QVERIFY(!hub.context("alpha")->production);
        QVERIFY(hub.session("alpha")->locked());
    }

    void theLockSurvivesAChangedKubeconfig() {
        Rig rig;
        rig.write({{"alpha", "http://127.0.0.1:1"}});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        hub.open("alpha");
        hub.setLocked("alpha", true);
        QSignalSpy closing(&hub, &SessionHub::sessionClosing);
        rig.write({{"alpha", "http://127.0.0.1:2"}});
        QTRY_COMPARE(closing.size(), 1);
        QVERIFY(hub.session("alpha")->locked());
    }

    void aSessionTellsHowFarEachKindCanBeTrusted() {
        fakes::HostileServer server(healthyCluster("web"));
        Rig rig;
        rig.write({{"alpha", server.url()}});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        ClusterSession* session = hub.open("alpha");
        QVERIFY(session->stores().empty());
        const auto store = session->store(*kinds::findKind("pods"));
        QTRY_COMPARE(session->stores().front().freshness.state, FreshnessState::Live);
        QCOMPARE(session->stores().front().type.resource, std::string("pods"));
        QCOMPARE(session->stores().front().objects, std::size_t{1});
    }

    void aStoreThatNobodyHoldsEndsItsWatchAfterTheGrace() {
        std::atomic<int> watching{0};
        fakes::HostileServer server([&](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
            const bool watch = request.target.find("watch=true") != std::string::npos;
            watching += watch ? 1 : 0;
            healthyCluster("web")(request, peer);
            watching -= watch ? 1 : 0;
        });
        ClusterSession::Options options;
        options.context = "alpha";
        options.serverUrl = server.url();
        const auto clock = std::make_shared<SystemClock>();
        options.clock = clock;
        options.random = [] { return 0.5; };
        options.times.storeGrace = std::chrono::milliseconds(0);
        options.factory = [&server, clock]() -> Result<std::shared_ptr<http::HttpTransport>> {
            http::Endpoint endpoint;
            endpoint.serverUrl = server.url();
            endpoint.label = "alpha";
            return std::make_shared<http::HttpTransport>(endpoint, nullptr, clock);
        };
        ClusterSession session(options, std::make_shared<Reaper>());
        auto store = session.store(*kinds::findKind("pods"));
        QTRY_COMPARE(store->freshness().state, FreshnessState::Live);
        QTRY_COMPARE(watching.load(), 1);
        store.reset();
        QTRY_COMPARE_WITH_TIMEOUT(watching.load(), 0, 15'000);
    }
};

QTEST_GUILESS_MAIN(TestSessionHub)
#include "test_session_hub.moc"
