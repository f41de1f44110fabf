// The window in a language whose texts are 40 % longer: nothing is cut, and nothing is left untranslated.

#include <QAbstractItemView>
#include <QHeaderView>
#include <QMenu>
#include <QRegularExpression>
#include <QTest>

#include "tests/gui/demo_console.h"
#include "tests/gui/layout_check.h"
#include "tests/gui/pseudo_translator.h"
#include "tests/gui/surfaces.h"
#include "ui/pages/page_catalog.h"
#include "widgets/chip.h"
#include "widgets/details_drawer.h"
#include "widgets/dock.h"
#include "widgets/heat_row.h"
#include "widgets/navigation_rail.h"
#include "widgets/palette_popup.h"
#include "widgets/style.h"

using namespace quarterdeck;
using gui_tests::Console;
using gui_tests::PseudoTranslator;

namespace {

/// A container of the incident lives for twenty seconds before it fails, and backs off after that.
constexpr int kIncidentPatience = 90'000;

/// Texts that are the same in every language: names of the demo's world, numbers, units, versions, keys.
bool isData(const QWidget* widget, const QString& text) {
    static const QRegularExpression word(QStringLiteral("\\p{L}{2,}"));
    static const QRegularExpression data(
        QStringLiteral("^(Quarterdeck|UTC|CPU|\\+\\d+|v?\\d[\\w.+-]*|[\\d.,:% ]+\\s?(UTC|[KMGT]i?B?|m|s|ms)?)$"));
    if (!word.match(text).hasMatch() || data.match(text.trimmed()).hasMatch()) {
        return true;
    }
    if (qobject_cast<const widgets::ContextChip*>(widget) != nullptr ||
        qobject_cast<const widgets::Tag*>(widget) != nullptr ||
        qobject_cast<const widgets::HeatRow*>(widget) != nullptr) {  // named after contexts, namespaces …
        return true;
    }
    for (const std::string& context : gui_tests::kContexts) {
        if (text == QString::fromStdString(context)) {
            return true;
        }
    }
    return false;
}

/// Texts a person reads that did not pass through a translation.
QStringList untranslated(const QWidget* root) {
    QStringList faults;
    const auto check = [&](const QWidget* widget, const QString& text, const char* what) {
        if (!text.contains(QStringLiteral("⟦")) && !isData(widget, text)) {
            faults += QStringLiteral("%1 has an untranslated %2: “%3”")
                          .arg(gui_tests::pathOf(widget), QString::fromLatin1(what), text.left(80));
        }
    };
    for (const QWidget* widget : root->findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(root)) {
            continue;
        }
        const auto* input = qobject_cast<const QLineEdit*>(widget);
        if (input == nullptr) {  // what is typed is the person's
            check(widget, widget->property("text").toString(), "text");
        } else {
            check(widget, input->placeholderText(), "placeholder");
        }
        check(widget, widget->accessibleName(), "name");
        if (const auto* header = qobject_cast<const QHeaderView*>(widget); header != nullptr && header->model()) {
            for (int i = 0; i < header->count() && header->orientation() == Qt::Horizontal; ++i) {
                check(widget, header->model()->headerData(i, Qt::Horizontal).toString(), "column");
            }
        }
    }
    return faults;
}

}  // namespace

class TestPseudoLocale : public QObject {
    Q_OBJECT

    PseudoTranslator translator_;

private slots:
    void initTestCase() {
        widgets::applyTheme(*qApp, widgets::Theme::suiting(false, false));
        QVERIFY(QCoreApplication::installTranslator(&translator_));
    }

    void placeholdersAndMnemonicsSurvive() {
        QCOMPARE(PseudoTranslator::pseudo(QStringLiteral("&Copy %1 of {name}, %n left")),
                 QStringLiteral("⟦&Cöpý %1 öf {name}, %n ļéft~~~~~~~~~⟧"));
        QVERIFY(PseudoTranslator::pseudo(QStringLiteral("Retry")).size() >= 8);
        QCOMPARE(PseudoTranslator::pseudo({}), QString());
    }

    void everyPageFitsAndIsTranslated_data() {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QSize>("size");
        for (const ui::PageEntry& entry : ui::pageCatalog()) {
            if (entry.make != nullptr) {
                for (const QSize size : {QSize(1440, 900), QSize(1280, 720), QSize(1024, 768)}) {
                    QTest::addRow("%s at %d", entry.id, size.width()) << QString::fromUtf8(entry.id) << size;
                }
            }
        }
    }
    void everyPageFitsAndIsTranslated() {
        QFETCH(QString, page);
        QFETCH(QSize, size);
        const Console console(page.toStdString());
        console.showKind(page.toStdString());
        console.window->resize(size);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(console.window->size(), size);
        const QStringList faults = gui_tests::layoutFaults(console.window.get()) + untranslated(console.window.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void whatOpensOverAPageFitsAndIsTranslated_data() { gui_tests::addSurfaceRows(); }
    void whatOpensOverAPageFitsAndIsTranslated() {
        QFETCH(int, index);
        const gui_tests::Surface& surface = gui_tests::surfaces().at(static_cast<std::size_t>(index));
        const Console console(surface.page);
        console.window->resize(1280, 720);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        console.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(console.window.get()));
        QWidget* opened = gui_tests::openSurface(console, surface);
        QVERIFY(opened != nullptr);
        if (auto* palette = qobject_cast<widgets::PalettePopup*>(opened)) {
            QTRY_VERIFY(palette->items().size() > 1);
        }
        QCoreApplication::sendPostedEvents();
        QVERIFY2(opened->width() <= 1280 && opened->height() <= 720, qPrintable(gui_tests::sizeText(opened->size())));
        QStringList faults = gui_tests::layoutFaults(opened) + untranslated(opened);
        for (const auto* label : opened->findChildren<widgets::TextLabel*>()) {  // help that ends in "…" is none
            const bool help = opened->objectName() == QStringLiteral("keys") && label->isVisible();
            if (help && label->fontMetrics().horizontalAdvance(label->text()) > label->contentsRect().width()) {
                faults += QStringLiteral("the help shortens “%1”").arg(label->text());
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        opened->hide();
    }

    void theDetailsOfAnIncidentFit_data() {
        QTest::addColumn<QString>("tab");
        for (const char* tab : {"overview", "events", "related"}) {
            QTest::newRow(tab) << QString::fromUtf8(tab);
        }
    }
    void theDetailsOfAnIncidentFit() {
        QFETCH(QString, tab);
        const Console console("pods", true, "crash-loop");
        console.window->resize(1280, 720);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        const auto name = [&] { return console.cell(0, console.table()->model()->columnCount() > 1 ? 1 : 0); };
        QTRY_VERIFY_WITH_TIMEOUT(name().startsWith(QStringLiteral("orders-service-")), kIncidentPatience);
        console.openFirstRow();
        auto* drawer = console.window->page()->findChild<widgets::DetailsDrawer*>();
        QTRY_VERIFY(drawer != nullptr && drawer->isVisible());
        // With what is wrong on top, in several lines.
        const auto notice = [&] {
            for (const QWidget* part : drawer->findChildren<QWidget*>()) {
                if (part->inherits("quarterdeck::widgets::NoticePanel") && part->isVisible()) {
                    return true;
                }
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(notice(), kIncidentPatience);
        drawer->setCurrentTab(tab);
        QCOMPARE(drawer->currentTab(), tab);
        QTRY_VERIFY_WITH_TIMEOUT(console.window->page()->isSettled(), gui_tests::kPatience);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(console.window->size(), QSize(1280, 720));
        QTRY_VERIFY(!drawer->findChildren<QWidget*>().isEmpty());
        const QStringList faults = gui_tests::layoutFaults(console.window.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void theDockFitsAndIsTranslated() {
        const Console console;
        console.window->resize(1280, 720);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        // Something to tell: a context is closed and opened again.
        console.part<QAction>("card.globeco-prod.close")->trigger();
        QTRY_VERIFY(console.hub->session("globeco-prod") == nullptr);
        console.hub->open("globeco-prod");
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && console.window->page()->rows() == 3, gui_tests::kPatience);
        console.trigger("view.dock");
        auto* dock = console.part<widgets::Dock>("dock");
        QTRY_VERIFY(dock->isOpen());
        QCoreApplication::sendPostedEvents();
        QTRY_VERIFY(console.part<QWidget>("message.1") != nullptr && console.part<QWidget>("message.1")->isVisible());
        QVERIFY(console.part<QWidget>("toast") != nullptr);
        // What was done is told over the page.
        console.part<QWidget>("toast")->setProperty(gui_tests::kOverlayProperty, true);
        const QStringList faults = gui_tests::layoutFaults(console.window.get()) + untranslated(dock);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void menusAndActionsAreTranslated() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), gui_tests::kPatience);
        QStringList faults;
        QList<QAction*> all = console.window->QWidget::actions();
        for (const QMenu* menu : console.window->findChildren<QMenu*>()) {
            all += menu->actions();
        }
        for (const QAction* action : all) {
            if (!action->isSeparator() && !action->text().contains(QStringLiteral("⟦"))) {
                faults += action->objectName() + QLatin1Char(' ') + action->text();
            }
        }
        QVERIFY(all.size() > 15);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void theCheckFindsATextThatIsNotTranslated() {
        QWidget window;
        auto* label = new QLabel(QStringLiteral("Bare words"), &window);
        label->resize(200, 20);
        auto* version = new QLabel(QStringLiteral("v1.34.0"), &window);
        version->move(0, 30);
        window.show();
        const QStringList faults = untranslated(&window);
        QCOMPARE(faults.size(), 1);
        QVERIFY(faults.front().contains(QStringLiteral("Bare words")));
    }

    void cleanupTestCase() { QCoreApplication::removeTranslator(&translator_); }
};

QTEST_MAIN(TestPseudoLocale)
#include "test_pseudo_locale.moc"
