// What a desktop client meets, from the transport to the store: each fault ends in a state and a sentence that names
// what failed, where, why and what to do next; rows that were there stay; no secret appears.

#include <QTest>

#include "app/http/transport.h"
#include "app/kinds/registry.h"
#include "app/session/live_store.h"
#include "tests/fakes/hostile_server.h"
#include "tests/fakes/pod_json.h"

using namespace quarterdeck;
using namespace std::chrono_literals;
using fakes::HostileConnection;
using fakes::HostileRequest;
using fakes::HostileServer;
using kube::FreshnessState;
namespace answers = fakes::answers;

namespace {

bool isWatch(const HostileRequest& request) {
    return request.target.find("watch=true") != std::string::npos;
}

class TokenSource final : public http::CredentialSource {
public:
    Result<http::Credential> current(std::stop_token) override {
        http::Credential credential;
        credential.bearerToken = Secret("CANARY-bearer-token");
        return credential;
    }
    Result<std::optional<http::Credential>> renewAfterRejection(const http::Credential&, std::stop_token) override {
        return std::optional<http::Credential>();
    }
};

/// A pod store over the real transport, with times so short that a test does not wait for them.
class Rig {
public:
    Rig(const std::string& url, const std::string& caPem) {
        http::Endpoint endpoint;
        endpoint.serverUrl = url;
        endpoint.caPem = caPem;
        endpoint.label = "fault-test";
        http::TransportOptions transport;
        transport.slowLimit = 1s;
        kube::Reflector::Options options;
        options.context = "fault-test";
        options.clock = clock_;
        options.random = [] { return 0.5; };
        options.timing.backoff = {5ms, 20ms, 5ms};
        options.timing.deniedPause = 20ms;
        options.timing.loginPause = 1h;
        options.timing.maxListBytes = std::size_t{4} << 20U;
        options.timing.listTimeout = 20s;
        live_ = std::make_unique<session::LiveStore>(
            std::make_shared<http::HttpTransport>(endpoint, std::make_shared<TokenSource>(), clock_, transport),
            *kinds::findKind("pods"), std::make_shared<StringPool>(), std::move(options));
    }
    [[nodiscard]] kube::ObjectStore& store() const { return *live_->store(); }
    [[nodiscard]] kube::Freshness freshness() const { return store().freshness(); }
    [[nodiscard]] FreshnessState state() const { return freshness().state; }
    [[nodiscard]] QString reason() const {
        const auto freshness = store().freshness();
        return freshness.reason ? QString::fromStdString(describe(*freshness.reason)) : QString();
    }
    void retry() { live_->retryNow(); }

private:
    std::shared_ptr<SystemClock> clock_ = std::make_shared<SystemClock>();
    std::unique_ptr<session::LiveStore> live_;
};

HostileServer::Handler status(int code, const char* message,
                              std::vector<std::pair<std::string, std::string>> headers = {}) {
    return answers::kubernetesStatus(code, "Reason", message, std::move(headers));
}

}  // namespace

Q_DECLARE_METATYPE(std::function<void(const HostileRequest&, HostileConnection&)>)

class TestFaults : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;

    void checkSentence(const QString& text, const QStringList& parts) {
        for (const QString& part : parts) {
            QVERIFY2(text.contains(part), qPrintable(QStringLiteral("no \"%1\" in: %2").arg(part, text)));
        }
        QVERIFY2(!text.contains(QStringLiteral("CANARY")), qPrintable(text));
    }

private slots:
    void anAnswerThatIsNoListFailsWithItsReason_data() {
        using Handler = HostileServer::Handler;
        QTest::addColumn<Handler>("handler");
        QTest::addColumn<int>("state");
        QTest::addColumn<QStringList>("parts");
        const auto failed = static_cast<int>(FreshnessState::Failed);
        const auto words = [](std::initializer_list<const char*> list) {
            QStringList all;
            for (const char* word : list) {
                all.append(QString::fromUtf8(word));
            }
            return all;
        };
        QTest::newRow("401") << status(401, "Unauthorized") << failed
                             << words({"fault-test", "401", "pods in all namespaces", "Log in again"});
        QTest::newRow("403") << status(403, "User \"x\" cannot list pods")
                             << static_cast<int>(FreshnessState::Forbidden)
                             << words({"Needs list pods in all namespaces", "fault-test", "administrator"});
        QTest::newRow("404") << status(404, "page not found") << failed << words({"404", "pods", "fault-test"});
        QTest::newRow("429 with Retry-After")
            << status(429, "slow down", {{"Retry-After", "2"}}) << failed << words({"429", "2 s", "slow down"});
        QTest::newRow("500") << status(500, "etcdserver: leader changed") << failed
                             << words({"500", "leader changed", "tried again"});
        QTest::newRow("503") << status(503, "apiserver is shutting down") << failed << words({"503", "shutting down"});
        QTest::newRow("HTML with 200") << answers::html() << failed << words({"web page", "login page", "fault-test"});
        QTest::newRow("HTML with 502") << answers::html(502) << failed << words({"web page", "502"});
        QTest::newRow("half a list") << answers::json(fakes::podListJson({"web"}).substr(
                                            0, fakes::podListJson({"web"}).size() - 9))
                                     << failed << words({"cannot be read", "pods", "fault-test", "tried again"});
        QTest::newRow("a cut list") << answers::cutBody(5000, fakes::podListJson({"web"}).substr(0, 60)) << failed
                                    << words({"cut in the middle", "fault-test"});
        QTest::newRow("an answer without end") << answers::endlessChunks(std::string(65536, ' ')) << failed
                                               << words({"larger than", "fault-test", "fewer namespaces"});
        QTest::newRow("one byte a second") << answers::byteByByte(fakes::podListJson({"web"}), 300ms) << failed
                                           << words({"almost nothing", "fault-test"});
        QTest::newRow("not HTTP") << answers::notHttp() << failed
                                  << words({"does not speak proper HTTP", "fault-test"});
    }
    void anAnswerThatIsNoListFailsWithItsReason() {
        using Handler = HostileServer::Handler;
        QFETCH(Handler, handler);
        QFETCH(int, state);
        QFETCH(QStringList, parts);
        HostileServer server(handler, {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        Rig rig(server.url(), authority_.caPem());
        QTRY_COMPARE_WITH_TIMEOUT(static_cast<int>(rig.state()), state, 15'000);
        checkSentence(rig.reason(), parts);
        QCOMPARE(rig.store().size(), std::size_t{0});
    }

    void aCertificateThatIsWrongIsExplainedWithItsOwnWords_data() {
        QTest::addColumn<QString>("which");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("unknown authority")
            << QStringLiteral("authority")
            << QStringList{QStringLiteral("not signed by the authority in the kubeconfig"), QStringLiteral("Other CA")};
        QTest::newRow("expired") << QStringLiteral("expired")
                                 << QStringList{QStringLiteral("expired at"),
                                                QStringLiteral("this machine's clock says")};
        QTest::newRow("not yet valid") << QStringLiteral("early")
                                       << QStringList{QStringLiteral("not valid before"),
                                                      QStringLiteral("this machine's clock says")};
        QTest::newRow("wrong host name") << QStringLiteral("name")
                                         << QStringList{QStringLiteral("elsewhere.example"),
                                                        QStringLiteral("127.0.0.1"), QStringLiteral("tls-server-name")};
    }
    void aCertificateThatIsWrongIsExplainedWithItsOwnWords() {
        QFETCH(QString, which);
        QFETCH(QStringList, parts);
        const fakes::TestAuthority other("Other CA");
        const fakes::PemIdentity identity = which == QStringLiteral("authority") ? other.server()
                                            : which == QStringLiteral("expired") ? authority_.expiredServer()
                                            : which == QStringLiteral("early")   ? authority_.notYetValidServer()
                                                                                 : authority_.wrongNameServer();
        HostileServer server(answers::json(fakes::podListJson({"web"})),
                             {.tls = identity, .clientCaPem = {}, .onConnect = {}});
        Rig rig(server.url(), authority_.caPem());
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Failed, 15'000);
        checkSentence(rig.reason(), parts + QStringList{QStringLiteral("fault-test")});
        if (which == QStringLiteral("expired") || which == QStringLiteral("early")) {
            // Both times: the certificate's and the clock's.
            QCOMPARE(rig.reason().count(QRegularExpression(QStringLiteral("\\d{4}-\\d{2}-\\d{2}"))), 2);
        }
        QCOMPARE(server.requestCount(), 0);
    }

    void aWatchThatIsCutInMidLineLosesNothingAndReadsNothingTwice() {
        std::atomic<int> watches{0};
        HostileServer server(
            [&](const HostileRequest& request, HostileConnection& peer) {
                if (!isWatch(request)) {
                    peer.json(fakes::podListJson({"web"}));
                } else if (++watches == 1) {
                    const std::string line = R"({"type":"ADDED","object":)" + fakes::podJson("api", 12) + "}\n";
                    peer.chunkedHead();
                    peer.chunk(line.substr(0, line.size() / 2));
                    peer.reset();
                } else {
                    peer.chunkedHead();
                    peer.chunk(R"({"type":"ADDED","object":)" + fakes::podJson("api", 12) + "}\n");
                    peer.waitUntilClosed();
                }
            },
            {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        Rig rig(server.url(), authority_.caPem());
        QTRY_COMPARE_WITH_TIMEOUT(rig.store().size(), std::size_t{2}, 10'000);
        QTRY_COMPARE(rig.state(), FreshnessState::Live);
        int lists = 0;
        for (const HostileRequest& request : server.log()) {
            if (isWatch(request)) {
                QVERIFY(request.target.find("resourceVersion=9&") != std::string::npos);
            } else {
                ++lists;
            }
        }
        QCOMPARE(lists, 1);
    }

    void rowsStayStaleWhileTheServerIsAwayAndAreLiveWhenItIsBack() {
        const auto handler = [](const HostileRequest& request, HostileConnection& peer) {
            if (isWatch(request)) {
                peer.chunkedHead();
                peer.waitUntilClosed();
            } else {
                peer.json(fakes::podListJson({"web"}));
            }
        };
        const fakes::PemIdentity identity = authority_.server();
        auto server = std::make_unique<HostileServer>(
            handler, HostileServer::Options{.tls = identity, .clientCaPem = {}, .onConnect = {}});
        const std::uint16_t port = server->port();
        Rig rig(server->url(), authority_.caPem());
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, 10'000);
        server.reset();
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Stale, 10'000);
        QCOMPARE(rig.store().size(), std::size_t{1});
        QTRY_VERIFY_WITH_TIMEOUT(rig.reason().contains(QStringLiteral("Cannot connect")), 10'000);
        server = std::make_unique<HostileServer>(
            handler, HostileServer::Options{.tls = identity, .clientCaPem = {}, .onConnect = {}, .port = port});
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, 10'000);
    }

    void aForeignObjectInTheListCostsNoOther() {
        const std::string list =
            R"({"kind":"PodList","metadata":{"resourceVersion":"9"},"items":[{},{"metadata":null},)"
            R"({"metadata":{"name":7}},)" +
            fakes::podJson("web") + R"(,"text",null]})";
        HostileServer server(
            [&](const HostileRequest& request, HostileConnection& peer) {
                if (isWatch(request)) {
                    peer.chunkedHead();
                    peer.waitUntilClosed();
                } else {
                    peer.json(list);
                }
            },
            {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        Rig rig(server.url(), authority_.caPem());
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, 10'000);
        QCOMPARE(rig.store().size(), std::size_t{1});
        QCOMPARE(rig.store().snapshot().front()->path(), std::string("shop/web"));
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "test_faults.moc"
