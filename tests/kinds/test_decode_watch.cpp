#include <QTest>

#include <nlohmann/json.hpp>

#include "app/kinds/errors.h"
#include "tests/kinds/kind_fixtures.h"

using namespace quarterdeck;
using namespace quarterdeck::kinds;
using namespace quarterdeck::tests;
using Json = nlohmann::ordered_json;
using kube::WatchEventType;

namespace {

StringPool& pool() {
    static StringPool shared;
    return shared;
}

Result<kube::WatchEvent> decodeLine(std::string line) {
    kube::DecodeContext context{pool()};
    return podKind().decodeWatchLine(line, context);
}

/// The first pod of the fixture with kind and apiVersion, as a watch sends it.
Json pod() {
    Json object{{"kind", "Pod"}, {"apiVersion", "v1"}};
    object.update(Json::parse(kindFixture("pods.json"))["items"][0]);
    return object;
}

}  // namespace

class TestDecodeWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEventCarriesItsObject_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<int>("expected");
        QTest::newRow("added") << QByteArray("ADDED") << int(WatchEventType::Added);
        QTest::newRow("modified") << QByteArray("MODIFIED") << int(WatchEventType::Modified);
        QTest::newRow("deleted") << QByteArray("DELETED") << int(WatchEventType::Deleted);
    }
    void anEventCarriesItsObject() {
        QFETCH(QByteArray, type);
        QFETCH(int, expected);
        const auto list = decodeListOf(podKind(), kindFixture("pods.json"), pool());
        for (const Json& line : {Json{{"type", type.toStdString()}, {"object", pod()}},
                                 Json{{"object", pod()}, {"type", type.toStdString()}}}) {
            const auto event = decodeLine(line.dump());
            QVERIFY2(event.has_value(), event ? "" : describe(event.error()).c_str());
            QCOMPARE(static_cast<int>(event->type), expected);
            QCOMPARE(event->resourceVersion, std::string("48211100"));
            QCOMPARE(dumpPod(static_cast<const Pod&>(*event->object)), dumpPods(*list)[0]);
            QVERIFY(!event->initialEventsEnd);
        }
    }

    void aBookmarkMovesTheVersionOnly() {
        const auto event = decodeLine(
            R"({"type":"BOOKMARK","object":{"kind":"Pod","apiVersion":"v1","metadata":)"
            R"({"resourceVersion":"4711","creationTimestamp":null},"spec":{"containers":null},"status":{}}})");
        QVERIFY(event.has_value());
        QCOMPARE(event->type, WatchEventType::Bookmark);
        QCOMPARE(event->resourceVersion, std::string("4711"));
        QVERIFY(event->object == nullptr);
        QVERIFY(!event->initialEventsEnd);
    }

    void aBookmarkMayEndTheInitialEvents() {
        for (
            const char* line :
            {R"({"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9","annotations":{"k8s.io/initial-events-end":"true"}}}})",
             R"({"object":{"metadata":{"annotations":{"other":"x","k8s.io/initial-events-end":"true"},"resourceVersion":"9"}},"type":"BOOKMARK"})"}) {
            const auto event = decodeLine(line);
            QVERIFY(event.has_value());
            QVERIFY(event->initialEventsEnd);
            QCOMPARE(event->resourceVersion, std::string("9"));
        }
    }

    void anErrorCarriesItsStatusAndNoVersion() {
        const Json status{{"kind", "Status"},    {"metadata", {{"resourceVersion", "5"}}},
                          {"status", "Failure"}, {"message", "too old resource version: 1 (2)"},
                          {"reason", "Expired"}, {"code", 410}};
        for (const Json& line :
             {Json{{"type", "ERROR"}, {"object", status}}, Json{{"object", status}, {"type", "ERROR"}}}) {
            const auto event = decodeLine(line.dump());
            QVERIFY(event.has_value());
            QCOMPARE(event->type, WatchEventType::Error);
            QCOMPARE(event->status.code, 410);
            QCOMPARE(event->status.reason, std::string("Expired"));
            QCOMPARE(event->status.message, std::string("too old resource version: 1 (2)"));
            QVERIFY(event->resourceVersion.empty());
            QVERIFY(event->object == nullptr);
        }
    }

    void anErrorMaySayWhenToComeBack() {
        const auto event = decodeLine(R"({"type":"ERROR","object":{"code":429,"details":{"retryAfterSeconds":3}}})");
        QVERIFY(event.has_value());
        QCOMPARE(event->status.retryAfterSeconds, std::optional<int>(3));
    }

    void aLineThatIsNoEventIsNamed_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* name, const std::string& line, const char* code) {
            QTest::newRow(name) << QByteArray::fromStdString(line) << QByteArray(code);
        };
        row("nothing", "", "kinds.empty-answer");
        row("a web page", "<html>", "kinds.html-answer");
        row("text", "gateway timeout", "kinds.not-json");
        row("an empty object", "{}", "kinds.unknown-watch-event");
        row("an unknown type", R"({"type":"RENAMED","object":{}})", "kinds.unknown-watch-event");
        row("a type that is no text", R"({"type":7,"object":{}})", "kinds.unknown-watch-event");
        row("no object", R"({"type":"ADDED"})", "kinds.incomplete-object");
        row("an object that is null", R"({"type":"DELETED","object":null})", "kinds.incomplete-object");
        row("an object without a name", R"({"type":"MODIFIED","object":{"metadata":{"uid":"u"}}})",
            "kinds.incomplete-object");
        row("a bare Status", kindFixture("status_forbidden.json"), "kinds.status-answer");
        row("two events in one line", R"({"type":"BOOKMARK","object":{}}{"type":"BOOKMARK","object":{}})",
            "kinds.broken-json");
    }
    void aLineThatIsNoEventIsNamed() {
        QFETCH(QByteArray, line);
        const auto event = decodeLine(line.toStdString());
        QVERIFY(!event);
        QTEST(QByteArray(event.error().code->id), "code");
        QVERIFY(describe(event.error()).find("Pod") != std::string::npos);
    }

    void aLineCutAnywhereFails() {
        const std::string whole = Json{{"type", "ADDED"}, {"object", pod()}}.dump();
        kube::DecodeContext context{pool()};
        for (std::size_t length = 1; length < whole.size(); ++length) {
            std::string cut = whole;
            cut.reserve(whole.size() + 100);
            cut.resize(length);
            const auto event = podKind().decodeWatchLine(cut, context);
            QVERIFY2(!event && event.error().is(kTruncated), qPrintable(QStringLiteral("cut at %1").arg(length)));
        }
    }

    void aHugeLineIsDecodedLikeASmallOne() {
        Json object = pod();
        object["metadata"]["annotations"]["blob"] = std::string(3 << 20, 'x');
        const auto event = decodeLine(Json{{"type", "ADDED"}, {"object", object}}.dump());
        QVERIFY(event.has_value());
        QVERIFY(event->object != nullptr);
        QVERIFY(decodeLine(Json{{"type", "ADDED"}, {"object", pod()}}.dump()).has_value());
    }
};

QTEST_GUILESS_MAIN(TestDecodeWatch)
#include "test_decode_watch.moc"
