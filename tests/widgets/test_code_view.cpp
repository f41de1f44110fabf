// Folding and searching in texts.
#include <QMenu>
#include <QShortcut>
#include <QSignalSpy>
#include <QTextBlock>

#include "tests/widgets/code_view_support.h"
#include "widgets/button.h"
#include "widgets/details_drawer.h"

using namespace quarterdeck::widgets;

class TestCodeView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("dark"))); }

    void keysFoldAndUnfoldTheLineOfTheCursor() {
        CodeView view;
        view.setText(lines(pod()));
        show(view);
        goTo(view, 7);
        QTest::keyClick(view.edit(), Qt::Key_Left);
        QVERIFY(view.edit()->isFolded(7));
        // List items in the key's own column belong to it.
        for (int line = 8; line <= 17; ++line) {
            QVERIFY2(!isShown(view, line), qPrintable(QString::number(line)));
        }
        QVERIFY(isShown(view, 18));
        QTest::keyClick(view.edit(), Qt::Key_Down);
        QCOMPARE(view.edit()->textCursor().blockNumber(), 18);
        goTo(view, 7);
        QTest::keyClick(view.edit(), Qt::Key_Right);
        QVERIFY(isShown(view, 8));
        // A line that holds nothing: the cursor moves.
        goTo(view, 18);
        QTest::keyClick(view.edit(), Qt::Key_Right);
        QCOMPARE(view.edit()->textCursor().positionInBlock(), 1);
        QTest::keyClick(view.edit(), Qt::Key_Left);
        QCOMPARE(view.edit()->textCursor().positionInBlock(), 0);
    }

    void foldsFollowTheIndentationOfYaml_data() {
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("end");
        QTest::newRow("a scalar") << 0 << 0;
        QTest::newRow("metadata") << 2 << 5;
        QTest::newRow("labels") << 4 << 5;
        QTest::newRow("spec") << 6 << 18;
        QTest::newRow("containers") << 7 << 17;
        QTest::newRow("first item") << 8 << 15;
        QTest::newRow("args") << 10 << 14;
        QTest::newRow("block of text with a blank line") << 11 << 14;
        QTest::newRow("second item") << 16 << 17;
        QTest::newRow("the last") << 19 << 20;
    }
    void foldsFollowTheIndentationOfYaml() {
        QFETCH(int, line);
        QFETCH(int, end);
        const CodeText text(lines(pod()));
        QCOMPARE(text.lineCount(), 21);
        QCOMPARE(CodeFolds(text).end(line), end);
    }

    void aClickOnTheSignFolds() {
        CodeView view;
        view.setText(lines(pod()));
        show(view);
        auto* gutter = view.findChild<QWidget*>(s("code.gutter"));
        const int y = view.edit()->cursorRect(QTextCursor(view.edit()->document()->findBlockByNumber(2))).center().y();
        QTest::mouseClick(gutter, Qt::LeftButton, {}, {5, y});
        QVERIFY(!view.edit()->isFolded(2));
        QTest::mouseClick(gutter, Qt::LeftButton, {}, {gutter->width() - 6, y});
        QVERIFY(view.edit()->isFolded(2));
        QVERIFY(!isShown(view, 5));
        QTest::mouseClick(gutter, Qt::LeftButton, {}, {gutter->width() - 6, y});
        QVERIFY(isShown(view, 5));
    }

    void theMenuFoldsAllToALevel() {
        CodeView view;
        view.setText(lines(pod()));
        show(view);
        goTo(view, 9);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {10, 10}, view.mapToGlobal(QPoint(10, 10)));
        QApplication::sendEvent(view.edit()->viewport(), &event);
        auto* menu = view.edit()->findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        QMenu* levels = actionNamed(menu, s("Fold all to level"))->menu();
        QVERIFY(levels != nullptr);
        levels->actions().at(1)->trigger();
        QVERIFY(isShown(view, 7));
        QVERIFY(!isShown(view, 8));
        QCOMPARE(view.edit()->textCursor().blockNumber(), 7);
        levels->actions().at(0)->trigger();
        QVERIFY(!isShown(view, 7));
        QVERIFY(isShown(view, 19));
        actionNamed(menu, s("Unfold all"))->trigger();
        QVERIFY(isShown(view, 14));
        menu->close();
    }

    void theSearchCountsGoesOnAndBackAndUnfolds() {
        CodeView view;
        view.setText(lines(pod()));
        show(view);
        view.edit()->setFolded(6, true);
        QTest::keyClick(view.edit(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(searchLine(view)->hasFocus());
        QTest::keyClicks(searchLine(view), s("ORDERS"));
        QCOMPARE(countOf(view), s("1 of 5"));
        QVERIFY(!isShown(view, 8));
        QTest::keyClick(searchLine(view), Qt::Key_Return);
        QTest::keyClick(searchLine(view), Qt::Key_F3);
        QCOMPARE(countOf(view), s("3 of 5"));
        QVERIFY(isShown(view, 8));
        QCOMPARE(view.edit()->textCursor().blockNumber(), 8);
        QTest::keyClick(searchLine(view), Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(countOf(view), s("2 of 5"));
        view.edit()->setFocus();
        QTest::keyClick(view.edit(), Qt::Key_F3);
        QCOMPARE(countOf(view), s("3 of 5"));
        searchLine(view)->setFocus();
        QTest::keyClick(searchLine(view), Qt::Key_Escape);
        QVERIFY(!searchLine(view)->isVisible());
        QVERIFY(view.edit()->hasFocus());
        QTest::keyClick(view.edit(), Qt::Key_F, Qt::ControlModifier);
        searchLine(view)->setText(s("nowhere"));
        QCOMPARE(countOf(view), s("No match"));
        QCOMPARE(searchLine(view)->accessibleDescription(), s("No match"));
    }

    void searchKeysWinAgainstTheWindow() {
        QWidget window;
        CodeView view(&window);
        view.resize(500, 500);
        view.setText(lines(pod()));
        QShortcut find(QKeySequence(QKeySequence::Find), &window);
        QShortcut escape(QKeySequence(Qt::Key_Escape), &window);
        QSignalSpy found(&find, &QShortcut::activated);
        QSignalSpy escaped(&escape, &QShortcut::activated);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        view.edit()->setFocus();
        QTest::keyClick(view.edit(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(searchLine(view)->hasFocus());
        QTest::keyClick(searchLine(view), Qt::Key_Escape);
        QVERIFY(!searchLine(view)->isVisible());
        QCOMPARE(found.count() + escaped.count(), 0);
        // Nothing to close any more: the window's turn.
        QTest::keyClick(view.edit(), Qt::Key_Escape);
        QCOMPARE(escaped.count(), 1);
    }

    void escapeClosesTheSearchFirstAndThenTheDrawer() {
        DetailsDrawer drawer(nullptr);
        auto* view = new CodeView;
        view->setText(lines(pod()));
        drawer.addTab(s("yaml"), s("YAML"), view);
        drawer.resize(400, 500);
        drawer.show();
        drawer.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&drawer));
        QSignalSpy asked(&drawer, &DetailsDrawer::closeRequested);
        view->edit()->setFocus();
        QTest::keyClick(view->edit(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClick(searchLine(*view), Qt::Key_Escape);
        QVERIFY(!searchLine(*view)->isVisible());
        QCOMPARE(asked.count(), 0);
        QTest::keyClick(view->edit(), Qt::Key_Escape);
        QCOMPARE(asked.count(), 1);
    }
};

QUARTERDECK_WIDGET_TEST(TestCodeView)
#include "test_code_view.moc"
