#include <QLabel>
#include <QPushButton>

#include "tests/widgets/widget_test.h"
#include "widgets/style.h"
#include "widgets/toast.h"

using namespace quarterdeck::widgets;
using namespace std::chrono_literals;

namespace {

struct Bench {
    QWidget window;
    QWidget* area = new QWidget(&window);
    ToastHost* host = new ToastHost(area);
    QPushButton* elsewhere = new QPushButton(&window);  // has the focus at first

    Bench() {
        window.resize(1000, 600);
        area->setGeometry(200, 48, 800, 500);
        window.show();
    }
    void say(const char* text, const char* action = "", std::function<void()> run = {}) const {
        host->show({Tone::Good, QString::fromUtf8(text), QString::fromUtf8(action), std::move(run)});
    }
    [[nodiscard]] static QAbstractButton* button(const Toast* toast, const char* name) {
        return toast->findChild<QAbstractButton*>(QString::fromUtf8(name));
    }
};

}  // namespace

class TestToast : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, Theme::suiting(true, false)); }

    void itStandsAtTheBottomRightOfItsArea() {
        Bench bench;
        bench.say("Closed.");
        const Toast* toast = bench.host->toasts().first();
        QVERIFY(toast->isVisible());
        QCOMPARE(toast->geometry().right(), 1000 - 16 - 1);
        QCOMPARE(toast->geometry().bottom(), 548 - 16 - 1);
        QCOMPARE(toast->width(), 360);
        bench.area->setGeometry(200, 48, 700, 400);
        QTRY_COMPARE(toast->geometry().bottomRight(), QPoint(900 - 17, 448 - 17));
    }

    void itGoesByItself() {
        Bench bench;
        bench.host->setDuration(30ms);
        bench.say("Gone soon.");
        QTRY_VERIFY(bench.host->toasts().isEmpty());
    }

    void itStaysWhileTheFocusIsOnIt() {
        Bench bench;
        bench.window.activateWindow();
        bench.host->setDuration(30ms);
        bench.say("Stay.", "Undo");
        bench.host->setDuration(31ms);
        Bench::button(bench.host->toasts().first(), "toast.action")->setFocus();
        QTRY_VERIFY(Bench::button(bench.host->toasts().first(), "toast.action")->hasFocus());
        bench.say("Go.");
        QTRY_COMPARE(bench.host->toasts().size(), 1);
        QCOMPARE(bench.host->toasts().first()->text(), QStringLiteral("Stay."));
        bench.elsewhere->setFocus();
        QTRY_VERIFY(bench.host->toasts().isEmpty());
    }

    void threeAtMostTheOldestGoes() {
        Bench bench;
        for (const char* text : {"one", "two", "three", "four"}) {
            bench.say(text);
        }
        QCOMPARE(bench.host->toasts().size(), 3);
        QCOMPARE(bench.host->toasts().first()->text(), QStringLiteral("two"));
        QVERIFY(bench.host->toasts().at(0)->geometry().bottom() < bench.host->toasts().at(1)->geometry().top());
        QVERIFY(bench.host->toasts().at(1)->geometry().bottom() < bench.host->toasts().at(2)->geometry().top());
    }

    void undoRunsOnceAndTheToastGoes() {
        Bench bench;
        int undone = 0;
        bench.say("Closed.", "Undo", [&] { ++undone; });
        auto* undo = Bench::button(bench.host->toasts().first(), "toast.action");
        QTest::mouseClick(undo, Qt::LeftButton);
        QCOMPARE(undone, 1);
        QVERIFY(bench.host->toasts().isEmpty());
    }

    void theNewestActionIsRunByTheKeyboardsWay() {
        Bench bench;
        QString order;
        QVERIFY(!bench.host->runNewestAction());
        bench.say("a", "Undo", [&] { order += QLatin1Char('a'); });
        bench.say("b", "Undo", [&] { order += QLatin1Char('b'); });
        bench.say("no action");
        QVERIFY(bench.host->runNewestAction());
        QVERIFY(bench.host->runNewestAction());
        QVERIFY(!bench.host->runNewestAction());
        QCOMPARE(order, QStringLiteral("ba"));
    }

    void itIsDismissed() {
        Bench bench;
        bench.say("Closed.", "Undo", [] { QFAIL("not asked for"); });
        QTest::mouseClick(Bench::button(bench.host->toasts().first(), "toast.close"), Qt::LeftButton);
        QVERIFY(bench.host->toasts().isEmpty());
    }

    void aLongTextIsWrappedAndNeverReadAsHtml() {
        Bench bench;
        bench.say("<b>bold?</b>");
        const int low = bench.host->toasts().first()->height();
        bench.say(
            "A sentence that is far too long for one line of three hundred and sixty pixels, so that it takes "
            "at least three of them.");
        QVERIFY(bench.host->toasts().last()->height() > low);
        QCOMPARE(bench.host->toasts().first()->findChild<QLabel*>(QStringLiteral("toast.text"))->textFormat(),
                 Qt::PlainText);
    }
};

QUARTERDECK_WIDGET_TEST(TestToast)
#include "test_toast.moc"
