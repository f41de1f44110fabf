// What the pods of each node ask for, kept by batches.

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <map>
#include <random>
#include <thread>

#include "app/kinds/pod_requests.h"
#include "tests/ui/make_pod.h"
#include "ui/tables/node_load.h"
#include "ui/tables/table_specs.h"

using namespace quarterdeck;
using namespace quarterdeck::tests;

namespace {

std::shared_ptr<kinds::Pod> podOn(const std::string& name, const std::string& node, int cpuMilli = 100,
                                  std::int64_t memory = 1 << 20, const std::string& phase = "Running") {
    auto pod = makePod({.name = name, .phase = phase});
    pod->node = pool().intern(node);
    pod->containers.front().cpuRequestMilli = cpuMilli;
    pod->containers.front().memoryRequest = memory;
    return pod;
}

kinds::Container container(int cpuMilli, bool init, bool sidecar = false) {
    kinds::Container one;
    one.inSpec = true;
    one.cpuRequestMilli = cpuMilli;
    one.init = init;
    one.restartable = sidecar;
    return one;
}

std::shared_ptr<kinds::Node> makeNode(const std::string& name) {
    auto node = std::make_shared<kinds::Node>();
    node->meta.name = name;
    node->meta.uid = "uid-" + name;
    node->meta.resourceVersion = "1";
    node->allocatable = {4000, std::int64_t{16} << 30, 0, 110};
    node->capacity = node->allocatable;
    node->conditions.push_back({pool().intern("Ready"), {}, {}, kinds::ConditionStatus::True});
    return node;
}

QString cell(const kube::Object& node, const char* column) {
    const ui::TableSpec& spec = ui::nodeTable();
    const ui::CellContext context{"c", Instant(std::chrono::seconds(1'700'000'300)), ui::ZoneChoice::Utc};
    return spec.columns[static_cast<std::size_t>(spec.columnIndex(column))].text(node, context);
}

}  // namespace

class TestNodeLoad : public QObject {
    Q_OBJECT

private slots:
    void theHungrierOfStartAndRunCounts_data() {
        QTest::addColumn<QList<int>>("init");
        QTest::addColumn<QList<int>>("sidecars");
        QTest::addColumn<QList<int>>("main");
        QTest::addColumn<int>("expected");
        QTest::newRow("containers together") << QList<int>{} << QList<int>{} << QList<int>{100, 200} << 300;
        QTest::newRow("a hungry init container") << QList<int>{500} << QList<int>{} << QList<int>{100, 200} << 500;
        QTest::newRow("modest init containers") << QList<int>{50, 60} << QList<int>{} << QList<int>{100} << 100;
        QTest::newRow("a sidecar runs beside") << QList<int>{} << QList<int>{30} << QList<int>{100} << 130;
    }
    void theHungrierOfStartAndRunCounts() {
        QFETCH(QList<int>, init);
        QFETCH(QList<int>, sidecars);
        QFETCH(QList<int>, main);
        QFETCH(int, expected);
        kinds::Pod pod;
        for (const int cpu : sidecars) {
            pod.containers.push_back(container(cpu, true, true));
        }
        for (const int cpu : init) {
            pod.containers.push_back(container(cpu, true));
        }
        for (const int cpu : main) {
            pod.containers.push_back(container(cpu, false));
        }
        QCOMPARE(kinds::requestsOf(pod).cpuMilli, std::int64_t{expected});
    }

    void podsThatFinishedOrWaitForANodeDoNotCount() {
        ui::NodeLoads loads;
        (void)loads.apply(batchOf(
            {present(podOn("a", "n1")), present(podOn("b", "n1", 100, 1, "Succeeded")), present(podOn("c", "", 100))},
            true));
        QVERIFY((loads.of("n1") == kinds::NodeLoad{100, 1 << 20, 1}));
        QVERIFY((loads.of("") == kinds::NodeLoad{}));
    }

    void onlyNodesWhoseSumsChangeAreNamed() {
        ui::NodeLoads loads;
        (void)loads.apply(batchOf({present(podOn("a", "n1")), present(podOn("b", "n2"))}, true));
        auto restarted = podOn("a", "n1");
        restarted->containers.front().restarts = 4;
        QVERIFY(loads.apply(batchOf({present(restarted)})).empty());
        QVERIFY((loads.apply(batchOf({present(podOn("a", "n1", 250))})) == std::set<std::string>{"n1"}));
        QVERIFY((loads.apply(batchOf({present(podOn("a", "n2", 250))})) == std::set<std::string>{"n1", "n2"}));
        QVERIFY((loads.of("n1") == kinds::NodeLoad{}));
        QVERIFY((loads.of("n2") == kinds::NodeLoad{350, 2 << 20, 2}));
    }

    void theSumsStayRightUnderChurn() {
        std::mt19937 random(11);  // NOLINT: the same story on every run
        const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
        ui::NodeLoads loads;
        std::map<std::string, std::shared_ptr<kinds::Pod>> alive;
        for (int round = 0; round < 500; ++round) {
            std::vector<kube::Delta> deltas;
            const std::string name = "p" + std::to_string(below(60));
            if (below(4) == 0) {
                deltas.push_back({makePod({.name = name})->meta.uid, nullptr});
                alive.erase(name);
            } else {
                alive[name] = podOn(name, "n" + std::to_string(below(5)), below(1000), below(1 << 30),
                                    below(5) == 0 ? "Failed" : "Running");
                deltas.push_back(present(alive[name]));
            }
            (void)loads.apply(batchOf(std::move(deltas)));
        }
        std::map<std::string, kinds::NodeLoad> expected;
        for (const auto& [name, pod] : alive) {
            if (pod->phase == "Running") {
                kinds::NodeLoad& load = expected[pod->node.str()];
                load.cpuMilli += pod->containers.front().cpuRequestMilli;
                load.memory += pod->containers.front().memoryRequest;
                ++load.pods;
            }
        }
        for (int i = 0; i < 5; ++i) {
            QVERIFY(loads.of("n" + std::to_string(i)) == expected["n" + std::to_string(i)]);
        }
    }

    void theStoreFillsInTheLoadAsSoonAsThePodsAreKnown() {
        auto nodes = std::make_shared<kube::ObjectStore>();
        auto pods = std::make_shared<kube::ObjectStore>();
        nodes->replaceAll({makeNode("n1"), makeNode("n2")}, live());
        std::map<std::string, std::shared_ptr<const kinds::Node>> table;
        auto subscription = ui::LoadedNodeStore::over(nodes, pods)->subscribe([&](const kube::Batch& batch) {
            for (const kube::Delta& delta : batch.deltas) {
                table[delta.uid] = std::static_pointer_cast<const kinds::Node>(delta.object);
            }
        });
        QTRY_COMPARE(table.size(), std::size_t{2});
        QVERIFY(!table["uid-n1"]->load);
        QCOMPARE(cell(*table["uid-n1"], "cpu"), QStringLiteral("4"));
        pods->replaceAll({podOn("a", "n1", 2080, std::int64_t{4} << 30)}, live());
        QTRY_VERIFY(table["uid-n1"]->load && table["uid-n2"]->load);
        QCOMPARE(cell(*table["uid-n1"], "cpu"), QStringLiteral("2.1 of 4, 52 %"));
        QCOMPARE(cell(*table["uid-n1"], "memory"), QStringLiteral("4 of 16 Gi, 25 %"));
        QCOMPARE(cell(*table["uid-n1"], "pods"), QStringLiteral("1 of 110"));
        QCOMPARE(cell(*table["uid-n2"], "cpu"), QStringLiteral("0 of 4, 0 %"));
        nodes->remove("uid-n2", live());
        QTRY_VERIFY(!table["uid-n2"]);
        auto changed = makeNode("n1");
        changed->meta.resourceVersion = "2";
        changed->unschedulable = true;
        nodes->upsert(changed, live());
        QTRY_COMPARE(cell(*table["uid-n1"], "status"), QStringLiteral("Ready, Cordoned"));
        QVERIFY(table["uid-n1"]->load);
    }

    void aLostNodeSaysSinceWhenItsKubeletIsSilent() {
        auto node = makeNode("n1");
        node->health = kube::Health::Critical;
        node->conditions = {{pool().intern("Ready"), pool().intern("NodeStatusUnknown"),
                             kinds::CompactTime(Instant(std::chrono::seconds(1'700'000'000))),
                             kinds::ConditionStatus::Unknown}};
        QCOMPARE(cell(*node, "status"), QStringLiteral("Unknown"));
        QCOMPARE(cell(*node, "conditions"), QStringLiteral("silent for 5m"));
        node->conditions.push_back({pool().intern("MemoryPressure"), {}, {}, kinds::ConditionStatus::True});
        QCOMPARE(cell(*node, "conditions"), QStringLiteral("silent for 5m, MemoryPressure"));
    }

    void tenThousandPodsAreSummedInAMomentAndTwoHundredChangesInNone() {
        std::vector<kube::Delta> all;
        for (int i = 0; i < 10'000; ++i) {
            all.push_back(present(podOn("p" + std::to_string(i), "n" + std::to_string(i % 100))));
        }
        ui::NodeLoads loads;
        QElapsedTimer timer;
        timer.start();
        (void)loads.apply(batchOf(std::move(all), true));
        const qint64 first = timer.nsecsElapsed();
        std::vector<kube::Delta> few;
        for (int i = 0; i < 200; ++i) {
            few.push_back(present(podOn("p" + std::to_string(i * 7), "n" + std::to_string(i % 100), 200)));
        }
        timer.restart();
        (void)loads.apply(batchOf(std::move(few)));
        const qint64 then = timer.nsecsElapsed();
        qInfo("10,000 pods: %.2f ms; 200 changes: %.3f ms", static_cast<double>(first) / 1e6,
              static_cast<double>(then) / 1e6);
        QVERIFY2(first < 200'000'000, "far beyond a frame even on a slow machine");
        QVERIFY2(then < first, "changes cost what they change");
    }

    void whoeverLetsGoLastTheStoreEndsInTheInterfaceThread() {
        const auto nodes = std::make_shared<kube::ObjectStore>();
        const auto pods = std::make_shared<kube::ObjectStore>();
        nodes->replaceAll({makeNode("n1")}, {});
        pods->replaceAll({podOn("web", "n1")}, {});
        auto store = ui::LoadedNodeStore::over(nodes, pods);
        QTRY_COMPARE_WITH_TIMEOUT(store->size(), std::size_t{1}, 30'000);
        const std::weak_ptr<kube::ObjectStore> trace = store;
        QTest::failOnWarning(QRegularExpression(QStringLiteral("from another thread")));
        std::thread([last = std::move(store)]() mutable { last.reset(); }).join();
        QVERIFY(trace.expired());
        // Its subscriptions are gone once the interface thread has seen to them: only we hold the sources.
        QTRY_COMPARE_WITH_TIMEOUT(nodes.use_count(), 1L, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(pods.use_count(), 1L, 30'000);
    }
};

QTEST_GUILESS_MAIN(TestNodeLoad)
#include "test_node_load.moc"
