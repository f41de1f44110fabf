// The demo's incidents as a person sees them in the real window.

#include <QAction>
#include <QTest>

#include "app/kinds/event.h"
#include "tests/gui/demo_console.h"
#include "ui/pages/fleet/problem_list.h"
#include "ui/tables/table_specs.h"
#include "widgets/pill.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

QStringList problems(const Console& console, const char* context) {
    QStringList result;
    auto* list = console.part<ui::ProblemList>((std::string("card.") + context + ".problems").c_str());
    if (list != nullptr) {
        for (const ui::ProblemList::Line& line : list->lines()) {
            result += line.text;
        }
    }
    return result;
}

int rowWith(const Console& console, int column, const QString& text) {
    for (int row = 0; row < console.table()->model()->rowCount(); ++row) {
        if (console.cell(row, column).contains(text)) {
            return row;
        }
    }
    return -1;
}

}  // namespace

class TestDemoIncidents : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void everyIncidentIsInTheMenu() {
        const Console console;
        for (const demo::IncidentInfo& info : demo::DemoPlatform::incidents()) {
            auto* action = console.part<QAction>(("demo.incident." + info.id).c_str());
            QVERIFY2(action != nullptr, info.id.c_str());
            QVERIFY(!action->text().isEmpty());
        }
        QCOMPARE(demo::DemoPlatform::incidents().size(), std::size_t{5});
    }

    void anIncidentThatIsUnderWayStandsOnItsCard_data() {
        QTest::addColumn<QString>("incident");
        QTest::addColumn<QByteArray>("context");
        QTest::addColumn<QString>("problem");
        QTest::newRow("crash-loop") << QStringLiteral("crash-loop") << QByteArray("bakery-ia-prod")
                                    << QStringLiteral("orders-service crash-looping");
        QTest::newRow("bad-image") << QStringLiteral("bad-image") << QByteArray("globeco-prod")
                                   << QStringLiteral("globeco-order-generation-service cannot get its image");
        QTest::newRow("out-of-memory") << QStringLiteral("out-of-memory") << QByteArray("bakery-ia-prod")
                                       << QStringLiteral("forecasting-service runs out of memory");
        QTest::newRow("stuck-init") << QStringLiteral("stuck-init") << QByteArray("bakery-ia-prod")
                                    << QStringLiteral("sales-service waits in wait-for-redis");
        QTest::newRow("node-not-ready") << QStringLiteral("node-not-ready") << QByteArray("globeco-prod")
                                        << QStringLiteral("Node gc-node-2 not ready");
    }
    void anIncidentThatIsUnderWayStandsOnItsCard() {
        QFETCH(QString, incident);
        QFETCH(QByteArray, context);
        QFETCH(QString, problem);
        const Console console({}, true, incident.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(problems(console, context.constData()).contains(problem), kPatience);
        auto* health = console.part<widgets::Pill>(("card." + context + ".health").constData());
        QVERIFY(health->tone() == widgets::Tone::Critical || health->tone() == widgets::Tone::Warning);
    }

    void aLostNodeIsOnTopOfTheNodesWithWhatItHolds() {
        const Console console("nodes", true, "node-not-ready");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const ui::TableSpec& spec = ui::nodeTable();
        const int name = spec.columnIndex("name");
        QTRY_COMPARE_WITH_TIMEOUT(console.cell(0, name), QStringLiteral("gc-node-2"), kPatience);
        QCOMPARE(console.cell(0, spec.columnIndex("status")), QStringLiteral("Unknown"));
        QVERIFY(console.cell(0, spec.columnIndex("conditions")).startsWith(QStringLiteral("silent for ")));
        QCOMPARE(console.cell(0, spec.columnIndex("taints")), QStringLiteral("2"));
        // Pods that do not stop hold what they asked for.
        QTRY_COMPARE_WITH_TIMEOUT(console.cell(0, spec.columnIndex("cpu")), QStringLiteral("2 of 4, 50 %"), kPatience);
        const int healthy = rowWith(console, name, QStringLiteral("gc-node-3"));
        QVERIFY(healthy > 0);
        QCOMPARE(console.cell(healthy, spec.columnIndex("status")), QStringLiteral("Ready"));
        QCOMPARE(console.cell(healthy, spec.columnIndex("conditions")), QString());
    }

    void aLostNodeLeavesGroupedEvents() {
        const Console console("events", true, "node-not-ready");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const ui::TableSpec& spec = ui::eventTable();
        QTRY_VERIFY_WITH_TIMEOUT(rowWith(console, spec.columnIndex("reason"), QStringLiteral("NodeNotReady")) == 0,
                                 kPatience);
        QVERIFY(rowWith(console, spec.columnIndex("object"), QStringLiteral("Node gc-node-2")) > 0);
        const int evicted = rowWith(console, spec.columnIndex("reason"), QStringLiteral("TaintManagerEviction"));
        QCOMPARE(console.cell(evicted, spec.columnIndex("reporter")), QStringLiteral("taint-eviction-controller"));
    }

    void aMemoryKillIsSeenAmongThePods() {
        const Console console("pods", true, "out-of-memory");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(
            rowWith(console, ui::podTable().columnIndex("name"), QStringLiteral("forecasting-service-")) == 0,
            2 * kPatience);
    }
};

QTEST_MAIN(TestDemoIncidents)
#include "test_demo_incidents.moc"
