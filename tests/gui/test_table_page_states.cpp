// The Pods page and each of its six states, its selection and its filter, with stores fed by hand.

#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "app/kube/errors.h"
#include "app/session/session_hub.h"
#include "tests/gui/fake_access.h"
#include "tests/ui/make_pod.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/table/state_banners.h"
#include "ui/pages/table/table_page.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/table_specs.h"
#include "ui/view_memory.h"
#include "widgets/filter_line.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"
#include "widgets/table_view.h"

using namespace quarterdeck;
using kube::Freshness;
using kube::FreshnessState;
using tests::live;
using tests::makePod;
using widgets::StatePanel;

namespace {

Freshness freshness(FreshnessState state, std::optional<Error> reason = {}) {
    return {state, Instant(std::chrono::seconds(1'700'000'000)), std::move(reason), std::nullopt};
}

Error forbidden() {
    return makeError(
        kube::kForbidden,
        {{"context", "dark"}, {"verb", "list"}, {"what", "pods in all namespaces"}, {"message", "user x cannot list"}});
}

/// A Pods page alone in a window, with what it needs.
class Stage {
public:
    Stage() {
        const std::string file = folder_.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(file) << "apiVersion: v1\nkind: Config\n";
        session::SessionHub::Options options;
        options.kubeconfigPath = file;
        options.clock = std::make_shared<SystemClock>();
        hub = std::make_unique<session::SessionHub>(std::move(options));
        scope = std::make_unique<ui::ViewScope>(access);
        page = std::make_unique<ui::TablePage>(ui::podTable(), ui::PageServices{*hub, access, *scope, actions, memory});
        page->resize(1200, 700);
    }
    void show() {
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    }
    [[nodiscard]] kube::ObjectStore& pods(const std::string& context) { return access.feed(context, kinds::podKind()); }
    template <class T>
    [[nodiscard]] T* part(const char* name) const {
        return page->findChild<T*>(QStringLiteral("page.pods.") + QString::fromUtf8(name));
    }
    [[nodiscard]] StatePanel* panel() const { return part<StatePanel>("panel"); }
    [[nodiscard]] widgets::TableView* table() const { return part<widgets::TableView>("table"); }
    [[nodiscard]] widgets::FilterLine* filter() const { return part<widgets::FilterLine>("filter"); }
    [[nodiscard]] QStringList banners() const { return part<ui::StateBanners>("banners")->sentences(); }
    [[nodiscard]] QString selected() const { return part<QLabel>("selected")->text(); }
    [[nodiscard]] QString shown(const char* header) const {
        return page->findChild<QLabel*>(QStringLiteral("header.") + QString::fromUtf8(header))->text();
    }
    void type(const char* text) {
        filter()->setFocus();
        filter()->selectAll();
        QTest::keyClicks(filter(), QString::fromUtf8(text));
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

/// What the panel says, all of it.
QString panelText(const StatePanel* panel) {
    QStringList texts;
    for (const QLabel* label : panel->findChildren<QLabel*>()) {
        texts += label->text();
    }
    for (const QPushButton* button : panel->findChildren<QPushButton*>()) {
        texts += button->isVisibleTo(panel) ? button->text() : QString();
    }
    return texts.join(QLatin1Char('\n'));
}

QPushButton* visibleButton(const StatePanel* panel, const QString& text) {
    for (QPushButton* button : panel->findChildren<QPushButton*>()) {
        if (button->isVisibleTo(panel) && button->text() == text) {
            return button;
        }
    }
    return nullptr;
}

}  // namespace

class TestTablePageStates : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void withoutAContextItSaysWhereToOpenOne() {
        Stage stage;
        stage.show();
        QTRY_COMPARE(stage.panel()->state(), StatePanel::State::Empty);  // once the kubeconfig was read
        QVERIFY(stage.panel()->isVisible());
        QSignalSpy go(stage.page.get(), &ui::Page::goRequested);
        QTest::mouseClick(visibleButton(stage.panel(), QStringLiteral("Go to Fleet")), Qt::LeftButton);
        QCOMPARE(go.count(), 1);
        QCOMPARE(go[0][0].value<ui::Location>().page, std::string("fleet"));
    }

    void loadingShowsBarsAndWhatIsAwaited() {
        Stage stage;
        stage.access.openContext("slow");
        stage.show();
        QTRY_COMPARE(stage.panel()->state(), StatePanel::State::Loading);
        QCOMPARE(stage.page->state(), FreshnessState::Loading);
        QVERIFY(!stage.table()->isVisible());
    }

    void liveShowsRowsAndCounts() {
        Stage stage;
        stage.access.openContext("a");
        stage.access.openContext("b");
        stage.show();
        stage.pods("a").replaceAll({makePod({"one"}), makePod({"two", "shop", kube::Health::Critical})}, live());
        stage.pods("b").replaceAll({makePod({"three"})}, live());
        QTRY_COMPARE(stage.page->rows(), 3);
        QVERIFY(stage.table()->isVisible());
        QCOMPARE(stage.page->state(), FreshnessState::Live);
        QCOMPARE(stage.shown("counts"), QStringLiteral("3 in 2 contexts · 2 ready"));
        QCOMPARE(stage.table()->model()->index(0, 1).data().toString(), QStringLiteral("two"));
        QVERIFY(stage.banners().isEmpty());
    }

    void emptySaysSoAndOffersAnotherTry() {
        Stage stage;
        stage.access.openContext("a");
        stage.show();
        stage.pods("a").replaceAll({}, freshness(FreshnessState::Live));
        QTRY_COMPARE(stage.panel()->state(), StatePanel::State::Empty);
        QCOMPARE(stage.page->state(), FreshnessState::Empty);
        QVERIFY(panelText(stage.panel()).contains(QStringLiteral("There are no pods.")));
        QTest::mouseClick(visibleButton(stage.panel(), QStringLiteral("Try again")), Qt::LeftButton);
        QCOMPARE(stage.access.retried, std::vector<std::string>{"a"});
    }

    void forbiddenNamesTheMissingVerbAndCopiesARequest() {
        Stage stage;
        stage.access.openContext("dark");
        stage.show();
        stage.pods("dark").setFreshness(freshness(FreshnessState::Forbidden, forbidden()));
        QTRY_COMPARE(stage.panel()->state(), StatePanel::State::Forbidden);
        QVERIFY(panelText(stage.panel()).contains(QStringLiteral("Needs list pods in all namespaces")));
        QTest::mouseClick(visibleButton(stage.panel(), QStringLiteral("Copy request")), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("list pods in all namespaces")));
    }

    void aForbiddenContextLeavesTheRowsOfOthers() {
        Stage stage;
        stage.access.openContext("a");
        stage.access.openContext("dark");
        stage.show();
        stage.pods("a").replaceAll({makePod({"one"})}, live());
        stage.pods("dark").setFreshness(freshness(FreshnessState::Forbidden, forbidden()));
        QTRY_COMPARE(stage.page->rows(), 1);
        QTRY_COMPARE(stage.banners().size(), 1);
        QVERIFY(stage.banners()[0].contains(QStringLiteral("dark")));
        QVERIFY(stage.table()->isVisible());
        QCOMPARE(stage.page->state(), FreshnessState::Forbidden);  // the worst of its parts
    }

    void staleKeepsTheRowsMutedWithABannerAndRetry() {
        Stage stage;
        stage.access.openContext("a");
        stage.show();
        stage.pods("a").replaceAll({makePod({"one"})}, live());
        QTRY_COMPARE(stage.page->rows(), 1);
        stage.pods("a").setFreshness(freshness(FreshnessState::Stale, makeError(kCancelled)));
        QTRY_COMPARE(stage.page->state(), FreshnessState::Stale);
        QCOMPARE(stage.page->rows(), 1);
        QCOMPARE(stage.banners().size(), 1);
        QVERIFY(stage.banners()[0].contains(QStringLiteral("a is stale")));
        auto* retry = stage.part<ui::StateBanners>("banners")->findChild<QPushButton*>();
        QVERIFY(retry != nullptr && retry->isVisible());
        QTest::mouseClick(retry, Qt::LeftButton);
        QCOMPARE(stage.access.retried, std::vector<std::string>{"a"});
        stage.pods("a").setFreshness(live());
        QTRY_VERIFY(stage.banners().isEmpty());
    }

    void failedGivesTheCauseRetryAndDetails() {
        Stage stage;
        stage.access.openContext("a");
        stage.show();
        stage.pods("a").setFreshness(freshness(
            FreshnessState::Failed,
            makeError(kube::kServerError,
                      {{"context", "a"}, {"status", "500"}, {"verb", "list"}, {"what", "pods"}, {"message", "boom"}})));
        QTRY_COMPARE(stage.panel()->state(), StatePanel::State::Failed);
        QVERIFY(panelText(stage.panel()).contains(QStringLiteral("boom")));
        QVERIFY(visibleButton(stage.panel(), QStringLiteral("Details")) != nullptr);
        QTest::mouseClick(visibleButton(stage.panel(), QStringLiteral("Retry")), Qt::LeftButton);
        QCOMPARE(stage.access.retried, std::vector<std::string>{"a"});
    }

    void aFilterThatHidesAllOffersToClearItself() {
        Stage stage;
        stage.access.openContext("a");
        stage.show();
        stage.pods("a").replaceAll({makePod({"one"}), makePod({"two"})}, live());
        QTRY_COMPARE(stage.page->rows(), 2);
        stage.type("nothing-like-it");
        QTRY_COMPARE(stage.panel()->state(), StatePanel::State::Empty);
        QTRY_VERIFY(stage.panel()->isVisible());
        QTest::mouseClick(visibleButton(stage.panel(), QStringLiteral("Clear filter")), Qt::LeftButton);
        QTRY_COMPARE(stage.page->rows(), 2);
        QVERIFY(stage.filter()->text().isEmpty());
        QVERIFY(stage.table()->isVisible());
    }

    void aFaultyTermSaysWhyAndTheOthersHold() {
        Stage stage;
        stage.access.openContext("a");
        stage.show();
        stage.pods("a").replaceAll({makePod({"one"}), makePod({"two"})}, live());
        QTRY_COMPARE(stage.page->rows(), 2);
        stage.type("one is:odd");
        QTRY_VERIFY(stage.page->isSettled());
        QVERIFY(stage.page->footText().contains(QStringLiteral("is:unhealthy")));  // what there is
        QCOMPARE(stage.page->rows(), 1);
        QVERIFY(!stage.part<widgets::FilterLine>("filter")->error().isEmpty());
    }

    void selectionSurvivesTheFilterAndSaysWhatIsHidden() {
        Stage stage;
        stage.access.openContext("a");
        stage.show();
        std::vector<kube::ObjectPtr> pods;
        for (int i = 0; i < 12; ++i) {
            pods.push_back(makePod({(i < 3 ? "hidden-" : "kept-") + std::to_string(i)}));
        }
        stage.pods("a").replaceAll(pods, live());
        QTRY_COMPARE(stage.page->rows(), 12);
        stage.table()->selectAll();
        QCOMPARE(stage.selected(), QStringLiteral("12 selected"));
        stage.type("kept");
        QTRY_COMPARE(stage.page->rows(), 9);
        QCOMPARE(stage.selected(), QStringLiteral("12 selected, 3 hidden by the filter"));
        // A selected pod is deleted in the cluster: it is selected no more.
        stage.pods("a").remove("uid-shop-hidden-0", live());
        QTRY_COMPARE(stage.selected(), QStringLiteral("11 selected, 2 hidden by the filter"));
        stage.filter()->clear();
        stage.type(" ");
        QTRY_COMPARE(stage.selected(), QStringLiteral("11 selected"));
        QCOMPARE(stage.table()->selectedUids().size(), 11);
    }

    void selectionFollowsTheRowThroughSorting() {
        Stage stage;
        stage.access.openContext("a");
        stage.show();
        stage.pods("a").replaceAll({makePod({"a"}), makePod({"b"}), makePod({"c"})}, live());
        QTRY_COMPARE(stage.page->rows(), 3);
        stage.table()->selectRow(0);
        QCOMPARE(stage.table()->selectedUids(), QStringList{QStringLiteral("a/uid-shop-a")});
        emit stage.table()->sortRequested(ui::podTable().columnIndex("name"), Qt::AscendingOrder);
        emit stage.table()->sortRequested(ui::podTable().columnIndex("name"), Qt::DescendingOrder);
        QTRY_COMPARE(stage.table()->model()->index(2, 1).data().toString(), QStringLiteral("a"));
        QCOMPARE(stage.table()->selectedUids(), QStringList{QStringLiteral("a/uid-shop-a")});
        QCOMPARE(stage.table()->currentIndex().row(), 2);
    }

    void aSelectedRowStaysWhereItIsWhileOthersChange() {
        Stage stage;
        stage.access.openContext("a");
        stage.show();
        stage.pods("a").replaceAll({makePod({"a"}), makePod({"b"}), makePod({"c"})}, live());
        QTRY_COMPARE(stage.page->rows(), 3);
        stage.table()->selectRow(1);
        stage.pods("a").upsert(makePod({"c", "shop", kube::Health::Critical, 0, {}, "2"}), live());
        QTRY_COMPARE(stage.table()->model()->index(0, 1).data().toString(), QStringLiteral("c"));
        QCOMPARE(stage.table()->model()->index(1, 1).data().toString(), QStringLiteral("b"));
        QCOMPARE(stage.table()->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(stage.table()->selectionModel()->selectedRows()[0].row(), 1);
    }

    void onlyFaultsIsAFilterOneCanSee() {
        Stage stage;
        stage.access.openContext("a");
        stage.show();
        stage.pods("a").replaceAll({makePod({"one"}), makePod({"bad", "shop", kube::Health::Critical})}, live());
        QTRY_COMPARE(stage.page->rows(), 2);
        stage.page->toggleFaults();
        QCOMPARE(stage.filter()->text(), QStringLiteral("is:unhealthy"));
        QTRY_COMPARE(stage.page->rows(), 1);
        QCOMPARE(stage.page->footText(), QStringLiteral("1 of 2 shown, 1 hidden by the filter"));
        stage.page->toggleFaults();
        QVERIFY(stage.filter()->text().isEmpty());
        QTRY_COMPARE(stage.page->rows(), 2);
    }

    void rowsAndNamesAreCopied() {
        Stage stage;
        stage.access.openContext("a");
        stage.show();
        stage.pods("a").replaceAll({makePod({"one"}), makePod({"two"})}, live());
        QTRY_COMPARE(stage.page->rows(), 2);
        stage.table()->selectAll();
        stage.page->copyName();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("one\ntwo"));
        stage.page->copy();
        const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(QStringLiteral("Running\tone\ta\tshop\t1/1\t0\t20")));
    }

    void theShownRowsAreExportedAsCsv() {
        Stage stage;
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.csv"));
        QString suggested;
        stage.page->setFileChooser([&](const QString& name, const std::function<void(const QString&)>& chosen) {
            suggested = name;
            chosen(path);
        });
        stage.access.openContext("a");
        stage.show();
        stage.pods("a").replaceAll({makePod({"one"}), makePod({"two"})}, live());
        stage.type("two");
        QTRY_COMPARE(stage.page->rows(), 1);
        stage.page->exportCsv();
        QCOMPARE(suggested, QStringLiteral("pods.csv"));
        QTRY_VERIFY(stage.page->footText().contains(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("two"));
        QVERIFY(!text.contains("one"));
    }

    void aContextThatClosesTakesItsRowsAlong() {
        Stage stage;
        stage.access.openContext("a");
        stage.access.openContext("b");
        stage.show();
        stage.pods("a").replaceAll({makePod({"one"})}, live());
        stage.pods("b").replaceAll({makePod({"two"})}, live());
        QTRY_COMPARE(stage.page->rows(), 2);
        stage.access.closeContext("b");
        QTRY_COMPARE(stage.page->rows(), 1);
        stage.scope->setContexts({"b"});  // nothing that is open
        QTRY_COMPARE(stage.page->rows(), 0);
        stage.scope->setContexts({});
        QTRY_COMPARE(stage.page->rows(), 1);
    }

    void aHiddenPageAsksForNothing() {
        Stage stage;
        stage.access.openContext("a");
        stage.pods("a").replaceAll({makePod({"one"})}, live());
        const auto store = stage.access.store("a", kinds::podKind());
        const long idle = store.use_count();
        stage.show();
        QTRY_COMPARE(stage.page->rows(), 1);
        QVERIFY(store.use_count() > idle);
        stage.page->hide();
        QCOMPARE(store.use_count(), idle);
    }
};

QTEST_MAIN(TestTablePageStates)
#include "test_table_page_states.moc"
