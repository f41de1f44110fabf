#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/make_pod.h"
#include "ui/tables/csv.h"
#include "ui/tables/table_specs.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

class TestCsv : public QObject {
    Q_OBJECT

private slots:
    void aFieldIsQuotedAndGuarded_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("field");
        QTest::newRow("plain") << QStringLiteral("orders") << QStringLiteral("orders");
        QTest::newRow("empty") << QStringLiteral("") << QStringLiteral("");
        QTest::newRow("comma") << QStringLiteral("a,b") << QStringLiteral("\"a,b\"");
        QTest::newRow("quote") << QStringLiteral("a \"b\"") << QStringLiteral("\"a \"\"b\"\"\"");
        QTest::newRow("line break") << QStringLiteral("a\nb") << QStringLiteral("\"a\nb\"");
        QTest::newRow("formula") << QStringLiteral("=1+1") << QStringLiteral("'=1+1");
        QTest::newRow("formula with comma")
            << QStringLiteral("=HYPERLINK(\"x\",\"y\")") << QStringLiteral("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        QTest::newRow("plus") << QStringLiteral("+cmd") << QStringLiteral("'+cmd");
        QTest::newRow("minus") << QStringLiteral("-cmd|' /C calc'!A0") << QStringLiteral("'-cmd|' /C calc'!A0");
        QTest::newRow("at") << QStringLiteral("@SUM(A1)") << QStringLiteral("'@SUM(A1)");
        QTest::newRow("tab") << QStringLiteral("\t=1") << QStringLiteral("'\t=1");
        QTest::newRow("negative number") << QStringLiteral("-5") << QStringLiteral("-5");
        QTest::newRow("signed decimal") << QStringLiteral("+0.25") << QStringLiteral("+0.25");
        QTest::newRow("equals inside") << QStringLiteral("a=b") << QStringLiteral("a=b");
    }
    void aFieldIsQuotedAndGuarded() {
        QFETCH(QString, text);
        QFETCH(QString, field);
        QCOMPARE(csvField(text), field);
    }

    void timesAreIsoAndNumbersPlain() {
        const std::vector<CsvRow> rows{{tests::makePod({"orders-1", "shop", kube::Health::Good, 3}), "prod",
                                        Instant(std::chrono::seconds(1'700'000'300))}};
        const QString text = csvText(podTable(), rows, ZoneChoice::Utc);
        const QStringList lines = text.split(QStringLiteral("\r\n"));
        QCOMPARE(lines.size(), 3);  // header, row, and the end after the last line break
        QCOMPARE(lines[0], QStringLiteral("Status,Pod,Context,Namespace,Ready,Restarts,Age,Node,IP,QoS,Images,"
                                          "CPU request,CPU limit,Memory request,Memory limit"));
        QCOMPARE(lines[1], QStringLiteral("Running,orders-1,prod,shop,1/1,3,2023-11-14T22:13:20Z,,,,,,,,"));
    }

    void aFileIsWrittenWholeOrNotAtAll() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("pods.csv"));
        const std::vector<CsvRow> rows{{tests::makePod({"a"}), "prod", Instant{}}};
        const QByteArray bytes = csvText(podTable(), rows, ZoneChoice::Utc).toUtf8();
        QVERIFY(writeCsv(path, bytes).has_value());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), bytes);
        const auto failed = writeCsv(folder.filePath(QStringLiteral("missing/pods.csv")), bytes);
        QVERIFY(!failed.has_value());
        QVERIFY(failed.error().is(kCsvNotWritten));
        QVERIFY(!failed.error().parameter("reason").empty());
    }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "test_csv.moc"
