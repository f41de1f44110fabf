// Sign-ins that are refused: a login that a person takes part in is never repeated by itself, whatever mends without a
// person is found by itself. A real hub and a real TLS server.
#include <QSignalSpy>

#include <algorithm>
#include <mutex>

#include "app/kube/served_kind.h"
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

const std::string kTokenAnswer =
    "printf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
    "\"status\":{\"token\":\"CANARY-fresh\"}}'\n";

/// Takes one token and no other.
class Guard {
public:
    explicit Guard(const fakes::TestAuthority& authority, std::string token)
        : token_(std::move(token)),
          server_(onePod([this](const HostileRequest& request, HostileConnection& peer) {
                      const std::scoped_lock lock(mutex_);
                      const bool refused = closed_ || request.header("Authorization") != "Bearer " + token_;
                      if (refused) {
                          fakes::answers::kubernetesStatus(401, "Unauthorized", "Unauthorized")(request, peer);
                      }
                      return refused;
                  }),
                  {.tls = authority.server(), .clientCaPem = {}, .onConnect = {}}) {}
    void take(const std::string& token) {
        const std::scoped_lock lock(mutex_);
        token_ = token;
    }
    /// Refuses everybody, as a server does whose own authentication fails.
    void close(bool closed) {
        const std::scoped_lock lock(mutex_);
        closed_ = closed;
    }
    [[nodiscard]] HostileServer& server() { return server_; }

private:
    std::mutex mutex_;
    std::string token_;
    bool closed_ = false;
    HostileServer server_;
};

/// So impatient that hours of asking pass in a moment.
SessionHub::Options impatient(const IdentityRig& rig) {
    SessionHub::Options options = rig.options();
    options.times.signedOutRest = 1ms;
    options.times.reflector.loginPause = 1ms;
    return options;
}

bool isLive(const std::shared_ptr<kube::ObjectStore>& store) {
    return store->freshness().state == FreshnessState::Live;
}

}  // namespace

class TestSignIn : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;

    /// A user whose plugin notes its runs under the argument and succeeds once there is a file "signed-in".
    static std::string pluginUser(const IdentityRig& rig, const std::string& argument) {
        const std::string plugin =
            rig.script("plugin", "echo run >> '" + rig.path("runs-") + "'$1\n[ -e '" + rig.path("signed-in") +
                                     "' ] || { echo 'The SSO session has expired' >&2; exit 1; }\n" + kTokenAnswer);
        return "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: '" + plugin +
               "', args: [" + argument + "]}}";
    }

private slots:
    void fault16_aFailedLoginIsNotRepeatedByItself() {
        Guard guard(authority_, "CANARY-fresh");
        IdentityRig rig;
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        rig.clock = clock;
        rig.configure(guard.server().url(), authority_.caPem(), pluginUser(rig, "one"), {"alpha", "beta"});
        SessionHub hub(impatient(rig));
        QTRY_VERIFY(hub.loaded());
        const auto pods = IdentityRig::pods(hub, "alpha");
        ClusterSession* const alpha = hub.session("alpha");
        QSignalSpy answers(alpha, &ClusterSession::statusChanged);
        QTRY_COMPARE_WITH_TIMEOUT(alpha->status().state, ConnectionState::SignedOut, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(pods->freshness().state, FreshnessState::Failed, kPatience);
        QVERIFY(!pods->freshness().nextTry);  // nobody is promised a login
        for (int hour = 0; hour < 12; ++hour) {
            clock->advance(1h);
            answers.clear();
            QTRY_VERIFY_WITH_TIMEOUT(answers.count() >= 5, kPatience);  // the connection is asked about all the time
        }
        QCOMPARE(rig.lines("runs-one"), 1);
        // Neither do a first visit to another page, the kinds and single calls ask the person.
        const auto nodes = alpha->store(*kinds::findKind("nodes"));
        const auto served = alpha->store(kube::servedKinds());
        QTRY_COMPARE_WITH_TIMEOUT(nodes->freshness().state, FreshnessState::Failed, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(served->freshness().state, FreshnessState::Failed, kPatience);
        QVERIFY(!alpha->client()->version({}));
        QCOMPARE(rig.lines("runs-one"), 1);
        // To open another context is to ask, once.
        QVERIFY(hub.open("beta") != nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(hub.session("beta")->status().state, ConnectionState::SignedOut, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.lines("runs-one"), 2, kPatience);
        // The person has signed in elsewhere; that is not noticed until they say so, and then by all who use it.
        rig.write("signed-in", "");
        clock->advance(1h);
        answers.clear();
        QTRY_VERIFY_WITH_TIMEOUT(answers.count() >= 5, kPatience);
        QCOMPARE(rig.lines("runs-one"), 2);
        hub.signInAgain("alpha");
        for (const char* context : {"alpha", "beta"}) {
            QTRY_COMPARE_WITH_TIMEOUT(hub.session(context)->status().state, ConnectionState::Connected, kPatience);
        }
        QTRY_VERIFY_WITH_TIMEOUT(isLive(pods), kPatience);
        QCOMPARE(rig.lines("runs-one"), 3);
    }

    void toSignInToOneContextAsksNobodyForAnother() {
        Guard guard(authority_, "CANARY-fresh");
        const IdentityRig rig;
        const std::string cluster =
            "{server: '" + guard.server().url() + "', certificate-authority-data: " + base64(authority_.caPem()) + "}";
        rig.write("config", "clusters: [{name: c, cluster: " + cluster + "}]\nusers:\n- {name: u, user: " +
                                pluginUser(rig, "one") + "}\n- {name: v, user: " + pluginUser(rig, "two") +
                                "}\ncontexts:\n- {name: alpha, context: {cluster: c, user: u}}\n"
                                "- {name: beta, context: {cluster: c, user: v}}\n");
        SessionHub hub(impatient(rig));
        QTRY_VERIFY(hub.loaded());
        for (const char* context : {"alpha", "beta"}) {
            hub.open(context);
            QTRY_COMPARE_WITH_TIMEOUT(hub.session(context)->status().state, ConnectionState::SignedOut, kPatience);
        }
        QCOMPARE(rig.lines("runs-one"), 1);
        QCOMPARE(rig.lines("runs-two"), 1);
        rig.write("signed-in", "");
        hub.signInAgain("alpha");
        QTRY_COMPARE_WITH_TIMEOUT(hub.session("alpha")->status().state, ConnectionState::Connected, kPatience);
        QSignalSpy answers(hub.session("beta"), &ClusterSession::statusChanged);
        QTRY_VERIFY_WITH_TIMEOUT(answers.count() >= 5, kPatience);
        QCOMPARE(hub.session("beta")->status().state, ConnectionState::SignedOut);
        QCOMPARE(rig.lines("runs-two"), 1);
        // "Try again now" on a page is a question as well.
        hub.session("beta")->retry();
        QTRY_COMPARE_WITH_TIMEOUT(hub.session("beta")->status().state, ConnectionState::Connected, kPatience);
        QCOMPARE(rig.lines("runs-two"), 2);
        QCOMPARE(rig.lines("runs-one"), 2);
    }

    void aPasswordThatIsRefusedIsNotSentAgainAndAgain() {
        Guard guard(authority_, "CANARY-other");
        IdentityRig rig;
        rig.configure(guard.server().url(), authority_.caPem(), "{username: u, password: CANARY-password}");
        SessionHub::Options options = impatient(rig);
        options.times.passwordRest = 1h;
        SessionHub hub(std::move(options));
        QTRY_VERIFY(hub.loaded());
        const auto pods = IdentityRig::pods(hub);
        QTRY_COMPARE_WITH_TIMEOUT(hub.session("alpha")->status().state, ConnectionState::SignedOut, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(pods->freshness().state, FreshnessState::Failed, kPatience);
        // A context with a token asks on meanwhile.
        IdentityRig other;
        other.configure(guard.server().url(), authority_.caPem(), "{token: CANARY-refused}", {"beta"});
        SessionHub beside(impatient(other));
        QTRY_VERIFY(beside.loaded());
        beside.open("beta");
        QSignalSpy answers(beside.session("beta"), &ClusterSession::statusChanged);
        const int before = guard.server().requestCount("/api/v1/pods");
        QTRY_VERIFY_WITH_TIMEOUT(answers.count() >= 20, kPatience);
        QCOMPARE(guard.server().requestCount("/api/v1/pods"), before);
    }

    void aCancelledSignInLeavesTheContextAsItIs() {
        Guard guard(authority_, "CANARY-fresh");
        const IdentityRig rig;
        // Gives the token at once, then waits for a person.
        const std::string runs = rig.path("runs");
        const std::string plugin =
            rig.script("plugin", "echo run >> '" + runs + "'\nif [ $(wc -l < '" + runs + "') = 1 ]; then\n" +
                                     kTokenAnswer + "exit 0\nfi\nexec sleep 600\n");
        rig.configure(
            guard.server().url(), authority_.caPem(),
            "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: '" + plugin + "'}}");
        SessionHub::Options options = impatient(rig);
        options.pluginLimit = 10min;
        SessionHub hub(std::move(options));
        QTRY_VERIFY(hub.loaded());
        const auto pods = IdentityRig::pods(hub);
        ClusterSession* const session = hub.session("alpha");
        QTRY_VERIFY_WITH_TIMEOUT(isLive(pods), kPatience);
        // The session at the provider is over: the plugin asks the person.
        guard.close(true);
        guard.server().dropConnections();
        QTRY_COMPARE_WITH_TIMEOUT(rig.lines("runs"), 2, kPatience);
        session->cancelSignIn();
        QTRY_COMPARE_WITH_TIMEOUT(session->status().state, ConnectionState::SignedOut, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(IdentityRig::said(hub).find("was cancelled") != std::string::npos, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(pods->freshness().state, FreshnessState::Stale, kPatience);
        QCOMPARE(pods->size(), std::size_t{1});
        QCOMPARE(hub.session("alpha"), session);
        QSignalSpy answers(session, &ClusterSession::statusChanged);
        QTRY_VERIFY_WITH_TIMEOUT(answers.count() >= 5, kPatience);
        QCOMPARE(rig.lines("runs"), 2);
        // What was there all the time may still be good.
        guard.close(false);
        QTRY_VERIFY_WITH_TIMEOUT(isLive(pods), kPatience);
        QCOMPARE(rig.lines("runs"), 2);
    }

    void aTokenThatReplacesARevokedOneIsUsedAtOnce() {
        Guard guard(authority_, "CANARY-one");
        IdentityRig rig;
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());  // stands: no time passes for caches
        rig.clock = clock;
        rig.write("token", "CANARY-one\n");
        rig.configure(guard.server().url(), authority_.caPem(), "{tokenFile: token}");
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        const auto pods = IdentityRig::pods(hub);
        QTRY_VERIFY_WITH_TIMEOUT(isLive(pods), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(hub.session("alpha")->status().state, ConnectionState::Connected, kPatience);
        std::vector<ConnectionState> states;
        connect(hub.session("alpha"), &ClusterSession::statusChanged, this,
                [&] { states.push_back(hub.session("alpha")->status().state); });
        rig.write("token", "CANARY-two\n");
        guard.take("CANARY-two");
        QVERIFY(hub.session("alpha")->client()->version({}));
        const int lists = guard.server().requestCount("/api/v1/pods");
        guard.server().dropConnections();
        QTRY_VERIFY_WITH_TIMEOUT(guard.server().requestCount("/api/v1/pods") > lists, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(isLive(pods), kPatience);
        QVERIFY(std::find(states.begin(), states.end(), ConnectionState::SignedOut) == states.end());
    }

    void whatMendsByItselfBringsTheRowsBack_data() {
        QTest::addColumn<bool>("rotates");
        QTest::newRow("a token file that is written late") << true;
        QTest::newRow("a server that took nobody for a while") << false;
    }
    void whatMendsByItselfBringsTheRowsBack() {
        QFETCH(bool, rotates);
        Guard guard(authority_, "CANARY-one");
        IdentityRig rig;
        rig.clock = std::make_shared<ManualClock>(SystemClock().now());
        rig.write("token", "CANARY-one\n");
        rig.configure(guard.server().url(), authority_.caPem(), rotates ? "{tokenFile: token}" : "{token: CANARY-one}");
        SessionHub::Options options = rig.options();
        options.times.signedOutRest = 10ms;
        options.times.reflector.loginPause = 1h;  // stores rest until somebody tells them
        SessionHub hub(std::move(options));
        QTRY_VERIFY(hub.loaded());
        const auto pods = IdentityRig::pods(hub);
        const auto nodes = hub.session("alpha")->store(*kinds::findKind("nodes"));
        QTRY_VERIFY_WITH_TIMEOUT(isLive(pods), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(nodes->freshness().state, FreshnessState::Empty, kPatience);
        if (rotates) {
            guard.take("CANARY-two");
        } else {
            guard.close(true);
        }
        guard.server().dropConnections();
        for (const auto& store : {pods, nodes}) {
            QTRY_COMPARE_WITH_TIMEOUT(store->freshness().state, FreshnessState::Stale, kPatience);
            QTRY_VERIFY_WITH_TIMEOUT(store->freshness().reason && store->freshness().reason->httpStatus == 401,
                                     kPatience);
        }
        QTRY_COMPARE_WITH_TIMEOUT(hub.session("alpha")->status().state, ConnectionState::SignedOut, kPatience);
        if (rotates) {
            rig.write("token", "CANARY-two\n");
        } else {
            guard.close(false);
        }
        QTRY_COMPARE_WITH_TIMEOUT(hub.session("alpha")->status().state, ConnectionState::Connected, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(isLive(pods), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(nodes->freshness().state, FreshnessState::Empty, kPatience);
    }
};

QTEST_GUILESS_MAIN(TestSignIn)
#include "test_sign_in.moc"
