#include <set>
#include <thread>

#include <QTest>

#include "app/kinds/errors.h"
#include "app/kinds/name_space.h"
#include "app/kinds/pod.h"
#include "app/kube/reflector.h"
#include "tests/fakes/pod_json.h"
#include "tests/fakes/protobuf_bytes.h"
#include "tests/fakes/scripted_channel.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;
using namespace std::chrono_literals;
using fakes::framed;
using fakes::Message;
using fakes::metaMessage;
using fakes::podFrame;
using fakes::podListBytes;
using fakes::podMessage;
using fakes::ScriptedChannel;
using fakes::watchEventBytes;
using fakes::wrapped;

namespace {

constexpr int kPatience = 30'000;  // milliseconds
constexpr ErrorCode kRefused{"test.refused", "connection refused"};
using Headers = std::vector<http::Header>;
using Names = std::set<std::string>;

Headers protobufList() {
    return {{"Content-Type", "application/vnd.kubernetes.protobuf"}};
}
Headers protobufWatch() {
    return {{"content-type", "application/vnd.kubernetes.protobuf;stream=watch"}};
}

std::string bookmark(std::string_view version) {
    return framed(watchEventBytes("BOOKMARK", wrapped("v1", "Pod", Message().sub(1, Message().text(6, version)))));
}

std::string errorFrame(int code, std::string_view message) {
    return framed(watchEventBytes("ERROR", wrapped("v1", "Status", Message().text(3, message).number(6, code))));
}

/// A reflector of real pods on its thread.
struct Rig {
    explicit Rig(const KindDescriptor& kind = kinds::podKind(), std::size_t maxLineBytes = 1U << 20U) {
        Reflector::Options options;
        options.context = "test";
        options.clock = std::make_shared<ManualClock>(Instant(1'700'000'000'000ms));
        options.random = [] { return 0.5; };
        options.timing.backoff = {1ms, 2ms, 1ms};
        options.timing.deniedPause = 1ms;
        options.timing.maxLineBytes = maxLineBytes;
        options.onFailure = [this](const Error& error) {
            const std::scoped_lock lock(mutex);
            failures.push_back(error);
        };
        reflector = std::make_unique<Reflector>(channel, kind, std::make_shared<StringPool>(), store, options);
    }
    void start() {
        thread = std::jthread([this](std::stop_token stop) { reflector->run(std::move(stop)); });
    }
    [[nodiscard]] Names names() const {
        Names found;
        for (const auto& object : store->snapshot()) {
            found.insert(object->meta.name + "@" + object->meta.resourceVersion);
        }
        return found;
    }
    Error firstFailure() {
        const std::scoped_lock lock(mutex);
        return failures.at(0);
    }

    std::shared_ptr<ScriptedChannel> channel = std::make_shared<ScriptedChannel>();
    std::shared_ptr<ObjectStore> store = std::make_shared<ObjectStore>();
    std::mutex mutex;
    std::vector<Error> failures;
    std::unique_ptr<Reflector> reflector;
    std::jthread thread;
};

}  // namespace

class TestProtobufWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void protobufIsAskedForAndJsonIsTaken() {
        Rig rig;
        rig.channel->answer({.body = fakes::podListJson({"a"}), .headers = {{"Content-Type", "application/json"}}});
        rig.channel->answer({.body = R"({"type":"ADDED","object":)" + fakes::podJson("b", 7) + "}\n",
                             .headers = {{"Content-Type", "application/json"}},
                             .holdOpen = true});
        rig.start();
        QTRY_COMPARE_WITH_TIMEOUT(rig.names(), (Names{"a@5", "b@7"}), kPatience);
        QCOMPARE(rig.channel->accepted(),
                 (std::vector<std::string>{"application/vnd.kubernetes.protobuf, application/json",
                                           "application/vnd.kubernetes.protobuf;stream=watch, application/json"}));
    }

    void aKindWithoutProtobufAsksForJsonAlone() {
        Rig rig(kinds::nameSpaceKind());
        rig.channel->answer({.body = podListBytes("9", {}), .headers = protobufList()});
        rig.start();
        QTRY_COMPARE_WITH_TIMEOUT(rig.store->freshness().state, FreshnessState::Failed, kPatience);
        QCOMPARE(rig.channel->accepted().at(0), std::string("application/json"));
        QVERIFY(rig.firstFailure().is(kUnaskedType));
        rig.channel->answer({.body = R"({"kind":"NamespaceList","metadata":{"resourceVersion":"3"},"items":[]})"});
        rig.channel->answer({.body = bookmark("4"), .headers = protobufWatch()});
        QTRY_VERIFY_WITH_TIMEOUT(rig.channel->accepted().size() >= 4, kPatience);
        QVERIFY(rig.store->freshness().reason->is(kUnaskedType));
    }

    void framesMoveTheRowsAndTheVersion() {
        Rig rig;
        rig.channel->answer(
            {.body = podListBytes("41", {podMessage("a"), podMessage("b")}), .headers = protobufList()});
        rig.channel->answer({.body = podFrame("ADDED", podMessage("c", "42")) +
                                     podFrame("MODIFIED", podMessage("a", "43")) +
                                     podFrame("DELETED", podMessage("b", "44")) + bookmark("50"),
                             .headers = protobufWatch()});
        rig.channel->answer({.headers = protobufWatch(), .holdOpen = true});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));
        QCOMPARE(rig.names(), (Names{"a@43", "c@42"}));
        QVERIFY(rig.channel->targets()[1].find("resourceVersion=41&") != std::string::npos);
        QVERIFY(rig.channel->targets()[2].find("resourceVersion=50&") != std::string::npos);
    }

    void pagesMayComeInDifferentEncodings() {
        Rig rig;
        rig.channel->answer({.body = podListBytes("9", {podMessage("a")}, "next"), .headers = protobufList()});
        rig.channel->answer({.body = fakes::podListJson({"b"})});
        rig.channel->answer({.headers = protobufWatch(), .holdOpen = true});
        rig.start();
        QTRY_COMPARE_WITH_TIMEOUT(rig.names(), (Names{"a@5", "b@5"}), kPatience);
        QCOMPARE(rig.channel->targets()[1], std::string("/api/v1/pods?continue=next"));
    }

    void aVersionThatGoesBackwardsIsTakenAsItIs() {
        Rig rig;
        rig.channel->answer({.body = podListBytes("900", {podMessage("a", "900")}), .headers = protobufList()});
        rig.channel->answer(
            {.body = podFrame("MODIFIED", podMessage("a", "17")) + bookmark("3"), .headers = protobufWatch()});
        rig.channel->answer({.headers = protobufWatch(), .holdOpen = true});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));
        QCOMPARE(rig.names(), Names{"a@17"});
        QVERIFY(rig.channel->targets()[2].find("resourceVersion=3&") != std::string::npos);
    }

    void anExpiryInTheStreamLeadsToOneRelist() {
        Rig rig;
        rig.channel->answer({.body = podListBytes("41", {podMessage("a")}), .headers = protobufList()});
        rig.channel->answer({.body = errorFrame(410, "too old"), .headers = protobufWatch()});
        rig.channel->answer({.body = podListBytes("90", {podMessage("b")}), .headers = protobufList()});
        rig.channel->answer({.headers = protobufWatch(), .holdOpen = true});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(4));
        QCOMPARE(rig.channel->targets()[2], std::string("/api/v1/pods?resourceVersion="));
        QTRY_COMPARE_WITH_TIMEOUT(rig.names(), Names{"b@5"}, kPatience);
    }

    void aRefusalInProtobufSaysWhatTheServerSaid() {
        Rig rig;
        const std::string status = wrapped(
            "v1", "Status", Message().text(3, "pods is forbidden for viewer").text(4, "Forbidden").number(6, 403));
        rig.channel->answer({.status = 403, .body = status, .headers = protobufList()});
        rig.start();
        QTRY_COMPARE_WITH_TIMEOUT(rig.store->freshness().state, FreshnessState::Forbidden, kPatience);
        QVERIFY(describe(rig.firstFailure()).find("pods is forbidden for viewer") != std::string::npos);
        rig.channel->answer({.body = podListBytes("1", {podMessage("a")}), .headers = protobufList()});
        rig.channel->answer({.status = 403, .body = status, .headers = protobufWatch()});
        // Who may list and not watch keeps the rows.
        QTRY_COMPARE_WITH_TIMEOUT(rig.store->freshness().state, FreshnessState::Stale, kPatience);
        const auto reason = rig.store->freshness().reason;
        QVERIFY(reason && reason->is(kWatchForbidden));
        QVERIFY(describe(*reason).find("pods is forbidden for viewer") != std::string::npos);
        QCOMPARE(rig.store->size(), std::size_t(1));
    }

    void aListThatEndsEarlyLeavesTheRows() {
        Rig rig;
        const std::string whole = podListBytes("50", {podMessage("x"), podMessage("y"), podMessage("z")});
        rig.channel->answer({.body = podListBytes("41", {podMessage("a")}), .headers = protobufList()});
        rig.channel->answer({.body = errorFrame(410, "too old"), .headers = protobufWatch()});
        rig.channel->answer({.body = whole.substr(0, whole.size() - 20), .headers = protobufList()});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(4));
        QCOMPARE(rig.names(), Names{"a@5"});
        QCOMPARE(rig.store->freshness().state, FreshnessState::Stale);
        QVERIFY(rig.store->freshness().reason->is(kUnreadable));
    }

    void aFrameThatWasCutIsNeverDecoded() {
        Rig rig;
        rig.channel->answer({.body = podListBytes("41", {}), .headers = protobufList()});
        const std::string frame = podFrame("ADDED", podMessage("a", "50"));
        rig.channel->answer({.body = frame + frame.substr(0, frame.size() - 1),
                             .headers = protobufWatch(),
                             .failure = makeError(kRefused)});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));
        QCOMPARE(rig.names(), Names{"a@50"});
        QVERIFY(rig.firstFailure().is(kRefused));
    }

    void aFrameOf4GigabytesIsRefusedByItsClaim() {
        Rig rig;
        rig.channel->answer({.body = podListBytes("41", {podMessage("a")}), .headers = protobufList()});
        rig.channel->answer({.body = std::string("\xff\xff\xff\xff more", 9), .headers = protobufWatch()});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));
        QVERIFY(rig.firstFailure().is(kLineTooLong));
        QCOMPARE(rig.names(), Names{"a@5"});
    }

    void aWatchOfAnotherKindChangesNoRow() {
        Rig rig;
        rig.channel->answer({.body = podListBytes("41", {podMessage("a")}), .headers = protobufList()});
        rig.channel->answer({.body = framed(watchEventBytes("DELETED", wrapped("v1", "Secret", podMessage("a", "60")))),
                             .headers = protobufWatch()});
        rig.channel->answer({.body = R"({"type":"DELETED","object":{"kind":"Secret","metadata":{"name":"a","uid":)"
                                     R"("uid-a","resourceVersion":"61"}}})"
                                     "\n"});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(4));
        QCOMPARE(rig.names(), Names{"a@5"});
        QCOMPARE(rig.store->freshness().state, FreshnessState::Stale);
        QVERIFY(rig.firstFailure().is(kUnreadable));
        QVERIFY(rig.channel->targets()[3].find("resourceVersion=41&") != std::string::npos);
    }

    void anObjectWithoutNameCostsItsFrameAndNotTheWatch() {
        Rig rig;
        rig.channel->answer({.body = podListBytes("41", {}), .headers = protobufList()});
        rig.channel->answer({.body = podFrame("ADDED", Message()) + podFrame("ADDED", podMessage("a", "50")),
                             .headers = protobufWatch(),
                             .holdOpen = true});
        rig.start();
        QTRY_COMPARE_WITH_TIMEOUT(rig.names(), Names{"a@50"}, kPatience);
        QCOMPARE(rig.channel->targets().size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(TestProtobufWatch)
#include "test_protobuf_watch.moc"
