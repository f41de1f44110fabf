#include "app/base/time_text.h"
#include "tests/fakes/gzip.h"
#include "tests/http/http_support.h"

using namespace quarterdeck;
using namespace quarterdeck::http;
using namespace quarterdeck::fakes;
namespace answers = quarterdeck::fakes::answers;

class TestTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAnswerComesBackWithStatusHeadersAndBody();
    void methodsAndBodiesGoOutAsGiven_data();
    void methodsAndBodiesGoOutAsGiven();
    void errorStatusesAreAnswersNotErrors_data();
    void errorStatusesAreAnswersNotErrors();
    void redirectsAreNotFollowed();
    void aPathPrefixOfTheServerIsKept();
    void theTargetGoesOutByteForByte();
    void extraHeadersGoWithEveryRequest();
    void anExtraHeaderWithALineBreakStopsTheRequest();
    void gzipIsOfferedAndDecoded();
    void identityIsAskedForWhereCompressionIsOff();
    void theServersClockIsKnownFromItsDate();
    void connectionsAreUsedAgain();
    void noRequestIsForgottenWhileConnectionsAreRenewed();
    void anActionIsSentOnceEvenOverADyingConnection();
    void theGateHoldsAtTheTransport();
    void unusableServerAddressesAreNamed_data();
    void unusableServerAddressesAreNamed();
    void manyThreadsMayCallAtOnce();
    void backgroundRequestsLeaveRoomForThePerson();
};

void TestTransport::anAnswerComesBackWithStatusHeadersAndBody() {
    HostileServer server([](const HostileRequest&, HostileConnection& peer) {
        peer.answer(200, "application/json", R"({"a":1})", {{"X-Thing", " padded "}});
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    const auto answer = transport.send(get("/version?x=1"), {});
    QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
    QCOMPARE(answer->head.status, 200);
    QCOMPARE(answer->body, std::string(R"({"a":1})"));
    QCOMPARE(findHeader(answer->head.headers, "x-thing"), std::string_view("padded"));
    const auto log = server.log();
    QCOMPARE(log.size(), std::size_t{1});
    QCOMPARE(log[0].target, std::string("/version?x=1"));
    QCOMPARE(log[0].header("user-agent"), std::string("quarterdeck/0.1"));
    QCOMPARE(transport.serverUrl(), server.url());
}

void TestTransport::methodsAndBodiesGoOutAsGiven_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("GET") << QByteArray("GET") << QByteArray() << QByteArray();
    QTest::newRow("HEAD") << QByteArray("HEAD") << QByteArray() << QByteArray();
    QTest::newRow("POST") << QByteArray("POST") << QByteArray(R"({"k":1})") << QByteArray("application/json");
    QTest::newRow("empty POST") << QByteArray("POST") << QByteArray() << QByteArray();
    QTest::newRow("PUT") << QByteArray("PUT") << QByteArray("x") << QByteArray("text/plain");
    QTest::newRow("PATCH") << QByteArray("PATCH") << QByteArray("a: b") << QByteArray("application/apply-patch+yaml");
    QTest::newRow("DELETE") << QByteArray("DELETE") << QByteArray() << QByteArray();
    QTest::newRow("DELETE with body") << QByteArray("DELETE") << QByteArray("{}") << QByteArray("application/json");
    QTest::newRow("long body") << QByteArray("PUT") << QByteArray(3'000'000, 'x') << QByteArray("text/plain");
}

void TestTransport::methodsAndBodiesGoOutAsGiven() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, type);
    HostileServer server([](const HostileRequest& request, HostileConnection& peer) {
        peer.answer(200, "text/plain", request.method == "HEAD" ? "" : "fine");
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    Request request = get("/x");
    request.method = method.toStdString();
    request.body = body.toStdString();
    request.effect = Effect::Write;
    if (!type.isEmpty()) {
        request.headers.push_back({"Content-Type", type.toStdString()});
    }
    const auto answer = transport.send(request, {});
    QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
    QCOMPARE(answer->body, std::string(method == "HEAD" ? "" : "fine"));
    const auto sent = server.log().at(0);
    QCOMPARE(sent.method, request.method);
    QCOMPARE(sent.body, request.body);
    QCOMPARE(sent.header("content-type"), type.toStdString());
    QCOMPARE(sent.header("expect"), std::string());
}

void TestTransport::errorStatusesAreAnswersNotErrors_data() {
    QTest::addColumn<int>("status");
    for (const int status : {401, 403, 404, 409, 410, 429, 500, 503, 599}) {
        QTest::newRow(std::to_string(status).c_str()) << status;
    }
}

void TestTransport::errorStatusesAreAnswersNotErrors() {
    QFETCH(int, status);
    HostileServer server(answers::kubernetesStatus(status, "Reason", "words", {{"Retry-After", "7"}}));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    const auto answer = transport.send(get("/api/v1/pods"), {});
    QVERIFY(answer);
    QCOMPARE(answer->head.status, status);
    QCOMPARE(findHeader(answer->head.headers, "Retry-After"), std::string_view("7"));
    QVERIFY(answer->body.find("words") != std::string::npos);
    RecordingSink sink;
    const auto head = transport.stream(get("/api/v1/pods?watch=1"), sink, {});
    QVERIFY(head);
    QCOMPARE(sink.status(), status);
    QVERIFY(sink.text().find("words") != std::string::npos);
}

void TestTransport::redirectsAreNotFollowed() {
    HostileServer other(answers::json("{}"));
    HostileServer server([&](const HostileRequest&, HostileConnection& peer) {
        peer.answer(302, "text/html", "", {{"Location", other.url() + "/login"}});
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    const auto answer = transport.send(get("/version"), {});
    QVERIFY(answer);
    QCOMPARE(answer->head.status, 302);
    QCOMPARE(other.connectionCount(), 0);
}

void TestTransport::aPathPrefixOfTheServerIsKept() {
    HostileServer server(answers::json("{}"));
    HttpTransport transport(endpointFor(server.url() + "/k8s/clusters/c-1/"), nullptr, systemClock());
    QVERIFY(transport.send(get("/version"), {}));
    QCOMPARE(server.log().at(0).target, std::string("/k8s/clusters/c-1/version"));
    QCOMPARE(transport.serverUrl(), server.url() + "/k8s/clusters/c-1");
}

void TestTransport::theTargetGoesOutByteForByte() {
    HostileServer server(answers::json("{}"));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    Request request = get("/a/../b%2Fc//d?x=%20&y=+&z=a%3Db");
    request.effect = Effect::Write;
    QVERIFY(transport.send(request, {}));
    QCOMPARE(server.log().at(0).target, request.target);
}

void TestTransport::extraHeadersGoWithEveryRequest() {
    HostileServer server(answers::json("{}"));
    Endpoint endpoint = endpointFor(server.url());
    endpoint.extraHeaders = {{"Impersonate-User", "jane"}, {"Impersonate-Group", "a"}, {"Impersonate-Group", "b"}};
    HttpTransport transport(endpoint, nullptr, systemClock());
    QVERIFY(transport.send(get("/version"), {}));
    const auto sent = server.log().at(0);
    QCOMPARE(sent.header("impersonate-user"), std::string("jane"));
    QVERIFY(sent.headText.find("Impersonate-Group: a\r\nImpersonate-Group: b\r\n") != std::string::npos);
}

void TestTransport::anExtraHeaderWithALineBreakStopsTheRequest() {
    HostileServer server(answers::json("{}"));
    Endpoint endpoint = endpointFor(server.url());
    endpoint.extraHeaders = {{"Impersonate-User", "jane\r\nX: CANARY"}};
    HttpTransport transport(endpoint, nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kBadCredential);
    QCOMPARE(server.requestCount(), 0);
}

void TestTransport::gzipIsOfferedAndDecoded() {
    const std::string text(100'000, 'p');
    HostileServer server([&](const HostileRequest&, HostileConnection& peer) {
        peer.answer(200, "application/json", gzip(text), {{"Content-Encoding", "gzip"}});
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    const auto answer = transport.send(get("/api/v1/pods"), {});
    QVERIFY(answer);
    QVERIFY(answer->body == text);
    QCOMPARE(server.log().at(0).header("accept-encoding"), std::string("gzip"));
}

void TestTransport::identityIsAskedForWhereCompressionIsOff() {
    HostileServer server(answers::json("{}"));
    Request request = get("/api/v1/pods?watch=1");
    request.compressed = false;
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    QVERIFY(transport.send(request, {}));
    Endpoint endpoint = endpointFor(server.url());
    endpoint.disableCompression = true;
    HttpTransport plain(endpoint, nullptr, systemClock());
    QVERIFY(plain.send(get("/api/v1/pods"), {}));
    QCOMPARE(server.log().at(0).header("accept-encoding"), std::string("identity"));
    QCOMPARE(server.log().at(1).header("accept-encoding"), std::string("identity"));
}

void TestTransport::theServersClockIsKnownFromItsDate() {
    const Instant local = *parseRfc3339("2026-03-14T03:00:00Z");
    HostileServer server([](const HostileRequest&, HostileConnection& peer) {
        peer.answer(200, "text/plain", "x", {{"Date", "Sat, 14 Mar 2026 03:05:00 GMT"}});
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, std::make_shared<ManualClock>(local));
    QVERIFY(!transport.clockOffset());
    QVERIFY(transport.send(get("/version"), {}));
    QVERIFY(transport.clockOffset());
    const auto offset = *transport.clockOffset();
    QVERIFY(offset >= std::chrono::seconds(300) && offset < std::chrono::seconds(310));
}

void TestTransport::connectionsAreUsedAgain() {
    const TestAuthority authority;
    HostileServer server(answers::json("{}"), {.tls = authority.server()});
    HttpTransport transport(endpointFor(server.url(), authority.caPem()), nullptr, systemClock());
    for (int i = 0; i < 5; ++i) {
        QVERIFY(transport.send(get("/version"), {}));
    }
    QCOMPARE(server.connectionCount(), 1);
    transport.reconnect();
    QVERIFY(transport.send(get("/version"), {}));
    QCOMPARE(server.connectionCount(), 2);
}

void TestTransport::noRequestIsForgottenWhileConnectionsAreRenewed() {
    HostileServer server(answers::json("{}"));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    Request request = get("/version");
    request.timeout = std::chrono::milliseconds(5000);
    for (int i = 0; i < 1000; ++i) {
        transport.reconnect();
        const auto before = std::chrono::steady_clock::now();
        const auto answer = transport.send(request, {});
        QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
        QVERIFY(std::chrono::steady_clock::now() - before < std::chrono::seconds(5));
    }
}

void TestTransport::anActionIsSentOnceEvenOverADyingConnection() {
    // Answers the first request of a connection; closes without a word on every action.
    HostileServer server([](const HostileRequest& request, HostileConnection& peer) {
        if (request.method == "GET") {
            peer.json("{}");
        } else {
            peer.close();
        }
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    QVERIFY(transport.send(get("/version"), {}));
    Request action = get("/api/v1/namespaces/shop/pods/web-1");
    action.method = "DELETE";
    action.effect = Effect::Write;
    VERIFY_ERROR(transport.send(action, {}), kConnectionLost);
    QCOMPARE(server.requestCount("/api/v1/namespaces/shop/pods/web-1"), 1);
}

void TestTransport::theGateHoldsAtTheTransport() {
    HostileServer server(answers::json("{}"));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    Request action = get("/api/v1/namespaces/shop/pods/web-1?CANARY=1");
    action.method = "DELETE";
    VERIFY_ERROR(transport.send(action, {}), kGateEffect);
    RecordingSink sink;
    VERIFY_ERROR(transport.stream(action, sink, {}), kGateEffect);
    action.effect = Effect::Write;
    transport.setLocked(true);
    VERIFY_ERROR(transport.send(action, {}), kGateLocked);
    QVERIFY(describe(transport.send(action, {}).error()).find("test-context") != std::string::npos);
    QCOMPARE(server.connectionCount(), 0);
    transport.setLocked(false);
    QVERIFY(transport.send(action, {}));
}

void TestTransport::unusableServerAddressesAreNamed_data() {
    QTest::addColumn<QByteArray>("url");
    for (const char* url : {"", "ftp://host/", "https://", "https://user:CANARY@host:6443", "https://host:99999",
                            "https://ho st/", "not a url"}) {
        // The name of a row is printed.
        QTest::newRow(QByteArray(url).replace("CANARY", "password").constData()) << QByteArray(url);
    }
}

void TestTransport::unusableServerAddressesAreNamed() {
    QFETCH(QByteArray, url);
    HttpTransport transport(endpointFor(url.toStdString()), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kBadServerUrl);
    QVERIFY(transport.serverUrl().find("CANARY") == std::string::npos);
}

void TestTransport::manyThreadsMayCallAtOnce() {
    HostileServer server([](const HostileRequest& request, HostileConnection& peer) { peer.json(request.target); });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    std::atomic<int> wrong{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 25; ++i) {
                    const std::string target = "/t" + std::to_string(t) + "/" + std::to_string(i);
                    const auto answer = transport.send(get(target), {});
                    wrong += answer && answer->body == target ? 0 : 1;
                }
            });
        }
    }
    QCOMPARE(wrong.load(), 0);
    QCOMPARE(server.requestCount(), 200);
}

void TestTransport::backgroundRequestsLeaveRoomForThePerson() {
    HostileServer server(answers::byPath({{"/slow", answers::silence()}, {"/quick", answers::json("{}")}}));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    std::stop_source stop;
    Request slow = get("/slow");
    slow.priority = Priority::Background;
    std::vector<std::unique_ptr<Background<Result<Response>>>> calls;
    for (int i = 0; i < 40; ++i) {
        calls.push_back(
            std::make_unique<Background<Result<Response>>>([&] { return transport.send(slow, stop.get_token()); }));
    }
    QVERIFY(server.waitForRequests(4));
    QVERIFY(transport.send(get("/quick"), {}));
    QCOMPARE(server.requestCount("/slow"), 4);
    stop.request_stop();
    for (const auto& call : calls) {
        QVERIFY(call->endsWithin(std::chrono::seconds(5)));
        QVERIFY(call->join().error().is(kCancelled));
    }
}

QTEST_GUILESS_MAIN(TestTransport)
#include "test_transport.moc"
