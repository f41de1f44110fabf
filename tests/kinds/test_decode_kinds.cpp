#include <QTest>

#include "app/kinds/deployment.h"
#include "app/kinds/event.h"
#include "app/kinds/name_space.h"
#include "app/kinds/node.h"
#include "app/kinds/node_status.h"
#include "app/kinds/registry.h"
#include "app/kinds/replica_set.h"
#include "tests/kinds/kind_fixtures.h"

using namespace quarterdeck;
using namespace quarterdeck::kinds;
using namespace quarterdeck::tests;
using kube::Health;

namespace {

Instant at(const char* text) {
    return *parseRfc3339(text);
}

/// A fixture decoded, with access to its items by their type.
template <class T>
struct Decoded {
    Decoded(const kube::KindDescriptor& kind, const char* fixture) {
        auto result = decodeListOf(kind, kindFixture(fixture), pool);
        if (!result) {
            qFatal("%s: %s", fixture, describe(result.error()).c_str());
        }
        list = std::move(*result);
    }
    const T& operator[](std::size_t index) const { return static_cast<const T&>(*list.items.at(index)); }

    StringPool pool;
    kube::DecodedList list;
};

}  // namespace

class TestDecodeKinds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aListHasItsVersionAndItems() {
        const Decoded<Pod> pods(podKind(), "pods.json");
        QCOMPARE(pods.list.items.size(), std::size_t(3));
        QCOMPARE(pods.list.resourceVersion, std::string("48211907"));
        QCOMPARE(pods.list.continueToken, std::string());
        QCOMPARE(pods.list.skipped, std::size_t(0));
    }

    void aPodHasItsMetadata() {
        const Decoded<Pod> pods(podKind(), "pods.json");
        const auto& meta = pods[0].meta;
        QCOMPARE(meta.name, std::string("orders-api-6c9f7d5b8d-kx7wq"));
        QCOMPARE(meta.nameSpace.view(), std::string_view("shop"));
        QCOMPARE(meta.uid, std::string("0f6a2c1e-52d4-4a0e-9d0b-8c5b5f1e7a01"));
        QCOMPARE(meta.resourceVersion, std::string("48211100"));
        QCOMPARE(meta.creation, std::optional(at("2026-03-10T08:15:22Z")));
        QVERIFY(!meta.deletion);
        QCOMPARE(meta.labels.size(), std::size_t(3));
        QCOMPARE(meta.labels[2].first.view(), std::string_view("tier"));
        QCOMPARE(meta.labels[2].second.view(), std::string_view("backend"));
        QCOMPARE(meta.owners.size(), std::size_t(1));
        QCOMPARE(meta.owners[0].kind.view(), std::string_view("ReplicaSet"));
        QCOMPARE(meta.owners[0].name, std::string("orders-api-6c9f7d5b8d"));
        QVERIFY(meta.owners[0].controller);
        QCOMPARE(pods[2].meta.deletion, std::optional(at("2026-03-14T04:00:00Z")));
    }

    void aPodHasItsContainers() {
        const Decoded<Pod> pods(podKind(), "pods.json");
        const Pod& pod = pods[0];
        QCOMPARE(pod.initContainers().size(), std::size_t(2));
        QCOMPARE(pod.appContainers().size(), std::size_t(2));
        QVERIFY(!pod.initContainers()[0].restartable);
        QVERIFY(pod.initContainers()[1].restartable);
        QCOMPARE(pod.initContainers()[0].state, ContainerState::Terminated);
        const Container& api = pod.appContainers()[0];
        QCOMPARE(api.image.view(), std::string_view("registry.example.com/shop/orders:2.4.1"));
        QCOMPARE(api.cpuRequestMilli, 250);
        QCOMPARE(api.cpuLimitMilli, 1500);
        QCOMPARE(api.memoryRequest, std::int64_t(512) << 20);
        QCOMPARE(api.memoryLimit, std::int64_t(1) << 30);
        QCOMPARE(api.restarts, 1);
        QCOMPARE(api.state, ContainerState::Running);
        QCOMPARE(api.since.get(), std::optional(at("2026-03-13T02:03:01Z")));
        QVERIFY(api.lastTermination);
        QCOMPARE(api.lastTermination->reason.view(), std::string_view("OOMKilled"));
        QCOMPARE(api.lastTermination->exitCode, 137);
        QCOMPARE(api.lastTermination->finished.get(), std::optional(at("2026-03-13T02:02:58Z")));
        const Container& exporter = pod.appContainers()[1];
        QCOMPARE(exporter.cpuRequestMilli, 1000);
        QCOMPARE(exporter.memoryRequest, std::int64_t(67108864));
        QCOMPARE(exporter.memoryLimit, std::int64_t(128'000'000));
        QVERIFY(!exporter.lastTermination);
    }

    void aPodHasItsState() {
        const Decoded<Pod> pods(podKind(), "pods.json");
        const Pod& pod = pods[0];
        QCOMPARE(pod.health, Health::Good);
        QCOMPARE(pod.phase.view(), std::string_view("Running"));
        QCOMPARE(pod.node.view(), std::string_view("worker-04"));
        QCOMPARE(pod.ip, std::string("10.42.7.18"));
        QCOMPARE(pod.qos, QosClass::Burstable);
        QCOMPARE(pod.restartPolicy, RestartPolicy::Always);
        QCOMPARE(pod.started.get(), std::optional(at("2026-03-10T08:15:23Z")));
        QCOMPARE(pod.condition(PodConditionType::Ready).status, ConditionStatus::True);
        QCOMPARE(pod.condition(PodConditionType::Ready).since.get(), std::optional(at("2026-03-13T02:03:10Z")));
        QCOMPARE(pod.readinessGates().size(), std::size_t(1));
        QCOMPARE(pod.readinessGates()[0].status, ConditionStatus::True);
        QCOMPARE(pods[1].condition(PodConditionType::PodScheduled).reason.view(), std::string_view("Unschedulable"));
        QCOMPARE(pods[1].condition(PodConditionType::Ready).status, ConditionStatus::Missing);
        QCOMPARE(pods[1].health, Health::Warning);
        QCOMPARE(pods[2].health, Health::Finished);
        QCOMPARE(pods[2].ip, std::string("10.42.5.3"));
    }

    void aNodeHasItsColumns_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("roles");
        QTest::addColumn<int>("health");
        QTest::newRow("control plane") << 0 << QByteArray("Ready") << QByteArray("control-plane,etcd")
                                       << int(Health::Good);
        QTest::newRow("cordoned under pressure")
            << 1 << QByteArray("Ready,SchedulingDisabled") << QByteArray("gpu") << int(Health::Warning);
        QTest::newRow("silent") << 2 << QByteArray("NotReady") << QByteArray("<none>") << int(Health::Critical);
        QTest::newRow("just joined") << 3 << QByteArray("Unknown,SchedulingDisabled") << QByteArray("<none>")
                                     << int(Health::Unknown);
    }
    void aNodeHasItsColumns() {
        QFETCH(int, index);
        const Decoded<Node> nodes(nodeKind(), "nodes.json");
        const Node& node = nodes[static_cast<std::size_t>(index)];
        QTEST(QByteArray::fromStdString(nodeStatus(node)), "status");
        QTEST(QByteArray::fromStdString(nodeRoles(node)), "roles");
        QTEST(static_cast<int>(node.health), "health");
    }

    void aNodeHasItsDetails() {
        const Decoded<Node> nodes(nodeKind(), "nodes.json");
        const Node& control = nodes[0];
        QCOMPARE(control.internalIp, std::string("192.168.4.1"));
        QCOMPARE(control.kubeletVersion.view(), std::string_view("v1.31.4"));
        QCOMPARE(control.osImage.view(), std::string_view("Debian GNU/Linux 12 (bookworm)"));
        QCOMPARE(control.capacity.cpuMilli, std::int64_t(4000));
        QCOMPARE(control.capacity.memory, std::int64_t(8148232) * 1024);
        QCOMPARE(control.allocatable.cpuMilli, std::int64_t(3920));
        QCOMPARE(control.allocatable.ephemeralStorage, std::int64_t(93478772582));
        QCOMPARE(control.allocatable.pods, std::int64_t(110));
        QCOMPARE(control.taints.size(), std::size_t(1));
        QCOMPARE(nodePressures(control).size(), std::size_t(0));
        const Node& worker = nodes[1];
        QCOMPARE(nodePressures(worker), std::vector<std::string_view>{"DiskPressure"});
        QCOMPARE(worker.externalIp, std::string("203.0.113.7"));
        QCOMPARE(worker.taints[1].value.view(), std::string_view("a100"));
    }

    void aNamespaceHasItsPhase() {
        const Decoded<NameSpace> spaces(nameSpaceKind(), "namespaces.json");
        QCOMPARE(spaces[0].phase.view(), std::string_view("Active"));
        QCOMPARE(spaces[0].health, Health::Good);
        QVERIFY(spaces[0].meta.nameSpace.empty());
        QCOMPARE(spaces[1].phase.view(), std::string_view("Terminating"));
        QCOMPARE(spaces[1].health, Health::Progressing);
    }

    void anEventTellsWhoWhatAndWhen() {
        const Decoded<Event> events(eventKind(), "events.json");
        const Event& backOff = events[0];
        QVERIFY(backOff.warning);
        QCOMPARE(backOff.health, Health::Warning);
        QCOMPARE(backOff.reason.view(), std::string_view("BackOff"));
        QCOMPARE(backOff.count, 27);
        QCOMPARE(backOff.component.view(), std::string_view("kubelet"));
        QCOMPARE(backOff.host.view(), std::string_view("worker-04"));
        QCOMPARE(backOff.subject.kind.view(), std::string_view("Pod"));
        QCOMPARE(backOff.subject.name, std::string("orders-api-6c9f7d5b8d-kx7wq"));
        QCOMPARE(backOff.subject.uid, std::string("0f6a2c1e-52d4-4a0e-9d0b-8c5b5f1e7a01"));
        QCOMPARE(backOff.subject.fieldPath.view(), std::string_view("spec.containers{api}"));
        QCOMPARE(backOff.firstSeen, std::optional(at("2026-03-14T11:00:00Z")));
        QCOMPARE(backOff.lastSeen, std::optional(at("2026-03-14T11:58:20Z")));
    }

    void anEventWithASeriesTakesItsTimeAndCount() {
        const Decoded<Event> events(eventKind(), "events.json");
        QCOMPARE(events[1].lastSeen, std::optional(at("2026-03-14T11:55:30.654Z")));
        QCOMPARE(events[1].firstSeen, std::optional(at("2026-03-14T11:50:00.123Z")));
        QCOMPARE(events[1].count, 4);
        QCOMPARE(events[1].component.view(), std::string_view("default-scheduler"));
        QCOMPARE(events[1].action.view(), std::string_view("Scheduling"));
    }

    void anEventOfTheNewGroupIsUnderstoodToo() {
        const Decoded<Event> events(eventKind(), "events.json");
        QCOMPARE(events[2].subject.kind.view(), std::string_view("Deployment"));
        QCOMPARE(events[2].message, std::string("Scaled up replica set orders-api-6c9f7d5b8d to 3"));
        QCOMPARE(events[2].component.view(), std::string_view("deployment-controller"));
        QCOMPARE(events[2].lastSeen, std::optional(at("2026-03-14T11:51:00.5Z")));
        QCOMPARE(events[2].count, 1);
        QCOMPARE(events[3].lastSeen, std::optional(at("2026-03-14T11:52:00Z")));
        QCOMPARE(events[3].health, Health::Good);
    }

    void aDeploymentHasItsColumns_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<QByteArray>("ready");
        QTest::addColumn<bool>("rolling");
        QTest::addColumn<int>("health");
        QTest::newRow("stuck rollout") << 0 << QByteArray("3/3") << true << int(Health::Critical);
        QTest::newRow("paused and complete") << 1 << QByteArray("2/2") << false << int(Health::Good);
        QTest::newRow("scaled to nothing") << 2 << QByteArray("0/0") << false << int(Health::Good);
        QTest::newRow("lost all pods after its rollout") << 3 << QByteArray("0/2") << true << int(Health::Critical);
        QTest::newRow("not seen by the controller yet") << 4 << QByteArray("0/1") << true << int(Health::Progressing);
    }
    void aDeploymentHasItsColumns() {
        QFETCH(int, index);
        const Decoded<Deployment> deployments(deploymentKind(), "deployments.json");
        const Deployment& deployment = deployments[static_cast<std::size_t>(index)];
        QTEST(QByteArray::fromStdString(deploymentReady(deployment)), "ready");
        QTEST(deploymentRollingOut(deployment), "rolling");
        QTEST(static_cast<int>(deployment.health), "health");
    }

    void aDeploymentHasItsDetails() {
        const Decoded<Deployment> deployments(deploymentKind(), "deployments.json");
        const Deployment& orders = deployments[0];
        QCOMPARE(orders.revision, std::int64_t(9));
        QCOMPARE(orders.generation, std::int64_t(12));
        QCOMPARE(orders.updated, 1);
        QCOMPARE(orders.available, 3);
        QCOMPARE(orders.unavailable, 1);
        QCOMPARE(orders.strategy.view(), std::string_view("RollingUpdate"));
        QCOMPARE(orders.containers.size(), std::size_t(2));
        QCOMPARE(orders.containers[1].image.view(), std::string_view("registry.example.com/ops/exporter:0.9.0"));
        QCOMPARE(orders.progressing.reason.view(), std::string_view("ProgressDeadlineExceeded"));
        QCOMPARE(orders.progressing.message,
                 std::string("ReplicaSet \"orders-api-6c9f7d5b8d\" has timed out progressing."));
        QCOMPARE(orders.availableCondition.status, ConditionStatus::True);
        QVERIFY(!orders.paused);
        QVERIFY(deployments[1].paused);
        QCOMPARE(deployments[4].desired, 1);
    }

    void aReplicaSetHasItsCountsAndRevision() {
        const Decoded<ReplicaSet> sets(replicaSetKind(), "replicasets.json");
        QCOMPARE(sets.list.continueToken, std::string("eyJ2IjoibWV0YSJ9"));
        QCOMPARE(sets[0].desired, 3);
        QCOMPARE(sets[0].current, 3);
        QCOMPARE(sets[0].ready, 2);
        QCOMPARE(sets[0].revision, std::int64_t(9));
        QCOMPARE(sets[0].health, Health::Warning);
        QCOMPARE(sets[0].meta.owners[0].name, std::string("orders-api"));
        QCOMPARE(sets[0].containers[0].name.view(), std::string_view("api"));
        QCOMPARE(sets[1].health, Health::Finished);
    }

    void repeatedWordsAreKeptOnce() {
        Decoded<Pod> pods(podKind(), "pods.json");
        QCOMPARE(pods[0].meta.nameSpace.view().data(), pods[1].meta.nameSpace.view().data());
        QVERIFY(pods.pool.size() > 0);
        pods.list.items.clear();
        QCOMPARE(pods.pool.size(), std::size_t(0));
    }

    void aKindIsFoundByAnyOfItsNames_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("resource");
        for (const auto& [name, resource] :
             std::vector<std::pair<const char*, const char*>>{{"pods", "pods"},
                                                              {"po", "pods"},
                                                              {"Pod", "pods"},
                                                              {"pod", "pods"},
                                                              {"no", "nodes"},
                                                              {"ns", "namespaces"},
                                                              {"ev", "events"},
                                                              {"deploy", "deployments"},
                                                              {"deployments.apps", "deployments"},
                                                              {"RS", "replicasets"},
                                                              {"replicaset", "replicasets"},
                                                              {"", ""},
                                                              {"pods.", ""},
                                                              {"services", ""}}) {
            QTest::newRow(name) << QByteArray(name) << QByteArray(resource);
        }
    }
    void aKindIsFoundByAnyOfItsNames() {
        QFETCH(QByteArray, name);
        const kube::KindDescriptor* kind = findKind(name.toStdString());
        QTEST(QByteArray::fromStdString(kind != nullptr ? kind->type.resource : std::string()), "resource");
    }

    void everyKindIsComplete() {
        QCOMPARE(allKinds().size(), std::size_t(6));
        for (const kube::KindDescriptor* kind : allKinds()) {
            QVERIFY(kind->decodeList != nullptr && kind->decodeWatchLine != nullptr);
            QCOMPARE(findKind(kind->type.resource), kind);
        }
    }

    void aCopiedPodHasItsOwnContent() {
        const Decoded<Pod> pods(podKind(), "pods.json");
        Pod copy = pods[0];
        QCOMPARE(dumpPod(copy), dumpPod(pods[0]));
        copy.containers[2].lastTermination.make().exitCode = 1;
        QCOMPARE(pods[0].containers[2].lastTermination->exitCode, 137);
    }
};

QTEST_GUILESS_MAIN(TestDecodeKinds)
#include "test_decode_kinds.moc"
