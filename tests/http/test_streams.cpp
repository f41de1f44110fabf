#include "tests/fakes/http2_front.h"
#include "tests/http/http_support.h"

#include <sys/resource.h>

using namespace quarterdeck;
using namespace quarterdeck::http;
using namespace quarterdeck::fakes;
namespace answers = quarterdeck::fakes::answers;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// A watch that sends one line, then waits for the end.
HostileServer::Handler quietWatch() {
    return [](const HostileRequest&, HostileConnection& peer) {
        peer.chunkedHead();
        peer.chunk("{}\n");
        peer.waitUntilClosed();
    };
}

Request watch(const std::string& target) {
    Request request = get(target);
    request.timeout = milliseconds(0);
    request.priority = Priority::Watch;
    request.compressed = false;
    return request;
}

milliseconds processorTime() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return std::chrono::duration_cast<milliseconds>(
        seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
        std::chrono::microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec));
}

constexpr std::size_t kFlood = std::size_t{48} << 20U;

HostileServer::Handler flood() {
    return [](const HostileRequest&, HostileConnection& peer) {
        const std::string piece(65536, 'x');
        peer.head(200, {{"Content-Length", std::to_string(kFlood)}});
        bool open = true;
        for (std::size_t sent = 0; open && sent < kFlood; sent += piece.size()) {
            open = peer.write(piece);
        }
    };
}

}  // namespace

class TestStreams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSinkRunsOnTheCallersThread();
    void aCleanEndReturnsTheHead();
    void aSinkMayStopTheStream();
    void aFullSinkPausesItsOwnTransferOnly_data();
    void aFullSinkPausesItsOwnTransferOnly();
    void cancellingAPausedStreamReturnsAtOnce();
    void reconnectEndsEveryStream();
    void aSilentStreamIsProbedAndLives();
    void aDeadConnectionIsFoundByTheProbe();
    void streamsShareOneHttp2Connection();
    void aTimedOutRequestHasADeadSharedConnectionFound();
};

void TestStreams::theSinkRunsOnTheCallersThread() {
    HostileServer server(answers::json("{}"));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    class Sink final : public StreamSink {
    public:
        Flow onHead(const ResponseHead&) override {
            here = here && std::this_thread::get_id() == caller;
            return Flow::Continue;
        }
        Flow onData(std::string_view) override { return onHead({}); }
        std::thread::id caller = std::this_thread::get_id();
        bool here = true;
    } sink;
    QVERIFY(transport.stream(get("/x"), sink, {}));
    QVERIFY(sink.here);
}

void TestStreams::aCleanEndReturnsTheHead() {
    HostileServer server([](const HostileRequest&, HostileConnection& peer) {
        peer.chunkedHead(200);
        peer.chunk("one\n");
        peer.chunk("two\n");
        peer.lastChunk();
    });
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    RecordingSink sink;
    const auto head = transport.stream(watch("/w?watch=1"), sink, {});
    QVERIFY(head);
    QCOMPARE(head->status, 200);
    QCOMPARE(sink.text(), std::string("one\ntwo\n"));
}

void TestStreams::aSinkMayStopTheStream() {
    HostileServer server(answers::endlessChunks(std::string(1000, 'x')));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    RecordingSink sink;
    sink.stopAfter(5000);
    QVERIFY(transport.stream(watch("/w"), sink, {}));
    QVERIFY(sink.bytes() >= 5000);
    QVERIFY(server.waitForOpenConnections(0));
}

void TestStreams::aFullSinkPausesItsOwnTransferOnly_data() {
    QTest::addColumn<bool>("http2");
    QTest::newRow("HTTP/1.1") << false;
    QTest::newRow("HTTP/2, one connection") << true;
}

void TestStreams::aFullSinkPausesItsOwnTransferOnly() {
    QFETCH(bool, http2);
    const TestAuthority authority;
    HostileServer server(answers::byPath({{"/flood", flood()}, {"/quick", answers::json(std::string(200'000, 'q'))}}));
    std::unique_ptr<Http2Front> front;
    if (http2) {
        front = std::make_unique<Http2Front>(server.port(), authority.server());
    }
    HttpTransport transport(endpointFor(http2 ? front->url() : server.url(), authority.caPem()), nullptr,
                            systemClock());
    RecordingSink sink;
    sink.hold();
    Background<Result<ResponseHead>> stream([&] { return transport.stream(watch("/flood"), sink, {}); });
    QVERIFY(sink.waitForBytes(1));
    const auto before = processorTime();
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 50; ++i) {
        Request quick = get("/quick");
        quick.timeout = seconds(5);
        const auto answer = transport.send(quick, {});
        QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
        QCOMPARE(answer->body.size(), std::size_t{200'000});
    }
    const auto wall = std::chrono::steady_clock::now() - start;
    qInfo("50 answers beside a paused stream: %lld ms, processor %lld ms",
          static_cast<long long>(std::chrono::duration_cast<milliseconds>(wall).count()),
          static_cast<long long>((processorTime() - before).count()));
    QVERIFY(sink.bytes() <= std::size_t{2} << 20U);
    QVERIFY(!stream.endsWithin(milliseconds(0)));
    sink.release();
    QVERIFY(stream.endsWithin(seconds(20)));
    QVERIFY(stream.join());
    QCOMPARE(sink.bytes(), kFlood);
}

void TestStreams::cancellingAPausedStreamReturnsAtOnce() {
    HostileServer server(answers::endlessChunks(std::string(65536, 'x')));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    RecordingSink sink;
    sink.hold();
    std::stop_source stop;
    Background<Result<ResponseHead>> stream([&] { return transport.stream(watch("/w"), sink, stop.get_token()); });
    QVERIFY(sink.waitForBytes(1));
    stop.request_stop();
    sink.release();
    QVERIFY(stream.endsWithin(seconds(2)));
    QVERIFY(stream.join().error().is(kCancelled));
    QVERIFY(server.waitForOpenConnections(0));
}

void TestStreams::reconnectEndsEveryStream() {
    HostileServer server(answers::byPath({{"/w*", quietWatch()}, {"/quick", answers::json("{}")}}));
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock());
    RecordingSink sink;
    Background<Result<ResponseHead>> stream([&] { return transport.stream(watch("/w"), sink, {}); });
    QVERIFY(sink.waitForBytes(3));
    transport.reconnect();
    QVERIFY(stream.endsWithin(seconds(2)));
    VERIFY_ERROR(stream.join(), kConnectionLost);
    QVERIFY(server.waitForOpenConnections(0));
    QVERIFY(transport.send(get("/quick"), {}));
}

void TestStreams::aSilentStreamIsProbedAndLives() {
    HostileServer server(answers::byPath({{"/w*", quietWatch()}, {"/version", answers::json("{}")}}));
    TransportOptions options;
    options.idleProbeAfter = milliseconds(100);
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock(), options);
    RecordingSink sink;
    std::stop_source stop;
    Background<Result<ResponseHead>> stream([&] { return transport.stream(watch("/w"), sink, stop.get_token()); });
    QVERIFY(server.waitForRequests(4));  // the watch and three probes
    QVERIFY(server.requestCount("/version") >= 3);
    QVERIFY(!stream.endsWithin(milliseconds(0)));
    stop.request_stop();
    QVERIFY(stream.join().error().is(kCancelled));
}

void TestStreams::aDeadConnectionIsFoundByTheProbe() {
    HostileServer server(answers::byPath({{"/w*", quietWatch()}, {"/version", answers::silence()}}));
    TransportOptions options;
    options.idleProbeAfter = milliseconds(100);
    options.idleProbeLimit = milliseconds(200);
    HttpTransport transport(endpointFor(server.url()), nullptr, systemClock(), options);
    RecordingSink first;
    RecordingSink second;
    Background<Result<ResponseHead>> one([&] { return transport.stream(watch("/w1"), first, {}); });
    Background<Result<ResponseHead>> two([&] { return transport.stream(watch("/w2"), second, {}); });
    QVERIFY(one.endsWithin(seconds(5)));
    QVERIFY(two.endsWithin(seconds(5)));
    VERIFY_ERROR(one.join(), kConnectionLost);
    VERIFY_ERROR(two.join(), kConnectionLost);
    QCOMPARE(one.join().error().parameter("detail"), std::string_view("no answer to a probe within 0.2 s"));
    QVERIFY(server.waitForOpenConnections(0));
}

void TestStreams::streamsShareOneHttp2Connection() {
    const TestAuthority authority;
    HostileServer server(answers::byPath({{"/w*", quietWatch()}, {"/version", answers::json("{}")}}));
    Http2Front front(server.port(), authority.server());
    HttpTransport transport(endpointFor(front.url(), authority.caPem()),
                            std::make_shared<ScriptedCredentials>(token("CANARY-token")), systemClock());
    std::stop_source stop;
    std::vector<std::unique_ptr<RecordingSink>> sinks;
    std::vector<std::unique_ptr<Background<Result<ResponseHead>>>> streams;
    for (int i = 0; i < 20; ++i) {
        sinks.push_back(std::make_unique<RecordingSink>());
        streams.push_back(std::make_unique<Background<Result<ResponseHead>>>([&, sink = sinks.back().get(), i] {
            return transport.stream(watch("/w" + std::to_string(i)), *sink, stop.get_token());
        }));
    }
    for (const auto& sink : sinks) {
        QVERIFY(sink->waitForBytes(3));
    }
    QVERIFY(transport.send(get("/version"), {}));
    const auto log = server.log();
    QCOMPARE(log.size(), std::size_t{21});
    for (const auto& request : log) {
        QVERIFY(request.header("via").find("2") != std::string::npos);  // "2 nghttpx": it came by HTTP/2
        QCOMPARE(request.header("authorization"), std::string("Bearer CANARY-token"));
    }
    QCOMPARE(front.connectionCount(), 1);
    stop.request_stop();
    for (const auto& stream : streams) {
        QVERIFY(stream->endsWithin(seconds(5)));
        QVERIFY(stream->join().error().is(kCancelled));
    }
}

void TestStreams::aTimedOutRequestHasADeadSharedConnectionFound() {
    const TestAuthority authority;
    HostileServer server(answers::byPath({{"/w*", quietWatch()}, {"/quick", answers::json("{}")}}));
    Http2Front front(server.port(), authority.server());
    TransportOptions options;
    options.idleProbeLimit = milliseconds(300);
    HttpTransport transport(endpointFor(front.url(), authority.caPem()), nullptr, systemClock(), options);
    RecordingSink sink;
    Background<Result<ResponseHead>> stream([&] { return transport.stream(watch("/w"), sink, {}); });
    QVERIFY(sink.waitForBytes(3));
    front.freeze();
    Request quick = get("/quick");
    quick.timeout = milliseconds(300);
    VERIFY_ERROR(transport.send(quick, {}), kTimeout);
    QVERIFY(stream.endsWithin(seconds(5)));
    VERIFY_ERROR(stream.join(), kConnectionLost);
    front.thaw();
    quick.timeout = seconds(10);
    QVERIFY(transport.send(quick, {}));
}

QTEST_GUILESS_MAIN(TestStreams)
#include "test_streams.moc"
