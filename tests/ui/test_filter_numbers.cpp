#include <QTest>

#include "tests/ui/make_pod.h"
#include "ui/tables/filter_expression.h"
#include "ui/tables/pod_resources.h"
#include "ui/tables/table_specs.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

namespace {

const Instant kNow{std::chrono::seconds(1'700'007'200)};  // two hours after the pods were made

std::shared_ptr<kinds::Pod> sample() {
    auto pod = tests::makePod({"orders", "shop", kube::Health::Critical, 4});
    pod->node = tests::pool().intern("worker-7");
    pod->containers[0].cpuRequestMilli = 250;
    pod->containers[0].memoryRequest = 256LL * 1024 * 1024;
    pod->containers[0].memoryLimit = 512LL * 1024 * 1024;
    return pod;
}

bool matches(const FilterExpression& expression) {
    const auto pod = sample();
    const TableSpec& spec = podTable();
    return expression.matches({*pod, "orders a->b x<y", "running", "prod", false, spec.node(*pod), spec.number, kNow});
}

}  // namespace

class TestFilterNumbers : public QObject {
    Q_OBJECT

private slots:
    void aComparisonHoldsByItsValueAndUnit_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("holds");
        const auto row = [](const char* text, bool holds) { QTest::newRow(text) << QString::fromUtf8(text) << holds; };
        row("restarts>3", true);
        row("restarts>4", false);
        row("restarts>=4", true);
        row("restarts<=4", true);
        row("restarts<4", false);
        row("RESTARTS>3", true);
        row("!restarts>3", false);
        row("restarts>3 restarts<5", true);
        row("age<1h", false);
        row("age<3h", true);
        row("age>90m", true);
        row("age>=2h", true);
        row("age>1h59m59s", true);
        row("age<1d", true);
        row("age<1w", true);
        row("ready<1", true);
        row("ready<100%", true);
        row("ready>=50%", false);
        row("cpu-request>200m", true);
        row("cpu-request>=0.25", true);
        row("cpu-request>1", false);
        row("cpu-limit>0", false);  // not set
        row("cpu-limit<100", false);
        row("memory-request>=256Mi", true);
        row("memory-request>256Mi", false);
        row("memory-limit<1Gi", true);
        row("memory-limit>500M", true);
        row("node:worker", true);
        row("node:worker-8", false);
        row("!node:worker-8", true);
        // No comparisons at all.
        row("a->b", true);
        row("x<y", true);
        row("\"restarts>3\"", false);
        row("app!=a>3", true);
    }
    void aComparisonHoldsByItsValueAndUnit() {
        QFETCH(QString, text);
        QFETCH(bool, holds);
        const auto expression = FilterExpression::parse(text.toStdString(), podTable().numbers);
        QVERIFY2(expression.has_value(), expression ? "" : describe(expression.error()).c_str());
        QCOMPARE(matches(*expression), holds);
    }

    void whatCannotBeComparedIsSaidWithAnExample_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* text, const ErrorCode& code, const char* says) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(code.id) << QString::fromUtf8(says);
        };
        row("restarts>", kFilterBadNumber, "restarts>3");
        row("restarts>many", kFilterBadNumber, "“many” in “restarts>many”");
        row("restarts>-1", kFilterBadNumber, "-1");
        row("restarts>3x", kFilterBadNumber, "3x");
        row("age<1", kFilterBadNumber, "age<1h");
        row("age<1y", kFilterBadNumber, "1y");
        row("age<h", kFilterBadNumber, "age");
        row("ready<x%", kFilterBadNumber, "ready<100%");
        row("memory-limit>1Xi", kFilterBadNumber, "512Mi");
        row("memory-limit>1e999999", kFilterBadNumber, "memory-limit");
        row("cpux>3", kFilterUnknownNumber, "cpu-request");
        row("count>3", kFilterUnknownNumber, "restarts, age, ready");  // of events
    }
    void whatCannotBeComparedIsSaidWithAnExample() {
        QFETCH(QString, text);
        QFETCH(QString, code);
        QFETCH(QString, says);
        const auto expression = FilterExpression::parse(text.toStdString(), podTable().numbers);
        QVERIFY(!expression.has_value());
        QCOMPARE(QString::fromUtf8(expression.error().code->id), code);
        const QString sentence = QString::fromStdString(describe(expression.error()));
        QVERIFY2(sentence.contains(says), qPrintable(sentence));
        QVERIFY2(!sentence.contains(QLatin1Char('{')), qPrintable(sentence));
    }

    void everyExampleIsUnderstood() {
        for (const NumberField field : allNumberFields()) {
            const std::string example(exampleOf(field));
            QVERIFY2(FilterExpression::parse(example.substr(0, example.find(' '))).has_value(), example.c_str());
        }
    }

    void onlyFiltersByAgeChangeWithTime() {
        QVERIFY(FilterExpression::parse("age<1h")->needsTime());
        QVERIFY(!FilterExpression::parse("restarts>1 orders")->needsTime());
    }

    void termsAreFoundWhereTheyStand() {
        const auto parsed = FilterExpression::parseForgiving("  orders ns:\"a b\"  is:odd \"open");
        QCOMPARE(parsed.spans.size(), std::size_t{4});
        QCOMPARE(parsed.spans[0].start, std::size_t{2});
        QVERIFY(parsed.spans[0].plain);
        QCOMPARE(parsed.spans[1].length, std::size_t{8});
        QVERIFY(!parsed.spans[1].plain && !parsed.spans[1].error);
        QVERIFY(!parsed.spans[2].plain && parsed.spans[2].error);
        QVERIFY(parsed.spans[3].plain && parsed.spans[3].error);
    }

    void quantitiesAreExactInTooltipsAndCopies() {
        const auto pod = sample();
        const CellContext context{"prod", kNow, ZoneChoice::Utc};
        const TableSpec& spec = podTable();
        const auto column = [&](const char* id) {
            return spec.columns[static_cast<std::size_t>(spec.columnIndex(id))];
        };
        QCOMPARE(column("memory-limit").text(*pod, context), QStringLiteral("512 Mi"));
        QCOMPARE(column("memory-limit").copyText(*pod, context), QStringLiteral("536870912"));
        QVERIFY(column("memory-limit").tooltip(*pod, context).contains(QStringLiteral("536870912 bytes")));
        QCOMPARE(column("cpu-request").text(*pod, context), QStringLiteral("250 m"));
        QCOMPARE(column("cpu-request").copyText(*pod, context), QStringLiteral("0.25"));
        QVERIFY(column("cpu-limit").text(*pod, context).isEmpty());
        QCOMPARE(column("cpu-limit").tooltip(*pod, context), QStringLiteral("Not set"));
        kinds::Container second = pod->containers[0];
        second.memoryLimit = 0;
        pod->containers.push_back(second);
        QCOMPARE(column("memory-request").text(*pod, context), QStringLiteral("512 Mi"));
        QVERIFY(column("memory-limit").tooltip(*pod, context).contains(QStringLiteral("1 of 2 containers")));
        kinds::Container init = second;
        init.init = true;
        pod->containers.insert(pod->containers.begin(), init);
        QCOMPARE(column("memory-request").text(*pod, context), QStringLiteral("512 Mi"));
    }
};

QTEST_GUILESS_MAIN(TestFilterNumbers)
#include "test_filter_numbers.moc"
