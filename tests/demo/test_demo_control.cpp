#include <QtTest>

#include "tests/demo/demo_world.h"

using namespace quarterdeck;
using namespace quarterdeck::demo;
using namespace quarterdeck::demo::testing;
using namespace std::chrono_literals;

namespace {

using States = std::multiset<std::string>;

constexpr const char* kOrders = "/apis/apps/v1/namespaces/bakery-ia/deployments/orders-service";
constexpr const char* kOrdersPods = "app.kubernetes.io/name%3Dorders-service";
constexpr const char* kGlobeco = "/apis/apps/v1/namespaces/globeco/deployments/globeco-order-generation-service";
constexpr const char* kGlobecoPods = "app%3Dglobeco-order-generation-service";

Json imagePatch(const std::string& container, const std::string& image) {
    return {{"spec",
             {{"template", {{"spec", {{"containers", Json::array({Json{{"name", container}, {"image", image}}})}}}}}}}};
}

/// As `kubectl rollout undo` does it: the template of the ReplicaSet of an earlier revision.
void undoTo(DemoClient& client, const std::string& deployment, const std::string& nameSpace,
            const std::string& revision) {
    const Json sets = client.getJson("/apis/apps/v1/namespaces/" + nameSpace + "/replicasets");
    for (const Json& set : sets.at("items")) {
        const Json& metadata = set.at("metadata");
        const bool owned =
            metadata.at("ownerReferences").at(0).at("name") == deployment.substr(deployment.rfind('/') + 1);
        if (owned && metadata.at("annotations").at("deployment.kubernetes.io/revision") == revision) {
            Json wanted = set.at("spec").at("template");
            wanted["metadata"]["labels"].erase("pod-template-hash");
            QCOMPARE(client
                         .patch(deployment, "json-patch+json",
                                Json::array({Json{{"op", "replace"}, {"path", "/spec/template"}, {"value", wanted}}}))
                         .status,
                     200U);
            return;
        }
    }
    QFAIL("no such revision");
}

std::string reasonOf(const Json& deployment, const std::string& type) {
    for (const Json& condition : deployment.at("status").at("conditions")) {
        if (condition.at("type") == type) {
            return condition.at("reason");
        }
    }
    return {};
}

}  // namespace

class TestDemoControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scalingBringsPodsUpInSteps() {
        const World world("globeco-prod");
        DemoClient client = world.client();
        client.patch(std::string(kGlobeco) + "/scale", "merge-patch+json", {{"spec", {{"replicas", 7}}}});
        world.cluster->step();
        QCOMPARE(podStates(client, "globeco", kGlobecoPods).count("ContainerCreating 0/1"), 1U);
        world.pass(4s);
        QCOMPARE(podStates(client, "globeco", kGlobecoPods).count("Running 0/1"), 1U);
        world.pass(30s);
        QCOMPARE(podStates(client, "globeco", kGlobecoPods).count("Running 1/1"), 7U);
        const Json events = client.getJson("/api/v1/events?fieldSelector=reason%3DScheduled");
        QVERIFY(
            q(events.at("items").back().at("message")).startsWith(QStringLiteral("Successfully assigned globeco/")));
        client.patch(std::string(kGlobeco) + "/scale", "merge-patch+json", {{"spec", {{"replicas", 3}}}});
        world.cluster->step();
        QCOMPARE(podStates(client, "globeco", kGlobecoPods).count("Terminating 1/1"), 4U);
        world.pass(5s);
        QVERIFY(podStates(client, "globeco", kGlobecoPods) == States({"Running 1/1", "Running 1/1", "Running 1/1"}));
    }

    void whatDoesNotFitStaysPending() {
        const World world("globeco-prod");
        DemoClient client = world.client();
        client.patch(std::string(kGlobeco) + "/scale", "merge-patch+json", {{"spec", {{"replicas", 20}}}});
        world.pass(60s);
        const States states = podStates(client, "globeco", kGlobecoPods);
        QVERIFY(states.count("Pending 0/1") > 0);
        QVERIFY(states.count("Running 1/1") > 6);
        QVERIFY(!client.getJson("/api/v1/events?fieldSelector=reason%3DFailedScheduling").at("items").empty());
    }

    void aRolloutKeepsWithinSurgeAndUnavailable() {
        const World world("bakery-ia-prod");
        DemoClient client = world.client();
        client.patch(kOrders, "strategic-merge-patch+json",
                     imagePatch("orders-service", "gitea.bakery-ia.local/bakery/orders-service:2.8.3"));
        bool initSeen = false;
        int ended = -1;
        for (int second = 0; second < 120 && ended < 0; ++second) {
            world.pass(1s, 250ms);
            const States states = podStates(client, "bakery-ia", kOrdersPods);
            std::size_t alive = 0;
            for (const std::string& state : states) {
                alive += state.rfind("Terminating", 0) == 0 ? 0 : 1;
                initSeen = initSeen || state.rfind("Init:", 0) == 0;
            }
            QVERIFY(alive <= 3);                        // maxSurge 1
            QVERIFY(states.count("Running 1/1") >= 1);  // maxUnavailable 1
            const Json deployment = client.getJson(kOrders);
            if (second > 0 && reasonOf(deployment, "Progressing") == "NewReplicaSetAvailable") {
                ended = second;
                QCOMPARE(q(deployment.at("metadata").at("annotations").at("deployment.kubernetes.io/revision")),
                         QStringLiteral("13"));
            }
        }
        QVERIFY(initSeen);
        QVERIFY2(ended >= 4 && ended < 60, std::to_string(ended).c_str());
    }

    void aPausedDeploymentWaitsAndResumes() {
        const World world("bakery-ia-prod");
        DemoClient client = world.client();
        client.patch(kOrders, "strategic-merge-patch+json", {{"spec", {{"paused", true}}}});
        client.patch(kOrders, "strategic-merge-patch+json", imagePatch("orders-service", "x:1"));
        world.pass(20s);
        Json deployment = client.getJson(kOrders);
        QCOMPARE(q(reasonOf(deployment, "Progressing")), QStringLiteral("DeploymentPaused"));
        QCOMPARE(deployment.at("status").value("updatedReplicas", 0), 0);
        client.patch(kOrders, "strategic-merge-patch+json", {{"spec", {{"paused", nullptr}}}});
        world.pass(60s);
        deployment = client.getJson(kOrders);
        QCOMPARE(deployment.at("status").value("updatedReplicas", 0), 2);
        QCOMPARE(q(reasonOf(deployment, "Progressing")), QStringLiteral("NewReplicaSetAvailable"));
    }

    void theStoryIsTheSameOnEveryRun() {
        std::vector<std::string> lists;
        for (int run = 0; run < 2; ++run) {
            const World world("bakery-ia-prod", "crash-loop");
            DemoClient client = world.client();
            client.patch(kOrders, "strategic-merge-patch+json", imagePatch("orders-service", "x:1"));
            world.pass(45s);
            lists.push_back(client.get("/api/v1/pods").body + client.get("/api/v1/events").body);
        }
        QCOMPARE(q(lists.at(0)), q(lists.at(1)));
        const World other("bakery-ia-prod", "crash-loop", 2);
        QVERIFY(other.client().get("/api/v1/pods").body != lists.at(0));
    }

    void aDeletedPodIsReplacedAndADeletedDeploymentTakesItsPodsAlong() {
        const World world("bakery-ia-prod");
        DemoClient client = world.client();
        const std::string pods = "/api/v1/namespaces/bakery-ia/pods";
        const std::string name =
            client.getJson(pods + "?labelSelector=" + kOrdersPods).at("items").at(0).at("metadata").at("name");
        const Json answer = client.send("DELETE", pods + "/" + name).json();
        QVERIFY(answer.at("metadata").contains("deletionTimestamp"));
        world.pass(40s);
        QCOMPARE(client.get(pods + "/" + name).status, 404U);
        QVERIFY(podStates(client, "bakery-ia", kOrdersPods) == States({"Running 1/1", "Running 1/1"}));
        client.send("DELETE", kOrders, R"({"propagationPolicy":"Background"})");
        world.pass(10s);
        QVERIFY(podStates(client, "bakery-ia", kOrdersPods).empty());
        QVERIFY(
            client.getJson(std::string("/apis/apps/v1/replicasets?labelSelector=") + kOrdersPods).at("items").empty());
    }

    void aStatefulSetReplacesItsPodUnderTheSameName() {
        const World world("ai-imutis-staging");
        DemoClient client = world.client();
        const std::string path = "/apis/apps/v1/namespaces/ai-imutis/statefulsets/redis";
        const std::string uid = client.getJson("/api/v1/namespaces/ai-imutis/pods/redis-0").at("metadata").at("uid");
        client.patch(path, "strategic-merge-patch+json", imagePatch("redis", "redis:7.4.3"));
        world.pass(30s);
        const Json pod = client.getJson("/api/v1/namespaces/ai-imutis/pods/redis-0");
        QVERIFY(pod.at("metadata").at("uid") != uid);
        QCOMPARE(q(pod.at("spec").at("containers").at(0).at("image")), QStringLiteral("redis:7.4.3"));
        Json set = client.getJson(path);
        QCOMPARE(set.at("status").at("currentRevision"), set.at("status").at("updateRevision"));
        client.patch(path + "/scale", "merge-patch+json", {{"spec", {{"replicas", 3}}}});
        world.pass(60s);
        QCOMPARE(client.getJson(path).at("status").at("readyReplicas").get<int>(), 3);
        QCOMPARE(client.get("/api/v1/namespaces/ai-imutis/persistentvolumeclaims/data-redis-2").status, 200U);
    }

    void aDaemonSetFollowsItsTemplate() {
        const World world("bakery-ia-prod");
        DemoClient client = world.client();
        const std::string path = "/apis/apps/v1/namespaces/monitoring/daemonsets/node-exporter";
        client.patch(path, "strategic-merge-patch+json", imagePatch("node-exporter", "prom/node-exporter:v1.9.1"));
        world.pass(30s);
        const Json status = client.getJson(path).at("status");
        QCOMPARE(status.at("numberReady").get<int>(), 1);
        QCOMPARE(status.at("updatedNumberScheduled").get<int>(), 1);
    }

    void aJobCompletesAndACronJobStartsOnes() {
        const World world("bakery-ia-prod");
        DemoClient client = world.client();
        const std::string jobs = "/apis/batch/v1/namespaces/bakery-ia/jobs";
        const Json job = {{"metadata", {{"name", "once"}}},
                          {"spec",
                           {{"template",
                             {{"spec",
                               {{"restartPolicy", "Never"},
                                {"containers", Json::array({Json{{"name", "main"}, {"image", "busybox:1.37"}}})}}}}}}}};
        QCOMPARE(client.send("POST", jobs, job.dump()).status, 201U);
        world.pass(30s);
        const Json done = client.getJson(jobs + "/once");
        QCOMPARE(done.at("status").at("succeeded").get<int>(), 1);
        QVERIFY(podStates(client, "bakery-ia", "job-name%3Donce") == States({"Completed 0/1"}));

        const Json every = {{"spec", {{"schedule", "*/5 * * * *"}}}};  // the last run, weeks ago, makes one due at once
        client.patch("/apis/batch/v1/namespaces/bakery-ia/cronjobs/nominatim-init", "merge-patch+json", every);
        world.pass(3min, 5s);
        std::size_t started = 0;
        const Json all = client.getJson(jobs);
        for (const Json& each : all.at("items")) {
            started += each.at("metadata").at("name").get<std::string>().rfind("nominatim-init-", 0) == 0 ? 1U : 0U;
        }
        QCOMPARE(started, 3U);  // of the installation, 03:10 (missed), 03:15
    }

    void theDemoStartsWithASettledCrashLoop() {
        const World world("bakery-ia-prod", "crash-loop");
        DemoClient client = world.client();
        const Json pods = client.getJson(std::string("/api/v1/namespaces/bakery-ia/pods?labelSelector=") + kOrdersPods);
        int looping = 0;
        for (const Json& pod : pods.at("items")) {
            const Json& status = pod.at("status").at("containerStatuses").at(0);
            if (status.at("state").contains("waiting")) {
                ++looping;
                QCOMPARE(q(status.at("state").at("waiting").at("reason")), QStringLiteral("CrashLoopBackOff"));
                QCOMPARE(status.at("restartCount").get<int>(), 4);
                QCOMPARE(status.at("lastState").at("terminated").at("exitCode").get<int>(), 1);
                const auto ran =
                    *parseRfc3339(status.at("lastState").at("terminated").at("finishedAt").get<std::string>()) -
                    *parseRfc3339(status.at("lastState").at("terminated").at("startedAt").get<std::string>());
                QVERIFY(ran >= 19s && ran <= 21s);
                QCOMPARE(q(status.at("image")), QStringLiteral("gitea.bakery-ia.local/bakery/orders-service:2.9.0"));
            }
        }
        QCOMPARE(looping, 2);
        QCOMPARE(q(client.getJson(kOrders).at("metadata").at("annotations").at("deployment.kubernetes.io/revision")),
                 QStringLiteral("13"));
        const Json backOff = client.getJson("/api/v1/events?fieldSelector=reason%3DBackOff");
        QVERIFY(backOff.at("items").size() >= 2);
        QVERIFY(backOff.at("items").at(0).at("count").get<int>() >= 5);
        QVERIFY(!client.getJson("/api/v1/events?fieldSelector=reason%3DUnhealthy").at("items").empty());
    }

    void aCrashLoopGrowsUntilARollbackHealsIt() {
        const World world("bakery-ia-prod", "crash-loop");
        DemoClient client = world.client();
        world.pass(5min, 1s);
        States states = podStates(client, "bakery-ia", kOrdersPods);
        QCOMPARE(states.count("Running 1/1"), 1U);  // one old pod goes on serving
        const Json pods = client.getJson(std::string("/api/v1/namespaces/bakery-ia/pods?labelSelector=") + kOrdersPods);
        int most = 0;
        for (const Json& pod : pods.at("items")) {
            most = std::max(most, pod.at("status").at("containerStatuses").at(0).at("restartCount").get<int>());
        }
        QVERIFY(most > 4);
        undoTo(client, kOrders, "bakery-ia", "12");
        world.pass(60s);
        QVERIFY(podStates(client, "bakery-ia", kOrdersPods) == States({"Running 1/1", "Running 1/1"}));
        QCOMPARE(q(reasonOf(client.getJson(kOrders), "Progressing")), QStringLiteral("NewReplicaSetAvailable"));
    }

    void aBadImageLeavesTheOldPodsServingUntilARollbackHealsIt() {
        const World world("globeco-prod", "bad-image");
        DemoClient client = world.client();
        QVERIFY(podStates(client, "globeco", kGlobecoPods) ==
                States({"ImagePullBackOff 0/1", "Running 1/1", "Running 1/1", "Running 1/1", "Running 1/1",
                        "Running 1/1", "Running 1/1"}));
        bool tried = false;
        for (int i = 0; i < 400 && !tried; ++i) {
            world.pass(1s, 1s);
            tried = podStates(client, "globeco", kGlobecoPods).count("ErrImagePull 0/1") > 0;
        }
        QVERIFY(tried);
        const Json failed = client.getJson("/api/v1/events?fieldSelector=reason%3DFailed");
        QVERIFY(q(failed.dump()).contains(QStringLiteral("1.8.5-rc1")));
        world.pass(8min, 5s);
        QCOMPARE(q(reasonOf(client.getJson(kGlobeco), "Progressing")), QStringLiteral("ProgressDeadlineExceeded"));
        undoTo(client, kGlobeco, "globeco", "7");
        world.pass(10s);
        QCOMPARE(podStates(client, "globeco", kGlobecoPods).size(), 6U);
        QCOMPARE(podStates(client, "globeco", kGlobecoPods).count("Running 1/1"), 6U);
        QCOMPARE(q(reasonOf(client.getJson(kGlobeco), "Progressing")), QStringLiteral("NewReplicaSetAvailable"));
    }
};

QTEST_GUILESS_MAIN(TestDemoControl)
#include "test_demo_control.moc"
