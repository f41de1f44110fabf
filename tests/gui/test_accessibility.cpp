// Every page with the keyboard alone and as a screen reader hears it.

#include <QComboBox>
#include <QListWidget>
#include <QMenu>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include "tests/gui/accessibility_check.h"
#include "tests/gui/demo_console.h"
#include "tests/gui/surfaces.h"
#include "ui/gallery/gallery_window.h"
#include "ui/pages/page_catalog.h"
#include "widgets/chip.h"
#include "widgets/details_drawer.h"
#include "widgets/palette_popup.h"
#include "widgets/style.h"

using namespace quarterdeck;
using gui_tests::Console;

namespace {

QString lines(const QStringList& faults) {
    return faults.join(QLatin1Char('\n'));
}

}  // namespace

class TestAccessibility : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QAccessible::setActive(true);
        widgets::applyTheme(*qApp, widgets::Theme::suiting(false, false));
    }

    void everyPageIsNamedAndReachedByKeyboard_data() {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QSize>("size");
        for (const ui::PageEntry& entry : ui::pageCatalog()) {
            if (entry.make != nullptr) {
                QTest::addRow("%s, wide", entry.id) << QString::fromUtf8(entry.id) << QSize(1440, 900);
                QTest::addRow("%s, narrow", entry.id) << QString::fromUtf8(entry.id) << QSize(1024, 768);
            }
        }
    }
    void everyPageIsNamedAndReachedByKeyboard() {
        QFETCH(QString, page);
        QFETCH(QSize, size);
        const Console console(page.toStdString());
        console.showKind(page.toStdString());
        console.window->resize(size);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        console.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(console.window.get()));
        QVERIFY(gui_tests::controlsBelow(console.window.get()).size() > 8);
        QWidget* window = console.window.get();
        const QStringList faults =
            gui_tests::nameFaults(window) + gui_tests::twinFaults(window) + gui_tests::reachFaults(window) +
            gui_tests::focusFaults(window, widgets::themeOf(window).color(widgets::Role::Accent));
        QVERIFY2(faults.isEmpty(), qPrintable(lines(faults)));
    }

    void detailsAndDockAreNamedAndReachedToo_data() {
        QTest::addColumn<QString>("page");
        for (const char* page : {"pods", "nodes", "events"}) {
            QTest::newRow(page) << QString::fromUtf8(page);
        }
    }
    void detailsAndDockAreNamedAndReachedToo() {
        QFETCH(QString, page);
        const Console console(page.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        console.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(console.window.get()));
        QTRY_VERIFY_WITH_TIMEOUT(console.table()->model()->rowCount() > 0, gui_tests::kPatience);
        console.openFirstRow();
        console.trigger("view.dock");
        const auto drawer = [&] { return console.window->page()->findChild<widgets::DetailsDrawer*>(); };
        QTRY_VERIFY_WITH_TIMEOUT(drawer() != nullptr && drawer()->isVisible(), gui_tests::kPatience);
        QWidget* window = console.window.get();
        QTRY_VERIFY_WITH_TIMEOUT(gui_tests::controlsBelow(drawer()).size() > 4, gui_tests::kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(console.window->page()->isSettled(), gui_tests::kPatience);
        const QStringList faults =
            gui_tests::nameFaults(window) + gui_tests::twinFaults(window) + gui_tests::reachFaults(window) +
            gui_tests::focusFaults(window, widgets::themeOf(window).color(widgets::Role::Accent));
        QVERIFY2(faults.isEmpty(), qPrintable(lines(faults)));
    }

    void whatOpensOverAPageIsNamedAndReached_data() { gui_tests::addSurfaceRows(); }
    void whatOpensOverAPageIsNamedAndReached() {
        QFETCH(int, index);
        const gui_tests::Surface& surface = gui_tests::surfaces().at(static_cast<std::size_t>(index));
        const Console console(surface.page);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        console.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(console.window.get()));
        QWidget* opened = gui_tests::openSurface(console, surface);
        QVERIFY(opened != nullptr);
        if (opened->isWindow() && opened->windowType() != Qt::Popup) {
            QVERIFY(QTest::qWaitForWindowActive(opened));
        }
        // It is read when it opens, and the keyboard is in it at once.
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(opened);
        QVERIFY(!gui_tests::isNameless(opened, spoken->text(QAccessible::Name)));
        QTRY_VERIFY2(opened == QApplication::focusWidget() || opened->isAncestorOf(QApplication::focusWidget()),
                     qPrintable(gui_tests::pathOf(QApplication::focusWidget())));
        QVERIFY(!gui_tests::controlsBelow(opened).isEmpty());
        QStringList faults = gui_tests::nameFaults(opened) + gui_tests::twinFaults(opened);
        // Worked from elsewhere: what is found, by the arrow keys of the line; the cross of the keys, by Escape.
        for (const QString& fault : gui_tests::reachFaults(opened->window(), opened)) {
            if (!fault.contains(QStringLiteral("#palette.list ")) && !fault.contains(QStringLiteral("#keys.close "))) {
                faults += fault;
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(lines(faults)));
        if (auto* palette = qobject_cast<widgets::PalettePopup*>(opened)) {
            QTRY_VERIFY(palette->items().size() > 1);
            const QString first = palette->currentId();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
            QVERIFY(palette->currentId() != first);
        }
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        const auto gone = [&] {
            const auto all = console.window->findChildren<QWidget*>(QString::fromUtf8(surface.name));
            return std::none_of(all.begin(), all.end(), [](const QWidget* one) { return one->isVisible(); });
        };
        QTRY_VERIFY(gone());
    }

    void whatOpensOverAPageShowsTheFocus_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<bool>("dark");
        for (std::size_t i = 0; i < gui_tests::surfaces().size(); ++i) {
            QTest::addRow("%s, light", gui_tests::surfaces()[i].name) << static_cast<int>(i) << false;
            QTest::addRow("%s, dark", gui_tests::surfaces()[i].name) << static_cast<int>(i) << true;
        }
    }
    void whatOpensOverAPageShowsTheFocus() {
        QFETCH(int, index);
        QFETCH(bool, dark);
        widgets::applyTheme(*qApp, widgets::Theme::suiting(dark, false));
        const gui_tests::Surface& surface = gui_tests::surfaces().at(static_cast<std::size_t>(index));
        const Console console(surface.page);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        console.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(console.window.get()));
        QWidget* opened = gui_tests::openSurface(console, surface);
        QVERIFY(opened != nullptr);
        if (opened->isWindow() && opened->windowType() != Qt::Popup) {
            QVERIFY(QTest::qWaitForWindowActive(opened));
        }
        QTRY_VERIFY(opened == QApplication::focusWidget() || opened->isAncestorOf(QApplication::focusWidget()));
        if (auto* palette = qobject_cast<widgets::PalettePopup*>(opened)) {
            QTRY_VERIFY(palette->items().size() > 1);
        }
        if (const auto* list = opened->findChild<QListWidget*>()) {
            QTRY_VERIFY_WITH_TIMEOUT(list->count() > 0, gui_tests::kPatience);
        }
        const QColor accent = widgets::themeOf(opened).color(widgets::Role::Accent);
        const QSet<QWidget*> stops = gui_tests::tabStops(opened->window(), false);
        QVERIFY(!stops.isEmpty());
        for (const QWidget* stop : stops) {  // the focus does not leave what is open
            QVERIFY2(stop == opened || opened->isAncestorOf(stop), qPrintable(gui_tests::pathOf(stop)));
        }
        const QStringList faults = gui_tests::focusFaults(opened->window(), accent);
        QVERIFY2(faults.isEmpty(), qPrintable(lines(faults)));
        opened->hide();
        widgets::applyTheme(*qApp, widgets::Theme::suiting(false, false));
    }

    void everyEntryOfAMenuHasAText() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        int entries = 0;
        for (const QMenu* menu : console.window->findChildren<QMenu*>()) {
            for (const QAction* action : menu->actions()) {
                QVERIFY2(action->isSeparator() || !action->text().trimmed().isEmpty(),
                         qPrintable(menu->objectName() + QStringLiteral(" of ") +
                                    (menu->parent() != nullptr ? menu->parent()->objectName() : QString())));
                ++entries;
            }
        }
        for (const QAction* action : console.window->QWidget::actions()) {
            QVERIFY2(!action->text().trimmed().isEmpty(), qPrintable(action->objectName()));
        }
        QVERIFY(entries >= 3);
    }

    void theGalleryIsNamedToo() {
        ui::GalleryWindow gallery;
        gallery.resize(1440, 900);
        gallery.show();
        const QStringList faults = gui_tests::nameFaults(&gallery);
        QVERIFY2(faults.isEmpty(), qPrintable(lines(faults)));
    }

    void aContextIsReadAsWhatItIsAndCanBePressed() {
        widgets::ContextChip chip(QStringLiteral("bakery-ia-prod"));
        chip.show();
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&chip);
        QCOMPARE(spoken->role(), QAccessible::CheckBox);
        QVERIFY(spoken->state().checked);
        QVERIFY(spoken->actionInterface()->actionNames().contains(QAccessibleActionInterface::toggleAction()));
        spoken->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
        QVERIFY(!chip.isChecked());
        QVERIFY(!spoken->state().checked);
    }

    void theWalkFindsWhatItIsFor() {
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        auto* good = new QPushButton(QStringLiteral("Good"));
        auto* nameless = new QPushButton;
        nameless->setObjectName(QStringLiteral("planted"));
        auto* byItsClass = new QToolButton;
        byItsClass->setAccessibleName(QStringLiteral("QToolButton"));
        auto* unreachable = new QPushButton(QStringLiteral("Unreachable"));
        unreachable->setFocusPolicy(Qt::NoFocus);
        auto* twin = new QPushButton(QStringLiteral("Good"));
        auto* bare = new QWidget;
        bare->setObjectName(QStringLiteral("bare"));
        bare->setFocusPolicy(Qt::TabFocus);
        bare->setAccessibleName(QStringLiteral("Something"));
        for (QWidget* widget :
             {static_cast<QWidget*>(good), static_cast<QWidget*>(nameless), static_cast<QWidget*>(byItsClass),
              static_cast<QWidget*>(unreachable), static_cast<QWidget*>(twin), bare}) {
            column->addWidget(widget);
        }
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const QString names = lines(gui_tests::nameFaults(&window));
        QVERIFY2(names.contains(QStringLiteral("QPushButton#planted has no name")), qPrintable(names));
        QVERIFY2(names.contains(QStringLiteral("QToolButton has no name")), qPrintable(names));
        QVERIFY2(names.contains(QStringLiteral("QWidget#bare has no role")), qPrintable(names));
        QCOMPARE(gui_tests::nameFaults(&window).size(), 3);
        QCOMPARE(gui_tests::twinFaults(&window).size(), 1);
        const QString reach = lines(gui_tests::reachFaults(&window));
        QVERIFY2(reach.contains(QStringLiteral("“Unreachable” is not reached")), qPrintable(reach));
        QVERIFY2(!reach.contains(QStringLiteral("“Good”")), qPrintable(reach));
    }
};

QTEST_MAIN(TestAccessibility)
#include "test_accessibility.moc"
