// The palette, the key help and saved views by real keys in the real main window on the demo platform.

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include "tests/gui/demo_console.h"
#include "ui/windows/search_box.h"
#include "widgets/key_sheet.h"
#include "widgets/label.h"
#include "widgets/palette_popup.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;
using widgets::PalettePopup;

namespace {

/// By the keyboard alone: every key goes where the focus is.
class Keys {
public:
    explicit Keys(const Console& console) : console_(console) {}
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        QWidget* focus = console_.window->focusWidget();
        QTest::keyClick(focus != nullptr ? focus : console_.window.get(), key, modifiers);
    }
    void type(const char* text) const { QTest::keyClicks(console_.window->focusWidget(), QString::fromUtf8(text)); }
    void open() const { press(Qt::Key_K, Qt::ControlModifier); }

private:
    const Console& console_;
};

PalettePopup* popupOf(const Console& console) {
    return console.part<PalettePopup>("palette");
}

QStringList titles(const Console& console) {
    QStringList all;
    for (const widgets::PaletteItem& item : popupOf(console)->items()) {
        all += item.title;
    }
    return all;
}

QString selectedName(const Console& console) {
    const QModelIndexList rows = console.table()->selectionModel()->selectedRows(1);
    return rows.size() == 1 ? rows.first().data().toString() : QString();
}

}  // namespace

class TestPalette : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void typingANameAndEnterSelectsThatPod() {
        const Console console("fleet");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const Keys keys(console);
        keys.open();
        QVERIFY(popupOf(console)->isOpen());
        // Deployments of that name may be known before the pods are.
        const auto* note = console.part<widgets::TextLabel>("palette.note");
        QTRY_VERIFY_WITH_TIMEOUT(!note->text().contains(QStringLiteral("Still loading")), kPatience);
        keys.type("orders");
        QTRY_VERIFY_WITH_TIMEOUT(titles(console).value(0).startsWith(QStringLiteral("orders-")), kPatience);
        const QString wanted = titles(console).first();
        keys.press(Qt::Key_Return);
        QVERIFY(!popupOf(console)->isOpen());
        QCOMPARE(console.pageId(), std::string("pods"));
        QTRY_COMPARE_WITH_TIMEOUT(selectedName(console), wanted, kPatience);
        QVERIFY(console.window->location().filter.empty());
        QTRY_VERIFY([&] {
            const QModelIndexList rows = console.table()->selectionModel()->selectedRows();
            const QRect row = rows.isEmpty() ? QRect() : console.table()->visualRect(rows.first());
            return row.isValid() && console.table()->viewport()->rect().contains(row.center());
        }());
        // It is found first from now on, and among the recent places.
        console.trigger("go.fleet");
        keys.open();
        QCOMPARE(titles(console).first(), wanted);
        keys.press(Qt::Key_Escape);
        keys.press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(console.pageId(), std::string("pods"));
    }

    void theGrammarLeadsToAFilteredPage() {
        const Console console("nodes");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const Keys keys(console);
        keys.open();
        keys.type(":pods bakery-ia");
        // Namespaces are known as soon as their objects are.
        QTRY_VERIFY_WITH_TIMEOUT(titles(console).value(0).endsWith(QStringLiteral("bakery-ia")), kPatience);
        keys.type(" /orders @prod");
        keys.press(Qt::Key_Return);  // without waiting for the answer
        QTRY_COMPARE_WITH_TIMEOUT(
            QString::fromStdString(ui::formatLocation(console.window->location())),
            QStringLiteral("quarterdeck://pods?context=bakery-ia-prod&context=globeco-prod&namespace=bakery-ia&filter="
                           "orders"),
            kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && console.window->page()->rows() >= 3, kPatience);
        for (int row = 0; row < console.window->page()->rows(); ++row) {
            QVERIFY(console.cell(row, 1).contains(QStringLiteral("orders")));
        }
    }

    void anUnknownKindIsSaidInTheList() {
        const Console console("nodes");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const Keys keys(console);
        keys.open();
        keys.type(":nonsense");
        QTRY_VERIFY(titles(console).value(0).contains(QStringLiteral("nonsense")));
        keys.press(Qt::Key_Return);
        QVERIFY(popupOf(console)->isOpen());
        QCOMPARE(console.pageId(), std::string("nodes"));
    }

    void actionsRunAndTheFocusIsWhereTheyPutIt() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const Keys keys(console);
        keys.open();
        keys.type(">filter the");
        QTRY_COMPARE(titles(console), QStringList{QStringLiteral("Filter the list")});
        keys.press(Qt::Key_Return);
        QVERIFY(!popupOf(console)->isOpen());
        QVERIFY(console.part<QWidget>("page.pods.filter")->isAncestorOf(console.window->focusWidget()));
        keys.open();
        keys.type(">only faults");
        QTRY_COMPARE(titles(console).size(), 1);
        keys.press(Qt::Key_Return);
        QTRY_COMPARE(console.window->location().filter, std::string("is:unhealthy"));
    }

    void nothingFoundNamesWhatWasSearched() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const Keys keys(console);
        keys.open();
        keys.type("qqzzqq");
        auto* empty = console.part<QLabel>("palette.empty");
        QTRY_VERIFY_WITH_TIMEOUT(empty->isVisible() && empty->text().contains(QStringLiteral("globeco-prod")),
                                 kPatience);
        QVERIFY(empty->text().contains(QStringLiteral("qqzzqq")));
        QVERIFY(console.part<QLabel>("palette.note")->text().contains(QStringLiteral("@context")));
    }

    void theSameKeyClosesItAndTheFocusReturns() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.table()->setFocus();
        const Keys keys(console);
        keys.open();
        QVERIFY(popupOf(console)->isOpen());
        keys.open();
        QVERIFY(!popupOf(console)->isOpen());
        QCOMPARE(console.window->focusWidget(), static_cast<QWidget*>(console.table()));
    }

    void theFieldInTheBarOpensItAndShrinksToItsLens() {
        const Console console("pods");
        auto* box = console.part<ui::SearchBox>("topbar.search");
        QVERIFY(!box->isNarrow());
        QVERIFY(box->accessibleName().contains(QStringLiteral("Search")));
        QTest::mouseClick(box, Qt::LeftButton);
        QVERIFY(popupOf(console)->isOpen());
        QTest::keyClick(console.window->focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);  // the chips are there
        console.window->resize(800, 600);
        QTRY_VERIFY(box->isNarrow());
        QVERIFY(box->width() >= 24);
    }

    void theQuestionMarkShowsTheKeysOfThePage() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.table()->setFocus();
        const Keys keys(console);
        const auto shown = [&] {
            QStringList names;
            for (const auto* label : console.part<widgets::KeySheet>("keys")->findChildren<widgets::TextLabel*>()) {
                names += label->accessibleName();
            }
            return names;
        };
        keys.press(Qt::Key_Question);
        auto* sheet = console.part<widgets::KeySheet>("keys");
        QVERIFY(sheet != nullptr && sheet->isOpen());
        QVERIFY(shown().contains(QStringLiteral("Export as CSV…: Ctrl E")));
        QVERIFY(shown().contains(QStringLiteral("First and last row: Home, End")));
        keys.press(Qt::Key_Escape);
        QVERIFY(!sheet->isOpen());
        QCOMPARE(console.window->focusWidget(), static_cast<QWidget*>(console.table()));
        console.trigger("go.fleet");
        keys.press(Qt::Key_F1);
        QVERIFY(sheet->isOpen());
        QVERIFY(!shown().contains(QStringLiteral("First and last row: Home, End")));
        keys.press(Qt::Key_F1);
        QVERIFY(!sheet->isOpen());
    }

    void aViewIsSavedFoundOpenedRemovedAndBroughtBack() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const Keys keys(console);
        const auto place = *ui::parseLocation("quarterdeck://pods?context=bakery-ia-prod&filter=orders&sort=-age");
        QVERIFY(console.window->go(place));
        console.table()->setFocus();
        keys.press(Qt::Key_D, Qt::ControlModifier);
        auto* name = console.part<QLineEdit>("save-view.name");
        QVERIFY(name != nullptr && name->isVisible());
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("Orders, oldest"));
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(console.part<QLabel>("status.message")->text().contains(QStringLiteral("Orders, oldest")));
        console.trigger("go.nodes");
        keys.open();
        keys.type("oldest");
        QTRY_VERIFY(titles(console).contains(QStringLiteral("Orders, oldest")));
        keys.press(Qt::Key_Return);
        QTRY_COMPARE(ui::formatLocation(console.window->location()), ui::formatLocation(place));

        console.window->activateWindow();  // no window manager does it after the dialog
        QTRY_VERIFY(console.window->isActiveWindow());
        keys.open();
        keys.press(Qt::Key_End);
        while (popupOf(console)->currentId() != QStringLiteral("view:Orders, oldest")) {
            const QString before = popupOf(console)->currentId();
            keys.press(Qt::Key_Up);
            QVERIFY(popupOf(console)->currentId() != before);
        }
        keys.press(Qt::Key_Delete);
        QVERIFY(!titles(console).contains(QStringLiteral("Orders, oldest")));
        const qsizetype back = titles(console).indexOf(QStringLiteral("Bring back “Orders, oldest”"));
        QVERIFY(back >= 0);
        keys.press(Qt::Key_Home);
        for (qsizetype i = 0; i < back; ++i) {
            keys.press(Qt::Key_Down);
        }
        keys.press(Qt::Key_Return);
        QVERIFY(titles(console).contains(QStringLiteral("Orders, oldest")));
    }

    void aViewOfAClosedContextOpensIt() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const Keys keys(console);
        const auto save = [&](const char* place, const char* title) {
            QVERIFY(console.window->go(*ui::parseLocation(place)));
            console.trigger("view.save");
            auto* name = console.part<QLineEdit>("save-view.name");
            QVERIFY(name != nullptr && name->isVisible());
            name->setText(QString::fromUtf8(title));
            QTest::keyClick(name, Qt::Key_Return);
            QTRY_VERIFY(console.part<QLineEdit>("save-view.name") == nullptr);
            console.window->activateWindow();  // no window manager does it after the dialog
            QTRY_VERIFY(console.window->isActiveWindow());
        };
        const auto choose = [&](const char* title) {
            console.table()->setFocus();
            keys.open();
            keys.type(title);
            QTRY_COMPARE_WITH_TIMEOUT(titles(console).value(0), QString::fromUtf8(title), kPatience);
            keys.press(Qt::Key_Return);
        };
        save("quarterdeck://pods?context=bakery-ia-prod", "Bakery alone");
        save("quarterdeck://pods?context=no-such-context", "Lost place");
        console.hub->close("bakery-ia-prod");
        console.trigger("go.nodes");
        QVERIFY(console.window->go(*ui::parseLocation("quarterdeck://nodes")));
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        choose("Bakery alone");
        QVERIFY(console.hub->session("bakery-ia-prod") != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(console.pageId() == "pods" && console.live(), 2 * kPatience);
        choose("Lost place");
        QTRY_VERIFY(console.part<QLabel>("status.message")->text().contains(QStringLiteral("no-such-context")));
    }
};

QTEST_MAIN(TestPalette)
#include "test_palette.moc"
