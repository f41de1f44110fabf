#include <QtTest>

#include "tests/demo/demo_world.h"

using namespace quarterdeck;
using namespace quarterdeck::demo;
using namespace quarterdeck::demo::testing;
using namespace std::chrono_literals;

namespace {

using States = std::multiset<std::string>;

constexpr const char* kForecasting = "/apis/apps/v1/namespaces/bakery-ia/deployments/forecasting-service";
constexpr const char* kForecastingPods = "app.kubernetes.io/name%3Dforecasting-service";
constexpr const char* kSales = "/apis/apps/v1/namespaces/bakery-ia/deployments/sales-service";
constexpr const char* kSalesPods = "app.kubernetes.io/name%3Dsales-service";
constexpr const char* kGlobecoPods = "app%3Dglobeco-order-generation-service";
constexpr const char* kLostNode = "/api/v1/nodes/gc-node-2";

Json containerPatch(const Json& container) {
    return {{"spec", {{"template", {{"spec", {{"containers", Json::array({container})}}}}}}}};
}

Json podsOf(DemoClient& client, const std::string& nameSpace, const std::string& selector) {
    return client.getJson("/api/v1/namespaces/" + nameSpace + "/pods?labelSelector=" + selector).at("items");
}

Json condition(const Json& object, const std::string& type) {
    for (const Json& each : object.at("status").at("conditions")) {
        if (each.at("type") == type) {
            return each;
        }
    }
    return {};
}

Json eventsOf(DemoClient& client, const std::string& reason) {
    return client.getJson("/api/v1/events?fieldSelector=reason%3D" + reason).at("items");
}

bool isTerminatingPod(const Json& pod) {
    return pod.at("metadata").contains("deletionTimestamp");
}

}  // namespace

/// T62-part: the incidents that the demo plays, told as a cluster tells them.
class TestDemoIncidents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void containersAreKilledWithCode137AboveTheirMemoryLimit() {
        const World world("bakery-ia-prod", "out-of-memory");
        DemoClient client = world.client();
        int killed = 0;
        for (const Json& pod : podsOf(client, "bakery-ia", kForecastingPods)) {
            const Json& status = pod.at("status").at("containerStatuses").at(0);
            if (!status.at("lastState").contains("terminated")) {
                continue;
            }
            ++killed;
            const Json& end = status.at("lastState").at("terminated");
            QCOMPARE(q(end.at("reason")), QStringLiteral("OOMKilled"));
            QCOMPARE(end.at("exitCode").get<int>(), 137);
            QVERIFY(status.at("restartCount").get<int>() >= 1);
            const auto lived = *parseRfc3339(end.at("finishedAt").get<std::string>()) -
                               *parseRfc3339(end.at("startedAt").get<std::string>());
            QVERIFY(lived >= 34s && lived <= 36s);
            QCOMPARE(q(pod.at("spec").at("containers").at(0).at("resources").at("limits").at("memory")),
                     QStringLiteral("1Gi"));
        }
        QVERIFY2(killed >= 2, std::to_string(killed).c_str());
        const Json backOff = eventsOf(client, "BackOff");
        QVERIFY(!backOff.empty());
        QVERIFY(q(backOff.at(0).at("message"))
                    .startsWith(QStringLiteral("Back-off restarting failed container forecasting-service in pod ")));
        // The kubelet writes no event of its own for a kill inside a container's limit.
        QVERIFY(!q(client.get("/api/v1/events").body).contains(QStringLiteral("OOM")));
    }

    void aPodIsReadyBeforeItIsKilledAndWaitsInBackOff() {
        const World world("bakery-ia-prod");
        DemoClient client = world.client();
        client.patch(kForecasting, "strategic-merge-patch+json",
                     containerPatch({{"name", "forecasting-service"},
                                     {"image", "gitea.bakery-ia.local/bakery/forecasting-service:2.9.0"}}));
        bool killed = false;
        bool loops = false;
        for (int second = 0; second < 240 && !(killed && loops); ++second) {
            world.pass(1s);
            const States states = podStates(client, "bakery-ia", kForecastingPods);
            killed = killed || states.count("OOMKilled 0/1") > 0;
            loops = loops || states.count("CrashLoopBackOff 0/1") > 0;
        }
        QVERIFY(killed);
        QVERIFY(loops);
    }

    void aHigherLimitOrTheFormerImageEndsTheKills_data() {
        QTest::addColumn<QString>("patch");
        QTest::newRow("limit") << QStringLiteral(
            R"({"name":"forecasting-service","resources":{"limits":{"memory":"2Gi"}}})");
        QTest::newRow("image") << QStringLiteral(
            R"({"name":"forecasting-service","image":"gitea.bakery-ia.local/bakery/forecasting-service:2.8.1"})");
    }
    void aHigherLimitOrTheFormerImageEndsTheKills() {
        QFETCH(QString, patch);
        const World world("bakery-ia-prod", "out-of-memory");
        DemoClient client = world.client();
        client.patch(kForecasting, "strategic-merge-patch+json", containerPatch(Json::parse(patch.toStdString())));
        world.pass(5min, 1s);
        QVERIFY(podStates(client, "bakery-ia", kForecastingPods) ==
                States({"Running 1/1", "Running 1/1", "Running 1/1"}));
        for (const Json& pod : podsOf(client, "bakery-ia", kForecastingPods)) {
            QCOMPARE(pod.at("status").at("containerStatuses").at(0).at("restartCount").get<int>(), 0);
        }
    }

    void aPodStaysInItsInitContainerWhileTheOldOneServes() {
        const World world("bakery-ia-prod", "stuck-init");
        DemoClient client = world.client();
        QVERIFY(podStates(client, "bakery-ia", kSalesPods) == States({"Init:0/2 0/1", "Running 1/1"}));
        world.pass(2min, 1s);
        QVERIFY(podStates(client, "bakery-ia", kSalesPods) == States({"Init:0/2 0/1", "Running 1/1"}));
        Json stuck;
        for (const Json& pod : podsOf(client, "bakery-ia", kSalesPods)) {
            stuck = pod.at("status").at("phase") == "Pending" ? pod : stuck;
        }
        const Json& init = stuck.at("status").at("initContainerStatuses");
        QCOMPARE(q(init.at(0).at("name")), QStringLiteral("wait-for-redis"));
        QVERIFY(init.at(0).at("state").contains("running"));
        QCOMPARE(init.at(0).at("restartCount").get<int>(), 0);
        QCOMPARE(q(condition(stuck, "Initialized").at("message")),
                 QStringLiteral("containers with incomplete status: [wait-for-redis wait-for-migration]"));
        const Json events = client.getJson("/api/v1/namespaces/bakery-ia/events?fieldSelector=involvedObject.name%3D" +
                                           stuck.at("metadata").at("name").get<std::string>());
        std::set<std::string> reasons;
        for (const Json& event : events.at("items")) {
            reasons.insert(event.at("reason"));
        }
        QVERIFY((reasons == std::set<std::string>{"Scheduled", "Pulled", "Created", "Started"}));
        world.pass(10min, 5s);
        QCOMPARE(q(condition(client.getJson(kSales), "Progressing").at("reason")),
                 QStringLiteral("ProgressDeadlineExceeded"));
    }

    void theServiceThatIsWaitedForEndsTheWait() {
        const World world("bakery-ia-prod", "stuck-init");
        DemoClient client = world.client();
        Json service = client.getJson("/api/v1/namespaces/bakery-ia/services/redis-service");
        service["metadata"] = {{"name", "redis-master"}};
        service["spec"].erase("clusterIP");
        service["spec"].erase("clusterIPs");
        QCOMPARE(client.send("POST", "/api/v1/namespaces/bakery-ia/services", service.dump()).status, 201U);
        world.pass(1min);
        QVERIFY(podStates(client, "bakery-ia", kSalesPods) == States({"Running 1/1"}));
        QCOMPARE(q(client.getJson(kSales).at("spec").at("template").at("spec").at("containers").at(0).at("image")),
                 QStringLiteral("gitea.bakery-ia.local/bakery/sales-service:2.9.0"));
    }

    void theFormerCommandEndsTheWait() {
        const World world("bakery-ia-prod", "stuck-init");
        DemoClient client = world.client();
        const Json init = {{"name", "wait-for-redis"},
                           {"command", {"sh", "-c", "until nc -z redis-service 6379; do sleep 2; done"}}};
        client.patch(kSales, "strategic-merge-patch+json",
                     {{"spec", {{"template", {{"spec", {{"initContainers", Json::array({init})}}}}}}}});
        world.pass(1min);
        QVERIFY(podStates(client, "bakery-ia", kSalesPods) == States({"Running 1/1"}));
    }

    void whoeverWaitsForRedisWaitsWhileRedisIsAway() {
        const World world("bakery-ia-prod");
        DemoClient client = world.client();
        const std::string redis = "/apis/apps/v1/namespaces/bakery-ia/deployments/redis/scale";
        QCOMPARE(client.patch(redis, "merge-patch+json", {{"spec", {{"replicas", 0}}}}).status, 200U);
        world.pass(10s);
        client.patch(std::string(kSales) + "/scale", "merge-patch+json", {{"spec", {{"replicas", 2}}}});
        world.pass(30s);
        QVERIFY(podStates(client, "bakery-ia", kSalesPods) == States({"Init:0/2 0/1", "Running 1/1"}));
        client.patch(redis, "merge-patch+json", {{"spec", {{"replicas", 1}}}});
        world.pass(60s);
        QVERIFY(podStates(client, "bakery-ia", kSalesPods) == States({"Running 1/1", "Running 1/1"}));
    }

    void aSilentNodeIsLostAfterItsGrace() {
        const World world("globeco-prod");
        DemoClient client = world.client();
        for (const Incident& incident : allIncidents()) {
            if (incident.info.id == "node-not-ready") {
                world.cluster->begin(incident);
            }
        }
        world.pass(35s);
        QCOMPARE(q(condition(client.getJson(kLostNode), "Ready").at("status")), QStringLiteral("True"));
        world.pass(10s);
        const Json node = client.getJson(kLostNode);
        for (const Json& each : node.at("status").at("conditions")) {
            QCOMPARE(q(each.at("status")), QStringLiteral("Unknown"));
            QCOMPARE(q(each.at("reason")), QStringLiteral("NodeStatusUnknown"));
            QCOMPARE(q(each.at("message")), QStringLiteral("Kubelet stopped posting node status."));
            QCOMPARE(q(each.at("lastHeartbeatTime")), QStringLiteral("2026-03-14T03:12:40Z"));
            QCOMPARE(q(each.at("lastTransitionTime")), QStringLiteral("2026-03-14T03:13:20Z"));
        }
        std::set<std::string> effects;
        for (const Json& taint : node.at("spec").at("taints")) {
            QCOMPARE(q(taint.at("key")), QStringLiteral("node.kubernetes.io/unreachable"));
            effects.insert(taint.at("effect"));
        }
        QVERIFY((effects == std::set<std::string>{"NoExecute", "NoSchedule"}));
        std::multiset<std::string> told;
        for (const Json& event : eventsOf(client, "NodeNotReady")) {
            told.insert(event.at("involvedObject").at("kind").get<std::string>() + " " +
                        event.at("type").get<std::string>());
        }
        QVERIFY((told == std::multiset<std::string>{"Node Normal", "Pod Warning", "Pod Warning"}));
        int unready = 0;
        for (const Json& pod : podsOf(client, "globeco", kGlobecoPods)) {
            const bool there = pod.at("spec").at("nodeName") == "gc-node-2";
            unready += there && condition(pod, "Ready").at("status") == "False" ? 1 : 0;
            QVERIFY(!isTerminatingPod(pod));
        }
        QCOMPARE(unready, 2);
        QCOMPARE(client.getJson("/apis/apps/v1/namespaces/globeco/deployments/globeco-order-generation-service")
                     .at("status")
                     .at("availableReplicas")
                     .get<int>(),
                 4);
    }

    void podsOfALostNodeAreReplacedElsewhereAndStayTerminating() {
        const World world("globeco-prod", "node-not-ready");
        DemoClient client = world.client();
        QVERIFY(podStates(client, "globeco", kGlobecoPods) ==
                States({"Running 1/1", "Running 1/1", "Running 1/1", "Running 1/1", "Running 1/1", "Running 1/1",
                        "Terminating 1/1", "Terminating 1/1"}));
        QCOMPARE(eventsOf(client, "TaintManagerEviction").size(), 2U);
        world.pass(10min, 5s);
        int terminating = 0;
        for (const Json& pod : podsOf(client, "globeco", kGlobecoPods)) {
            const bool there = pod.at("spec").at("nodeName") == "gc-node-2";
            QCOMPARE(isTerminatingPod(pod), there);
            terminating += there ? 1 : 0;
        }
        QCOMPARE(terminating, 2);
        // Whoever knows that the machine is gone says so.
        QCOMPARE(client.send("DELETE", kLostNode).status, 200U);
        world.pass(5s);
        QCOMPARE(podsOf(client, "globeco", kGlobecoPods).size(), 6U);
    }

    void aResetBringsTheNodeBack() {
        const World world("globeco-prod");
        DemoClient client = world.client();
        for (const Incident& incident : allIncidents()) {
            if (incident.info.id == "node-not-ready") {
                world.cluster->begin(incident);
            }
        }
        world.pass(3min, 1s);
        QCOMPARE(q(condition(client.getJson(kLostNode), "Ready").at("status")), QStringLiteral("Unknown"));
        world.cluster->reset();
        DemoClient after = world.client();
        QCOMPARE(q(condition(after.getJson(kLostNode), "Ready").at("status")), QStringLiteral("True"));
        QVERIFY(!after.getJson(kLostNode).at("spec").contains("taints"));
        world.pass(3min, 1s);
        QCOMPARE(podStates(after, "globeco", kGlobecoPods).count("Running 1/1"), 6U);
        QCOMPARE(podStates(after, "globeco", kGlobecoPods).size(), 6U);
    }

    void everyIncidentTellsTheSameStoryTwice_data() {
        QTest::addColumn<QString>("incident");
        QTest::addColumn<QString>("context");
        for (const Incident& incident : allIncidents()) {
            QTest::newRow(incident.info.id.c_str()) << q(incident.info.id) << q(incident.info.context);
        }
    }
    void everyIncidentTellsTheSameStoryTwice() {
        QFETCH(QString, incident);
        QFETCH(QString, context);
        QStringList stories;
        for (int run = 0; run < 2; ++run) {
            const World world(context.toStdString(), incident.toStdString());
            DemoClient client = world.client();
            world.pass(30s);
            stories += q(client.get("/api/v1/pods").body + client.get("/api/v1/events").body);
        }
        QCOMPARE(stories.at(0), stories.at(1));
    }
};

QTEST_GUILESS_MAIN(TestDemoIncidents)
#include "test_demo_incidents.moc"
