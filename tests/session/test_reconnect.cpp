// Sleep and other networks: rows are called stale at once, every connection is made anew, and nothing is listed twice.
#include <QSignalSpy>

#include <algorithm>

#include "app/base/time_text.h"
#include "app/session/network_watch.h"
#include "app/session/wake_watch.h"
#include "tests/fakes/leaping_clock.h"
#include "tests/session/identity_rig.h"

using namespace quarterdeck;
using namespace quarterdeck::session;
using namespace quarterdeck::session::test;
using namespace std::chrono_literals;
using fakes::HostileConnection;
using fakes::HostileRequest;
using fakes::HostileServer;
using kube::FreshnessState;

Q_DECLARE_METATYPE(std::chrono::milliseconds)

namespace {

/// A cluster whose watches after the first wait at the gate before they are answered.
class GatedCluster {
public:
    explicit GatedCluster(const fakes::TestAuthority& authority)
        : server_(onePod([this](const HostileRequest& request, HostileConnection& peer) {
                      if (isWatch(request) && ++watches_ > 1) {
                          while (!open_ && peer.wait(5ms)) {
                          }
                      }
                      return false;
                  }),
                  {.tls = authority.server(), .clientCaPem = {}, .onConnect = {}}) {}
    ~GatedCluster() { open_ = true; }
    void open() { open_ = true; }
    [[nodiscard]] const HostileServer& server() const { return server_; }
    /// Connections by what they carried.
    [[nodiscard]] std::vector<int> connectionsOf(const std::string& path, bool watch) const {
        std::vector<int> all;
        for (const HostileRequest& request : server_.log()) {
            if (request.path() == path && isWatch(request) == watch) {
                all.push_back(request.connection);
            }
        }
        return all;
    }

private:
    std::atomic<int> watches_{0};
    std::atomic<bool> open_{false};
    HostileServer server_;
};

}  // namespace

class TestReconnect : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;

    /// Two open contexts with live pods, of which the second hides behind the first in the checks.
    struct Pair {
        explicit Pair(const fakes::TestAuthority& authority, std::shared_ptr<const Clock> clock)
            : alpha(authority), beta(authority) {
            rig.clock = std::move(clock);
            const std::string ca = base64(authority.caPem());
            rig.write(
                "config",
                "clusters:\n- {name: a, cluster: {server: '" + alpha.server().url() +
                    "', certificate-authority-data: " + ca + "}}\n- {name: b, cluster: {server: '" +
                    beta.server().url() + "', certificate-authority-data: " + ca +
                    "}}\nusers: [{name: u, user: {token: CANARY}}]\ncontexts:\n- {name: alpha, context: {cluster: "
                    "a, user: u}}\n- {name: beta, context: {cluster: b, user: u}}\n");
            SessionHub::Options options = rig.options();
            options.wakeCheck = 10ms;
            hub = std::make_unique<SessionHub>(std::move(options));
        }
        void openBoth() {
            QTRY_VERIFY(hub->loaded());
            first = IdentityRig::pods(*hub, "alpha");
            second = IdentityRig::pods(*hub, "beta");
            for (const GatedCluster* cluster : {&alpha, &beta}) {
                QTRY_COMPARE_WITH_TIMEOUT(cluster->connectionsOf("/api/v1/pods", true).size(), std::size_t{1},
                                          kPatience);
            }
            QTRY_COMPARE_WITH_TIMEOUT(first->freshness().state, FreshnessState::Live, kPatience);
            QTRY_COMPARE_WITH_TIMEOUT(second->freshness().state, FreshnessState::Live, kPatience);
        }
        /// All is stale now; then all comes back by itself, by watches on other connections and without a list.
        void expectStaleThenLive() {
            for (const auto& store : {first, second}) {
                QTRY_COMPARE_WITH_TIMEOUT(store->freshness().state, FreshnessState::Stale, kPatience);
                QCOMPARE(store->size(), std::size_t{1});
            }
            for (GatedCluster* cluster : {&alpha, &beta}) {
                QTRY_COMPARE_WITH_TIMEOUT(cluster->connectionsOf("/api/v1/pods", true).size(), std::size_t{2},
                                          kPatience);
                const auto watches = cluster->connectionsOf("/api/v1/pods", true);
                QVERIFY(watches[0] != watches[1]);
                cluster->open();
            }
            for (const auto& store : {first, second}) {
                QTRY_COMPARE_WITH_TIMEOUT(store->freshness().state, FreshnessState::Live, kPatience);
            }
            for (const GatedCluster* cluster : {&alpha, &beta}) {
                QCOMPARE(cluster->connectionsOf("/api/v1/pods", false).size(), std::size_t{1});
            }
        }
        IdentityRig rig;
        GatedCluster alpha;
        GatedCluster beta;
        std::unique_ptr<SessionHub> hub;
        std::shared_ptr<kube::ObjectStore> first;
        std::shared_ptr<kube::ObjectStore> second;
    };

private slots:
    void afterSleepEverythingIsStaleAndReconnects() {
        const auto clock = std::make_shared<fakes::LeapingClock>();
        Pair pair(authority_, clock);
        pair.openBoth();
        clock->leap(3h);
        pair.expectStaleThenLive();
    }

    void anotherNetworkReconnectsEverything() {
        Pair pair(authority_, std::make_shared<SystemClock>());
        pair.openBoth();
        pair.hub->networkChanged();
        // Said before anything else is known.
        QCOMPARE(pair.first->freshness().state, FreshnessState::Stale);
        const std::string reason = describe(*pair.first->freshness().reason);
        // The watch that was cut may have told of it meanwhile.
        const bool told = reason.find("network has changed") != std::string::npos ||
                          reason.find("all connections were renewed") != std::string::npos;
        QVERIFY2(told && reason.find("alpha") != std::string::npos, reason.c_str());
        pair.expectStaleThenLive();
    }

    void afterSleepAPluginThatFailedWithoutTheNetworkIsTriedAgain_data() {
        QTest::addColumn<bool>("network");
        QTest::newRow("when the network comes") << true;
        QTest::newRow("when the machine sleeps and wakes once more") << false;
    }
    void afterSleepAPluginThatFailedWithoutTheNetworkIsTriedAgain() {
        QFETCH(bool, network);
        const auto clock = std::make_shared<fakes::LeapingClock>();
        HostileServer server(onePod([](const HostileRequest& request, HostileConnection& peer) {
                                 const bool refused = request.header("Authorization") != "Bearer CANARY";
                                 if (refused) {
                                     fakes::answers::kubernetesStatus(401, "Unauthorized", "Unauthorized")(request,
                                                                                                           peer);
                                 }
                                 return refused;
                             }),
                             {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        IdentityRig rig;
        rig.clock = clock;
        const auto printUntil = [&](Instant expires) {
            rig.write("answer",
                      "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{"
                      "\"token\":\"CANARY\",\"expirationTimestamp\":\"" +
                          formatRfc3339(expires) + "\"}}");
        };
        const std::string plugin = rig.script(
            "plugin", "echo run >> '" + rig.path("runs") + "'\ncat '" + rig.path("answer") + "' || exit 1\n");
        rig.configure(
            server.url(), authority_.caPem(),
            "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: '" + plugin + "'}}",
            {"alpha", "beta"});
        printUntil(clock->now() + 1h);
        SessionHub::Options options = rig.options();
        options.wakeCheck = 10ms;
        SessionHub hub(std::move(options));
        QTRY_VERIFY(hub.loaded());
        std::vector<std::shared_ptr<kube::ObjectStore>> stores;
        for (const char* context : {"alpha", "beta"}) {
            stores.push_back(IdentityRig::pods(hub, context));
            QTRY_COMPARE_WITH_TIMEOUT(stores.back()->freshness().state, FreshnessState::Live, kPatience);
        }
        QCOMPARE(rig.lines("runs"), 1);
        // Awake: the token has expired, and the provider cannot be reached yet.
        QVERIFY(QFile::remove(QString::fromStdString(rig.path("answer"))));
        clock->leap(3h);
        for (const char* context : {"alpha", "beta"}) {
            QTRY_COMPARE_WITH_TIMEOUT(hub.session(context)->status().state, ConnectionState::SignedOut, kPatience);
        }
        const int failed = rig.lines("runs");
        QVERIFY(failed >= 2);
        printUntil(clock->now() + 12h);
        if (network) {
            hub.networkChanged();
        } else {
            clock->leap(1h);
        }
        for (const char* context : {"alpha", "beta"}) {
            QTRY_COMPARE_WITH_TIMEOUT(hub.session(context)->status().state, ConnectionState::Connected, kPatience);
        }
        for (const auto& store : stores) {
            QTRY_COMPARE_WITH_TIMEOUT(store->freshness().state, FreshnessState::Live, kPatience);
        }
        QCOMPARE(rig.lines("runs"), failed + 1);
    }

    void everyPluginIsTriedOnceInAnotherNetwork() {
        HostileServer server(onePod(), {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        const IdentityRig rig;
        const std::string plugin = rig.script("plugin", "echo run >> '" + rig.path("runs") + "'\nexit 1\n");
        rig.configure(
            server.url(), authority_.caPem(),
            "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: '" + plugin + "'}}",
            {"alpha", "beta", "gamma"});
        SessionHub::Options options = rig.options();
        options.times.signedOutRest = 1ms;
        options.times.reflector.loginPause = 1ms;
        SessionHub hub(std::move(options));
        QTRY_VERIFY(hub.loaded());
        std::vector<std::shared_ptr<kube::ObjectStore>> stores;
        for (const char* context : {"alpha", "beta", "gamma"}) {
            stores.push_back(IdentityRig::pods(hub, context));
        }
        const auto askedOften = [&] {
            for (const char* context : {"alpha", "beta", "gamma"}) {
                QSignalSpy answers(hub.session(context), &ClusterSession::statusChanged);
                QTRY_VERIFY_WITH_TIMEOUT(answers.count() >= 5, kPatience);
                QCOMPARE(hub.session(context)->status().state, ConnectionState::SignedOut);
            }
        };
        askedOften();
        const int before = rig.lines("runs");
        hub.networkChanged();
        QTRY_COMPARE_WITH_TIMEOUT(rig.lines("runs"), before + 1, kPatience);
        askedOften();
        QCOMPARE(rig.lines("runs"), before + 1);
        QCOMPARE(server.requestCount(), 0);
    }

    void onlyALeapOfTheWallClockIsSleep() {
        const auto clock = std::make_shared<ManualClock>(Instant(1'700'000'000s));
        WakeWatch steady(clock, 1ms);
        QSignalSpy quiet(&steady, &WakeWatch::jumped);
        clock->advance(3h);  // both clocks: a busy machine
        const auto leaping = std::make_shared<fakes::LeapingClock>();
        WakeWatch watch(leaping, 1ms);
        QSignalSpy jumps(&watch, &WakeWatch::jumped);
        leaping->leap(5s);  // corrected
        leaping->leap(-5s);
        leaping->leap(1h);
        QTRY_COMPARE(jumps.count(), 1);
        QVERIFY(jumps.at(0).at(0).value<std::chrono::milliseconds>() > 59min);
        leaping->leap(-2h);
        QTRY_COMPARE(jumps.count(), 2);
        QVERIFY(jumps.at(1).at(0).value<std::chrono::milliseconds>() < -119min);
        QCOMPARE(quiet.count(), 0);
    }

    void onlyOtherAddressesAreAnotherNetwork() {
        std::set<std::string> addresses{"eth0 10.0.0.5"};
        NetworkWatch watch([&] { return addresses; }, 1ms);
        QSignalSpy changes(&watch, &NetworkWatch::changed);
        watch.stir();  // a lease was renewed
        addresses.insert("tun0 172.16.0.9");
        watch.stir();
        QTRY_COMPARE(changes.count(), 1);
        addresses.erase("tun0 172.16.0.9");
        for (int i = 0; i < 20; ++i) {
            watch.stir();
        }
        QTRY_COMPARE(changes.count(), 2);
    }

    void ownAddressesLeaveOutWhatNobodyElseReaches() {
        for (const std::string& address : ownAddresses()) {
            QVERIFY2(address.find(" 127.") == std::string::npos && address.find(" fe80:") == std::string::npos &&
                         address.find(" 169.254.") == std::string::npos && !address.ends_with(" ::1"),
                     address.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestReconnect)
#include "test_reconnect.moc"
