// A reflector that gets less than a list and a watch: refused, listed and not watched, or nothing to watch at all.
#include "tests/kube/reflector_rig.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;

class TestReflectorRights : public QObject {
    Q_OBJECT

private slots:
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
        rig.channel->answer({.status = 403, .body = "{}"});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(4));
        QCOMPARE(rig.store->freshness().state, FreshnessState::Forbidden);
        QCOMPARE(rig.store->size(), std::size_t{0});
    }

    void aWatchThatIsRefusedAfterItWasOpenIsFollowedByAListAtOnce() {
        Rig rig(1h);
        rig.channel->answer({.body = list("41", {thing("a", "1")})});
        rig.channel->answer({.body = eventLine("BOOKMARK", thing("", "42"))});
        rig.channel->answer({.status = 403, .body = "{}"});
        rig.channel->answer({.status = 403, .body = "{}"});
        rig.start();
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Forbidden);
        QCOMPARE(rig.store->size(), std::size_t{0});
        QCOMPARE(rig.channel->targets().size(), std::size_t{4});
    }

    void whoMayListAndNotWatchSeesListsThatAreNeverCalledLiveNorEmptied() {
        Rig rig;
        const std::string refusal = R"({"kind":"Status","message":"things is forbidden","reason":"Forbidden"})";
        rig.channel->answer({.body = list("41", {thing("a", "1")})});
        rig.channel->answer({.status = 403, .body = refusal});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));  // the list that follows is waiting for an answer
        const Freshness stale = rig.store->freshness();
        QCOMPARE(stale.state, FreshnessState::Stale);
        QVERIFY(stale.reason->is(kWatchForbidden));
        QVERIFY2(describe(*stale.reason).starts_with("Needs watch things in all namespaces (context test): things is"),
                 describe(*stale.reason).c_str());
        QCOMPARE(rig.names(), Names{"a@1"});
        rig.clock->advance(60s);
        rig.channel->answer({.body = list("50", {thing("a", "1"), thing("b", "49")})});
        rig.channel->answer({.status = 403, .body = refusal});
        QVERIFY(rig.channel->waitForCalls(5));
        QCOMPARE(rig.store->freshness().since - stale.since, 60'000ms);
        QCOMPARE(rig.names(), (Names{"a@1", "b@49"}));
        using Seen = std::vector<std::pair<FreshnessState, std::size_t>>;
        QCOMPARE(rig.witness->seen(), (Seen{{FreshnessState::Live, 1},
                                            {FreshnessState::Stale, 1},
                                            {FreshnessState::Stale, 2},
                                            {FreshnessState::Stale, 2}}));
        rig.channel->answer({.body = list("60", {thing("a", "1")})});
        rig.channel->answer({.body = "", .holdOpen = true});
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Live);
        QVERIFY(!rig.store->freshness().reason);
    }

    void whoMayNotWatchIsReadAnewAtACalmPaceOrWhenAsked() {
        Rig rig(1h);
        rig.channel->answer({.body = list("41", {thing("a", "1")})});
        rig.channel->answer({.status = 403, .body = "{}"});
        rig.start();
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Stale);
        QCOMPARE(*rig.store->freshness().nextTry - rig.clock->now(), std::chrono::milliseconds(1h));
        QVERIFY(describe(*rig.store->freshness().reason).find("every 3600 s") != std::string::npos);
        QCOMPARE(rig.channel->targets().size(), std::size_t{2});
        rig.reflector->retryNow();
        QVERIFY(rig.channel->waitForCalls(3));
        QCOMPARE(rig.lists(), std::size_t{2});
    }

    void whatNobodyCanWatchIsListedAgainAndAgainAndCalledThat() {
        Rig rig(1ms, kMeasures);
        rig.channel->answer({.body = list("", {thing("a", "")})});
        rig.channel->answer({.body = list("", {thing("a", ""), thing("b", "")})});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));  // the third list is waiting for an answer
        QCOMPARE(rig.names(), (Names{"a@", "b@"}));
        const Freshness live = rig.store->freshness();
        QCOMPARE(live.state, FreshnessState::Live);
        QVERIFY(live.reason->is(kPolled));
        QVERIFY2(describe(*live.reason).starts_with("The server of context test offers no watch of things in all"),
                 describe(*live.reason).c_str());
        for (const std::string& target : rig.channel->targets()) {
            QCOMPARE(target, std::string("/api/v1/things?resourceVersion=0"));
        }
    }

    void aPollThatFailsLeavesTheRowsAsStale() {
        Rig rig(1ms, kMeasures);
        rig.channel->answer({.body = list("", {thing("a", "")})});
        rig.channel->answer({.failure = makeError(kRefused)});
        rig.start();
        QVERIFY(rig.channel->waitForCalls(3));
        QCOMPARE(rig.store->freshness().state, FreshnessState::Stale);
        QVERIFY(rig.store->freshness().reason->is(kRefused));
        QCOMPARE(rig.names(), Names{"a@"});
        rig.channel->answer({.body = list("", {})});
        QTRY_COMPARE(rig.store->freshness().state, FreshnessState::Empty);
    }
};

QTEST_GUILESS_MAIN(TestReflectorRights)
#include "test_reflector_rights.moc"
