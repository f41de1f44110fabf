// Events, grouped: counts stay right whatever comes and goes.

#include <QTest>

#include <map>
#include <random>

#include "tests/ui/make_pod.h"
#include "ui/tables/column.h"
#include "ui/tables/event_groups.h"
#include "ui/tables/table_specs.h"

using namespace quarterdeck;
using namespace quarterdeck::tests;
using namespace std::chrono_literals;

namespace {

const Instant kStart{std::chrono::seconds(1'700'000'000)};

struct EventFields {
    std::string uid = "e1";
    std::string subject = "pod-a";
    std::string reason = "BackOff";
    int count = 1;
    std::chrono::seconds first{0};
    std::chrono::seconds last{0};
    bool warning = true;
    std::string message = "Back-off";
};

std::shared_ptr<kinds::Event> makeEvent(const EventFields& fields) {
    auto event = std::make_shared<kinds::Event>();
    event->meta.uid = fields.uid;
    event->meta.name = fields.subject + "." + fields.uid;
    event->meta.nameSpace = pool().intern("shop");
    event->meta.resourceVersion = "1";
    event->subject.uid = "uid-" + fields.subject;
    event->subject.kind = pool().intern("Pod");
    event->subject.name = fields.subject;
    event->reason = pool().intern(fields.reason);
    event->count = fields.count;
    event->firstSeen = kStart + fields.first;
    event->lastSeen = kStart + fields.last;
    event->warning = fields.warning;
    event->type = pool().intern(fields.warning ? "Warning" : "Normal");
    event->health = fields.warning ? kube::Health::Warning : kube::Health::Good;
    event->message = fields.message;
    event->component = pool().intern("kubelet");
    return event;
}

kube::Delta there(const EventFields& fields) {
    return {fields.uid, makeEvent(fields)};
}

kube::Delta gone(const std::string& uid) {
    return {uid, nullptr};
}

/// What a table would hold after the batches so far.
class Table {
public:
    void apply(const kube::Batch& groups) {
        for (const kube::Delta& delta : groups.deltas) {
            if (delta.object) {
                rows_[delta.uid] = std::static_pointer_cast<const kinds::Event>(delta.object);
            } else {
                QVERIFY2(rows_.erase(delta.uid) == 1, delta.uid.c_str());
            }
        }
    }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] const kinds::Event* at(const std::string& key) const {
        const auto found = rows_.find(key);
        return found == rows_.end() ? nullptr : found->second.get();
    }

private:
    std::map<kube::Uid, std::shared_ptr<const kinds::Event>> rows_;
};

}  // namespace

class TestEventGroups : public QObject {
    Q_OBJECT

private slots:
    void oneRowPerObjectAndReasonSumsTheCounts() {
        ui::EventGroups groups;
        Table table;
        table.apply(
            groups.apply(batchOf({there({.uid = "e1", .count = 3, .first = 10s, .last = 60s, .message = "old"}),
                                  there({.uid = "e2", .count = 4, .first = 5s, .last = 90s, .message = "new"}),
                                  there({.uid = "e3", .reason = "Failed"}), there({.uid = "e4", .subject = "pod-b"})},
                                 true)));
        QCOMPARE(table.size(), std::size_t{3});
        const kinds::Event* group = table.at("uid-pod-a:BackOff");
        QVERIFY(group != nullptr);
        QCOMPARE(group->count, 7);
        QVERIFY(group->firstSeen == kStart + 5s);
        QVERIFY(group->lastSeen == kStart + 90s);
        QCOMPARE(group->message, std::string("new"));
        QVERIFY(group->warning);
        QCOMPARE(group->meta.uid, std::string("uid-pod-a:BackOff"));
        QCOMPARE(group->servedMeta().uid, std::string("e2"));  // the newest, as the server knows it
        QCOMPARE(group->servedMeta().resourceVersion, std::string("1"));
    }

    void anUpdateReplacesItsFormerCount() {
        ui::EventGroups groups;
        Table table;
        table.apply(groups.apply(batchOf({there({.uid = "e1", .count = 3})}, true)));
        const std::string before = table.at("uid-pod-a:BackOff")->meta.resourceVersion;
        table.apply(groups.apply(batchOf({there({.uid = "e1", .count = 4, .last = 9s})})));
        QCOMPARE(table.at("uid-pod-a:BackOff")->count, 4);
        QVERIFY(table.at("uid-pod-a:BackOff")->meta.resourceVersion != before);
    }

    void anExpiredMemberLeavesAndTheLastOneTakesTheRowAlong() {
        ui::EventGroups groups;
        Table table;
        table.apply(groups.apply(batchOf({there({.uid = "e1", .count = 3, .last = 9s, .message = "latest"}),
                                          there({.uid = "e2", .count = 2, .message = "earlier"})},
                                         true)));
        table.apply(groups.apply(batchOf({gone("e1")})));
        QCOMPARE(table.at("uid-pod-a:BackOff")->count, 2);
        QCOMPARE(table.at("uid-pod-a:BackOff")->message, std::string("earlier"));
        table.apply(groups.apply(batchOf({gone("e2")})));
        QCOMPARE(table.size(), std::size_t{0});
        QVERIFY(groups.apply(batchOf({gone("never-seen")})).deltas.empty());
    }

    void anEventThatBecomesAnotherReasonChangesItsGroup() {
        ui::EventGroups groups;
        Table table;
        table.apply(groups.apply(batchOf({there({.uid = "e1"})}, true)));
        table.apply(groups.apply(batchOf({there({.uid = "e1", .reason = "Killing"})})));
        QCOMPARE(table.size(), std::size_t{1});
        QVERIFY(table.at("uid-pod-a:Killing") != nullptr);
    }

    void aSnapshotNamesTheGroupsThatAreGone() {
        ui::EventGroups groups;
        Table table;
        table.apply(groups.apply(batchOf({there({.uid = "e1"}), there({.uid = "e2", .subject = "pod-b"})}, true)));
        table.apply(groups.apply(batchOf({there({.uid = "e2", .subject = "pod-b", .count = 8})}, true)));
        QCOMPARE(table.size(), std::size_t{1});
        QCOMPARE(table.at("uid-pod-b:BackOff")->count, 8);
    }

    void oneWarningMakesTheGroupAWarningUntilItIsGone() {
        ui::EventGroups groups;
        Table table;
        table.apply(groups.apply(batchOf(
            {there({.uid = "e1", .last = 9s, .warning = false}), there({.uid = "e2", .warning = true})}, true)));
        QVERIFY(table.at("uid-pod-a:BackOff")->warning);
        QCOMPARE(table.at("uid-pod-a:BackOff")->health, kube::Health::Warning);
        table.apply(groups.apply(batchOf({gone("e2")})));
        QVERIFY(!table.at("uid-pod-a:BackOff")->warning);
        QCOMPARE(table.at("uid-pod-a:BackOff")->health, kube::Health::Good);
    }

    void eventsThatDoNotTellTheUidGroupByKindAndName() {
        ui::EventGroups groups;
        auto first = makeEvent({.uid = "e1"});
        auto second = makeEvent({.uid = "e2"});
        first->subject.uid.clear();
        second->subject.uid.clear();
        const kube::Batch result = groups.apply(batchOf({{"e1", first}, {"e2", second}}, true));
        QCOMPARE(result.deltas.size(), std::size_t{1});
        QCOMPARE(result.deltas.front().uid, std::string("Pod::pod-a:BackOff"));
    }

    void countsStayRightUnderChurn() {
        std::mt19937 random(7);  // NOLINT: the same story on every run
        const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
        ui::EventGroups groups;
        Table table;
        std::map<std::string, EventFields> alive;
        for (int round = 0; round < 300; ++round) {
            std::map<std::string, kube::Delta> deltas;
            for (int change = 0; change < 20; ++change) {
                const std::string uid = "e" + std::to_string(below(150));
                if (below(3) == 0) {
                    alive.erase(uid);
                    deltas.insert_or_assign(uid, gone(uid));
                    continue;
                }
                EventFields fields{.uid = uid,
                                   .subject = "pod-" + std::to_string(below(8)),
                                   .reason = below(2) == 0 ? "BackOff" : "Unhealthy",
                                   .count = 1 + below(9),
                                   .first = std::chrono::seconds(below(100)),
                                   .last = std::chrono::seconds(100 + below(100))};
                alive[uid] = fields;
                deltas.insert_or_assign(uid, there(fields));
            }
            std::vector<kube::Delta> list;
            const bool snapshot = below(40) == 0;
            if (snapshot) {
                for (const auto& [uid, fields] : alive) {
                    list.push_back(there(fields));
                }
            } else {
                for (const auto& [uid, delta] : deltas) {
                    list.push_back(delta);
                }
            }
            table.apply(groups.apply(batchOf(std::move(list), snapshot)));
            std::map<std::string, int> expected;
            for (const auto& [uid, fields] : alive) {
                expected["uid-" + fields.subject + ":" + fields.reason] += fields.count;
            }
            QCOMPARE(table.size(), expected.size());
            for (const auto& [key, count] : expected) {
                QVERIFY(table.at(key) != nullptr);
                QCOMPARE(table.at(key)->count, count);
            }
        }
    }

    void theStoreFollowsItsSource() {
        auto source = std::make_shared<kube::ObjectStore>();
        source->replaceAll({makeEvent({.uid = "e1", .count = 2}), makeEvent({.uid = "e2", .count = 3})}, live());
        std::shared_ptr<kube::ObjectStore> groups = ui::EventGroupStore::over(source);
        QCOMPARE(groups->freshness().state, kube::FreshnessState::Loading);  // not Empty: rows are coming
        Table table;
        auto subscription = groups->subscribe([&](const kube::Batch& batch) { table.apply(batch); });
        kube::ObjectStore* subscribed = groups.get();
        groups.reset();  // the subscription holds it
        QTRY_COMPARE(table.size(), std::size_t{1});
        QCOMPARE(table.at("uid-pod-a:BackOff")->count, 5);
        QCOMPARE(subscribed->freshness().state, kube::FreshnessState::Live);
        source->remove("e1", live());
        QTRY_COMPARE(table.at("uid-pod-a:BackOff")->count, 3);
        source->remove("e2", live());
        QTRY_COMPARE(table.size(), std::size_t{0});
        // Nobody listens any more: the source is let go.
        const std::weak_ptr<kube::ObjectStore> weak = source;
        source.reset();
        QVERIFY(!weak.expired());
        subscription.reset();
        QVERIFY(weak.expired());
    }

    void theTableShowsWarningsFirstAndTheNewestOfThemOnTop() {
        const ui::TableSpec& spec = ui::eventTable();
        const int column = spec.columnIndex(spec.defaultSort.column);
        QVERIFY(column >= 0 && !spec.defaultSort.descending);
        const auto key = [&](const EventFields& fields) {
            return spec.columns[static_cast<std::size_t>(column)].sortKey(*makeEvent(fields), "c");
        };
        QVERIFY(key({.last = 5s, .warning = true}) < key({.last = 500s, .warning = false}));
        QVERIFY(key({.last = 9s, .warning = true}) < key({.last = 5s, .warning = true}));
        std::string words;
        spec.searchText(*makeEvent({.message = "Readiness probe failed"}), words);
        for (const char* word : {"Readiness probe failed", "pod-a", "BackOff"}) {
            QVERIFY(words.find(word) != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestEventGroups)
#include "test_event_groups.moc"
