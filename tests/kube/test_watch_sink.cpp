#include <QTest>

#include "app/kube/watch_sink.h"
#include "tests/fakes/protobuf_bytes.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;
using fakes::framed;
using http::Flow;

namespace {

http::ResponseHead headOf(const char* type, int status = 200) {
    return {status, {{"Content-Type", type}}};
}

/// A sink that keeps what it is handed.
struct Kept {
    explicit Kept(std::size_t limit = 1'000)
        : sink({[] { return true; },
                [this](std::string& line) {
                    lines.push_back(line);
                    return line != "stop";
                },
                [this](std::string_view frame) {
                    frames.emplace_back(frame);
                    return frame != "stop";
                }},
               limit) {}
    std::vector<std::string> lines;
    std::vector<std::string> frames;
    WatchSink sink;
};

using Texts = std::vector<std::string>;

}  // namespace

class TestWatchSink : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theContentTypeDecidesBetweenLinesAndFrames_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("framed");
        QTest::newRow("protobuf") << QByteArray("application/vnd.kubernetes.protobuf") << true;
        QTest::newRow("with its stream") << QByteArray("application/vnd.kubernetes.protobuf;stream=watch") << true;
        QTest::newRow("in capitals") << QByteArray("Application/Vnd.Kubernetes.Protobuf ; stream=watch") << true;
        QTest::newRow("JSON") << QByteArray("application/json") << false;
        QTest::newRow("nothing") << QByteArray("") << false;
        QTest::newRow("another protobuf") << QByteArray("application/vnd.kubernetes.protobuf2") << false;
    }
    void theContentTypeDecidesBetweenLinesAndFrames() {
        QFETCH(QByteArray, type);
        QFETCH(bool, framed);
        Kept kept;
        QCOMPARE(kept.sink.onHead(headOf(type.constData())), Flow::Continue);
        // As lines: "\0\0\0\x05a" and "bcd"; as a frame: "a\nbcd".
        QCOMPARE(kept.sink.onData(std::string_view("\0\0\0\x05"
                                                   "a\nbcd\n",
                                                   10)),
                 Flow::Continue);
        QCOMPARE(kept.frames, framed ? Texts{"a\nbcd"} : Texts{});
        QCOMPARE(kept.lines.size(), std::size_t(framed ? 0 : 2));
    }

    void framesAreTheSameHoweverTheyArrive() {
        const std::string stream = framed("one") + framed("") + framed(std::string(300, 'x')) + framed("last");
        for (std::size_t part = 1; part <= stream.size(); ++part) {
            Kept kept;
            QCOMPARE(kept.sink.onHead(headOf("application/vnd.kubernetes.protobuf")), Flow::Continue);
            for (std::size_t at = 0; at < stream.size(); at += part) {
                QCOMPARE(kept.sink.onData(std::string_view(stream).substr(at, part)), Flow::Continue);
            }
            QCOMPARE(kept.frames, (Texts{"one", "", std::string(300, 'x'), "last"}));
        }
    }

    void anIncompleteFrameIsNotHandedOut() {
        const std::string frame = framed("object");
        for (std::size_t length = 0; length < frame.size(); ++length) {
            Kept kept;
            static_cast<void>(kept.sink.onHead(headOf("application/vnd.kubernetes.protobuf")));
            QCOMPARE(kept.sink.onData(frame.substr(0, length)), Flow::Continue);
            QVERIFY(kept.frames.empty());
        }
    }

    void aFrameAboveTheLimitEndsTheStreamBeforeItsBytesCome() {
        Kept kept;
        static_cast<void>(kept.sink.onHead(headOf("application/vnd.kubernetes.protobuf")));
        QCOMPARE(kept.sink.onData(framed(std::string(1'000, 'x'))), Flow::Continue);
        QCOMPARE(kept.sink.onData(std::string_view("\0\0\x03\xe9", 4)), Flow::Stop);
        QVERIFY(kept.sink.eventTooLong());
        QCOMPARE(kept.frames.size(), std::size_t(1));
    }

    void aFrameMayEndTheStream() {
        Kept kept;
        static_cast<void>(kept.sink.onHead(headOf("application/vnd.kubernetes.protobuf")));
        QCOMPARE(kept.sink.onData(framed("stop") + framed("more")), Flow::Stop);
        QCOMPARE(kept.frames, Texts{"stop"});
        QVERIFY(!kept.sink.eventTooLong());
    }

    void framesThatNobodyTakesStopTheStreamAtItsHead() {
        WatchSink sink({[] { return true; }, [](std::string&) { return true; }, {}}, 100);
        QCOMPARE(sink.onHead(headOf("application/vnd.kubernetes.protobuf")), Flow::Stop);
        QVERIFY(sink.unaskedFrames());
    }

    void theBodyOfARefusalIsKept() {
        Kept kept;
        QCOMPARE(kept.sink.onHead(headOf("application/vnd.kubernetes.protobuf", 403)), Flow::Continue);
        QCOMPARE(kept.sink.onData("k8s"), Flow::Continue);
        QVERIFY(kept.sink.refused() && kept.frames.empty());
        QCOMPARE(kept.sink.refusal(), std::string("k8s"));
    }
};

QTEST_GUILESS_MAIN(TestWatchSink)
#include "test_watch_sink.moc"
