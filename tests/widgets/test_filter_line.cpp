#include <QAction>
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>

#include "tests/widgets/widget_test.h"
#include "widgets/filter_line.h"
#include "widgets/filter_line_chip.h"
#include "widgets/style.h"

using namespace quarterdeck::widgets;

namespace {

// Words with a colon are terms of their own; "bad:" is a wrong one, an open quote is not finished.
QVector<FilterTerm> grammar(const QString& text) {
    QVector<FilterTerm> terms;
    for (qsizetype at = 0; at < text.size();) {
        if (text.at(at).isSpace()) {
            ++at;
            continue;
        }
        bool quoted = false;
        const qsizetype begin = at;
        while (at < text.size() && (quoted || !text.at(at).isSpace())) {
            quoted = text.at(at) == QLatin1Char('"') ? !quoted : quoted;
            ++at;
        }
        const QString term = text.mid(begin, at - begin);
        const bool bad = term.startsWith(QStringLiteral("bad:"));
        terms.append({begin, at - begin, !quoted && term.contains(QLatin1Char(':')),
                      bad ? QStringLiteral("bad: is not known") : QString()});
    }
    return terms;
}

QVector<FilterCompletion> completer(const QString& term) {
    const QString beginning = QStringLiteral("ns:");
    if (!term.isEmpty() && beginning.startsWith(term) && term != beginning) {
        return {{beginning, QStringLiteral("part of the namespace"), true}};
    }
    if (term == beginning) {
        return {{QStringLiteral("ns:shop"), {}, false}, {QStringLiteral("ns:web"), {}, false}};
    }
    return {};
}

// A line in a window, as in a page.
struct Stage {
    Stage() {
        window.resize(700, 300);
        line.setParent(&window);
        line.resize(600, 28);
        line.setGrammar(grammar);
        window.show();
        window.activateWindow();
        line.setFocus(Qt::TabFocusReason);
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }
    void type(const char* text) { QTest::keyClicks(line.edit(), QString::fromUtf8(text)); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(window.focusWidget(), key, modifiers);
    }
    QStringList chips() const {
        QStringList terms;
        for (const FilterChip* chip : line.chips()) {
            terms += chip->term();
        }
        return terms;
    }
    QWidget window;
    FilterLine line;
};

QStringList list(std::initializer_list<const char*> words) {
    QStringList strings;
    for (const char* word : words) {
        strings += QString::fromUtf8(word);
    }
    return strings;
}

}  // namespace

class TestFilterLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("dark"))); }

    void everyKeyIsToldAtOnce() {
        FilterLine line;
        QSignalSpy edited(&line, &FilterLine::textEdited);
        QTest::keyClicks(&line, QStringLiteral("abc"));
        QCOMPARE(edited.count(), 3);
        QCOMPARE(edited.at(2).at(0).toString(), QStringLiteral("abc"));
    }

    void escapeClearsAndThenLeaves() {
        FilterLine line;
        QTest::keyClicks(&line, QStringLiteral("x"));
        QSignalSpy edited(&line, &FilterLine::textEdited);
        QSignalSpy left(&line, &FilterLine::leaveUp);
        QTest::keyClick(&line, Qt::Key_Escape);
        QCOMPARE(line.text(), QString());
        QCOMPARE(edited.count(), 1);
        QCOMPARE(left.count(), 0);
        QTest::keyClick(&line, Qt::Key_Escape);
        QCOMPARE(edited.count(), 1);
        QCOMPARE(left.count(), 1);
    }

    void downAndEnterGoToTheList() {
        FilterLine line;
        QSignalSpy left(&line, &FilterLine::leaveDown);
        QTest::keyClick(&line, Qt::Key_Down);
        QTest::keyClick(&line, Qt::Key_Return);
        QCOMPARE(left.count(), 2);
    }

    void theClearButtonIsThereOnlyWithText() {
        FilterLine line;
        QSignalSpy edited(&line, &FilterLine::textEdited);
        QAction* clear = line.edit()->actions().last();
        QVERIFY(!clear->isVisible());
        line.setText(QStringLiteral("x"));
        QVERIFY(clear->isVisible());
        clear->trigger();
        QCOMPARE(line.text(), QString());
        QCOMPARE(edited.count(), 1);
    }

    void anErrorIsShownAndReadAloud() {
        FilterLine line;
        QSignalSpy changed(&line, &FilterLine::errorChanged);
        line.resize(300, 28);
        line.setError(QStringLiteral("The <b>pattern</b> is not closed."));
        QCOMPARE(line.accessibleDescription(), QStringLiteral("The <b>pattern</b> is not closed."));
        QVERIFY(line.toolTip().contains(QStringLiteral("&lt;b&gt;pattern")));
        const QColor outline = line.grab().toImage().pixelColor(150, 0);
        QCOMPARE(outline, Theme::named(QStringLiteral("dark")).color(Role::Critical));
        line.setError({});
        QCOMPARE(changed.count(), 2);
        QVERIFY(line.grab().toImage().pixelColor(150, 0) != outline);
    }

    void itHasAName() {
        FilterLine line;
        QVERIFY(!line.accessibleName().isEmpty());
        QVERIFY(!line.edit()->accessibleName().isEmpty());
        QCOMPARE(line.sizeHint().height(), 28);
    }

    void aSpaceMakesATermAChipAndPlainWordsStayText() {
        Stage s;
        QSignalSpy edited(&s.line, &FilterLine::textEdited);
        s.type("orders ns:shop");
        QVERIFY(s.chips().isEmpty());
        QCOMPARE(s.line.text(), QStringLiteral("orders ns:shop"));
        s.type(" ");
        QCOMPARE(s.chips(), list({"ns:shop"}));
        QCOMPARE(s.line.edit()->text(), QStringLiteral("orders "));
        s.type("two");
        QCOMPARE(s.line.text(), QStringLiteral("ns:shop orders two"));
        QCOMPARE(edited.count(), 18);
        QCOMPARE(edited.last().at(0).toString(), s.line.text());
    }

    void whatSetTextWasGivenComesBackLetterByLetter_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "  ", "orders", "  orders   ns:shop  two ", "ns:a ns:b \"ns:c d\" e",
                                 "ns:a \"open ns:b", "a:1 b:2 c:3 bad:x d", "\xc3\xa4:\xc3\xb6 \xf0\x9f\x9a\x80:x y"}) {
            QTest::newRow(text) << QString::fromUtf8(text);
        }
    }
    void whatSetTextWasGivenComesBackLetterByLetter() {
        QFETCH(QString, text);
        Stage s;
        s.line.setText(text);
        QCOMPARE(s.line.text(), text);
        s.key(Qt::Key_Return);  // what is unfinished is finished by leaving
        QCOMPARE(s.line.text(), text);
    }

    void enterFinishesTheLastTermWithoutChangingTheText() {
        Stage s;
        s.type("orders ns:shop");
        QSignalSpy edited(&s.line, &FilterLine::textEdited);
        s.key(Qt::Key_Return);
        QCOMPARE(s.chips(), list({"ns:shop"}));
        QCOMPARE(s.line.edit()->text(), QStringLiteral("orders "));
        QCOMPARE(s.line.text(), QStringLiteral("orders ns:shop"));
        QCOMPARE(edited.count(), 0);
    }

    void backspaceAtTheStartMakesTheLastChipText() {
        Stage s;
        s.line.setText(QStringLiteral("ns:a ns:b"));
        QCOMPARE(s.chips(), list({"ns:a", "ns:b"}));
        s.key(Qt::Key_Backspace);
        QCOMPARE(s.chips(), list({"ns:a"}));
        QCOMPARE(s.line.edit()->text(), QStringLiteral("ns:b"));
        QCOMPARE(s.line.edit()->cursorPosition(), 4);
        s.key(Qt::Key_Backspace);
        QCOMPARE(s.line.text(), QStringLiteral("ns:a ns:"));
    }

    void arrowsGoIntoTheChipsAndDeleteRemovesThem() {
        Stage s;
        s.line.setText(QStringLiteral("ns:a ns:b ns:c"));
        QSignalSpy edited(&s.line, &FilterLine::textEdited);
        s.key(Qt::Key_Left);
        QCOMPARE(s.window.focusWidget(), s.line.chips().at(2));
        s.key(Qt::Key_Left);
        QCOMPARE(s.window.focusWidget(), s.line.chips().at(1));
        s.key(Qt::Key_Delete);
        QCOMPARE(s.chips(), list({"ns:a", "ns:c"}));
        QCOMPARE(edited.count(), 1);
        QCOMPARE(s.line.text(), QStringLiteral("ns:a ns:c"));
        QCOMPARE(s.window.focusWidget(), s.line.chips().at(1));
        s.key(Qt::Key_Right);
        QCOMPARE(s.window.focusWidget(), s.line.edit());
        s.key(Qt::Key_Left);
        s.key(Qt::Key_X);  // a letter goes on in the edit
        QCOMPARE(s.line.text(), QStringLiteral("ns:a ns:c x"));
    }

    void aClickOnTheCrossRemovesAndADoubleClickEdits() {
        Stage s;
        s.line.setText(QStringLiteral("ns:a ns:b text"));
        FilterChip* first = s.line.chips().first();
        QTest::mouseClick(first, Qt::LeftButton, {}, first->crossRect().center());
        QCOMPARE(s.line.text(), QStringLiteral("ns:b text"));
        FilterChip* second = s.line.chips().first();
        QTest::mouseDClick(second, Qt::LeftButton, {}, QPoint(8, second->height() / 2));
        QVERIFY(s.chips().isEmpty());
        QCOMPARE(s.line.edit()->text(), QStringLiteral("ns:b text"));
        QCOMPARE(s.window.focusWidget(), s.line.edit());
    }

    void aWrongTermIsAChipInCriticalOutlineWithItsReason() {
        Stage s;
        s.type("bad:x ");
        QCOMPARE(s.chips(), list({"bad:x"}));
        FilterChip* chip = s.line.chips().first();
        QCOMPARE(chip->error(), QStringLiteral("bad: is not known"));
        QVERIFY(chip->toolTip().contains(chip->error()));
        const QImage image = chip->grab().toImage();
        QCOMPARE(image.pixelColor(image.width() / 2, 0), Theme::named(QStringLiteral("dark")).color(Role::Critical));
        QVERIFY(!chip->accessibleName().isEmpty());
    }

    void selectAllTakesTheChipsToo() {
        Stage s;
        s.line.setText(QStringLiteral("ns:a text"));
        s.line.selectAll();
        s.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("ns:a text"));
        s.type("new");
        QCOMPARE(s.line.text(), QStringLiteral("new"));
        QVERIFY(s.chips().isEmpty());
        s.line.setText(QStringLiteral("ns:a text"));
        s.key(Qt::Key_A, Qt::ControlModifier);
        s.key(Qt::Key_End);  // lets go
        s.type("x");
        QCOMPARE(s.line.text(), QStringLiteral("ns:a textx"));
        s.key(Qt::Key_A, Qt::ControlModifier);
        s.key(Qt::Key_Delete);
        QVERIFY(s.line.text().isEmpty());
    }

    void completionIsTakenByEnterOnlyWhenSomethingIsHighlighted() {
        Stage s;
        s.line.setCompleter(completer);
        QSignalSpy left(&s.line, &FilterLine::leaveDown);
        s.type("n");
        QVERIFY(s.line.popup()->isVisible());
        QVERIFY(s.line.popup()->highlighted() == nullptr);
        s.key(Qt::Key_Return);
        QCOMPARE(left.count(), 1);
        QCOMPARE(s.line.text(), QStringLiteral("n"));
        QVERIFY(!s.line.popup()->isVisible());
        s.line.setText({});
        s.type("n");
        s.key(Qt::Key_Down);
        s.key(Qt::Key_Return);
        QCOMPARE(left.count(), 1);
        QCOMPARE(s.line.text(), QStringLiteral("ns:"));
        QCOMPARE(s.line.popup()->count(), 2);  // a key goes on with its values
        s.key(Qt::Key_Down);
        s.key(Qt::Key_Down);
        s.key(Qt::Key_Tab);
        QCOMPARE(s.chips(), list({"ns:web"}));
        QCOMPARE(s.window.focusWidget(), s.line.edit());
        QVERIFY(!s.line.popup()->isVisible());
    }

    void escapeClosesTheCompletionsBeforeItClears() {
        Stage s;
        s.line.setCompleter(completer);
        s.type("ns:");
        QVERIFY(s.line.popup()->isVisible());
        s.key(Qt::Key_Escape);
        QVERIFY(!s.line.popup()->isVisible());
        QCOMPARE(s.line.text(), QStringLiteral("ns:"));
        s.key(Qt::Key_Escape);
        QVERIFY(s.line.text().isEmpty());
    }

    void aClickChoosesACompletion() {
        Stage s;
        s.line.setCompleter(completer);
        s.type("ns:");
        auto* popup = s.line.popup();
        QTest::mouseClick(popup->viewport(), Qt::LeftButton, {}, popup->visualItemRect(popup->item(0)).center());
        QCOMPARE(s.chips(), list({"ns:shop"}));
        QCOMPARE(s.window.focusWidget(), s.line.edit());
    }

    void manyChipsTakeMoreRowsAndNoneOverlap() {
        Stage s;
        QStringList terms;
        for (int i = 0; i < 15; ++i) {
            terms += QStringLiteral("ns:namespace-%1").arg(i);
        }
        s.line.setText(terms.join(QLatin1Char(' ')));
        QCOMPARE(s.chips(), terms);
        QVERIFY(s.line.height() > 28);
        QVector<QWidget*> parts{s.line.edit()};
        for (FilterChip* chip : s.line.chips()) {
            parts.append(chip);
        }
        for (qsizetype i = 0; i < parts.size(); ++i) {
            QVERIFY(s.line.rect().contains(parts.at(i)->geometry()));
            for (qsizetype j = 0; j < i; ++j) {
                QVERIFY(!parts.at(i)->geometry().intersects(parts.at(j)->geometry()));
            }
        }
        s.line.clear();
        QCOMPARE(s.line.height(), 28);
    }

    void hostileTermsAreShownEscaped() {
        Stage s;
        s.line.setText(QStringLiteral("ns:\u202etxt.exe"));
        QCOMPARE(s.line.chips().first()->text(), QStringLiteral("ns:\\u202Etxt.exe"));
        s.line.setText(QStringLiteral("ns:") + QString(100000, QLatin1Char('x')));
        QVERIFY(s.line.chips().first()->width() <= 280);
    }
};

QUARTERDECK_WIDGET_TEST(TestFilterLine)
#include "test_filter_line.moc"
