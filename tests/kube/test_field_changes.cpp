#include <QTest>

#include <nlohmann/json.hpp>

#include "app/kube/field_changes.h"

using namespace quarterdeck::kube;
using nlohmann::json;
using Kind = FieldChange::Kind;

namespace {

/// "~ .spec.replicas 2 3", one per line.
QString changesText(const json& before, const json& after) {
    QStringList lines;
    for (const FieldChange& change : fieldChanges(before, after)) {
        const char* sign = change.kind == Kind::Added ? "+" : change.kind == Kind::Removed ? "-" : "~";
        QString line = QString::fromLatin1(sign) + QLatin1Char(' ') + QString::fromStdString(change.field);
        for (const std::string& value : {change.before, change.after}) {
            line += value.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(value);
        }
        lines.append(line + (change.hidden ? QStringLiteral(" hidden") : QString()));
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

class TestFieldChanges : public QObject {
    Q_OBJECT

private slots:
    void whatDiffersIsTold_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* name, const char* before, const char* after, const char* told) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QString::fromLatin1(told);
        };
        row("nothing", R"({"spec":{"a":1}})", R"({"spec":{"a":1}})", "");
        row("a value", R"({"spec":{"replicas":2}})", R"({"spec":{"replicas":3}})", "~ .spec.replicas 2 3");
        row("another type", R"({"spec":{"a":{"b":1}}})", R"({"spec":{"a":[1]}})", R"(~ .spec.a {"b":1} [1])");
        row("null is a value", R"({"a":null})", R"({"a":0})", "~ .a null 0");
        row("come and gone", R"({"spec":{"a":1}})", R"({"spec":{"b":"x"}})", "- .spec.a 1\n+ .spec.b \"x\"");
        row("odd keys", R"({"metadata":{"labels":{"a.b/c":"1"}}})", R"({"metadata":{"labels":{"a.b/c":"2"}}})",
            R"(~ .metadata.labels["a.b/c"] "1" "2")");
        row("entries by name", R"({"c":[{"name":"a","v":1},{"name":"b","v":1}]})",
            R"({"c":[{"name":"b","v":2},{"name":"a","v":1},{"name":"d"}]})",
            "~ .c[name=\"b\"].v 1 2\n+ .c[name=\"d\"] {\"name\":\"d\"}");
        row("entries by position", R"({"c":["x","y"]})", R"({"c":["x","z","w"]})",
            "~ .c[1] \"y\" \"z\"\n+ .c[2] \"w\"");
        row("names that repeat", R"({"c":[{"name":"a"},{"name":"a","v":1}]})",
            R"({"c":[{"name":"a"},{"name":"a","v":2}]})", "~ .c[1].v 1 2");
        row("what the server counts",
            R"({"metadata":{"resourceVersion":"1","generation":1,"managedFields":[1],"uid":"a"}})",
            R"({"metadata":{"resourceVersion":"2","generation":2,"creationTimestamp":"x","uid":"b"}})", "");
        row("a new object", "null", R"({"kind":"ConfigMap","metadata":{"name":"a","uid":"u"},"data":{"k":"v"}})",
            "+ .data.k \"v\"\n+ .kind \"ConfigMap\"\n+ .metadata.name \"a\"");
    }
    void whatDiffersIsTold() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QString, told);
        QCOMPARE(changesText(json::parse(before.toStdString()), json::parse(after.toStdString())), told);
    }

    void ofASecretOnlyTheKeysAreTold() {
        const json before = json::parse(
            R"({"kind":"Secret","type":"Opaque","data":{"a":"CANARY1","b":"CANARY2"},"metadata":{"annotations":)"
            R"({"kubectl.kubernetes.io/last-applied-configuration":"CANARY3"}}})");
        const json after = json::parse(
            R"({"kind":"Secret","type":"Opaque","data":{"a":"CANARY4","c":"CANARY5"},"metadata":{"annotations":)"
            R"({"kubectl.kubernetes.io/last-applied-configuration":"CANARY6","note":"x"}}})");
        const QString lastApplied =
            QStringLiteral(" .metadata.annotations[\"kubectl.kubernetes.io/last-applied-configuration\"] hidden");
        const QString note = QStringLiteral("+ .metadata.annotations.note \"x\"");
        QCOMPARE(changesText(before, after), QStringLiteral("~ .data.a hidden\n- .data.b hidden\n+ .data.c hidden\n~") +
                                                 lastApplied + QLatin1Char('\n') + note);
        // Nor where all comes or goes at once.
        const QString all = changesText(nullptr, after) + changesText(after, nullptr) +
                            changesText(json{{"kind", "Secret"}}, after) + changesText(after, json{{"kind", "Secret"}});
        QVERIFY2(!all.contains(QStringLiteral("CANARY")), "a Secret's value was told");
        QCOMPARE(all.count(QStringLiteral("hidden")), 12);
    }
};

QTEST_GUILESS_MAIN(TestFieldChanges)
#include "test_field_changes.moc"
