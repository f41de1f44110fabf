#include "tests/fakes/gzip.h"
#include "tests/fakes/hanging_lookups.h"
#include "tests/http/http_support.h"

using namespace quarterdeck;
using namespace quarterdeck::http;
using namespace quarterdeck::fakes;
namespace answers = quarterdeck::fakes::answers;
using std::chrono::milliseconds;
using std::chrono::seconds;

class TestTransportFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aServerThatIsNotThereIsNamed();
    void aHostThatDoesNotExistIsNamed();
    void aCutBodyIsAnErrorThatCountsTheBytes();
    void aChunkedBodyWithoutItsEndIsAnError();
    void aConnectionClosedWithoutAWordIsAnError();
    void aConnectionResetInTheBodyIsAnError();
    void theSinkKeepsWhatCameBeforeTheCut();
    void whatIsNotHttpIsABadAnswer();
    void tlsWhereHttpWasExpectedIsABadAnswer();
    void damagedCompressionIsABadAnswer();
    void endlessHeadersAreABadAnswer_data();
    void endlessHeadersAreABadAnswer();
    void anEndlessAnswerIsRefusedAtItsLimit();
    void aHugeAnnouncedLengthIsRefusedAtOnce();
    void aCompressionBombIsRefusedAtItsLimit();
    void aBodyOfExactlyTheLimitPasses();
    void aSilentServerRunsIntoTheTimeout();
    void oneByteAtATimeIsTooSlow();
    void aSlowButSteadyAnswerPasses();
    void cancellingASilentRequestReturnsAtOnce();
    void cancellingBeforeTheStartSendsNothing();
    void cancellingWhileTheNameServiceHangsReturnsAtOnce();
    void destructionCancelsEverything();
    void anUnreachableProxyIsNamedWithoutItsPassword();
    void aProxyThatRefusesIsNamed();
    void anUnknownProxySchemeIsNamed();
};

void TestTransportFaults::aServerThatIsNotThereIsNamed() {
    std::string url;
    {
        const HostileServer gone(answers::json("{}"));
        url = gone.url();
    }
    HttpTransport transport(endpointFor(url), nullptr, systemClock());
    const auto answer = transport.send(get("/version?CANARY"), {});
    VERIFY_ERROR(answer, kCannotConnect);
    QCOMPARE(answer.error().parameter("server"), std::string_view(url));
    QCOMPARE(answer.error().parameter("context"), std::string_view("test-context"));
    QCOMPARE(answer.error().parameter("detail"), std::string_view("Connection refused"));
}

void TestTransportFaults::aHostThatDoesNotExistIsNamed() {
    HttpTransport transport(endpointFor("https://nowhere.invalid:6443"), nullptr, systemClock());
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kCannotResolve);
    QVERIFY(describe(answer.error()).find("nowhere.invalid") != std::string::npos);
}

void TestTransportFaults::aCutBodyIsAnErrorThatCountsTheBytes() {
    HostileServer server(answers::cutBody(1000, R"({"items":[)"));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    const auto answer = transport.send(get("/api/v1/pods"), {});
    VERIFY_ERROR(answer, kConnectionLost);
    QCOMPARE(answer.error().parameter("detail"), std::string_view("10 of 1000 announced bytes came"));
}

void TestTransportFaults::aChunkedBodyWithoutItsEndIsAnError() {
    HostileServer server(answers::cutChunked(R"({"items":[)"));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/api/v1/pods"), {}), kConnectionLost);
}

void TestTransportFaults::aConnectionClosedWithoutAWordIsAnError() {
    HostileServer server([](const HostileRequest&, HostileConnection& peer) { peer.close(); });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/api/v1/pods"), {}), kConnectionLost);
}

void TestTransportFaults::aConnectionResetInTheBodyIsAnError() {
    HostileServer server([](const HostileRequest&, HostileConnection& peer) {
        peer.chunkedHead();
        peer.chunk("{");
        peer.reset();
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/api/v1/pods"), {}), kConnectionLost);
}

void TestTransportFaults::theSinkKeepsWhatCameBeforeTheCut() {
    HostileServer server(answers::cutChunked("{\"type\":\"ADDED\"}\n{\"type\":\"MOD"));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    RecordingSink sink;
    VERIFY_ERROR(transport.stream(get("/api/v1/pods?watch=1"), sink, {}), kConnectionLost);
    QCOMPARE(sink.text(), std::string("{\"type\":\"ADDED\"}\n{\"type\":\"MOD"));
}

void TestTransportFaults::whatIsNotHttpIsABadAnswer() {
    HostileServer server(answers::notHttp());
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kBadAnswer);
}

void TestTransportFaults::tlsWhereHttpWasExpectedIsABadAnswer() {
    HostileServer server(answers::json("{}"), {.onConnect = [](HostileConnection& peer) {
                             peer.write(std::string_view("\x15\x03\x01\x00\x02\x02\x16", 7));
                             peer.waitUntilClosed();
                         }});
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kBadAnswer);
}

void TestTransportFaults::damagedCompressionIsABadAnswer() {
    HostileServer server([](const HostileRequest&, HostileConnection& peer) {
        peer.answer(200, "application/json", "this is not gzip", {{"Content-Encoding", "gzip"}});
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kBadAnswer);
}

void TestTransportFaults::endlessHeadersAreABadAnswer_data() {
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("many lines") << QByteArray("X-Filler: CANARY-CANARY-CANARY-CANARY-CANARY\r\n");
    QTest::newRow("one line") << QByteArray(1000, 'x');
    QTest::newRow("interim answers") << QByteArray("\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n");
}

void TestTransportFaults::endlessHeadersAreABadAnswer() {
    QFETCH(QByteArray, piece);
    HostileServer server([&](const HostileRequest&, HostileConnection& peer) {
        peer.write(piece.startsWith('\r') ? "HTTP/1.1 103 Early Hints\r\n" : "HTTP/1.1 200 OK\r\n");
        while (peer.write(piece.toStdString())) {
        }
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kBadAnswer);
}

void TestTransportFaults::anEndlessAnswerIsRefusedAtItsLimit() {
    HostileServer server(answers::endlessChunks(std::string(65536, '[')));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    Request request = get("/api/v1/pods");
    request.maxBody = std::size_t{4} << 20U;
    const auto answer = transport.send(request, {});
    VERIFY_ERROR(answer, kAnswerTooLarge);
    QCOMPARE(answer.error().parameter("limit"), std::string_view("4 MiB"));
    QVERIFY(server.waitForOpenConnections(0));
}

void TestTransportFaults::aHugeAnnouncedLengthIsRefusedAtOnce() {
    HostileServer server([](const HostileRequest&, HostileConnection& peer) {
        peer.head(200, {{"Content-Length", "5368709120"}});
        peer.waitUntilClosed();
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/api/v1/pods"), {}), kAnswerTooLarge);
}

void TestTransportFaults::aCompressionBombIsRefusedAtItsLimit() {
    const std::string bomb = gzip(std::string(std::size_t{8} << 20U, '\0'));
    QVERIFY(bomb.size() < 20'000);
    HostileServer server([&](const HostileRequest&, HostileConnection& peer) {
        peer.answer(200, "application/json", bomb, {{"Content-Encoding", "gzip"}});
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    Request request = get("/api/v1/pods");
    request.maxBody = std::size_t{1} << 20U;
    VERIFY_ERROR(transport.send(request, {}), kAnswerTooLarge);
}

void TestTransportFaults::aBodyOfExactlyTheLimitPasses() {
    HostileServer server(answers::json(std::string(1000, ' ')));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    Request request = get("/api/v1/pods");
    request.maxBody = 1000;
    QVERIFY(transport.send(request, {}));
    request.maxBody = 999;
    VERIFY_ERROR(transport.send(request, {}), kAnswerTooLarge);
}

void TestTransportFaults::aSilentServerRunsIntoTheTimeout() {
    HostileServer server(answers::silence());
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    Request request = get("/api/v1/pods?CANARY");
    request.timeout = milliseconds(300);
    const auto answer = transport.send(request, {});
    VERIFY_ERROR(answer, kTimeout);
    QCOMPARE(answer.error().parameter("limit"), std::string_view("0.3 s"));
}

void TestTransportFaults::oneByteAtATimeIsTooSlow() {
    HostileServer server(answers::byteByByte(std::string(100'000, ' '), milliseconds(50)));
    TransportOptions options;
    options.slowLimit = milliseconds(500);
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock(), options);
    const auto answer = transport.send(get("/api/v1/pods"), {});
    VERIFY_ERROR(answer, kTooSlow);
    QCOMPARE(answer.error().parameter("limit"), std::string_view("0.5 s"));
}

void TestTransportFaults::aSlowButSteadyAnswerPasses() {
    const std::string piece(1000, ' ');
    HostileServer server([&](const HostileRequest&, HostileConnection& peer) {
        peer.chunkedHead();
        for (int i = 0; i < 12; ++i) {
            peer.chunk(piece);
            peer.wait(milliseconds(100));
        }
        peer.lastChunk();
    });
    TransportOptions options;
    options.slowLimit = milliseconds(500);
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock(), options);
    const auto answer = transport.send(get("/api/v1/pods"), {});
    QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
    QCOMPARE(answer->body.size(), std::size_t{12'000});
}

void TestTransportFaults::cancellingASilentRequestReturnsAtOnce() {
    HostileServer server(answers::silence());
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    std::stop_source stop;
    Background<Result<Response>> call([&] { return transport.send(get("/a"), stop.get_token()); });
    RecordingSink sink;
    Request watch = get("/b?watch=1");
    watch.timeout = milliseconds(0);
    Background<Result<ResponseHead>> stream([&] { return transport.stream(watch, sink, stop.get_token()); });
    QVERIFY(server.waitForRequests(2));
    stop.request_stop();
    QVERIFY(call.endsWithin(seconds(2)));
    QVERIFY(stream.endsWithin(seconds(2)));
    QVERIFY(call.join().error().is(kCancelled));
    QVERIFY(stream.join().error().is(kCancelled));
    QVERIFY(server.waitForOpenConnections(0));
}

void TestTransportFaults::cancellingBeforeTheStartSendsNothing() {
    HostileServer server(answers::json("{}"));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    std::stop_source stop;
    stop.request_stop();
    RecordingSink sink;
    QVERIFY(transport.send(get("/a"), stop.get_token()).error().is(kCancelled));
    QVERIFY(transport.stream(get("/a"), sink, stop.get_token()).error().is(kCancelled));
    QVERIFY(transport.send(get("/b"), {}));
    QCOMPARE(server.requestCount("/a"), 0);
}

void TestTransportFaults::cancellingWhileTheNameServiceHangsReturnsAtOnce() {
    const HangingLookups hanging;
    auto transport = std::make_unique<HttpTransport>(endpointFor("https://hang.example:6443"), nullptr, systemClock());
    std::stop_source stop;
    Background<Result<Response>> call([&] { return transport->send(get("/version"), stop.get_token()); });
    QVERIFY(HangingLookups::waitUntilEntered());
    const auto before = std::chrono::steady_clock::now();
    stop.request_stop();
    QVERIFY(call.endsWithin(seconds(2)));
    QVERIFY(call.join().error().is(kCancelled));
    transport.reset();
    QVERIFY(std::chrono::steady_clock::now() - before < milliseconds(2000));
}

void TestTransportFaults::destructionCancelsEverything() {
    HostileServer server(answers::silence());
    auto transport = std::make_unique<HttpTransport>(endpointFor(server.url()), nullptr, systemClock());
    RecordingSink sink;
    Background<Result<Response>> call([&] { return transport->send(get("/a"), {}); });
    Background<Result<ResponseHead>> stream([&] { return transport->stream(get("/b"), sink, {}); });
    QVERIFY(server.waitForRequests(2));
    transport.reset();
    QVERIFY(call.join().error().is(kCancelled));
    QVERIFY(stream.join().error().is(kCancelled));
    QVERIFY(server.waitForOpenConnections(0));
}

void TestTransportFaults::anUnreachableProxyIsNamedWithoutItsPassword() {
    std::string port;
    {
        const HostileServer gone(answers::json("{}"));
        port = std::to_string(gone.port());
    }
    Endpoint endpoint = endpointFor("https://10.255.0.1:6443");
    endpoint.proxyUrl = "http://user:CANARY@127.0.0.1:" + port;
    HttpTransport transport(endpoint, nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kProxyFailed);
}

void TestTransportFaults::aProxyThatRefusesIsNamed() {
    HostileServer proxy(answers::html(407));
    Endpoint endpoint = endpointFor("https://10.255.0.1:6443");
    endpoint.proxyUrl = proxy.url();
    HttpTransport transport(endpoint, nullptr, systemClock());
    const auto answer = transport.send(get("/version"), {});
    VERIFY_ERROR(answer, kProxyFailed);
    QVERIFY(answer.error().parameter("detail").find("407") != std::string_view::npos);
    QCOMPARE(proxy.log().at(0).method, std::string("CONNECT"));
    QCOMPARE(proxy.log().at(0).target, std::string("10.255.0.1:6443"));
}

void TestTransportFaults::anUnknownProxySchemeIsNamed() {
    Endpoint endpoint = endpointFor("https://10.255.0.1:6443");
    endpoint.proxyUrl = "gopher://CANARY@proxy";
    HttpTransport transport(endpoint, nullptr, systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kProxyFailed);
}

QTEST_GUILESS_MAIN(TestTransportFaults)
#include "test_transport_faults.moc"
