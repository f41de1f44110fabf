// The real main window on the demo platform.

#include <QAbstractButton>
#include <QAction>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/session/cluster_session.h"
#include "tests/gui/demo_console.h"
#include "ui/windows/stall_watchdog.h"
#include "ui/windows/tour.h"
#include "widgets/button.h"
#include "widgets/filter_line.h"
#include "widgets/navigation_rail.h"
#include "widgets/pill.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

/// Everything a person can put the focus on has a name for screen readers or a text of its own.
QStringList namelessControls(const QWidget& window) {
    QStringList nameless;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        const bool control = widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0;
        const bool named = !widget->accessibleName().isEmpty() || !widget->property("text").toString().isEmpty();
        const bool scrolls = widget->inherits("QScrollArea");
        if (control && !named && !scrolls) {
            nameless += QString::fromUtf8(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
        }
    }
    return nameless;
}

}  // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void itBeginsOnTheFleetWithACardPerOpenContext() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        QCOMPARE(console.pageId(), std::string("fleet"));
        QCOMPARE(console.window->page()->rows(), 3);
        for (const std::string& id : kContexts) {
            auto* pill = console.part<widgets::Pill>(("card." + id + ".connection").c_str());
            QVERIFY(pill != nullptr);
            QTRY_COMPARE_WITH_TIMEOUT(pill->text(), QStringLiteral("live"), kPatience);
            QVERIFY(console.part<QAbstractButton>(("topbar.context." + id).c_str())->isChecked());
        }
    }

    void theRailLeadsToEveryPageAndEachBecomesLive() {
        const Console console;
        auto* rail = console.part<widgets::NavigationRail>("rail");
        for (const char* page : {"pods", "nodes", "events", "fleet"}) {
            QTest::mouseClick(rail->button(QString::fromUtf8(page)), Qt::LeftButton);
            QCOMPARE(console.pageId(), std::string(page));
            QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
            QCOMPARE(rail->current(), QString::fromUtf8(page));
            QVERIFY(console.window->windowTitle().contains(console.window->page()->title()));
            QCOMPARE(namelessControls(*console.window), QStringList());
        }
    }

    void aContextIsSwitchedOffAndOn() {
        const Console console("nodes");
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && console.window->page()->rows() == 8, kPatience);
        auto* chip = console.part<QAbstractButton>("topbar.context.globeco-prod");
        QTest::mouseClick(chip, Qt::LeftButton);
        QTRY_COMPARE(console.window->page()->rows(), 4);
        QVERIFY(!chip->isChecked());
        QCOMPARE(console.window->location().contexts,
                 (std::vector<std::string>{"ai-imutis-staging", "bakery-ia-prod"}));
        QTest::mouseClick(chip, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(console.window->page()->rows(), 8, kPatience);
        QVERIFY(console.window->location().contexts.empty());
    }

    void theLastShownContextStays() {
        const Console console("nodes");
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && console.window->page()->rows() == 8, kPatience);
        console.window->go({"nodes", {"globeco-prod"}, {}, {}, {}, {}});
        QTRY_COMPARE(console.window->page()->rows(), 4);
        auto* chip = console.part<QAbstractButton>("topbar.context.globeco-prod");
        QTest::mouseClick(chip, Qt::LeftButton);
        QTRY_VERIFY(chip->isChecked());
        QCOMPARE(console.window->page()->rows(), 4);
    }

    void aNamespaceNarrowsEveryPageUntilItIsTakenBack() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        QTest::mouseClick(console.part<QAbstractButton>("topbar.namespaces"), Qt::LeftButton);
        auto* typed = console.part<QLineEdit>("namespaces.type");
        QTRY_VERIFY(typed->isVisible());
        QTest::keyClicks(typed, QStringLiteral("globeco"));
        QTest::keyClick(typed, Qt::Key_Return);
        QTRY_COMPARE(console.window->location().namespaces, std::vector<std::string>{"globeco"});
        QTRY_VERIFY(console.window->page()->rows() > 0 && console.cell(0, 3) == QStringLiteral("globeco"));
        const int narrow = console.window->page()->rows();
        console.trigger("go.events");
        QCOMPARE(console.window->location().namespaces, std::vector<std::string>{"globeco"});
        console.trigger("go.pods");
        QTRY_COMPARE(console.window->page()->rows(), narrow);
        QTest::mouseClick(console.part<QAbstractButton>("namespaces.all"), Qt::LeftButton);
        QTRY_VERIFY(console.window->page()->rows() > narrow);
    }

    void backAndForwardRestorePagesAndFilters() {
        const Console console;
        console.trigger("go.pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        auto* filter = console.part<widgets::FilterLine>("page.pods.filter");
        console.key(Qt::Key_F, Qt::ControlModifier);
        QTRY_COMPARE(console.window->focusWidget(), filter->edit());
        QTest::keyClicks(filter, QStringLiteral("globeco"));
        console.trigger("go.nodes");
        QCOMPARE(console.pageId(), std::string("nodes"));
        console.trigger("go.back");
        QCOMPARE(console.pageId(), std::string("pods"));
        QCOMPARE(console.window->location().filter, std::string("globeco"));
        console.trigger("go.back");
        QCOMPARE(console.pageId(), std::string("fleet"));
        QVERIFY(!console.window->actions().action("go.back")->isEnabled());
        console.trigger("go.forward");
        QCOMPARE(console.window->location().filter, std::string("globeco"));
        QCOMPARE(filter->text(), QStringLiteral("globeco"));
    }

    void aLinkOpensTheSamePlace() {
        const Console console;
        const auto place = ui::parseLocation("quarterdeck://pods?context=globeco-prod&filter=order&sort=-age");
        QVERIFY(console.window->go(*place));
        QVERIFY(console.window->location() == *place);
        QVERIFY(!console.window->go({"no-such-page", {}, {}, {}, {}, {}}));
        QVERIFY(console.window->location() == *place);
    }

    void anIncidentFromTheMenuComesToTheTopOfThePods() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        QCOMPARE(console.cell(0, 0), QStringLiteral("Running"));
        auto* incident = console.part<QAction>("demo.incident.bad-image");
        QVERIFY(incident != nullptr);
        incident->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(console.cell(0, 0) != QStringLiteral("Running"), kPatience);
        QCOMPARE(console.cell(0, 2), QStringLiteral("globeco-prod"));
        console.part<QAction>("demo.reset")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(console.cell(0, 0), QStringLiteral("Running"), kPatience);
    }

    void contextsThatAreNotOpenCanBeOpenedAndClosed() {
        const Console console({}, false);
        QTRY_VERIFY(console.part<QPushButton>("closed.globeco-prod.open") != nullptr);
        QCOMPARE(console.window->page()->rows(), 0);
        QTest::mouseClick(console.part<QPushButton>("closed.globeco-prod.open"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        QCOMPARE(console.window->page()->rows(), 1);
        console.part<QAction>("card.globeco-prod.close")->trigger();
        QTRY_COMPARE(console.window->page()->rows(), 0);
        QVERIFY(console.hub->session("globeco-prod") == nullptr);
        QTRY_VERIFY(console.part<QPushButton>("closed.globeco-prod.open") != nullptr);
    }

    void theClockSwitchesBetweenUtcAndLocalTime() {
        const Console console;
        auto* clock = console.part<QAbstractButton>("status.clock");
        QVERIFY(clock->text().endsWith(QStringLiteral(" UTC")));
        QVERIFY(console.window->utcTimes());
        QTest::mouseClick(clock, Qt::LeftButton);
        QVERIFY(!console.window->utcTimes());
    }

    void withoutAnyContextItSaysWhereItLookedAndWhatToDo() {
        const QTemporaryDir folder;
        const QString missing = folder.filePath(QStringLiteral("no-such-config"));
        session::SessionHub::Options options;
        options.kubeconfigPath = missing.toStdString();
        options.clock = std::make_shared<SystemClock>();
        session::SessionHub hub(std::move(options));
        ui::MainWindow::Options windowOptions;
        windowOptions.clock = std::make_shared<SystemClock>();
        ui::MainWindow window(hub, std::move(windowOptions));
        window.show();
        auto* welcome = window.findChild<widgets::StatePanel*>(QStringLiteral("page.fleet.welcome"));
        QTRY_COMPARE(welcome->state(), widgets::StatePanel::State::Welcome);
        QStringList texts;
        for (const QLabel* label : welcome->findChildren<QLabel*>()) {
            texts += label->text();
        }
        const QString text = texts.join(QLatin1Char('\n'));
        QVERIFY(text.contains(missing));
        QVERIFY(text.contains(QStringLiteral("--demo")));
    }

    void theTourTakesAPictureOfEveryPageInBothThemes() {
        const Console console;
        const QTemporaryDir folder;
        ui::Tour::Options options;
        options.directory = folder.filePath(QStringLiteral("pictures"));
        ui::Tour tour(*console.window, options, [](settings::Theme theme) {
            widgets::applyTheme(*qApp, widgets::Theme::suiting(theme == settings::Theme::Dark, false));
        });
        QSignalSpy finished(&tour, &ui::Tour::finished);
        tour.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
        QVERIFY2(tour.faults().isEmpty(), tour.faults().join(QLatin1Char('\n')).toUtf8().constData());
        QCOMPARE(finished[0][0].toInt(), 0);
        QFile file(options.directory + QStringLiteral("/tour.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray pages = QJsonDocument::fromJson(file.readAll()).array();
        QCOMPARE(pages.size(), 12);
        for (const auto& page : pages) {
            QCOMPARE(page[QStringLiteral("state")].toString(), QStringLiteral("Live"));
            QVERIFY(page[QStringLiteral("rows")].toInt() > 0);
            const QImage picture(options.directory + QLatin1Char('/') + page[QStringLiteral("file")].toString());
            QCOMPARE(picture.size(), QSize(1440, 900));
        }
    }

    void aTourThatFindsNothingFailsAndSaysWhatWasMissing() {
        const Console console({}, false);  // nothing is open
        const QTemporaryDir folder;
        ui::Tour::Options options;
        options.directory = folder.path();
        options.deadline = std::chrono::seconds(1);
        ui::Tour tour(*console.window, options, [](settings::Theme) {});
        QSignalSpy finished(&tour, &ui::Tour::finished);
        tour.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 10'000);
        QCOMPARE(finished[0][0].toInt(), 1);
        QVERIFY(tour.faults().first().contains(QStringLiteral("fleet")));
        QCOMPARE(tour.faults().size(), 10);
    }

    void theWatchdogSeesAStall() {
        const ui::StallWatchdog watchdog;
        QTRY_VERIFY(watchdog.answers() > 3);
        const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(60);
        while (std::chrono::steady_clock::now() < until) {
            // the interface thread is busy
        }
        QVERIFY(watchdog.longestStall() >= std::chrono::milliseconds(50));
        QVERIFY(watchdog.frames().missed >= 3);
        QVERIFY(watchdog.frames().all >= watchdog.frames().missed);
    }
};

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
