// Rows 1–5 and 32 of the fault table: roads that break, hang or lead through a proxy.

#include "tests/fakes/connect_proxy.h"
#include "tests/fakes/hanging_lookups.h"
#include "tests/fakes/http2_front.h"
#include "tests/fakes/leaping_clock.h"
#include "tests/faults/fault_bench.h"

using namespace quarterdeck;
using namespace quarterdeck::faults_tests;
using enum kube::FreshnessState;

class TestFaultConnections : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { SKIP_ON_THE_LARGE_SHAPE() }

    void fault01_sleepMakesRowsStaleWithTheirAgeAndWakingReconnects() {
        Bench bench;
        OPEN_OR_RETURN(bench);
        bench.upstream.create("before-sleep");
        TRY_NO_DIFFERENCE(bench.difference());
        bench.proxy.freeze();
        bench.clock->advance(8h);
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QVERIFY(bench.clock->now() - bench.view->freshness().since >= 8h);
        QVERIFY(bench.view->find(bench.podPath("before-sleep")) != nullptr);
        bench.upstream.create("while-asleep");
        bench.proxy.thaw();
        // What was asked for on the way down was swallowed; it is asked for anew.
        bench.clock->advance(90s);
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
        QVERIFY(bench.view->find(bench.podPath("while-asleep")) != nullptr);
    }

    /// The console's own clock stands still: nothing but the leap of the machine's clock tells that it slept.
    void fault01_wakingIsSeenByTheMachinesClockAndReconnects() {
        Bench bench;
        const auto machine = std::make_shared<fakes::LeapingClock>();
        bench.options.machineClock = machine;
        bench.options.wakeCheck = 10ms;
        const fakes::Gate gate;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::silentAfter(0), 1);
        bench.proxy.inject(FaultTarget::watch(kPods), faults::gated(gate, faults::pass()), 1);
        OPEN_OR_RETURN(bench);
        const std::size_t rows = bench.view->size();
        bench.upstream.create("while-asleep");
        machine->leap(8h);
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(bench.proxy.watches(kPods), 2, kPatience);
        // Said by the hub, or by the watch that it cut.
        QVERIFY2(bench.view->reason().contains(QStringLiteral("This machine slept")) ||
                     bench.view->reason().contains(QStringLiteral("all connections were renewed")),
                 qPrintable(bench.view->reason()));
        QCOMPARE(bench.view->size(), rows);
        gate.open();
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
        QVERIFY(bench.view->find(bench.podPath("while-asleep")) != nullptr);
        // The log: two watches from one version, on two connections.
        std::vector<fakes::ProxyEntry> watches;
        for (const fakes::ProxyEntry& entry : bench.proxy.log()) {
            if (entry.path == kPods && entry.isWatch()) {
                watches.push_back(entry);
            }
        }
        QCOMPARE(watches.size(), std::size_t{2});
        QVERIFY(watches[0].connection != watches[1].connection);
        QVERIFY(watches[0].parameter("resourceVersion") == watches[1].parameter("resourceVersion"));
    }

    void fault02_aLostVpnMakesRowsStaleAndTheWatchGoesOnWhereItWas() {
        Bench bench;
        OPEN_OR_RETURN(bench);
        bench.proxy.goAway();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(bench.view->reason().contains(QStringLiteral("Cannot connect")), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(bench.session->status().state, session::ConnectionState::Unreachable, kPatience);
        QVERIFY(bench.view->size() > 0);
        bench.upstream.create("while-away");
        bench.proxy.comeBack();
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.session->status().state, session::ConnectionState::Connected, kPatience);
    }

    void fault02_aFrozenNameServiceHoldsUpNoOtherContextAndThawsByItself() {
        const fakes::HangingLookups hanging;
        Bench bench;
        bench.options.transport.connectTimeout = 300ms;
        fakes::FaultProxy far(bench.upstream.channel(), bench.authority.server());
        Road frozen;
        frozen.name = "frozen";
        frozen.url = fakes::HangingLookups::url(far.port());
        frozen.cluster["tls-server-name"] = "localhost";
        Bench::write(bench.configFile(), bench.kubeconfig({Road(), frozen}));
        bench.load();
        session::ClusterSession* other = bench.hub->open("frozen");
        const View lost(other->store(*kinds::findKind("pods")), *kinds::findKind("pods"));
        QVERIFY(fakes::HangingLookups::waitUntilEntered());
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Live, kPatience);
        TRY_NO_DIFFERENCE(bench.difference());
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(lost.states()), namesOf({Loading, Failed}), kPatience);
        QVERIFY2(lost.reason().contains(QStringLiteral("hang.example")), qPrintable(lost.reason()));
        QCOMPARE(far.log().size(), std::size_t{0});
        fakes::HangingLookups::thaw();
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(lost.states()), namesOf({Loading, Failed, Live}), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(other->status().state, session::ConnectionState::Connected, kPatience);
        bench.upstream.create("after-the-thaw");
        TRY_NO_DIFFERENCE(lost.difference(*bench.upstream.channel()));
        QCOMPARE(namesOf(lost.states()), namesOf({Loading, Failed, Live}));
        QCOMPARE(far.lists(kPods), 1);
        TRY_NO_DIFFERENCE(bench.difference());
        QCOMPARE(namesOf(withoutLoading(bench.view->states())), namesOf({Live}));
        QCOMPARE(bench.relists(), 0);
    }

    void fault03_aDeadHttp2ConnectionIsFoundByAProbeAndReplaced() {
        Bench bench(false);
        fakes::Http2Front front(bench.proxy.port(), bench.authority.server());
        bench.options.transport.idleProbeAfter = 500ms;
        bench.options.transport.idleProbeLimit = 3s;
        Road entry;
        entry.url = front.url();
        Bench::write(bench.configFile(), bench.kubeconfig({entry}));
        OPEN_OR_RETURN(bench);
        front.freeze();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QVERIFY(bench.view->size() > 0);
        bench.upstream.create("on-a-dead-connection");
        front.thaw();
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
    }

    void fault04_aLoadBalancerThatSwallowsEverythingIsFoundByAProbe() {
        Bench bench;
        bench.options.transport.idleProbeAfter = 500ms;
        bench.options.transport.idleProbeLimit = 3s;
        OPEN_OR_RETURN(bench);
        bench.proxy.freeze();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QVERIFY2(bench.view->reason().contains(QStringLiteral("no answer to a probe")),
                 qPrintable(bench.view->reason()));
        bench.upstream.create("unheard");
        bench.proxy.thaw();
        bench.clock->advance(90s);
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
    }

    void fault05_aDeadStreamOnALivingConnectionIsOpenedAnewBeforeItsRowsAreStale() {
        Bench bench;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::silentAfter(0), 1);
        OPEN_OR_RETURN(bench);
        bench.upstream.create("unheard");
        bench.clock->advance(81s);
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
        QCOMPARE(bench.proxy.watches(kPods), 2);
    }

    void fault05_aStreamThatStaysDeadMakesRowsStaleWhilePingsPass() {
        Bench bench;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::silentAfter(0), 1);
        const int mute = bench.proxy.inject(FaultTarget::watch(kPods), faults::answer("mute", answers::silence()));
        OPEN_OR_RETURN(bench);
        bench.upstream.create("unheard");
        bench.clock->advance(81s);
        QTRY_COMPARE_WITH_TIMEOUT(bench.proxy.watches(kPods), 2, kPatience);
        bench.clock->advance(10s);
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QVERIFY2(bench.view->reason().contains(QStringLiteral("has said nothing for 90 s")),
                 qPrintable(bench.view->reason()));
        QCOMPARE(bench.session->status().state, session::ConnectionState::Connected);
        bench.proxy.lift(mute);
        bench.clock->advance(81s);
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
    }

    void fault02_aServerThatRefusesConnectionsStopsNoOtherContext() {
        Bench bench;
        fakes::FaultProxy other(bench.upstream.channel(), bench.authority.server());
        Road second;
        second.name = "second";
        second.url = other.url();
        Bench::write(bench.configFile(), bench.kubeconfig({Road(), second}));
        OPEN_OR_RETURN(bench);
        session::ClusterSession* session = bench.hub->open("second");
        const View refused(session->store(*kinds::findKind("pods")), *kinds::findKind("pods"));
        QTRY_COMPARE_WITH_TIMEOUT(refused.state(), Live, kPatience);
        other.goAway();
        QTRY_COMPARE_WITH_TIMEOUT(refused.state(), Stale, kPatience);
        bench.upstream.create("seen-by-one");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
        QVERIFY(refused.find(bench.podPath("seen-by-one")) == nullptr);
        other.comeBack();
        QTRY_COMPARE_WITH_TIMEOUT(refused.state(), Live, kPatience);
        TRY_NO_DIFFERENCE(refused.difference(*bench.upstream.channel()));
    }

    void fault32_throughAProxyEverythingGoesByConnect() {
        Bench bench;
        const fakes::ConnectProxy company;
        Road entry;
        entry.cluster["proxy-url"] = company.url();
        Bench::write(bench.configFile(), bench.kubeconfig({entry}));
        OPEN_OR_RETURN(bench);
        bench.upstream.create("through-a-proxy");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
        QVERIFY(!company.tunnels().empty());
        for (const std::string& tunnel : company.tunnels()) {
            QCOMPARE(tunnel, "127.0.0.1:" + std::to_string(bench.proxy.port()));
        }
        QCOMPARE(company.otherRequests(), 0);
    }
};

QTEST_GUILESS_MAIN(TestFaultConnections)
#include "test_fault_connections.moc"
