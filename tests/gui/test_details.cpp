// The drawer beside the lists: on the demo platform by real keys, and alone with stores fed by hand.

#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "app/kinds/event.h"
#include "app/kube/kube_client.h"
#include "tests/fakes/scripted_channel.h"
#include "tests/gui/demo_console.h"
#include "tests/gui/fake_access.h"
#include "tests/ui/make_pod.h"
#include "ui/pages/table/table_page.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/table_specs.h"
#include "ui/view_memory.h"
#include "widgets/code_view.h"
#include "widgets/details_drawer.h"
#include "widgets/property_list.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;
using widgets::DetailsDrawer;

namespace {

/// A container of the incident lives for twenty seconds before it fails, and backs off after that.
constexpr int kIncidentPatience = 90'000;

/// Everything that can be read under a widget, one text per line.
QString textOf(const QWidget* widget) {
    QStringList texts;
    for (const QWidget* part : widget->findChildren<QWidget*>()) {
        if (part->isVisibleTo(widget)) {
            texts += {part->accessibleName(), part->property("text").toString()};
        }
    }
    return texts.join(QLatin1Char('\n'));
}

DetailsDrawer* drawerOf(const QWidget* page) {
    return page->findChild<DetailsDrawer*>();
}

QString overviewOf(const QWidget* page) {
    return textOf(drawerOf(page)->findChild<QWidget*>(QStringLiteral("details.overview")));
}

int rowWith(const Console& console, const char* text) {
    const QAbstractItemModel* model = console.table()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        for (int column = 0; column < 2; ++column) {
            if (console.cell(row, column).startsWith(QString::fromUtf8(text))) {
                return row;
            }
        }
    }
    return -1;
}

/// Leads the keyboard to a row of the list.
void goToRow(const Console& console, int row) {
    console.table()->setFocus();
    console.table()->setCurrentIndex(console.table()->model()->index(row, 0));
}

std::shared_ptr<kinds::Event> makeEvent(int number, const kinds::Pod& pod) {
    auto event = std::make_shared<kinds::Event>();
    event->meta.name = "event-" + std::to_string(number);
    event->meta.uid = "event-" + std::to_string(number);
    event->meta.resourceVersion = "1";
    event->reason = tests::pool().intern("BackOff");
    event->message = "message " + std::to_string(number);
    event->warning = true;
    event->subject.kind = tests::pool().intern("Pod");
    event->subject.name = pod.meta.name;
    event->subject.uid = pod.meta.uid;
    event->lastSeen = Instant(std::chrono::seconds(1'700'000'000 + number));
    return event;
}

/// A Pods page alone in a window.
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
        access.openContext("prod", true);
    }
    void show() {
        page = std::make_unique<ui::TablePage>(ui::podTable(), ui::PageServices{*hub, access, *scope, actions, memory});
        page->resize(1400, 800);
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    }
    [[nodiscard]] kube::ObjectStore& pods() { return access.feed("prod", kinds::podKind()); }
    [[nodiscard]] widgets::TableView* table() const { return page->findChild<widgets::TableView*>(); }
    [[nodiscard]] DetailsDrawer* drawer() const { return drawerOf(page.get()); }
    void open(int row) const {
        table()->setFocus();
        table()->setCurrentIndex(table()->model()->index(row, 0));
        QTest::keyClick(table(), Qt::Key_Return);
    }
    [[nodiscard]] ui::Location place() const {
        ui::Location place;
        page->describe(place);
        return place;
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

std::vector<kube::ObjectPtr> somePods(int count) {
    std::vector<kube::ObjectPtr> pods;
    for (int i = 0; i < count; ++i) {
        pods.push_back(tests::makePod({"pod-" + std::to_string(10'000 + i)}));
    }
    return pods;
}

}  // namespace

class TestDetails : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void theKeyboardAloneFindsWhyAPodCrashes() {
        const Console console("pods", true, "crash-loop");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        QVERIFY(console.demo->startIncident("bad-image").has_value());
        // The image that cannot be pulled: the server's own words.
        QTRY_VERIFY_WITH_TIMEOUT(rowWith(console, "Image missing") >= 0, kIncidentPatience);
        goToRow(console, rowWith(console, "Image missing"));
        QTest::keyClick(console.table(), Qt::Key_Space);
        const QWidget* page = console.window->page();
        QVERIFY(drawerOf(page)->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(overviewOf(page).contains(QStringLiteral("1.8.5-rc1 cannot be pulled")), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(overviewOf(page).contains(QStringLiteral(": not found")), kPatience);
        // The keyboard stays in the list; another row is another object.
        QTRY_VERIFY_WITH_TIMEOUT(rowWith(console, "Crash loop") >= 0, kIncidentPatience);
        QVERIFY(console.table()->hasFocus());
        goToRow(console, std::max(0, rowWith(console, "Crash loop") - 1));
        QTest::keyClick(console.table(), rowWith(console, "Crash loop") == 0 ? Qt::Key_Home : Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(overviewOf(page).contains(QStringLiteral("xit")), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(overviewOf(page).contains(QStringLiteral("with code 1")), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(overviewOf(page).contains(QStringLiteral("orders-service:2.9.0")), kPatience);
        const auto object = console.window->location().object;
        QVERIFY(object.has_value());
        QVERIFY(object->name.starts_with("orders-service-"));
        QVERIFY(!object->uid.empty());
        // Once it has restarted often enough the numbers carry the sentence.
        QTRY_VERIFY_WITH_TIMEOUT(overviewOf(page).contains(QStringLiteral("s after each start")), kIncidentPatience);
        // YAML, by keys.
        QTest::keyClick(console.window.get(), Qt::Key_PageDown, Qt::AltModifier);
        QCOMPARE(drawerOf(page)->currentTab(), QStringLiteral("yaml"));
        auto* yaml = page->findChild<widgets::CodeView*>();
        QTRY_VERIFY_WITH_TIMEOUT(yaml->text().startsWith(QStringLiteral("apiVersion: v1\nkind: Pod\n")), kPatience);
        QVERIFY(!yaml->text().contains(QStringLiteral("managedFields")));
        // Its name, and back.
        page->findChild<QAction*>(QStringLiteral("details.copyName"))->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("orders-service-")));
        QTest::keyClick(console.table(), Qt::Key_Escape);
        QVERIFY(!drawerOf(page)->isVisible());
        QVERIFY(console.table()->hasFocus());
        QVERIFY(!console.window->location().object.has_value());
    }

    void linksLeadToOtherPagesAndBackOpensTheDrawerAgain() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        goToRow(console, 3);
        QTest::keyClick(console.table(), Qt::Key_Return);
        const auto pod = console.window->location().object;
        QVERIFY(pod.has_value());
        auto* overview = console.window->page()->findChild<widgets::PropertyView*>(QStringLiteral("details.overview"));
        emit overview->linkActivated(QString::fromStdString(
            ui::formatLocation({"nodes", {}, {}, ui::ObjectReference{pod->context, "", "mk8s-01", ""}, {}, {}})));
        QTRY_COMPARE(console.pageId(), std::string("nodes"));
        QTRY_VERIFY(drawerOf(console.window->page())->isVisible());
        const auto nodes = console.window->location().object;
        QVERIFY(nodes.has_value());
        QCOMPARE(nodes->name, std::string("mk8s-01"));
        QTest::keyClick(console.window.get(), Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(console.pageId(), std::string("pods"));
        QVERIFY(drawerOf(console.window->page())->isVisible());
        QVERIFY(console.window->location().object == pod);
        // The other page remembers by itself that its drawer was not opened by the person.
        QTest::keyClick(console.window.get(), Qt::Key_3, Qt::ControlModifier);
        QTRY_COMPARE(console.pageId(), std::string("nodes"));
        QVERIFY(!drawerOf(console.window->page())->isVisible());
    }

    void aPageRemembersItsDrawer() {
        Stage stage;
        stage.pods().replaceAll(somePods(3), tests::live());
        stage.memory.put("pods.drawer", "open=1 width=444 tab=events");
        stage.show();
        stage.page->visit({});
        QTRY_VERIFY(stage.place().object.has_value());
        QVERIFY(stage.drawer()->isVisible());
        QCOMPARE(stage.drawer()->preferredWidth(), 444);
        QCOMPARE(stage.drawer()->currentTab(), QStringLiteral("events"));
        stage.drawer()->setPreferredWidth(500);
        stage.drawer()->setCurrentTab(QStringLiteral("related"));
        QCOMPARE(stage.memory.get("pods.drawer"), std::string("open=1 width=500 tab=related"));
        QTest::keyClick(stage.table(), Qt::Key_Escape);
        QCOMPARE(stage.memory.get("pods.drawer"), std::string("open=0 width=500 tab=related"));
    }

    void unreadableMemoryIsSkipped() {
        Stage stage;
        stage.memory.put("pods.drawer", "open=x width=99999999999 tab=nonsense =");
        stage.show();
        stage.page->visit({});
        QVERIFY(!stage.drawer()->isVisible());
        QCOMPARE(stage.drawer()->preferredWidth(), 380);
        QCOMPARE(stage.drawer()->currentTab(), QStringLiteral("overview"));
    }

    void anObjectThatIsGoneStaysMarkedAndItsSuccessorIsAnother() {
        Stage stage;
        stage.pods().replaceAll(somePods(3), tests::live());
        stage.show();
        QTRY_COMPARE(stage.page->rows(), 3);
        stage.open(1);
        const auto object = stage.place().object;
        QVERIFY(object.has_value());
        QTRY_VERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("Namespace")));
        stage.pods().remove(object->uid, tests::live());
        QTRY_VERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("It no longer exists")));
        QVERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("Namespace")));
        auto next = tests::makePod({object->name});
        next->meta.uid = "another";
        stage.pods().upsert(next, tests::live());
        QTRY_VERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("Show the new one")));
        QCOMPARE(stage.place().object->uid, object->uid);
        QSignalSpy go(stage.page.get(), &ui::Page::goRequested);
        emit stage.page->findChild<widgets::PropertyView*>(QStringLiteral("details.overview"))
            ->noticeAction(QStringLiteral("successor"));
        QCOMPARE(go.count(), 1);
        QCOMPARE(go[0][0].value<ui::Location>().object->uid, std::string("another"));
    }

    void aLinkToWhatDoesNotExistSaysSo() {
        Stage stage;
        stage.pods().replaceAll(somePods(2), tests::live());
        stage.show();
        ui::Location place;
        place.object = ui::ObjectReference{"prod", "shop", "nobody", ""};
        stage.page->visit(place);
        QVERIFY(stage.drawer()->isVisible());
        QTRY_VERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("It does not exist, or no longer")));
        // By its name alone what does exist is found, and the list goes there.
        place.object->name = "pod-10001";
        stage.page->visit(place);
        QTRY_COMPARE(stage.place().object->uid, std::string("uid-shop-pod-10001"));
        QTRY_COMPARE(stage.table()->currentUid(), QStringLiteral("prod/uid-shop-pod-10001"));
    }

    void staleAndClosedAreSaid() {
        Stage stage;
        stage.pods().replaceAll(somePods(2), tests::live());
        stage.show();
        QTRY_COMPARE(stage.page->rows(), 2);
        stage.open(0);
        kube::Freshness stale = tests::live();
        stale.state = kube::FreshnessState::Stale;
        stale.reason = makeError(kCancelled);
        stage.pods().setFreshness(stale);
        QTRY_VERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("Out of date")));
        stage.access.closeContext("prod");
        QTRY_VERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("The context is closed")));
        QVERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("Namespace")));
    }

    void aFailedReadSaysWhyAndCanBeRepeated() {
        Stage stage;
        auto channel = std::make_shared<fakes::ScriptedChannel>();
        channel->answer({403, "{\"kind\":\"Status\",\"message\":\"user x may not\"}"});
        stage.access.kubeClient = std::make_shared<kube::KubeClient>(channel, "prod");
        stage.pods().replaceAll(somePods(2), tests::live());
        stage.show();
        QTRY_COMPARE(stage.page->rows(), 2);
        stage.open(0);
        QTRY_VERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("user x may not")));
        const std::string uid = stage.place().object->uid;
        channel->answer(
            {200,
             nlohmann::json{
                 {"kind", "Pod"},
                 {"metadata",
                  {{"uid", uid}, {"resourceVersion", "1"}, {"annotations", {{"big", std::string(1'000'000, 'x')}}}}},
                 {"spec", {{"serviceAccountName", "robot"}}}}
                 .dump()});
        emit stage.page->findChild<widgets::PropertyView*>(QStringLiteral("details.overview"))
            ->linkActivated(QStringLiteral("action:retry"));
        QTRY_VERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("robot")));
        stage.drawer()->setCurrentTab(QStringLiteral("yaml"));
        QVERIFY(
            stage.page->findChild<widgets::CodeView*>()->text().contains(QStringLiteral("serviceAccountName: robot")));
    }

    void hostileNamesAreShownEscaped() {
        Stage stage;
        auto pod = tests::makePod({std::string(253, 'n')});
        pod->containers[0].name = tests::pool().intern("<b>x</b>\x1b[31m\xe2\x80\xae");
        for (int i = 0; i < 500; ++i) {
            pod->meta.labels.emplace_back(tests::pool().intern("l" + std::to_string(i)),
                                          tests::pool().intern("\xe2\x80\xae"));
        }
        stage.pods().replaceAll({pod}, tests::live());
        stage.show();
        QTRY_COMPARE(stage.page->rows(), 1);
        stage.open(0);
        QTRY_VERIFY(overviewOf(stage.page.get()).contains(QStringLiteral("<b>x</b>")));
        const QString text = textOf(stage.drawer());
        QVERIFY(!text.contains(QChar(0x1B)) && !text.contains(QChar(0x202E)));
        QCOMPARE(stage.drawer()->width(), 380);
    }

    void inANarrowWindowTheListStays() {
        Stage stage;
        stage.pods().replaceAll(somePods(2), tests::live());
        stage.memory.put("pods.drawer", "open=1 width=960 tab=overview");
        stage.show();
        stage.page->resize(1024, 700);
        stage.page->visit({});
        QTRY_VERIFY(stage.drawer()->isVisible());
        QTRY_VERIFY(stage.drawer()->width() <= stage.page->width() * 6 / 10 + 1);
        QTRY_VERIFY2(stage.table()->width() >= stage.page->width() * 4 / 10 - 1,
                     qPrintable(QStringLiteral("list %1, drawer %2, page %3")
                                    .arg(stage.table()->width())
                                    .arg(stage.drawer()->width())
                                    .arg(stage.page->width())));
    }

    void itOpensAtOnceBesideTenThousandPods() {
        Stage stage;
        const std::vector<kube::ObjectPtr> pods = somePods(10'000);
        std::vector<kube::ObjectPtr> events;
        for (int i = 0; i < 20'000; ++i) {
            events.push_back(makeEvent(i, static_cast<const kinds::Pod&>(*pods[static_cast<std::size_t>(i % 10'000)])));
        }
        stage.pods().replaceAll(pods, tests::live());
        stage.access.feed("prod", kinds::eventKind()).replaceAll(events, tests::live());
        stage.show();
        QTRY_COMPARE_WITH_TIMEOUT(stage.page->rows(), 10'000, kPatience);
        QTRY_VERIFY(stage.page->isSettled());
        std::vector<qint64> millis;
        QElapsedTimer timer;
        for (int row = 0; row < 20; ++row) {
            stage.table()->setFocus();
            stage.table()->setCurrentIndex(stage.table()->model()->index(row, 0));
            timer.start();
            QTest::keyClick(stage.table(), Qt::Key_Return);
            stage.page->grab();  // laid out and painted
            millis.push_back(timer.elapsed());
            QVERIFY(stage.drawer()->isVisible());
            QTRY_VERIFY_WITH_TIMEOUT(
                overviewOf(stage.page.get()).contains(QStringLiteral("message %1").arg(row + 10'000)), kPatience);
            QTest::keyClick(stage.table(), Qt::Key_Escape);
        }
        std::sort(millis.begin(), millis.end());
        qInfo("opens in %lld ms (median, goal 100), %lld ms (worst of %zu), painted, beside 10,000 pods, 20,000 events",
              millis[millis.size() / 2], millis.back(), millis.size());
        QVERIFY(millis[millis.size() / 2] < 2000);  // a gross fault only: the machine may be busy
    }
};

QTEST_MAIN(TestDetails)
#include "test_details.moc"
