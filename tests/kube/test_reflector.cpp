#include <QTest>

#include <algorithm>
#include <set>
#include <thread>

#include <nlohmann/json.hpp>

#include "app/kube/reflector.h"
#include "tests/fakes/scripted_channel.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;
using namespace std::chrono_literals;
using fakes::ScriptedChannel;
using nlohmann::json;

namespace {

constexpr ErrorCode kBroken{"test.broken", "broken"};
constexpr ErrorCode kRefused{"test.refused", "connection refused"};

struct Thing final : Object {};

ObjectPtr makeThing(const json& object) {
    auto thing = std::make_shared<Thing>();
    const json& meta = object.at("metadata");
    thing->meta.name = meta.at("name");
    thing->meta.uid = meta.at("uid");
    thing->meta.resourceVersion = meta.at("resourceVersion");
    return thing;
}

Result<DecodedList> decodeThings(std::string& text, DecodeContext&) {
    const json list = json::parse(text, nullptr, false);
    if (list.is_discarded()) {
        return fail(kBroken);
    }
    DecodedList decoded;
    for (const json& item : list.at("items")) {
        decoded.items.push_back(makeThing(item));
    }
    decoded.resourceVersion = list.at("metadata").at("resourceVersion");
    decoded.continueToken = list.at("metadata").value("continue", "");
    return decoded;
}

Result<WatchEvent> decodeThing(std::string& text, DecodeContext&) {
    const json line = json::parse(text, nullptr, false);
    if (line.is_discarded()) {
        return fail(kBroken);
    }
    WatchEvent event;
    const std::string type = line.at("type");
    const json& object = line.at("object");
    if (type == "ERROR") {
        event.status = {object.value("code", 0), object.value("reason", ""), object.value("message", ""), {}};
        return event;
    }
    if (!object.contains("metadata")) {
        return fail(kIncompleteObject);
    }
    event.resourceVersion = object.at("metadata").at("resourceVersion");
    if (type == "BOOKMARK") {
        event.type = WatchEventType::Bookmark;
        return event;
    }
    event.type = type == "ADDED"      ? WatchEventType::Added
                 : type == "MODIFIED" ? WatchEventType::Modified
                                      : WatchEventType::Deleted;
    event.object = makeThing(object);
    return event;
}

const KindDescriptor kThings{{"", "v1", "things", "Thing", true}, decodeThings, decodeThing};

json thing(const std::string& name, const std::string& version) {
    return {{"metadata", {{"name", name}, {"uid", "uid-" + name}, {"resourceVersion", version}}}};
}

std::string list(const std::string& version, const std::vector<json>& items, const std::string& token = {}) {
    json meta{{"resourceVersion", version}};
    if (!token.empty()) {
        meta["continue"] = token;
    }
    return json{{"metadata", meta}, {"items", items}}.dump();
}

std::string eventLine(const char* type, const json& object) {
    return json{{"type", type}, {"object", object}}.dump() + "\n";
}

std::string expired() {
    return eventLine("ERROR", {{"code", 410}, {"reason", "Expired"}, {"message", "too old"}});
}

/// A reflector on its thread, with times so short that a test never waits for them.
struct Rig {
    Rig() {
        Reflector::Options options;
        options.context = "test";
        options.clock = clock;
        options.random = [] { return 0.5; };
        options.timing.backoff = {1ms, 2ms, 1ms};
        options.timing.deniedPause = 1ms;
        options.timing.loginPause = 1h;
        options.onFailure = [this](const Error& error) {
            const std::scoped_lock lock(mutex);
            failures.push_back(error);
        };
        reflector = std::make_unique<Reflector>(channel, kThings, std::make_shared<StringPool>(), store, options);
    }
    void start() {
        thread = std::jthread([this](std::stop_token stop) { reflector->run(std::move(stop)); });
    }
    std::set<std::string> names() const {
        std::set<std::string> found;
        for (const auto& object : store->snapshot()) {
            found.insert(object->meta.name + "@" + object->meta.resourceVersion);
        }
        return found;
    }
    std::vector<Error> seenFailures() {
        const std::scoped_lock lock(mutex);
        return failures;
    }
    std::size_t lists() const {
        const auto all = channel->targets();
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [](const std::string& t) { return t.find("watch=true") == std::string::npos; }));
    }

    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(Instant(1'700'000'000'000ms));
    std::shared_ptr<ScriptedChannel> channel = std::make_shared<ScriptedChannel>();
    std::shared_ptr<ObjectStore> store = std::make_shared<ObjectStore>();
    std::mutex mutex;
    std::vector<Error> failures;
    std::unique_ptr<Reflector> reflector;
    std::jthread thread;
};

using Names = std::set<std::string>;

}  // namespace

class TestReflector : public QObject {
    Q_OBJECT

private slots:
    void theFirstListAsksForVersionZeroAndTheWatchBeginsAtTheListsVersion() {
        Rig rig;
        rig.channel->answer({.body = list("41", {thing("a", "1"), thing("b", "2")})});
        rig.channel->answer({.body = eventLine("MODIFIED", thing("a", "42")) + eventLine("DELETED", thing("b", "43")) +
                                     eventLine("ADDED", thing("c", "44")),
                             .holdOpen = true});
        rig.start();
        QTRY_COMPARE(rig.names(), (Names{"a@42", "c@44"}));
        const auto targets = rig.channel->targets();
        QCOMPARE(targets[0], std::string("/api/v1/things?resourceVersion=0"));
        QVERIFY(targets[1].find("watch=true") != std::string::npos);
        QVERIFY(targets[1].find("resourceVersion=41&") != std::string::npos);
        QVERIFY(targets[1].find("allowWatchBookmarks=true") != std::string::npos);
        QVERIFY(targets[1].find("timeoutSeconds=450") != std::string::npos);
        QCOMPARE(rig.store->freshness().state, FreshnessState::Live);
    }

    void aCleanEndIsWatchedAgainFromTheLastVersionWithoutAList() {
        Rig rig;
        rig.channel->answer({.body = list("41", {thing("a", "1")})});
        rig.channel->answer({.body = eventLine("MODIFIED", thing("a", "50"))});
        rig.channel->answer({.body = eventLine("BOOKMARK", thing("", "77"))});
        rig.channel->answer({.body = "", .holdOpen = true});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(4));
        const auto targets = rig.channel->targets();
        QVERIFY(targets[2].find("resourceVersion=50&") != std::string::npos);
        QVERIFY(targets[3].find("resourceVersion=77&") != std::string::npos);
        QCOMPARE(rig.lists(), std::size_t{1});
        QCOMPARE(rig.names(), Names{"a@50"});
    }

    void anExpiredVersionLeadsToExactlyOneRelistAtTheNewestVersion_data() {
        QTest::addColumn<bool>("inStream");
        QTest::newRow("410 in the stream") << true;
        QTest::newRow("410 as status") << false;
    }
    void anExpiredVersionLeadsToExactlyOneRelistAtTheNewestVersion() {
        QFETCH(bool, inStream);
        Rig rig;
        rig.channel->answer({.body = list("41", {thing("a", "1"), thing("gone", "2")})});
        if (inStream) {
            rig.channel->answer({.body = eventLine("MODIFIED", thing("a", "45")) + expired()});
        } else {
            rig.channel->answer({.status = 410, .body = R"({"kind":"Status","message":"too old","code":410})"});
        }
        rig.channel->answer({.body = list("90", {thing("a", "45"), thing("b", "88")})});
        rig.channel->answer({.body = "", .holdOpen = true});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(4));
        const auto targets = rig.channel->targets();
        QCOMPARE(targets[2], std::string("/api/v1/things?resourceVersion="));
        QVERIFY(targets[3].find("resourceVersion=90&") != std::string::npos);
        QCOMPARE(rig.lists(), std::size_t{2});
        QCOMPARE(rig.names(), (Names{"a@45", "b@88"}));
    }

    void anObjectThatARelistFindsUnchangedKeepsItsIdentity() {
        Rig rig;
        rig.channel->answer({.body = list("41", {thing("a", "1")})});
        rig.channel->answer({.body = "", .holdOpen = true});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(2));
        const ObjectPtr before = rig.store->find("uid-a");
        rig.channel->answer({.body = expired()});
        rig.channel->answer({.body = list("90", {thing("a", "1")})});
        rig.channel->answer({.body = "", .holdOpen = true});
        rig.channel->release();
        QVERIFY(rig.channel->waitForCalls(5));
        QCOMPARE(rig.store->find("uid-a").get(), before.get());
    }

    void anErrorEventDoesNotMoveTheVersion() {
        Rig rig;
        rig.channel->answer({.body = list("41", {})});
        rig.channel->answer(
            {.body = eventLine(
                 "ERROR", {{"code", 500}, {"message", "etcd is away"}, {"metadata", {{"resourceVersion", "9999"}}}})});
        rig.channel->answer({.body = "", .holdOpen = true});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));
        QVERIFY(rig.channel->targets()[2].find("resourceVersion=41&") != std::string::npos);
        QVERIFY(describe(rig.seenFailures().at(0)).find("etcd is away") != std::string::npos);
    }

    void rowsStayAsStaleWhileTheConnectionIsLostAndAreLiveAgainAfterwards() {
        Rig rig;
        rig.channel->answer({.body = list("41", {thing("a", "1")})});
        rig.channel->answer({.body = eventLine("BOOKMARK", thing("", "42")), .failure = makeError(kRefused)});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));  // the second watch is waiting for an answer
        const Freshness stale = rig.store->freshness();
        QCOMPARE(stale.state, FreshnessState::Stale);
        QVERIFY(stale.reason->is(kRefused));
        QCOMPARE(rig.names(), Names{"a@1"});
        rig.channel->answer({.body = "", .holdOpen = true});
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Live);
        QVERIFY(rig.channel->targets()[2].find("resourceVersion=42&") != std::string::npos);
        QCOMPARE(rig.lists(), std::size_t{1});
    }

    void aLineThatWasCutIsNeverDecoded() {
        Rig rig;
        rig.channel->answer({.body = list("41", {})});
        const std::string whole = eventLine("ADDED", thing("a", "50"));
        rig.channel->answer({.body = whole.substr(0, whole.size() - 8), .failure = makeError(kRefused)});
        rig.channel->answer({.body = whole, .holdOpen = true});
        rig.start();
        QTRY_COMPARE(rig.names(), Names{"a@50"});
        QCOMPARE(rig.seenFailures().size(), std::size_t{1});
        QVERIFY(rig.seenFailures()[0].is(kRefused));
    }

    void anObjectWithoutNameCostsItsLineAndNotTheWatch() {
        Rig rig;
        rig.channel->answer({.body = list("41", {})});
        rig.channel->answer(
            {.body = eventLine("ADDED", json::object()) + eventLine("ADDED", thing("a", "50")), .holdOpen = true});
        rig.start();
        QTRY_COMPARE(rig.names(), Names{"a@50"});
        QVERIFY(rig.seenFailures().empty());
        QCOMPARE(rig.channel->targets().size(), std::size_t{2});
    }

    void aBrokenListLeavesTheRowsAndSaysWhy() {
        Rig rig;
        rig.channel->answer({.body = list("41", {thing("a", "1")})});
        rig.channel->answer({.body = expired()});
        rig.channel->answer({.body = "{\"items\":["});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(4));
        QCOMPARE(rig.names(), Names{"a@1"});
        QCOMPARE(rig.store->freshness().state, FreshnessState::Stale);
        QVERIFY(rig.store->freshness().reason->is(kUnreadable));
    }

    void aForbiddenListIsAStateThatNamesTheVerb() {
        Rig rig;
        rig.channel->answer(
            {.status = 403, .body = R"({"kind":"Status","message":"things is forbidden","reason":"Forbidden"})"});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(2));
        const Freshness freshness = rig.store->freshness();
        QCOMPARE(freshness.state, FreshnessState::Forbidden);
        QVERIFY(describe(*freshness.reason).starts_with("Needs list things in all namespaces (context test)"));
        rig.channel->answer({.body = list("1", {thing("a", "1")})});
        QTRY_COMPARE(rig.names(), Names{"a@1"});  // the right was given meanwhile
    }

    void aRightThatIsTakenAwayTakesTheRowsWithIt() {
        Rig rig;
        rig.channel->answer({.body = list("41", {thing("a", "1")})});
        rig.channel->answer({.status = 403, .body = "{}"});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));
        QCOMPARE(rig.store->freshness().state, FreshnessState::Forbidden);
        QCOMPARE(rig.store->size(), std::size_t{0});
    }

    void aRefusedSignInIsNotRepeatedUntilAskedFor() {
        Rig rig;
        rig.channel->answer({.status = 401, .body = R"({"kind":"Status","message":"Unauthorized"})"});
        rig.start();
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Failed);
        QCOMPARE(rig.channel->targets().size(), std::size_t{1});
        rig.channel->answer({.body = list("1", {})});
        rig.reflector->retryNow();
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Empty);
    }

    void throttlingIsWaitedOutAndSaidWithItsTime() {
        Rig rig;
        rig.channel->answer(
            {.status = 429, .body = R"({"message":"too many requests"})", .headers = {{"Retry-After", "7"}}});
        rig.start();
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Failed);
        const Freshness freshness = rig.store->freshness();
        QVERIFY(describe(*freshness.reason).find("7 s") != std::string::npos);
        QCOMPARE(*freshness.nextTry - rig.clock->now(), 7000ms);
    }

    void aLoginPageInsteadOfJsonIsCalledThat() {
        Rig rig;
        rig.channel->answer(
            {.body = "<html><title>Sign in</title></html>", .headers = {{"Content-Type", "text/html"}}});
        rig.start();
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Failed);
        QVERIFY(rig.store->freshness().reason->is(kNotKubernetes));
    }

    void pagesAreReadToTheEndWithoutAVersionOnContinue() {
        Rig rig;
        rig.channel->answer({.body = list("41", {thing("a", "1")}, "next/page")});
        rig.channel->answer({.body = list("41", {thing("b", "2")})});
        rig.channel->answer({.body = "", .holdOpen = true});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));
        QCOMPARE(rig.channel->targets()[1], std::string("/api/v1/things?continue=next%2Fpage"));
        QCOMPARE(rig.names(), (Names{"a@1", "b@2"}));
    }

    void aSecondExpiryRightAfterARelistDoesNotLoopWithoutPause() {
        Rig rig;
        rig.channel->answer({.body = list("1", {})});
        for (int i = 0; i < 3; ++i) {
            rig.channel->answer({.body = expired()});
            rig.channel->answer({.body = list("2", {})});
        }
        rig.channel->answer({.body = "", .holdOpen = true});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(8));
        QCOMPARE(rig.lists(), std::size_t{4});
    }

    void silenceMakesRowsStaleAndABookmarkMakesThemLive() {
        Rig rig;
        rig.channel->answer({.body = list("41", {thing("a", "1")})});
        rig.channel->answer({.body = "", .holdOpen = true});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(2));
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Live);
        // A watch that opens meanwhile is a word of the server: silent again from there.
        const auto afterSilence = [&rig] {
            if (rig.store->freshness().state != FreshnessState::Stale) {
                rig.clock->advance(91s);
                rig.store->expire(rig.clock->now() - 90s, makeSilentError("test", 90s));
            }
            return rig.store->freshness().state;
        };
        QTRY_COMPARE(afterSilence(), FreshnessState::Stale);
        QCOMPARE(rig.clock->now() - rig.store->freshness().since, 91'000ms);
        rig.channel->answer({.body = eventLine("BOOKMARK", thing("", "43")), .holdOpen = true});
        rig.channel->release();
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Live);
    }
};

QTEST_GUILESS_MAIN(TestReflector)
#include "test_reflector.moc"
