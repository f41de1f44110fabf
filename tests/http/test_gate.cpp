#include <QTest>

#include "app/http/errors.h"
#include "app/http/transport.h"

using namespace quarterdeck;
using namespace quarterdeck::http;

namespace {
constexpr const char* kForm = "application/x-www-form-urlencoded";
constexpr const char* kJson = "application/json";
}  // namespace

class TestGate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void methodAndPathDecideWhatARequestMayDeclare_data();
    void methodAndPathDecideWhatARequestMayDeclare();
    void aLockedContextRefusesEveryWrite();
    void aDeleteWithABodyIsADryRunOnlyByItsBody_data();
    void aDeleteWithABodyIsADryRunOnlyByItsBody();
    void malformedRequestsAreNeverSent_data();
    void malformedRequestsAreNeverSent();
    void theRefusalNamesMethodAndPathButNotTheQuery();
    void aMethodOverrideHeaderIsNoWayAroundTheGate();
};

void TestGate::methodAndPathDecideWhatARequestMayDeclare_data() {
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("contentType");
    QTest::addColumn<int>("effect");  // the mildest that passes

    const auto row = [](const char* method, const char* target, Effect effect, const char* type = "") {
        QTest::newRow((QByteArray(method) + ' ' + target).constData())
            << QString::fromUtf8(method) << QString::fromUtf8(target) << QString::fromUtf8(type)
            << static_cast<int>(effect);
    };
    const auto read = Effect::Read;
    const auto probe = Effect::Probe;
    const auto write = Effect::Write;

    // Reading.
    row("GET", "/", read);
    row("GET", "/version", read);
    row("GET", "/readyz?verbose", read);
    row("GET", "/openapi/v3/apis/apps/v1", read);
    row("GET", "/api", read);
    row("GET", "/apis/", read);
    row("GET", "/apis/apps/v1", read);
    row("GET", "/api/v1/pods?limit=500&resourceVersion=0", read);
    row("GET", "/api/v1/namespaces/shop/pods?watch=1&allowWatchBookmarks=true", read);
    row("GET", "/api/v1/watch/namespaces/shop/pods", read);
    row("GET", "/api/v1/namespaces/exec/pods", read);
    row("GET", "/api/v1/namespaces/shop/pods/exec", read);  // a pod of that name
    row("GET", "/api/v1/namespaces/shop", read);
    row("GET", "/api/v1/namespaces/shop/status", read);
    row("GET", "/api/v1/namespaces/shop/pods/web-1/log?follow=true", read);
    row("GET", "/apis/apps/v1/namespaces/shop/deployments/web/scale", read);
    row("GET", "/apis/custom.metrics.k8s.io/v1beta1/namespaces/shop/pods/*/http_requests", read);
    row("GET", "/api/v1/namespaces/shop/secrets/a%2Eb", read);
    row("HEAD", "/api/v1/nodes", read);
    row("OPTIONS", "/api/v1/nodes", read);

    // What opens a channel or leaves the API server.
    row("GET", "/api/v1/namespaces/shop/pods/web-1/exec?command=sh&stdin=true", write);
    row("POST", "/api/v1/namespaces/shop/pods/web-1/exec?command=sh", write);
    row("GET", "/api/v1/watch/namespaces/shop/pods/web-1/exec?command=sh", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1/attach", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1/portforward?ports=80", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1/proxy", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1/proxy/admin", write);
    row("GET", "/api/v1/proxy/namespaces/shop/pods/web-1", write);
    row("GET", "/api/v1/nodes/n1/proxy/run/shop/web-1/app?cmd=id", write);
    row("GET", "/api/v1/nodes/n1/proxy/exec/shop/web-1/app?command=id", write);
    row("GET", "/apis/subresources.kubevirt.io/v1/namespaces/shop/virtualmachineinstances/v/console", write);
    row("GET", "/k8s/clusters/c-1/api/v1/namespaces/shop/pods/web-1/exec?command=sh", write);
    row("GET", "/api/v1/namespaces/shop/serviceaccounts/robot/token", write);

    // Probes.
    row("GET", "/api/v1/namespaces/shop/pods/db-0/exec?command=df&command=-Pk&command=/var/lib&stdout=true", probe);
    row("POST", "/api/v1/namespaces/shop/pods/db-0/exec?command=df&command=-P", probe);
    row("GET", "/api/v1/namespaces/shop/pods/db-0/exec?command=df&stdin=true", write);
    row("GET", "/api/v1/namespaces/shop/pods/db-0/exec?command=df&command=--output=x", write);
    row("GET", "/api/v1/namespaces/shop/pods/db-0/exec?command=df%3Brm", write);
    row("GET", "/api/v1/namespaces/shop/pods/db-0/exec", write);

    // Queries through the service proxy.
    row("GET", "/api/v1/namespaces/mon/services/prometheus:9090/proxy/api/v1/query?query=up", read);
    row("GET", "/api/v1/namespaces/mon/services/prometheus:9090/proxy/prometheus/api/v1/query_range?query=up", read);
    row("POST", "/api/v1/namespaces/mon/services/prometheus:9090/proxy/api/v1/query", read, kForm);
    row("POST", "/api/v1/query_range", read, kForm);
    row("POST", "/api/v1/namespaces/mon/services/prometheus:9090/proxy/api/v1/query", write, kJson);
    row("POST", "/api/v1/namespaces/mon/services/prometheus:9090/proxy/api/v1/admin/tsdb/delete_series", write, kForm);
    row("POST", "/api/v1/namespaces/mon/services/prometheus:9090/proxy/-/reload", write, kForm);
    row("POST", "/api/v1/namespaces/mon/services/alertmanager:9093/proxy/api/v2/silences", write, kJson);
    row("GET", "/api/v1/namespaces/mon/services/alertmanager:9093/proxy/api/v2/alerts/groups", read);
    row("GET", "/api/v1/namespaces/mon/services/jaeger:16686/proxy/api/traces/abc", read);
    row("GET", "/api/v1/namespaces/shop/services/rabbit:15672/proxy/api/queues", read);
    row("GET", "/api/v1/namespaces/shop/services/web/proxy/logout", write);
    row("GET", "/api/v1/nodes/n1/proxy/metrics/cadvisor", read);
    row("GET", "/api/v1/nodes/n1/proxy/stats/summary", read);

    // Reviews.
    row("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", read, kJson);
    row("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", read, kJson);
    row("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", read, kJson);
    row("POST", "/apis/authorization.k8s.io/v1/namespaces/shop/localsubjectaccessreviews", read, kJson);
    row("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", read, kJson);
    row("POST", "/apis/evil.example/v1/selfsubjectaccessreviews", write, kJson);
    row("PUT", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", write, kJson);
    row("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews/x", write, kJson);

    // Dry runs.
    row("PATCH", "/apis/apps/v1/namespaces/shop/deployments/web?dryRun=All", probe, "application/apply-patch+yaml");
    row("POST", "/api/v1/namespaces/shop/pods?fieldManager=q&dryRun=All", probe, kJson);
    row("POST", "/api/v1/namespaces/shop/pods/web-1/eviction?dryRun=All", probe, kJson);
    row("DELETE", "/api/v1/namespaces/shop/pods/web-1?dryRun=All", probe);
    row("PATCH", "/api/v1/namespaces/shop/pods/web-1?dry%52un=Al%6C", probe);
    row("PATCH", "/api/v1/namespaces/shop/pods/web-1?dryRun=all", write);
    row("PATCH", "/api/v1/namespaces/shop/pods/web-1?dryRun=", write);
    row("PATCH", "/api/v1/namespaces/shop/pods/web-1?DryRun=All", write);
    row("PATCH", "/api/v1/namespaces/shop/pods/web-1?dryRun=All&dryRun=", write);
    row("PATCH", "/api/v1/namespaces/shop/pods/web-1?x=1;dryRun=All", write);
    row("PATCH", "/api/v1/namespaces/shop/pods/web-1?x=%zz&dryRun=All", write);
    row("POST", "/api/v1/namespaces/shop/serviceaccounts/robot/token?dryRun=All", write, kJson);
    row("POST", "/api/v1/namespaces/shop/pods/web-1/exec?dryRun=All&command=sh", write);
    row("POST", "/api/v1/namespaces/shop/pods/web-1/proxy/x?dryRun=All", write);
    row("DELETE", "/x?dryRun=All", write);

    // Writing.
    row("POST", "/api/v1/namespaces/shop/pods", write, kJson);
    row("PUT", "/api/v1/namespaces/shop/configmaps/c", write, kJson);
    row("PATCH", "/api/v1/nodes/n1", write);
    row("DELETE", "/api/v1/namespaces/shop", write);
    row("POST", "/api/v1/namespaces/shop/pods/web-1/eviction", write, kJson);
    row("CONNECT", "/api/v1/pods", write);
    row("TRACE", "/", write);
    row("FROBNICATE", "/api/v1/pods", write);

    // Tricks: two servers could read these differently.
    row("GET", "/api/v1/namespaces/shop/pods/web-1%2Fexec?command=sh", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1%2fexec?command=sh", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1/%65xec?command=sh", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1/exec/?command=sh", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1//exec?command=sh", write);
    row("GET", "//api/v1/namespaces/shop/pods/web-1/exec", write);
    row("GET", "//api/v1/pods", write);
    row("GET", "/api/v1/../v1/namespaces/shop/pods/web-1/exec", write);
    row("GET", "/version/%2e%2e/api/v1/namespaces/shop/pods/web-1/exec", write);
    row("GET", "/version/%2E./api/v1/pods", write);
    row("GET", "/api/v1/./pods", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1%252Fexec", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1%5Cexec", write);
    row("GET", "/api/v1/namespaces/shop/pods/web-1%00/exec", write);
    row("GET", "/api/v1/pods%", write);
    row("GET", "/api/v1/pods;x=1/exec", write);
    row("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews/../../../../api/v1/pods", write, kJson);
    row("POST", "/apis/authorization.k8s.io/v1/%2e%2e/selfsubjectaccessreviews", write, kJson);
    row("GET", "/api/v1/namespaces/mon/services/p/proxy/exec/api/v1/query", write);
    row("GET", "/api/v1/namespaces/mon/services/p/proxy/x%2F..%2Fapi/v1/query", write);
}

void TestGate::methodAndPathDecideWhatARequestMayDeclare() {
    QFETCH(QString, method);
    QFETCH(QString, target);
    QFETCH(QString, contentType);
    QFETCH(int, effect);
    Request request;
    request.method = method.toStdString();
    request.target = target.toStdString();
    if (!contentType.isEmpty()) {
        request.headers.push_back({"Content-Type", contentType.toStdString()});
    }
    for (const Effect declared : {Effect::Read, Effect::Probe, Effect::Write}) {
        request.effect = declared;
        const auto error = checkEffect(request, false);
        const bool passes = static_cast<int>(declared) >= effect;
        QVERIFY2(passes != error.has_value(), error ? describe(*error).c_str() : "it passed");
        QVERIFY(passes || error->is(kGateEffect));
    }
}

void TestGate::aLockedContextRefusesEveryWrite() {
    Request request;
    request.method = "DELETE";
    request.target = "/api/v1/namespaces/shop/pods/web-1";
    request.effect = Effect::Write;
    QVERIFY(!checkEffect(request, false));
    QVERIFY(checkEffect(request, true)->is(kGateLocked));
    request.method = "GET";  // declared as a write, so it is one
    QVERIFY(checkEffect(request, true)->is(kGateLocked));
    request.effect = Effect::Read;
    QVERIFY(!checkEffect(request, true));
    request.method = "PATCH";
    request.target += "?dryRun=All";
    request.effect = Effect::Probe;
    QVERIFY(!checkEffect(request, true));
}

void TestGate::aDeleteWithABodyIsADryRunOnlyByItsBody_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("isDryRun");
    const QByteArray json("application/json");
    QTest::newRow("options without it") << QByteArray(R"({"propagationPolicy":"Background"})") << json << false;
    QTest::newRow("options with it") << QByteArray(R"({"kind":"DeleteOptions","dryRun":["All"]})") << json << true;
    QTest::newRow("no type") << QByteArray(R"({"dryRun":["All"]})") << QByteArray() << true;
    QTest::newRow("other type") << QByteArray(R"({"dryRun":["All"]})") << QByteArray("application/yaml") << false;
    QTest::newRow("empty list") << QByteArray(R"({"dryRun":[]})") << json << false;
    QTest::newRow("given twice") << QByteArray(R"({"dryRun":["All"],"dryRun":[]})") << json << false;
    QTest::newRow("given twice, escaped") << QByteArray(R"({"dryRun":["All"],"dry\u0052un":[]})") << json << false;
    QTest::newRow("nested") << QByteArray(R"({"preconditions":{"dryRun":["All"]}})") << json << false;
    QTest::newRow("broken") << QByteArray(R"({"dryRun":["All"])") << json << false;
}

void TestGate::aDeleteWithABodyIsADryRunOnlyByItsBody() {
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, type);
    QFETCH(bool, isDryRun);
    Request request;
    request.method = "DELETE";
    request.target = "/api/v1/namespaces/shop/pods/web-1?dryRun=All";
    request.body = body.toStdString();
    request.effect = Effect::Probe;
    if (!type.isEmpty()) {
        request.headers.push_back({"content-type", type.toStdString()});
    }
    QCOMPARE(!checkEffect(request, false).has_value(), isDryRun);
}

void TestGate::malformedRequestsAreNeverSent_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("lower case method") << QByteArray("get") << QByteArray("/version") << QByteArray("a");
    QTest::newRow("mixed case method") << QByteArray("Delete") << QByteArray("/version") << QByteArray("a");
    QTest::newRow("empty method") << QByteArray() << QByteArray("/version") << QByteArray("a");
    QTest::newRow("two words") << QByteArray("GET /x") << QByteArray("/version") << QByteArray("a");
    QTest::newRow("another host") << QByteArray("GET") << QByteArray("@evil.example/") << QByteArray("a");
    QTest::newRow("port digits") << QByteArray("GET") << QByteArray("1/version") << QByteArray("a");
    QTest::newRow("empty target") << QByteArray("GET") << QByteArray() << QByteArray("a");
    QTest::newRow("space") << QByteArray("GET") << QByteArray("/a b") << QByteArray("a");
    QTest::newRow("line break") << QByteArray("GET") << QByteArray("/a\r\nX: y") << QByteArray("a");
    QTest::newRow("fragment") << QByteArray("GET") << QByteArray("/a#b") << QByteArray("a");
    QTest::newRow("not ASCII") << QByteArray("GET") << QByteArray("/\xc3\xa4") << QByteArray("a");
    QTest::newRow("header break") << QByteArray("GET") << QByteArray("/a") << QByteArray("a\r\nEvil: b");
}

void TestGate::malformedRequestsAreNeverSent() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, header);
    Request request;
    request.method = method.toStdString();
    request.target = target.toStdString();
    request.headers.push_back({"X-Test", header.toStdString()});
    for (const Effect declared : {Effect::Read, Effect::Probe, Effect::Write}) {
        request.effect = declared;
        const auto error = checkEffect(request, false);
        QVERIFY(error && error->is(kMalformedRequest));
    }
}

void TestGate::theRefusalNamesMethodAndPathButNotTheQuery() {
    Request request;
    request.method = "POST";
    request.target = "/api/v1/namespaces/shop/pods/web-1/exec?command=CANARY";
    const std::string sentence = describe(*checkEffect(request, false));
    QVERIFY(sentence.find("POST /api/v1/namespaces/shop/pods/web-1/exec was not sent") != std::string::npos);
    QVERIFY(sentence.find("declared as read") != std::string::npos);
    QVERIFY(sentence.find("CANARY") == std::string::npos);
}

void TestGate::aMethodOverrideHeaderIsNoWayAroundTheGate() {
    Request request;
    request.target = "/api/v1/pods";
    request.headers.push_back({"x-http-method-override", "DELETE"});
    QVERIFY(checkEffect(request, false)->is(kGateEffect));
}

QTEST_GUILESS_MAIN(TestGate)
#include "test_gate.moc"
