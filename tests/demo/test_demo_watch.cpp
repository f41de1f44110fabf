#include <QtTest>

#include "tests/demo/demo_world.h"

using namespace quarterdeck;
using namespace quarterdeck::demo;
using namespace quarterdeck::demo::testing;

class TestDemoWatch : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<World> world_;
    DemoClient client() { return world_->client(); }

private Q_SLOTS:
    void init() { world_ = std::make_unique<World>("globeco-prod"); }

    void aWatchTellsEveryChangeInOrder() {
        DemoClient api = client();
        DemoClient watcher = client();
        const std::string version = versionOf(api.getJson(kMaps));
        QCOMPARE(
            watcher.watch(std::string(kMaps) + "?watch=1&resourceVersion=" + version + "&labelSelector=suite%3Dapi"),
            200U);
        const std::string path = std::string(kMaps) + "/one";
        api.send("POST", kMaps, configMap("one", "a").dump());
        api.patch(path, "merge-patch+json", {{"data", {{"key", "b"}}}});
        api.patch(path, "merge-patch+json",
                  {{"metadata", {{"labels", {{"suite", "other"}}}}}});                          // leaves the selection
        api.patch(path, "merge-patch+json", {{"metadata", {{"labels", {{"suite", "api"}}}}}});  // and comes back
        api.send("DELETE", path);
        QStringList types;
        std::string last = version;
        for (int i = 0; i < 5; ++i) {
            const Json event = *watcher.nextEvent();
            types << q(event.at("type"));
            QVERIFY(std::stoull(versionOf(event.at("object"))) > std::stoull(last));
            last = versionOf(event.at("object"));
        }
        QCOMPARE(types, QStringList({QStringLiteral("ADDED"), QStringLiteral("MODIFIED"), QStringLiteral("DELETED"),
                                     QStringLiteral("ADDED"), QStringLiteral("DELETED")}));
    }

    void aWatchWithoutAVersionBeginsWithWhatIsThere() {
        DemoClient watcher = client();
        QCOMPARE(watcher.watch("/api/v1/nodes?watch=true"), 200U);
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(q(watcher.nextEvent()->at("type")), QStringLiteral("ADDED"));
        }
    }

    void anIdleWatchSendsABookmarkSoon() {
        DemoClient api = client();
        const std::string version = versionOf(api.getJson("/api/v1/nodes"));
        DemoClient watcher = client();
        const auto start = std::chrono::steady_clock::now();
        watcher.watch("/api/v1/nodes?watch=1&allowWatchBookmarks=true&resourceVersion=" + version);
        const Json event = *watcher.nextEvent();
        QCOMPARE(q(event.at("type")), QStringLiteral("BOOKMARK"));
        QCOMPARE(q(event.at("object").at("kind")), QStringLiteral("Node"));
        QCOMPARE(q(versionOf(event.at("object"))), q(version));
        QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
    }

    void aWatchListEndsItsInitialEventsWithABookmark() {
        DemoClient watcher = client();
        const std::string base = "/api/v1/nodes?watch=1&allowWatchBookmarks=true&sendInitialEvents=true";
        QCOMPARE(client().get(base).status, 422U);
        QCOMPARE(watcher.watch(base + "&resourceVersionMatch=NotOlderThan"), 200U);
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(q(watcher.nextEvent()->at("type")), QStringLiteral("ADDED"));
        }
        const Json end = *watcher.nextEvent();
        QCOMPARE(q(end.at("type")), QStringLiteral("BOOKMARK"));
        QCOMPARE(q(end.at("object").at("metadata").at("annotations").at("k8s.io/initial-events-end")),
                 QStringLiteral("true"));
    }

    void aForgottenVersionIs410AsStatusAndInTheStream() {
        DemoClient api = client();
        const Reply reply = api.get("/api/v1/pods?watch=1&resourceVersion=1");
        QCOMPARE(reply.status, 410U);
        QCOMPARE(q(reply.json().at("reason")), QStringLiteral("Expired"));

        const std::string version = versionOf(api.getJson("/api/v1/pods"));
        DemoClient watcher = client();
        QCOMPARE(watcher.watch("/api/v1/pods?watch=1&resourceVersion=" + version), 200U);
        {
            const std::scoped_lock lock(world_->cluster->state().mutex);
            world_->cluster->state().db.forgetHistory();
            world_->cluster->state().changed.notify_all();
        }
        const Json event = *watcher.nextEvent();
        QCOMPARE(q(event.at("type")), QStringLiteral("ERROR"));
        QCOMPARE(event.at("object").at("code").get<int>(), 410);
        QVERIFY(!watcher.nextEvent());
    }

    void manyChangesPushOldVersionsOut() {
        DemoClient api = client();
        const std::string version = versionOf(api.send("POST", kMaps, configMap("busy", "0").dump()).json());
        {
            ClusterState& state = world_->cluster->state();
            const std::scoped_lock lock(state.mutex);
            for (std::size_t i = 0; i <= ObjectDb::kHistory; ++i) {
                Json next = *state.db.get(resource("configmaps"), "globeco", "busy");
                next["data"]["key"] = std::to_string(i + 1);
                state.put(resource("configmaps"), std::move(next));
            }
        }
        QCOMPARE(api.get(std::string(kMaps) + "?watch=1&resourceVersion=" + version).status, 410U);
    }

    void aWatchEndsAfterItsTimeout() {
        DemoClient watcher = client();
        watcher.watch("/api/v1/nodes?watch=1&timeoutSeconds=1&resourceVersion=" +
                      versionOf(client().getJson("/api/v1/nodes")));
        QVERIFY(!watcher.nextEvent());
    }

    void watchesComeAsTablesToo() {
        DemoClient watcher = client();
        watcher.watch("/api/v1/nodes?watch=1", {{"Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"}});
        const Json event = *watcher.nextEvent();
        QCOMPARE(q(event.at("object").at("kind")), QStringLiteral("Table"));
        QCOMPARE(q(event.at("object").at("rows").at(0).at("cells").at(0)), QStringLiteral("gc-node-1"));
    }

    void stoppingEndsOpenWatches() {
        DemoClient watcher = client();
        watcher.watch("/api/v1/nodes?watch=1&resourceVersion=" + versionOf(client().getJson("/api/v1/nodes")));
        const auto start = std::chrono::steady_clock::now();
        world_.reset();
        QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
        bool ended = false;
        try {
            ended = !watcher.nextEvent();
        } catch (const boost::system::system_error&) {
            ended = true;
        }
        QVERIFY(ended);
    }
};

QTEST_GUILESS_MAIN(TestDemoWatch)
#include "test_demo_watch.moc"
