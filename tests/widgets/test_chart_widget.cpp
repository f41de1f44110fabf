#include <QAbstractButton>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <cmath>
#include <limits>

#include "tests/widgets/chart_fixture.h"
#include "widgets/state_panel.h"
#include "widgets/table_view.h"

using namespace chart_test;

class TestChartWidget : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { applyTheme(*qApp, Theme::named(s("light"))); }

    void hoveringOneMovesTheCursorOfAll() {
        Fixture f;
        QWidget* plot = f.plot(f.first);
        const QImage before = f.plot(f.second)->grab().toImage();
        QTest::mouseMove(plot, QPoint(plot->width() / 2, plot->height() / 2));
        QTRY_VERIFY(f.cursor.time().has_value());
        QCOMPARE((*f.cursor.time() - kFrom) % kStep, 0);  // at a value, not between two
        QVERIFY(f.plot(f.second)->grab().toImage() != before);
        QVERIFY(f.plot(f.second)->accessibleDescription().contains(s("orders")));
        QTest::mouseMove(&f.window, QPoint(2, f.window.height() - 1));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(plot, &leave);
        QVERIFY(!f.cursor.time().has_value());
        QCOMPARE(f.plot(f.second)->grab().toImage(), before);
    }

    void keysMoveByAPoint() {
        Fixture f;
        QWidget* plot = f.plot(f.first);
        plot->setFocus(Qt::TabFocusReason);
        QTest::keyClick(plot, Qt::Key_Home);
        QCOMPARE(f.cursor.time().value_or(0), kFrom);
        QTest::keyClick(plot, Qt::Key_Left);
        QCOMPARE(f.cursor.time().value_or(0), kFrom);
        QTest::keyClick(plot, Qt::Key_Right);
        QCOMPARE(f.cursor.time().value_or(0), kFrom + kStep);
        QCOMPARE(plot->accessibleDescription(), s("02:01:00, orders 0.113 cores"));
        QTest::keyClick(plot, Qt::Key_End);
        QCOMPARE(f.cursor.time().value_or(0), kFrom + (kPoints - 1) * kStep);
        QTest::keyClick(plot, Qt::Key_Escape);
        QVERIFY(!f.cursor.time().has_value());
        QTest::keyClick(plot, Qt::Key_Left);
        QCOMPARE(f.cursor.time().value_or(0), kFrom + (kPoints - 1) * kStep);
    }

    void draggingChoosesARangeAndTheWheelIsThePages() {
        Fixture f;
        QSignalSpy chosen(f.first, &TimeSeriesChart::rangeChosen);
        QWidget* plot = f.plot(f.first);
        const int y = plot->height() / 2;
        QTest::mousePress(plot, Qt::LeftButton, {}, QPoint(300, y));
        QTest::mouseMove(plot, QPoint(250, y));
        QTest::mouseMove(plot, QPoint(200, y));
        QTest::mouseRelease(plot, Qt::LeftButton, {}, QPoint(200, y));
        QCOMPARE(chosen.count(), 1);
        const qint64 from = chosen[0][0].toLongLong();
        const qint64 to = chosen[0][1].toLongLong();
        QVERIFY(from > kFrom && from < to && to < kFrom + (kPoints - 1) * kStep);
        QTest::mouseClick(plot, Qt::LeftButton, {}, QPoint(120, y));
        QCOMPARE(chosen.count(), 1);
        QWheelEvent wheel(QPointF(100, y), plot->mapToGlobal(QPointF(100, y)), {}, {0, 120}, {}, {}, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(plot, &wheel);
        QVERIFY(!wheel.isAccepted());
    }

    void keysChooseARangeToo() {
        Fixture f;
        QSignalSpy chosen(f.first, &TimeSeriesChart::rangeChosen);
        QWidget* plot = f.plot(f.first);
        plot->setFocus(Qt::TabFocusReason);
        QTest::keyClick(plot, Qt::Key_Home);
        QTest::keyClick(plot, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(plot, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(plot, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toLongLong(), kFrom);
        QCOMPARE(chosen[0][1].toLongLong(), kFrom + 2 * kStep);
        QTest::keyClick(plot, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(plot, Qt::Key_Escape);
        QTest::keyClick(plot, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QVERIFY(f.cursor.time().has_value());  // the first Escape dropped the range alone
    }

    void aCursorThatGoesAwayLeavesTheChartItsOwn() {
        TimeSeriesChart chart;
        chart.setContent(cpu());
        chart.resize(400, 200);
        {
            ChartCursor cursor;
            chart.setSharedCursor(&cursor);
            QCOMPARE(chart.sharedCursor(), &cursor);
        }
        QVERIFY(chart.sharedCursor() != nullptr);
        QTest::keyClick(chart.findChild<QWidget*>(s("chart.plot")), Qt::Key_End);
        QVERIFY(chart.sharedCursor()->time().has_value());
    }

    void newPointsDoNotMakeSeriesAnew() {
        TimeSeriesChart chart;
        chart.resize(400, 200);
        chart.setContent(cpu(3));
        chart.grab();
        const int before = chart.rebuilds();
        ChartContent later = cpu(3);
        later.series[1].points.removeLast();
        later.from += kStep;
        chart.setContent(later);
        chart.grab();
        QCOMPARE(chart.rebuilds(), before);
        later.series[1].style = SeriesStyle::Bars;
        chart.setContent(later);
        chart.grab();
        QCOMPARE(chart.rebuilds(), before + 1);
    }

    void qtIsGivenNoMorePointsThanPixelsNeed_data() {
        QTest::addColumn<SeriesStyle>("style");
        QTest::newRow("lines") << SeriesStyle::Line;
        QTest::newRow("steps") << SeriesStyle::Step;
        QTest::newRow("bars") << SeriesStyle::Bars;
        QTest::newRow("area") << SeriesStyle::Area;
    }
    void qtIsGivenNoMorePointsThanPixelsNeed() {
        QFETCH(SeriesStyle, style);
        constexpr int kMany = 11'000;
        ChartContent content;
        content.from = 0;
        content.to = kMany * 1000;
        const int count = style == SeriesStyle::Area ? 1 : 4;
        for (int k = 0; k < count; ++k) {
            ChartSeries series;
            series.id = QString::number(k);
            series.style = style;
            for (int i = 0; i < kMany; ++i) {
                series.points.append({i * 1000, k + std::fmod(i * 0.6180339887, 1.0)});
            }
            content.series.append(series);
        }
        TimeSeriesChart chart;
        chart.resize(600, 240);
        QImage image(chart.size(), QImage::Format_ARGB32_Premultiplied);
        for (int round = 0; round < 3; ++round) {
            QElapsedTimer timer;
            timer.start();
            chart.setContent(content);
            chart.render(&image);
            qInfo("%s, %d × %d points: set and painted in %.1f ms", QTest::currentDataTag(), count, kMany,
                  static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        for (int k = 0; k < count; ++k) {
            QVERIFY(chart.pointsGiven(k) > chart.width() / 2);
            QVERIFY2(chart.pointsGiven(k) <= 4 * chart.width(), qPrintable(QString::number(chart.pointsGiven(k))));
        }
    }

    void aGapStaysEmptyAndASinglePointIsADot() {
        const QColor line = Theme::named(s("light")).color(Role::Series1);
        ChartContent content = cpu();
        content.series[0].gapMs = 10 * kStep;
        auto& points = content.series[0].points;
        points.clear();
        for (int i = 0; i <= 60; ++i) {
            const bool missing = i > 10 && i < 50 && i != 30;
            points.append({kFrom + i * kStep, missing ? std::numeric_limits<double>::quiet_NaN() : 0.5});
        }
        TimeSeriesChart chart;
        chart.resize(400, 200);
        chart.setContent(content);
        QWidget* plot = chart.findChild<QWidget*>(s("chart.plot"));
        const QImage image = plot->grab().toImage();
        int without = 0;  // pixel columns without the line
        int dots = 0;
        for (int x = image.width() / 4; x < image.width(); ++x) {
            const bool any = pixelsOf(image.copy(x, 0, 1, image.height()), line) > 0;
            without += any ? 0 : 1;
            dots += any && std::abs(x - (image.width() + 36 - 8) / 2) < 8 ? 1 : 0;
        }
        QVERIFY2(without > image.width() / 2, qPrintable(QString::number(without)));
        QVERIFY2(dots >= 1 && dots <= 6, qPrintable(QString::number(dots)));
    }

    void moreThanEightSeriesAreCounted() {
        TimeSeriesChart chart;
        chart.resize(600, 300);
        chart.setContent(cpu(11));
        chart.grab();
        QVERIFY(chart.pointsGiven(7) > 0);
        QCOMPARE(chart.pointsGiven(8), 0);
        QCOMPARE(chart.summary().count(s(": now ")), 8);
    }

    void statesSayWhatIsTheMatter() {
        Fixture f;
        auto* panel = f.first->findChild<StatePanel*>();
        QSignalSpy retry(f.first, &TimeSeriesChart::retryRequested);
        ChartContent content = cpu();
        content.state = ChartState::Failed;
        content.message = s("Prometheus did not answer.");
        content.cause = s("Connection refused.");
        f.plot(f.first)->setFocus();
        f.first->setContent(content);
        QVERIFY(panel->isVisible());
        QVERIFY(!f.plot(f.first)->isVisible());
        QVERIFY(f.first->summary().contains(s("Connection refused")));
        QVERIFY(QApplication::focusWidget() == nullptr || QApplication::focusWidget()->isVisible());
        for (auto* button : panel->findChildren<QAbstractButton*>()) {
            if (button->isVisible()) {
                QTest::mouseClick(button, Qt::LeftButton);
            }
        }
        QCOMPARE(retry.count(), 1);
        content.state = ChartState::Empty;
        content.message = s("No requests in this hour.");
        f.first->setContent(content);
        QCOMPARE(panel->state(), StatePanel::State::Empty);
        content.state = ChartState::Loading;
        f.first->setContent(content);
        QVERIFY(f.plot(f.first)->isVisible());
        QCOMPARE(pixelsOf(f.plot(f.first)->grab().toImage(), Theme::named(s("light")).color(Role::Series1)), 0);
        f.first->setContent(cpu());
        QVERIFY(pixelsOf(f.plot(f.first)->grab().toImage(), Theme::named(s("light")).color(Role::Series1)) > 0);
        content = cpu();
        content.staleWords = s("Stale, 31 min");
        f.first->setContent(content);
        QCOMPARE(pixelsOf(f.plot(f.first)->grab().toImage(), Theme::named(s("light")).color(Role::Series1)), 0);
        QVERIFY(f.first->summary().startsWith(s("Stale, 31 min")));
    }

    void allIsNamedAndSummedUp() {
        Fixture f;
        QCOMPARE(f.first->summary(),
                 s("CPU of orders: now 0.9 cores, lowest 0.1 cores, highest 0.9 cores between 02:00 and 03:00."));
        QCOMPARE(f.plot(f.first)->accessibleName(), s("CPU"));
        QCOMPARE(f.plot(f.first)->accessibleDescription(), f.first->summary());
        f.first->setTableShown(true);
        f.first->setQueryShown(true);
        for (QWidget* widget : f.first->findChildren<QWidget*>()) {
            if ((widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible()) {
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            }
        }
    }

    void theTableHoldsWhatIsDrawn() {
        Fixture f;
        f.plot(f.first)->setFocus();
        f.action("chart.table")->trigger();
        auto* table = f.first->findChild<TableView*>();
        QVERIFY(table != nullptr && table->isVisible());
        QVERIFY(!f.plot(f.first)->isVisible());
        QCOMPARE(table->model()->rowCount(), kPoints);
        QCOMPARE(table->model()->index(1, 0).data().toString(), s("02:01:00"));
        QCOMPARE(table->model()->index(1, 1).data().toString(), s("113"));
        QCOMPARE(table->model()->headerData(1, Qt::Horizontal).toString(), s("orders (m, thousandths of a core)"));
        f.action("chart.table")->trigger();
        QVERIFY(!table->isVisible());
        QVERIFY(f.plot(f.first)->isVisible());
    }

    void theQueryIsShownOnDemand() {
        Fixture f;
        auto* query = f.first->findChild<QLineEdit*>(s("chart.query"));
        QVERIFY(!f.action("chart.showQuery")->isEnabled());
        ChartContent content = cpu();
        content.query = s("rate(cpu[5m])");
        f.first->setContent(content);
        QVERIFY(!query->isVisible());
        f.action("chart.showQuery")->trigger();
        QVERIFY(query->isVisible());
        QCOMPARE(query->text(), content.query);
    }

    void theMenuIsReachedByKeys() {
        Fixture f;
        auto* button = f.first->findChild<QAbstractButton*>(s("chart.menu"));
        f.plot(f.first)->setFocus(Qt::TabFocusReason);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTRY_COMPARE(QApplication::focusWidget(), button);
        QTest::keyClick(button, Qt::Key_Space);
        auto* menu = f.first->findChild<QMenu*>();
        QTRY_VERIFY(menu->isVisible());
        menu->hide();
    }

    void themeAndTextScaleChangeAtRunTime() {
        Fixture f;
        const int legend = f.plot(f.first)->y();
        for (const QString& id : Theme::ids()) {
            applyTheme(*qApp, Theme::named(id), 1.0);
            const QImage image = f.plot(f.first)->grab().toImage();
            QVERIFY2(pixelsOf(image, Theme::named(id).color(Role::Series1)) > 0, qPrintable(id));
        }
        applyTheme(*qApp, Theme::named(s("dark")), 2.0);
        QVERIFY(f.plot(f.first)->y() > legend);
        QVERIFY(pixelsOf(f.plot(f.first)->grab().toImage(), Theme::named(s("dark")).color(Role::Series1)) > 0);
    }

    void hostileWordsAreShownAsTheyAre() {
        ChartContent content = cpu();
        content.title = s("<b>%1 %2\n") + QString(253, QLatin1Char('x'));
        content.series[0].name = s("\u202E%3<img src=x>");
        content.marks = {{kFrom + kStep, QString(253, QLatin1Char('m')), MarkKind::Incident}};
        content.thresholds = {{0.5, QString(500, QLatin1Char('t')), Tone::Warning}, {1e300, s("far"), Tone::Critical}};
        content.spans = {{kFrom, kFrom + kStep, Tone::Critical, s("<i>")}};
        TimeSeriesChart chart;
        chart.resize(200, 140);
        chart.setContent(content);
        chart.grab();
        QVERIFY(chart.summary().contains(s("·%3<img src=x>")));
        QVERIFY(chart.summary().contains(s("<b>%1 %2·")));
        QVERIFY(chart.summary().contains(s("now 0.9 cores")));
    }
};

QUARTERDECK_WIDGET_TEST(TestChartWidget)
#include "test_chart_widget.moc"
