#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>

#include "app/kinds/pod_status.h"
#include "tests/ui/make_pod.h"
#include "ui/tables/resource_table_model.h"
#include "ui/tables/row_key.h"
#include "ui/tables/table_specs.h"
#include "widgets/table_roles.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;
using tests::batchOf;
using tests::makePod;
using tests::present;

namespace {

const Instant kNow = Instant(std::chrono::seconds(1'700'000'300));

QStringList names(const ResourceTableModel& model) {
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) {
        all += fromUtf8(model.objectAt(row)->meta.name);
    }
    return all;
}

QStringList list(const char* spaced) {
    return QString::fromUtf8(spaced).split(QLatin1Char(' '));
}

void addContext(ResourceTableModel& model, const std::string& id, bool production = false) {
    model.setContext(id, production, [] { return kNow; });
}

/// What the table should show, the slow and simple way.
struct Reference {
    struct Entry {
        std::string context;
        std::shared_ptr<kinds::Pod> pod;
    };
    std::map<std::string, Entry> rows;  // by row key

    [[nodiscard]] QStringList order(const ResourceTableModel& model, const std::string& filter) const {
        const FilterExpression expression = *FilterExpression::parse(filter);
        const TableSpec& spec = podTable();
        const Column& column = spec.columns[static_cast<std::size_t>(model.sortColumn())];
        std::vector<Entry> entries;
        for (const auto& [key, entry] : rows) {
            std::string text;
            spec.searchText(*entry.pod, text);
            text += "\n" + entry.context;
            if (expression.matches(
                    {*entry.pod, foldCase(text), foldCase(spec.status(*entry.pod)), entry.context, false})) {
                entries.push_back(entry);
            }
        }
        std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
            const SortKey left = column.sortKey(*a.pod, a.context);
            const SortKey right = column.sortKey(*b.pod, b.context);
            if (left != right) {
                return model.sortDescending() ? right < left : left < right;
            }
            return std::tuple(a.pod->meta.name, a.pod->meta.nameSpace.str(), a.context) <
                   std::tuple(b.pod->meta.name, b.pod->meta.nameSpace.str(), b.context);
        });
        QStringList keys;
        for (const Entry& entry : entries) {
            keys += rowKey(entry.context, entry.pod->meta.uid);
        }
        return keys;
    }
};

QStringList keys(const ResourceTableModel& model) {
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) {
        all += model.keyAt(row);
    }
    return all;
}

}  // namespace

class TestResourceTableModel : public QObject {
    Q_OBJECT

private slots:
    void unhealthyRowsStandFirst() {
        ResourceTableModel model(podTable());
        const QAbstractItemModelTester tester(&model);
        addContext(model, "a");
        model.applyBatch(
            "a", batchOf({present(makePod({"good"})), present(makePod({"done", "shop", kube::Health::Finished})),
                          present(makePod({"bad", "shop", kube::Health::Critical})),
                          present(makePod({"starting", "shop", kube::Health::Progressing})),
                          present(makePod({"odd", "shop", kube::Health::Warning}))},
                         true));
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(names(model), list("bad odd starting good done"));
        QCOMPARE(model.counts().total, 5U);
        QCOMPARE(model.counts().of(kube::Health::Critical), 1U);
        QCOMPARE(model.counts().contexts, 1U);
    }

    void rowsOfTwoContextsStandInOneTable() {
        ResourceTableModel model(podTable());
        const QAbstractItemModelTester tester(&model);
        addContext(model, "a");
        addContext(model, "b");
        // One cluster open through two contexts: the uids are the same.
        model.applyBatch("a", batchOf({present(makePod({"one"}))}, true));
        model.applyBatch("b", batchOf({present(makePod({"one"})), present(makePod({"two"}))}, true));
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.counts().contexts, 2U);
        model.removeContext("b");
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(model.contextAt(0), std::string("a"));
        QCOMPARE(model.rowsOf("b"), std::size_t{0});
    }

    void anUpdateKeepsTheRowAndShowsTheNewContent() {
        ResourceTableModel model(podTable());
        const QAbstractItemModelTester tester(&model);
        addContext(model, "a");
        model.applyBatch("a", batchOf({present(makePod({"one"})), present(makePod({"two"}))}, true));
        QTRY_VERIFY(model.isSettled());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.applyBatch("a", batchOf({present(makePod({"two", "shop", kube::Health::Good, 7, {}, "2"}))}));
        QCOMPARE(changed.count(), 1);  // at once, before the order is known
        QTRY_VERIFY(model.isSettled());
        const int column = podTable().columnIndex("restarts");
        QCOMPARE(model.index(1, column).data(widgets::CopyTextRole).toString(), QStringLiteral("7"));
        QCOMPARE(reset.count(), 0);
    }

    void randomChangesEndInTheSameTableAsTheSimpleWay_data() {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 8; ++seed) {
            QTest::addRow("seed %u", seed) << seed;
        }
    }
    void randomChangesEndInTheSameTableAsTheSimpleWay() {
        QFETCH(unsigned, seed);
        std::mt19937 random(seed);
        ResourceTableModel model(podTable());
        const QAbstractItemModelTester tester(&model);
        Reference reference;
        const std::vector<std::string> contexts{"a", "b", "c"};
        for (const std::string& context : contexts) {
            addContext(model, context);
        }
        std::string filter;
        const std::vector<std::string> filters{"",      "pod-1",         "is:unhealthy", "!pod-2 ns:shop",
                                               "ctx:b", "status:running"};
        const auto randomPod = [&] {
            return makePod({"pod-" + std::to_string(random() % 60),
                            random() % 2 ? "shop" : "web",
                            static_cast<kube::Health>(random() % 6),
                            static_cast<int>(random() % 5),
                            {},
                            std::to_string(random())});
        };
        for (int step = 0; step < 60; ++step) {
            const std::string context = contexts[random() % contexts.size()];
            const bool snapshot = random() % 10 == 0;
            std::map<kube::Uid, kube::Delta> deltas;  // each object at most once
            for (auto i = random() % (snapshot ? 40 : 12); i > 0; --i) {
                const auto pod = randomPod();
                const bool gone = !snapshot && random() % 3 == 0;
                deltas[pod->meta.uid] = {pod->meta.uid, gone ? nullptr : kube::ObjectPtr(pod)};
            }
            if (snapshot) {
                std::erase_if(reference.rows, [&](const auto& row) { return row.second.context == context; });
            }
            kube::Batch batch;
            batch.snapshot = snapshot;
            for (const auto& [uid, delta] : deltas) {
                const std::string key = context + "/" + uid;
                if (delta.object) {
                    reference.rows[key] = {context, std::const_pointer_cast<kinds::Pod>(
                                                        std::static_pointer_cast<const kinds::Pod>(delta.object))};
                } else {
                    reference.rows.erase(key);
                }
                batch.deltas.push_back(delta);
            }
            model.applyBatch(context, batch);
            switch (random() % 6) {
                case 0:
                    filter = filters[random() % filters.size()];
                    model.setFilter(*FilterExpression::parse(filter));
                    break;
                case 1:
                    model.setSort(static_cast<int>(random() % podTable().columns.size()), random() % 2 == 0);
                    break;
                default:
                    break;
            }
            if (random() % 3 == 0) {
                QTRY_VERIFY(model.isSettled());
                QCOMPARE(keys(model), reference.order(model, filter));
            }
        }
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(keys(model), reference.order(model, filter));
        for (int row = 0; row < model.rowCount(); ++row) {
            QCOMPARE(model.rowOf(model.keyAt(row)), row);
        }
    }

    void aPinnedRowNeitherMovesNorIsReplacedByLiveSorting() {
        ResourceTableModel model(podTable());
        const QAbstractItemModelTester tester(&model);
        addContext(model, "a");
        model.applyBatch("a", batchOf({present(makePod({"a"})), present(makePod({"b"})), present(makePod({"c"})),
                                       present(makePod({"d"}))},
                                      true));
        QTRY_VERIFY(model.isSettled());
        std::vector<int> pins{1};  // the pointer rests on "b"
        model.setPinSource([&] { return pins; });
        // "d" becomes critical and a new critical one comes: both would stand above "b".
        model.applyBatch("a", batchOf({present(makePod({"d", "shop", kube::Health::Critical, 0, {}, "2"})),
                                       present(makePod({"e", "shop", kube::Health::Critical}))}));
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(names(model), list("d b e a c"));
        // "b" itself becomes critical: it stays where it is.
        model.applyBatch("a", batchOf({present(makePod({"b", "shop", kube::Health::Critical, 0, {}, "2"}))}));
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(model.objectAt(1)->meta.name, std::string("b"));
        // Rows above it vanish: it moves up no further than there are rows.
        model.applyBatch("a", batchOf({{"uid-shop-d", nullptr}, {"uid-shop-e", nullptr}}));
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(names(model), list("a b c"));
        pins.clear();
        model.settle();
        QCOMPARE(names(model), list("b a c"));
    }

    void aPinnedRowThatNoLongerMatchesStaysUntilItIsLet() {
        ResourceTableModel model(podTable());
        addContext(model, "a");
        model.setFilter(*FilterExpression::parse("is:unhealthy"));
        model.applyBatch("a", batchOf({present(makePod({"a", "shop", kube::Health::Critical})),
                                       present(makePod({"b", "shop", kube::Health::Critical}))},
                                      true));
        QTRY_COMPARE(model.rowCount(), 2);
        std::vector<int> pins{0};
        model.setPinSource([&] { return pins; });
        model.applyBatch("a", batchOf({present(makePod({"a", "shop", kube::Health::Good, 0, {}, "2"}))}));
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(names(model), list("a b"));
        pins.clear();
        model.settle();
        QCOMPARE(names(model), list("b"));
    }

    void thePersonsOwnSortMovesPinnedRows() {
        ResourceTableModel model(podTable());
        addContext(model, "a");
        model.applyBatch("a",
                         batchOf({present(makePod({"a"})), present(makePod({"b"})), present(makePod({"c"}))}, true));
        QTRY_COMPARE(model.rowCount(), 3);
        model.setPinSource([] { return std::vector<int>{0}; });
        model.setSort(podTable().columnIndex("name"), true);
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(names(model), list("c b a"));
    }

    void persistentIndexesFollowTheirRows() {
        ResourceTableModel model(podTable());
        addContext(model, "a");
        model.applyBatch("a",
                         batchOf({present(makePod({"a"})), present(makePod({"b"})), present(makePod({"c"}))}, true));
        QTRY_COMPARE(model.rowCount(), 3);
        const QPersistentModelIndex b(model.index(1, 0));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.applyBatch("a", batchOf({present(makePod({"0"})),
                                       present(makePod({"b", "shop", kube::Health::Critical, 0, {}, "2"}))}));
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(names(model), list("b 0 a c"));
        QCOMPARE(b.row(), 0);
        QCOMPARE(reset.count(), 0);  // few changes go row by row
    }

    void manyScatteredChangesAreOneReset() {
        ResourceTableModel model(podTable());
        const QAbstractItemModelTester tester(&model);
        addContext(model, "a");
        kube::Batch all = batchOf({}, true);
        for (int i = 0; i < 400; ++i) {
            all.deltas.push_back(present(makePod({"pod-" + std::to_string(1000 + i)})));
        }
        model.applyBatch("a", all);
        QTRY_COMPARE(model.rowCount(), 400);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.setFilter(*FilterExpression::parse("5"));
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(reset.count(), 1);
        QCOMPARE(removed.count(), 0);
        QVERIFY(model.rowCount() > 24 && model.rowCount() < 400);
    }

    void namespacesNarrowTheCountsTheFilterDoesNot() {
        ResourceTableModel model(podTable());
        addContext(model, "a");
        model.applyBatch("a", batchOf({present(makePod({"a", "shop"})), present(makePod({"first", "web"})),
                                       present(makePod({"second", "web"}))},
                                      true));
        model.setNamespaces({"web"});
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.counts().total, 2U);
        model.setFilter(*FilterExpression::parse("first"));
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.counts().total, 2U);
    }

    void staleRowsAreMutedAndTheirStatesUnknown() {
        ResourceTableModel model(podTable());
        addContext(model, "a");
        model.applyBatch("a", batchOf({present(makePod({"a", "shop", kube::Health::Critical}))}, true));
        QTRY_COMPARE(model.rowCount(), 1);
        const QModelIndex status = model.index(0, 0);
        QCOMPARE(status.data(widgets::ToneRole).value<widgets::Tone>(), widgets::Tone::Critical);
        QVERIFY(!status.data(widgets::MutedRole).toBool());
        model.setContextStale("a", true);
        QCOMPARE(status.data(widgets::ToneRole).value<widgets::Tone>(), widgets::Tone::Unknown);
        QVERIFY(status.data(widgets::MutedRole).toBool());
        QVERIFY(model.index(0, 1).data(widgets::MutedRole).toBool());
    }

    void agesAreMadeFromTheServersClockWhenTheyAreShown() {
        ResourceTableModel model(podTable());
        Instant now = kNow;
        model.setContext("a", false, [&] { return now; });
        model.applyBatch("a", batchOf({present(makePod({"a"}))}, true));
        QTRY_COMPARE(model.rowCount(), 1);
        const QModelIndex age = model.index(0, podTable().columnIndex("age"));
        QCOMPARE(age.data().toString(), QStringLiteral("5m"));
        now += std::chrono::minutes(1);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.tick(0, 0);
        QVERIFY(changed.count() >= 1);
        QCOMPARE(age.data().toString(), QStringLiteral("6m"));
        model.setZone(ZoneChoice::Utc);
        QCOMPARE(age.data(widgets::CopyTextRole).toString(), QStringLiteral("2023-11-14T22:13:20Z"));
    }

    void aRowThatLeftAndCameBackIsOneRow() {
        ResourceTableModel model(podTable());
        const QAbstractItemModelTester tester(&model);
        addContext(model, "a");
        model.applyBatch("a", batchOf({present(makePod({"a"}))}, true));
        // All before the worker can answer once.
        model.applyBatch("a", batchOf({{"uid-shop-a", nullptr}}));
        model.applyBatch("a", batchOf({present(makePod({"a", "shop", kube::Health::Good, 3, {}, "2"}))}));
        QTRY_VERIFY(model.isSettled());
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowOf(model.keyAt(0)), 0);
        model.applyBatch("a", batchOf({}, true));
        QTRY_COMPARE(model.rowCount(), 0);
        QVERIFY(model.isSettled());
    }

    void aModelThatDiesWhileItsWorkerWorksIsNoTrouble() {
        for (int round = 0; round < 20; ++round) {
            ResourceTableModel model(podTable());
            addContext(model, "a");
            kube::Batch all = batchOf({}, true);
            for (int i = 0; i < 500; ++i) {
                all.deltas.push_back(present(makePod({"pod-" + std::to_string(i)})));
            }
            model.applyBatch("a", all);
            model.setFilter(*FilterExpression::parse("pod"));
        }
        QCoreApplication::processEvents();  // nothing arrives for the dead
    }
};

QTEST_GUILESS_MAIN(TestResourceTableModel)
#include "test_resource_table_model.moc"
