// Rows 6–12 of the fault table: history that the server has lost, versions that mean nothing, watches that end at once.

#include "tests/faults/fault_bench.h"

using namespace quarterdeck;
using namespace quarterdeck::faults_tests;
using enum kube::FreshnessState;

namespace {

fakes::Fault gone() {
    return faults::status(410, "Expired", "too old resource version: 1 (2)");
}

/// Query parameter of the last list of pods.
std::string lastListVersion(const Bench& bench) {
    std::string version = "no list";
    for (const fakes::ProxyEntry& entry : bench.proxy.log()) {
        if (entry.path == kPods && !entry.isWatch()) {
            version = entry.parameter("resourceVersion").value_or("no version");
        }
    }
    return version;
}

}  // namespace

class TestFaultVersions : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { SKIP_ON_THE_LARGE_SHAPE() }

    void fault06_goneInTheStreamRelistsOnceAtTheNewestVersion() {
        Bench bench;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::errorInStream(410, "Expired", "too old", 1), 1);
        OPEN_OR_RETURN(bench);
        const auto before = bench.view->rows();
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 1);
        QCOMPARE(lastListVersion(bench), std::string());
        for (const auto& [uid, object] : before) {
            // What the relist found unchanged is the same object as before.
            const auto now = bench.view->rows().find(uid);
            const bool same =
                now != bench.view->rows().end() && now->second->meta.resourceVersion == object->meta.resourceVersion;
            QVERIFY(!same || now->second == object);
        }
    }

    void fault07_goneAsStatusRelistsOnceAtTheNewestVersion() {
        Bench bench;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::endAfter(1), 1);
        bench.proxy.inject(FaultTarget::watch(kPods), gone(), 1);
        OPEN_OR_RETURN(bench);
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 1);
        QCOMPARE(lastListVersion(bench), std::string());
    }

    void fault06_07_goneAgainAndAgainIsNoLoop() {
        Bench bench;
        bench.options.times.reflector.backoff = {40ms, 80ms, 40ms};
        const int each = bench.proxy.inject(FaultTarget::watch(kPods), gone(), 5);
        OPEN_OR_RETURN(bench);
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 5);
        QCOMPARE(bench.proxy.hits(each), 5);
        // The first relist comes at once, each later one after a pause.
        std::vector<fakes::ProxyEntry> lists;
        for (const auto& entry : bench.proxy.log()) {
            if (entry.path == kPods && !entry.isWatch()) {
                lists.push_back(entry);
            }
        }
        for (std::size_t i = 2; i < lists.size(); ++i) {
            QVERIFY(lists[i].began - lists[i - 1].began >= 40ms);
        }
    }

    void fault08_anErrorInTheStreamDoesNotMoveTheVersion() {
        Bench bench;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::errorInStream(500, "InternalError", "etcd is away", 1),
                           1);
        const int away = bench.proxy.inject(FaultTarget::watch(kPods), faults::status(503, "Unavailable", "not now"));
        OPEN_OR_RETURN(bench);
        bench.upstream.create("seen");
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        bench.upstream.create("missed");
        bench.proxy.lift(away);
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
        for (const auto& entry : bench.proxy.log()) {
            QVERIFY(entry.parameter("resourceVersion") != "99999999");
        }
    }

    void fault09_watchesThatEndAtOnceAreOpenedAgainWithPausesAndNoList() {
        Bench bench;
        bench.options.times.reflector.backoff = {40ms, 80ms, 40ms};
        const int ended = bench.proxy.inject(FaultTarget::watch(kPods), faults::endAfter(0), 6);
        OPEN_OR_RETURN(bench);
        QTRY_COMPARE_WITH_TIMEOUT(bench.proxy.watches(kPods), 7, kPatience);
        QCOMPARE(bench.proxy.hits(ended), 6);
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
        std::optional<fakes::ProxyEntry::Time> last;
        for (const auto& entry : bench.proxy.log()) {
            if (entry.path == kPods && entry.isWatch()) {
                QVERIFY(!last || entry.began - *last >= 40ms);
                last = entry.began;
            }
        }
    }

    void fault10_aVersionThatTheServerHasNotReachedRelistsOnceAtTheNewest() {
        Bench bench;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::endAfter(1), 1);
        bench.proxy.inject(FaultTarget::watch(kPods), faults::tooLargeVersion(), 1);
        OPEN_OR_RETURN(bench);
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 1);
        QCOMPARE(lastListVersion(bench), std::string());
    }

    void fault11_withoutBookmarksTheVersionGrowsOldAndOneRelistFollows() {
        Bench bench;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::droppedBookmarks(), 1);
        OPEN_OR_RETURN(bench);
        bench.upstream.changeOther("1");
        if (!bench.upstream.forgetHistory()) {
            bench.proxy.inject(FaultTarget::watch(kPods), gone(), 1);
        }
        // No bookmark ever comes: the watch is opened anew before the rows would be called stale.
        bench.clock->advance(81s);
        QTRY_COMPARE_WITH_TIMEOUT(bench.relists(), 1, kPatience);
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 1);
    }

    void fault12_aListSoSlowThatItsVersionIsForgottenIsReadOnceMore() {
        Bench bench;
        OPEN_OR_RETURN(bench, "pods", [&] {
            bench.upstream.create("after-the-list");
            if (!bench.upstream.forgetHistory()) {
                bench.proxy.inject(FaultTarget::watch(kPods), gone(), 1);
            }
        });
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 1);
        QVERIFY(bench.view->find(bench.podPath("after-the-list")) != nullptr);
        QCOMPARE(lastListVersion(bench), std::string());
    }
};

QTEST_GUILESS_MAIN(TestFaultVersions)
#include "test_fault_versions.moc"
