#include <QAccessible>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/widgets/widget_test.h"
#include "widgets/key_cap.h"
#include "widgets/key_sheet.h"
#include "widgets/label.h"
#include "widgets/palette_popup.h"
#include "widgets/style.h"

using namespace quarterdeck::widgets;

namespace {

PaletteItem item(const QString& id, const QString& reason = {}) {
    PaletteItem one;
    one.id = id;
    one.title = QStringLiteral("Title ") + id;
    one.detail = QStringLiteral("detail");
    one.disabledReason = reason;
    return one;
}

QVector<PaletteSection> twoSections() {
    return {{QStringLiteral("One"), {item(QStringLiteral("a"), QStringLiteral("not now")), item(QStringLiteral("b"))}},
            {QStringLiteral("None"), {}},
            {QStringLiteral("Two"), {item(QStringLiteral("c")), item(QStringLiteral("d"))}}};
}

// A window with a button that has the focus, and a palette over it.
struct Stage {
    Stage() {
        window.resize(900, 600);
        before = new QPushButton(QStringLiteral("before"), &window);
        other = new QPushButton(QStringLiteral("other"), &window);
        popup = new PalettePopup(&window);
        window.show();
        window.activateWindow();
        active = QTest::qWaitForWindowActive(&window);
        before->setFocus();
        input = window.findChild<QLineEdit*>(QStringLiteral("palette.input"));
        list = window.findChild<QListView*>(QStringLiteral("palette.list"));
    }
    QWidget window;
    bool active = false;
    QPushButton* before = nullptr;
    QPushButton* other = nullptr;
    PalettePopup* popup = nullptr;
    QLineEdit* input = nullptr;
    QListView* list = nullptr;
};

}  // namespace

class TestPalettePopup : public QObject {
    Q_OBJECT

private slots:
    void foreignTextIsShownEscapedAndNeverReadAsHtml() {
        Stage stage;
        stage.popup->openEmpty();
        PaletteItem foreign = item(QStringLiteral("a"));
        foreign.title = QStringLiteral("<b>web</b>-\u202Egnp.exe\n");
        foreign.marks = {0, 1};
        foreign.detail = QStringLiteral("in \u202Eprod");
        PaletteItem plain = item(QStringLiteral("b"));
        plain.marks = {0, 1};
        stage.popup->setSections({{QStringLiteral("Sec\u202Etion"), {foreign, plain}}});
        const auto text = [&](int row, int role) { return stage.list->model()->index(row, 0).data(role).toString(); };
        QCOMPARE(text(0, Qt::DisplayRole), QStringLiteral("Sec\\u202Etion"));
        QCOMPARE(text(1, Qt::DisplayRole), QStringLiteral("<b>web</b>-\\u202Egnp.exe\\n"));
        QCOMPARE(text(1, Qt::AccessibleTextRole), QStringLiteral("<b>web</b>-\\u202Egnp.exe\\n, in \\u202Eprod"));
        QVERIFY(text(1, Qt::ToolTipRole).contains(QStringLiteral("&lt;b&gt;web")));
        QVERIFY(stage.popup->items().at(0).marks.isEmpty());  // they count the letters that it had
        QCOMPARE(stage.popup->items().at(1).marks, plain.marks);
    }

    void initTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("dark"))); }

    void itTakesTheFocusAndEscapeGivesItBack() {
        const Stage stage;
        QTRY_VERIFY(stage.before->hasFocus());
        const QSignalSpy closed(stage.popup, &Overlay::closed);
        stage.popup->openEmpty();
        QVERIFY(stage.input->hasFocus());
        QTest::keyClick(stage.input, Qt::Key_Tab);
        QVERIFY(stage.input->hasFocus());
        QTest::keyClick(stage.input, Qt::Key_Escape);
        QVERIFY(!stage.popup->isVisible() && !stage.popup->isOpen());
        QVERIFY(stage.before->hasFocus());
        QCOMPARE(closed.count(), 1);
    }

    void theFirstThatCanBeChosenIsCurrentAndTheKeysWalkAndWrap() {
        const Stage stage;
        stage.popup->openEmpty();
        stage.popup->setSections(twoSections());
        QCOMPARE(stage.popup->currentId(), QStringLiteral("b"));
        const QList<std::pair<Qt::Key, const char*>> walk{
            {Qt::Key_Down, "c"}, {Qt::Key_Down, "d"}, {Qt::Key_Down, "a"},     {Qt::Key_Up, "d"},
            {Qt::Key_Home, "a"}, {Qt::Key_End, "d"},  {Qt::Key_PageDown, "d"}, {Qt::Key_PageUp, "a"}};
        for (const auto& [key, id] : walk) {
            QTest::keyClick(stage.input, key);
            QCOMPARE(stage.popup->currentId(), QString::fromUtf8(id));
        }
    }

    void enterAndAClickChooseButNotWhatIsDisabled() {
        const Stage stage;
        QSignalSpy chosen(stage.popup, &PalettePopup::chosen);
        stage.popup->openEmpty();
        stage.popup->setSections(twoSections());
        QTest::keyClick(stage.input, Qt::Key_Return);
        QCOMPARE(chosen.takeFirst().first().toString(), QStringLiteral("b"));
        QTest::keyClick(stage.input, Qt::Key_Up);
        QTest::keyClick(stage.input, Qt::Key_Enter);
        QCOMPARE(chosen.count(), 0);
        const QModelIndex row = stage.list->model()->index(4, 0);
        QCOMPARE(row.data().toString(), QStringLiteral("Title c"));
        QTest::mouseClick(stage.list->viewport(), Qt::LeftButton, {}, stage.list->visualRect(row).center());
        QCOMPARE(chosen.takeFirst().first().toString(), QStringLiteral("c"));
    }

    void enterBeforeTheAnswerWaitsForIt() {
        const Stage stage;
        const QSignalSpy chosen(stage.popup, &PalettePopup::chosen);
        const QSignalSpy edited(stage.popup, &PalettePopup::queryEdited);
        stage.popup->openEmpty();
        stage.popup->setSections(twoSections());
        QTest::keyClicks(stage.input, QStringLiteral("x"));
        QCOMPARE(edited.count(), 1);
        QTest::keyClick(stage.input, Qt::Key_Return);
        QCOMPARE(chosen.count(), 0);  // "b" belongs to the old query
        stage.popup->setSections({{{}, {item(QStringLiteral("new"))}}});
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toString(), QStringLiteral("new"));
    }

    void theCurrentRowStaysByItsIdUntilSomethingElseIsTyped() {
        const Stage stage;
        stage.popup->openEmpty();
        stage.popup->setSections(twoSections());
        QTest::keyClick(stage.input, Qt::Key_End);
        auto grown = twoSections();
        grown.first().items.prepend(item(QStringLiteral("z")));
        stage.popup->setSections(grown);
        QCOMPARE(stage.popup->currentId(), QStringLiteral("d"));
        QTest::keyClicks(stage.input, QStringLiteral("x"));
        stage.popup->setSections(grown);
        QCOMPARE(stage.popup->currentId(), QStringLiteral("z"));
    }

    void deleteRemovesOnlyWhatCanBeRemovedAndOnlyAtTheEndOfTheLine() {
        const Stage stage;
        const QSignalSpy removed(stage.popup, &PalettePopup::removeRequested);
        auto sections = twoSections();
        sections.last().items.last().removable = true;
        stage.popup->openEmpty();
        QTest::keyClicks(stage.input, QStringLiteral("xy"));
        stage.popup->setSections(sections);
        QTest::keyClick(stage.input, Qt::Key_Delete);
        QCOMPARE(removed.count(), 0);
        QTest::keyClick(stage.input, Qt::Key_End);
        QTest::keyClick(stage.input, Qt::Key_Left);
        QTest::keyClick(stage.input, Qt::Key_Delete);
        QCOMPARE(removed.count(), 0);
        QCOMPARE(stage.popup->query(), QStringLiteral("x"));
        stage.popup->setSections(sections);
        QTest::keyClick(stage.input, Qt::Key_End);
        QTest::keyClick(stage.input, Qt::Key_Delete);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed.first().first().toString(), QStringLiteral("d"));
    }

    void nothingFoundSaysSo() {
        const Stage stage;
        stage.popup->openEmpty();
        stage.popup->setEmptyText(QStringLiteral("Nothing matches"));
        stage.popup->setSections({});
        auto* empty = stage.window.findChild<QLabel*>(QStringLiteral("palette.empty"));
        QVERIFY(empty->isVisible() && !stage.list->isVisible());
        QVERIFY(stage.input->accessibleDescription().contains(QStringLiteral("Nothing matches")));
        stage.popup->setSections(twoSections());
        QVERIFY(!empty->isVisible() && stage.list->isVisible());
    }

    void aClickBesideItClosesAndSoDoesTheFocusElsewhere() {
        const Stage stage;
        stage.popup->openEmpty();
        QTest::mouseClick(stage.popup, Qt::LeftButton, {}, QPoint(5, 590));
        QVERIFY(!stage.popup->isOpen());
        QVERIFY(stage.before->hasFocus());
        stage.popup->openEmpty();
        stage.other->setFocus();
        QVERIFY(!stage.popup->isOpen());
        QVERIFY(stage.other->hasFocus());
    }

    void theKeysOfTheWindowAreSilentExceptTheOneThatOpenedIt() {
        Stage stage;
        auto* silent = new QAction(&stage.window);
        silent->setShortcut(QKeySequence(QStringLiteral("Ctrl+F")));
        auto* own = new QAction(&stage.window);
        own->setShortcut(QKeySequence(QStringLiteral("Ctrl+K")));
        stage.window.addActions({silent, own});
        const QSignalSpy silentRan(silent, &QAction::triggered);
        const QSignalSpy ownRan(own, &QAction::triggered);
        stage.popup->letThrough({own->shortcut()});
        stage.popup->openEmpty();
        QTest::keyClick(stage.input, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClick(stage.input, Qt::Key_K, Qt::ControlModifier);
        QCOMPARE(silentRan.count(), 0);
        QCOMPARE(ownRan.count(), 1);
    }

    void itStaysInsideSmallWindowsAndFollowsTheirSize() {
        Stage stage;
        stage.popup->openEmpty();
        PaletteSection many{QStringLiteral("Many"), {}};
        for (int i = 0; i < 50; ++i) {
            many.items.append(item(QString::number(i)));
        }
        stage.popup->setSections({many});
        for (const QSize size : {QSize(400, 300), QSize(1600, 900)}) {
            stage.window.resize(size);
            QTRY_COMPARE(stage.popup->size(), size);
            const QRect panel = stage.list->parentWidget()->geometry();
            QVERIFY(stage.popup->rect().contains(panel));
            QVERIFY(panel.width() <= scaledPx(stage.popup, 640));
        }
        QTest::keyClick(stage.input, Qt::Key_End);
        QVERIFY(stage.list->viewport()->rect().contains(stage.list->visualRect(stage.list->currentIndex()).center()));
    }

    void screenReadersHearADialogTheCountAndTheRow() {
        const Stage stage;
        stage.popup->openEmpty();
        stage.popup->setSections(twoSections());
        QAccessibleInterface* dialog = QAccessible::queryAccessibleInterface(stage.popup);
        QCOMPARE(dialog->role(), QAccessible::Dialog);
        QVERIFY(!dialog->text(QAccessible::Name).isEmpty());
        const QString said = stage.input->accessibleDescription();
        QVERIFY(said.contains(QLatin1Char('4')));
        QVERIFY(said.contains(QStringLiteral("Title b")));
        const auto name = stage.list->model()->index(1, 0).data(Qt::AccessibleTextRole).toString();
        QCOMPARE(name, QStringLiteral("Title a, detail, not now"));
    }

    void itPaintsInEveryThemeWithLongNamesAndMarks() {
        PaletteItem longOne = item(QStringLiteral("long"));
        longOne.title = QString(253, QLatin1Char('m'));
        longOne.marks = {0, 1, 120, 252};
        longOne.detail = QString(253, QLatin1Char('d'));
        longOne.keys = keyText(QKeySequence(QStringLiteral("Ctrl+Shift+F")));
        longOne.tone = Tone::Critical;
        for (const QString& id : Theme::ids()) {
            applyTheme(*qApp, Theme::named(id), id.contains(QStringLiteral("dark")) ? 2.0 : 0.8);
            Stage stage;
            stage.popup->openEmpty();
            stage.popup->setSections({{QStringLiteral("Section"), {longOne, item(QStringLiteral("b"))}}});
            const QImage with = stage.window.grab().toImage();
            longOne.marks = {};
            stage.popup->setSections({{QStringLiteral("Section"), {longOne, item(QStringLiteral("b"))}}});
            QVERIFY2(with != stage.window.grab().toImage(), qPrintable(id));  // the marks are seen
            longOne.marks = {0, 1, 120, 252};
        }
        applyTheme(*qApp, Theme::named(QStringLiteral("dark")));
    }

    void theKeySheetShowsGroupsAndClosesByEscape() {
        Stage stage;
        KeySheet sheet(&stage.window);
        const QKeySequence copy(QStringLiteral("Ctrl+C"));
        sheet.openWith(QStringLiteral("Keys"), {{QStringLiteral("Go"), {{QStringLiteral("Copy"), {copy}}}},
                                                {QStringLiteral("View"), {{QStringLiteral("Zoom"), {}}}}});
        QVERIFY(sheet.isVisible());
        QStringList names;
        for (const TextLabel* label : sheet.findChildren<TextLabel*>()) {
            names += label->accessibleName().isEmpty() ? label->text() : label->accessibleName();
        }
        QVERIFY(names.contains(QStringLiteral("Copy: Ctrl C")));
        QVERIFY(names.contains(QStringLiteral("Go")) && names.contains(QStringLiteral("View")));
        QTest::keyClick(stage.window.focusWidget(), Qt::Key_Escape);
        QVERIFY(!sheet.isOpen());
        QVERIFY(stage.before->hasFocus());
    }

    void keysAreWrittenAsCaps_data() {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QString>("text");
        QTest::newRow("one") << QStringLiteral("F5") << QStringLiteral("F5");
        QTest::newRow("two") << QStringLiteral("Ctrl+K") << QStringLiteral("Ctrl K");
        QTest::newRow("three") << QStringLiteral("Ctrl+Shift+F") << QStringLiteral("Ctrl Shift F");
        QTest::newRow("plus") << QStringLiteral("Ctrl++") << QStringLiteral("Ctrl +");
        QTest::newRow("question") << QStringLiteral("?") << QStringLiteral("?");
    }
    void keysAreWrittenAsCaps() {
        QFETCH(QString, keys);
        QTEST(keyText(QKeySequence(keys, QKeySequence::PortableText)), "text");
    }
};

QUARTERDECK_WIDGET_TEST(TestPalettePopup)
#include "test_palette_popup.moc"
