#include "app/base/time_text.h"
#include "tests/http/http_support.h"

using namespace quarterdeck;
using namespace quarterdeck::http;
using namespace quarterdeck::fakes;
namespace answers = quarterdeck::fakes::answers;

class TestTls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCertificateOfTheGivenAuthorityIsAccepted();
    void anExpiredCertificateNamesBothTimes();
    void aCertificateThatIsNotYetValidNamesBothTimes();
    void whatIsKnownOfTheServersClockIsSaidWithABadCertificate();
    void aWrongHostNameNamesBothSides();
    void aForeignAuthorityNamesSubjectAndIssuer();
    void theSystemsRootsDoNotVouchForAPrivateServer();
    void verificationCanBeSwitchedOff();
    void unusableAuthorityDataIsNamed();
    void theTlsServerNameIsVerifiedAndSentWhileTheHostHeaderStays();
    void aWrongTlsServerNameIsNamed();
    void aClientCertificateIsPresented();
    void aMissingClientCertificateIsNamed();
    void aForeignClientCertificateIsNamed();
    void unusableClientKeysAreNamed_data();
    void unusableClientKeysAreNamed();
    void aRotatedClientCertificateTakesNewConnections();
    void aRotatedClientCertificateCutsStreamsButNoAction();
    void plainHttpBehindAnHttpsAddressIsNamed();
    void aServerThatHangsInTheHandshakeRunsIntoTheConnectLimit();
    void aConnectionCutInTheHandshakeIsATlsFailure();
};

namespace {
const TestAuthority& authority() {
    static const TestAuthority instance;
    return instance;
}
}  // namespace

void TestTls::aCertificateOfTheGivenAuthorityIsAccepted() {
    HostileServer server(answers::json("{}"), {.tls = authority().server()});
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), nullptr, systemClock());
    QVERIFY(transport.send(get("/version"), {}));
}

void TestTls::anExpiredCertificateNamesBothTimes() {
    const Instant now = *parseRfc3339("2026-03-14T03:12:40Z");
    CertificateOptions options;
    options.commonName = "old-apiserver";
    options.notBefore = std::chrono::floor<std::chrono::seconds>(*parseRfc3339("2020-01-01T00:00:00Z"));
    options.notAfter = std::chrono::floor<std::chrono::seconds>(*parseRfc3339("2021-02-03T04:05:06Z"));
    HostileServer server(answers::json("{}"), {.tls = authority().server(options)});
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), nullptr,
                            std::make_shared<ManualClock>(now));
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kCertificateExpired);
    QCOMPARE(answer.error().parameter("notAfter"), std::string_view("2021-02-03T04:05:06Z"));
    QCOMPARE(answer.error().parameter("gap"), std::string_view("5y39d"));
    QCOMPARE(answer.error().parameter("clock"), std::string_view());  // it has never answered
    QCOMPARE(answer.error().parameter("now"), std::string_view("2026-03-14T03:12:40Z"));
    QCOMPARE(answer.error().parameter("subject"), std::string_view("CN=old-apiserver"));
    QCOMPARE(answer.error().parameter("server"), std::string_view(server.url()));
}

void TestTls::aCertificateThatIsNotYetValidNamesBothTimes() {
    const Instant now = *parseRfc3339("2026-03-14T03:12:40Z");
    CertificateOptions options;
    options.notBefore = std::chrono::floor<std::chrono::seconds>(*parseRfc3339("2040-01-02T03:04:05Z"));
    options.notAfter = std::chrono::floor<std::chrono::seconds>(*parseRfc3339("2041-01-01T00:00:00Z"));
    HostileServer server(answers::json("{}"), {.tls = authority().server(options)});
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), nullptr,
                            std::make_shared<ManualClock>(now));
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kCertificateNotYetValid);
    QCOMPARE(answer.error().parameter("notBefore"), std::string_view("2040-01-02T03:04:05Z"));
    QCOMPARE(answer.error().parameter("gap"), std::string_view("13y"));
    QCOMPARE(answer.error().parameter("now"), std::string_view("2026-03-14T03:12:40Z"));
}

void TestTls::whatIsKnownOfTheServersClockIsSaidWithABadCertificate() {
    const auto clock = std::make_shared<ManualClock>(*parseRfc3339("2026-03-14T03:12:40Z"));
    auto server = std::make_unique<HostileServer>(
        [](const HostileRequest&, HostileConnection& peer) {
            peer.answer(200, "application/json", "{}", {{"Date", "Sat, 14 Mar 2026 06:12:40 GMT"}});
        },
        HostileServer::Options{.tls = authority().server()});
    const std::uint16_t port = server->port();
    HttpTransport transport(endpointFor(server->url(), authority().caPem()), nullptr, clock);
    QVERIFY(transport.send(get("/version"), {}));
    server.reset();
    server = std::make_unique<HostileServer>(answers::json("{}"),
                                             HostileServer::Options{.tls = authority().expiredServer(), .port = port});
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kCertificateExpired);
    QCOMPARE(answer.error().parameter("clock"),
             std::string_view("By its last answer the server's clock is 3h ahead of this machine's. "));
}

void TestTls::aWrongHostNameNamesBothSides() {
    HostileServer server(answers::json("{}"), {.tls = authority().wrongNameServer()});
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), nullptr, systemClock());
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kWrongHostName);
    QCOMPARE(answer.error().parameter("names"), std::string_view("elsewhere.example, 192.0.2.1"));
    QCOMPARE(answer.error().parameter("host"), std::string_view("127.0.0.1"));
}

void TestTls::aForeignAuthorityNamesSubjectAndIssuer() {
    const TestAuthority foreign("Somebody Else");
    CertificateOptions options;
    options.commonName = "kube-apiserver";
    HostileServer server(answers::json("{}"), {.tls = foreign.server(options)});
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), nullptr, systemClock());
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kUnknownAuthority);
    QCOMPARE(answer.error().parameter("subject"), std::string_view("CN=kube-apiserver"));
    QCOMPARE(answer.error().parameter("issuer"), std::string_view("CN=Somebody Else"));
    QCOMPARE(answer.error().parameter("detail"), std::string_view("unable to get local issuer certificate"));
}

void TestTls::theSystemsRootsDoNotVouchForAPrivateServer() {
    HostileServer server(answers::json("{}"), {.tls = authority().server()});
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kUnknownAuthority);
}

void TestTls::verificationCanBeSwitchedOff() {
    HostileServer server(answers::json("{}"), {.tls = authority().expiredServer()});
    Endpoint endpoint = endpointFor(server.url());
    endpoint.insecureSkipTlsVerify = true;
    HttpTransport transport(endpoint, nullptr, systemClock());
    QVERIFY(transport.send(get("/version"), {}));
}

void TestTls::unusableAuthorityDataIsNamed() {
    HostileServer server(answers::json("{}"), {.tls = authority().server()});
    HttpTransport transport(endpointFor(server.url(), "CANARY is not PEM"), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kTlsFailed);
}

void TestTls::theTlsServerNameIsVerifiedAndSentWhileTheHostHeaderStays() {
    HostileServer server(answers::json("{}"), {.tls = authority().wrongNameServer()});
    Endpoint endpoint = endpointFor(server.url() + "/prefix", authority().caPem());
    endpoint.tlsServerName = "elsewhere.example";
    HttpTransport transport(endpoint, nullptr, systemClock());
    const auto answer = transport.send(get("/version"), {});
    QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
    const auto sent = server.log().at(0);
    QCOMPARE(sent.header("host"), "127.0.0.1:" + std::to_string(server.port()));
    QCOMPARE(sent.target, std::string("/prefix/version"));
    QCOMPARE(transport.serverUrl(), server.url() + "/prefix");
}

void TestTls::aWrongTlsServerNameIsNamed() {
    HostileServer server(answers::json("{}"), {.tls = authority().server()});
    Endpoint endpoint = endpointFor(server.url(), authority().caPem());
    endpoint.tlsServerName = "kubernetes.default";
    HttpTransport transport(endpoint, nullptr, systemClock());
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kWrongHostName);
    QCOMPARE(answer.error().parameter("host"), std::string_view("kubernetes.default"));
    QCOMPARE(answer.error().parameter("names"), std::string_view("localhost, 127.0.0.1"));
}

namespace {
Credential certificate(const PemIdentity& identity, unsigned generation = 1) {
    Credential credential;
    credential.clientCertificatePem = identity.certificatePem;
    credential.clientKeyPem = Secret(identity.keyPem);
    credential.generation = generation;
    return credential;
}

HostileServer::Options mutualTls(bool required) {
    return {.tls = authority().server(), .clientCaPem = authority().caPem(), .requireClientCertificate = required};
}
}  // namespace

void TestTls::aClientCertificateIsPresented() {
    HostileServer server(answers::json("{}"), mutualTls(true));
    const auto source =
        std::make_shared<ScriptedCredentials>(certificate(authority().client("jane", {"system:masters"})));
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), source, systemClock());
    const auto answer = transport.send(get("/version"), {});
    QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
    QCOMPARE(server.log().at(0).clientSubject, std::string("O = system:masters, CN = jane"));
}

void TestTls::aMissingClientCertificateIsNamed() {
    HostileServer server(answers::json("{}"), mutualTls(true));
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), nullptr, systemClock());
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kBadClientCertificate);
    QCOMPARE(answer.error().parameter("detail"), std::string_view("the server demands one and none was sent"));
}

void TestTls::aForeignClientCertificateIsNamed() {
    const TestAuthority foreign("Somebody Else");
    HostileServer server(answers::json("{}"), mutualTls(true));
    const auto source = std::make_shared<ScriptedCredentials>(certificate(foreign.client("jane")));
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), source, systemClock());
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kBadClientCertificate);
    QCOMPARE(answer.error().parameter("detail"), std::string_view("the server does not know its issuer"));
}

void TestTls::unusableClientKeysAreNamed_data() {
    QTest::addColumn<QByteArray>("certificatePem");
    QTest::addColumn<QByteArray>("keyPem");
    const PemIdentity jane = authority().client("jane");
    const PemIdentity joe = authority().client("joe");
    const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
    QTest::newRow("key of another") << bytes(jane.certificatePem) << bytes(joe.keyPem);
    QTest::newRow("key is rubbish") << bytes(jane.certificatePem) << QByteArray("CANARY");
    QTest::newRow("no key") << bytes(jane.certificatePem) << QByteArray();
    QTest::newRow("certificate is rubbish") << QByteArray("CANARY") << bytes(jane.keyPem);
    QTest::newRow("key with a passphrase") << bytes(jane.certificatePem) << bytes(encryptKey(jane.keyPem, "CANARY"));
}

void TestTls::unusableClientKeysAreNamed() {
    QFETCH(QByteArray, certificatePem);
    QFETCH(QByteArray, keyPem);
    HostileServer server(answers::json("{}"), mutualTls(false));
    const auto source =
        std::make_shared<ScriptedCredentials>(certificate({certificatePem.toStdString(), keyPem.toStdString()}));
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), source, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kBadClientCertificate);
    QCOMPARE(server.requestCount(), 0);
}

void TestTls::aRotatedClientCertificateTakesNewConnections() {
    HostileServer server(answers::json("{}"), mutualTls(true));
    const auto source = std::make_shared<ScriptedCredentials>(certificate(authority().client("jane"), 1));
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), source, systemClock());
    QVERIFY(transport.send(get("/version"), {}));
    QVERIFY(transport.send(get("/version"), {}));
    QCOMPARE(server.connectionCount(), 1);
    source->set(certificate(authority().client("jane-renewed"), 2));
    QVERIFY(transport.send(get("/version"), {}));
    QCOMPARE(server.connectionCount(), 2);
    QCOMPARE(server.log().at(2).clientSubject, std::string("CN = jane-renewed"));
}

void TestTls::aRotatedClientCertificateCutsStreamsButNoAction() {
    std::atomic<bool> acting{false};
    std::atomic<bool> finish{false};
    HostileServer server(
        [&](const HostileRequest& request, HostileConnection& peer) {
            if (request.method == "DELETE") {
                acting = true;
                while (!finish && peer.wait(std::chrono::milliseconds(5))) {
                }
                peer.json("{}");
            } else if (request.path() == "/watch") {
                peer.chunkedHead();
                peer.chunk("first");
                peer.waitUntilClosed();
            } else {
                peer.json("{}");
            }
        },
        mutualTls(true));
    const auto source = std::make_shared<ScriptedCredentials>(certificate(authority().client("jane"), 1));
    HttpTransport transport(endpointFor(server.url(), authority().caPem()), source, systemClock());
    RecordingSink sink;
    Background<Result<ResponseHead>> watch([&] { return transport.stream(get("/watch"), sink, {}); });
    QVERIFY(sink.waitForBytes(5));
    Background<Result<Response>> action([&] {
        Request request = get("/api/v1/namespaces/shop/pods/web");
        request.method = "DELETE";
        request.effect = Effect::Write;
        return transport.send(request, {});
    });
    QTRY_VERIFY_WITH_TIMEOUT(acting, 30'000);
    source->set(certificate(authority().client("jane-renewed"), 2));
    QVERIFY(transport.send(get("/version"), {}));
    QVERIFY(!watch.endsWithin(std::chrono::milliseconds(0)));  // nothing is cut beside an action
    finish = true;
    QVERIFY(action.join());
    QVERIFY(transport.send(get("/version"), {}));
    QVERIFY(watch.endsWithin(std::chrono::seconds(30)));
    VERIFY_ERROR(watch.join(), kConnectionLost);
    QVERIFY(server.waitForOpenConnections(1));
    QCOMPARE(server.log().back().clientSubject, std::string("CN = jane-renewed"));
}

void TestTls::plainHttpBehindAnHttpsAddressIsNamed() {
    HostileServer server(answers::json("{}"), {.onConnect = [](HostileConnection& peer) {
                             peer.answer(400, "text/plain", "bad request");
                             peer.waitUntilClosed();
                         }});
    HttpTransport transport(endpointFor("https://127.0.0.1:" + std::to_string(server.port()), authority().caPem()),
                            nullptr, systemClock());
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kTlsFailed);
    QCOMPARE(answer.error().parameter("detail"), std::string_view("what answers there does not speak TLS"));
}

void TestTls::aServerThatHangsInTheHandshakeRunsIntoTheConnectLimit() {
    HostileServer server(answers::json("{}"), {.onConnect = [](HostileConnection& peer) { peer.waitUntilClosed(); }});
    TransportOptions options;
    options.connectTimeout = std::chrono::milliseconds(300);
    HttpTransport transport(endpointFor("https://127.0.0.1:" + std::to_string(server.port()), authority().caPem()),
                            nullptr, systemClock(), options);
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kCannotConnect);
    QCOMPARE(answer.error().parameter("detail"), std::string_view("no connection within 0.3 s"));
}

void TestTls::aConnectionCutInTheHandshakeIsATlsFailure() {
    HostileServer server(answers::json("{}"), {.onConnect = [](HostileConnection& peer) {
                             peer.receive();  // the client's hello
                             peer.reset();
                         }});
    HttpTransport transport(endpointFor("https://127.0.0.1:" + std::to_string(server.port()), authority().caPem()),
                            nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kTlsFailed);
}

QTEST_GUILESS_MAIN(TestTls)
#include "test_tls.moc"
