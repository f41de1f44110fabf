// The Events page in the real window: one row per object and reason, or every event.

#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include "app/kinds/event.h"
#include "tests/gui/demo_console.h"
#include "ui/pages/events/events_page.h"
#include "ui/tables/table_specs.h"
#include "widgets/filter_line.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

const ui::ResourceTableModel& model(const Console& console) {
    return static_cast<const ui::TablePage*>(console.window->page())->model();
}

const kinds::Event& eventAt(const Console& console, int row) {
    return static_cast<const kinds::Event&>(*model(console).objectAt(row));
}

/// (object, reason) of all rows.
std::map<std::pair<std::string, std::string>, int> rowsByGroup(const Console& console) {
    std::map<std::pair<std::string, std::string>, int> rows;
    for (int row = 0; row < model(console).rowCount(); ++row) {
        const kinds::Event& event = eventAt(console, row);
        ++rows[{event.subject.uid, event.reason.str()}];
    }
    return rows;
}

}  // namespace

class TestEvents : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void aRowPerObjectAndReasonAndEachEventOnRequest() {
        const Console console("events", true, "bad-image");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const auto* page = static_cast<const ui::EventsPage*>(console.window->page());
        QVERIFY(page->isGrouped());
        // "Failed" comes in two wordings for the same pod: one row.
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                for (const auto& [group, rows] : rowsByGroup(console)) {
                    if (group.second == "Failed") {
                        return true;
                    }
                }
                return false;
            }(),
            kPatience);
        QTRY_VERIFY(console.live());
        for (const auto& [group, rows] : rowsByGroup(console)) {
            QVERIFY2(rows == 1, group.second.c_str());
        }
        auto* button = console.part<QPushButton>("header.group");
        QVERIFY(button->isChecked());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!page->isGrouped());
        QVERIFY(!button->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto rows = rowsByGroup(console);
                return std::any_of(rows.begin(), rows.end(), [](const auto& each) { return each.second > 1; });
            }(),
            kPatience);
        console.trigger("view.group");
        QVERIFY(page->isGrouped());
        QVERIFY(button->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto rows = rowsByGroup(console);
                return !rows.empty() && console.live() &&
                       std::all_of(rows.begin(), rows.end(), [](const auto& each) { return each.second == 1; });
            }(),
            kPatience);
    }

    void warningsComeFirstAndTheNewestOfThemOnTop() {
        const Console console("events", true, "crash-loop");
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && eventAt(console, 0).warning &&
                                     eventAt(console, 0).subject.name.find("orders-service") != std::string::npos,
                                 2 * kPatience);
        QTRY_VERIFY(console.window->page()->isSettled());
        for (int row = 1; row < model(console).rowCount(); ++row) {
            const kinds::Event& above = eventAt(console, row - 1);
            const kinds::Event& below = eventAt(console, row);
            QVERIFY(above.warning || !below.warning);
            QVERIFY(above.warning != below.warning || above.lastSeen >= below.lastSeen);
        }
        const int object = ui::eventTable().columnIndex("object");
        QVERIFY(console.cell(0, object).startsWith(QStringLiteral("Pod orders-service-")));
    }

    void filterWordsLookInMessageObjectAndReason_data() {
        QTest::addColumn<QString>("word");
        QTest::newRow("message") << QStringLiteral("sync");
        QTest::newRow("reason") << QStringLiteral("SuccessfulRescale");
        QTest::newRow("object") << QStringLiteral("bakery-ingress");
    }
    void filterWordsLookInMessageObjectAndReason() {
        QFETCH(QString, word);
        const Console console("events");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const int all = model(console).rowCount();
        auto* filter = console.part<widgets::FilterLine>("page.events.filter")->edit();
        filter->setFocus();
        QTest::keyClicks(filter, word == QStringLiteral("Scheduled") ? QStringLiteral("sync") : word);
        QTRY_VERIFY_WITH_TIMEOUT(console.window->page()->isSettled() && model(console).rowCount() < all, kPatience);
        QVERIFY(model(console).rowCount() > 0);
        QVERIFY(model(console).counts().total == static_cast<std::uint32_t>(all));
    }
};

QTEST_MAIN(TestEvents)
#include "test_events.moc"
