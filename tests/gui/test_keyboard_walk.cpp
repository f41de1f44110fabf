// One walk by keyboard alone, as somebody does it who was woken at night. T02-part: what an object's overview tells.
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QTest>

#include "tests/gui/demo_console.h"
#include "widgets/details_drawer.h"
#include "widgets/label.h"
#include "widgets/property_list.h"
#include "widgets/style.h"

using namespace quarterdeck;
using gui_tests::Console;
using gui_tests::kPatience;

namespace {

/// A key to whatever has the focus, as a keyboard does it.
void press(const Console& console, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QWidget* focus = console.window->focusWidget();
    QTest::keyClick(focus != nullptr ? focus : console.window.get(), key, modifiers);
}

/// Tab until the focus is on a widget of this name.
bool tabTo(const Console& console, const QString& name) {
    for (int i = 0; i < 60; ++i) {
        const QWidget* focus = console.window->focusWidget();
        if (focus != nullptr && focus->objectName() == name) {
            return true;
        }
        press(console, Qt::Key_Tab);
    }
    return false;
}

QString noticeOf(const Console& console) {
    QStringList words;
    for (const widgets::TextLabel* label : console.window->page()->findChildren<widgets::TextLabel*>()) {
        if (label->isVisible()) {
            words += label->text();
        }
    }
    return words.join(QLatin1Char('\n'));
}

}  // namespace

class TestKeyboardWalk : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void fromAClosedContextToTheReasonOfACrashAndBack() {
        const Console console("fleet", false, "crash-loop");
        // Open a context.
        QTRY_VERIFY_WITH_TIMEOUT(console.part<QWidget>("closed.bakery-ia-prod.open") != nullptr, kPatience);
        console.window->activateWindow();
        QVERIFY(tabTo(console, QStringLiteral("closed.bakery-ia-prod.open")));
        press(console, Qt::Key_Space);
        QTRY_VERIFY(console.hub->session("bakery-ia-prod") != nullptr);
        // Find a crashing pod: the worst stands on top.
        press(console, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(console.pageId(), std::string("pods"));
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(console.cell(0, 0), QStringLiteral("Crash loop"), kPatience);
        const QString name = console.cell(0, 1);
        QVERIFY(name.startsWith(QStringLiteral("orders-service-")));
        // Read why.
        QTRY_COMPARE(console.window->focusWidget(), static_cast<QWidget*>(console.table()));
        press(console, Qt::Key_Return);
        auto* drawer = console.window->page()->findChild<widgets::DetailsDrawer*>();
        QTRY_VERIFY(drawer != nullptr && drawer->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(noticeOf(console).contains(QStringLiteral("Exits with code 1")), kPatience);
        // Copy its name.
        press(console, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(QApplication::clipboard()->text(), name);
        // Go back.
        press(console, Qt::Key_Escape);
        QTRY_VERIFY(!drawer->isVisible());
        press(console, Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(console.pageId(), std::string("fleet"));
    }
};

QTEST_MAIN(TestKeyboardWalk)
#include "test_keyboard_walk.moc"
