// Who we are, from the kubeconfig to the wire: a real hub, a real TLS server, files that change under a session that
// stays.
#include <algorithm>
#include <set>

#include "tests/session/identity_rig.h"

using namespace quarterdeck;
using namespace quarterdeck::session;
using namespace quarterdeck::session::test;
using namespace std::chrono_literals;
using fakes::HostileConnection;
using fakes::HostileRequest;
using fakes::HostileServer;
using kube::FreshnessState;

namespace {

/// All values of a header.
std::vector<std::string> valuesOf(const HostileRequest& request, const std::string& name) {
    std::vector<std::string> values;
    for (const auto& [key, value] : request.headers) {
        if (QByteArray::fromStdString(key).compare(name.c_str(), Qt::CaseInsensitive) == 0) {
            values.push_back(value);
        }
    }
    return values;
}

using Texts = std::vector<std::string>;

}  // namespace

class TestIdentity : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;

    HostileServer::Options tls() const { return {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}}; }

private slots:
    void impersonationGoesWithEveryRequestAndEveryWatch() {
        HostileServer server(onePod(), tls());
        const IdentityRig rig;
        rig.configure(server.url(), authority_.caPem(),
                      "{token: CANARY-token, as: jane, as-uid: '42', as-groups: [ops, 'team two'], as-user-extra: "
                      "{'acme.com/pro ject': [one, two]}}");
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        const auto pods = IdentityRig::pods(hub);
        QTRY_COMPARE_WITH_TIMEOUT(pods->freshness().state, FreshnessState::Live, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(hub.session("alpha")->status().state, ConnectionState::Connected, kPatience);
        const auto log = server.log();
        QVERIFY(std::any_of(log.begin(), log.end(), isWatch));
        QVERIFY(log.size() >= 3);  // version, list, watch
        for (const HostileRequest& request : log) {
            QCOMPARE(valuesOf(request, "Impersonate-User"), Texts{"jane"});
            QCOMPARE(valuesOf(request, "Impersonate-Uid"), Texts{"42"});
            QCOMPARE(valuesOf(request, "Impersonate-Group"), (Texts{"ops", "team two"}));
            QCOMPARE(valuesOf(request, "Impersonate-Extra-acme.com%2Fpro%20ject"), (Texts{"one", "two"}));
            QCOMPARE(valuesOf(request, "Authorization"), Texts{"Bearer CANARY-token"});
        }
    }

    void aRotatedTokenFileIsUsedWithoutARestartAndWithoutNewConnections() {
        HostileServer server(onePod(), tls());
        IdentityRig rig;
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        rig.clock = clock;
        rig.write("token", "CANARY-one\n");
        rig.configure(server.url(), authority_.caPem(), "{tokenFile: token}");
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        const auto pods = IdentityRig::pods(hub);
        QTRY_COMPARE_WITH_TIMEOUT(pods->freshness().state, FreshnessState::Live, kPatience);
        ClusterSession* const session = hub.session("alpha");
        QTRY_COMPARE_WITH_TIMEOUT(session->status().state, ConnectionState::Connected, kPatience);
        QVERIFY(session->client()->version({}));
        const int watches = static_cast<int>(pods->size());
        QCOMPARE(watches, 1);
        const int open = server.openConnectionCount();
        rig.write("token", "CANARY-two\n");
        QVERIFY(session->client()->version({}));
        QCOMPARE(server.log().back().header("Authorization"), std::string("Bearer CANARY-one"));
        clock->advance(51s);
        QVERIFY(session->client()->version({}));
        QCOMPARE(server.log().back().header("Authorization"), std::string("Bearer CANARY-two"));
        QCOMPARE(server.openConnectionCount(), open);  // the watch among them
        QCOMPARE(hub.session("alpha"), session);
    }

    void rotatedCertificateFilesTakeNewConnectionsAndCloseTheOldOnes() {
        HostileServer server(onePod(), {.tls = authority_.server(),
                                        .clientCaPem = authority_.caPem(),
                                        .requireClientCertificate = true,
                                        .onConnect = {}});
        const IdentityRig rig;
        const fakes::PemIdentity first = authority_.client("jane");
        const fakes::PemIdentity second = authority_.client("jane-renewed");
        rig.write("crt", first.certificatePem);
        rig.write("key", first.keyPem);
        rig.configure(server.url(), authority_.caPem(), "{client-certificate: crt, client-key: key}");
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        const auto pods = IdentityRig::pods(hub);
        ClusterSession* const session = hub.session("alpha");
        const auto watchesOf = [&](const std::string& subject) {
            const auto log = server.log();
            return std::count_if(log.begin(), log.end(), [&](const HostileRequest& request) {
                return isWatch(request) && request.clientSubject == "CN = " + subject;
            });
        };
        QTRY_COMPARE_WITH_TIMEOUT(watchesOf("jane"), 1, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(session->status().state, ConnectionState::Connected, kPatience);
        std::set<int> old;
        for (const HostileRequest& request : server.log()) {
            old.insert(request.connection);
        }
        rig.write("crt", second.certificatePem);
        QVERIFY(session->client()->version({}));  // half of a pair: the old one stays in use
        QCOMPARE(server.log().back().clientSubject, std::string("CN = jane"));
        rig.write("key", second.keyPem);
        QVERIFY(session->client()->version({}));
        QCOMPARE(server.log().back().clientSubject, std::string("CN = jane-renewed"));
        // The watch of the old identity was cut and opened again from its version, without a list.
        QTRY_COMPARE_WITH_TIMEOUT(watchesOf("jane-renewed"), 1, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(pods->freshness().state, FreshnessState::Live, kPatience);
        QCOMPARE(server.requestCount("/api/v1/pods"), 3);
        int openNow = 0;
        QTRY_VERIFY_WITH_TIMEOUT((openNow = server.openConnectionCount(), openNow <= 2), kPatience);
        for (const HostileRequest& request : server.log()) {
            if (request.clientSubject == "CN = jane-renewed") {
                QVERIFY(!old.contains(request.connection));
            }
        }
        QCOMPARE(hub.session("alpha"), session);
    }

    void onePluginRunServesAllContextsAndStoresOfAUser() {
        std::atomic<bool> refuseFirst{false};
        HostileServer server(onePod([&](const HostileRequest& request, HostileConnection& peer) {
                                 const std::string token = request.header("Authorization");
                                 const bool refused = token.empty() || (refuseFirst && token == "Bearer CANARY-1");
                                 if (refused) {
                                     fakes::answers::kubernetesStatus(401, "Unauthorized", "Unauthorized")(request,
                                                                                                           peer);
                                 }
                                 return refused;
                             }),
                             tls());
        const IdentityRig rig;
        const std::string runs = rig.path("runs");
        const std::string plugin = rig.script(
            "plugin", "echo run >> '" + runs + "'\nn=$(wc -l < '" + runs +
                          "')\nprintf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
                          "\"status\":{\"token\":\"CANARY-%d\"}}' \"$n\"\n");
        rig.configure(
            server.url(), authority_.caPem(),
            "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: '" + plugin + "'}}",
            {"alpha", "beta", "gamma"});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        QCOMPARE(rig.lines("runs"), 0);  // never for a context that nobody opened
        std::vector<std::shared_ptr<kube::ObjectStore>> stores;
        for (const char* context : {"alpha", "beta", "gamma"}) {
            ClusterSession* session = hub.open(context);
            for (const char* kind : {"pods", "events", "nodes"}) {
                stores.push_back(session->store(*kinds::findKind(kind)));
            }
        }
        const auto allLive = [&] {
            return std::all_of(stores.begin(), stores.end(), [](const auto& store) {
                const FreshnessState state = store->freshness().state;
                return state == FreshnessState::Live || state == FreshnessState::Empty;
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(allLive(), kPatience);
        QCOMPARE(rig.lines("runs"), 1);
        // The server no longer takes it: every request meets a 401, one run renews it for all.
        refuseFirst = true;
        server.dropConnections();
        const auto renewedWatches = [&] {
            std::set<std::string> seen;
            for (const HostileRequest& request : server.log()) {
                if (isWatch(request) && request.header("Authorization") == "Bearer CANARY-2") {
                    seen.insert(request.path());
                }
            }
            return seen.size();
        };
        QTRY_COMPARE_WITH_TIMEOUT(renewedWatches(), std::size_t{3}, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(allLive(), kPatience);
        QCOMPARE(rig.lines("runs"), 2);
    }

    void aPodFindsItsClusterWithoutAKubeconfig() {
        HostileServer server(onePod(), tls());
        IdentityRig rig;
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        rig.clock = clock;
        rig.write("token", "CANARY-service-account");
        rig.write("ca.crt", authority_.caPem());
        rig.write("namespace", "shop\n");
        SessionHub::Options options = rig.options();
        options.load = kubeconfig::LoadOptions{};
        options.load->homeDirectory = rig.path("nowhere");
        options.load->serviceAccountDirectory = rig.path("");
        options.load->serviceHost = "127.0.0.1";
        options.load->servicePort = std::to_string(server.port());
        SessionHub hub(std::move(options));
        QTRY_VERIFY(hub.loaded());
        QVERIFY(hub.fileErrors().empty());
        QVERIFY(hub.context("in-cluster") != nullptr);
        QVERIFY(hub.context("in-cluster")->current);
        QCOMPARE(hub.context("in-cluster")->nameSpace, std::string("shop"));
        const auto pods = IdentityRig::pods(hub, "in-cluster");
        QTRY_COMPARE_WITH_TIMEOUT(pods->freshness().state, FreshnessState::Live, kPatience);
        QCOMPARE(server.log().front().header("Authorization"), std::string("Bearer CANARY-service-account"));
        // The kubelet renews it.
        rig.write("token", "CANARY-renewed");
        clock->advance(51s);
        QVERIFY(hub.session("in-cluster")->client()->version({}));
        QCOMPARE(server.log().back().header("Authorization"), std::string("Bearer CANARY-renewed"));
    }

    void theTlsServerNameHoldsForEveryRequestOfASession() {
        fakes::CertificateOptions certificate;
        certificate.dnsNames = {"api.internal"};
        certificate.ipAddresses = {};
        HostileServer server(onePod(), {.tls = authority_.server(certificate), .clientCaPem = {}, .onConnect = {}});
        const IdentityRig rig;
        rig.configure(server.url(), authority_.caPem(), "{token: CANARY}", {"alpha"}, "tls-server-name: api.internal");
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        const auto pods = IdentityRig::pods(hub);
        QTRY_COMPARE_WITH_TIMEOUT(pods->freshness().state, FreshnessState::Live, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(server.requestCount() >= 3, kPatience);
        for (const HostileRequest& request : server.log()) {
            QCOMPARE(request.header("Host"), "127.0.0.1:" + std::to_string(server.port()));
        }
    }

    void anExpiryIsComparedWithTheServersClock() {
        // Our clock is two hours fast: by it, every credential of the plugin has expired already.
        const Instant truth = SystemClock().now();
        HostileServer server(
            [&](const HostileRequest& request, HostileConnection& peer) {
                if (isWatch(request)) {
                    peer.chunkedHead();
                    peer.waitUntilClosed();
                } else {
                    peer.answer(
                        200, "application/json",
                        request.path() == "/version" ? R"({"gitVersion":"v1.34.0"})" : fakes::podListJson({"web"}),
                        {{"Date", httpDate(truth)}});
                }
            },
            tls());
        IdentityRig rig;
        rig.clock = std::make_shared<ManualClock>(truth + 2h);
        const std::string until = QDateTime::fromMSecsSinceEpoch((truth + 1h).time_since_epoch().count(), Qt::UTC)
                                      .toString(Qt::ISODate)
                                      .toStdString();
        const std::string plugin = rig.script(
            "plugin", "echo run >> '" + rig.path("runs") +
                          "'\necho '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
                          "\"status\":{\"token\":\"CANARY\",\"expirationTimestamp\":\"" +
                          until + "\"}}'\n");
        rig.configure(
            server.url(), authority_.caPem(),
            "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: '" + plugin + "'}}");
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        ClusterSession* session = hub.open("alpha");
        QTRY_COMPARE_WITH_TIMEOUT(session->status().state, ConnectionState::Connected, kPatience);
        const int runs = rig.lines("runs");
        for (int i = 0; i < 5; ++i) {
            QVERIFY(session->client()->version({}));
        }
        QCOMPARE(rig.lines("runs"), runs);
        const auto offset = session->clockOffset();
        QVERIFY(offset);
        QVERIFY2(std::chrono::abs(*offset + 2h) < 5s, std::to_string(offset->count()).c_str());
        QVERIFY(std::chrono::abs(session->serverNow() - truth) < 5s);
    }
};

QTEST_GUILESS_MAIN(TestIdentity)
#include "test_identity.moc"
