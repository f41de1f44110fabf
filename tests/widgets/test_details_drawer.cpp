#include <QAccessible>
#include <QAction>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

#include "tests/widgets/widget_test.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/details_drawer.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/style.h"
#include "widgets/tab_strip.h"

using namespace quarterdeck::widgets;

namespace {

QString s(const char* text) {
    return QString::fromUtf8(text);
}

const char* const kTabs[] = {"Overview", "YAML", "Events", "Logs", "Metrics", "Traces", "Related"};

// A drawer at the right of a list, as in a window.
struct Window {
    explicit Window(int width = 1200) {
        auto* row = new QHBoxLayout(&frame);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(0);
        list = new QWidget(&frame);
        list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
        drawer = new DetailsDrawer(&frame);
        row->addWidget(list, 1);
        row->addWidget(drawer);
        drawer->setTitle(s("box"), s("orders-service-7c9d5f6b88-6bxkq"));
        drawer->setStatus(s("CrashLoopBackOff"), Tone::Critical);
        drawer->setContextTag(s("bakery-ia-prod"), true);
        for (const char* name : kTabs) {
            auto* page = new QLineEdit(s(name));
            pages.append(page);
            drawer->addTab(s(name).toLower(), s(name), page);
        }
        frame.resize(width, 600);
        frame.show();
        frame.activateWindow();
    }

    QAbstractButton* tab(const char* id) const { return drawer->findChild<QAbstractButton*>(s("tab.") + s(id)); }
    QLineEdit* page(int index) const { return pages.at(index); }

    QWidget frame;
    QWidget* list = nullptr;
    DetailsDrawer* drawer = nullptr;
    QVector<QLineEdit*> pages;
};

}  // namespace

class TestDetailsDrawer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("light"))); }
    void cleanup() { applyTheme(*qApp, Theme::named(QStringLiteral("light"))); }

    void theFirstTabIsCurrentAndAClickTurns() {
        Window window;
        QCOMPARE(window.drawer->currentTab(), s("overview"));
        QVERIFY(window.page(0)->isVisible());
        QSignalSpy turned(window.drawer, &DetailsDrawer::currentTabChanged);
        QTest::mouseClick(window.tab("events"), Qt::LeftButton);
        QCOMPARE(window.drawer->currentTab(), s("events"));
        QVERIFY(window.page(2)->isVisible());
        QVERIFY(!window.page(0)->isVisible());
        QCOMPARE(turned.count(), 1);
        QCOMPARE(turned.last().at(0).toString(), s("events"));
        QTest::mouseClick(window.tab("events"), Qt::LeftButton);
        QVERIFY(window.tab("events")->isChecked());
        QCOMPARE(turned.count(), 1);
    }

    void arrowsMoveAlongTheTabs() {
        Window window;
        QVERIFY(QTest::qWaitForWindowActive(&window.frame));
        window.drawer->focusTabs();
        const auto press = [](Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); };
        press(Qt::Key_Right);
        press(Qt::Key_Right);
        QCOMPARE(window.drawer->currentTab(), s("events"));
        QVERIFY(window.tab("events")->hasFocus());
        press(Qt::Key_Left);
        QCOMPARE(window.drawer->currentTab(), s("yaml"));
        press(Qt::Key_End);
        QCOMPARE(window.drawer->currentTab(), s("related"));
        press(Qt::Key_Right);
        QCOMPARE(window.drawer->currentTab(), s("related"));
        press(Qt::Key_Home);
        QCOMPARE(window.drawer->currentTab(), s("overview"));
        // The Tab key leaves the strip: one stop only.
        press(Qt::Key_Tab);
        QVERIFY(window.page(0)->hasFocus());
    }

    void controlAndPageKeysTurnRoundAndRoundFromInside() {
        Window window;
        QVERIFY(QTest::qWaitForWindowActive(&window.frame));
        window.page(0)->setFocus();
        QTest::keyClick(window.page(0), Qt::Key_PageUp, Qt::ControlModifier);
        QCOMPARE(window.drawer->currentTab(), s("related"));
        QVERIFY(window.tab("related")->hasFocus());
        QTest::keyClick(window.tab("related"), Qt::Key_PageDown, Qt::ControlModifier);
        QCOMPARE(window.drawer->currentTab(), s("overview"));
    }

    void aHiddenTabIsSkippedAndItsNeighbourTakesOver() {
        Window window;
        window.drawer->setTabVisible(s("yaml"), false);
        QVERIFY(!window.tab("yaml")->isVisible());
        window.drawer->setCurrentTab(s("yaml"));
        QCOMPARE(window.drawer->currentTab(), s("overview"));
        window.drawer->setCurrentTab(s("logs"));
        window.drawer->setTabVisible(s("logs"), false);
        QCOMPARE(window.drawer->currentTab(), s("events"));
        QVERIFY(window.page(2)->isVisible());
        window.drawer->setTabVisible(s("logs"), true);
        QCOMPARE(window.drawer->currentTab(), s("events"));
        QVERIFY(window.tab("logs")->isVisible());
    }

    void tabsWithoutRoomAreInAMenu() {
        Window window;
        window.drawer->setWidthBounds(320, 380);  // it would grow with the text
        applyTheme(*qApp, Theme::named(QStringLiteral("light")), 1.5);
        QApplication::processEvents();
        auto* more = window.drawer->findChild<TabStrip*>()->findChild<IconButton*>();
        QVERIFY(more->isVisible());
        QVERIFY(window.tab("overview")->isVisible());
        QVERIFY(!window.tab("related")->isVisible());
        QTest::mouseClick(more, Qt::LeftButton);
        auto* menu = more->findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().size(), 7);
        QCOMPARE(menu->actions().last()->text(), s("Related"));
        menu->actions().last()->trigger();
        menu->close();
        QCOMPARE(window.drawer->currentTab(), s("related"));
        QVERIFY(window.tab("related")->isVisible());
        const QRect place = window.tab("related")->geometry();
        QVERIFY(place.right() < more->x());
        for (const char* name : kTabs) {
            const QAbstractButton* other = window.tab(s(name).toLower().toLatin1().constData());
            QVERIFY(other == window.tab("related") || !other->isVisible() || !other->geometry().intersects(place));
        }
    }

    void theEdgeIsDraggedWithinBounds() {
        Window window;
        QVERIFY(QTest::qWaitForWindowActive(&window.frame));
        QCOMPARE(window.drawer->width(), 380);
        auto* edge = window.drawer->findChild<QWidget*>(s("drawer.edge"));
        QCOMPARE(edge->width(), 6);
        QCOMPARE(edge->cursor().shape(), Qt::SplitHCursor);
        QSignalSpy changed(window.drawer, &DetailsDrawer::preferredWidthChanged);
        QTest::mousePress(edge, Qt::LeftButton, {}, {2, 100});
        QTest::mouseMove(edge, {2 - 100, 100});
        QCOMPARE(window.drawer->preferredWidth(), 480);
        QCOMPARE(changed.last().at(0).toInt(), 480);
        QTRY_COMPARE(window.drawer->width(), 480);
        QTest::mouseMove(edge, {900, 100});
        QCOMPARE(window.drawer->preferredWidth(), 320);
        QTest::mouseRelease(edge, Qt::LeftButton, {}, {900, 100});
        QTRY_COMPARE(window.drawer->width(), 320);
        QTest::mouseMove(edge, {-500, 100});
        QCOMPARE(window.drawer->preferredWidth(), 320);
    }

    void keysChangeTheWidthFromInside() {
        Window window;
        QVERIFY(QTest::qWaitForWindowActive(&window.frame));
        window.page(0)->setFocus();
        QTest::keyClick(window.page(0), Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(window.drawer->preferredWidth(), 420);
        QTRY_COMPARE(window.drawer->width(), 420);
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(window.page(0), Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
            QApplication::processEvents();
        }
        QCOMPARE(window.drawer->preferredWidth(), 320);
    }

    void aWishOutsideTheBoundsComesBackWithThem() {
        DetailsDrawer drawer(nullptr);
        QSignalSpy changed(&drawer, &DetailsDrawer::preferredWidthChanged);
        drawer.setPreferredWidth(700);
        QCOMPARE(drawer.sizeHint().width(), 700);
        QCOMPARE(changed.count(), 1);
        drawer.setWidthBounds(320, 500);
        QCOMPARE(drawer.preferredWidth(), 500);
        QCOMPARE(drawer.sizeHint().width(), 500);
        drawer.setWidthBounds(320, 960);
        QCOMPARE(drawer.preferredWidth(), 700);
        drawer.setPreferredWidth(5000);
        QCOMPARE(drawer.preferredWidth(), 960);
        QCOMPARE(changed.count(), 2);
    }

    void escapeAnywhereInsideAsksForClosing() {
        Window window;
        QVERIFY(QTest::qWaitForWindowActive(&window.frame));
        QSignalSpy asked(window.drawer, &DetailsDrawer::closeRequested);
        window.page(0)->setFocus();
        QTest::keyClick(window.page(0), Qt::Key_Escape);
        QCOMPARE(asked.count(), 1);
        window.drawer->focusTabs();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(asked.count(), 2);
        QTest::mouseClick(window.drawer->findChild<QAbstractButton*>(s("drawer.close")), Qt::LeftButton);
        QCOMPARE(asked.count(), 3);
    }

    void toolsFollowTheirAction() {
        Window window;
        QSignalSpy done(window.drawer, &DetailsDrawer::closeRequested);
        auto action = std::make_unique<QAction>(s("Open a &shell"));
        QSignalSpy triggered(action.get(), &QAction::triggered);
        window.drawer->addTool(action.get(), s("terminal"));
        QToolButton* tool = nullptr;
        for (QToolButton* each : window.drawer->findChildren<QToolButton*>()) {
            tool = each->accessibleName() == s("Open a shell") ? each : tool;
        }
        QVERIFY(tool != nullptr);
        QVERIFY(!tool->icon().isNull());
        QTest::mouseClick(tool, Qt::LeftButton);
        QCOMPARE(triggered.count(), 1);
        action->setEnabled(false);
        action->setStatusTip(s("Needs create pods/exec"));
        QVERIFY(!tool->isEnabled());
        QCOMPARE(tool->accessibleDescription(), s("Needs create pods/exec"));
        const QPointer<QToolButton> guard(tool);
        action.reset();
        QTRY_VERIFY(guard.isNull());
    }

    void partsSayWhatTheyAre() {
        Window window;
        QCOMPARE(window.drawer->accessibleName(), s("Details of orders-service-7c9d5f6b88-6bxkq"));
        QCOMPARE(window.drawer->findChild<Tag*>(s("drawer.context"))->accessibleName(),
                 s("bakery-ia-prod, production"));
        QCOMPARE(window.drawer->findChild<Pill*>(s("drawer.status"))->accessibleName(), s("CrashLoopBackOff"));
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(window.drawer->findChild<TabStrip*>());
        QCOMPARE(list->role(), QAccessible::PageTabList);
        QVERIFY(!list->text(QAccessible::Name).isEmpty());
        QAccessibleInterface* tab = QAccessible::queryAccessibleInterface(window.tab("yaml"));
        QCOMPARE(tab->role(), QAccessible::PageTab);
        QCOMPARE(tab->text(QAccessible::Name), s("YAML"));
        QVERIFY(!tab->state().selected);
        tab->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(tab->state().selected);
        QCOMPARE(window.drawer->currentTab(), s("yaml"));
    }

    void hostileTitlesAreShownEscapedAndFit() {
        Window window;
        window.drawer->setTitle(s("box"), s("<b>x</b>\xe2\x80\xae\x1b[31m") + QString(253, QLatin1Char('n')));
        window.drawer->setStatus(QString(500, QLatin1Char('W')), Tone::Critical);
        window.drawer->setContextTag(QString(253, QLatin1Char('c')), false);
        QApplication::processEvents();
        auto* title = window.drawer->findChild<TextLabel*>(s("drawer.title"));
        QVERIFY(title->text().startsWith(s("<b>x</b>\\u202E\\u001B[31m")));
        QVERIFY(title->toolTip().contains(s("&lt;b&gt;")));
        QCOMPARE(window.drawer->width(), 380);
        for (const QWidget* part : {static_cast<QWidget*>(window.drawer->findChild<Pill*>(s("drawer.status"))),
                                    static_cast<QWidget*>(window.drawer->findChild<Tag*>(s("drawer.context"))),
                                    static_cast<QWidget*>(title)}) {
            QVERIFY(part->geometry().right() < 380);
            QVERIFY(part->width() > 0);
        }
        window.drawer->setStatus({}, Tone::None);
        QVERIFY(!window.drawer->findChild<Pill*>(s("drawer.status"))->isVisible());
    }

    void aNarrowWindowNarrowsTheDrawer() {
        Window window(700);
        window.drawer->setPreferredWidth(900);
        window.list->setMinimumWidth(300);
        QTRY_COMPARE(window.drawer->width(), 400);
        QCOMPARE(window.drawer->preferredWidth(), 900);
    }
};

QUARTERDECK_WIDGET_TEST(TestDetailsDrawer)
#include "test_details_drawer.moc"
