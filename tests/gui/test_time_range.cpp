// The time range in the real window: the Events page narrowed by it, and one of the person's own.

#include <QAction>
#include <QLineEdit>
#include <QTest>

#include "app/kinds/event.h"
#include "tests/gui/demo_console.h"
#include "ui/details/words.h"
#include "ui/pages/table/table_page.h"
#include "ui/pages/view_scope.h"
#include "ui/windows/time_range_dialog.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/property_list.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

constexpr int kLong = 60'000;

/// Opens the dialog and writes both times.
ui::TimeRangeDialog* ask(const Console& console, const char* from, const char* to) {
    console.part<QAction>("range.custom")->trigger();
    auto* dialog = console.part<ui::TimeRangeDialog>("time-range");
    dialog->findChild<QLineEdit*>(QStringLiteral("time-range.from"))->setText(QString::fromLatin1(from));
    dialog->findChild<QLineEdit*>(QStringLiteral("time-range.to"))->setText(QString::fromLatin1(to));
    return dialog;
}

}  // namespace

class TestTimeRange : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void eventsAreNarrowedToWhatWasSeenInTheRange() {
        const Console console("events");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        const auto* range = console.part<QAbstractButton>("topbar.range");
        QVERIFY(range->isVisible());
        QCOMPARE(range->text(), QStringLiteral("Any time"));
        const std::uint32_t all = console.rows().counts().total;

        console.part<QAction>("range.15m")->trigger();
        QCOMPARE(ui::formatLocation(console.window->location()), std::string("quarterdeck://events?range=15m"));
        QTRY_VERIFY_WITH_TIMEOUT(console.window->page()->isSettled(), kLong);
        QVERIFY(console.rows().counts().total <= all);
        const Instant begin = console.demo->clock()->now() - std::chrono::minutes(16);
        for (int row = 0; row < console.rows().rowCount(); ++row) {
            const auto& event = static_cast<const kinds::Event&>(*console.rows().objectAt(row));
            QVERIFY(event.lastSeen && *event.lastSeen >= begin);
        }
        // Long before: a page that says so, and a way back.
        ui::TimeRangeDialog* dialog = ask(console, "2020-01-01 08:00", "2020-01-01T09:00:00Z");
        QTest::mouseClick(dialog->findChild<QAbstractButton*>(QStringLiteral("time-range.show")), Qt::LeftButton);
        QCOMPARE(ui::formatLocation(console.window->location()),
                 std::string("quarterdeck://events?range=2020-01-01T08%3A00%3A00Z%2F2020-01-01T09%3A00%3A00Z"));
        QCOMPARE(range->text(), QStringLiteral("1 Jan, 08:00 – 09:00 UTC"));
        QCOMPARE(range->toolTip(), QStringLiteral("2020-01-01T08:00:00Z to 2020-01-01T09:00:00Z"));
        QTRY_COMPARE_WITH_TIMEOUT(console.rows().counts().total, 0U, kLong);
        auto* panel = console.part<widgets::StatePanel>("page.events.panel");
        QTRY_VERIFY(panel->isVisible());
        emit panel->actionTriggered();
        QTRY_VERIFY(!console.window->location().range);
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && console.rows().counts().total >= all, kLong);
        console.trigger("go.back");
        QVERIFY(std::holds_alternative<ui::TimeSpan>(*console.window->location().range));
    }

    void theRangeStaysWhereverOneGoesInTheWindow() {
        const Console console("events", true, "crash-loop");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        const auto range = [&] {
            const auto shown = console.window->location().range;
            return shown ? QString::fromStdString(ui::formatRange(*shown)) : QString();
        };
        console.part<QAction>("range.15m")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        // The link in the drawer to what an event is about.
        console.openFirstRow();
        QTRY_VERIFY_WITH_TIMEOUT(console.window->location().object.has_value(), kLong);
        emit console.part<widgets::PropertyView>("details.overview")
            ->linkActivated(ui::linkTo("Pod", {"bakery-ia-prod", "bakery-ia", "orders-service-1", {}}));
        QTRY_COMPARE_WITH_TIMEOUT(console.pageId(), std::string("pods"), kLong);
        QCOMPARE(range(), QStringLiteral("15m"));
        console.trigger("go.events");
        QCOMPARE(range(), QStringLiteral("15m"));
        // A card of the fleet.
        console.trigger("go.fleet");
        QTRY_VERIFY_WITH_TIMEOUT(console.part<QAction>("card.bakery-ia-prod.openPods") != nullptr, kLong);
        console.part<QAction>("card.bakery-ia-prod.openPods")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(console.pageId(), std::string("pods"), kLong);
        QCOMPARE(range(), QStringLiteral("15m"));
        // A link from elsewhere that names no range means any time.
        QVERIFY(console.window->go(*ui::parseLocation("quarterdeck://events")));
        QCOMPARE(range(), QString());
    }

    void whatIsNoSpanCannotBeShownAndSaysWhy_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("remark");
        QTest::newRow("in order") << QStringLiteral("2026-03-14 02:00") << QStringLiteral("2026-03-14 03:12:40")
                                  << QStringLiteral("2026-03-14T02:00:00Z to 2026-03-14T03:12:40Z");
        QTest::newRow("whole days") << QStringLiteral("2026-03-13") << QStringLiteral("2026-03-14")
                                    << QStringLiteral("2026-03-13T00:00:00Z to 2026-03-14T00:00:00Z");
        QTest::newRow("with offsets") << QStringLiteral("2026-03-14T03:00:00+01:00")
                                      << QStringLiteral("2026-03-14T03:12:40Z")
                                      << QStringLiteral("2026-03-14T02:00:00Z to 2026-03-14T03:12:40Z");
        QTest::newRow("turned round") << QStringLiteral("2026-03-14 03:00") << QStringLiteral("2026-03-14 02:00")
                                      << QStringLiteral("“From” is after “To”.");
        QTest::newRow("no time") << QStringLiteral("yesterday") << QStringLiteral("2026-03-14 02:00")
                                 << QStringLiteral("“From” is no time. Write it like 2026-03-14 03:12:40.");
        QTest::newRow("no such day") << QStringLiteral("2026-03-14 02:00") << QStringLiteral("2026-02-30 02:00")
                                     << QStringLiteral("“To” is no time. Write it like 2026-03-14 03:12:40.");
    }
    void whatIsNoSpanCannotBeShownAndSaysWhy() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, remark);
        ui::TimeRangeDialog dialog({}, ui::ZoneChoice::Utc);
        dialog.findChild<QLineEdit*>(QStringLiteral("time-range.from"))->setText(from);
        dialog.findChild<QLineEdit*>(QStringLiteral("time-range.to"))->setText(to);
        QCOMPARE(dialog.findChild<widgets::TextLabel*>(QStringLiteral("time-range.remark"))->text(), remark);
        QCOMPARE(dialog.findChild<QAbstractButton*>(QStringLiteral("time-range.show"))->isEnabled(),
                 dialog.span().has_value());
        QCOMPARE(dialog.span().has_value(), remark.contains(QStringLiteral(" to 2026")));
    }
};

QTEST_MAIN(TestTimeRange)
#include "test_time_range.moc"
