// Sorting on the real Pods page: by the pointer, by a key for a column, and by the keyboard in the header.

#include <QHeaderView>
#include <QTest>

#include "tests/gui/demo_console.h"
#include "widgets/style.h"
#include "widgets/table_roles.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

enum class By { Pointer, Digit, Header };

/// What the rows are sorted by: times and numbers as they are copied.
QString valueOf(const Console& console, int row, int column) {
    const QString copied = console.table()->model()->index(row, column).data(widgets::CopyTextRole).toString();
    return copied.isEmpty() ? console.cell(row, column) : copied;
}

/// Empty where every row stands where it should; else the first two that do not.
QString disorder(const Console& console, int column, bool falling) {
    const int rows = console.table()->model()->rowCount();
    for (int row = 1; row < rows; ++row) {
        const QString above = valueOf(console, row - 1, column);
        const QString below = valueOf(console, row, column);
        bool aNumber = false;
        const int first = above.toInt(&aNumber);
        const bool rises = aNumber ? first < below.toInt() : above < below;
        const bool falls = aNumber ? first > below.toInt() : above > below;
        if (falling ? rises : falls) {
            return QStringLiteral("row %1: %2 before %3").arg(QString::number(row), above, below);
        }
    }
    return rows > 10 ? QString() : QStringLiteral("only %1 rows").arg(rows);
}

/// Asks for a sort by this column as a person does.
void sortBy(const Console& console, int column, By by) {
    QHeaderView* header = console.table()->horizontalHeader();
    if (by == By::Pointer) {
        const QPoint middle(header->sectionViewportPosition(column) + header->sectionSize(column) / 2,
                            header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, middle);
        return;
    }
    int shown = 0;  // left of it
    for (int visual = 0; visual < header->visualIndex(column); ++visual) {
        shown += header->isSectionHidden(header->logicalIndex(visual)) ? 0 : 1;
    }
    if (by == By::Digit) {
        console.table()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(console.table(), static_cast<Qt::Key>(Qt::Key_1 + shown), Qt::AltModifier);
        return;
    }
    header->setFocus(Qt::TabFocusReason);
    QTest::keyClick(header, Qt::Key_Home);
    for (int i = 0; i < shown; ++i) {
        QTest::keyClick(header, Qt::Key_Right);
    }
    QTest::keyClick(header, Qt::Key_Return);
}

}  // namespace

Q_DECLARE_METATYPE(By)

class TestSorting : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void aColumnSortsTheRowsAndAgainTheOtherWayRound_data() {
        QTest::addColumn<By>("by");
        QTest::newRow("a click on its title") << By::Pointer;
        QTest::newRow("Alt and a digit") << By::Digit;
        QTest::newRow("Enter in the header") << By::Header;
    }
    void aColumnSortsTheRowsAndAgainTheOtherWayRound() {
        QFETCH(By, by);
        const Console console("pods", true, "crash-loop");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const int rows = console.table()->model()->rowCount();
        struct Case {
            const char* title;
            const char* id;
            /// Text and times rise first, restarts begin with the most.
            bool fallsFirst;
        };
        for (const Case& one :
             {Case{"Pod", "name", false}, Case{"Namespace", "namespace", false}, Case{"Restarts", "restarts", true}}) {
            const int column = console.columnOf(one.title);
            QVERIFY2(!console.table()->isColumnHidden(column), one.title);
            for (const bool falling : {one.fallsFirst, !one.fallsFirst}) {
                sortBy(console, column, by);
                QTRY_VERIFY_WITH_TIMEOUT(console.window->page()->isSettled(), kPatience);
                QTRY_COMPARE_WITH_TIMEOUT(disorder(console, column, falling), QString(), kPatience);
                QCOMPARE(console.table()->sortColumn(), column);
                QCOMPARE(console.table()->sortOrder(), falling ? Qt::DescendingOrder : Qt::AscendingOrder);
                // It is part of the place, for links and the way back.
                const auto sort = console.window->location().sort;
                QVERIFY(sort.has_value());
                QCOMPARE(sort->column, std::string(one.id));
                QCOMPARE(sort->descending, falling);
            }
        }
        // Nobody was lost, and the unhealthy are no longer first on purpose.
        QVERIFY(console.table()->model()->rowCount() >= rows);
    }

    void digitsCountTheColumnsThatAreShownAndLeaveThePagesTheirKeys() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(console.window.get()));
        // The first column hides: what was second is first.
        auto places = console.table()->columnPlaces();
        places[0].hidden = true;
        const int second = places[1].column;
        console.table()->setColumnPlaces(places);
        console.table()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(console.table(), Qt::Key_1, Qt::AltModifier);
        QTRY_COMPARE(console.table()->sortColumn(), second);
        QTRY_VERIFY_WITH_TIMEOUT(console.window->page()->isSettled(), kPatience);
        QTest::keyClick(console.table(), Qt::Key_3, Qt::ControlModifier);
        QTRY_COMPARE(console.pageId(), std::string("nodes"));
    }
};

QTEST_MAIN(TestSorting)
#include "test_sorting.moc"
