// Several windows on the same sessions.

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <set>

#include "tests/gui/demo_console.h"
#include "ui/application.h"
#include "ui/windows/desk.h"
#include "ui/windows/window_dock.h"
#include "ui/windows/window_set.h"
#include "widgets/navigation_rail.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"
#include "widgets/toast.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

/// A set of windows on the hub of a console, sharing one desk and memory as the application has them.
struct Windows {
    Console console;
    ui::ViewMemory memory;
    ui::Desk desk{*console.hub, {console.demo->clock(), nullptr, {}}};
    ui::WindowSet set{[this](const ui::Location& start) {
        ui::MainWindow::Options options;
        options.clock = console.demo->clock();
        options.start = start;
        options.memory = &memory;
        options.desk = &desk;
        return std::make_unique<ui::MainWindow>(*console.hub, std::move(options));
    }};

    ui::MainWindow* open(const std::string& page) {
        ui::Location start;
        start.page = page;
        ui::MainWindow& window = set.add(start);
        window.resize(1300, 800);
        window.show();
        window.activateWindow();
        // Its keys work once it is active.
        if (!QTest::qWaitForWindowActive(&window)) {
            qFatal("the window does not become active");
        }
        return &window;
    }
};

std::vector<ui::MainWindow*> shownWindows() {
    std::vector<ui::MainWindow*> all;
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* window = qobject_cast<ui::MainWindow*>(widget); window != nullptr && window->isVisible()) {
            all.push_back(window);
        }
    }
    return all;
}

/// The whole application with its state in this folder and without any kubeconfig, or with the demo; `look` is called
/// every 10 ms until it returns true, then it is quit.
void runApplication(const QTemporaryDir& folder, const std::function<bool()>& look, const std::string& link = {},
                    bool demo = false) {
    ui::CommandLine line;
    line.link = link;
    line.demo = demo;
    line.stateDir = folder.path().toStdString();
    line.kubeconfig = folder.filePath(QStringLiteral("no-such-config")).toStdString();
    ui::Application application(*qApp, line);
    QTimer timer;
    int left = 1000;
    QObject::connect(&timer, &QTimer::timeout, qApp, [&] {
        if (look() || --left == 0) {
            timer.stop();
            QApplication::quit();
        }
    });
    timer.start(10);
    QCOMPARE(application.run(), 0);
    QVERIFY2(left > 0, "what was waited for did not happen");
}

/// What the Fleet page says in the window's first frame (its words come to the screen when that takes long), and
/// whether the window had an icon by then.
class FirstFrame : public QObject {
public:
    FirstFrame() { qApp->installEventFilter(this); }
    QString words;
    bool hadIcon = false;

    bool eventFilter(QObject* watched, QEvent* event) override {
        const auto* widget = event->type() == QEvent::Paint ? qobject_cast<QWidget*>(watched) : nullptr;
        const auto* window = widget != nullptr ? qobject_cast<ui::MainWindow*>(widget->window()) : nullptr;
        if (window != nullptr && words.isEmpty()) {
            words = window->findChild<widgets::StatePanel*>(QStringLiteral("page.fleet.welcome"))->accessibleName();
            hadIcon = !window->windowIcon().isNull();
        }
        return QObject::eventFilter(watched, event);
    }
};

}  // namespace

class TestWindows : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void aNewWindowBeginsWhereItWasAskedForAndGoesItsOwnWay() {
        Windows windows;
        ui::MainWindow* first = windows.open("pods");
        QTest::keyClick(first, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(windows.set.windows().size(), std::size_t{2});
        ui::MainWindow* second = windows.set.windows().back();
        QVERIFY(second->isVisible());
        QCOMPARE(second->size(), first->size());
        QCOMPARE(second->page()->id(), std::string("pods"));
        second->actions().action("go.nodes")->trigger();
        QCOMPARE(second->page()->id(), std::string("nodes"));
        QCOMPARE(first->page()->id(), std::string("pods"));
        QTRY_VERIFY_WITH_TIMEOUT(second->page()->state() == FreshnessState::Live && second->page()->rows() > 0,
                                 kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(first->page()->state() == FreshnessState::Live && first->page()->rows() > 0,
                                 kPatience);
    }

    void theFirstFrameSaysThatTheDemoStartsAndWaitsForNoIcon() {
        QApplication::setWindowIcon({});
        const QTemporaryDir folder;
        const FirstFrame first;
        runApplication(
            folder,
            [] {
                const std::vector<ui::MainWindow*> windows = shownWindows();
                return !windows.empty() && !windows.front()->windowIcon().isNull() &&
                       windows.front()->page()->state() == FreshnessState::Live;
            },
            {}, true);
        QCOMPARE(first.words, QStringLiteral("Starting the demo platforms …"));
        QVERIFY(!first.hadIcon);
    }

    void closingOneKeepsTheOthersAndTheSessions() {
        Windows windows;
        ui::MainWindow* first = windows.open("nodes");
        ui::MainWindow* second = windows.open("fleet");
        QTRY_VERIFY_WITH_TIMEOUT(first->page()->state() == FreshnessState::Live, kPatience);
        QSignalSpy gone(second, &QObject::destroyed);
        QTest::keyClick(second, Qt::Key_W, Qt::ControlModifier);
        QTRY_COMPARE(gone.size(), 1);
        QCOMPARE(windows.set.windows(), std::vector<ui::MainWindow*>{first});
        QCOMPARE(windows.console.hub->sessions().size(), std::size_t{3});
        QCOMPARE(first->page()->state(), FreshnessState::Live);
    }

    void controlEnterInThePaletteOpensAnotherWindowThere() {
        Windows windows;
        ui::MainWindow* first = windows.open("events");
        QTest::keyClick(first, Qt::Key_K, Qt::ControlModifier);
        auto* input = first->findChild<QLineEdit*>(QStringLiteral("palette.input"));
        QTest::keyClicks(input, QStringLiteral("nodes"));
        QTest::keyClick(input, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(windows.set.windows().size(), 2U, 30'000);
        const ui::MainWindow* second = windows.set.windows().back();
        QCOMPARE(second->location().page, std::string("nodes"));
        QVERIFY(second->isVisible());
        QCOMPARE(first->location().page, std::string("events"));
        QVERIFY(!input->isVisible());
    }

    void theLastOneStaysInTheSetSoThatItsStateCanBeRead() {
        Windows windows;
        ui::MainWindow* only = windows.open("events");
        only->close();
        QCoreApplication::processEvents();
        QVERIFY(!only->isVisible());
        QCOMPARE(windows.set.windows(), std::vector<ui::MainWindow*>{only});
        QCOMPARE(windows.set.front().location().page, std::string("events"));
    }

    void allWindowsComeBackWhereTheyWereAndAsTheyLooked() {
        constexpr QSize kLeftSize(800, 560);  // newer Qt keeps windows within the screen, which is 800 x 800 here
        const QTemporaryDir folder;
        bool asked = false;
        bool collapsed = false;
        runApplication(folder, [&] {
            const auto windows = shownWindows();
            if (windows.empty()) {
                return false;
            }
            if (!std::exchange(asked, true)) {
                windows.front()->actions().action("go.pods")->trigger();
                windows.front()->actions().action("window.new")->trigger();
                windows.front()->actions().action("text.125")->trigger();
                windows.front()->actions().action("view.rail")->trigger();
                collapsed = windows.front()->findChild<widgets::NavigationRail*>()->isCollapsed();
                return false;
            }
            for (ui::MainWindow* window : windows) {
                if (window != windows.front() && windows.size() == 2) {
                    window->go({"nodes", {}, {"till"}, {}, {}, {}});
                    window->resize(kLeftSize);
                    return true;
                }
            }
            return false;
        });
        std::set<std::string> places;
        QSize nodesSize;
        double scale = 0;
        int asLeft = 0;
        runApplication(folder, [&] {
            const auto windows = shownWindows();
            for (const ui::MainWindow* window : windows) {
                places.insert(ui::formatLocation(window->location()));
                scale = widgets::textScaleOf(window);
                asLeft += window->findChild<widgets::NavigationRail*>()->isCollapsed() == collapsed ? 1 : 0;
                if (window->page()->id() == "nodes") {
                    nodesSize = window->size();
                }
            }
            return windows.size() == 2;
        });
        QCOMPARE(places, (std::set<std::string>{"quarterdeck://nodes?namespace=till", "quarterdeck://pods"}));
        QCOMPARE(scale, 1.25);
        QCOMPARE(nodesSize, kLeftSize);
        QVERIFY(asLeft >= 2);
        widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false));
    }

    void aLinkGoesToTheWindowWorkedInLast() {
        Windows windows;
        ui::MainWindow* first = windows.open("pods");
        ui::MainWindow* second = windows.open("nodes");
        QCOMPARE(&windows.set.front(), second);
        first->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(first));
        QWidget browser;
        browser.show();
        browser.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&browser));
        QCOMPARE(&windows.set.front(), first);
    }

    void aLinkAtTheStartKeepsTheWindowsOfTheLastRun() {
        const QTemporaryDir folder;
        runApplication(folder, [&] {
            const auto windows = shownWindows();
            if (windows.size() == 1) {
                windows.front()->go({"events", {}, {}, {}, {}, {}});
                windows.front()->actions().action("window.new")->trigger();
            }
            return windows.size() == 2;
        });
        std::multiset<std::string> pages;
        runApplication(
            folder,
            [&] {
                pages.clear();
                for (const ui::MainWindow* window : shownWindows()) {
                    pages.insert(window->page()->id());
                }
                return pages.contains("nodes");
            },
            "quarterdeck://nodes");
        QCOMPARE(pages, (std::multiset<std::string>{"events", "nodes"}));
    }

    void aBrokenLinkIsToldInTheWindow_data() {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("words");
        QTest::newRow("no link") << "quarterdeck:pods"
                                 << "quarterdeck:pods";
        QTest::newRow("no such page") << "quarterdeck://podz"
                                      << "podz";
        QTest::newRow("no such context") << "quarterdeck://pods?context=elsewhere"
                                         << "elsewhere";
    }
    void aBrokenLinkIsToldInTheWindow() {
        QFETCH(QString, link);
        QFETCH(QString, words);
        const QTemporaryDir folder;
        QString told;
        runApplication(
            folder,
            [&] {
                for (const ui::MainWindow* window : shownWindows()) {
                    for (const widgets::Toast* toast : window->findChildren<widgets::Toast*>()) {
                        told += toast->text();
                    }
                }
                return told.contains(words);
            },
            link.toStdString());
        QVERIFY2(told.contains(words), qPrintable(told));
    }

    void jobsAreSharedAndTheDockIsRemembered() {
        Windows windows;
        ui::MainWindow* first = windows.open("fleet");
        auto* dock = first->findChild<ui::WindowDock*>();
        QTest::keyClick(first, Qt::Key_J, Qt::ControlModifier);
        QVERIFY(dock->isOpen());
        dock->setOpenHeight(300);
        QTest::keyClick(first, Qt::Key_J, Qt::ControlModifier);
        QTest::keyClick(first, Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(windows.memory.get("dock"), std::string("open 300"));
        ui::MainWindow* second = windows.open("nodes");
        QVERIFY(second->findChild<ui::WindowDock*>()->isOpen());
        QCOMPARE(second->findChild<ui::WindowDock*>()->openHeight(), 300);
        const jobs::JobId job = windows.desk.jobs().begin("Restore drill", "alpha", {});
        for (const ui::MainWindow* window : {first, second}) {
            auto* tab = window->findChild<QAbstractButton*>(QStringLiteral("dock.tab.jobs"));
            QTRY_VERIFY(tab->accessibleName().startsWith(QStringLiteral("Jobs ")));
        }
        windows.desk.jobs().end(job, std::string("done"));
    }
};

QTEST_MAIN(TestWindows)
#include "test_windows.moc"
