#include <QTest>

#include "app/kube/errors.h"
#include "app/kube/rules_review.h"
#include "tests/fakes/scripted_channel.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;
using Texts = std::vector<std::string>;

namespace {

const ResourceType kPods{"", "v1", "pods", "Pod", true};
const ResourceType kDeployments{"apps", "v1", "deployments", "Deployment", true};

Result<RulesReview> ask(fakes::ScriptedChannel& channel) {
    return reviewRules(channel, "prod", "shop", {});
}

}  // namespace

class TestRulesReview : public QObject {
    Q_OBJECT

private slots:
    void theRulesOfOneNamespaceAreRead() {
        fakes::ScriptedChannel channel;
        channel.answer({.status = 201,
                        .body = R"({"kind":"SelfSubjectRulesReview","status":{"incomplete":false,"resourceRules":[)"
                                R"({"verbs":["get","list"],"apiGroups":[""],"resources":["pods","services"]},)"
                                R"({"verbs":["*"],"apiGroups":["apps"],"resources":["*"]},)"
                                R"({"verbs":["watch"],"apiGroups":[""],"resources":["pods"],"resourceNames":["one"]},)"
                                R"({"verbs":null},7,{"verbs":["list",8],"apiGroups":"x"}]}})"});
        const auto review = ask(channel);
        QVERIFY(review);
        QCOMPARE(review->missing({"list", "watch"}, kPods), Texts{"watch"});
        QCOMPARE(review->missing({"list", "watch"}, kDeployments), Texts{});
        QVERIFY(review->allows("get", kPods));
        QVERIFY(!review->allows("delete", kPods));
        QCOMPARE(channel.targets().front(), std::string("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"));
    }

    void subresourcesAreResourcesOfTheirOwn_data() {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("itself") << QByteArray("pods/exec") << true;
        QTest::newRow("every resource") << QByteArray("*") << true;
        QTest::newRow("that of every resource") << QByteArray("*/exec") << true;
        QTest::newRow("its resource alone") << QByteArray("pods") << false;
        QTest::newRow("another one") << QByteArray("*/log") << false;
        QTest::newRow("no such pattern") << QByteArray("pods/*") << false;
    }
    void subresourcesAreResourcesOfTheirOwn() {
        QFETCH(QByteArray, rule);
        QFETCH(bool, allowed);
        fakes::ScriptedChannel channel;
        channel.answer({.status = 201,
                        .body = R"({"status":{"resourceRules":[{"verbs":["create"],"apiGroups":[""],"resources":[")" +
                                rule.toStdString() + R"("]}]}})"});
        const auto review = ask(channel);
        QVERIFY(review);
        QCOMPARE(review->allows("create", {"", "v1", "pods/exec", "Pod", true}), allowed);
    }

    void anIncompleteReviewDeniesNothing() {
        fakes::ScriptedChannel channel;
        channel.answer({.body = R"({"status":{"incomplete":true,"resourceRules":[]}})"});
        const auto review = ask(channel);
        QVERIFY(review);
        QVERIFY(review->missing({"list", "watch"}, kPods).empty());
        QVERIFY(!review->allows("list", kPods));
    }

    void whatIsNoReviewIsAnError_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("web page") << 200 << QByteArray("<html>");
        QTest::newRow("empty") << 201 << QByteArray();
        QTest::newRow("no status") << 201 << QByteArray("{}");
        QTest::newRow("status is text") << 201 << QByteArray("{\"status\":\"x\"}");
        QTest::newRow("list") << 201 << QByteArray("[]");
        QTest::newRow("forbidden") << 403 << QByteArray("{\"message\":\"no\"}");
        QTest::newRow("unknown") << 404 << QByteArray("404 page not found");
    }
    void whatIsNoReviewIsAnError() {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        fakes::ScriptedChannel channel;
        channel.answer({.status = status, .body = body.toStdString()});
        const auto review = ask(channel);
        QVERIFY(!review);
        const std::string sentence = describe(review.error());
        QVERIFY2(sentence.find("selfsubjectrulesreviews for namespace shop") != std::string::npos, sentence.c_str());
        QVERIFY2(sentence.find("prod") != std::string::npos, sentence.c_str());
    }
};

QTEST_GUILESS_MAIN(TestRulesReview)
#include "test_rules_review.moc"
