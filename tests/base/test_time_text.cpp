#include <QTest>

#include "app/base/time_text.h"

using namespace quarterdeck;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr std::int64_t kBase = 1773457960000;  // 2026-03-14T03:12:40Z

constexpr milliseconds kSecond = 1s;
constexpr milliseconds kMinute = 1min;
constexpr milliseconds kHour = 1h;
constexpr milliseconds kDay = 24h;
constexpr milliseconds kYear = 365 * kDay;

}  // namespace

class TestTimeText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rfc3339IsRead_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("millis");
        const auto row = [](const char* text, std::int64_t millis) {
            QTest::newRow(text) << QByteArray(text) << qint64(millis);
        };
        row("2026-03-14T03:12:40Z", kBase);
        row("2026-03-14t03:12:40z", kBase);
        row("2026-03-14 03:12:40Z", kBase);
        row("2026-03-14T03:12:40.5Z", kBase + 500);
        row("2026-03-14T03:12:40.123456Z", kBase + 123);
        row("2026-03-14T03:12:40.123999999Z", kBase + 123);
        row("2026-03-14T04:12:40+01:00", kBase);
        row("2026-03-13T21:42:40-05:30", kBase);
        row("2026-03-14T03:12:40.250+00:00", kBase + 250);
        row("1970-01-01T00:00:00Z", 0);
        row("1969-12-31T23:59:59Z", -1000);
        row("2024-02-29T00:00:00Z", 1709164800000);
        row("0001-01-01T00:00:00Z", -62135596800000);
    }
    void rfc3339IsRead() {
        QFETCH(QByteArray, text);
        const auto time = parseRfc3339(text.toStdString());
        QVERIFY(time.has_value());
        QTEST(qint64(time->time_since_epoch().count()), "millis");
    }

    void badTimesAreNone_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"",
                                 "null",
                                 "2026-03-14",
                                 "2026-03-14T03:12Z",
                                 "2026-03-14T03:12:40",
                                 "2026-03-14T03:12:40.Z",
                                 "2026-03-14T03:12:40Z ",
                                 " 2026-03-14T03:12:40Z",
                                 "2026-13-14T03:12:40Z",
                                 "2026-02-29T03:12:40Z",
                                 "2026-00-10T03:12:40Z",
                                 "2026-03-14T24:12:40Z",
                                 "2026-03-14T03:60:40Z",
                                 "2026-03-14T03:12:61Z",
                                 "2026-03-14T03:12:40+0100",
                                 "2026-03-14T03:12:40+01",
                                 "2026-03-14T03:12:40+24:00",
                                 "2026-03-14T03:12:40+01:60",
                                 "26-03-14T03:12:40Z",
                                 "2026-3-14T03:12:40Z",
                                 "2026-03-14T03:12:4\xc3\xb6Z"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }
    void badTimesAreNone() {
        QFETCH(QByteArray, text);
        QVERIFY(!parseRfc3339(text.toStdString()).has_value());
    }

    void rfc3339IsWritten() {
        QCOMPARE(formatRfc3339(Instant(milliseconds(kBase))), std::string("2026-03-14T03:12:40Z"));
        QCOMPARE(formatRfc3339(Instant(milliseconds(kBase + 7))), std::string("2026-03-14T03:12:40Z"));
        QCOMPARE(formatRfc3339(Instant(milliseconds(kBase + 7)), true), std::string("2026-03-14T03:12:40.007Z"));
        QCOMPARE(formatRfc3339(Instant(milliseconds(-1)), true), std::string("1969-12-31T23:59:59.999Z"));
    }

    void httpDatesGoBothWays() {
        const Instant time{milliseconds(kBase)};
        QCOMPARE(formatHttpDate(time), std::string("Sat, 14 Mar 2026 03:12:40 GMT"));
        QVERIFY(parseHttpDate("Sat, 14 Mar 2026 03:12:40 GMT") == time);
        for (int month = 0; month < 12; ++month) {
            const Instant other = time + month * 30 * kDay;
            QVERIFY(parseHttpDate(formatHttpDate(other)) == other);
        }
    }

    void badHttpDatesAreNone_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"", "Sat, 14 Mar 2026 03:12:40", "Sat, 14 Mar 2026 03:12:40 UTC", "Sat, 14 Mär 2026 03:12:40 GMT",
              "Sat, 31 Feb 2026 03:12:40 GMT", "Sat, 14 Mar 2026 25:12:40 GMT", "Sat, 14 Mar 2026 03.12.40 GMT",
              "Sat; 14 Mar 2026 03:12:40 GMT", "Saturday, 14-Mar-26 03:12:40 GMT", "Sat Mar 14 03:12:40 2026"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }
    void badHttpDatesAreNone() {
        QFETCH(QByteArray, text);
        QVERIFY(!parseHttpDate(text.toStdString()).has_value());
    }

    void anAgeIsWrittenAsKubectlDoes_data() {
        QTest::addColumn<qint64>("millis");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](milliseconds age, const char* text) {
            QTest::addRow("%lld ms", static_cast<long long>(age.count())) << qint64(age.count()) << QByteArray(text);
        };
        row(-1 * kHour, "<invalid>");
        row(-2 * kSecond, "<invalid>");
        row(-2 * kSecond + 1ms, "0s");
        row(-1ms, "0s");
        row(0ms, "0s");
        row(kSecond - 1ms, "0s");
        row(kSecond, "1s");
        row(70 * kSecond, "70s");
        row(2 * kMinute - 1ms, "119s");
        row(2 * kMinute, "2m");
        row(2 * kMinute + kSecond, "2m1s");
        row(190 * kSecond, "3m10s");
        row(10 * kMinute - 1ms, "9m59s");
        row(10 * kMinute, "10m");
        row(10 * kMinute + kSecond, "10m");
        row(70 * kMinute, "70m");
        row(3 * kHour - 1ms, "179m");
        row(3 * kHour, "3h");
        row(3 * kHour + kMinute, "3h1m");
        row(8 * kHour - 1ms, "7h59m");
        row(8 * kHour, "8h");
        row(8 * kHour + 59 * kMinute, "8h");
        row(47 * kHour, "47h");
        row(2 * kDay - 1ms, "47h");
        row(2 * kDay, "2d");
        row(49 * kHour, "2d1h");
        row(8 * kDay - 1ms, "7d23h");
        row(8 * kDay, "8d");
        row(8 * kDay + 23 * kHour, "8d");
        row(367 * kDay, "367d");
        row(2 * kYear - 1ms, "729d");
        row(2 * kYear, "2y");
        row(2 * kYear + 23 * kHour, "2y");
        row(2 * kYear + kDay - 1ms, "2y");
        row(2 * kYear + kDay, "2y1d");
        row(3 * kYear, "3y");
        row(8 * kYear - 1ms, "7y364d");
        row(8 * kYear, "8y");
        row(8 * kYear + 364 * kDay, "8y");
        row(9 * kYear, "9y");
    }
    void anAgeIsWrittenAsKubectlDoes() {
        QFETCH(qint64, millis);
        QTEST(QByteArray::fromStdString(humanDuration(milliseconds(millis))), "text");
    }
};

QTEST_GUILESS_MAIN(TestTimeText)
#include "test_time_text.moc"
