#include <QDateTime>
#include <cmath>
#include <limits>
#include <map>
#include <random>

#include "tests/widgets/widget_test.h"
#include "widgets/chart_export.h"
#include "widgets/chart_reduce.h"

using namespace quarterdeck::widgets;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int kColumns = 200;

QString s(const char* text) {
    return QString::fromUtf8(text);
}

qint64 utc(const char* text) {
    return QDateTime::fromString(s(text), Qt::ISODate).toMSecsSinceEpoch();
}

// 4,000 points with noise, holes and values that are missing.
QVector<ChartPoint> randomPoints(std::mt19937& random) {
    std::uniform_real_distribution<double> value(-5, 20);
    std::uniform_int_distribution<int> chance(0, 99);
    QVector<ChartPoint> points;
    qint64 ms = 0;
    for (int i = 0; i < 4000; ++i) {
        ms += chance(random) == 0 ? 3'000 : 100;
        points.append({ms, chance(random) == 1 ? kNone : value(random)});
    }
    return points;
}

int columnOf(qint64 ms, qint64 to) {
    return std::min(kColumns - 1, static_cast<int>(static_cast<double>(ms) * (kColumns / static_cast<double>(to))));
}

QStringList labels(const TimeTicks& ticks, const QTimeZone& zone) {
    QStringList all;
    for (const qint64 time : ticks.times) {
        all << tickLabel(time, ticks.stepMs, zone, QLocale::c());
    }
    return all;
}

}  // namespace

class TestChartValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reductionKeepsExtremesOfEveryPixelColumn() {
        std::mt19937 random(20260314);
        for (int round = 0; round < 40; ++round) {
            const auto points = randomPoints(random);
            const qint64 to = points.last().ms;
            std::map<int, std::pair<double, double>> wanted;
            for (const ChartPoint& point : points) {
                if (std::isfinite(point.value)) {
                    auto& pair = wanted.try_emplace(columnOf(point.ms, to), point.value, point.value).first->second;
                    pair = {std::min(pair.first, point.value), std::max(pair.second, point.value)};
                }
            }
            std::map<int, std::pair<double, double>> found;
            qsizetype count = 0;
            for (const ChartRun& run : reduced(points, 0, to, kColumns, 1000, false)) {
                count += run.size();
                for (qsizetype i = 0; i < run.size(); ++i) {
                    QVERIFY(i == 0 || run[i - 1].ms <= run[i].ms);
                    auto& pair = found.try_emplace(columnOf(run[i].ms, to), run[i].value, run[i].value).first->second;
                    pair = {std::min(pair.first, run[i].value), std::max(pair.second, run[i].value)};
                }
            }
            QVERIFY(found == wanted);
            QVERIFY2(count <= 4 * kColumns, qPrintable(QString::number(count)));
        }
    }

    void reductionNeverJoinsOverAGap() {
        std::mt19937 random(7);
        for (int round = 0; round < 40; ++round) {
            const auto points = randomPoints(random);
            const qint64 to = points.last().ms;
            const auto runs = reduced(points, 0, to, kColumns, 1000, false);
            // Every gap that can be seen, that is: over more than one pixel column, lies between two runs.
            int gaps = 0;
            const ChartPoint* previous = nullptr;
            bool missing = false;
            for (const ChartPoint& point : points) {
                if (!std::isfinite(point.value)) {
                    missing = true;
                    continue;
                }
                const bool gap = previous != nullptr && (missing || point.ms - previous->ms > 1000);
                if (gap && columnOf(previous->ms, to) != columnOf(point.ms, to)) {
                    ++gaps;
                    for (const ChartRun& run : runs) {
                        QVERIFY(run.last().ms <= previous->ms || run.first().ms >= point.ms);
                    }
                }
                previous = &point;
                missing = false;
            }
            QVERIFY(gaps > 0);
            QCOMPARE(runs.size(), gaps + 1);
        }
    }

    void linesEndOnTheEdgeAndStepsHold() {
        const QVector<ChartPoint> points{{0, 0}, {100, 10}, {200, 30}};
        const auto line = reduced(points, 50, 150, 100, 1000, false);
        QCOMPARE(line.size(), 1);
        QCOMPARE(line[0].size(), 3);
        QCOMPARE(line[0].first().ms, 50);
        QCOMPARE(line[0].first().value, 5.0);
        QCOMPARE(line[0].last().ms, 150);
        QCOMPARE(line[0].last().value, 20.0);
        const auto steps = reduced(points, 50, 150, 100, 1000, true);
        QCOMPARE(steps[0].first().value, 0.0);
        QCOMPARE(steps[0].last().value, 10.0);
        const ChartRun corners = stepped(steps[0]);
        QCOMPARE(corners.size(), 4);
        QCOMPARE(corners[1].ms, 100);
        QCOMPARE(corners[1].value, 0.0);
    }

    void nothingAndASinglePointAreNoTrouble() {
        QVERIFY(reduced({}, 0, 100, 10, 10, false).isEmpty());
        QVERIFY(reduced({{50, kNone}}, 0, 100, 10, 10, false).isEmpty());
        const auto one = reduced({{50, 3}}, 0, 100, 10, 10, false);
        QCOMPARE(one.size(), 1);
        QCOMPARE(one[0].size(), 1);
        QVERIFY(reduced({{150, 3}}, 0, 100, 10, 10, false).isEmpty());
    }

    void barsKeepTheHighestOfAColumn() {
        const auto bars = reducedBars({{1, 2}, {2, -9}, {3, 4}, {60, 1}, {61, kNone}}, 0, 100, 10);
        QCOMPARE(bars.size(), 2);
        QCOMPARE(bars[0].value, -9.0);
        QCOMPARE(bars[1].value, 1.0);
    }

    void theUsualDistanceMakesTheGap() {
        ChartSeries series;
        for (int i = 0; i < 20; ++i) {
            series.points.append({i * 15'000 + (i > 10 ? 600'000 : 0), 1});
        }
        QCOMPARE(gapOf(series), 45'000);
        QVERIFY(!pointAt(series, 10 * 15'000 + 300'000, 0).has_value());
        QCOMPARE(pointAt(series, 16'000, 0)->ms, 15'000);
        series.gapMs = 20;
        QCOMPARE(gapOf(series), 20);
    }

    void contentIsTidied() {
        ChartContent content;
        content.from = 10;
        content.to = 5;
        content.title = s("a\nb\u202Ec");
        content.series = {ChartSeries{}};
        content.series[0].points = {{3, 1}, {1, 2}};
        const ChartContent tidy = tidied(content);
        QCOMPARE(tidy.title, s("a·b·c"));
        QCOMPARE(tidy.series[0].points[0].ms, 1);
        QVERIFY(tidy.to > tidy.from);
    }

    void unitsAreNeverMixed_data() {
        using Kind = ChartUnit::Kind;
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("highest");
        QTest::addColumn<QString>("caption");
        QTest::addColumn<QString>("ticks");
        const auto row = [](Kind kind, double highest, const char* caption, const char* ticks) {
            QTest::addRow("%d %g", static_cast<int>(kind), highest)
                << static_cast<int>(kind) << highest << s(caption) << s(ticks);
        };
        row(Kind::None, 7, "", "0 2 4 6 8");
        row(Kind::Count, 3, "", "0 1 2 3");
        row(Kind::Count, 1, "", "0 1");
        row(Kind::Count, 8'000, "", "0 2,000 4,000 6,000 8,000");
        row(Kind::Count, 350'000, "thousand", "0 100 200 300 400");
        row(Kind::Percent, 0.41, "%", "0 10 20 30 40 50");
        row(Kind::Percent, 0.004, "%", "0.0 0.1 0.2 0.3 0.4");
        row(Kind::Seconds, 3.4, "s", "0 1 2 3 4");
        row(Kind::Seconds, 0.7, "ms", "0 200 400 600 800");
        row(Kind::Seconds, 0.00045, "µs", "0 100 200 300 400 500");
        row(Kind::Bytes, 900, "B", "0 200 400 600 800 1,000");
        row(Kind::Bytes, 300.0 * 1024 * 1024, "Mi", "0 64 128 192 256 320");
        row(Kind::Bytes, 3.5 * 1024 * 1024 * 1024, "Gi", "0 1 2 3 4");
        row(Kind::Cores, 0.25, "m, thousandths of a core", "0 50 100 150 200 250");
        row(Kind::Cores, 3.2, "cores", "0 1 2 3 4");
        row(Kind::PerSecond, 25, "per second", "0 5 10 15 20 25");
        row(Kind::PerSecond, 2.5e7, "million per second", "0 5 10 15 20 25");
    }
    void unitsAreNeverMixed() {
        QFETCH(int, kind);
        QFETCH(double, highest);
        QFETCH(QString, caption);
        QFETCH(QString, ticks);
        const ChartUnit unit{static_cast<ChartUnit::Kind>(kind), {}};
        const ChartScale scale = scaleFor(unit, highest);
        QCOMPARE(unitCaption(unit, scale), caption);
        const ValueTicks values = valueTicks(0, highest, 5, scale, unit.kind == ChartUnit::Kind::Count ? 1 : 0);
        QStringList labels;
        for (const double value : values.values) {
            labels << axisLabel(value, values.decimals, scale, QLocale(QLocale::English));
        }
        QCOMPARE(labels.join(QLatin1Char(' ')), ticks);
    }

    void ticksCoverTheValuesAndAreFew() {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> power(-9, 12);
        std::uniform_real_distribution<double> share(-1, 1);
        for (int i = 0; i < 2000; ++i) {
            const double low = share(random) * std::pow(10, power(random));
            const double high = low + std::pow(10, power(random));
            const ValueTicks ticks = valueTicks(low, high, 5, {});
            if (high - low > std::abs(low) * 1e-6) {  // else the ends cannot be told apart
                const double slack = (high - low) * 1e-6;
                QVERIFY(ticks.values.first() <= low + slack);
                QVERIFY(ticks.values.last() >= high - slack);
            }
            QVERIFY(ticks.values.size() >= 2 && ticks.values.size() <= 6);
        }
    }

    void readOuts_data() {
        using Kind = ChartUnit::Kind;
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("words");
        const auto row = [](Kind kind, double value, const char* words) {
            QTest::addRow("%d %g", static_cast<int>(kind), value) << static_cast<int>(kind) << value << s(words);
        };
        row(Kind::None, 1234.5, "1,235");
        row(Kind::None, 40, "40");
        row(Kind::None, 0.0123, "0.0123");
        row(Kind::Percent, 0.405, "40.5 %");
        row(Kind::Seconds, 0.00025, "250 µs");
        row(Kind::Seconds, 1.664, "1.66 s");
        row(Kind::Bytes, 310.0 * 1024 * 1024, "310 Mi");
        row(Kind::Cores, 0.4, "0.4 cores");
        row(Kind::PerSecond, 18.3, "18.3 per second");
        row(Kind::Count, 2, "2");
        row(Kind::None, kNone, "–");
    }
    void readOuts() {
        QFETCH(int, kind);
        QFETCH(double, value);
        QFETCH(QString, words);
        QCOMPARE(valueInWords(value, {static_cast<ChartUnit::Kind>(kind), {}}, QLocale(QLocale::English)), words);
    }

    void separatorsAreTheLocalesButDigitsAreOurs() {
        QCOMPARE(axisLabel(1234.5, 1, {}, QLocale(QLocale::German)), s("1.234,5"));
        QCOMPARE(readOut(0.25, {}, QLocale(QLocale::German)), s("0,25"));
        QCOMPARE(axisLabel(1234.5, 1, {}, QLocale(QLocale::Persian)), s("1,234.5"));
    }

    void timeTicksAreRound_data() {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("expected");
        QTest::newRow("20 s") << qint64{20} << s("03:12:05 03:12:10 03:12:15 03:12:20");
        QTest::newRow("4 min") << qint64{240} << s("03:13 03:14 03:15 03:16");
        QTest::newRow("1 h") << qint64{3600} << s("03:15 03:30 03:45 04:00");
        QTest::newRow("1 day") << qint64{86'400} << s("06:00 12:00 18:00 15 Mar");
        QTest::newRow("5 days") << qint64{5 * 86'400} << s("16 Mar 18 Mar");
        QTest::newRow("1 year") << qint64{365 * 86'400} << s("Apr Jul Oct 2027");
    }
    void timeTicksAreRound() {
        QFETCH(qint64, seconds);
        QFETCH(QString, expected);
        const qint64 from = utc("2026-03-14T03:12:01Z");
        const TimeTicks ticks = timeTicks(from, from + seconds * 1000, 5, QTimeZone::utc());
        QCOMPARE(labels(ticks, QTimeZone::utc()).join(QLatin1Char(' ')), expected);
    }

    void clocksMayBePutForwardAndBack() {
        const QTimeZone berlin("Europe/Berlin");
        if (!berlin.isValid()) {
            QSKIP("This machine has no time zones.");
        }
        // 02:00 becomes 03:00: there is no 02:00.
        QCOMPARE(labels(timeTicks(utc("2026-03-28T22:30:00Z"), utc("2026-03-29T03:30:00Z"), 6, berlin), berlin),
                 (QStringList{s("29 Mar"), s("01:00"), s("03:00"), s("04:00"), s("05:00")}));
        QCOMPARE(labels(timeTicks(utc("2026-03-28T22:30:00Z"), utc("2026-03-29T12:30:00Z"), 8, berlin), berlin),
                 (QStringList{s("29 Mar"), s("04:00"), s("06:00"), s("08:00"), s("10:00"), s("12:00"), s("14:00")}));
        // 03:00 becomes 02:00: it is 02:00 twice.
        QCOMPARE(labels(timeTicks(utc("2026-10-24T22:00:00Z"), utc("2026-10-25T03:00:00Z"), 6, berlin), berlin),
                 (QStringList{s("25 Oct"), s("01:00"), s("02:00"), s("02:00"), s("03:00"), s("04:00")}));
        // Days are cut at midnight of the clock, however long they are.
        const auto days = timeTicks(utc("2026-03-27T12:00:00Z"), utc("2026-03-31T12:00:00Z"), 5, berlin);
        QCOMPARE(days.times, (QVector<qint64>{utc("2026-03-27T23:00:00Z"), utc("2026-03-28T23:00:00Z"),
                                              utc("2026-03-29T22:00:00Z"), utc("2026-03-30T22:00:00Z")}));
    }

    void csvHoldsEveryValueOnce() {
        ChartContent content;
        content.title = s("CPU");
        content.unit = {ChartUnit::Kind::Cores, {}};
        content.from = utc("2026-03-14T03:00:00Z");
        content.to = content.from + 60'000;
        content.series.resize(2);
        content.series[0].name = s("=orders, \"a\"");
        content.series[0].points = {{content.from - 1, 9}, {content.from, 0.1}, {content.from + 30'000, kNone}};
        content.series[1].name = s("payments");
        content.series[1].points = {{content.from + 30'000, 0.25}, {content.from + 45'500, 1e-7}};
        QCOMPARE(QString::fromUtf8(chartCsv(content)), s("time,\"'=orders, \"\"a\"\" (cores)\",payments (cores)\r\n"
                                                         "2026-03-14T03:00:00.000Z,0.1,\r\n"
                                                         "2026-03-14T03:00:30.000Z,,0.25\r\n"
                                                         "2026-03-14T03:00:45.500Z,,1e-07\r\n"));
    }

    void fileNamesSuitTheTitle() {
        QCOMPARE(chartFileName(s("CPU / orders: p99")), s("cpu-orders-p99"));
        QCOMPARE(chartFileName(s("../..")), s("chart"));
    }
};

QUARTERDECK_WIDGET_TEST(TestChartValues)
#include "test_chart_values.moc"
