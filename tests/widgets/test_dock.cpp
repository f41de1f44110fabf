#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "tests/widgets/widget_test.h"
#include "widgets/dock.h"
#include "widgets/dock_parts.h"
#include "widgets/progress_bar.h"
#include "widgets/style.h"

using namespace quarterdeck::widgets;

namespace {

/// A window with a page and a dock of two panes.
struct Bench {
    QWidget window;
    Dock* dock = nullptr;
    QPushButton* inside = nullptr;

    Bench() {
        auto* layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        layout->addWidget(new QWidget(&window), 1);
        dock = new Dock(&window);
        inside = new QPushButton(QStringLiteral("Cancel"));
        dock->addPane(QStringLiteral("jobs"), QStringLiteral("Jobs"), QStringLiteral("loader"), inside);
        dock->addPane(QStringLiteral("logs"), QStringLiteral("Logs"), QStringLiteral("scroll-text"), new QLabel);
        layout->addWidget(dock);
        window.resize(900, 600);
        dock->setRoom(600);
        window.show();
    }
    [[nodiscard]] DockTab* tab(const char* id) const {
        return window.findChild<DockTab*>(QStringLiteral("dock.tab.") + QString::fromUtf8(id));
    }
    [[nodiscard]] QWidget* handle() const { return window.findChild<DockHandle*>(); }
};

}  // namespace

class TestDock : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, Theme::suiting(true, false)); }

    void aTabOpensItsPaneAndItsOwnTabClosesIt() {
        Bench bench;
        QSignalSpy opened(bench.dock, &Dock::openChanged);
        QCOMPARE(bench.dock->height(), 32);
        QVERIFY(!bench.inside->isVisible());
        QTest::mouseClick(bench.tab("jobs"), Qt::LeftButton);
        QTRY_COMPARE(bench.dock->height(), 228);
        QVERIFY(bench.inside->isVisible());
        QVERIFY(bench.tab("jobs")->isChecked());
        QTest::mouseClick(bench.tab("logs"), Qt::LeftButton);
        QVERIFY(bench.dock->isOpen());
        QCOMPARE(bench.dock->current(), QStringLiteral("logs"));
        QVERIFY(!bench.tab("jobs")->isChecked());
        QTest::mouseClick(bench.tab("logs"), Qt::LeftButton);
        QVERIFY(!bench.dock->isOpen());
        QVERIFY(!bench.tab("logs")->isChecked());
        QTRY_COMPARE(bench.dock->height(), 32);
        QCOMPARE(opened.size(), 2);
    }

    void escapeInsideClosesAndTheFocusGoesToTheTab() {
        Bench bench;
        bench.dock->setOpen(true);
        bench.window.activateWindow();
        bench.inside->setFocus();
        QTRY_VERIFY(bench.inside->hasFocus());
        QTest::keyClick(bench.inside, Qt::Key_Escape);
        QVERIFY(!bench.dock->isOpen());
        QTRY_VERIFY(bench.tab("jobs")->hasFocus());
    }

    void itsEdgeIsDraggedWithinItsLimits() {
        Bench bench;
        bench.dock->setOpen(true);
        QTRY_COMPARE(bench.dock->height(), 228);
        QSignalSpy moved(bench.dock, &Dock::openHeightChanged);
        const auto drag = [&](int by) {
            const QPoint start(400, 2);
            QTest::mousePress(bench.handle(), Qt::LeftButton, {}, start);
            const QPointF to(start.x(), start.y() - by);
            QMouseEvent move(QEvent::MouseMove, to, bench.handle()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(bench.handle(), &move);
            QTest::mouseRelease(bench.handle(), Qt::LeftButton, {}, start);
            QCoreApplication::processEvents();
        };
        drag(40);
        QCOMPARE(bench.dock->height(), 268);
        QCOMPARE(moved.back()[0].toInt(), 268);
        drag(1000);
        QCOMPARE(bench.dock->height(), 360);  // 60 % of 600
        drag(-1000);
        QCOMPARE(bench.dock->height(), 120);
    }

    void itsEdgeMovesByTheArrowKeys() {
        Bench bench;
        bench.dock->setOpen(true);
        QTest::keyClick(bench.handle(), Qt::Key_Up);
        QCOMPARE(bench.dock->openHeight(), 244);
        QTest::keyClick(bench.handle(), Qt::Key_Down);
        QTest::keyClick(bench.handle(), Qt::Key_Down);
        QCOMPARE(bench.dock->openHeight(), 212);
    }

    void aSmallWindowTakesHeightAndGivesItBack() {
        Bench bench;
        bench.dock->setOpenHeight(340);
        bench.dock->setOpen(true);
        bench.dock->setRoom(300);
        QTRY_COMPARE(bench.dock->height(), 180);
        bench.dock->setRoom(900);
        QTRY_COMPARE(bench.dock->height(), 340);
    }

    void aCountStandsOnTheTabAndIsReadAloud() {
        Bench bench;
        const int without = bench.tab("jobs")->sizeHint().width();
        bench.dock->setBadge(QStringLiteral("jobs"), {QStringLiteral("2"), Tone::None});
        QVERIFY(bench.tab("jobs")->sizeHint().width() > without);
        QCOMPARE(bench.tab("jobs")->accessibleName(), QStringLiteral("Jobs 2"));
        bench.dock->setBadge(QStringLiteral("jobs"), {});
        QCOMPARE(bench.tab("jobs")->accessibleName(), QStringLiteral("Jobs"));
    }

    void itGrowsWithTheTextScale() {
        Bench bench;
        applyTheme(*qApp, Theme::suiting(true, false), 1.5);
        QTRY_COMPARE(bench.dock->height(), 48);
        applyTheme(*qApp, Theme::suiting(true, false));
        QTRY_COMPARE(bench.dock->height(), 32);
    }

    void theBarTellsItsShareOrThatItIsUnknown() {
        ProgressBar bar;
        QCOMPARE(bar.shareText(), QString());
        bar.resize(bar.sizeHint());
        const QImage unknown = bar.grab().toImage();
        bar.setShare(0.629);
        QCOMPARE(bar.shareText(), QStringLiteral("62 %"));
        QCOMPARE(bar.accessibleDescription(), QStringLiteral("62 %"));
        QVERIFY(bar.grab().toImage() != unknown);
        bar.setShare(3.0);
        QCOMPARE(bar.shareText(), QStringLiteral("100 %"));
        bar.setShare({});
        QCOMPARE(bar.grab().toImage(), unknown);
    }
};

QUARTERDECK_WIDGET_TEST(TestDock)
#include "test_dock.moc"
