// Which text the view shows: changes of it, hostile and long ones, YAML.
#include <QClipboard>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBlock>

#include "tests/widgets/code_view_support.h"
#include "widgets/button.h"
#include "widgets/code_colors.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"

using namespace quarterdeck::widgets;

class TestCodeText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("dark"))); }

    void newTextKeepsFoldsPlaceAndSearch() {
        CodeView view;
        QStringList list = manyLines(400).split(QLatin1Char('\n'));
        view.setText(list.join(QLatin1Char('\n')));
        show(view);
        view.edit()->setFolded(300, true);
        view.edit()->verticalScrollBar()->setValue(200);
        QCOMPARE(topLine(view), 200);
        view.openSearch();
        searchLine(view)->setText(s("child205:"));
        QCOMPARE(countOf(view), s("1 of 1"));
        view.edit()->verticalScrollBar()->setValue(200);
        // A change before, one at the end, two lines more at the top.
        list[5] = s("  child5: changed");
        list.insert(2, s("  new: 1"));
        list.insert(2, s("  newer: 1"));
        view.setText(list.join(QLatin1Char('\n')));
        QCOMPARE(topLine(view), 202);
        QVERIFY(view.edit()->isFolded(302));
        QVERIFY(!isShown(view, 303));
        QVERIFY(!isShown(view, 311));
        QVERIFY(isShown(view, 312));
        QCOMPARE(countOf(view), s("1 of 1"));
        QCOMPARE(view.edit()->document()->toPlainText(), list.mid(0, list.size() - 1).join(QLatin1Char('\n')));
    }

    void everyChangeGivesTheNewText_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("first") << QString() << s("a\nb");
        QTest::newRow("to nothing") << s("a\nb") << QString();
        QTest::newRow("grows at the end") << s("a\nb") << s("a\nb\nc\nd");
        QTest::newRow("grows at the start") << s("a\nb") << s("x\ny\na\nb");
        QTest::newRow("grows inside") << s("a\nb") << s("a\nx\nb");
        QTest::newRow("shrinks at the end") << s("a\nb\nc") << s("a");
        QTest::newRow("shrinks at the start") << s("a\nb\nc") << s("c");
        QTest::newRow("shrinks inside") << s("a\nb\nc") << s("a\nc");
        QTest::newRow("changes inside") << s("a\nb\nc") << s("a\nx\ny\nc");
        QTest::newRow("all the same lines") << s("a\na\na") << s("a\na\na\na");
        QTest::newRow("one line") << s("a") << s("b");
    }
    void everyChangeGivesTheNewText() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        CodeView view;
        view.setText(before);
        view.setText(after);
        QCOMPARE(view.edit()->toPlainText(), after);
        QCOMPARE(view.edit()->blockCount(), view.edit()->code().lineCount());
        QCOMPARE(view.text(), after);
    }

    void hostileTextIsShownEscapedAndCopiedAsItIs_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("escape sequence") << s("a: \x1b[31mred") << s("a: \\u001b[31mred");
        QTest::newRow("direction") << s("a: x\xe2\x80\xaegnp.exe") << s("a: x\\u202egnp.exe");
        QTest::newRow("a lone return") << s("a: x\ry") << s("a: x\\ry");
        QTest::newRow("line separators") << s("a\xe2\x80\xa8"
                                              "b\xe2\x80\xa9"
                                              "c")
                                         << s("a\\u2028b\\u2029c");
        QTest::newRow("half a pair") << QString(QLatin1String("a") + QChar(0xD800) + QLatin1String("b"))
                                     << s("a\\ud800b");
        QTest::newRow("marks of Qt's own")
            << QString(QLatin1String("a") + QChar(0xFDD0) + QChar(0xFFFC) + QLatin1String("b"))
            << s("a\\ufdd0\\ufffcb");
        QTest::newRow("nothing") << QString(QLatin1String("a") + QChar(0) + QLatin1String("b")) << s("a\\u0000b");
        QTest::newRow("html") << s("<b>x</b><img src=x>") << s("<b>x</b><img src=x>");
        QTest::newRow("harmless") << s("a: \tשלום 😀") << s("a: \tשלום 😀");
    }
    void hostileTextIsShownEscapedAndCopiedAsItIs() {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        CodeView view;
        view.setText(text);
        show(view);
        QCOMPARE(view.edit()->toPlainText(), shown);
        QCOMPARE(view.edit()->blockCount(), 1);
        view.grab();
        view.edit()->selectAll();
        QTest::keyClick(view.edit(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
    }

    void partsOfEscapedLinesAreCopiedAsTheyAre() {
        CodeView view;
        view.setText(
            s("abc\x1b"
              "def\xe2\x80\xaeghi\r\nnext"));
        show(view);
        QTextCursor cursor(view.edit()->document());
        cursor.setPosition(2);
        cursor.setPosition(14, QTextCursor::KeepAnchor);  // into \u202e
        view.edit()->setTextCursor(cursor);
        view.edit()->copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), s("c\x1b"
                                                         "def\xe2\x80\xae"));
    }

    void aLineOfAMegabyteIsCutAndCopiedWhole() {
        CodeView view;
        const QString text = s("a: 1\nb: ") + QString(1048573, QLatin1Char('x')) + s("needle\nc: 2");
        show(view);
        QElapsedTimer timer;
        timer.start();
        view.setText(text);
        view.grab();
        const qint64 elapsed = timer.elapsed();
        qInfo("a line of 1 MB shown in %lld ms", static_cast<long long>(elapsed));
        QVERIFY(elapsed < 500);
        const QString line = view.edit()->document()->findBlockByNumber(1).text();
        QVERIFY(line.size() < 2100);
        QString end = line.mid(2000);
        QCOMPARE(end.remove(QLatin1Char(',')), s("… 1046582 characters more"));
        view.findChild<QAbstractButton*>(s("code.copy"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
        view.edit()->selectAll();
        view.edit()->copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
        // What is found in the cut shows there.
        view.openSearch();
        searchLine(view)->setText(s("needle"));
        QCOMPARE(countOf(view), s("1 of 1"));
        QCOMPARE(view.edit()->textCursor().blockNumber(), 1);
        QCOMPARE(view.edit()->textCursor().positionInBlock(), 2000);
    }

    void thirtyThousandLinesAreNoTrouble() {
        CodeView view;
        show(view);
        const QString text = manyLines(30000);
        QElapsedTimer timer;
        const auto measure = [&](const char* what, qint64 most, auto&& work) {
            timer.start();
            work();
            view.grab();
            const qint64 elapsed = timer.elapsed();
            qInfo("30,000 lines: %s in %lld ms", what, static_cast<long long>(elapsed));
            QVERIFY2(elapsed < most, what);
        };
        measure("set", 2000, [&] { view.setText(text); });
        measure("one line changed", 1000, [&] { view.setText(QString(text).replace(s("value 14999"), s("other"))); });
        measure("folded", 1000, [&] { view.edit()->foldToLevel(1); });
        measure("searched", 1000, [&] {
            view.openSearch();
            searchLine(view)->setText(s("child"));
        });
        QCOMPARE(countOf(view).remove(QLatin1Char(',')), s("1 of 20000+"));
        measure("unfolded", 1000, [&] { view.edit()->foldToLevel(0); });
        measure("wrapped", 1000, [&] { view.setWrapped(true); });
        measure("scrolled to the end", 1000,
                [&] { view.edit()->verticalScrollBar()->setValue(view.edit()->verticalScrollBar()->maximum()); });
        QVERIFY(topLine(view) > 29000);
    }

    void linesAreEighteenPixelsHigh() {
        CodeView view;
        view.setText(lines(pod()));
        show(view);
        view.grab();
        const auto y = [&](int line) {
            return view.edit()->cursorRect(QTextCursor(view.edit()->document()->findBlockByNumber(line))).top();
        };
        QCOMPARE(y(10) - y(0), 180);
        applyTheme(*qApp, Theme::named(QStringLiteral("dark")), 1.5);
        view.grab();
        QCOMPARE(y(10) - y(0), 270);
        applyTheme(*qApp, Theme::named(QStringLiteral("dark")), 1.0);
    }

    void wrappingKeepsTheFirstLine() {
        CodeView view;
        QStringList list;
        for (int i = 0; i < 200; ++i) {
            list << QStringLiteral("line%1: %2").arg(i).arg(QStringLiteral("word ").repeated(40));
        }
        view.setText(lines(list));
        show(view);
        view.edit()->verticalScrollBar()->setValue(50);
        view.grab();
        auto* button = view.findChild<QAbstractButton*>(s("code.wrap"));
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(view.isWrapped());
        view.grab();
        QCOMPARE(topLine(view), 50);
        QCOMPARE(view.edit()->horizontalScrollBar()->maximum(), 0);
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!view.isWrapped());
        view.grab();
        QCOMPARE(topLine(view), 50);
    }

    void loadingAndFailureStandInPlaceOfTheText() {
        CodeView view;
        view.setText(lines(pod()));
        show(view);
        view.edit()->setFolded(6, true);
        QSignalSpy retried(&view, &CodeView::retryRequested);
        view.showFailed(s("The YAML could not be read"), s("timed out"), s("Retry"));
        QVERIFY(!view.edit()->isVisible());
        auto* panel = view.findChild<StatePanel*>();
        QCOMPARE(panel->state(), StatePanel::State::Failed);
        for (auto* button : panel->findChildren<Button*>()) {
            if (button->isVisible() && button->text() == s("Retry")) {
                button->click();
            }
        }
        QCOMPARE(retried.count(), 1);
        view.showLoading(s("Waiting for the YAML"));
        QCOMPARE(panel->state(), StatePanel::State::Loading);
        view.setText(lines(pod()));
        QVERIFY(view.edit()->isVisible());
        QVERIFY(view.edit()->isFolded(6));
    }

    void yamlIsColoured_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("blockText");
        QTest::addColumn<QVector<CodeSpan>>("spans");
        const auto row = [](const char* name, const char* line, const QVector<CodeSpan>& spans,
                            bool blockText = false) { QTest::newRow(name) << s(line) << blockText << spans; };
        const Role key = Role::Accent;
        const Role quiet = Role::TextMuted;
        row("plain", "  a: text", {{2, 1, key}, {3, 1, quiet}});
        row("number", "a: 12", {{0, 1, key}, {1, 1, quiet}, {3, 2, Role::Series2}});
        row("quantity", "a: 12Mi", {{0, 1, key}, {1, 1, quiet}});
        row("date", "a: 2026-11-21", {{0, 1, key}, {1, 1, quiet}});
        row("null", "a: null", {{0, 1, key}, {1, 1, quiet}, {3, 4, Role::Production}});
        row("quoted with a sign", "a: \"x # y: z\" # c",
            {{0, 1, key}, {1, 1, quiet}, {3, 10, Role::Ok}, {14, 3, quiet}});
        row("item", "- a: 1", {{0, 1, quiet}, {2, 1, key}, {3, 1, quiet}, {5, 1, Role::Series2}});
        row("url", "- http://x:80/", {{0, 1, quiet}});
        row("quoted key", "\"a: b\": c", {{0, 6, key}, {6, 1, quiet}});
        row("comment", "# a: b", {{0, 6, quiet}});
        row("text", "  a: b", {{0, 6, Role::Ok}}, true);
        row("empty", "", {});
        row("an open quote", "a: \"x", {{0, 1, key}, {1, 1, quiet}, {3, 2, Role::Ok}});
    }
    void yamlIsColoured() {
        QFETCH(QString, line);
        QFETCH(bool, blockText);
        QFETCH(QVector<CodeSpan>, spans);
        QCOMPARE(yamlSpans(line, blockText), spans);
    }

    void blocksOfTextAreNoYaml() {
        const CodeText text(lines(pod()));
        const CodeFolds folds(text);
        QVERIFY(folds.isBlockText(12));
        QVERIFY(folds.isBlockText(14));
        QVERIFY(!folds.isBlockText(11));
        QVERIFY(!folds.isBlockText(15));
        const CodeFolds item(CodeText(s("- run: |\n    a: b\n  other: |2+\n    x\n  last: 1")));
        QVERIFY(item.isBlockText(1));
        QVERIFY(!item.isBlockText(2));
        QVERIFY(item.isBlockText(3));
        QVERIFY(!item.isBlockText(4));
    }

    void itHasNames() {
        CodeView view;
        view.setTextName(s("YAML of orders"));
        view.setText(lines(pod()));
        QCOMPARE(view.edit()->accessibleName(), s("YAML of orders"));
        for (const QToolButton* button : view.findChildren<QToolButton*>()) {
            QVERIFY(!button->accessibleName().isEmpty());
        }
        QVERIFY(!searchLine(view)->accessibleName().isEmpty());
    }
};

QUARTERDECK_WIDGET_TEST(TestCodeText)
#include "test_code_text.moc"
