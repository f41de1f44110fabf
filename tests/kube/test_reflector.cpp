#include "tests/kube/reflector_rig.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;

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
