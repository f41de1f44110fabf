// The legacy oidc auth-provider from the kubeconfig to the wire: an identity provider and an API server, both TLS.
#include <QDirIterator>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/oidc.h"
#include "tests/session/identity_rig.h"

using namespace quarterdeck;
using namespace quarterdeck::session;
using namespace quarterdeck::session::test;
using namespace std::chrono_literals;
using fakes::HostileConnection;
using fakes::HostileRequest;
using fakes::HostileServer;
using kube::FreshnessState;
namespace answers = fakes::answers;

namespace {

/// An id-token that expires then; `mark` tells one from another.
std::string jwt(Instant expires, const std::string& mark) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(expires.time_since_epoch()).count();
    const QByteArray claims = "{\"exp\":" + QByteArray::number(static_cast<qlonglong>(seconds)) + "}";
    return "e30." + claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString() +
           ".CANARY-" + mark;
}

/// Renews each refresh token once: refresh-1 → id-2 and refresh-2, and so on; a used one is refused.
class Provider {
public:
    Provider(const fakes::TestAuthority& authority, Instant now)
        : now_(now),
          server_([this](const HostileRequest& request, HostileConnection& peer) { serve(request, peer); },
                  {.tls = authority.server(), .clientCaPem = {}, .onConnect = {}}) {}
    [[nodiscard]] std::string issuer() const { return server_.url() + "/realms/ops"; }
    [[nodiscard]] const HostileServer& server() const { return server_; }
    [[nodiscard]] std::vector<HostileRequest> trades() const {
        auto log = server_.log();
        std::erase_if(log, [](const HostileRequest& request) { return request.method != "POST"; });
        return log;
    }
    std::atomic<bool> broken{false};

private:
    void serve(const HostileRequest& request, HostileConnection& peer) {
        if (broken) {
            peer.answer(400, "application/json",
                        "{\"error\":\"invalid_grant\",\"error_description\":\"CANARY-refresh-1 was used\"}");
        } else if (request.path() == "/realms/ops/.well-known/openid-configuration") {
            peer.json(nlohmann::json{{"token_endpoint", server_.url() + "/realms/ops/token"}}.dump());
        } else if (request.method == "POST" && request.path() == "/realms/ops/token" &&
                   request.body == "grant_type=refresh_token&refresh_token=CANARY-refresh-" + std::to_string(next_)) {
            const int number = ++next_;
            peer.json(nlohmann::json{{"id_token", jwt(now_ + 1h * number, "id-" + std::to_string(number))},
                                     {"refresh_token", "CANARY-refresh-" + std::to_string(number)}}
                          .dump());
        } else {
            peer.answer(400, "application/json", "{\"error\":\"invalid_grant\"}");
        }
    }

    const Instant now_;
    std::atomic<int> next_{1};
    HostileServer server_;
};

}  // namespace

class TestOidc : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;
    fakes::TestAuthority providerAuthority_{"Provider CA"};

    std::string user(const Provider& provider, const std::string& idToken) const {
        return "{auth-provider: {name: oidc, config: {idp-issuer-url: '" + provider.issuer() +
               "', client-id: 'quarter deck', client-secret: 'CANARY:secret', id-token: " + idToken +
               ", refresh-token: CANARY-refresh-1, idp-certificate-authority-data: " +
               base64(providerAuthority_.caPem()) + "}}}";
    }

    /// A user without an id token yet, of a provider whose certificate is known.
    kubeconfig::User userOf(const std::string& issuer, const char* clientId, const char* refreshToken) const {
        kubeconfig::User user;
        user.authProvider =
            kubeconfig::AuthProvider{"oidc",
                                     {{"idp-issuer-url", Secret(issuer)},
                                      {"client-id", Secret(clientId)},
                                      {"refresh-token", Secret(refreshToken)},
                                      {"idp-certificate-authority-data", Secret(base64(providerAuthority_.caPem()))}}};
        return user;
    }

private slots:
    void anExpiredIdTokenIsRenewedAndSharedByAllContexts() {
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        Provider provider(providerAuthority_, clock->now());
        HostileServer server(onePod(), {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        IdentityRig rig;
        rig.clock = clock;
        rig.configure(server.url(), authority_.caPem(), user(provider, jwt(clock->now() + 5s, "id-1")),
                      {"alpha", "beta"});
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        const auto alpha = IdentityRig::pods(hub, "alpha");
        const auto beta = IdentityRig::pods(hub, "beta");
        QTRY_COMPARE_WITH_TIMEOUT(alpha->freshness().state, FreshnessState::Live, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(beta->freshness().state, FreshnessState::Live, kPatience);
        // Five seconds before its end it was taken for expired; one renewal served both.
        QCOMPARE(provider.trades().size(), std::size_t{1});
        const HostileRequest trade = provider.trades().front();
        QCOMPARE(trade.header("Authorization"), "Basic " + base64("quarter%20deck:CANARY%3Asecret"));
        QCOMPARE(trade.header("Content-Type"), std::string("application/x-www-form-urlencoded"));
        const std::string renewed = "Bearer " + jwt(clock->now() + 2h, "id-2");
        for (const HostileRequest& request : server.log()) {
            QCOMPARE(request.header("Authorization"), renewed);
        }
        // And again, with the refresh token that came last; kept for this run although a context is opened anew.
        clock->advance(2h - 10s);
        hub.close("beta");
        QVERIFY(hub.open("beta")->client()->version({}));
        QCOMPARE(server.log().back().header("Authorization"), "Bearer " + jwt(clock->now() + 1h + 10s, "id-3"));
        QCOMPARE(provider.trades().size(), std::size_t{2});
    }

    void nothingIsWrittenWhenATokenIsRenewed() {
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        Provider provider(providerAuthority_, clock->now());
        HostileServer server(onePod(), {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        IdentityRig rig;
        rig.clock = clock;
        rig.configure(server.url(), authority_.caPem(), user(provider, jwt(clock->now() - 1h, "id-1")));
        QFile config(QString::fromStdString(rig.path("config")));
        QVERIFY(config.open(QIODevice::ReadOnly));
        const QByteArray before = config.readAll();
        {
            SessionHub hub(rig.options());
            QTRY_VERIFY(hub.loaded());
            QVERIFY(hub.open("alpha")->client()->version({}));
        }
        config.seek(0);
        QCOMPARE(config.readAll(), before);
        QDirIterator files(QString::fromStdString(rig.path("")), QDir::Files | QDir::Hidden);
        QCOMPARE(QFileInfo(files.next()).fileName(), QStringLiteral("config"));
        QVERIFY(!files.hasNext());
    }

    void aRefusedRenewalSignsOutAndSaysWhatToDo() {
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        Provider provider(providerAuthority_, clock->now());
        provider.broken = true;
        HostileServer server(onePod(), {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        IdentityRig rig;
        rig.clock = clock;
        rig.configure(server.url(), authority_.caPem(), user(provider, jwt(clock->now() - 1h, "id-1")));
        SessionHub hub(rig.options());
        QTRY_VERIFY(hub.loaded());
        const auto pods = IdentityRig::pods(hub);
        QTRY_COMPARE_WITH_TIMEOUT(hub.session("alpha")->status().state, ConnectionState::SignedOut, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(pods->freshness().state, FreshnessState::Failed, kPatience);
        const std::string said = IdentityRig::said(hub);
        QVERIFY2(said.find("could not be renewed at " + provider.issuer()) != std::string::npos, said.c_str());
        QVERIFY2(said.find("Sign in again") != std::string::npos, said.c_str());
        QVERIFY2(said.find("CANARY") == std::string::npos, said.c_str());
        QCOMPARE(server.requestCount(), 0);
        provider.broken = false;
        hub.signInAgain("alpha");
        QTRY_COMPARE_WITH_TIMEOUT(pods->freshness().state, FreshnessState::Live, kPatience);
    }

    void aRefusalIsNotAskedForAgainByItself() {
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        const Provider provider(providerAuthority_, clock->now());
        const kubeconfig::User user = userOf(provider.issuer(), "quarterdeck", "CANARY-used");
        kubeconfig::OidcTokens tokens(clock, [](const char*) { return std::string(); });
        const auto refused = [&] { return tokens.current(user, 0s, {}).error().is(kubeconfig::kOidcRefused); };
        const auto begun = clock->monotonic();
        QVERIFY(refused());
        clock->advance(12h);
        QVERIFY(refused());
        tokens.forgetFailure(user, begun - 1s);  // asked before it was refused: that was the answer
        QVERIFY(refused());
        QCOMPARE(provider.trades().size(), std::size_t{1});
        tokens.forgetFailure(user, clock->monotonic());
        QVERIFY(refused() && refused());
        QCOMPARE(provider.trades().size(), std::size_t{2});
        tokens.forgetFailures();
        QVERIFY(refused() && refused());
        QCOMPARE(provider.trades().size(), std::size_t{3});
    }

    void aProviderThatFailsIsAskedAgain_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("its own failure") << 503 << QByteArray("{\"error\":\"temporarily_unavailable\"}");
        QTest::newRow("a page in between") << 403 << QByteArray("<html>Sign in to this network</html>");
        QTest::newRow("too many requests") << 429 << QByteArray("{\"error\":\"slow_down\"}");
    }
    void aProviderThatFailsIsAskedAgain() {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        std::atomic<int> trades{0};
        HostileServer server(
            [&](const HostileRequest& request, HostileConnection& peer) {
                if (request.method != "POST") {
                    peer.json(nlohmann::json{{"token_endpoint", "https://" + request.header("Host") + "/t"}}.dump());
                } else if (++trades < 3) {
                    peer.answer(status, "text/html", body.toStdString());
                } else {
                    peer.json(nlohmann::json{{"id_token", jwt(clock->now() + 1h, "new")}}.dump());
                }
            },
            {.tls = providerAuthority_.server(), .clientCaPem = {}, .onConnect = {}});
        const kubeconfig::User user = userOf(server.url(), "x", "CANARY");
        kubeconfig::OidcTokens tokens(clock, [](const char*) { return std::string(); });
        QVERIFY(tokens.current(user, 0s, {}).error().is(kubeconfig::kOidcRefresh));
        QVERIFY(!tokens.current(user, 0s, {}));
        QCOMPARE(trades.load(), 1);
        clock->advance(10s);
        QVERIFY(!tokens.current(user, 0s, {}));
        QCOMPARE(trades.load(), 2);
        clock->advance(10s);
        QVERIFY(tokens.current(user, 0s, {}));
    }

    void anExpiryIsJudgedByTheServersClock() {
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        Provider provider(providerAuthority_, clock->now());
        kubeconfig::OidcTokens tokens(clock);
        kubeconfig::User user;
        user.authProvider = kubeconfig::AuthProvider{"oidc", {{"id-token", Secret(jwt(clock->now() + 60s, "id-1"))}}};
        QVERIFY(tokens.current(user, 0s, {}));
        QVERIFY(tokens.current(user, 49s, {}));
        QVERIFY(!tokens.current(user, 50s, {}));
        clock->advance(10min);
        QVERIFY(!tokens.current(user, 0s, {}));
        QVERIFY(tokens.current(user, -10min, {}));
    }

    void badProvidersAreToldApart_data() {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("no issuer") << QByteArray("idp-issuer-url") << QByteArray() << QByteArray("no idp-issuer-url");
        QTest::newRow("no client") << QByteArray("client-id") << QByteArray() << QByteArray("no client-id");
        QTest::newRow("issuer without TLS") << QByteArray("idp-issuer-url") << QByteArray("http://127.0.0.1:1")
                                            << QByteArray("must begin with https://");
        QTest::newRow("authority is rubbish") << QByteArray("idp-certificate-authority-data") << QByteArray("CANARY!")
                                              << QByteArray("idp-certificate-authority-data holds no PEM certificate");
        QTest::newRow("authority is missing") << QByteArray("idp-certificate-authority") << QByteArray("nowhere.pem")
                                              << QByteArray("idp-certificate-authority cannot be used");
        QTest::newRow("foreign authority") << QByteArray("idp-certificate-authority-data") << QByteArray("-")
                                           << QByteArray("not signed by the authority");
        QTest::newRow("web page") << QByteArray("page") << QByteArray("<html>CANARY</html>")
                                  << QByteArray("no configuration");
        QTest::newRow("endpoint without TLS")
            << QByteArray("page")
            << QByteArray(
                   "{\"token_endpoint\":\"http:/"
                   "/CANARY/token\"}")
            << QByteArray("token_endpoint of its configuration is no https:// address");
        QTest::newRow("no token endpoint") << QByteArray("page") << QByteArray("{}") << QByteArray("token_endpoint");
        QTest::newRow("used refresh token")
            << QByteArray("refresh-token") << QByteArray("CANARY-used") << QByteArray("answered 400 invalid_grant");
    }
    void badProvidersAreToldApart() {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, part);
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        const Provider provider(providerAuthority_, clock->now());
        HostileServer page([&](const HostileRequest&, HostileConnection& peer) { peer.json(value.toStdString()); },
                           {.tls = providerAuthority_.server(), .clientCaPem = {}, .onConnect = {}});
        std::map<std::string, Secret> config{
            {"idp-issuer-url", Secret(field == "page" ? page.url() : provider.issuer())},
            {"client-id", Secret("quarterdeck")},
            {"refresh-token", Secret("CANARY-refresh-1")},
            {"idp-certificate-authority-data", Secret(base64(providerAuthority_.caPem()))}};
        if (field == "idp-certificate-authority") {
            config.erase("idp-certificate-authority-data");
        }
        if (field != "page") {
            config[field.toStdString()] = Secret(value == "-" ? base64(authority_.caPem()) : value.toStdString());
        }
        kubeconfig::User user;
        user.name = "jane";
        user.origin = {"/tmp/config", "/tmp"};
        user.authProvider = kubeconfig::AuthProvider{"oidc", config};
        kubeconfig::OidcTokens tokens(clock, [](const char*) { return std::string(); });
        const auto credential = tokens.current(user, 0s, {});
        QVERIFY(!credential);
        const std::string sentence = describe(credential.error());
        QVERIFY2(sentence.find(part.toStdString()) != std::string::npos, sentence.c_str());
        QVERIFY2(sentence.find("jane") != std::string::npos, sentence.c_str());
        QVERIFY2(sentence.find("CANARY") == std::string::npos, sentence.c_str());
    }

    void aPublicClientSaysItsNameInTheForm() {
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        std::atomic<int> trades{0};
        std::string body;
        HostileServer server(
            [&](const HostileRequest& request, HostileConnection& peer) {
                if (request.method == "POST") {
                    body = request.body;
                    ++trades;
                    peer.json(nlohmann::json{{"id_token", jwt(clock->now() + 1h, "new")}}.dump());
                } else {
                    peer.json(
                        nlohmann::json{{"token_endpoint", "https://" + request.header("Host") + "/token?x=1"}}.dump());
                }
            },
            {.tls = providerAuthority_.server(), .clientCaPem = {}, .onConnect = {}});
        const kubeconfig::User user = userOf(server.url() + "/", "a&b", "CANARY/1");
        kubeconfig::OidcTokens tokens(clock, [](const char*) { return std::string(); });
        QVERIFY(tokens.current(user, 0s, {}));
        QVERIFY(tokens.current(user, 0s, {}));
        QCOMPARE(trades.load(), 1);
        QCOMPARE(body, std::string("grant_type=refresh_token&refresh_token=CANARY%2F1&client_id=a%26b"));
        QCOMPARE(server.log().back().target, std::string("/token?x=1"));
        QVERIFY(server.log().back().header("Authorization").empty());
    }

    void aStoppedCallerLeavesAProviderThatHangs() {
        HostileServer server(answers::silence(),
                             {.tls = providerAuthority_.server(), .clientCaPem = {}, .onConnect = {}});
        const kubeconfig::User user = userOf(server.url(), "x", "CANARY");
        kubeconfig::OidcTokens tokens(std::make_shared<SystemClock>(), [](const char*) { return std::string(); });
        std::stop_source stop;
        std::vector<std::jthread> callers;
        std::atomic<int> cancelled{0};
        for (int i = 0; i < 3; ++i) {
            callers.emplace_back([&] {
                const auto credential = tokens.current(user, 0s, stop.get_token());
                cancelled += !credential && credential.error().is(kCancelled) ? 1 : 0;
            });
        }
        QVERIFY(server.waitForRequests(1));
        stop.request_stop();
        callers.clear();
        QCOMPARE(cancelled.load(), 3);
    }
};

QTEST_GUILESS_MAIN(TestOidc)
#include "test_oidc.moc"
