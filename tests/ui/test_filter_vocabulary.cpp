#include <QTest>

#include "tests/ui/make_pod.h"
#include "ui/tables/filter_expression.h"
#include "ui/tables/filter_vocabulary.h"
#include "ui/tables/table_specs.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

namespace {

const FilterVocabulary& sample() {
    static const FilterVocabulary vocabulary = [] {
        FilterVocabulary made;
        for (const char* space : {"shop", "web", "my shop"}) {
            auto pod = tests::makePod({"orders", space, kube::Health::Good, 0, {{"app", "orders"}, {"tier", "front"}}});
            pod->node = tests::pool().intern("worker-1");
            made.add(*pod, "bakery-prod", podTable());
        }
        made.add(*tests::makePod({"x", "web", kube::Health::Good, 0, {{"app", "web"}}, "1", "Pending"}), "lab",
                 podTable());
        return made;
    }();
    return vocabulary;
}

QStringList offered(const char* typed, const TableSpec& spec = podTable()) {
    QStringList texts;
    for (const TermCompletion& one : completeTerm(typed, sample(), spec)) {
        texts += QString::fromStdString(one.text);
    }
    return texts;
}

QStringList list(std::initializer_list<const char*> words) {
    QStringList strings;
    for (const char* word : words) {
        strings += QString::fromUtf8(word);
    }
    return strings;
}

}  // namespace

class TestFilterVocabulary : public QObject {
    Q_OBJECT

private slots:
    void whatIsTypedGoesOn_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("texts");
        const auto row = [](const char* typed, QStringList texts) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << texts;
        };
        row("n", list({"ns:", "node:"}));
        row("ns:", list({"ns:\"my shop\"", "ns:shop", "ns:web"}));
        row("ns:sh", list({"ns:shop", "ns:\"my shop\""}));  // beginnings come first
        row("ns:SH", list({"ns:shop", "ns:\"my shop\""}));
        row("ns:shop,w", list({"ns:shop,web"}));
        row("!ns:w", list({"!ns:web"}));
        row("ctx:", list({"ctx:bakery-prod", "ctx:lab"}));
        row("status:p", list({"status:Pending"}));
        row("is:pro", list({"is:production", "is:progressing"}));
        row("node:", list({"node:worker-1"}));
        row("res", list({"restarts>"}));
        row("app", list({"app="}));
        row("app=", list({"app=orders", "app=web"}));
        row("app!=w", list({"app!=web"}));
        row("label:t", list({"label:tier"}));
        row("restarts>", {});
        row("nothing=", {});
        row("zzz", {});
    }
    void whatIsTypedGoesOn() {
        QFETCH(QString, typed);
        QFETCH(QStringList, texts);
        QCOMPARE(offered(typed.toUtf8().constData()), texts);
    }

    void everyValueOfferedIsAFilterThatIsUnderstood() {
        for (const char* typed : {"ns:", "ctx:", "status:", "is:", "node:", "label:", "app=", "tier!="}) {
            QVERIFY(!offered(typed).isEmpty());
            for (const QString& text : offered(typed)) {
                QVERIFY2(FilterExpression::parse(text.toStdString()).has_value(), qPrintable(text));
            }
        }
    }

    void onlyWhatTheKindKnowsIsOffered() {
        QVERIFY(offered("").contains(QStringLiteral("restarts>")));
        QVERIFY(!offered("", nodeTable()).contains(QStringLiteral("restarts>")));
        QVERIFY(offered("", nodeTable()).contains(QStringLiteral("cpu>")));
        QVERIFY(!offered("", eventTable()).contains(QStringLiteral("node:")));
    }

    void hostileObjectsDoNotMakeItLarge() {
        FilterVocabulary vocabulary;
        for (int i = 0; i < 2000; ++i) {
            const std::string number = std::to_string(i);
            vocabulary.add(
                *tests::makePod({"p" + number,
                                 "ns" + number,
                                 kube::Health::Good,
                                 0,
                                 {{"key" + number, "v"}, {"same", number}, {"long", std::string(5000, 'x')}}}),
                "c" + number, podTable());
        }
        QCOMPARE(vocabulary.namespaces.size(), FilterVocabulary::kMaxValues);
        QCOMPARE(vocabulary.labels.size(), FilterVocabulary::kMaxLabels);
        QCOMPARE(vocabulary.labels["same"].size(), FilterVocabulary::kMaxLabelValues);
        QVERIFY(vocabulary.labels["long"].empty());
        QVERIFY(completeTerm("ns:", vocabulary, podTable()).size() <= 30);
    }
};

QTEST_GUILESS_MAIN(TestFilterVocabulary)
#include "test_filter_vocabulary.moc"
