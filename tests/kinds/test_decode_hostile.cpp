#include <random>

#include <QTest>

#include <nlohmann/json.hpp>

#include "app/kinds/registry.h"
#include "tests/kinds/kind_fixtures.h"

using namespace quarterdeck;
using namespace quarterdeck::kinds;
using namespace quarterdeck::tests;
using Json = nlohmann::ordered_json;

namespace {

StringPool& pool() {
    static StringPool shared;
    return shared;
}

Result<kube::DecodedList> decodePods(std::string json) {
    return decodeListOf(podKind(), std::move(json), pool());
}

/// The three pods of the fixture with something else in the place of the middle one.
std::string around(const std::string& middle) {
    const Json document = Json::parse(kindFixture("pods.json"));
    return R"({"kind":"PodList","items":[)" + document["items"][0].dump() + "," + middle + "," +
           document["items"][2].dump() + "]}";
}

std::string nested(const char* open, const char* close, int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) {
        text += open;
    }
    text += "1";
    for (int i = 0; i < depth; ++i) {
        text += close;
    }
    return text;
}

void collectPaths(const Json& value, const Json::json_pointer& path, std::vector<Json::json_pointer>& paths) {
    paths.push_back(path);
    if (value.is_object()) {
        for (const auto& [key, child] : value.items()) {
            collectPaths(child, path / key, paths);
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            collectPaths(value[i], path / i, paths);
        }
    }
}

}  // namespace

class TestDecodeHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anItemThatIsNoObjectIsSkippedAndCounted_data() {
        QTest::addColumn<QByteArray>("item");
        const std::pair<const char*, std::string> items[] = {
            {"null", "null"},
            {"number", "17"},
            {"text", "\"pod\""},
            {"array", R"([{"metadata":{"name":"x","uid":"y"}}])"},
            {"empty", "{}"},
            {"no metadata", R"({"spec":{"nodeName":"n"},"status":{"phase":"Running"}})"},
            {"metadata is text", R"({"metadata":"x","status":{}})"},
            {"metadata is null", R"({"metadata":null})"},
            {"no name", R"({"metadata":{"uid":"u"}})"},
            {"no uid", R"({"metadata":{"name":"n"}})"},
            {"name is a number", R"({"metadata":{"name":1,"uid":"u"}})"},
            {"uid is an object", R"({"metadata":{"name":"n","uid":{"name":"n","uid":"u"}}})"},
            {"name without metadata", R"({"name":"n","uid":"u"})"},
            {"deeply nested", nested("[", "]", 100'000)},
            {"deeply nested objects", nested("{\"metadata\":", "}", 50'000)},
        };
        for (const auto& [name, item] : items) {
            QTest::newRow(name) << QByteArray::fromStdString(item);
        }
    }
    void anItemThatIsNoObjectIsSkippedAndCounted() {
        QFETCH(QByteArray, item);
        const auto whole = decodePods(kindFixture("pods.json"));
        const auto result = decodePods(around(item.toStdString()));
        QVERIFY2(result.has_value(), result ? "" : describe(result.error()).c_str());
        QCOMPARE(result->skipped, std::size_t(1));
        const auto expected = dumpPods(*whole);
        QCOMPARE(dumpPods(*result), (std::vector<std::string>{expected[0], expected[2]}));
    }

    void aFieldOfAnyWrongTypeHarmsOnlyItself() {
        const char* const replacements[] = {"null",
                                            "true",
                                            "0",
                                            "-5",
                                            "1.5",
                                            "1e400",
                                            "99999999999999999999999",
                                            "\"\"",
                                            "\"words\"",
                                            "[]",
                                            "{}",
                                            "[[{}]]",
                                            R"({"name":"other","uid":"other"})",
                                            R"([{"name":"other","state":{"running":{}}}])",
                                            "[null,1,\"x\",[],{}]"};
        const auto whole = decodePods(kindFixture("pods.json"));
        const auto expected = dumpPods(*whole);
        const Json document = Json::parse(kindFixture("pods.json"));
        std::vector<Json::json_pointer> paths;
        collectPaths(document["items"][0], Json::json_pointer(), paths);
        QVERIFY(paths.size() > 150);
        for (const auto& path : paths) {
            for (const char* replacement : replacements) {
                Json pod = document["items"][0];
                // Written as text: a DOM would not hold such numbers.
                pod[path] = "@@@";
                std::string item = pod.dump();
                item.replace(item.find("\"@@@\""), 5, replacement);
                const std::string json = R"({"items":[)" + document["items"][1].dump() + "," + item + "," +
                                         document["items"][2].dump() + "]}";
                const auto result = decodePods(json);
                const std::string where = path.to_string() + " = " + replacement;
                QVERIFY2(result.has_value(), where.c_str());
                QVERIFY2(result->items.size() + result->skipped == 3, where.c_str());
                const auto dumps = dumpPods(*result);
                QVERIFY2(dumps.front() == expected[1], where.c_str());
                QVERIFY2(dumps.back() == expected[2], where.c_str());
            }
        }
    }

    void aFieldOfAnyWrongTypeIsSurvivedByEveryKind() {
        const std::pair<const char*, const char*> fixtures[] = {{"nodes", "nodes.json"},
                                                                {"namespaces", "namespaces.json"},
                                                                {"events", "events.json"},
                                                                {"deployments", "deployments.json"},
                                                                {"replicasets", "replicasets.json"}};
        for (const auto& [resource, fixture] : fixtures) {
            const Json document = Json::parse(kindFixture(fixture));
            std::vector<Json::json_pointer> paths;
            collectPaths(document["items"][0], Json::json_pointer(), paths);
            for (const auto& path : paths) {
                for (const char* replacement : {"null", "7", "-1.5", "\"x\"", "[1]", "{\"a\":[]}", "false"}) {
                    Json copy = document;
                    copy["items"][0][path] = Json::parse(replacement);
                    const auto result = decodeListOf(*findKind(resource), copy.dump(), pool());
                    QVERIFY2(result.has_value(), (path.to_string() + replacement).c_str());
                    QCOMPARE(result->items.size() + result->skipped, document["items"].size());
                    QCOMPARE(result->items.back()->meta.uid,
                             document["items"].back()["metadata"]["uid"].get<std::string>());
                }
            }
        }
    }

    void unknownFieldsAreSteppedOver() {
        const auto whole = decodePods(kindFixture("pods.json"));
        Json document = Json::parse(kindFixture("pods.json"));
        for (Json& item : document["items"]) {
            for (const char* part : {"metadata", "spec", "status"}) {
                item[part]["futureField"] = Json::parse(R"({"name":"x","uid":[1,{"phase":"Failed"}],"deep":[[[{}]]]})");
                item[part]["nam"] = "prefix of a name";
                item[part]["names"] = "longer than a name";
            }
        }
        const auto result = decodePods(document.dump());
        QVERIFY(result.has_value());
        QCOMPARE(dumpPods(*result), dumpPods(*whole));
    }

    void floatsStandForIntegers() {
        Json document = Json::parse(kindFixture("pods.json"));
        document["items"][0]["status"]["containerStatuses"][0]["restartCount"] = 4.0;
        document["items"][0]["status"]["containerStatuses"][0]["lastState"]["terminated"]["exitCode"] = 1.37e2;
        const auto result = decodePods(document.dump());
        QVERIFY(result.has_value());
        const auto& pod = static_cast<const Pod&>(*result->items[0]);
        QCOMPARE(pod.appContainers()[0].restarts, 4);
        QCOMPARE(pod.appContainers()[0].lastTermination->exitCode, 137);
    }

    void escapesInValuesAndLabelKeysAreResolved() {
        const auto result = decodePods(kindFixture("escapes.json"));
        QVERIFY(result.has_value());
        const auto& meta = result->items.at(0)->meta;
        QCOMPARE(meta.name, std::string("café"));
        QCOMPARE(meta.uid, std::string("u/1"));
        QCOMPARE(meta.labels[0].first.view(), std::string_view("a\"b"));
        QCOMPARE(meta.labels[0].second.view(), std::string_view("😀"));
        QCOMPARE(meta.labels[1].first.view(), std::string_view("a"));
        QCOMPARE(meta.labels[1].second.view(), std::string_view("\\"));
    }

    void manyLabelsAreKeptInOrder() {
        Json labels = Json::object();
        for (int i = 0; i < 40; ++i) {
            labels["k" + std::to_string(i)] = std::to_string(i);
        }
        const auto result = decodePods(
            Json{{"items", Json::array({Json{{"metadata", {{"name", "n"}, {"uid", "u"}, {"labels", labels}}}}})}}
                .dump());
        QVERIFY(result.has_value());
        const auto& kept = result->items.at(0)->meta.labels;
        QCOMPARE(kept.size(), std::size_t(40));
        for (std::size_t i = 0; i < kept.size(); ++i) {
            QCOMPARE(kept[i].second.str(), std::to_string(i));
        }
    }

    void fieldsThatComeTwiceCountOnce() {
        const auto result = decodePods(
            R"({"items":[{"metadata":{"name":"first","uid":"1","labels":{"a":"1"}},"metadata":{"name":"second","uid":"2"},)"
            R"("spec":{"containers":[{"name":"a"}],"containers":[{"name":"b"}]}}]})");
        QVERIFY(result.has_value());
        const auto& pod = static_cast<const Pod&>(*result->items.at(0));
        QCOMPARE(pod.meta.name, std::string("second"));
        QVERIFY(pod.meta.labels.empty());
        QCOMPARE(pod.containers.size(), std::size_t(1));
        QCOMPARE(pod.containers[0].name.view(), std::string_view("b"));
    }

    void thousandsOfContainersAreTaken() {
        Json specs = Json::array();
        Json statuses = Json::array();
        for (int i = 0; i < 2'000; ++i) {
            specs.push_back({{"name", "c"}});
            statuses.push_back({{"name", "c"}, {"ready", true}, {"state", {{"running", Json::object()}}}});
        }
        const auto result = decodePods(Json{
            {"items",
             Json::array({Json{
                 {"metadata", {{"name", "n"}, {"uid", "u"}}},
                 {"spec", {{"containers", specs}, {"initContainers", specs}}},
                 {"status",
                  {{"containerStatuses", statuses}, {"initContainerStatuses", statuses}, {"phase", "Running"}}}}})}}
                                           .dump());
        QVERIFY(result.has_value());
        const auto& pod = static_cast<const Pod&>(*result->items.at(0));
        QCOMPARE(pod.appContainers().size(), std::size_t(2'000));
        QCOMPARE(summarise(pod).status, std::string("Init:0/2000"));
    }

    void randomDamageNeverDoesHarm() {
        const std::string whole = kindFixture("pods.json");
        std::mt19937 random(42);
        const std::string_view bytes("{}[],:\"\\0x \n\x01\xff", 14);
        int decoded = 0;
        for (int round = 0; round < 6'000; ++round) {
            std::string damaged = whole;
            const int wounds = 1 + static_cast<int>(random() % 4);
            for (int i = 0; i < wounds; ++i) {
                const std::size_t at = random() % damaged.size();
                switch (random() % 3) {
                    case 0:
                        damaged[at] = bytes[random() % bytes.size()];
                        break;
                    case 1:
                        damaged.erase(at, 1 + random() % 40);
                        break;
                    default:
                        damaged.insert(at, damaged.substr(random() % damaged.size(), random() % 60));
                }
            }
            const auto result = decodePods(std::move(damaged));
            decoded += result ? 1 : 0;
            if (!result) {
                QVERIFY(!describe(result.error()).empty());
            }
        }
        // Damage inside of strings and skipped parts goes unnoticed; much of it must not.
        QVERIFY(decoded < 5'000);
    }
};

QTEST_GUILESS_MAIN(TestDecodeHostile)
#include "test_decode_hostile.moc"
