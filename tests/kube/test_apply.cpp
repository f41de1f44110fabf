#include <QTest>

#include "app/kube/apply.h"
#include "app/kube/errors.h"
#include "tests/fakes/hostile_server.h"
#include "tests/http/http_support.h"

using namespace quarterdeck::fakes;
using nlohmann::json;

namespace quarterdeck::kube {
namespace {

const ResourceType kDeployments{"apps", "v1", "deployments", "Deployment", true};

json deployment() {
    return {{"apiVersion", "apps/v1"},
            {"kind", "Deployment"},
            {"metadata", {{"name", "web"}, {"managedFields", json::array({1, 2})}}},
            {"spec", {{"replicas", 3}}}};
}

struct Bench {
    explicit Bench(HostileServer::Handler handler)
        : server(std::move(handler)),
          transport(
              std::make_shared<http::HttpTransport>(http::endpointFor(server.url()), nullptr, http::systemClock())),
          client(transport, "prod") {}
    auto apply(const ApplyOptions& options = {}) {
        return kube::apply(client, kDeployments, "shop", "web", deployment(), options, {});
    }
    HostileServer server;
    std::shared_ptr<http::HttpTransport> transport;
    KubeClient client;
};

HostileServer::Handler answering(int status, const std::string& body) {
    return [=](const HostileRequest&, HostileConnection& connection) {
        connection.answer(status, "application/json", body);
    };
}

constexpr const char* kConflict =
    "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"Apply failed with "
    "3 "
    "conflicts: conflicts with \\\"kubectl-client-side-apply\\\" using apps/v1:\\n- .spec.replicas\\n…\",\"reason\":"
    "\"Conflict\",\"details\":{\"causes\":[{\"reason\":\"FieldManagerConflict\",\"message\":\"conflict with "
    "\\\"kubectl-client-side-apply\\\" using "
    "apps/v1\",\"field\":\".spec.replicas\"},{\"reason\":\"FieldManagerConflict\","
    "\"message\":\"conflict with \\\"kube-controller-manager\\\" with subresource \\\"status\\\" using apps/v1 at "
    "2026-03-14T03:12:40Z\",\"field\":\".status.replicas\"},{\"reason\":\"FieldManagerConflict\",\"message\":"
    "\"conflict with \\\"helm\\\" using "
    "apps/v1\",\"field\":\".spec.template.spec.containers[name=\\\"web\\\"].image\"}]},"
    "\"code\":409}";

}  // namespace

class TestApply : public QObject {
    Q_OBJECT
private slots:
    void theRequestIsAnApplyPatchOfOurManager_data() {
        QTest::addColumn<bool>("dryRun");
        QTest::addColumn<bool>("force");
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("apply") << false << false << QByteArray("?fieldManager=quarterdeck");
        QTest::newRow("preview") << true << false << QByteArray("?fieldManager=quarterdeck&dryRun=All");
        QTest::newRow("take over") << false << true << QByteArray("?fieldManager=quarterdeck&force=true");
        QTest::newRow("preview of taking over")
            << true << true << QByteArray("?fieldManager=quarterdeck&force=true&dryRun=All");
    }
    void theRequestIsAnApplyPatchOfOurManager() {
        QFETCH(bool, dryRun);
        QFETCH(bool, force);
        QFETCH(QByteArray, query);
        Bench bench(answering(200, "{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\",\"managedFields\":[]}}"));
        const auto applied = bench.apply({dryRun, force});
        QVERIFY(applied);
        QVERIFY(!applied->created);
        QVERIFY(!applied->object["metadata"].contains("managedFields"));
        const HostileRequest request = bench.server.log().at(0);
        QCOMPARE(request.method, std::string("PATCH"));
        QCOMPARE(request.target, "/apis/apps/v1/namespaces/shop/deployments/web" + query.toStdString());
        QCOMPARE(request.header("content-type"), std::string("application/apply-patch+yaml"));
        json expected = deployment();
        expected["metadata"].erase("managedFields");
        QVERIFY(json::parse(request.body) == expected);
    }

    void onlyAPreviewPassesALockedContext() {
        Bench bench(answering(200, "{\"kind\":\"Deployment\"}"));
        bench.transport->setLocked(true);
        QVERIFY(bench.apply({.dryRun = true}));
        const auto refused = bench.apply();
        QVERIFY(!refused);
        QVERIFY(refused.error().error.is(http::kGateLocked));
        QCOMPARE(bench.server.requestCount(), 1);
    }

    void aNewObjectIsToldAsCreated() {
        Bench bench(answering(201, "{\"kind\":\"Deployment\"}"));
        const auto applied = bench.apply();
        QVERIFY(applied);
        QVERIFY(applied->created);
    }

    void aConflictNamesEveryFieldAndItsOwner() {
        Bench bench(answering(409, kConflict));
        const auto refused = bench.apply();
        QVERIFY(!refused);
        const auto& failure = refused.error();
        QVERIFY(failure.error.is(kApplyConflict));
        const std::vector<FieldConflict> expected{
            {"kubectl-client-side-apply", ".spec.replicas"},
            {"kube-controller-manager with subresource \"status\"", ".status.replicas"},
            {"helm", ".spec.template.spec.containers[name=\"web\"].image"}};
        QVERIFY(failure.conflicts == expected);
        const std::string sentence = describe(failure.error);
        QVERIFY2(sentence.find(".spec.replicas (kubectl-client-side-apply)") != std::string::npos, sentence.c_str());
        QVERIFY2(sentence.find("deployments web in namespace shop") != std::string::npos, sentence.c_str());
        QCOMPARE(failure.error.httpStatus, 409);
    }

    void otherRefusalsAreTold_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, int status, const char* body, const ErrorCode& code) {
            QTest::newRow(name) << status << QByteArray(body) << QString::fromLatin1(code.id);
        };
        row("changed meanwhile", 409,
            "{\"kind\":\"Status\",\"reason\":\"Conflict\",\"message\":\"the object has been modified\",\"code\":409}",
            kChangedMeanwhile);
        row("conflict of odd shape", 409,
            "{\"kind\":\"Status\",\"details\":{\"causes\":[1,{\"reason\":7},null]},\"code\":409}", kChangedMeanwhile);
        row("invalid", 422, "{\"kind\":\"Status\",\"message\":\"spec.replicas: Invalid value: -1.\",\"code\":422}",
            kInvalidObject);
        row("bad request", 400, "{\"kind\":\"Status\",\"message\":\"metadata.managedFields must be nil\",\"code\":400}",
            kInvalidObject);
        row("forbidden", 403, "{\"kind\":\"Status\",\"message\":\"cannot patch\",\"code\":403}", kForbidden);
        row("login page", 200, "<html>sign in</html>", kNotKubernetes);
        row("no object", 200, "[]", kUnreadable);
        const std::string deep = "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
        row("nested too deeply", 200, deep.c_str(), kUnreadable);
    }
    void otherRefusalsAreTold() {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        Bench bench(answering(status, body.toStdString()));
        const auto refused = bench.apply();
        QVERIFY(!refused);
        const std::string sentence = describe(refused.error().error);
        QVERIFY2(code == QLatin1String(refused.error().error.code->id), sentence.c_str());
        QVERIFY2(sentence.find('{') == std::string::npos, sentence.c_str());
        QVERIFY(refused.error().conflicts.empty());
    }

    void whatServersSayOfASecretsValuesIsNotRepeated_data() {
        QTest::addColumn<int>("status");
        QTest::newRow("invalid") << 422;
        QTest::newRow("bad request") << 400;
        QTest::newRow("conflict") << 409;
        QTest::newRow("forbidden by a policy") << 403;
        QTest::newRow("internal") << 500;
    }
    void whatServersSayOfASecretsValuesIsNotRepeated() {
        QFETCH(int, status);
        const std::string value = std::string("CAN") + "ARY-value";
        const json answer{{"kind", "Status"},
                          {"reason", "Invalid"},
                          {"code", status},
                          {"message", "failed to create typed patch object: expected string, got Value:" + value},
                          {"details",
                           {{"causes", json::array({json{{"reason", "FieldValueInvalid"},
                                                         {"field", "stringData.password"},
                                                         {"message", "Invalid value: " + value}}})}}}};
        Bench bench(answering(status, answer.dump()));
        const json secret{{"apiVersion", "v1"},
                          {"kind", "Secret"},
                          {"metadata", {{"name", "pay"}}},
                          {"stringData", {{"password", value}}}};
        const auto refused =
            kube::apply(bench.client, {"", "v1", "secrets", "Secret", true}, "shop", "pay", secret, {}, {});
        QVERIFY(!refused);
        const std::string sentence = describe(refused.error().error);
        QVERIFY2(sentence.find(value) == std::string::npos, "a value of the Secret was repeated");
        QVERIFY2(sentence.find("stringData.password") != std::string::npos, "the field is not named");
    }

    void aSecretsValueThatIsNoTextIsNotSent() {
        Bench bench(answering(200, "{}"));
        const json secret{{"apiVersion", "v1"}, {"kind", "Secret"}, {"stringData", {{"password", 12345}}}};
        const auto refused =
            kube::apply(bench.client, {"", "v1", "secrets", "Secret", true}, "shop", "pay", secret, {}, {});
        QVERIFY(!refused);
        const std::string sentence = describe(refused.error().error);
        QVERIFY2(sentence.find("stringData.password is no text") != std::string::npos, sentence.c_str());
        QVERIFY2(sentence.find("12345") == std::string::npos, sentence.c_str());
        QCOMPARE(bench.server.requestCount(), 0);
    }
};

}  // namespace quarterdeck::kube

QTEST_GUILESS_MAIN(quarterdeck::kube::TestApply)
#include "test_apply.moc"
