#include <random>

#include <QTest>

#include <nlohmann/json.hpp>

#include "app/kinds/errors.h"
#include "app/kinds/registry.h"
#include "tests/kinds/kind_fixtures.h"

using namespace quarterdeck;
using namespace quarterdeck::kinds;
using namespace quarterdeck::tests;
using Json = nlohmann::ordered_json;

namespace {

/// The same document with the fields of every object in another order.
Json shuffled(const Json& value, std::mt19937& random) {
    if (value.is_array()) {
        Json result = Json::array();
        for (const Json& element : value) {
            result.push_back(shuffled(element, random));
        }
        return result;
    }
    if (!value.is_object()) {
        return value;
    }
    std::vector<std::string> keys;
    for (const auto& [key, unused] : value.items()) {
        keys.push_back(key);
    }
    std::shuffle(keys.begin(), keys.end(), random);
    Json result = Json::object();
    for (const std::string& key : keys) {
        result[key] = shuffled(value[key], random);
    }
    return result;
}

std::string codeOf(const Result<kube::DecodedList>& result) {
    return result ? "" : result.error().code->id;
}

Result<kube::DecodedList> decodePods(std::string json) {
    static StringPool pool;
    return decodeListOf(podKind(), std::move(json), pool);
}

}  // namespace

class TestDecodeList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aListCutAnywhereFailsAsAWhole() {
        const std::string whole = kindFixture("pods.json");
        StringPool pool;
        kube::DecodeContext context{pool};
        for (std::size_t length = 0; length < whole.size(); ++length) {
            // The rest of the document stays in the buffer behind the end, where a reader that runs on would find it.
            std::string cut = whole;
            cut.reserve(whole.size() + 200);
            cut.resize(length);
            const auto result = podKind().decodeList(cut, context);
            QVERIFY2(!result, qPrintable(QStringLiteral("cut at %1").arg(length)));
            QCOMPARE(std::string(result.error().code->id),
                     std::string(length == 0 ? "kinds.empty-answer" : "kinds.truncated"));
        }
        QVERIFY(decodePods(whole).has_value());
    }

    void theOrderOfFieldsDoesNotMatter() {
        const std::string text = kindFixture("pods.json");
        const auto original = decodePods(text);
        QVERIFY(original.has_value());
        const Json document = Json::parse(text);
        std::mt19937 random(20260314);
        for (int round = 0; round < 200; ++round) {
            const std::string other = shuffled(document, random).dump(round % 3 == 0 ? 2 : -1);
            const auto result = decodePods(other);
            QVERIFY2(result.has_value(), other.c_str());
            QCOMPARE(result->resourceVersion, original->resourceVersion);
            QCOMPARE(dumpPods(*result), dumpPods(*original));
        }
    }

    void theOrderOfFieldsDoesNotMatterForAnyKind() {
        const std::pair<const char*, const char*> fixtures[] = {{"nodes", "nodes.json"},
                                                                {"namespaces", "namespaces.json"},
                                                                {"events", "events.json"},
                                                                {"deployments", "deployments.json"},
                                                                {"replicasets", "replicasets.json"}};
        std::mt19937 random(7);
        StringPool pool;
        for (const auto& [resource, fixture] : fixtures) {
            const kube::KindDescriptor& kind = *findKind(resource);
            const std::string text = kindFixture(fixture);
            const auto original = decodeListOf(kind, text, pool);
            QVERIFY2(original.has_value(), fixture);
            for (int round = 0; round < 30; ++round) {
                const auto result = decodeListOf(kind, shuffled(Json::parse(text), random).dump(), pool);
                QVERIFY2(result.has_value(), fixture);
                QCOMPARE(result->items.size(), original->items.size());
                QCOMPARE(result->continueToken, original->continueToken);
                for (std::size_t i = 0; i < result->items.size(); ++i) {
                    QCOMPARE(result->items[i]->meta.uid, original->items[i]->meta.uid);
                    QCOMPARE(result->items[i]->health, original->items[i]->health);
                }
            }
        }
    }

    void anAnswerThatIsNoListIsNamed_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* name, const std::string& answer, const char* code) {
            QTest::newRow(name) << QByteArray::fromStdString(answer) << QByteArray(code);
        };
        const std::string pods = kindFixture("pods.json");
        row("nothing", "", "kinds.empty-answer");
        row("blanks", " \r\n\t ", "kinds.empty-answer");
        row("a login page", kindFixture("login_page.html"), "kinds.html-answer");
        row("text", "upstream connect error", "kinds.not-json");
        row("an array", "[]", "kinds.not-json");
        row("null", "null", "kinds.not-json");
        row("a byte order mark", "\xEF\xBB\xBF" + pods, "kinds.not-json");
        row("protobuf", std::string("k8s\0\n\r", 6), "kinds.not-json");
        row("an empty object", "{}", "kinds.wrong-kind");
        row("a list without items", R"({"kind":"PodList","metadata":{}})", "kinds.wrong-kind");
        row("another kind", R"({"kind":"NodeList","metadata":{},"items":[]})", "kinds.wrong-kind");
        row("another kind, told at the end", R"({"items":[],"kind":"NodeList"})", "kinds.wrong-kind");
        row("a Status", kindFixture("status_forbidden.json"), "kinds.status-answer");
        row("a second list behind", pods + pods, "kinds.broken-json");
        row("a word behind", pods + " ok", "kinds.broken-json");
        row("a bracket behind", pods + "}", "kinds.broken-json");
        row("a zero byte behind", pods + std::string(1, '\0'), "kinds.broken-json");
        row("a missing comma", R"({"kind":"PodList" "items":[]})", "kinds.broken-json");
        row("a missing colon", R"({"kind" "PodList"})", "kinds.broken-json");
        row("a bare key", R"({kind:"PodList"})", "kinds.broken-json");
        row("malformed UTF-8", "{\"kind\":\"Pod\xC3\x28List\",\"items\":[]}", "kinds.broken-json");
        row("a raw line end in a string", "{\"kind\":\"Pod\nList\",\"items\":[]}", "kinds.broken-json");
        row("a bad escape in a name", R"({"items":[{"metadata":{"name":"a\q","uid":"u"}}]})", "kinds.broken-json");
    }
    void anAnswerThatIsNoListIsNamed() {
        QFETCH(QByteArray, answer);
        const auto result = decodePods(answer.toStdString());
        QVERIFY(!result);
        QTEST(QByteArray::fromStdString(codeOf(result)), "code");
        const std::string sentence = describe(result.error());
        QVERIFY2(sentence.find('{') == std::string::npos || answer.contains('{'), sentence.c_str());
        QVERIFY2(sentence.find("PodList") != std::string::npos, sentence.c_str());
    }

    void aStatusKeepsItsCodeReasonAndMessage() {
        const auto result = decodePods(kindFixture("status_forbidden.json"));
        QVERIFY(!result && result.error().is(kStatusAnswer));
        QCOMPARE(result.error().httpStatus, 403);
        QCOMPARE(result.error().parameter("reason"), std::string_view("Forbidden"));
        QVERIFY(result.error().parameter("message").starts_with("pods is forbidden: User \"jane\""));
        QVERIFY(!result.error().retryAfter);
    }

    void aStatusMaySayWhenToComeBack() {
        const auto result = decodePods(R"({"code":429,"details":{"retryAfterSeconds":7},"reason":"TooManyRequests",)"
                                       R"("message":"later","status":"Failure","kind":"Status"})");
        QVERIFY(!result && result.error().is(kStatusAnswer));
        QCOMPARE(result.error().httpStatus, 429);
        QVERIFY(result.error().retryAfter == std::chrono::seconds(7));
    }

    void anEmptyListIsAList_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("empty items") << QByteArray(
            R"({"kind":"PodList","metadata":{"resourceVersion":"5"},"items":[]})");
        QTest::newRow("items null") << QByteArray(
            R"({"items":null,"metadata":{"resourceVersion":"5"},"kind":"PodList"})");
        QTest::newRow("no kind") << QByteArray(R"({"items":[],"metadata":{"resourceVersion":"5"}})");
        QTest::newRow("blanks around") << QByteArray(
            "\n {\"metadata\" : { \"resourceVersion\" : \"5\" } , \"items\" : [ ] }\n\n");
    }
    void anEmptyListIsAList() {
        QFETCH(QByteArray, json);
        const auto result = decodePods(json.toStdString());
        QVERIFY(result.has_value());
        QVERIFY(result->items.empty());
        QCOMPARE(result->resourceVersion, std::string("5"));
    }

    void anAnswerWithoutRoomBehindItIsDecoded() {
        std::string exact = kindFixture("pods.json");
        exact.shrink_to_fit();
        const std::size_t size = exact.size();
        StringPool pool;
        kube::DecodeContext context{pool};
        QVERIFY(podKind().decodeList(exact, context).has_value());
        QCOMPARE(exact.size(), size);
    }

    void theBeginningOfAForeignAnswerIsShownHarmless() {
        const auto result = decodePods("<html>\x1b[31m\xe2\x80\xae" + std::string(500, 'x'));
        QVERIFY(!result);
        const std::string sentence = describe(result.error());
        QVERIFY(sentence.find('\x1b') == std::string::npos);
        QVERIFY(sentence.size() < 600);
    }
};

QTEST_GUILESS_MAIN(TestDecodeList)
#include "test_decode_list.moc"
