// Columns, chips and completion of the Pods page, and times and selection as a person meets them there.

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "app/session/session_hub.h"
#include "tests/gui/fake_access.h"
#include "tests/ui/make_pod.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/table/table_header.h"
#include "ui/pages/table/table_page.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/table_specs.h"
#include "ui/view_memory.h"
#include "widgets/filter_line.h"
#include "widgets/filter_line_chip.h"
#include "widgets/style.h"
#include "widgets/table_roles.h"
#include "widgets/table_view.h"

using namespace quarterdeck;
using tests::live;
using tests::makePod;

namespace {

class Stage {
public:
    explicit Stage(std::string columns = {}) {
        const std::string file = folder_.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(file) << "apiVersion: v1\nkind: Config\n";
        session::SessionHub::Options options;
        options.kubeconfigPath = file;
        options.clock = std::make_shared<SystemClock>();
        hub = std::make_unique<session::SessionHub>(std::move(options));
        scope = std::make_unique<ui::ViewScope>(access);
        memory.put("pods.columns", std::move(columns));
        page = makePage();
        page->show();
        page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
    }
    std::unique_ptr<ui::TablePage> makePage() {
        auto one =
            std::make_unique<ui::TablePage>(ui::podTable(), ui::PageServices{*hub, access, *scope, actions, memory});
        one->resize(1200, 600);
        return one;
    }
    void fill(std::vector<kube::ObjectPtr> pods) {
        const auto count = static_cast<int>(pods.size());
        access.openContext("prod");
        access.feed("prod", kinds::podKind()).replaceAll(std::move(pods), live());
        QTRY_COMPARE(page->rows(), count);
    }
    template <class T>
    [[nodiscard]] T* part(const char* name) const {
        return page->findChild<T*>(QStringLiteral("page.pods.") + QString::fromUtf8(name));
    }
    [[nodiscard]] widgets::TableView* table() const { return part<widgets::TableView>("table"); }
    [[nodiscard]] widgets::FilterLine* filter() const { return part<widgets::FilterLine>("filter"); }
    [[nodiscard]] QString selected() const { return part<QLabel>("selected")->text(); }
    void type(const char* text) {
        page->focusFilter();
        QTest::keyClicks(filter()->edit(), QString::fromUtf8(text));
    }
    [[nodiscard]] QStringList offered() const {
        QStringList texts;
        for (int i = 0; filter()->popup()->isVisible() && i < filter()->popup()->count(); ++i) {
            texts += filter()->popup()->item(i)->text();
        }
        return texts;
    }

private:
    QTemporaryDir folder_;

public:
    std::unique_ptr<session::SessionHub> hub;
    tests::FakeAccess access;
    ui::ViewMemory memory;
    ui::ActionRegistry actions{ui::windowActions()};
    std::unique_ptr<ui::ViewScope> scope;
    std::unique_ptr<ui::TablePage> page;
};

int col(const char* id) {
    const int column = ui::podTable().columnIndex(id);
    if (column < 0) {
        QTest::qFail(qPrintable(QStringLiteral("no column has the id “%1”").arg(QString::fromUtf8(id))), __FILE__,
                     __LINE__);
    }
    return column;
}

}  // namespace

class TestTablePageColumns : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void aColumnChosenByKeyboardIsThereInTheNextWindow() {
        Stage stage;
        QVERIFY(stage.table()->isColumnHidden(col("qos")));
        stage.part<QPushButton>("columns")->setFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.part<QPushButton>("columns"), Qt::Key_Space);
        auto* list = stage.page->findChild<QListWidget*>(QStringLiteral("columns.list"));
        QTRY_VERIFY(list->isVisible());
        while (list->currentItem()->text() != QStringLiteral("QoS")) {
            const int before = list->currentRow();
            QTest::keyClick(list, Qt::Key_Down);
            QVERIFY(list->currentRow() != before);
        }
        QTest::keyClick(list, Qt::Key_Space);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QTest::keyClick(list, Qt::Key_Escape);
        QVERIFY(!stage.table()->isColumnHidden(col("qos")));
        QVERIFY(!stage.memory.get("pods.columns").empty());
        const auto next = stage.makePage();
        const auto* table = next->findChild<widgets::TableView*>();
        QVERIFY(!table->isColumnHidden(col("qos")));
        QCOMPARE(table->columnPlaces(), stage.table()->columnPlaces());
    }

    void resetGivesTheTablesOwnColumnsBack() {
        Stage stage("name:300 -status age ip nonsense");
        QCOMPARE(stage.table()->columnPlaces().first().column, col("name"));
        QCOMPARE(stage.table()->columnWidth(col("name")), 300);
        QVERIFY(stage.table()->isColumnHidden(col("status")));
        QTest::mouseClick(stage.part<QPushButton>("columns"), Qt::LeftButton);
        QTest::mouseClick(stage.page->findChild<QPushButton*>(QStringLiteral("columns.reset")), Qt::LeftButton);
        QVERIFY(!stage.table()->isColumnHidden(col("status")));
        QVERIFY(stage.table()->isColumnHidden(col("ip")));
        QCOMPARE(stage.table()->columnPlaces().first().column, col("status"));
        QVERIFY(stage.memory.get("pods.columns").empty());
    }

    void sortingByAHiddenColumnIsSaid() {
        Stage stage("name age -restarts");
        stage.fill({makePod({"a"}), makePod({"b", "shop", kube::Health::Good, 7})});
        ui::Location place;
        place.sort = ui::SortOrder{"restarts", true};
        stage.page->visit(place);
        QTRY_COMPARE(stage.page->model().objectAt(0)->meta.name, std::string("b"));
        const auto* header = stage.page->findChild<ui::TableHeader*>();
        QVERIFY2(header->countsText().contains(QStringLiteral("sorted by Restarts")), qPrintable(header->countsText()));
        place.sort = ui::SortOrder{"name", false};
        stage.page->visit(place);
        QVERIFY(!header->countsText().contains(QStringLiteral("sorted by")));
    }

    void namespacesAndLabelsOfTheRowsAreOffered() {
        Stage stage;
        stage.fill({makePod({"a", "bakery", kube::Health::Good, 0, {{"app", "orders"}}}), makePod({"b", "shop"})});
        stage.type("ns:");
        QTRY_COMPARE(stage.offered(), (QStringList{QStringLiteral("ns:bakery"), QStringLiteral("ns:shop")}));
        QTest::keyClick(stage.filter()->edit(), Qt::Key_Down);
        QTest::keyClick(stage.filter()->edit(), Qt::Key_Return);
        QCOMPARE(stage.filter()->text().trimmed(), QStringLiteral("ns:bakery"));
        QTRY_COMPARE(stage.page->rows(), 1);
        ui::Location place;
        stage.page->describe(place);
        QCOMPARE(QString::fromStdString(place.filter).trimmed(), QStringLiteral("ns:bakery"));
        QTest::keyClicks(stage.filter()->edit(), QStringLiteral("app="));
        QTRY_COMPARE(stage.offered(), QStringList{QStringLiteral("app=orders")});
    }

    void aWrongComparisonIsAChipAndSaidBelow() {
        Stage stage;
        stage.fill({makePod({"a", "shop", kube::Health::Good, 5}), makePod({"b"})});
        stage.type("restarts>3 age<soon ");
        QTRY_COMPARE(stage.page->rows(), 1);  // what is right holds
        QCOMPARE(stage.filter()->chips().size(), 2);
        QVERIFY(stage.filter()->chips().at(0)->error().isEmpty());
        QVERIFY(stage.filter()->chips().at(1)->error().contains(QStringLiteral("age<1h")));
        QVERIFY(stage.page->footText().contains(QStringLiteral("age<1h")));
        QTest::keyClick(stage.filter()->edit(), Qt::Key_Left);
        QTest::keyClick(stage.filter()->chips().at(1), Qt::Key_Delete);
        QVERIFY(stage.filter()->error().isEmpty());
    }

    void rowsLeaveAFilterByAgeAsTimeGoesOn() {
        Stage stage;
        stage.access.now = Instant(std::chrono::seconds(1'700'000'050));
        stage.fill({makePod({"old",
                             "shop",
                             kube::Health::Good,
                             0,
                             {},
                             "1",
                             "Running",
                             Instant(std::chrono::seconds(1'699'990'000))}),
                    makePod({"young"})});
        stage.type("age<1m");
        QTRY_COMPARE(stage.page->rows(), 1);
        stage.access.now += std::chrono::minutes(5);  // the server's clock, not ours
        auto& model = const_cast<ui::ResourceTableModel&>(stage.page->model());
        for (int second = 0; second < 5; ++second) {
            model.tick(0, 0);
        }
        QTRY_COMPARE(stage.page->rows(), 0);
    }

    void agesGoByTheServersClockAndCopiesAreIso() {
        Stage stage("name age restarts");
        stage.access.now = Instant(std::chrono::seconds(1'700'000'000 + 7'200));
        stage.scope->setZone(ui::ZoneChoice::Utc);
        stage.fill({makePod({"a", "shop", kube::Health::Good, 1234})});
        const auto* model = stage.table()->model();
        QCOMPARE(model->index(0, col("age")).data().toString(), QStringLiteral("120m"));
        stage.access.now += std::chrono::hours(1);
        QCOMPARE(model->index(0, col("age")).data().toString(), QStringLiteral("3h"));
        stage.table()->selectRow(0);
        stage.table()->setFocus();
        QTest::keyClick(stage.table(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY2(QGuiApplication::clipboard()->text().contains(QStringLiteral("\t2023-11-14T22:13:20Z\t\t1234")),
                 qPrintable(QGuiApplication::clipboard()->text()));
        const QString tip = model->index(0, col("age")).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(QStringLiteral("2023-11-14T22:13:20Z")) && tip.contains(QStringLiteral("UTC")));
    }

    void theZoneIsSwitchedForCopiesAndToolTips() {
        qputenv("TZ", "Asia/Kolkata");
        tzset();
        Stage stage("name age");
        stage.scope->setZone(ui::ZoneChoice::Local);
        stage.fill({makePod({"a"})});
        const QModelIndex age = stage.table()->model()->index(0, col("age"));
        QCOMPARE(age.data(widgets::CopyTextRole).toString(), QStringLiteral("2023-11-15T03:43:20+05:30"));
        stage.scope->setZone(ui::ZoneChoice::Utc);
        QCOMPARE(age.data(widgets::CopyTextRole).toString(), QStringLiteral("2023-11-14T22:13:20Z"));
        qputenv("TZ", "UTC");
        tzset();
    }

    void aLargeSelectionSurvivesUpdatesAndFilters() {
        Stage stage;
        std::vector<kube::ObjectPtr> pods;
        for (int i = 0; i < 500; ++i) {
            pods.push_back(makePod({(i % 5 == 0 ? "hidden-" : "kept-") + std::to_string(i)}));
        }
        stage.fill(pods);
        stage.table()->setFocus();
        QTest::keyClick(stage.table(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(stage.selected(), QStringLiteral("500 selected"));
        stage.type("kept");
        QTRY_COMPARE(stage.page->rows(), 400);
        QCOMPARE(stage.selected(), QStringLiteral("500 selected, 100 hidden by the filter"));
        std::vector<kube::ObjectPtr> next;
        for (int i = 0; i < 500; i += 2) {
            next.push_back(makePod(
                {(i % 5 == 0 ? "hidden-" : "kept-") + std::to_string(i), "shop", kube::Health::Warning, 3, {}, "2"}));
        }
        stage.access.feed("prod", kinds::podKind()).replaceAll(next, live());
        QTRY_COMPARE(stage.page->rows(), 200);
        QCOMPARE(stage.selected(), QStringLiteral("250 selected, 50 hidden by the filter"));
        QTest::keyClick(stage.filter()->edit(), Qt::Key_Escape);
        QTRY_COMPARE(stage.page->rows(), 250);
        QCOMPARE(stage.selected(), QStringLiteral("250 selected"));
        QCOMPARE(stage.table()->selectedUids().size(), 250);
    }
};

QTEST_MAIN(TestTablePageColumns)
#include "test_table_page_columns.moc"
