// The drawer on an object that a link names: it stays on it until the person goes elsewhere.
#include <QTest>

#include "tests/gui/demo_console.h"
#include "widgets/style.h"

using namespace quarterdeck;
using gui_tests::Console;

namespace {

constexpr int kPatience = 60'000;

ui::Location placeOf(const std::string& pod) {
    ui::Location place;
    place.page = "pods";
    place.object = ui::ObjectReference{"bakery-ia-prod", "bakery-ia", pod, {}};
    return place;
}

std::string shownIn(const Console& console) {
    const auto object = console.window->location().object;
    return object ? object->name : std::string();
}

QPoint middleOf(const Console& console, int row) {
    return console.table()->visualRect(console.table()->model()->index(row, 1)).center();
}

}  // namespace

class TestAwaitedObject : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void aTableThatGetsTheFocusDoesNotTakeTheDrawerFromTheObject() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.window->go(placeOf("gone-since"));
        QCOMPARE(shownIn(console), std::string("gone-since"));
        console.table()->clearFocus();
        console.table()->setCurrentIndex({});
        QCoreApplication::processEvents();
        QCOMPARE(shownIn(console), std::string("gone-since"));
        console.table()->setFocus(Qt::TabFocusReason);
        QVERIFY(console.table()->currentIndex().isValid());
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();  // following is queued
        QCOMPARE(shownIn(console), std::string("gone-since"));
        QTest::keyClick(console.table(), Qt::Key_Down);
        QTRY_VERIFY(shownIn(console) != "gone-since");
    }

    void theFirstClickOnARowIsFollowed() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.window->go(placeOf("gone-since"));
        console.table()->clearFocus();
        console.table()->setCurrentIndex({});
        QTest::mouseClick(console.table()->viewport(), Qt::LeftButton, Qt::NoModifier, middleOf(console, 2));
        const std::string clicked = console.cell(2, console.columnOf("Pod")).toStdString();
        QTRY_COMPARE(shownIn(console), clicked);
    }
};

QTEST_MAIN(TestAwaitedObject)
#include "test_awaited_object.moc"
