#include <random>

#include "app/kubeconfig/yaml_tree.h"
#include "tests/kubeconfig/kubeconfig_helpers.h"

using namespace quarterdeck::kubeconfig;
using namespace quarterdeck::kubeconfig::test;

class TestYamlTree : public QObject {
    Q_OBJECT
private slots:
    void hostileDocumentsAreRefused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("reason");
        QTest::newRow("list in itself") << QByteArray("&a [*a]") << "inside what it refers to";
        QTest::newRow("map in itself") << QByteArray("a: &a {b: *a}") << "inside what it refers to";
        QTest::newRow("deep cycle") << QByteArray("&a\n- x\n- y: [1, {z: *a}]\n") << "inside what it refers to";
        QByteArray bomb("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; ++i) {
            const QByteArray last = "*a" + QByteArray::number(i - 1);
            bomb += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + (last + ",").repeated(9) +
                    last + "]\n";
        }
        QTest::newRow("bomb of aliases") << bomb << "it unfolds to more than";
        QTest::newRow("bomb of bytes") << "a: &a " + QByteArray(1'000'000, 'x') + "\nb: [" +
                                              QByteArray("*a,").repeated(99) + "*a]\n"
                                       << "it unfolds to more than";
        QTest::newRow("bomb of merges") << QByteArray("a: &a {k: 1}\nb: {<<: [" + QByteArray("*a,").repeated(300'000) +
                                                      "*a]}\n")
                                        << "it unfolds to more than";
        QTest::newRow("deep lists") << QByteArray(100, '[') + QByteArray(100, ']') << "nested deeper than 64";
        QTest::newRow("very deep lists") << QByteArray(100'000, '[') << "(line 1)";
        QTest::newRow("very deep JSON") << QByteArray("{\"a\":").repeated(100'000) << "nested deeper than 64";
        QTest::newRow("deep blocks") << QByteArray("- ").repeated(5'000) << "nested deeper than 64";
        QTest::newRow("many values") << QByteArray("[") + QByteArray("1,").repeated(250'000) + "1]"
                                     << "it unfolds to more than";
        QTest::newRow("duplicate key") << QByteArray("a: 1\nb: 2\na: 3\n")
                                       << "a key repeats the one on line 1 (line 3)";
        QTest::newRow("duplicate key in JSON") << QByteArray("{\"a\": 1, \"a\": 2}") << "a key stands twice";
        QTest::newRow("duplicate quoted") << QByteArray("{a: 1, 'a': 2}") << "a key repeats";
        QTest::newRow("list as key") << QByteArray("? [a, b]\n: 1\n") << "a key that is itself";
        QTest::newRow("alias of a list as key") << QByteArray("x: &a [1]\n? *a\n: 1\n") << "a key that is itself";
        QTest::newRow("merge of a scalar") << QByteArray("a: {<<: 1}\n") << "a merge key";
        QTest::newRow("tab") << QByteArray("a:\n\tb: 1\n") << "not proper YAML";
        QTest::newRow("unknown anchor") << QByteArray("a: *CANARY\n") << "line 1, column";
        QTest::newRow("half JSON") << QByteArray("{\"token\": \"CANARY") << "not proper YAML";
        QTest::newRow("bad escape") << QByteArray("a: \"\\CANARY\"\n") << "not proper YAML";
    }
    void hostileDocumentsAreRefused() {
        QFETCH(QByteArray, text);
        QFETCH(QString, reason);
        QElapsedTimer timer;
        timer.start();
        const OrReason<YamlNode> tree = parseYaml(text.toStdString());
        QVERIFY(!tree);
        VERIFY_CONTAINS(tree.error(), reason.toStdString());
        VERIFY_NO_CANARY(tree.error());
        QVERIFY2(timer.elapsed() < 10'000, "bounded in time");
    }

    void aliasesAndMergeKeysUnfold() {
        const OrReason<YamlNode> tree = parseYaml(
            "base: &b {x: 1, y: 'two'}\ncopy: *b\nmore: {<<: *b, y: 3}\nlist: {<<: [*b, {z: 4}]}\nquoted: {'<<': 1}\n");
        QVERIFY2(tree.has_value(), tree ? "" : tree.error().c_str());
        COMPARE_TEXT(toJson(*tree).dump(),
                     R"({"base":{"x":1,"y":"two"},"copy":{"x":1,"y":"two"},"list":{"x":1,"y":"two","z":4},)"
                     R"("more":{"x":1,"y":3},"quoted":{"<<":1}})");
    }

    void plainScalarsBecomeTheirTypes() {
        const OrReason<YamlNode> tree = parseYaml("[true, 'true', 12, '12', 1.5, null, ~, abc, \"\", .inf]");
        QVERIFY(tree.has_value());
        COMPARE_TEXT(toJson(*tree).dump(), R"([true,"true",12,"12",1.5,null,null,"abc","",".inf"])");
    }

    void onlyTheFirstDocumentIsRead() {
        const OrReason<YamlNode> tree = parseYaml("a: 1\n---\na: 2\n");
        QVERIFY(tree.has_value());
        COMPARE_TEXT(toJson(*tree).dump(), R"({"a":1})");
    }

    void damagedFilesNeverCrash() {
        const std::string whole = fixtureText("realistic.yaml");
        std::mt19937 random(7);  // NOLINT: repeatable on purpose
        const std::string marks = "{}[]:,&*#!|>'\"%@`-? \n\t";
        int refused = 0;
        for (int round = 0; round < 400; ++round) {
            std::string text = whole.substr(0, 200 + random() % 2'500);
            for (int change = 0; change < 6; ++change) {
                text[random() % text.size()] = marks[random() % marks.size()];
            }
            refused += parseYaml(text) ? 0 : 1;
        }
        QVERIFY(refused > 0);
    }
};

QTEST_GUILESS_MAIN(TestYamlTree)
#include "test_yaml_tree.moc"
