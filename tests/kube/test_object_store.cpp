#include <QSignalSpy>
#include <QTest>

#include <set>
#include <thread>

#include "app/kube/object_store.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;

namespace {

struct Thing final : Object {};

ObjectPtr thing(const std::string& name, const std::string& version) {
    auto made = std::make_shared<Thing>();
    made->meta.name = name;
    made->meta.uid = "uid-" + name;
    made->meta.resourceVersion = version;
    return made;
}

Freshness live() {
    return {FreshnessState::Live, Instant(std::chrono::milliseconds(1)), std::nullopt, std::nullopt};
}

}  // namespace

class TestObjectStore : public QObject {
    Q_OBJECT

private slots:
    void theFirstBatchIsASnapshotAndLaterOnesAreChanges() {
        auto store = std::make_shared<ObjectStore>();
        store->replaceAll({thing("a", "1"), thing("b", "1")}, live());
        std::vector<Batch> batches;
        const auto subscription = store->subscribe([&](const Batch& batch) { batches.push_back(batch); });
        QTRY_COMPARE(batches.size(), std::size_t{1});
        QVERIFY(batches[0].snapshot);
        QCOMPARE(batches[0].deltas.size(), std::size_t{2});
        store->upsert(thing("a", "2"), live());
        store->remove("uid-b", live());
        QTRY_COMPARE(batches.size(), std::size_t{2});
        QVERIFY(!batches[1].snapshot);
        QCOMPARE(batches[1].deltas.size(), std::size_t{2});
    }

    void anOnlookerHoldsNothingAndGetsTheSame() {
        auto store = std::make_shared<ObjectStore>();
        store->replaceAll({thing("a", "1")}, live());
        std::vector<Batch> batches;
        const auto subscription = store->follow([&](const Batch& batch) { batches.push_back(batch); });
        QTRY_COMPARE(batches.size(), std::size_t{1});
        QVERIFY(batches[0].snapshot);
        store->upsert(thing("b", "1"), live());
        QTRY_COMPARE(batches.size(), std::size_t{2});
        QCOMPARE(store.use_count(), 1);
        QVERIFY(!subscription->ended());
        store->upsert(thing("c", "1"), live());
        store.reset();  // what was on its way goes with it
        QVERIFY(subscription->ended());
        QCoreApplication::processEvents();
        QCOMPARE(batches.size(), std::size_t{2});
    }

    void aBurstOfChangesToOneObjectIsOneDelta() {
        auto store = std::make_shared<ObjectStore>();
        store->replaceAll({}, live());
        std::vector<Batch> batches;
        const auto subscription = store->subscribe([&](const Batch& batch) { batches.push_back(batch); });
        QTRY_COMPARE(batches.size(), std::size_t{1});
        for (int i = 0; i < 1000; ++i) {
            store->upsert(thing("a", std::to_string(i)), live());
        }
        QTRY_COMPARE(batches.size(), std::size_t{2});
        QCOMPARE(batches[1].deltas.size(), std::size_t{1});
        QCOMPARE(batches[1].deltas[0].object->meta.resourceVersion, std::string("999"));
    }

    void batchesComeAtMostTenTimesASecond() {
        auto store = std::make_shared<ObjectStore>();
        QElapsedTimer since;
        std::vector<qint64> times;
        std::set<std::string> seen;
        since.start();
        const auto subscription = store->subscribe([&](const Batch& batch) {
            times.push_back(since.elapsed());
            for (const Delta& delta : batch.deltas) {
                seen.insert(delta.uid);
            }
        });
        std::jthread writer([&] {
            for (int i = 0; i < 3000; ++i) {
                store->upsert(thing(std::to_string(i), "1"), live());
                std::this_thread::yield();
            }
        });
        writer.join();
        QTRY_COMPARE(seen.size(), std::size_t{3000});
        for (std::size_t i = 1; i < times.size(); ++i) {
            QVERIFY2(times[i] - times[i - 1] >= 90, "two batches within less than 100 ms");
        }
    }

    void replacingWithTheSameVersionsMakesNoDelta() {
        auto store = std::make_shared<ObjectStore>();
        store->replaceAll({thing("a", "1"), thing("b", "1")}, live());
        std::vector<Batch> batches;
        const auto subscription = store->subscribe([&](const Batch& batch) { batches.push_back(batch); });
        QTRY_COMPARE(batches.size(), std::size_t{1});
        store->replaceAll({thing("a", "1"), thing("b", "2"), thing("c", "1")}, live());
        QTRY_COMPARE(batches.size(), std::size_t{2});
        std::set<std::string> changed;
        for (const Delta& delta : batches[1].deltas) {
            changed.insert(delta.uid);
        }
        QCOMPARE(changed, (std::set<std::string>{"uid-b", "uid-c"}));
    }

    void aStoreWithoutObjectsIsEmptyAndNotLive() {
        ObjectStore store;
        QCOMPARE(store.freshness().state, FreshnessState::Loading);
        store.replaceAll({}, live());
        QCOMPARE(store.freshness().state, FreshnessState::Empty);
        store.upsert(thing("a", "1"), live());
        QCOMPARE(store.freshness().state, FreshnessState::Live);
        store.remove("uid-a", live());
        QCOMPARE(store.freshness().state, FreshnessState::Empty);
    }

    void nothingIsDeliveredAfterTheSubscriptionDied() {
        auto store = std::make_shared<ObjectStore>();
        int count = 0;
        auto subscription = store->subscribe([&](const Batch&) { ++count; });
        store->upsert(thing("a", "1"), live());
        subscription.reset();
        QCoreApplication::processEvents();
        store->upsert(thing("b", "1"), live());
        QCoreApplication::processEvents();
        QCOMPARE(count, 0);
    }
};

QTEST_GUILESS_MAIN(TestObjectStore)
#include "test_object_store.moc"
