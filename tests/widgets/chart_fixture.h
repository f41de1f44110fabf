#pragma once

#include <QAction>
#include <QImage>
#include <QMenu>
#include <QVBoxLayout>

#include "tests/widgets/widget_test.h"
#include "widgets/style.h"
#include "widgets/time_series_chart.h"

// Two charts of one hour with a shared cursor, for tests.
namespace chart_test {

using namespace quarterdeck::widgets;

inline constexpr qint64 kFrom = 1'773'453'600'000;  // 2026-03-14 02:00:00 UTC
inline constexpr qint64 kStep = 60'000;
inline constexpr int kPoints = 61;

inline QString s(const char* text) {
    return QString::fromUtf8(text);
}

inline ChartContent cpu(int series = 1) {
    ChartContent content;
    content.title = s("CPU");
    content.unit = {ChartUnit::Kind::Cores, {}};
    content.from = kFrom;
    content.to = kFrom + kStep * (kPoints - 1);
    for (int k = 0; k < series; ++k) {
        ChartSeries one;
        one.id = one.name = k == 0 ? s("orders") : QStringLiteral("service %1").arg(k);
        for (int i = 0; i < kPoints; ++i) {
            one.points.append({kFrom + i * kStep, 0.1 + 0.8 * i / (kPoints - 1) + k});
        }
        content.series.append(one);
    }
    return content;
}

struct Fixture {
    Fixture() {
        auto* column = new QVBoxLayout(&window);
        for (TimeSeriesChart* chart : {first, second}) {
            chart->setSharedCursor(&cursor);
            chart->setContent(cpu());
            column->addWidget(chart);
        }
        window.resize(500, 460);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
    }
    QWidget* plot(TimeSeriesChart* chart) { return chart->findChild<QWidget*>(s("chart.plot")); }
    QAction* action(const char* name) {
        auto* menu = first->findChild<QMenu*>();
        Q_EMIT menu->aboutToShow();
        return menu->findChild<QAction*>(QLatin1String(name));
    }
    QWidget window;
    ChartCursor cursor;
    TimeSeriesChart* first = new TimeSeriesChart(&window);
    TimeSeriesChart* second = new TimeSeriesChart(&window);
};

// Pixels of a picture in a colour of the theme.
inline int pixelsOf(const QImage& image, const QColor& color) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += image.pixelColor(x, y) == color ? 1 : 0;
        }
    }
    return count;
}

}  // namespace chart_test
