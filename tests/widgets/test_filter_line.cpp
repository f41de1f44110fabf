#include <QAction>
#include <QSignalSpy>

#include "tests/widgets/widget_test.h"
#include "widgets/filter_line.h"
#include "widgets/style.h"

using namespace quarterdeck::widgets;

class TestFilterLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("dark"))); }

    void everyKeyIsToldAtOnce() {
        FilterLine line;
        QSignalSpy edited(&line, &QLineEdit::textEdited);
        QTest::keyClicks(&line, QStringLiteral("abc"));
        QCOMPARE(edited.count(), 3);
        QCOMPARE(edited.at(2).at(0).toString(), QStringLiteral("abc"));
    }

    void escapeClearsAndThenLeaves() {
        FilterLine line;
        QTest::keyClicks(&line, QStringLiteral("x"));
        QSignalSpy edited(&line, &QLineEdit::textEdited);
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
        QSignalSpy edited(&line, &QLineEdit::textEdited);
        QAction* clear = line.actions().last();
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
        line.setError(QStringLiteral("The pattern is not closed."));
        QCOMPARE(line.accessibleDescription(), QStringLiteral("The pattern is not closed."));
        QCOMPARE(line.toolTip(), QStringLiteral("The pattern is not closed."));
        const QColor outline = line.grab().toImage().pixelColor(150, 0);
        QCOMPARE(outline, Theme::named(QStringLiteral("dark")).color(Role::Critical));
        line.setError({});
        QCOMPARE(changed.count(), 2);
        QVERIFY(line.grab().toImage().pixelColor(150, 0) != outline);
    }

    void itHasAName() {
        FilterLine line;
        QVERIFY(!line.accessibleName().isEmpty());
        QCOMPARE(line.sizeHint().height(), 28);
    }
};

QUARTERDECK_WIDGET_TEST(TestFilterLine)
#include "test_filter_line.moc"
