// Rows 21 and 23–26 of the fault table: rights, kinds that come and go, thousands of pods.

#include "tests/fakes/pod_json.h"
#include "tests/faults/fault_bench.h"

using namespace quarterdeck;
using namespace quarterdeck::faults_tests;
using enum kube::FreshnessState;

namespace {

constexpr const char* kDeployments = "/apis/apps/v1/deployments";

}  // namespace

class TestFaultScope : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { SKIP_ON_THE_LARGE_SHAPE() }

    void fault21_whoMayNotListAllWorksInTheGivenNamespace() {
        Bench bench;
        bench.proxy.inject({.path = kPods}, faults::status(403, "Forbidden", "pods is forbidden: cluster scope"));
        bench.proxy.inject({.path = "/api/v1/namespaces"}, faults::status(403, "Forbidden", "namespaces is forbidden"));
        bench.load();
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Live, kPatience);
        bench.upstream.create("mine");
        const std::string& nameSpace = bench.upstream.nameSpace();
        TRY_NO_DIFFERENCE(bench.view->difference(*bench.behind, nameSpace));
        QVERIFY(bench.view->find(bench.podPath("mine")) != nullptr);
        QCOMPARE(namesOf(withoutLoading(bench.view->states())), namesOf({Live}));
        QVERIFY2(bench.view->reason().contains(QString::fromStdString(nameSpace)), qPrintable(bench.view->reason()));
        QCOMPARE(bench.proxy.lists("/api/v1/namespaces/" + nameSpace + "/pods"), 1);
    }

    void fault23_aStaleGroupDegradesItsOwnKindsOnly() {
        Bench bench;
        const int stale = bench.proxy.inject({.path = "/apis/apps/*"},
                                             faults::status(503, "ServiceUnavailable", "the apps group is stale"));
        OPEN_OR_RETURN(bench);
        const kube::KindDescriptor& kind = *kinds::findKind("deployments");
        const View deployments(bench.session->store(kind), kind);
        QTRY_COMPARE_WITH_TIMEOUT(deployments.state(), Failed, kPatience);
        QVERIFY2(deployments.reason().contains(QStringLiteral("the apps group is stale")),
                 qPrintable(deployments.reason()));
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.session->status().state, session::ConnectionState::Connected, kPatience);
        bench.proxy.lift(stale);
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(deployments.states())), namesOf({Failed, Live}), kPatience);
        TRY_NO_DIFFERENCE(deployments.difference(*bench.behind));
    }

    void fault24_aKindThatWasDeletedSaysSoAndLeavesTheOthersAlone() {
        Bench bench;
        const fakes::Gate end;
        bench.proxy.inject(FaultTarget::watch(kDeployments), faults::gated(end, faults::endAfter(0)), 1);
        const int deleted =
            bench.proxy.inject({.path = kDeployments, .kind = FaultTarget::Kind::Watch},
                               faults::status(404, "NotFound", "the server could not find the requested resource"));
        OPEN_OR_RETURN(bench, "deployments");
        const kube::KindDescriptor& kind = *kinds::findKind("pods");
        const View pods(bench.session->store(kind), kind);
        end.open();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QVERIFY2(bench.view->reason().contains(QStringLiteral("does not serve the kind")),
                 qPrintable(bench.view->reason()));
        QVERIFY(bench.view->size() > 0);
        QTRY_COMPARE_WITH_TIMEOUT(pods.state(), Live, kPatience);
        bench.upstream.create("seen");
        TRY_NO_DIFFERENCE(pods.difference(*bench.behind));
        bench.proxy.lift(deleted);
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
        QCOMPARE(namesOf(withoutLoading(pods.states())), namesOf({Live}));
    }

    void fault25_aKindThatIsAwayForAMomentComesBackWithoutALongPause() {
        Bench bench;
        bench.options.times.reflector.deniedPause = 1h;
        const fakes::Gate end;
        const fakes::Gate gate;
        bench.proxy.inject(FaultTarget::watch(kDeployments), faults::gated(end, faults::endAfter(0)), 1);
        bench.proxy.inject(FaultTarget::watch(kDeployments), faults::status(404, "NotFound", "not found"), 3);
        bench.proxy.inject(FaultTarget::watch(kDeployments), faults::gated(gate, faults::pass()), 1);
        OPEN_OR_RETURN(bench, "deployments");
        end.open();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        QVERIFY(bench.view->size() > 0);
        gate.open();
        VERIFY_RECOVERED(bench, (States{Loading, Live, Stale, Live}), 0);
    }

    void fault26_thousandsOfPodsComeWithOneListWhileTheInterfaceGoesOn() {
        constexpr int kCount = 10'000;
        std::vector<std::string> names;
        for (int i = 0; i < kCount; ++i) {
            names.push_back("pod-" + std::to_string(i));
        }
        const fakes::HostileServer large(answers::pods(fakes::podListJson(names)));
        http::Endpoint endpoint;
        endpoint.serverUrl = large.url();
        endpoint.label = "large";
        Bench bench(true, std::make_shared<http::HttpTransport>(endpoint, nullptr, std::make_shared<SystemClock>()));
        int turns = 0;
        QTimer pulse;
        connect(&pulse, &QTimer::timeout, this, [&] { ++turns; });
        pulse.start(0);
        OPEN_OR_RETURN(bench);
        QVERIFY(turns > 0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->size(), static_cast<std::size_t>(kCount), kPatience);
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
        QCOMPARE(bench.proxy.watches(kPods), 1);
    }

    void fault26_ofThousandsOfChangesASecondTheLastOfEachObjectIsShown() {
        const std::vector<std::string> names{"a", "b", "c", "d", "e", "f", "g", "h"};
        std::vector<std::string> pods;
        for (const std::string& name : names) {
            pods.push_back(fakes::podJson(name));
        }
        fakes::FloodPlan plan;
        plan.perSecond = 4'000;
        plan.length = 500ms;
        plan.object = fakes::changesOf(pods, 1'000);
        Bench bench;
        bench.proxy.inject(FaultTarget::list(kPods),
                           faults::answer("scripted list", answers::json(fakes::podListJson(names))));
        bench.proxy.inject(FaultTarget::watch(kPods), faults::flood(plan));
        bench.load();
        bench.look();
        const auto shown = [&](std::size_t i) {
            const auto pod = bench.view->find("shop/" + names[i]);
            return pod ? pod->meta.resourceVersion + " " + std::string(pod->label("flood").value_or("")) : "";
        };
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::size_t last = 2'000 - names.size() + i;
            QTRY_COMPARE_WITH_TIMEOUT(shown(i), std::to_string(1'000 + last) + " " + std::to_string(last), kPatience);
        }
        QCOMPARE(namesOf(withoutLoading(bench.view->states())), namesOf({Live}));
        QCOMPARE(bench.proxy.watches(kPods), 1);
        QCOMPARE(bench.relists(), 0);
    }
};

QTEST_GUILESS_MAIN(TestFaultScope)
#include "test_fault_scope.moc"
