#include <QTest>

#include "tests/ui/make_pod.h"
#include "ui/tables/filter_expression.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

namespace {

/// The row that all cases look at: a critical pod of context "bakery-ia-prod".
bool matchesSample(const FilterExpression& expression) {
    static const auto pod = tests::makePod({"orders-service-7c9d",
                                            "bakery-ia",
                                            kube::Health::Critical,
                                            4,
                                            {{"app", "orders"}, {"app.kubernetes.io/part-of", "shop"}, {"tier", ""}}});
    const std::string text = foldCase("orders-service-7c9d\nbakery-ia\napp=orders\nZweibrücken two words");
    return expression.matches({*pod, text, "crash loop\ncrashloopbackoff", "bakery-ia-prod", true});
}

}  // namespace

class TestFilterExpression : public QObject {
    Q_OBJECT

private slots:
    void aTermMatchesWhatItNames_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* text, bool matches) {
            QTest::newRow(text) << QString::fromUtf8(text) << matches;
        };
        row("", true);
        row("   ", true);
        row("orders", true);
        row("ORDERS", true);
        row("payments", false);
        row("orders payments", false);
        row("orders bakery", true);
        row("!payments", true);
        row("!orders", false);
        row("\"two words\"", true);
        row("\"words two\"", false);
        row("!\"two words\"", false);
        row("zweibrÜcken", true);
        row("app=orders", true);
        row("app==orders", true);
        row("app=ORDERS", false);
        row("app=web", false);
        row("!app=web", true);
        row("app!=web", true);
        row("app!=orders", false);
        row("missing!=x", true);
        row("missing=x", false);
        row("tier=", true);
        row("app=", false);
        row("app.kubernetes.io/part-of=shop", true);
        row("label:app", true);
        row("label:missing", false);
        row("!label:missing", true);
        row("label:app=orders", true);
        row("!label:app=orders", false);
        row("ns:bakery", true);
        row("ns:shop,bakery-ia", true);
        row("ns:shop", false);
        row("NS:bakery", true);
        row("!ns:shop", true);
        row("ctx:prod", true);
        row("ctx:PROD", true);
        row("ctx:staging", false);
        row("status:crash", true);
        row("status:CrashLoopBackOff", true);
        row("status:\"crash loop\"", true);
        row("status:pending,crash", true);
        row("status:pending", false);
        row("is:unhealthy", true);
        row("is:Unhealthy", true);
        row("is:healthy", false);
        row("!is:unhealthy", false);
        row("is:progressing", false);
        row("is:finished", false);
        row("is:terminating", false);
        row("is:production", true);
        row("is:unhealthy app=orders !ns:shop ctx:prod orders", true);
        // Quotes take the grammar away.
        row("\"app=orders\"", true);  // the search text holds it
        row("\"is:unhealthy\"", false);
        row("\"!orders\"", false);
    }
    void aTermMatchesWhatItNames() {
        QFETCH(QString, text);
        QFETCH(bool, matches);
        const auto expression = FilterExpression::parse(text.toStdString());
        QVERIFY2(expression.has_value(), expression ? "" : describe(expression.error()).c_str());
        QCOMPARE(matchesSample(*expression), matches);
    }

    void aFaultIsToldWithTheWayOut_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* text, const ErrorCode& code) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(code.id);
        };
        row("\"open", kFilterUnclosedQuote);
        row("orders status:\"crash loop", kFilterUnclosedQuote);
        row("!", kFilterNothingToInvert);
        row("orders !", kFilterNothingToInvert);
        row("=orders", kFilterMissingLabel);
        row("!=orders", kFilterMissingLabel);
        row("ns:", kFilterMissingValue);
        row("ns:,", kFilterMissingValue);
        row("ctx:", kFilterMissingValue);
        row("status:", kFilterMissingValue);
        row("label:", kFilterMissingValue);
        row("is:", kFilterUnknownState);
        row("is:ready", kFilterUnknownState);
    }
    void aFaultIsToldWithTheWayOut() {
        QFETCH(QString, text);
        QFETCH(QString, code);
        const auto expression = FilterExpression::parse(text.toStdString());
        QVERIFY(!expression.has_value());
        QCOMPARE(QString::fromUtf8(expression.error().code->id), code);
        const std::string sentence = describe(expression.error());
        QVERIFY2(sentence.find('{') == std::string::npos, sentence.c_str());  // every parameter was given
    }

    void whileOneTermMakesNoSenseTheOthersHold() {
        const auto parsed = FilterExpression::parseForgiving("orders is:odd !orders");
        QVERIFY(parsed.error.has_value() && parsed.error->is(kFilterUnknownState));
        QVERIFY(!matchesSample(parsed.expression));  // the inverse still counts
        const auto open = FilterExpression::parseForgiving("orders \"not closed");
        QVERIFY(open.error.has_value());
        QVERIFY(matchesSample(open.expression));
        QVERIFY(!FilterExpression::parseForgiving("orders").error.has_value());
    }

    void unknownHealthCountsAsUnhealthyButProgressDoesNot() {
        QVERIFY(isUnhealthy(kube::Health::Unknown));
        QVERIFY(isUnhealthy(kube::Health::Warning));
        QVERIFY(isUnhealthy(kube::Health::Critical));
        QVERIFY(!isUnhealthy(kube::Health::Progressing));
        QVERIFY(!isUnhealthy(kube::Health::Good));
        QVERIFY(!isUnhealthy(kube::Health::Finished));
    }

    void textIsMadeOnlyForFiltersThatReadIt() {
        QVERIFY(FilterExpression::parse("orders")->needsSearchText());
        QVERIFY(!FilterExpression::parse("is:unhealthy app=orders ns:x")->needsSearchText());
        QVERIFY(FilterExpression::parse("status:crash")->needsStatus());
        QVERIFY(!FilterExpression::parse("orders")->needsStatus());
    }
};

QTEST_GUILESS_MAIN(TestFilterExpression)
#include "test_filter_expression.moc"
