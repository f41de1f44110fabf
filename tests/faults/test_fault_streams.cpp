// Rows 13–14 of the fault table and what else happens to answers on their way: cut, slow, refused, replaced.

#include "tests/faults/fault_bench.h"

using namespace quarterdeck;
using namespace quarterdeck::faults_tests;
using enum kube::FreshnessState;

namespace {

struct Case {
    fakes::Fault fault;
    const char* words = "";  ///< in the reason that is shown
};

}  // namespace

Q_DECLARE_METATYPE(Case)

class TestFaultStreams : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { SKIP_ON_THE_LARGE_SHAPE() }

    void fault13_watchesAskForNoCompressionAndListsDo() {
        Bench bench;
        OPEN_OR_RETURN(bench);
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
        for (const auto& entry : bench.proxy.log()) {
            if (entry.path == kPods) {
                QCOMPARE(entry.acceptEncoding, std::string(entry.isWatch() ? "identity" : "gzip"));
            }
        }
    }

    void fault13_aProxyThatPacksEachEventAllTheSameLosesNone() {
        Bench bench;
        const int packed = bench.proxy.inject(FaultTarget::watch(kPods), faults::gzipMembers());
        OPEN_OR_RETURN(bench);
        for (const char* name : {"one", "two", "three"}) {
            bench.upstream.create(name);
            bench.upstream.change(name, "1");
        }
        // libcurl unpacks one member of a stream: each further one begins the watch again, and may be seen as stale.
        TRY_NO_DIFFERENCE(bench.difference());
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Live, kPatience);
        QCOMPARE(bench.relists(), 0);
        QVERIFY(bench.proxy.hits(packed) > 0);
    }

    void fault14_aProxyThatHoldsHeadersBackDelaysNoRow() {
        Bench bench;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::heldHead());
        OPEN_OR_RETURN(bench);
        QCOMPARE(bench.difference(), QString());
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
    }

    void aWatchThatFailsMakesRowsStaleAndGoesOnWithoutAList_data() {
        QTest::addColumn<Case>("what");
        QTest::newRow("cut in mid-line") << Case{faults::cutInEvent(0), "cut in the middle"};
        QTest::newRow("cut after 20 bytes") << Case{faults::cutAfterBytes(20), "cut in the middle"};
        QTest::newRow("429 with Retry-After") << Case{faults::status(429, "TooManyRequests", "slow down", 3), "3 s"};
        QTest::newRow("503 with Retry-After") << Case{faults::status(503, "Unavailable", "shutting down", 3), "503"};
        QTest::newRow("login page") << Case{faults::answer("login page", answers::html()), "login page"};
        QTest::newRow("not HTTP") << Case{faults::answer("not HTTP", answers::notHttp()), "proper HTTP"};
    }
    void aWatchThatFailsMakesRowsStaleAndGoesOnWithoutAList() {
        QFETCH(Case, what);
        Bench bench;
        // Held until the view was live: on a cluster that lives its own events would end the watch at once.
        const fakes::Gate begin;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::gated(begin, faults::endAfter(1)), 1);
        const int fault = bench.proxy.inject(FaultTarget::watch(kPods), what.fault, 1);
        const fakes::Gate gate;
        bench.proxy.inject(FaultTarget::watch(kPods), faults::gated(gate, faults::pass()), 1);
        OPEN_OR_RETURN(bench);
        begin.open();
        bench.upstream.create("seen");
        QTRY_VERIFY_WITH_TIMEOUT(bench.proxy.watches(kPods) > 1, kPatience);
        bench.upstream.create("perhaps-cut");
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QVERIFY2(bench.view->reason().contains(QString::fromUtf8(what.words)), qPrintable(bench.view->reason()));
        QVERIFY(!bench.view->reason().contains(QStringLiteral("CANARY")));
        QVERIFY(bench.view->size() > 0);
        QCOMPARE(bench.proxy.hits(fault), 1);
        gate.open();
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
    }

    void aFirstListThatFailsSaysWhyAndIsReadAgain_data() {
        QTest::addColumn<Case>("what");
        QTest::newRow("cut after 1,000 bytes") << Case{faults::cutAfterBytes(1'000), "cut in the middle"};
        QTest::newRow("one byte at a time") << Case{faults::dripping(200ms), "almost nothing"};
        QTest::newRow("429 with Retry-After") << Case{faults::status(429, "TooManyRequests", "slow down", 3), "3 s"};
        QTest::newRow("503 with Retry-After") << Case{faults::status(503, "Unavailable", "shutting down", 3), "503"};
        QTest::newRow("410") << Case{faults::status(410, "Expired", "the continue token is too old"), "410"};
        QTest::newRow("too large version") << Case{faults::tooLargeVersion(), "restored from a backup"};
        QTest::newRow("login page") << Case{faults::answer("login page", answers::html()), "login page"};
    }
    void aFirstListThatFailsSaysWhyAndIsReadAgain() {
        QFETCH(Case, what);
        Bench bench;
        bench.options.transport.slowLimit = 1s;
        bench.load();
        const fakes::Gate begin;
        const fakes::Gate again;
        bench.proxy.inject(FaultTarget::list(kPods), faults::gated(begin, what.fault), 1);
        bench.proxy.inject(FaultTarget::list(kPods), faults::gated(again, faults::pass()), 1);
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(bench.view->states()), namesOf({Loading}), kPatience);
        begin.open();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Failed, kPatience);
        QVERIFY2(bench.view->reason().contains(QString::fromUtf8(what.words)), qPrintable(bench.view->reason()));
        QCOMPARE(bench.view->size(), std::size_t{0});
        again.open();
        VERIFY_RECOVERED(bench, (States{Loading, Failed, Live}), 1);
    }

    void anExpiredCertificateIsNamedAndARenewedOneTaken() {
        Bench bench;
        OPEN_OR_RETURN(bench);
        bench.proxy.server().setIdentity(bench.authority.expiredServer());
        bench.proxy.dropConnections();
        QTRY_VERIFY_WITH_TIMEOUT(bench.view->reason().contains(QStringLiteral("expired at")), kPatience);
        QCOMPARE(bench.view->state(), Stale);
        bench.proxy.server().setIdentity(bench.authority.server());
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
    }
};

QTEST_GUILESS_MAIN(TestFaultStreams)
#include "test_fault_streams.moc"
