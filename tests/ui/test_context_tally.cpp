// What a card of the Fleet page counts, kept by batches.

#include <QElapsedTimer>
#include <QTest>

#include <random>

#include "app/kinds/event.h"
#include "app/kinds/pod_status.h"
#include "tests/ui/make_pod.h"
#include "ui/pages/fleet/context_tally.h"
#include "ui/pages/fleet/problem_words.h"

using namespace quarterdeck;
using namespace quarterdeck::tests;
using namespace std::chrono_literals;
using kube::Health;

namespace {

const Instant kNow{std::chrono::seconds(1'700'010'000)};

std::shared_ptr<kinds::Pod> owned(std::shared_ptr<kinds::Pod> pod, const std::string& set, const std::string& hash) {
    pod->meta.owners.push_back({pool().intern("ReplicaSet"), set + "-" + hash, "uid-" + set, true});
    pod->meta.labels.emplace_back(pool().intern("pod-template-hash"), pool().intern(hash));
    return pod;
}

std::shared_ptr<kinds::Pod> crashing(const std::string& name, const std::string& set, std::chrono::seconds ago) {
    auto pod = owned(makePod({.name = name, .health = Health::Critical, .restarts = 4}), set, "abc12");
    kinds::Container& container = pod->containers.front();
    container.state = kinds::ContainerState::Waiting;
    container.stateReason = pool().intern("CrashLoopBackOff");
    pod->setCondition(kinds::PodConditionType::Ready,
                      {{}, kinds::CompactTime(kNow - ago), kinds::ConditionStatus::False});
    return pod;
}

QStringList words(const ui::FleetSummary& summary) {
    QStringList result;
    for (const ui::FleetProblem& problem : summary.problems) {
        result += ui::problemText(problem);
    }
    return result;
}

std::shared_ptr<kinds::Node> makeNode(const std::string& name, kinds::ConditionStatus ready) {
    auto node = std::make_shared<kinds::Node>();
    node->meta.name = name;
    node->meta.uid = "uid-" + name;
    node->allocatable = {4000, 16, 0, 110};
    node->health = ready == kinds::ConditionStatus::True ? Health::Good : Health::Critical;
    node->conditions.push_back({pool().intern("Ready"), {}, kinds::CompactTime(kNow - 60s), ready});
    return node;
}

std::shared_ptr<kinds::Event> warningAbout(const std::string& uid, const char* kind, const std::string& name,
                                           std::chrono::seconds ago) {
    auto event = std::make_shared<kinds::Event>();
    event->meta.uid = uid;
    event->subject.kind = pool().intern(kind);
    event->subject.name = name;
    event->reason = pool().intern("FailedGetResourceMetric");
    event->warning = true;
    event->lastSeen = kNow - ago;
    event->firstSeen = kNow - ago - 60s;
    return event;
}

}  // namespace

class TestContextTally : public QObject {
    Q_OBJECT

private slots:
    void podsOfOneWorkloadAreOneProblem() {
        ui::ContextTally tally;
        tally.applyPods(batchOf({present(crashing("a", "orders-service", 300s)),
                                 present(crashing("b", "orders-service", 60s)), present(makePod({.name = "c"}))},
                                true));
        const ui::FleetSummary summary = tally.summary(kNow);
        QCOMPARE(words(summary), QStringList{QStringLiteral("orders-service crash-looping")});
        QCOMPARE(summary.problems.front().count, 2U);
        QVERIFY(summary.problems.front().since == kNow - 300s);
        QCOMPARE(summary.critical, 1U);
        QCOMPARE(summary.pods, 3U);
        QCOMPARE(summary.podsReady, 1U);
    }

    void theWorstComesFirstThenTheNewest() {
        ui::ContextTally tally;
        auto unready = owned(makePod({.name = "u", .health = Health::Warning}), "slow", "abc12");
        tally.applyPods(batchOf({present(unready), present(crashing("a", "old-trouble", 3000s)),
                                 present(crashing("b", "new-trouble", 30s))},
                                true));
        tally.applyNodes(batchOf({{"uid-n1", makeNode("n1", kinds::ConditionStatus::Unknown)}}, true));
        QCOMPARE(words(tally.summary(kNow)),
                 (QStringList{QStringLiteral("new-trouble crash-looping"), QStringLiteral("Node n1 not ready"),
                              QStringLiteral("old-trouble crash-looping"), QStringLiteral("slow not ready")}));
    }

    void aPodOfALostNodeIsNotReadyThoughItsContainersSaidSoLast() {
        auto pod = owned(makePod({.name = "a", .health = Health::Warning}), "web", "abc12");
        pod->containers.front().ready = true;
        pod->setCondition(kinds::PodConditionType::Ready, {{}, {}, kinds::ConditionStatus::False});
        ui::ContextTally tally;
        tally.applyPods(batchOf({present(pod)}, true));
        QCOMPARE(tally.summary(kNow).podsReady, 0U);
    }

    void aMemoryKillIsSaidAsSuch() {
        auto pod = crashing("a", "forecasting", 10s);
        pod->containers.front().lastTermination.make().reason = pool().intern("OOMKilled");
        ui::ContextTally tally;
        tally.applyPods(batchOf({present(pod)}, true));
        QCOMPARE(words(tally.summary(kNow)), QStringList{QStringLiteral("forecasting runs out of memory")});
    }

    void aStartThatTakesTooLongBecomesAProblemByTimeAlone() {
        auto pod = owned(makePod({.name = "a", .health = Health::Progressing, .phase = "Pending", .created = kNow}),
                         "sales", "abc12");
        kinds::Container init;
        init.name = pool().intern("wait-for-redis");
        init.init = true;
        init.inSpec = true;
        init.statusIndex = 0;
        init.state = kinds::ContainerState::Running;
        init.since = kinds::CompactTime(kNow + 2s);
        pod->containers.insert(pod->containers.begin(), init);
        pod->containers.back().state = kinds::ContainerState::Waiting;
        ui::ContextTally tally;
        tally.applyPods(batchOf({present(pod)}, true));
        QCOMPARE(words(tally.summary(kNow + 4min)), QStringList());
        QCOMPARE(words(tally.summary(kNow + 6min)), QStringList{QStringLiteral("sales waits in wait-for-redis")});
        tally.applyPods(batchOf({{pod->meta.uid, nullptr}}));
        QCOMPARE(words(tally.summary(kNow + 6min)), QStringList());
    }

    void aPodThatDoesNotStopIsAProblemAMinuteAfterItsGrace() {
        auto pod = owned(makePod({.name = "a", .health = Health::Progressing}), "web", "abc12");
        pod->meta.deletion = kNow;
        ui::ContextTally tally;
        tally.applyPods(batchOf({present(pod)}, true));
        QCOMPARE(words(tally.summary(kNow + 30s)), QStringList());
        QCOMPARE(words(tally.summary(kNow + 90s)), QStringList{QStringLiteral("web does not stop")});
    }

    void warningsCountForAnHourAndAreProblemsForTenMinutes() {
        ui::ContextTally tally;
        tally.applyEvents(batchOf({{"e1", warningAbout("e1", "HorizontalPodAutoscaler", "api-hpa", 100s)},
                                   {"e2", warningAbout("e2", "HorizontalPodAutoscaler", "api-hpa", 2000s)},
                                   {"e3", warningAbout("e3", "Pod", "web-1", 10s)},
                                   {"e4", warningAbout("e4", "Ingress", "web", 4000s)}},
                                  true));
        QCOMPARE(tally.summary(kNow).recentWarnings, 3U);
        QCOMPARE(words(tally.summary(kNow)),
                 QStringList{QStringLiteral("HorizontalPodAutoscaler api-hpa: FailedGetResourceMetric")});
        QCOMPARE(words(tally.summary(kNow + 10min)), QStringList());
        QCOMPARE(tally.summary(kNow + 2h).recentWarnings, 0U);
        tally.applyEvents(batchOf({{"e1", nullptr}, {"e2", nullptr}}));
        QCOMPARE(tally.summary(kNow).recentWarnings, 1U);
    }

    void capacityIsThatOfReadyNodesAndOfThePodsOnThem() {
        auto on = [](const std::string& name, const std::string& node) {
            auto pod = makePod({.name = name});
            pod->node = pool().intern(node);
            pod->containers.front().cpuRequestMilli = 500;
            return pod;
        };
        ui::ContextTally tally;
        tally.applyNodes(batchOf({{"uid-n1", makeNode("n1", kinds::ConditionStatus::True)},
                                  {"uid-n2", makeNode("n2", kinds::ConditionStatus::Unknown)}},
                                 true));
        tally.applyPods(batchOf({present(on("a", "n1")), present(on("b", "n2"))}, true));
        const ui::FleetSummary summary = tally.summary(kNow);
        QCOMPARE(summary.allocatable.cpuMilli, std::int64_t{4000});
        QCOMPARE(summary.requested.cpuMilli, std::int64_t{500});
        QCOMPARE(summary.nodes, 2U);
        QCOMPARE(summary.nodesReady, 1U);
    }

    void theCountsStayRightUnderChurn() {
        std::mt19937 random(5);  // NOLINT: the same story on every run
        const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
        constexpr Health kHealths[] = {Health::Finished, Health::Good, Health::Progressing, Health::Warning,
                                       Health::Critical};
        ui::ContextTally tally;
        std::map<kube::Uid, std::shared_ptr<kinds::Pod>> alive;
        for (int round = 0; round < 400; ++round) {
            std::vector<kube::Delta> deltas;
            const auto fields = PodFields{.name = "p" + std::to_string(below(80)),
                                          .nameSpace = "ns" + std::to_string(below(9)),
                                          .health = kHealths[below(5)]};
            auto pod = owned(makePod(fields), "w" + std::to_string(below(6)), "abc12");
            if (below(4) == 0) {
                deltas.push_back({pod->meta.uid, nullptr});
                alive.erase(pod->meta.uid);
            } else {
                deltas.push_back(present(pod));
                alive[pod->meta.uid] = pod;
            }
            tally.applyPods(batchOf(std::move(deltas)));
            if (round % 10 != 0) {
                continue;
            }
            const ui::FleetSummary summary = tally.summary(Instant(std::chrono::seconds(1'700'000'010)));
            std::uint32_t pods = 0;
            std::uint32_t ready = 0;
            std::map<std::string, bool> bad;
            for (const auto& [uid, each] : alive) {
                pods += each->health == Health::Finished ? 0U : 1U;
                ready += each->health == Health::Good ? 1U : 0U;
                if (each->health == Health::Warning || each->health == Health::Critical) {
                    bool& critical = bad[each->meta.nameSpace.str() + ui::workloadOf(*each)];
                    critical = critical || each->health == Health::Critical;
                }
            }
            QCOMPARE(summary.pods, pods);
            QCOMPARE(summary.podsReady, ready);
            QCOMPARE(summary.podsFinished + summary.pods, static_cast<std::uint32_t>(alive.size()));
            QCOMPARE(summary.problems.size(), bad.size());
            QCOMPARE(summary.critical, static_cast<std::uint32_t>(std::count_if(
                                           bad.begin(), bad.end(), [](const auto& each) { return each.second; })));
            std::uint32_t cells = 0;
            for (const ui::FleetSummary::Group& group : summary.groups) {
                cells += static_cast<std::uint32_t>(group.cells.size()) + group.more;
            }
            QCOMPARE(cells, pods);
            QVERIFY(summary.groups.size() <= 6);
        }
    }

    void aSummaryOfTenThousandPodsCostsAMoment() {
        std::vector<kube::Delta> all;
        for (int i = 0; i < 10'000; ++i) {
            all.push_back(present(owned(makePod({.name = "p" + std::to_string(i),
                                                 .nameSpace = "ns" + std::to_string(i % 40),
                                                 .health = i % 50 == 0 ? Health::Critical : Health::Good}),
                                        "w" + std::to_string(i % 300), "abc12")));
        }
        ui::ContextTally tally;
        QElapsedTimer timer;
        timer.start();
        tally.applyPods(batchOf(std::move(all), true));
        const qint64 fill = timer.nsecsElapsed();
        qint64 worst = 0;
        qint64 sum = 0;
        constexpr int kRounds = 50;
        for (int round = 0; round < kRounds; ++round) {  // 20 changes a batch, ten batches a second: 200 a second
            std::vector<kube::Delta> few;
            for (int i = 0; i < 20; ++i) {
                const int which = (round * 131 + i * 37) % 10'000;
                few.push_back(present(owned(makePod({.name = "p" + std::to_string(which),
                                                     .nameSpace = "ns" + std::to_string(which % 40),
                                                     .health = (round + i) % 9 == 0 ? Health::Critical : Health::Good}),
                                            "w" + std::to_string(which % 300), "abc12")));
            }
            timer.restart();
            tally.applyPods(batchOf(std::move(few)));
            (void)tally.summary(kNow);
            const qint64 took = timer.nsecsElapsed();
            worst = std::max(worst, took);
            sum += took;
        }
        timer.restart();
        (void)tally.summary(kNow);
        const qint64 still = timer.nsecsElapsed();
        qInfo("10,000 pods: fill %.1f ms; batch of 20 and summary: mean %.3f ms, worst %.3f ms; summary alone %.3f ms",
              static_cast<double>(fill) / 1e6, static_cast<double>(sum) / kRounds / 1e6,
              static_cast<double>(worst) / 1e6, static_cast<double>(still) / 1e6);
        QVERIFY2(sum / kRounds < fill / 4, "a change costs what it changes, not what there is");
    }
};

QTEST_GUILESS_MAIN(TestContextTally)
#include "test_context_tally.moc"
