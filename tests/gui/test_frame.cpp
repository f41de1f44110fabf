// The window's frame: dock, toasts, connections, the lock, settings. The real window on the demo, by clicks and keys.

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

#include "app/session/cluster_session.h"
#include "tests/fakes/hostile_server.h"
#include "tests/fakes/pod_json.h"
#include "tests/gui/demo_console.h"
#include "ui/windows/connection_panel.h"
#include "ui/windows/desk.h"
#include "ui/windows/window_dock.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/navigation_rail.h"
#include "widgets/pill.h"
#include "widgets/style.h"
#include "widgets/toast.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

/// The window with one context that a server of the test plays.
struct OneCluster {
    QTemporaryDir folder;
    fakes::HostileServer server;
    std::unique_ptr<session::SessionHub> hub;
    std::unique_ptr<ui::Desk> desk;
    std::unique_ptr<ui::MainWindow> window;

    explicit OneCluster(fakes::HostileServer::Handler handler, const std::string& page = {})
        : server(std::move(handler)) {
        const std::string file = folder.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(file) << "apiVersion: v1\nkind: Config\nclusters:\n- {name: c, cluster: {server: \""
                            << server.url() << "\"}}\ncontexts:\n- {name: shop-prod, context: {cluster: c}}\n";
        const auto clock = std::make_shared<SystemClock>();
        session::SessionHub::Options hubOptions;
        hubOptions.kubeconfigPath = file;
        hubOptions.clock = clock;
        hub = std::make_unique<session::SessionHub>(std::move(hubOptions));
        desk = std::make_unique<ui::Desk>(*hub, ui::Desk::Options{clock, nullptr, {}});
        ui::MainWindow::Options options;
        options.clock = clock;
        options.desk = desk.get();
        options.start.page = page;
        window = std::make_unique<ui::MainWindow>(*hub, std::move(options));
        window->resize(1440, 900);
        window->show();
    }
    ~OneCluster() {
        window.reset();
        desk.reset();
        hub.reset();
    }
    template <class T>
    [[nodiscard]] T* part(const char* name) const {
        return window->findChild<T*>(QString::fromUtf8(name));
    }
    [[nodiscard]] const jobs::Job& newestJob() const { return desk->jobs().jobs().back(); }
};

/// Keeps a picture where the environment names a folder.
void keep(QWidget* widget, const char* name) {
    const QString folder = qEnvironmentVariable("QUARTERDECK_PICTURES");
    if (!folder.isEmpty()) {
        QCoreApplication::processEvents();
        QVERIFY(widget->grab().save(folder + QLatin1Char('/') + QString::fromUtf8(name) + QStringLiteral(".png")));
    }
}

QMenu* openMenu(const char* name) {
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (widget->objectName() == QString::fromUtf8(name) && widget->isVisible()) {
            return qobject_cast<QMenu*>(widget);
        }
    }
    return nullptr;
}

void chooseIn(QMenu* menu, const char* action) {
    auto* found = menu->findChild<QAction*>(QString::fromUtf8(action));
    QVERIFY(found != nullptr);
    menu->setActiveAction(found);
    QTest::keyClick(menu, Qt::Key_Return);
}

}  // namespace

class TestFrame : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void theDockOpensByKeyAndShowsHowTheContextsWereOpened() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        auto* dock = console.part<ui::WindowDock>("dock");
        QVERIFY(!dock->isOpen());
        console.key(Qt::Key_J, Qt::ControlModifier);
        QVERIFY(dock->isOpen());
        QTRY_COMPARE(dock->height(), 228);
        for (const char* state : {"job.1.state", "job.2.state", "job.3.state"}) {
            QTRY_COMPARE(console.part<widgets::Pill>(state)->text(), QStringLiteral("Done"));
        }
        QVERIFY(!console.part<QAbstractButton>("job.1.cancel")->isVisible());
        keep(console.window.get(), "frame-dock");
        console.key(Qt::Key_J, Qt::ControlModifier);
        QVERIFY(!dock->isOpen());
    }

    void aContextThatNeverAnswersIsAJobThatCanBeCancelled() {
        OneCluster one(fakes::answers::silence());
        QTRY_VERIFY(one.part<QAbstractButton>("closed.shop-prod.open") != nullptr);
        QTest::mouseClick(one.part<QAbstractButton>("closed.shop-prod.open"), Qt::LeftButton);
        QTRY_VERIFY(one.part<QAbstractButton>("dock.tab.jobs")->accessibleName().endsWith(QStringLiteral(" 1")));
        QVERIFY(one.part<QLabel>("dock.job")->text().contains(QStringLiteral("shop-prod")));
        QTest::mouseClick(one.part<QAbstractButton>("dock.tab.jobs"), Qt::LeftButton);
        auto* cancel = one.part<QAbstractButton>("job.1.cancel");
        QTRY_VERIFY(cancel->isVisible());
        keep(one.window.get(), "frame-connecting");
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_COMPARE(one.newestJob().state, jobs::JobState::Cancelled);
        QVERIFY(one.hub->session("shop-prod") == nullptr);
        QTRY_COMPARE(one.part<QAbstractButton>("dock.tab.jobs")->accessibleName(), QStringLiteral("Jobs"));
    }

    void aContextThatRefusesIsAFailedJobWhoseErrorCanBeCopied() {
        OneCluster one(fakes::answers::silence());
        one.server.stop();
        QTRY_VERIFY(one.hub->loaded());
        one.hub->open("shop-prod");
        QTRY_COMPARE(one.newestJob().state, jobs::JobState::Failed);
        QTest::mouseClick(one.part<QAbstractButton>("dock.tab.jobs"), Qt::LeftButton);
        QTRY_VERIFY(one.part<QAbstractButton>("job.1.copy")->isVisible());
        QTest::mouseClick(one.part<QAbstractButton>("job.1.copy"), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("127.0.0.1")));
        QTest::mouseClick(one.part<QAbstractButton>("topbar.freshness"), Qt::LeftButton);
        auto* reasons = one.part<QLabel>("connection.shop-prod.reasons");
        QTRY_VERIFY(reasons != nullptr && reasons->isVisible());
        QVERIFY(reasons->text().contains(QStringLiteral("127.0.0.1")));
        QCOMPARE(one.part<widgets::Pill>("connection.shop-prod.state")->text(), QStringLiteral("Unreachable"));
        keep(one.part<QWidget>("connections"), "frame-connections-unreachable");
    }

    void closingAContextIsUndoneFromItsToast() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.part<QAction>("card.globeco-prod.close")->trigger();
        QTRY_VERIFY(console.hub->session("globeco-prod") == nullptr);
        QTRY_VERIFY(console.part<widgets::Toast>("toast") != nullptr);
        QVERIFY(console.part<widgets::Toast>("toast")->text().contains(QStringLiteral("globeco-prod")));
        keep(console.window.get(), "frame-toast");
        QTest::mouseClick(console.part<QAbstractButton>("toast.action"), Qt::LeftButton);
        QVERIFY(console.hub->session("globeco-prod") != nullptr);
        QTRY_VERIFY(console.part<widgets::Toast>("toast") == nullptr);
        // Kept in the dock.
        console.key(Qt::Key_J, Qt::ControlModifier);
        QTRY_VERIFY(console.part<QWidget>("message.1") != nullptr && console.part<QWidget>("message.1")->isVisible());
    }

    void closingAContextIsUndoneByTheKeyboard() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.part<QAction>("card.globeco-prod.close")->trigger();
        QTRY_VERIFY(console.part<widgets::Toast>("toast") != nullptr);
        console.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(console.hub->session("globeco-prod") != nullptr);
    }

    void theConnectionsAreOneClickAwayAndCanBeCopied() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        QTest::mouseClick(console.part<QAbstractButton>("topbar.freshness"), Qt::LeftButton);
        auto* panel = console.part<ui::ConnectionPanel>("connections");
        QTRY_VERIFY(panel->isVisible());
        for (const std::string& id : kContexts) {
            auto* state = console.part<widgets::Pill>(("connection." + id + ".state").c_str());
            QVERIFY(state != nullptr);
            QTRY_COMPARE(state->text(), QStringLiteral("Connected"));
        }
        keep(panel, "frame-connections");
        QTest::mouseClick(console.part<QAbstractButton>("connections.copy"), Qt::LeftButton);
        const QString copied = QGuiApplication::clipboard()->text();
        for (const char* word : {"bakery-ia-prod: Connected", "http://127.0.0.1:", "pods: Live", "2026-03-14T"}) {
            QVERIFY2(copied.contains(QString::fromUtf8(word)), qPrintable(copied));
        }
        QTest::mouseClick(console.part<QAbstractButton>("connection.globeco-prod.close"), Qt::LeftButton);
        QTRY_VERIFY(console.hub->session("globeco-prod") == nullptr);
        QTRY_VERIFY(console.part<QWidget>("connection.globeco-prod") == nullptr);
        QTest::keyClick(panel, Qt::Key_Escape);
        QTRY_VERIFY(!panel->isVisible());
        QVERIFY(console.part<widgets::Toast>("toast") != nullptr);
        console.key(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(panel->isVisible());
    }

    void theLockShowsWhoRefusesWritesAndProductionAsksFirst() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        auto* lock = console.part<QAbstractButton>("topbar.lock");
        QCOMPARE(lock->text(), QStringLiteral("2 of 3 locked"));
        const auto locked = [&](const char* id) { return console.hub->session(id)->locked(); };
        QVERIFY(locked("bakery-ia-prod") && locked("globeco-prod") && !locked("ai-imutis-staging"));

        QTest::mouseClick(lock, Qt::LeftButton);
        QTRY_VERIFY(openMenu("menu.lock") != nullptr);
        chooseIn(openMenu("menu.lock"), "lock.bakery-ia-prod");
        QTRY_VERIFY(console.part<QDialog>("writes") != nullptr);
        QVERIFY(console.part<QLabel>("writes.title")->text().contains(QStringLiteral("bakery-ia-prod")));
        keep(console.part<QDialog>("writes"), "frame-writes");
        QTest::keyClick(console.part<QDialog>("writes"), Qt::Key_Return);  // Cancel is the default
        QTRY_VERIFY(console.part<QDialog>("writes") == nullptr);
        QVERIFY(locked("bakery-ia-prod"));

        QTest::mouseClick(lock, Qt::LeftButton);
        QTRY_VERIFY(openMenu("menu.lock") != nullptr);
        chooseIn(openMenu("menu.lock"), "lock.bakery-ia-prod");
        QTRY_VERIFY(console.part<QAbstractButton>("writes.on") != nullptr);
        QTest::mouseClick(console.part<QAbstractButton>("writes.on"), Qt::LeftButton);
        QVERIFY(!locked("bakery-ia-prod"));
        QCOMPARE(lock->text(), QStringLiteral("1 of 3 locked"));

        QTest::mouseClick(lock, Qt::LeftButton);
        QTRY_VERIFY(openMenu("menu.lock") != nullptr);
        chooseIn(openMenu("menu.lock"), "lock.all");
        QCOMPARE(lock->text(), QStringLiteral("Read-only"));
        QVERIFY(locked("bakery-ia-prod") && locked("ai-imutis-staging"));
    }

    void aSingleContextIsLockedByOnePress() {
        OneCluster one(fakes::answers::pods(fakes::podListJson({"web"})));
        QTRY_VERIFY(one.hub->loaded());
        auto* lock = one.part<QAbstractButton>("topbar.lock");
        QVERIFY(!lock->isVisible());
        one.hub->open("shop-prod");
        QTRY_VERIFY(lock->isVisible());
        QCOMPARE(lock->text(), QStringLiteral("Read-only"));
        QTest::mouseClick(lock, Qt::LeftButton);
        QTRY_VERIFY(one.part<QAbstractButton>("writes.on") != nullptr);
        QTest::mouseClick(one.part<QAbstractButton>("writes.on"), Qt::LeftButton);
        QCOMPARE(lock->text(), QStringLiteral("Writes on"));
        QTest::mouseClick(lock, Qt::LeftButton);
        QVERIFY(one.hub->session("shop-prod")->locked());
    }

    void theTimeRangeIsPartOfThePlaceAndHiddenWhereNothingUsesIt() {
        const Console console("nodes");
        auto* range = console.part<QAbstractButton>("topbar.range");
        for (const char* page : {"go.pods", "go.events", "go.fleet", "go.nodes"}) {
            console.trigger(page);
            QCOMPARE(range->isVisible(), std::string_view(page) == "go.events");
        }
        console.trigger("go.events");
        QCOMPARE(range->text(), QStringLiteral("Any time"));
        console.part<QAction>("range.6h")->trigger();
        QCOMPARE(range->text(), QStringLiteral("Last 6 h"));
        QCOMPARE(ui::formatLocation(console.window->location()), std::string("quarterdeck://events?range=6h"));
        console.trigger("go.pods");
        QVERIFY(console.window->location().range == ui::TimeRange(std::chrono::minutes(360)));  // for all pages
        console.trigger("go.back");
        console.trigger("go.back");
        QVERIFY(!console.window->location().range.has_value());
    }

    void productionChipsComeFirst() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const auto left = [&](const char* id) {
            return console.part<QWidget>((std::string("topbar.context.") + id).c_str())->x();
        };
        QVERIFY(left("bakery-ia-prod") < left("globeco-prod"));
        QVERIFY(left("globeco-prod") < left("ai-imutis-staging"));
    }

    void aChipsMenuClosesItsContext() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        auto* chip = console.part<QWidget>("topbar.context.globeco-prod");
        QContextMenuEvent ask(QContextMenuEvent::Keyboard, chip->rect().center(),
                              chip->mapToGlobal(chip->rect().center()));
        QCoreApplication::sendEvent(chip, &ask);
        QTRY_VERIFY(openMenu("menu.context") != nullptr);
        QMenu* menu = openMenu("menu.context");
        menu->setActiveAction(menu->actions().last());
        QTest::keyClick(menu, Qt::Key_Return);
        QTRY_VERIFY(console.hub->session("globeco-prod") == nullptr);
        QTRY_VERIFY(console.part<widgets::Toast>("toast") != nullptr);
    }

    void aChipsMenuDecidesWhatIsProduction() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const auto choose = [&] {
            auto* chip = console.part<widgets::ContextChip>("topbar.context.ai-imutis-staging");
            QContextMenuEvent ask(QContextMenuEvent::Keyboard, chip->rect().center(),
                                  chip->mapToGlobal(chip->rect().center()));
            QCoreApplication::sendEvent(chip, &ask);
            QTRY_VERIFY(openMenu("menu.context") != nullptr);
            QMenu* menu = openMenu("menu.context");
            const auto actions = menu->actions();
            menu->setActiveAction(*std::find_if(actions.begin(), actions.end(), [](const QAction* action) {
                return action->text() == QStringLiteral("Production");
            }));
            QTest::keyClick(menu, Qt::Key_Return);
        };
        const auto marked = [&] {
            return console.part<widgets::ContextChip>("topbar.context.ai-imutis-staging")->isProduction();
        };
        QVERIFY(!marked());
        choose();
        QTRY_VERIFY(marked());
        QVERIFY(console.hub->session("ai-imutis-staging")->locked());
        QTRY_VERIFY(openMenu("menu.context") == nullptr);
        choose();
        QTRY_VERIFY(!marked());
    }

    void settingsStandAtTheRailsFootAndAreTold() {
        const Console console("nodes");
        QSignalSpy chosen(console.window.get(), &ui::MainWindow::appearanceChosen);
        auto* rail = console.part<widgets::NavigationRail>("rail");
        QTest::mouseClick(rail->button(QStringLiteral("settings")), Qt::LeftButton);
        QTRY_VERIFY(openMenu("menu.settings") != nullptr);
        QCOMPARE(rail->current(), QStringLiteral("nodes"));
        QCOMPARE(console.pageId(), std::string("nodes"));
        openMenu("menu.settings")->close();
        console.trigger("theme.light");
        console.trigger("contrast.high");
        console.trigger("text.125");
        console.part<QAction>("quiet.night")->trigger();
        QCOMPARE(chosen.size(), 4);
        const auto wish = [&](int i) { return chosen[i][0].value<ui::Appearance>(); };
        QCOMPARE(wish(0).theme, settings::Theme::Light);
        QCOMPARE(wish(1).contrast, settings::Contrast::High);
        QCOMPARE(wish(2).textScale, 1.25);
        QCOMPARE(wish(3).quiet->from, 22 * 60);
        console.window->setAppearance(wish(0));
        QVERIFY(console.window->actions().action("theme.light")->isChecked());
        QVERIFY(!console.window->actions().action("theme.dark")->isChecked());
        QVERIFY(console.window->actions().action("text.100")->isChecked());
        QVERIFY(!console.window->actions().action("text.125")->isChecked());
    }

    void theWholeFrameGrowsWithTheText() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.key(Qt::Key_J, Qt::ControlModifier);
        widgets::applyTheme(*qApp, widgets::Theme::suiting(false, false), 1.5);
        QTRY_COMPARE(console.part<QWidget>("topbar")->height(), 72);
        QCoreApplication::processEvents();
        keep(console.window.get(), "frame-150-light");
        widgets::applyTheme(*qApp, widgets::Theme::suiting(true, true), 1.0);
        QTRY_COMPARE(console.part<QWidget>("topbar")->height(), 48);
        QCoreApplication::processEvents();
        keep(console.window.get(), "frame-high-contrast");
        widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false), 1.0);
    }

    void theThemeIsSwitchedQuicklyOverTenThousandRows() {
        std::vector<std::string> names;
        for (int i = 0; i < 10'000; ++i) {
            names.push_back("web-" + std::to_string(i));
        }
        const std::string pods = fakes::podListJson(names);
        OneCluster one(fakes::answers::pods(pods), "pods");
        QTRY_VERIFY(one.hub->loaded());
        one.hub->open("shop-prod");
        QTRY_COMPARE_WITH_TIMEOUT(one.window->page()->rows(), 10'000, kPatience);
        qint64 longest = 0;
        for (const bool dark : {false, true, false, true}) {
            QElapsedTimer timer;
            timer.start();
            widgets::applyTheme(*qApp, widgets::Theme::suiting(dark, false));
            QCoreApplication::processEvents();
            one.window->grab();
            longest = std::max(longest, timer.elapsed());
        }
        qInfo() << "theme switched and painted within" << longest << "ms over 10,000 rows (goal 200)";
        QVERIFY(longest < 2000);  // a gross fault only: the machine may be busy
    }
};

QTEST_MAIN(TestFrame)
#include "test_frame.moc"
