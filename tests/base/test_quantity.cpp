#include <limits>

#include <QTest>

#include "app/base/quantity.h"

using namespace quarterdeck;

class TestQuantity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aQuantityIsReadAsTheApiDoes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("milli");
        QTest::addColumn<qint64>("value");
        const auto row = [](const char* text, std::int64_t milli, std::int64_t value) {
            QTest::newRow(text) << QByteArray(text) << qint64(milli) << qint64(value);
        };
        row("0", 0, 0);
        row("1", 1000, 1);
        row("+3", 3000, 3);
        row("-2", -2000, -2);
        row("500m", 500, 1);
        row("1500m", 1500, 2);
        row("0.1", 100, 1);
        row("0.001", 1, 1);
        row(".5", 500, 1);
        row("2.", 2000, 2);
        row("1u", 1, 1);
        row("1n", 1, 1);
        row("1500000n", 2, 1);
        row("1k", 1'000'000, 1'000);
        row("5M", 5'000'000'000, 5'000'000);
        row("128e6", 128'000'000'000, 128'000'000);
        row("1e3", 1'000'000, 1'000);
        row("1E3", 1'000'000, 1'000);
        row("1e-3", 1, 1);
        row("1e+2", 100'000, 100);
        row("1Ki", 1'024'000, 1'024);
        row("64Mi", 67'108'864'000, 67'108'864);
        row("1.5Gi", 1'610'612'736'000, 1'610'612'736);
        row("8148232Ki", 8'343'789'568'000, 8'343'789'568);
        row("93478772582", 93'478'772'582'000, 93'478'772'582);
        row("2Ti", 2'199'023'255'552'000, 2'199'023'255'552);
        row("1P", 1'000'000'000'000'000'000, 1'000'000'000'000'000);
    }
    void aQuantityIsReadAsTheApiDoes() {
        QFETCH(QByteArray, text);
        const auto quantity = Quantity::parse(text.toStdString());
        QVERIFY(quantity.has_value());
        QTEST(qint64(quantity->milli()), "milli");
        QTEST(qint64(quantity->value()), "value");
        QCOMPARE(QByteArray::fromStdString(quantity->text()), text);
    }

    void whatIsNoQuantityIsNone_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"",     " ",  "m",   ".",   "-",   "+-1",  "1 Gi", "1gi", "1KI",   "1mi", "1.2.3",
                                 "0x10", "1e", "1ex", "Inf", "NaN", "1Gi ", " 1",   "1,5", "1e999", "--1"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }
    void whatIsNoQuantityIsNone() {
        QFETCH(QByteArray, text);
        QVERIFY(!Quantity::parse(text.toStdString()).has_value());
    }

    void hugeQuantitiesSaturate() {
        constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
        QCOMPARE(Quantity::parse("900E")->milli(), kMax);
        QCOMPARE(Quantity::parse("-900E")->milli(), -kMax);
        QCOMPARE(Quantity::parse(std::string(400, '9'))->milli(), kMax);
    }

    void anUnsetQuantityIsNought() {
        QCOMPARE(Quantity().milli(), std::int64_t(0));
        QCOMPARE(Quantity().text(), std::string());
    }
};

QTEST_GUILESS_MAIN(TestQuantity)
#include "test_quantity.moc"
