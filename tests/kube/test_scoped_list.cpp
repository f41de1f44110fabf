// A list at once for a user who may not list cluster-wide: where it looks, where it stops, and what it says is missing.
#include <QTest>

#include "app/http/transport.h"
#include "app/kinds/registry.h"
#include "app/kube/errors.h"
#include "app/kube/kind_feed.h"
#include "app/kube/scoped_list.h"
#include "tests/fakes/limited_cluster.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;
using namespace std::chrono_literals;
using fakes::HostileServer;
using fakes::LimitedCluster;

namespace {

/// One pod in each of so many namespaces: space-100, space-101, …
LimitedCluster::Pods manySpaces(int count) {
    LimitedCluster::Pods pods;
    for (int i = 0; i < count; ++i) {
        pods["space-" + std::to_string(100 + i)] = {"web"};
    }
    return pods;
}

/// Lists the pods of a cluster that tells its namespaces.
struct Rig {
    explicit Rig(LimitedCluster& cluster) : server(cluster.handler()) { cluster.allowNamespaceList(true); }
    Result<ScopedList> list() {
        http::Endpoint endpoint;
        endpoint.serverUrl = server.url();
        endpoint.label = "test";
        const auto clock = std::make_shared<SystemClock>();
        const auto channel = std::make_shared<http::HttpTransport>(endpoint, nullptr, clock);
        NamespaceDirectory directory(channel, "test", clock, {});
        StringPool pool;
        DecodeContext decoding{pool};
        ListCall call;
        call.context = "test";
        return listWhereAllowed(*channel, *kinds::findKind("pods"), call, decoding, directory, *clock, {});
    }
    HostileServer server;
};

}  // namespace

class TestScopedList : public QObject {
    Q_OBJECT

private slots:
    void theLastOfManyNamespacesIsFoundWhereOnlyItIsPermitted() {
        LimitedCluster cluster(manySpaces(44));
        cluster.allow("space-143");
        Rig rig(cluster);
        const auto listed = rig.list();
        QVERIFY2(listed, listed ? "" : describe(listed.error()).c_str());
        QCOMPARE(listed->items.size(), std::size_t{1});
        QCOMPARE(listed->items.front()->path(), std::string("space-143/web"));
        QVERIFY(listed->narrowed->is(kScopePartly));
        const std::string text = describe(*listed->narrowed);
        QVERIFY2(text.find("Only namespace space-143 of context test") != std::string::npos, text.c_str());
        QVERIFY2(text.find("Needs list on pods in namespace space-100") != std::string::npos, text.c_str());
        QVERIFY2(text.find("and 37 more") != std::string::npos, text.c_str());
        QCOMPARE(rig.server.requestCount(), 2 + 44);
    }

    void whatIsBeyondTheLimitIsCounted() {
        LimitedCluster cluster(manySpaces(40));
        for (const auto& [name, pods] : manySpaces(40)) {
            cluster.allow(name);
        }
        cluster.forbid("space-101");
        Rig rig(cluster);
        const auto listed = rig.list();
        QVERIFY2(listed, listed ? "" : describe(listed.error()).c_str());
        QCOMPARE(listed->items.size(), KindFeed::kMostNamespaces);
        QVERIFY(listed->narrowed->is(kScopePartlyCrowded));
        const std::string text = describe(*listed->narrowed);
        QVERIFY2(text.find("15 more namespaces were not tried") != std::string::npos, text.c_str());
        QVERIFY2(text.find("pods in namespace space-101") != std::string::npos, text.c_str());
    }

    void withoutAnyRightItEndsAndSaysHowManyWereNotTried() {
        LimitedCluster cluster(manySpaces(static_cast<int>(KindFeed::kMostTried) + 44));
        Rig rig(cluster);
        const auto listed = rig.list();
        QVERIFY(!listed);
        QVERIFY(listed.error().is(kNowhereCrowded));
        const std::string text = describe(listed.error());
        QVERIFY2(text.find("44 more namespaces were not tried") != std::string::npos, text.c_str());
        QCOMPARE(rig.server.requestCount(), 2 + static_cast<int>(KindFeed::kMostTried));
    }
};

QTEST_GUILESS_MAIN(TestScopedList)
#include "test_scoped_list.moc"
