// The real window with the text at 150 %: nothing is cut, and beside the open drawer the table still tells what a
// person looks for first.

#include <QHeaderView>
#include <QTest>

#include "tests/gui/demo_console.h"
#include "tests/gui/layout_check.h"
#include "ui/pages/page_catalog.h"
#include "ui/pages/table/table_page.h"
#include "widgets/button.h"
#include "widgets/details_drawer.h"
#include "widgets/navigation_rail.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

constexpr double kLarge = 1.5;
constexpr int kLong = 60'000;

int columnOf(const Console& console, const char* id) {
    const int column = static_cast<const ui::TablePage*>(console.window->page())->model().spec().columnIndex(id);
    if (column < 0) {
        QTest::qFail(qPrintable(QStringLiteral("no column has the id “%1”").arg(QString::fromUtf8(id))), __FILE__,
                     __LINE__);
    }
    return column;
}

bool shows(const Console& console, const char* id) {
    return !console.table()->isColumnHidden(columnOf(console, id));
}

}  // namespace

class TestLargeText : public QObject {
    Q_OBJECT

private slots:
    void init() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, true), kLarge); }
    void cleanup() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void everyPageFits_data() {
        QTest::addColumn<QString>("page");
        for (const ui::PageEntry& entry : ui::pageCatalog()) {
            if (entry.make != nullptr) {
                QTest::newRow(entry.id) << QString::fromUtf8(entry.id);
            }
        }
    }
    void everyPageFits() {
        QFETCH(QString, page);
        constexpr QSize size(1280, 720);
        const Console console(page.toStdString(), true, "crash-loop");
        console.showKind(page.toStdString());
        console.window->resize(size);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(console.window->size(), size);
        QStringList faults = layoutFaults(console.window.get());
        if (widgets::TableView* table = console.table()) {
            table->setFocus();
            table->setCurrentIndex(table->model()->index(0, 0));
            QTest::keyClick(table, Qt::Key_Space);
            console.trigger("details.open");
            QCoreApplication::sendPostedEvents();
            faults += layoutFaults(console.window.get());
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void besideTheDrawerTheNamesStayAndTheRestFolds() {
        const Console console("pods");
        console.window->resize(1280, 720);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        console.openFirstRow();
        const widgets::TableView* table = console.table();
        auto* drawer = console.window->page()->findChild<widgets::DetailsDrawer*>();
        QTRY_VERIFY(drawer != nullptr && drawer->isVisible());
        QTRY_VERIFY(!table->foldedColumns().isEmpty());
        QVERIFY(shows(console, "status"));
        QVERIFY(shows(console, "name"));
        QVERIFY(!shows(console, "node"));
        QVERIFY(table->horizontalHeader()->length() <= table->viewport()->width());
        QVERIFY(table->columnWidth(columnOf(console, "name")) >= widgets::scaledPx(table, 200));
        // It is said where the columns are chosen, in words too.
        const auto* button = console.part<QAbstractButton>("page.pods.columns");
        QCOMPARE(button->text(), QStringLiteral("+%1 columns").arg(table->foldedColumns().size()));
        QVERIFY(button->accessibleDescription().contains(QStringLiteral("Node")));
        console.trigger("details.close");
        QTRY_VERIFY(!drawer->isVisible());
        console.window->resize(1920, 900);
        QTRY_VERIFY(table->foldedColumns().isEmpty());
        QVERIFY(shows(console, "node"));
        QCOMPARE(button->text(), QStringLiteral("Columns"));
        QVERIFY(button->accessibleDescription().isEmpty());
    }

    void theRailAndTheDetailsKeepTheirProportion() {
        widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false));
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        const auto* rail = console.window->findChild<widgets::NavigationRail*>();
        console.openFirstRow();
        auto* drawer = console.window->page()->findChild<widgets::DetailsDrawer*>();
        QTRY_VERIFY(drawer != nullptr && drawer->isVisible());
        QVERIFY(!rail->isCollapsed());
        QTRY_COMPARE(drawer->width(), 380);
        // 1440 pixels of large text are as narrow as 960.
        widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false), kLarge);
        QTRY_VERIFY(rail->isCollapsed());
        QTRY_COMPARE(drawer->width(), 570);
        widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false));
        QTRY_VERIFY(!rail->isCollapsed());
        QTRY_COMPARE(drawer->width(), 380);
    }

    void theNamespacesButtonShowsThatItOpensAList() {
        const Console console("pods");
        auto* button = console.part<widgets::Button>("topbar.namespaces");
        widgets::Button plain(button->text(), button->iconName(), button->kind());
        QVERIFY(button->sizeHint().width() > plain.sizeHint().width());
        button->click();
        const auto* list = console.part<QWidget>("namespaces");
        QVERIFY(list->isVisible());
        QCOMPARE(list->width(), 450);
    }
};

QTEST_MAIN(TestLargeText)
#include "test_large_text.moc"
