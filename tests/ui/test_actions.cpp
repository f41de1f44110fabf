#include <QApplication>
#include <QTest>

#include <set>

#include "ui/actions/action_registry.h"
#include "ui/pages/page_catalog.h"
#include "ui/tables/table_specs.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

class TestActions : public QObject {
    Q_OBJECT

private slots:
    void noTwoActionsAskForTheSameKeys() {
        const auto conflicts = findConflicts(windowActions());
        for (const auto& [one, other] : conflicts) {
            QFAIL((one + " and " + other).c_str());
        }
    }

    void theConflictTestFindsConflicts() {
        const std::vector<ActionSpec> same{{"a", "A", {"Ctrl+F"}, "", {}, http::Effect::Read, false},
                                           {"b", "B", {"F3", "ctrl+f"}, "", {}, http::Effect::Read, false},
                                           {"a", "C", {}, "", {}, http::Effect::Read, false}};
        const auto conflicts = findConflicts(same);
        QCOMPARE(conflicts.size(), std::size_t{2});
        QCOMPARE(conflicts[0], (std::pair<std::string, std::string>("a", "b")));
        QCOMPARE(conflicts[1], (std::pair<std::string, std::string>("a", "a")));
    }

    void everyShortcutIsRealAndEveryActionHasAName() {
        for (const ActionSpec& spec : windowActions()) {
            QVERIFY2(QByteArray(spec.title).size() > 0, spec.id);
            for (const char* keys : spec.shortcuts) {
                QVERIFY2(!QKeySequence(QString::fromUtf8(keys), QKeySequence::PortableText).isEmpty(), spec.id);
            }
        }
    }

    void everyPageHasAnAction() {
        const ActionRegistry registry(windowActions());
        for (const PageEntry& entry : pageCatalog()) {
            if (entry.make != nullptr && entry.inRail) {
                QVERIFY2(registry.action(std::string("go.") + entry.id) != nullptr, entry.id);
            }
        }
    }

    void aBoundActionRuns() {
        const ActionRegistry registry(windowActions());
        int runs = 0;
        const_cast<ActionRegistry&>(registry).bind("data.retry", this, [&] { ++runs; });
        registry.action("data.retry")->trigger();
        QCOMPARE(runs, 1);
        QCOMPARE(registry.spec(registry.action("data.retry")).id, "data.retry");
    }

    void everyTableHasUniqueColumnsThatSort() {
        for (const TableSpec* table : allTables()) {
            std::set<std::string> ids;
            for (const Column& column : table->columns) {
                QVERIFY2(ids.insert(column.id).second, column.id);
                QVERIFY2(column.text != nullptr && column.sortKey != nullptr, column.id);
            }
            QVERIFY(table->columnIndex(table->defaultSort.column) >= 0);
            QVERIFY(table->kind != nullptr && table->searchText != nullptr && table->status != nullptr);
        }
    }
};

QTEST_MAIN(TestActions)
#include "test_actions.moc"
