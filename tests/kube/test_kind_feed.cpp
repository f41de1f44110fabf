// One store for a user who may not list cluster-wide: what is listed instead, what is said of the rest, and how rights
// that come and go are taken up.
#include <QTest>

#include <algorithm>

#include "app/http/transport.h"
#include "app/kinds/registry.h"
#include "app/kube/errors.h"
#include "app/kube/kind_feed.h"
#include "tests/fakes/limited_cluster.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;
using namespace std::chrono_literals;
using fakes::HostileServer;
using fakes::LimitedCluster;

namespace {

constexpr int kPatience = 60'000;

/// The feed of a kind over the real transport; a denied right is asked for again all the time.
class Rig {
public:
    Rig(const LimitedCluster& cluster, std::vector<std::string> named, const char* kind = "pods",
        std::chrono::milliseconds deniedPause = 30ms)
        : server(cluster.handler()) {
        http::Endpoint endpoint;
        endpoint.serverUrl = server.url();
        endpoint.label = "test";
        const auto channel = std::make_shared<http::HttpTransport>(endpoint, nullptr, clock);
        directory = std::make_shared<NamespaceDirectory>(channel, "test", clock, std::move(named));
        Reflector::Options options;
        options.context = "test";
        options.clock = clock;
        options.random = [] { return 0.5; };
        options.timing.backoff = {5ms, 20ms, 5ms};
        options.timing.deniedPause = deniedPause;
        feed = std::make_unique<KindFeed>(channel, *kinds::findKind(kind), std::make_shared<StringPool>(), *store,
                                          std::move(options), directory);
    }
    ~Rig() { feed.reset(); }
    [[nodiscard]] QStringList paths() const {
        QStringList all;
        for (const ObjectPtr& object : store->snapshot()) {
            all += QString::fromStdString(object->path());
        }
        all.sort();
        return all;
    }
    [[nodiscard]] FreshnessState state() const { return store->freshness().state; }
    [[nodiscard]] QString reason() const {
        const Freshness freshness = store->freshness();
        return freshness.reason ? QString::fromStdString(describe(*freshness.reason)) : QString();
    }
    [[nodiscard]] int watches(const std::string& path) const {
        const auto log = server.log();
        return static_cast<int>(std::count_if(log.begin(), log.end(), [&](const fakes::HostileRequest& request) {
            return request.path() == path && request.target.find("watch=true") != std::string::npos;
        }));
    }

    HostileServer server;
    std::shared_ptr<SystemClock> clock = std::make_shared<SystemClock>();
    std::shared_ptr<ObjectStore> store = std::make_shared<ObjectStore>();
    std::shared_ptr<NamespaceDirectory> directory;
    std::unique_ptr<KindFeed> feed;
};

/// One pod in each of so many namespaces: space-100, space-101, …
LimitedCluster::Pods manySpaces(int count) {
    LimitedCluster::Pods pods;
    for (int i = 0; i < count; ++i) {
        pods["space-" + std::to_string(100 + i)] = {"web"};
    }
    return pods;
}

QStringList words(std::initializer_list<const char*> list) {
    QStringList all;
    for (const char* word : list) {
        all += QString::fromUtf8(word);
    }
    return all;
}

}  // namespace

class TestKindFeed : public QObject {
    Q_OBJECT

private slots:
    void withTheWideRightThereIsOneListAndOneWatch() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        cluster.allow(LimitedCluster::kEverywhere);
        Rig rig(cluster, {"shop"});
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        QCOMPARE(rig.paths(), words({"bakery/oven", "shop/web"}));
        QVERIFY(rig.reason().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(rig.watches("/api/v1/pods"), 1, kPatience);
        QCOMPARE(rig.server.requestCount(), 2);
    }

    void withoutTheWideRightTheOwnNamespaceIsListedAndWatched() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        cluster.allow("shop");
        Rig rig(cluster, {"shop"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        QCOMPARE(rig.paths(), words({"shop/web"}));
        QTRY_COMPARE_WITH_TIMEOUT(rig.watches("/api/v1/namespaces/shop/pods"), 1, kPatience);
        QVERIFY(rig.store->freshness().reason->is(kScopeNarrowed));
        QVERIFY2(rig.reason().startsWith(QStringLiteral("Only namespace shop of context test can be shown: to list "
                                                        "pods in all namespaces is not permitted.")),
                 qPrintable(rig.reason()));
    }

    void everyNamespaceThatTheServerTellsIsTried() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}, {"vault", {"safe"}}});
        cluster.allowNamespaceList(true);
        cluster.allow("shop");
        cluster.allow("bakery");
        Rig rig(cluster, {}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"bakery/oven", "shop/web"}), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        QVERIFY2(rig.reason().contains(QStringLiteral("Only namespaces bakery, shop of context test")) &&
                     rig.reason().contains(QStringLiteral("Needs list and watch on pods in namespace vault")),
                 qPrintable(rig.reason()));
        // The review told it: nobody knocked at a door that is known to be closed.
        QCOMPARE(rig.server.requestCount("/api/v1/namespaces/vault/pods"), 0);
    }

    void aNamespaceThatMayNotBeWatchedIsListedAndTheMissingVerbIsNamed() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        cluster.allow("shop");
        cluster.allow("bakery", {"list"});
        Rig rig(cluster, {"shop", "bakery"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"bakery/oven", "shop/web"}), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Stale, kPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(rig.reason().contains(QStringLiteral("Needs watch on pods in namespace bakery")),
                                  qPrintable(rig.reason()), kPatience);
    }

    void theRowsOfWhoMayListAndNotWatchStayAndAreReadAnew() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        cluster.allow(LimitedCluster::kEverywhere, {"list"});
        const Rig rig(cluster, {"shop"});
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Stale, kPatience);
        QVERIFY2(rig.reason().startsWith(QStringLiteral("Needs watch pods in all namespaces (context test)")),
                 qPrintable(rig.reason()));
        std::set<FreshnessState> states;
        bool emptied = false;
        const auto subscription = rig.store->subscribe([&](const Batch& batch) {
            states.insert(batch.freshness.state);
            emptied = emptied || rig.store->size() < 2;
        });
        QTRY_VERIFY_WITH_TIMEOUT(rig.watches("/api/v1/pods") > 6, kPatience);
        cluster.addPod("shop", "till");
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"bakery/oven", "shop/till", "shop/web"}), kPatience);
        QCOMPARE(states, std::set<FreshnessState>{FreshnessState::Stale});
        QVERIFY(!emptied);
        QCOMPARE(rig.server.requestCount("/api/v1/namespaces/shop/pods"), 0);
        cluster.allow(LimitedCluster::kEverywhere);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        QVERIFY(rig.reason().isEmpty());
    }

    void aWideListWithoutAWatchTakesNoWatchedNamespaceAway() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        cluster.allow("shop");
        Rig rig(cluster, {"shop"});
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        cluster.allow(LimitedCluster::kEverywhere, {"list"});
        QTRY_VERIFY_WITH_TIMEOUT(rig.watches("/api/v1/pods") > 2, kPatience);  // it was tried
        QCOMPARE(rig.state(), FreshnessState::Live);
        QCOMPARE(rig.paths(), words({"shop/web"}));
        cluster.allow(LimitedCluster::kEverywhere);
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"bakery/oven", "shop/web"}), kPatience);
    }

    void aWideListIsTakenWhereNothingElseIsShown() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        Rig rig(cluster, {"shop"});
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Forbidden, kPatience);
        cluster.allow(LimitedCluster::kEverywhere, {"list"});
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"bakery/oven", "shop/web"}), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Stale, kPatience);
    }

    void aServerWithoutReviewsIsAskedForTheListItself() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        cluster.serveReviews(false);
        cluster.allow("shop");
        Rig rig(cluster, {"shop", "bakery"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(rig.reason().contains(QStringLiteral("Needs list on pods in namespace bakery")),
                                  qPrintable(rig.reason()), kPatience);
        QCOMPARE(rig.paths(), words({"shop/web"}));
    }

    void nothingAnywhereIsForbiddenAndSaysWhereWasAsked() {
        const LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}});
        Rig rig(cluster, {"shop"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Forbidden, kPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(rig.reason().startsWith(QStringLiteral(
                                      "Needs list pods in all namespaces or in namespace shop (context test): pods is "
                                      "forbidden: User \"jane\" cannot list resource \"pods\"")),
                                  qPrintable(rig.reason()), kPatience);
        QVERIFY(rig.reason().contains(QStringLiteral("type their names")));
        QCOMPARE(rig.store->freshness().reason->httpStatus, 403);
    }

    void aTypedNamespaceIsListedAtOnce() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        cluster.allow("bakery");
        Rig rig(cluster, {"shop"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Forbidden, kPatience);
        QVERIFY(!rig.directory->add({"Not a name", "", "../x", "shop"}));
        QVERIFY(rig.directory->add({"bakery"}));
        rig.feed->namespacesChanged();
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"bakery/oven"}), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
    }

    void aRightThatIsGivenForANamespaceIsTakenUp() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        cluster.allow("shop");
        Rig rig(cluster, {"shop", "bakery"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        cluster.allow("bakery");
        rig.feed->retryNow();
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"bakery/oven", "shop/web"}), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(rig.store->freshness().reason->is(kScopeNarrowed), kPatience);
    }

    void theWideRightTakesOverWithoutLosingARow() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        cluster.allow("shop");
        Rig rig(cluster, {"shop"});
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"shop/web"}), kPatience);
        const ObjectPtr before = rig.store->find("uid-shop-web");
        cluster.allow(LimitedCluster::kEverywhere);
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"bakery/oven", "shop/web"}), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.reason(), QString(), kPatience);
        QCOMPARE(rig.store->find("uid-shop-web"), before);
        QCOMPARE(rig.state(), FreshnessState::Live);
    }

    void rowsOfARightThatIsTakenAwayAreNotShownAsTrue() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}, {"bakery", {"oven"}}});
        cluster.allow(LimitedCluster::kEverywhere);
        Rig rig(cluster, {"shop"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.watches("/api/v1/pods"), 1, kPatience);
        QCOMPARE(rig.paths(), words({"bakery/oven", "shop/web"}));
        cluster.forbid(LimitedCluster::kEverywhere);
        cluster.allow("shop");
        rig.server.dropConnections();
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"shop/web"}), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
    }

    void aNamespaceWhoseRightGoesTakesItsRowsWithIt() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}});
        cluster.allow("shop");
        Rig rig(cluster, {"shop"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        cluster.forbid("shop");
        rig.server.dropConnections();
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Forbidden, kPatience);
        QVERIFY(rig.paths().isEmpty());
    }

    void tooManyNamespacesAreCountedAndTheTypedOnesComeFirst() {
        std::map<std::string, std::vector<std::string>> pods;
        for (int i = 0; i < 40; ++i) {
            pods["space-" + std::to_string(i)] = {"web"};
        }
        LimitedCluster cluster(pods);
        for (const auto& [name, list] : pods) {
            cluster.allow(name);
        }
        cluster.allowNamespaceList(true);
        Rig rig(cluster, {"space-9"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.store->size(), KindFeed::kMostNamespaces, kPatience);
        QVERIFY(rig.paths().contains(QStringLiteral("space-9/web")));
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        QVERIFY2(rig.reason().contains(QStringLiteral("and 16 more namespaces were not tried")),
                 qPrintable(rig.reason()));
    }

    void amongManyNamespacesTheOneWithTheRightIsFound_data() {
        QTest::addColumn<bool>("reviews");
        QTest::addColumn<bool>("rulesKeptBack");
        QTest::newRow("by its rules") << true << false;
        QTest::newRow("by its list, where rules are told in part") << true << true;
        QTest::newRow("by its list, where no rules are told") << false << false;
    }
    void amongManyNamespacesTheOneWithTheRightIsFound() {
        QFETCH(bool, reviews);
        QFETCH(bool, rulesKeptBack);
        LimitedCluster cluster(manySpaces(44));
        cluster.allowNamespaceList(true);
        cluster.serveReviews(reviews);
        cluster.keepRulesBack(rulesKeptBack);
        cluster.allow("space-143");
        Rig rig(cluster, {"space-120"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"space-143/web"}), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.watches("/api/v1/namespaces/space-143/pods"), 1, kPatience);
        QVERIFY2(rig.reason().contains(QStringLiteral("Only namespace space-143 of context test")) &&
                     rig.reason().contains(QStringLiteral("and 37 more")) &&
                     !rig.reason().contains(QStringLiteral("not tried")),
                 qPrintable(rig.reason()));
        const bool byRules = reviews && !rulesKeptBack;
        // The list of the whole, those of the namespaces and of the one that may be seen, its watch, and what each of
        // them cost to find out.
        QCOMPARE(rig.server.requestCount(), 4 + 44 + (byRules ? 0 : 44));
        QCOMPARE(rig.server.requestCount("/api/v1/namespaces/space-100/pods"), byRules ? 0 : 1);
    }

    void aRightThatIsGivenAmongManyNamespacesIsTakenUpOnRetry() {
        LimitedCluster cluster(manySpaces(44));
        cluster.allowNamespaceList(true);
        cluster.keepRulesBack(true);
        Rig rig(cluster, {}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Forbidden, kPatience);
        QVERIFY(rig.store->freshness().reason->is(kNowhereAllowed));
        cluster.allow("space-140");
        rig.feed->retryNow();
        QTRY_COMPARE_WITH_TIMEOUT(rig.paths(), words({"space-140/web"}), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
    }

    void whereRightsAreNowhereToBeFoundTheSearchEndsAndCountsTheRest() {
        LimitedCluster cluster(manySpaces(static_cast<int>(KindFeed::kMostTried) + 44));
        cluster.allowNamespaceList(true);
        const Rig rig(cluster, {}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Forbidden, kPatience);
        QVERIFY2(rig.reason().contains(QStringLiteral("44 more namespaces were not tried")) &&
                     rig.reason().contains(QStringLiteral("and 250 more")),
                 qPrintable(rig.reason()));
        QCOMPARE(rig.store->freshness().reason->httpStatus, 403);
        QCOMPARE(rig.server.requestCount(), 2 + static_cast<int>(KindFeed::kMostTried));
    }

    void theRulesOfManyNamespacesAreSeldomAskedForAgain() {
        const LimitedCluster cluster(manySpaces(64));
        HostileServer server(cluster.handler());
        http::Endpoint endpoint;
        endpoint.serverUrl = server.url();
        endpoint.label = "test";
        const auto channel = std::make_shared<http::HttpTransport>(endpoint, nullptr, std::make_shared<SystemClock>());
        const auto clock = std::make_shared<ManualClock>(Instant(1'700'000'000s));
        NamespaceDirectory directory(channel, "test", clock, {"space-120"});
        const auto askForAll = [&] {
            for (const auto& [name, pods] : manySpaces(64)) {
                QVERIFY(directory.rules(name, {}));
            }
        };
        askForAll();
        QCOMPARE(server.requestCount(), 64);
        clock->advance(1min);
        askForAll();
        QCOMPARE(server.requestCount(), 65);  // the one that a person named
        clock->advance(2min);
        askForAll();
        QCOMPARE(server.requestCount(), 65 + 64);
    }

    void silenceMakesOnlyWhatWasSilentStale() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}});
        cluster.allow("shop");
        Rig rig(cluster, {"shop"}, "pods", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.watches("/api/v1/namespaces/shop/pods"), 1, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Live, kPatience);
        rig.feed->expire(rig.clock->now() - 1h, makeSilentError("test", 90s));
        QCOMPARE(rig.state(), FreshnessState::Live);
        rig.feed->expire(rig.clock->now() + 1h, makeSilentError("test", 90s));
        QCOMPARE(rig.state(), FreshnessState::Stale);
        QVERIFY(rig.store->freshness().reason->is(kSilent));
        QCOMPARE(rig.paths(), words({"shop/web"}));
    }

    void aKindWithoutNamespacesStaysForbidden() {
        LimitedCluster cluster(LimitedCluster::Pods{{"shop", {"web"}}});
        Rig rig(cluster, {"shop"}, "namespaces", 1h);
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(), FreshnessState::Forbidden, kPatience);
        QVERIFY2(rig.reason().startsWith(QStringLiteral("Needs list namespaces (context test)")),
                 qPrintable(rig.reason()));
        QCOMPARE(rig.server.requestCount("/api/v1/namespaces"), 1);
    }
};

QTEST_GUILESS_MAIN(TestKindFeed)
#include "test_kind_feed.moc"
