// What a server serves, in every form in which servers tell it.

#include <QTest>

#include <nlohmann/json.hpp>

#include "app/kube/errors.h"
#include "app/kube/kube_client.h"
#include "app/kube/served_kind.h"
#include "tests/fakes/scripted_channel.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;
using fakes::ScriptedChannel;
using nlohmann::json;

namespace {

constexpr ErrorCode kCut{"test.cut", "the connection was cut"};

/// Braces around one element would be that element.
template <class... Items>
json arrayOf(const Items&... items) {
    json array = json::array();
    (array.push_back(items), ...);
    return array;
}

json version(const std::string& name, const json& resources, const std::string& freshness = "Current") {
    return {{"version", name}, {"freshness", freshness}, {"resources", resources}};
}

json aggregatedResource(const std::string& name, const std::string& kind,
                        const json& verbs = {"get", "list", "watch"}) {
    return {{"resource", name},
            {"responseKind", {{"group", ""}, {"version", "v1"}, {"kind", kind}}},
            {"scope", "Namespaced"},
            {"singularResource", kind},
            {"shortNames", json::array({name.substr(0, 2)})},
            {"categories", json::array({"all"})},
            {"verbs", verbs},
            {"subresources",
             json::array({json{
                 {"subresource", "status"}, {"responseKind", {{"kind", kind}}}, {"verbs", json::array({"get"})}}})}};
}

json aggregatedGroup(const std::string& name, const json& versions) {
    json metadata = json::object();
    if (!name.empty()) {
        metadata["name"] = name;
    }
    return {{"metadata", metadata}, {"versions", versions}};
}

std::string aggregated(const std::string& form, const json& groups) {
    return json{{"kind", "APIGroupDiscoveryList"}, {"apiVersion", "apidiscovery.k8s.io/" + form}, {"items", groups}}
        .dump();
}

std::string plainGroups(const json& groups) {
    return json{{"kind", "APIGroupList"}, {"groups", groups}}.dump();
}

json plainGroup(const std::string& name, const std::vector<std::string>& versions) {
    json all = json::array();
    for (const std::string& version : versions) {
        all.push_back({{"groupVersion", name + "/" + version}, {"version", version}});
    }
    return {{"name", name}, {"versions", all}, {"preferredVersion", all.front()}};
}

json plainResource(const std::string& name, const std::string& kind) {
    return {{"name", name},
            {"singularName", kind},
            {"namespaced", true},
            {"kind", kind},
            {"verbs", {"get", "list", "watch"}}};
}

std::string plainList(const json& resources) {
    return json{{"kind", "APIResourceList"}, {"resources", resources}}.dump();
}

const std::string kCoreAggregated =
    aggregated("v2", arrayOf(aggregatedGroup("", arrayOf(version("v1", arrayOf(aggregatedResource("pods", "Pod")))))));
const std::string kPlainCore = json{{"kind", "APIVersions"}, {"versions", arrayOf("v1")}}.dump();

struct Bench {
    std::shared_ptr<ScriptedChannel> channel = std::make_shared<ScriptedChannel>();
    KubeClient client{channel, "test"};
    explicit Bench(std::vector<ScriptedChannel::Answer> answers) {
        for (auto& answer : answers) {
            channel->answer(std::move(answer));
        }
    }
    Result<Discovery> look() { return discover(client, {}); }
};

std::vector<std::string> namesOf(const Discovery& discovery) {
    std::vector<std::string> names;
    for (const ServedResource& one : discovery.resources) {
        names.push_back(qualifiedName(one.type) + " " + one.type.version);
    }
    return names;
}

std::vector<std::string> namesOf(const std::vector<ObjectPtr>& kinds) {
    std::vector<std::string> names;
    for (const ObjectPtr& kind : kinds) {
        names.push_back(kind->meta.name + (static_cast<const ServedKind&>(*kind).stale ? " stale" : ""));
    }
    return names;
}

ServedResource served(const std::string& group, const std::string& name) {
    return {{group, "v1", name, name, true}, "", {}, {}, {"list", "watch"}, {}};
}

using Names = std::vector<std::string>;

}  // namespace

class TestDiscovery : public QObject {
    Q_OBJECT
private slots:
    void theAggregatedFormTellsAllInTwoAnswers_data() {
        QTest::addColumn<QString>("form");
        QTest::newRow("v2") << QStringLiteral("v2");
        QTest::newRow("v2beta1") << QStringLiteral("v2beta1");
    }
    void theAggregatedFormTellsAllInTwoAnswers() {
        QFETCH(QString, form);
        const json apps =
            aggregatedGroup("apps", arrayOf(version("v1", arrayOf(aggregatedResource("deployments", "Deployment"))),
                                            version("v1beta1", arrayOf(aggregatedResource("deployments", "Deployment"),
                                                                       aggregatedResource("oldthings", "Old")))));
        Bench bench({{200, kCoreAggregated}, {200, aggregated(form.toStdString(), arrayOf(apps))}});
        const auto found = bench.look();
        QVERIFY(found);
        QCOMPARE(namesOf(*found), (Names{"pods v1", "deployments.apps v1", "oldthings.apps v1beta1"}));
        QCOMPARE(bench.channel->targets(), (Names{"/api", "/apis"}));
        const ServedResource* deployments = found->find("apps", "deployments");
        QVERIFY(deployments->type.namespaced);
        QCOMPARE(deployments->type.kind, std::string("Deployment"));
        QCOMPARE(deployments->shortNames, Names{"de"});
        QCOMPARE(deployments->categories, Names{"all"});
        QVERIFY(deployments->isWatchable() && deployments->can("get") && !deployments->can("delete"));
        QCOMPARE(deployments->subresources.size(), std::size_t{1});
        QCOMPARE(deployments->subresources.front().name, std::string("status"));
        QVERIFY(found->stale.empty());
        QVERIFY(found->find("", "deployments") == nullptr);
    }

    void aServerWithoutItIsAskedGroupByGroup() {
        Bench bench({{200, kPlainCore},
                     {200, plainGroups(arrayOf(plainGroup("apps", {"v1"}), plainGroup("example.com", {"v2", "v1"})))},
                     {200, plainList(arrayOf(plainResource("pods", "Pod"), plainResource("pods/log", "Pod")))},
                     {200, plainList(arrayOf(plainResource("deployments", "Deployment"),
                                             plainResource("deployments/scale", "Scale")))},
                     {200, plainList(arrayOf(plainResource("foos", "Foo")))},
                     {200, plainList(arrayOf(plainResource("foos", "Foo"), plainResource("bars", "Bar")))}});
        const auto found = bench.look();
        QVERIFY(found);
        QCOMPARE(namesOf(*found),
                 (Names{"pods v1", "deployments.apps v1", "foos.example.com v2", "bars.example.com v1"}));
        QCOMPARE(bench.channel->targets(),
                 (Names{"/api", "/apis", "/api/v1", "/apis/apps/v1", "/apis/example.com/v2", "/apis/example.com/v1"}));
        QCOMPARE(found->find("apps", "deployments")->subresources.front().name, std::string("scale"));
    }

    void aStaleGroupIsNamedAndFailsNothingElse() {
        const json stale = aggregatedGroup("metrics.k8s.io", arrayOf(version("v1beta1", json::array(), "Stale")));
        const json good = aggregatedGroup("apps", arrayOf(version("v1", arrayOf(aggregatedResource("x", "X")))));
        Bench bench({{200, kCoreAggregated}, {200, aggregated("v2", arrayOf(stale, good))}});
        const auto found = bench.look();
        QVERIFY(found);
        QCOMPARE(namesOf(*found), (Names{"pods v1", "x.apps v1"}));
        QCOMPARE(found->stale.size(), std::size_t{1});
        QVERIFY(found->isStale("metrics.k8s.io") && !found->isStale("apps") && !found->isStale(""));
        const auto reason = staleReason("test", *found);
        QVERIFY(reason && reason->is(kStaleGroup));
        QVERIFY(describe(*reason).find("metrics.k8s.io") != std::string::npos);
    }

    void aGroupThatFailsIsNamedAndFailsNothingElse_data() {
        QTest::addColumn<int>("status");
        QTest::newRow("away") << 503;
        QTest::newRow("forbidden") << 403;
        QTest::newRow("garbage") << 200;
    }
    void aGroupThatFailsIsNamedAndFailsNothingElse() {
        QFETCH(int, status);
        Bench bench({{200, kPlainCore},
                     {200, plainGroups(arrayOf(plainGroup("metrics.k8s.io", {"v1beta1"}), plainGroup("apps", {"v1"})))},
                     {200, plainList(arrayOf(plainResource("pods", "Pod")))},
                     {status, status == 200 ? "<html>" : "{\"kind\":\"Status\",\"message\":\"no\"}"},
                     {200, plainList(arrayOf(plainResource("deployments", "Deployment")))}});
        const auto found = bench.look();
        QVERIFY(found);
        QCOMPARE(namesOf(*found), (Names{"pods v1", "deployments.apps v1"}));
        QCOMPARE(found->stale.size(), std::size_t{1});
        QCOMPARE(found->stale.front().group, std::string("metrics.k8s.io"));
        QCOMPARE(found->stale.front().reason.httpStatus, status);
    }

    void oneOfTheTwoRootsIsEnough() {
        Bench bench({{200, kCoreAggregated}, {403, "{\"kind\":\"Status\",\"message\":\"no\"}"}});
        const auto found = bench.look();
        QVERIFY(found);
        QCOMPARE(namesOf(*found), Names{"pods v1"});
        QVERIFY(found->isStale("apps") && !found->isStale(""));
        Bench nothing({{403, "{}"}, {403, "{}"}});
        const auto refused = nothing.look();
        QVERIFY(!refused);
        QCOMPARE(refused.error().httpStatus, 403);
        Bench cut({{.failure = makeError(kCut)}, {.failure = makeError(kCut)}});
        QVERIFY(!cut.look());
    }

    void aStrictServerIsAskedAgainInPlainWords() {
        Bench bench({{406, "{}"},
                     {200, kPlainCore},
                     {406, "{}"},
                     {200, plainGroups(json::array())},
                     {200, plainList(arrayOf(plainResource("pods", "Pod")))}});
        const auto found = bench.look();
        QVERIFY(found);
        QCOMPARE(namesOf(*found), Names{"pods v1"});
    }

    void nonsenseIsSkippedAndNeverCrashes_data() {
        QTest::addColumn<QString>("body");
        QTest::newRow("nulls") << QStringLiteral("{\"kind\":\"APIGroupDiscoveryList\",\"items\":null}");
        QTest::newRow("numbers") << QStringLiteral("{\"kind\":\"APIGroupDiscoveryList\",\"items\":[1,\"x\",null,[]]}");
        QTest::newRow("nameless") << QStringLiteral(
            "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[{\"versions\":[{\"version\":3,\"resources\":[{},7,"
            "{\"resource\":\"x\",\"responseKind\":[],\"verbs\":\"all\",\"subresources\":5}]}]}]}");
        QTest::newRow("other kind") << QStringLiteral("{\"kind\":\"PodList\",\"items\":[]}");
        QTest::newRow("groups of nothing")
            << QStringLiteral("{\"kind\":\"APIGroupList\",\"groups\":[{},{\"name\":\"a\",\"versions\":[{}]},5]}");
        QTest::newRow("text") << QStringLiteral("not json at all");
    }
    void nonsenseIsSkippedAndNeverCrashes() {
        QFETCH(QString, body);
        Bench bench({{200, kCoreAggregated}, {200, body.toStdString()}});
        const auto found = bench.look();
        QVERIFY(found);
        QCOMPARE(namesOf(*found), Names{"pods v1"});
    }

    void whatIsMissedOnceStaysAndWhatIsMissedTwiceGoes() {
        KindLedger ledger("test");
        const Discovery both{{served("", "pods"), served("example.com", "foos")}, {}};
        const Discovery one{{served("", "pods")}, {}};
        QCOMPARE(namesOf(ledger.take(both)), (Names{"foos.example.com", "pods"}));
        QVERIFY(!ledger.inDoubt());
        QCOMPARE(namesOf(ledger.take(one)), (Names{"foos.example.com", "pods"}));
        QVERIFY(ledger.inDoubt());
        QCOMPARE(namesOf(ledger.take(both)), (Names{"foos.example.com", "pods"}));
        QVERIFY(!ledger.inDoubt());
        static_cast<void>(ledger.take(one));
        QCOMPARE(namesOf(ledger.take(one)), Names{"pods"});
        QVERIFY(!ledger.inDoubt());
    }

    void whatAStaleGroupServedStays() {
        KindLedger ledger("test");
        static_cast<void>(ledger.take({{served("", "pods"), served("example.com", "foos")}, {}}));
        const Discovery away{{served("", "pods")}, {{"example.com", "v1", makeError(kStaleGroup)}}};
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(namesOf(ledger.take(away)), (Names{"foos.example.com stale", "pods"}));
        }
        QCOMPARE(namesOf(ledger.take({{served("", "pods"), served("example.com", "foos")}, {}})),
                 (Names{"foos.example.com", "pods"}));
    }

    void aKindThatChangedIsAnotherVersionOfItself() {
        ServedResource resource = served("example.com", "foos");
        const auto first = makeServedKind(resource, {"a"}, false);
        QCOMPARE(makeServedKind(resource, {"a"}, false)->meta.resourceVersion, first->meta.resourceVersion);
        QVERIFY(makeServedKind(resource, {"a", "b"}, false)->meta.resourceVersion != first->meta.resourceVersion);
        QVERIFY(makeServedKind(resource, {"a"}, true)->meta.resourceVersion != first->meta.resourceVersion);
        resource.shortNames = {"fo"};
        QVERIFY(makeServedKind(resource, {"a"}, false)->meta.resourceVersion != first->meta.resourceVersion);
        QCOMPARE(first->meta.uid, std::string("foos.example.com"));
    }
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "test_discovery.moc"
