// Rows 21 and 23–26 of the fault table: rights, kinds that come and go, thousands of pods.

#include "app/kube/served_kind.h"
#include "tests/fakes/pod_json.h"
#include "tests/faults/fault_bench.h"

using namespace quarterdeck;
using namespace quarterdeck::faults_tests;
using enum kube::FreshnessState;

namespace {

constexpr const char* kDeployments = "/apis/apps/v1/deployments";

/// What the server tells of its kinds, aggregated or plain, but for one.
fakes::Fault withoutDeployments(const std::shared_ptr<http::Channel>& server) {
    return faults::answer("no deployments", [server](const fakes::HostileRequest& request,
                                                     fakes::HostileConnection& peer) {
        http::Request call;
        call.target = request.target;
        call.headers = {{"Accept", request.header("Accept")}};
        const auto answer = server->send(call, {});
        auto told = nlohmann::json::parse(answer ? answer->body : "{}", nullptr, false);
        const auto strike = [](nlohmann::json& resources, const char* key) {
            std::erase_if(resources.get_ref<nlohmann::json::array_t&>(), [&](const nlohmann::json& entry) {
                const auto name = entry.value(key, std::string());
                return name == "deployments" || name.starts_with("deployments/");
            });
        };
        if (told.contains("resources")) {
            strike(told["resources"], "name");
        }
        if (told.contains("items")) {
            for (auto& group : told["items"]) {
                for (auto& version : group["versions"]) {
                    strike(version["resources"], "resource");
                }
            }
        }
        peer.answer(200, answer ? http::findHeader(answer->head.headers, "Content-Type") : "text/plain", told.dump());
    });
}

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

    void fault24_aKindThatIsNotThereFromTheStartSaysSoAndComes() {
        Bench bench;
        bench.options.times.reflector.deniedPause = 1h;  // the first tries go on by backoff
        const fakes::Gate gate;
        bench.proxy.inject({.path = kDeployments}, faults::status(404, "NotFound", "the server could not find it"), 3);
        bench.proxy.inject({.path = kDeployments}, faults::gated(gate, faults::pass()), 1);
        bench.load();
        bench.look("deployments");
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Failed}), kPatience);
        QVERIFY2(bench.view->reason().contains(QStringLiteral("does not serve the kind")),
                 qPrintable(bench.view->reason()));
        const kube::KindDescriptor& kind = *kinds::findKind("pods");
        const View pods(bench.session->store(kind), kind);
        QTRY_COMPARE_WITH_TIMEOUT(pods.state(), Live, kPatience);
        bench.upstream.create("seen");
        TRY_NO_DIFFERENCE(pods.difference(*bench.behind));
        gate.open();
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Failed, Live}), kPatience);
        TRY_NO_DIFFERENCE(bench.difference());
        QCOMPARE(bench.proxy.lists(kDeployments), 4);
        QCOMPARE(namesOf(withoutLoading(pods.states())), namesOf({Live}));
    }

    void fault24_aDeletedKindLeavesTheListOfKindsAndComesBack() {
        Bench bench;
        bench.load();
        bench.session = bench.hub->open(kContext);
        QVERIFY(bench.session != nullptr);
        const auto kindList = bench.session->store(kube::servedKinds());
        const auto knows = [&](const char* name) { return kindList->find(name) != nullptr; };
        QTRY_VERIFY_WITH_TIMEOUT(knows("deployments.apps"), kPatience);
        const auto before = kindList->size();
        const kube::KindDescriptor& deployments = *kinds::findKind("deployments");
        bench.view = std::make_unique<View>(bench.session->store(deployments), deployments);
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Live, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(bench.proxy.watches(kDeployments) > 0, kPatience);
        // Now it is served no longer: discovery knows nothing of it, lists and watches are 404, and watches end.
        const int untold = bench.proxy.inject({.path = "/apis"}, withoutDeployments(bench.behind));
        const int alsoUntold = bench.proxy.inject({.path = "/apis/apps/v1"}, withoutDeployments(bench.behind));
        const int gone = bench.proxy.inject({.path = kDeployments}, faults::status(404, "NotFound", "not found"));
        bench.proxy.dropConnections();
        QTRY_VERIFY_WITH_TIMEOUT(!knows("deployments.apps"), kPatience);
        QCOMPARE(kindList->size(), before - 1);
        QVERIFY(knows("pods") && knows("replicasets.apps"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Stale, kPatience);
        for (const int rule : {untold, alsoUntold, gone}) {
            bench.proxy.lift(rule);
        }
        bench.session->retry();
        QTRY_VERIFY_WITH_TIMEOUT(knows("deployments.apps"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Live, Stale, Live}),
                                  kPatience);
        TRY_NO_DIFFERENCE(bench.difference());
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
