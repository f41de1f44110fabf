// The Fleet page in the real window.

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

#include "app/session/cluster_session.h"
#include "tests/gui/demo_console.h"
#include "ui/pages/fleet/capacity_row.h"
#include "ui/pages/fleet/context_card.h"
#include "ui/pages/fleet/idle_card.h"
#include "ui/pages/fleet/problem_list.h"
#include "widgets/heat_row.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;
using ui::ContextCard;
using ui::IdleCard;
using ui::ProblemList;

namespace {

ContextCard* card(const Console& console, const char* context) {
    return console.part<ContextCard>((std::string("card.") + context).c_str());
}

ProblemList* problems(const Console& console, const char* context) {
    return console.part<ProblemList>((std::string("card.") + context + ".problems").c_str());
}

QStringList texts(const ProblemList& list) {
    QStringList result;
    for (const ProblemList::Line& line : list.lines()) {
        result += line.text;
    }
    return result;
}

bool allLive(const Console& console) {
    for (const std::string& id : kContexts) {
        auto* pill = console.part<widgets::Pill>(("card." + id + ".connection").c_str());
        if (pill == nullptr || pill->text() != QStringLiteral("live")) {
            return false;
        }
    }
    return console.live();
}

int topOf(const QWidget& widget) {
    return widget.mapTo(widget.window(), QPoint(0, 0)).y();
}

}  // namespace

class TestFleet : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void aCalmFleetShowsNoProblem() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(allLive(console), kPatience);
        for (const std::string& id : kContexts) {
            QCOMPARE(texts(*problems(console, id.c_str())), QStringList());
            QCOMPARE(console.part<widgets::Pill>(("card." + id + ".health").c_str())->text(),
                     QStringLiteral("All healthy"));
        }
        auto* about = console.part<widgets::TextLabel>("card.globeco-prod.about");
        QCOMPARE(about->text(), QStringLiteral("Kubernetes 1.31.6 · 4 nodes · globeco"));
        // 6 × 1 core and MongoDB's half, of 4 × 4.
        QCOMPARE(console.part<ui::CapacityRow>("card.globeco-prod.cpu")->text(), QStringLiteral("41 % of 16 cores"));
        QVERIFY(card(console, "globeco-prod")
                    ->accessibleName()
                    .startsWith(QStringLiteral("globeco-prod: live, nothing needs attention, 7 of 7 ready")));
        QVERIFY(!console.part<widgets::TextLabel>("page.fleet.counts")->text().contains(QStringLiteral("not")));
    }

    void partsOfCardsSideBySideStandInTheSamePlaces() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(allLive(console), kPatience);
        QVERIFY(console.demo->startIncident("bad-image").has_value());
        QVERIFY(console.demo->startIncident("crash-loop").has_value());
        QTRY_VERIFY_WITH_TIMEOUT(!texts(*problems(console, "globeco-prod")).isEmpty(), kPatience);
        for (const char* part : {"problems", "pods", "cpu", "memory", "nodes", "warnings", "restarts"}) {
            QTRY_COMPARE(topOf(*console.part<QWidget>((std::string("card.bakery-ia-prod.") + part).c_str())),
                         topOf(*console.part<QWidget>((std::string("card.globeco-prod.") + part).c_str())));
            QTRY_COMPARE(topOf(*console.part<QWidget>((std::string("card.bakery-ia-prod.") + part).c_str())),
                         topOf(*console.part<QWidget>((std::string("card.ai-imutis-staging.") + part).c_str())));
        }
    }

    void aProblemLeadsToItsPods() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(allLive(console), kPatience);
        QVERIFY(console.demo->startIncident("bad-image").has_value());
        ProblemList* list = problems(console, "globeco-prod");
        QTRY_COMPARE_WITH_TIMEOUT(texts(*list),
                                  QStringList{QStringLiteral("globeco-order-generation-service cannot get its image")},
                                  kPatience);
        QCOMPARE(console.part<widgets::Pill>("card.globeco-prod.health")->text(), QStringLiteral("1 critical"));
        list->setFocus(Qt::TabFocusReason);
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE(console.pageId(), std::string("pods"));
        QCOMPARE(console.window->location().filter, std::string("globeco-order-generation-service"));
        QCOMPARE(console.window->location().contexts, std::vector<std::string>{"globeco-prod"});
        console.trigger("go.back");
        QCOMPARE(console.pageId(), std::string("fleet"));
    }

    void theKeyboardGoesFromCardToCardAndIntoThePods() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(allLive(console), kPatience);
        ContextCard* first = card(console, "bakery-ia-prod");
        ContextCard* second = card(console, "globeco-prod");
        first->setFocus(Qt::TabFocusReason);
        QTest::keyClick(first, Qt::Key_Right);
        QTRY_COMPARE(console.window->focusWidget(), second);
        QTest::keyClick(second, Qt::Key_Left);
        QTRY_COMPARE(console.window->focusWidget(), first);
        QTest::keyClick(first, Qt::Key_Left);  // nothing there
        QCOMPARE(console.window->focusWidget(), first);
        // By Tab alone too: through the parts of the first card to the second.
        for (int i = 0; i < 12 && console.window->focusWidget() != second; ++i) {
            QTest::keyClick(console.window->focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(console.window->focusWidget(), second);
        QTest::keyClick(second, Qt::Key_Return);
        QTRY_COMPARE(console.pageId(), std::string("pods"));
        QCOMPARE(console.window->location().contexts, std::vector<std::string>{"globeco-prod"});
    }

    void aCellLeadsToItsPod() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(allLive(console), kPatience);
        QSignalSpy go(console.window->page(), &ui::Page::goRequested);
        auto* row = card(console, "globeco-prod")->findChild<widgets::HeatRow*>();
        QVERIFY(row != nullptr && !row->cells().isEmpty());
        row->setFocus(Qt::TabFocusReason);
        QTest::keyClick(row, Qt::Key_Return);
        QCOMPARE(go.count(), 1);
        const auto location = go[0][0].value<ui::Location>();
        QVERIFY(location.object.has_value());
        QCOMPARE(location.object->context, std::string("globeco-prod"));
        QCOMPARE(location.object->nameSpace, std::string("globeco"));
        QCOMPARE(QString::fromStdString(location.object->uid), row->cells().at(0).id);
        QCOMPARE(location.page, std::string("pods"));
    }

    void theMenuCopiesTheServerAndCloses() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(allLive(console), kPatience);
        console.part<QAction>("card.globeco-prod.copyServer")->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QString::fromStdString(console.hub->context("globeco-prod")->server));
        console.part<QAction>("card.globeco-prod.openWarnings")->trigger();
        QTRY_COMPARE(console.pageId(), std::string("events"));
        console.trigger("go.back");
        console.part<QAction>("card.globeco-prod.close")->trigger();
        QTRY_VERIFY(console.hub->session("globeco-prod") == nullptr);
        QTRY_VERIFY(console.part<IdleCard>("closed.globeco-prod") != nullptr);
        QCOMPARE(console.part<IdleCard>("closed.globeco-prod")->state().word, QStringLiteral("Not connected"));
        QTRY_COMPARE(console.part<widgets::TextLabel>("page.fleet.counts")->text(),
                     QStringLiteral("2 contexts live · 1 not connected"));
    }

    void anUnreachableContextMovesToTheOthersWithItsReason() {
        const Console console;
        QTRY_VERIFY_WITH_TIMEOUT(allLive(console), kPatience);
        QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(file) << "apiVersion: v1\nkind: Config\ncurrent-context: gone\nclusters:\n- name: gone\n"
                               "  cluster:\n    server: http://127.0.0.1:1\ncontexts:\n- name: gone\n  context:\n"
                               "    cluster: gone\n    user: gone\nusers:\n- name: gone\n  user: {}\n";
        session::SessionHub::Options options;
        options.kubeconfigPath = file;
        options.clock = console.demo->clock();
        session::SessionHub hub(std::move(options));
        ui::MainWindow::Options windowOptions;
        windowOptions.clock = console.demo->clock();
        ui::MainWindow window(hub, std::move(windowOptions));
        window.resize(1280, 720);
        window.show();
        QTRY_VERIFY(!hub.contexts().empty());
        hub.open("gone");
        QTRY_COMPARE_WITH_TIMEOUT(hub.session("gone")->status().state, session::ConnectionState::Unreachable,
                                  kPatience);
        QTRY_VERIFY(window.findChild<IdleCard*>(QStringLiteral("closed.gone")) != nullptr);
        auto* idle = window.findChild<IdleCard*>(QStringLiteral("closed.gone"));
        QTRY_COMPARE(idle->state().word, QStringLiteral("Unreachable"));
        QCOMPARE(idle->state().remedy, IdleCard::Remedy::Retry);
        QVERIFY(idle->state().reason.contains(QStringLiteral("127.0.0.1")));
        QVERIFY(!window.findChild<ContextCard*>(QStringLiteral("card.gone"))->isVisible());
        QVERIFY(idle->accessibleName().startsWith(QStringLiteral("gone: Unreachable")));
    }

    void fortyContextsStandBesideEachOtherWithoutOverlap_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1440 x 900") << QSize(1440, 900);
        QTest::newRow("1280 x 720") << QSize(1280, 720);
    }
    void fortyContextsStandBesideEachOtherWithoutOverlap() {
        QFETCH(QSize, size);
        const Console console({}, false);
        QTRY_VERIFY(console.hub->context("globeco-prod") != nullptr);
        QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("config")).toStdString();
        std::string yaml =
            "apiVersion: v1\nkind: Config\ncurrent-context: context-00\nclusters:\n- name: one\n"
            "  cluster:\n    server: " +
            console.hub->context("globeco-prod")->server + "\nusers:\n- name: one\n  user: {}\ncontexts:\n";
        std::vector<std::string> names;
        for (int i = 0; i < 40; ++i) {
            names.push_back("context-" + std::string(i < 10 ? "0" : "") + std::to_string(i));
            yaml += "- name: " + names.back() + "\n  context:\n    cluster: one\n    user: one\n";
        }
        std::ofstream(file) << yaml;
        session::SessionHub::Options options;
        options.kubeconfigPath = file;
        options.clock = console.demo->clock();
        session::SessionHub hub(std::move(options));
        ui::MainWindow::Options windowOptions;
        windowOptions.clock = console.demo->clock();
        ui::MainWindow window(hub, std::move(windowOptions));
        window.resize(size);
        window.show();
        QTRY_COMPARE(hub.contexts().size(), std::size_t{40});
        for (std::size_t i = 0; i < 20; ++i) {
            hub.open(names[i]);
        }
        QTRY_COMPARE_WITH_TIMEOUT(window.page()->rows(), 20, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(window.page()->state() == FreshnessState::Live && window.page()->isSettled(),
                                 2 * kPatience);
        QList<QWidget*> cards;
        for (QWidget* each : window.page()->findChildren<QWidget*>()) {
            if ((qobject_cast<ContextCard*>(each) != nullptr || qobject_cast<IdleCard*>(each) != nullptr) &&
                each->isVisible()) {
                cards += each;
            }
        }
        QTRY_COMPARE(cards.size(), 40);
        const int width = window.page()->findChild<QScrollArea*>()->viewport()->width();
        for (int i = 0; i < cards.size(); ++i) {
            QVERIFY2(cards[i]->geometry().left() >= 0 && cards[i]->geometry().right() < width,
                     qPrintable(cards[i]->objectName()));
            QTRY_VERIFY2_WITH_TIMEOUT(cards[i]->height() >= cards[i]->minimumSizeHint().height(),
                                      qPrintable(cards[i]->objectName()), kPatience);
            for (int k = 0; k < i; ++k) {
                QVERIFY2(!cards[i]->geometry().intersects(cards[k]->geometry()),
                         qPrintable(cards[i]->objectName() + QStringLiteral(" ") + cards[k]->objectName()));
            }
        }
        // The arrow keys reach the last of them, which comes into view.
        auto* at = window.findChild<ContextCard*>(QStringLiteral("card.context-00"));
        at->setFocus(Qt::TabFocusReason);
        for (int i = 1; i < 20; ++i) {
            QTest::keyClick(window.focusWidget(), Qt::Key_Right);
        }
        QTRY_COMPARE(window.focusWidget()->objectName(), QStringLiteral("card.context-19"));
        QVERIFY(!window.focusWidget()->visibleRegion().isEmpty());
    }
};

QTEST_MAIN(TestFleet)
#include "test_fleet.moc"
