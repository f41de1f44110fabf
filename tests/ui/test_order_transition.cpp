#include <QTest>

#include <algorithm>
#include <numeric>
#include <random>

#include "ui/tables/order_transition.h"

using namespace quarterdeck::ui;

using Order = std::vector<Slot>;

class TestOrderTransition : public QObject {
    Q_OBJECT

private slots:
    void equalOrdersNeedNothing() {
        QCOMPARE(planTransition({2, 0, 1}, {2, 0, 1}, 3).way, OrderTransition::Way::Nothing);
    }

    void neighboursAreToldTogether() {
        const OrderTransition plan = planTransition({0, 1, 2, 3, 4}, {0, 4, 5, 6}, 7);
        QCOMPARE(plan.way, OrderTransition::Way::Steps);
        QCOMPARE(plan.removals.size(), std::size_t{1});
        QCOMPARE(plan.removals[0].first, 1);
        QCOMPARE(plan.removals[0].count, 3);
        QCOMPARE(plan.insertions.size(), std::size_t{1});
        QCOMPARE(plan.insertions[0].first, 2);
        QCOMPARE(plan.insertions[0].count, 2);
        QVERIFY(!plan.permuted);
    }

    void aMoveIsAPermutation() {
        const OrderTransition plan = planTransition({0, 1, 2}, {2, 0, 1}, 3);
        QCOMPARE(plan.way, OrderTransition::Way::Steps);
        QVERIFY(plan.permuted);
        QVERIFY(plan.removals.empty() && plan.insertions.empty());
    }

    void manyPiecesAreAReset() {
        Order shown(100);
        std::iota(shown.begin(), shown.end(), Slot{0});
        Order next;
        std::copy_if(shown.begin(), shown.end(), std::back_inserter(next), [](Slot slot) { return slot % 2 == 0; });
        QCOMPARE(planTransition(shown, next, 100).way, OrderTransition::Way::Reset);
    }

    void pinnedRowsKeepTheirPlacesWhateverElseHappens() {
        std::mt19937 random(11);
        for (int round = 0; round < 500; ++round) {
            const std::size_t slotCount = 30;
            Order all(slotCount);
            std::iota(all.begin(), all.end(), Slot{0});
            std::shuffle(all.begin(), all.end(), random);
            const Order shown(all.begin(), all.begin() + static_cast<int>(random() % slotCount) + 1);
            std::shuffle(all.begin(), all.end(), random);
            const Order sorted(all.begin(), all.begin() + static_cast<int>(random() % (slotCount + 1)));
            std::vector<int> pins;
            for (std::size_t row = 0; row < shown.size(); ++row) {
                if (random() % 4 == 0) {
                    pins.push_back(static_cast<int>(row));
                }
            }
            const Order kept = keepPinned(shown, sorted, pins, slotCount);
            // The pinned and the sorted, each once.
            std::vector<Slot> expected = sorted;
            for (const int row : pins) {
                expected.push_back(shown[static_cast<std::size_t>(row)]);
            }
            std::sort(expected.begin(), expected.end());
            expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
            Order members = kept;
            std::sort(members.begin(), members.end());
            QCOMPARE(members, expected);
            // Pinned rows stand where they stood, unless there are too few rows above them.
            std::vector<bool> pinned(slotCount);
            for (const int row : pins) {
                pinned[shown[static_cast<std::size_t>(row)]] = true;
            }
            const std::size_t free = kept.size() - pins.size();
            for (std::size_t i = 0; i < pins.size(); ++i) {
                const auto row = static_cast<std::size_t>(pins[i]);
                if (row <= i + free) {
                    QCOMPARE(kept[row], shown[row]);
                }
            }
            // The others keep the sorted sequence.
            Order others;
            std::copy_if(kept.begin(), kept.end(), std::back_inserter(others),
                         [&](Slot slot) { return !pinned[slot]; });
            Order sortedOthers;
            std::copy_if(sorted.begin(), sorted.end(), std::back_inserter(sortedOthers),
                         [&](Slot slot) { return !pinned[slot]; });
            QCOMPARE(others, sortedOthers);
        }
    }
};

QTEST_GUILESS_MAIN(TestOrderTransition)
#include "test_order_transition.moc"
