// What the live stores know about one object, gathered from batches.

#include <QTest>

#include "app/kinds/deployment.h"
#include "app/kinds/replica_set.h"
#include "tests/ui/detail_support.h"
#include "tests/ui/make_pod.h"
#include "ui/details/surroundings.h"
#include "ui/tables/event_groups.h"

using namespace quarterdeck;
using namespace quarterdeck::tests;
using ui::Surroundings;
using ui::SurroundingsBuilder;

namespace {

std::shared_ptr<kinds::Pod> ownedPod(const std::string& name, const std::string& owner, const std::string& node = {}) {
    auto pod = makePod({name});
    pod->meta.owners.push_back({pool().intern("ReplicaSet"), owner, owner, true});
    pod->node = pool().intern(node);
    pod->containers[0].cpuRequestMilli = 100;
    pod->containers[0].memoryRequest = 1000;
    return pod;
}

kube::Batch eventsOf(const std::vector<nlohmann::json>& events, bool snapshot = true) {
    std::vector<kube::Delta> deltas;
    for (const kube::ObjectPtr& event : decode(kinds::eventKind(), events)) {
        deltas.push_back({event->meta.uid, event});
    }
    return batchOf(std::move(deltas), snapshot);
}

}  // namespace

class TestDetailsSurroundings : public QObject {
    Q_OBJECT

private slots:
    void aPodFindsItsEventsWhateverComesFirst_data() {
        QTest::addColumn<bool>("eventsFirst");
        QTest::newRow("events first") << true;
        QTest::newRow("pods first") << false;
    }

    void aPodFindsItsEventsWhateverComesFirst() {
        QFETCH(bool, eventsFirst);
        SurroundingsBuilder builder({&kinds::podKind(), "shop", "api-1", ""});
        nlohmann::json other = eventJson("Pulled", "of another");
        other["involvedObject"]["uid"] = "uid-old-api-1";
        const auto events = eventsOf({eventJson("BackOff", "old", "2026-03-14T03:00:00Z"),
                                      eventJson("BackOff", "new", "2026-03-14T03:10:00Z"), other});
        auto pod = makePod({"api-1"});
        pod->meta.uid = "uid-api-1";
        if (eventsFirst) {
            builder.apply(kinds::eventKind(), events);
        }
        builder.apply(kinds::podKind(), batchOf({present(pod)}, true));
        if (!eventsFirst) {
            builder.apply(kinds::eventKind(), events);
        }
        const Surroundings found = builder.build();
        QCOMPARE(found.self.get(), static_cast<const kube::Object*>(pod.get()));
        QCOMPARE(found.events.size(), std::size_t{2});
        QCOMPARE(found.events[0]->message, std::string("new"));
        QCOMPARE(found.eventCount, std::size_t{2});
    }

    void eventsWithoutAUidCountByName() {
        SurroundingsBuilder builder({&kinds::podKind(), "shop", "api-1", "uid-api-1"});
        auto pod = makePod({"api-1"});
        pod->meta.uid = "uid-api-1";
        builder.apply(kinds::podKind(), batchOf({present(pod)}, true));
        nlohmann::json vague = eventJson("FailedScheduling", "x");
        vague["involvedObject"].erase("uid");
        nlohmann::json elsewhere = vague;
        elsewhere["metadata"]["uid"] = "elsewhere";
        elsewhere["involvedObject"]["namespace"] = "other";
        QVERIFY(builder.apply(kinds::eventKind(), eventsOf({vague, elsewhere})));
        QCOMPARE(builder.build().events.size(), std::size_t{1});
    }

    void changesThatConcernOthersAreNoNews() {
        SurroundingsBuilder builder({&kinds::podKind(), "shop", "api-1", ""});
        builder.apply(kinds::podKind(), batchOf({present(makePod({"api-1"})), present(makePod({"other"}))}, true));
        builder.apply(kinds::eventKind(), eventsOf({}));
        QVERIFY(!builder.apply(kinds::podKind(), batchOf({present(makePod({.name = "other", .version = "2"}))})));
        QVERIFY(!builder.apply(kinds::eventKind(), eventsOf({eventJson("BackOff", "of a pod of another uid")}, false)));
        QVERIFY(builder.apply(kinds::podKind(), batchOf({present(makePod({.name = "api-1", .version = "2"}))})));
    }

    void anotherOfTheSameNameIsAnotherObject() {
        SurroundingsBuilder builder({&kinds::podKind(), "shop", "api-1", ""});
        const auto pod = makePod({"api-1"});
        builder.apply(kinds::podKind(), batchOf({present(pod)}, true));
        auto next = makePod({"api-1"});
        next->meta.uid = "another";
        QVERIFY(builder.apply(kinds::podKind(), batchOf({{pod->meta.uid, nullptr}})));
        QVERIFY(builder.apply(kinds::podKind(), batchOf({present(next)})));
        const Surroundings found = builder.build();
        QVERIFY(found.gone);
        QCOMPARE(found.self.get(), static_cast<const kube::Object*>(pod.get()));
        QCOMPARE(found.successor.get(), static_cast<const kube::Object*>(next.get()));
    }

    void aSuccessorIsSeenAlsoWhereTheObjectWentBeforeTheFirstSnapshot() {
        SurroundingsBuilder builder({&kinds::podKind(), "shop", "api-1", "uid-of-the-old"});
        QVERIFY(builder.apply(kinds::podKind(), batchOf({present(makePod({"other"}))}, true)));
        QVERIFY(builder.build().gone);
        const auto next = makePod({"api-1"});
        QVERIFY(builder.apply(kinds::podKind(), batchOf({present(next)})));
        QCOMPARE(builder.build().successor.get(), static_cast<const kube::Object*>(next.get()));
    }

    void whileTheStoreLoadsNothingIsGone() {
        SurroundingsBuilder builder({&kinds::podKind(), "shop", "api-1", "uid"});
        builder.apply(kinds::podKind(), kube::Batch{true, {}, {}});
        QVERIFY(!builder.build().gone);
        builder.apply(kinds::podKind(), batchOf({}));
        QVERIFY(builder.build().gone);
        QVERIFY(builder.build().self == nullptr);
    }

    void theOwnerChainGoesUpToTheDeployment() {
        SurroundingsBuilder builder({&kinds::podKind(), "shop", "api-1", ""});
        builder.apply(kinds::podKind(), batchOf({present(ownedPod("api-1", "rs-1")), present(ownedPod("api-2", "rs-1")),
                                                 present(ownedPod("old-1", "rs-0"))},
                                                true));
        QCOMPARE(builder.build().owners.size(), std::size_t{1});
        auto set = std::make_shared<kinds::ReplicaSet>();
        set->meta.uid = "rs-1";
        set->meta.name = "rs-1";
        set->revision = 13;
        set->meta.owners.push_back({pool().intern("Deployment"), "api", "d-1", true});
        builder.apply(kinds::replicaSetKind(), batchOf({{"rs-1", set}}, true));
        const Surroundings found = builder.build();
        QCOMPARE(found.owners.size(), std::size_t{2});
        QCOMPARE(found.owners[0].revision, std::int64_t{13});
        QCOMPARE(found.owners[1].name, std::string("api"));
        QCOMPARE(found.siblings.size(), std::size_t{1});
        QCOMPARE(found.siblings[0]->meta.name, std::string("api-2"));
    }

    void ownersInACircleEnd() {
        SurroundingsBuilder builder({&kinds::podKind(), "shop", "api-1", ""});
        builder.apply(kinds::podKind(), batchOf({present(ownedPod("api-1", "rs-1"))}, true));
        auto set = std::make_shared<kinds::ReplicaSet>();
        set->meta.uid = "rs-1";
        set->meta.owners.push_back({pool().intern("ReplicaSet"), "rs-1", "rs-1", true});
        builder.apply(kinds::replicaSetKind(), batchOf({{"rs-1", set}}, true));
        QCOMPARE(builder.build().owners.size(), std::size_t{8});
    }

    void anEventIsFoundAgainWhenEventsAreGroupedOtherwise() {
        const kube::Batch single = eventsOf({eventJson("BackOff", "old", "2026-03-14T03:00:00Z"),
                                             eventJson("BackOff", "new", "2026-03-14T03:10:00Z"),
                                             eventJson("Failed", "other", "2026-03-14T03:11:00Z")});
        ui::EventGroups groups;
        const kube::Batch grouped = groups.apply(single);
        const std::string key = "uid-api-1:BackOff";
        const std::string oldOne = "e-BackOff2026-03-14T03:00:00Z";
        const std::string newOne = "e-BackOff2026-03-14T03:10:00Z";
        // A group, now by itself: its newest.
        SurroundingsBuilder toSingle({&kinds::eventKind(), "shop", newOne, key});
        QVERIFY(toSingle.apply(kinds::eventKind(), single));
        QVERIFY(!toSingle.build().gone);
        QCOMPARE(toSingle.build().self->meta.uid, newOne);
        QCOMPARE(toSingle.build().events.size(), std::size_t{2});
        // An event, now in its group: by the group that it is known to be of, or as its newest.
        for (const auto& [uid, group] : {std::pair{oldOne, key}, std::pair{newOne, std::string()}}) {
            SurroundingsBuilder toGroup({&kinds::eventKind(), "shop", uid, uid, group});
            QVERIFY(toGroup.apply(kinds::eventKind(), grouped));
            QVERIFY(!toGroup.build().gone);
            QCOMPARE(toGroup.build().self->meta.uid, key);
            QCOMPARE(toGroup.build().self->meta.name, newOne);
        }
        // What is gone stays gone, grouped or not.
        SurroundingsBuilder gone({&kinds::eventKind(), "shop", oldOne, oldOne, "uid-api-1:Killing"});
        gone.apply(kinds::eventKind(), grouped);
        QVERIFY(gone.build().gone);
        SurroundingsBuilder expired({&kinds::eventKind(), "shop", oldOne, oldOne, key});
        expired.apply(kinds::eventKind(), single);
        expired.apply(kinds::eventKind(), batchOf({{oldOne, nullptr}}));
        QVERIFY(expired.build().gone);
    }

    void aNodeSumsWhatItsPodsRequest() {
        SurroundingsBuilder builder({&kinds::nodeKind(), "", "node-1", ""});
        auto node = std::make_shared<kinds::Node>();
        node->meta.name = "node-1";
        node->meta.uid = "n1";
        builder.apply(kinds::nodeKind(), batchOf({{"n1", node}}, true));
        auto bad = ownedPod("b", "x", "node-1");
        bad->health = kube::Health::Critical;
        auto done = ownedPod("c", "x", "node-1");
        done->phase = pool().intern("Succeeded");
        builder.apply(kinds::podKind(), batchOf({present(ownedPod("a", "x", "node-1")), present(bad), present(done),
                                                 present(ownedPod("d", "x", "node-2"))},
                                                true));
        const Surroundings found = builder.build();
        QCOMPARE(found.podCount, std::size_t{2});
        QCOMPARE(found.podsInTrouble, std::size_t{1});
        QCOMPARE(found.pods[0]->meta.name, std::string("b"));
        QCOMPARE(found.requestedCpuMilli, std::int64_t{200});
        QCOMPARE(found.requestedMemory, std::int64_t{2000});
    }

    void aPodRequestsTheLargerOfItsContainersAndItsInitContainers() {
        auto pod = ownedPod("a", "x");
        kinds::Container init;
        init.init = true;
        init.cpuRequestMilli = 500;
        init.memoryRequest = 10;
        pod->containers.insert(pod->containers.begin(), init);
        QCOMPARE(ui::requestsOf(*pod).cpuMilli, std::int64_t{500});
        QCOMPARE(ui::requestsOf(*pod).memory, std::int64_t{1000});
        pod->containers[0].restartable = true;  // a sidecar runs beside the others
        QCOMPARE(ui::requestsOf(*pod).cpuMilli, std::int64_t{600});
    }

    void manyEventsAreCutToTheNewest() {
        SurroundingsBuilder builder({&kinds::podKind(), "shop", "api-1", "uid-api-1"});
        auto pod = makePod({"api-1"});
        pod->meta.uid = "uid-api-1";
        builder.apply(kinds::podKind(), batchOf({present(pod)}, true));
        std::vector<nlohmann::json> events;
        for (int i = 0; i < 300; ++i) {
            events.push_back(eventJson("R" + std::to_string(i), "m"));
        }
        builder.apply(kinds::eventKind(), eventsOf(events));
        QCOMPARE(builder.build().events.size(), Surroundings::kMostEvents);
        QCOMPARE(builder.build().eventCount, std::size_t{300});
    }
};

QTEST_GUILESS_MAIN(TestDetailsSurroundings)
#include "test_details_surroundings.moc"
