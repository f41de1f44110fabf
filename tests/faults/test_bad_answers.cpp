// Servers that answer something else than was asked: nothing crashes, loops or mixes up two objects.

#include "tests/fakes/pod_json.h"
#include "tests/faults/fault_bench.h"

using namespace quarterdeck;
using namespace quarterdeck::faults_tests;
using enum kube::FreshnessState;
using fakes::podJson;

namespace {

std::string eventLine(const char* type, const std::string& object) {
    return std::string(R"({"type":")") + type + R"(","object":)" + object + "}\n";
}

std::string listOf(const std::string& items, const std::string& version = "9") {
    return R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":")" + version + R"("},"items":[)" +
           items + "]}";
}

/// A watch that brings these lines and stays open.
fakes::Fault watchOf(const std::string& lines) {
    return faults::answer("scripted watch", [lines](const fakes::HostileRequest&, fakes::HostileConnection& peer) {
        peer.chunkedHead();
        peer.chunk(lines);
        peer.waitUntilClosed();
    });
}

fakes::Fault listAs(const std::string& body) {
    return faults::answer("scripted list", answers::json(body));
}

}  // namespace

class TestBadAnswers : public QObject {
    Q_OBJECT

    /// The times between the watches of a bench are those of its backoff.
    static void checkPauses(const Bench& bench, std::chrono::milliseconds floor) {
        std::optional<fakes::ProxyEntry::Time> last;
        for (const auto& entry : bench.proxy.log()) {
            if (entry.path == kPods && entry.isWatch()) {
                QVERIFY(!last || entry.began - *last >= floor);
                last = entry.began;
            }
        }
    }

private slots:
    void initTestCase() { SKIP_ON_THE_LARGE_SHAPE() }

    void aListOfAnotherResourceIsRefusedAndShowsNothing_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("another list") << QByteArray(
            R"({"kind":"SecretList","metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"s","uid":"u"}}]})");
        QTest::newRow("one object") << QByteArray::fromStdString(R"({"kind":"Pod",)" + podJson("web").substr(1));
        QTest::newRow("a Table") << QByteArray(R"({"kind":"Table","metadata":{"resourceVersion":"9"},"rows":[]})");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("nothing") << QByteArray("");
    }
    void aListOfAnotherResourceIsRefusedAndShowsNothing() {
        QFETCH(QByteArray, body);
        Bench bench;
        const int wrong = bench.proxy.inject(FaultTarget::list(kPods), listAs(body.toStdString()));
        bench.load();
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Failed, kPatience);
        QVERIFY2(bench.view->reason().contains(QStringLiteral("cannot be read")), qPrintable(bench.view->reason()));
        QCOMPARE(bench.view->size(), std::size_t{0});
        bench.proxy.lift(wrong);
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Failed, Live}), kPatience);
        TRY_NO_DIFFERENCE(bench.difference());
    }

    void aWatchOfAnotherResourceTouchesNoRow() {
        Bench bench;
        bench.options.times.reflector.backoff = {40ms, 80ms, 40ms};
        const std::string secret =
            R"({"kind":"Secret","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","uid":"uid-web",)"
            R"("resourceVersion":"77"},"data":{"key":"Q0FOQVJZ"}})";
        bench.proxy.inject(FaultTarget::list(kPods), listAs(listOf(podJson("web") + "," + podJson("api"))));
        const int wrong = bench.proxy.inject(FaultTarget::watch(kPods),
                                             watchOf(eventLine("MODIFIED", secret) + eventLine("DELETED", secret)));
        bench.load();
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QVERIFY2(bench.view->reason().contains(QStringLiteral("Secret")), qPrintable(bench.view->reason()));
        QTRY_VERIFY_WITH_TIMEOUT(bench.proxy.hits(wrong) > 3, kPatience);
        QCOMPARE(bench.view->size(), std::size_t{2});
        QCOMPARE(bench.view->find("shop/web")->meta.resourceVersion, std::string("5"));
        QCOMPARE(bench.relists(), 0);
        checkPauses(bench, 40ms);
    }

    void versionsThatGoBackwardsAreTakenAsTheyCome() {
        Bench bench;
        bench.proxy.inject(FaultTarget::list(kPods), listAs(listOf(podJson("web", 100), "200")), 1);
        bench.proxy.inject(FaultTarget::watch(kPods),
                           watchOf(eventLine("MODIFIED", podJson("web", 150)) +
                                   eventLine("MODIFIED", podJson("web", 40)) + eventLine("ADDED", podJson("api", 7))),
                           1);
        bench.load();
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->size(), std::size_t{2}, kPatience);
        QCOMPARE(bench.view->find("shop/web")->meta.resourceVersion, std::string("40"));
        QCOMPARE(bench.proxy.watches(kPods), 1);
        // Nothing is compared by size: the next watch begins where the last event was.
        bench.proxy.inject(FaultTarget::watch(kPods), faults::status(410, "Expired", "too old"), 1);
        bench.proxy.dropConnections();
        TRY_NO_DIFFERENCE(bench.difference());
        QCOMPARE(bench.relists(), 1);
        bool asked = false;
        for (const auto& entry : bench.proxy.log()) {
            asked = asked || (entry.isWatch() && entry.status == 410 && entry.parameter("resourceVersion") == "7");
        }
        QVERIFY(asked);
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Live, kPatience);
    }

    void objectsWithoutNameUidOrStatusCostNoOther() {
        const std::string nameless = R"({"metadata":{"namespace":"shop","uid":"uid-web","resourceVersion":"8"}})";
        const std::string noUid = R"({"metadata":{"name":"web","namespace":"shop","resourceVersion":"8"}})";
        const std::string bare =
            R"({"metadata":{"name":"bare","namespace":"shop","uid":"uid-bare","resourceVersion":"6"}})";
        const std::string odd =
            R"({"metadata":{"name":"odd","namespace":"shop","uid":"uid-odd","resourceVersion":"6"},"spec":[],"status":7})";
        Bench bench;
        bench.proxy.inject(FaultTarget::list(kPods), listAs(listOf(podJson("web") + "," + nameless + "," + noUid +
                                                                   ",{},null,7," + bare + "," + odd)));
        bench.proxy.inject(
            FaultTarget::watch(kPods),
            watchOf(eventLine("DELETED", nameless) + eventLine("DELETED", noUid) + eventLine("MODIFIED", "{}") +
                    eventLine("MODIFIED", "null") + eventLine("DELETED", R"({"metadata":{}})") +
                    eventLine("ADDED", podJson("api", 12))));
        bench.load();
        bench.look();
        QTRY_VERIFY_WITH_TIMEOUT(bench.view->find("shop/api") != nullptr, kPatience);
        QVERIFY(bench.view->find("shop/web") != nullptr);
        QVERIFY(bench.view->find("shop/bare") != nullptr);
        for (const auto& [uid, object] : bench.view->rows()) {
            QVERIFY(!uid.empty() && uid == object->meta.uid && !object->meta.name.empty());
        }
        QCOMPARE(namesOf(withoutLoading(bench.view->states())), namesOf({Live}));
        QCOMPARE(bench.proxy.watches(kPods), 1);
    }

    void twoLivesOfOneNameStayTwoObjects() {
        const std::string second =
            R"({"metadata":{"name":"web","namespace":"shop","uid":"uid-second","resourceVersion":"20"},"spec":{}})";
        Bench bench;
        bench.proxy.inject(FaultTarget::list(kPods), listAs(listOf(podJson("web"))));
        bench.proxy.inject(FaultTarget::watch(kPods),
                           watchOf(eventLine("ADDED", second) + eventLine("DELETED", podJson("web", 21))));
        bench.load();
        bench.look();
        QTRY_VERIFY_WITH_TIMEOUT(bench.view->rows().contains("uid-second"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->size(), std::size_t{1}, kPatience);
        QCOMPARE(bench.view->find("shop/web")->meta.uid, std::string("uid-second"));
    }

    void unknownFieldsAreSkippedAndUnknownEventsEndTheWatchWithPauses() {
        Bench bench;
        bench.options.times.reflector.backoff = {40ms, 80ms, 40ms};
        const std::string novel =
            R"({"novelty":{"deep":[[[{"a":[1,2,{"b":null}]}]]]},"metadata":{"name":"web","namespace":"shop",)"
            R"("uid":"uid-web","resourceVersion":"6","novelty":[{}]},"spec":{"novelty":true,"containers":[]},)"
            R"("status":{"phase":"Frozen","novelty":{}}})";
        bench.proxy.inject(FaultTarget::list(kPods), listAs(listOf(novel)));
        const int odd =
            bench.proxy.inject(FaultTarget::watch(kPods), watchOf(eventLine("RENAMED", podJson("web", 30))));
        bench.load();
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QVERIFY2(bench.view->reason().contains(QStringLiteral("RENAMED")), qPrintable(bench.view->reason()));
        QTRY_VERIFY_WITH_TIMEOUT(bench.proxy.hits(odd) > 3, kPatience);
        QCOMPARE(bench.view->find("shop/web")->meta.resourceVersion, std::string("6"));
        QCOMPARE(bench.relists(), 0);
        checkPauses(bench, 40ms);
    }
};

QTEST_GUILESS_MAIN(TestBadAnswers)
#include "test_bad_answers.moc"
