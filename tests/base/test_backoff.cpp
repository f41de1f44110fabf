#include <QTest>

#include "app/base/backoff.h"
#include "app/base/clock.h"

using namespace quarterdeck;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

class TestBackoff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theStepDoublesUpToTheCeiling() {
        Backoff backoff({800ms, 30'000ms, 50ms}, [] { return 0.999999; });
        for (const milliseconds step : {800ms, 1'600ms, 3'200ms, 6'400ms, 12'800ms, 25'600ms, 30'000ms, 30'000ms}) {
            const milliseconds wait = backoff.next();
            QVERIFY2(wait <= step && wait >= step - 1ms, qPrintable(QString::number(wait.count())));
        }
    }

    void theWaitIsNeverBelowTheFloor() {
        Backoff backoff({800ms, 30'000ms, 50ms}, [] { return 0.0; });
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(backoff.next(), 50ms);
        }
    }

    void theWaitIsDrawnFromTheWholeStep() {
        double drawn = 0.25;
        Backoff backoff({1'000ms, 8'000ms, 10ms}, [&] { return drawn; });
        QCOMPARE(backoff.next(), 250ms);
        drawn = 0.5;
        QCOMPARE(backoff.next(), 1'000ms);
        drawn = 0.75;
        QCOMPARE(backoff.next(), 3'000ms);
    }

    void resetStartsAnew() {
        Backoff backoff({800ms, 30'000ms, 50ms}, [] { return 0.5; });
        QCOMPARE(backoff.next(), 400ms);
        QCOMPARE(backoff.next(), 800ms);
        backoff.reset();
        QCOMPARE(backoff.next(), 400ms);
    }

    void theSystemsRandomStaysInItsRange() {
        const RandomSource random = systemRandom();
        double low = 1;
        double high = 0;
        for (int i = 0; i < 10'000; ++i) {
            const double value = random();
            QVERIFY(value >= 0.0 && value < 1.0);
            low = std::min(low, value);
            high = std::max(high, value);
        }
        QVERIFY(low < 0.1 && high > 0.9);
    }

    void aManualClockMovesOnlyWhenTold() {
        ManualClock clock{Instant(1'000ms)};
        QVERIFY(clock.now() == Instant(1'000ms));
        clock.advance(250ms);
        QVERIFY(clock.now() == Instant(1'250ms));
        QCOMPARE(clock.monotonic(), 1'250ms);
    }

    void anOffsetClockStartsWhereItIsTold() {
        const Instant start{1'000'000'000'000ms};
        const OffsetClock clock(start);
        const auto passed = clock.now() - start;
        QVERIFY(passed >= 0ms && passed < 60s);
    }
};

QTEST_GUILESS_MAIN(TestBackoff)
#include "test_backoff.moc"
