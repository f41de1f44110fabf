#include <QtTest>

#include "app/demo/api/patch.h"
#include "app/demo/control/cron.h"
#include "tests/demo/demo_world.h"

using namespace quarterdeck;
using namespace quarterdeck::demo;
using namespace quarterdeck::demo::testing;

class TestDemoRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void strategicMergeFollowsItsRules_data() {
        QTest::addColumn<QByteArray>("current");
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* tag, const char* current, const char* patch, const char* expected) {
            QTest::newRow(tag) << QByteArray(current) << QByteArray(patch) << QByteArray(expected);
        };
        row("containers by name", R"({"containers":[{"name":"a","image":"1"},{"name":"b"}]})",
            R"({"containers":[{"name":"a","image":"2"}]})",
            R"({"containers":[{"name":"a","image":"2"},{"name":"b"}]})");
        row("delete an item", R"({"env":[{"name":"A"},{"name":"B"}]})", R"({"env":[{"name":"A","$patch":"delete"}]})",
            R"({"env":[{"name":"B"}]})");
        row("replace a map", R"({"template":{"a":1,"b":2}})", R"({"template":{"c":3,"$patch":"replace"}})",
            R"({"template":{"c":3}})");
        row("replace a list", R"({"env":[{"name":"A"}]})", R"({"env":[{"$patch":"replace"},{"name":"B"}]})",
            R"({"env":[{"name":"B"}]})");
        row("other lists are replaced", R"({"args":["a","b"]})", R"({"args":["c"]})", R"({"args":["c"]})");
        row("null removes", R"({"a":1,"b":2})", R"({"b":null})", R"({"a":1})");
        row("service ports by port", R"({"ports":[{"port":80,"name":"x"}]})", R"({"ports":[{"port":81}]})",
            R"({"ports":[{"port":80,"name":"x"},{"port":81}]})");
        row("container ports by containerPort", R"({"ports":[{"containerPort":80}]})",
            R"({"ports":[{"containerPort":80,"name":"x"}]})", R"({"ports":[{"containerPort":80,"name":"x"}]})");
        row("conditions by type", R"({"conditions":[{"type":"A","status":"True"}]})",
            R"({"conditions":[{"type":"A","status":"False"},{"type":"B"}]})",
            R"({"conditions":[{"type":"A","status":"False"},{"type":"B"}]})");
        row("order", R"({"containers":[{"name":"a"},{"name":"b"}]})",
            R"({"$setElementOrder/containers":[{"name":"b"},{"name":"a"}],"containers":[{"name":"b","image":"2"}]})",
            R"({"containers":[{"name":"b","image":"2"},{"name":"a"}]})");
        row("primitive list", R"({"finalizers":["a","b"]})", R"({"$deleteFromPrimitiveList/finalizers":["a"]})",
            R"({"finalizers":["b"]})");
        row("retain keys", R"({"strategy":{"type":"RollingUpdate","rollingUpdate":{}}})",
            R"({"strategy":{"$retainKeys":["type"],"type":"Recreate"}})", R"({"strategy":{"type":"Recreate"}})");
    }
    void strategicMergeFollowsItsRules() {
        QFETCH(QByteArray, current);
        QFETCH(QByteArray, patch);
        QFETCH(QByteArray, expected);
        const Json merged = strategicMerge(Json::parse(current.toStdString()), Json::parse(patch.toStdString()));
        QCOMPARE(q(merged.dump()), q(Json::parse(expected.toStdString()).dump()));
    }

    void cronLinesNameTheirTimes_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("next");
        QTest::newRow("daily") << QStringLiteral("0 2 * * *") << QStringLiteral("2026-03-15T02:00:00Z");
        QTest::newRow("every 15") << QStringLiteral("*/15 * * * *") << QStringLiteral("2026-03-14T03:15:00Z");
        QTest::newRow("sunday") << QStringLiteral("30 4 * * 0") << QStringLiteral("2026-03-15T04:30:00Z");
        QTest::newRow("quarterly") << QStringLiteral("0 1 1 */3 *") << QStringLiteral("2026-04-01T01:00:00Z");
        QTest::newRow("list and range") << QStringLiteral("5,50 3-4 * * *") << QStringLiteral("2026-03-14T03:50:00Z");
        QTest::newRow("malformed") << QStringLiteral("0 2 *") << QString();
        QTest::newRow("never") << QStringLiteral("0 0 31 2 *") << QString();
    }
    void cronLinesNameTheirTimes() {
        QFETCH(QString, line);
        QFETCH(QString, next);
        const Instant when = nextCronTime(line.toStdString(), demoTime());
        QCOMPARE(when == Instant::max() ? QString() : q(formatRfc3339(when)), next);
    }
};

QTEST_GUILESS_MAIN(TestDemoRules)
#include "test_demo_rules.moc"
