#include "tests/http/http_support.h"

using namespace quarterdeck;
using namespace quarterdeck::http;
using namespace quarterdeck::fakes;
namespace answers = quarterdeck::fakes::answers;

class TestAuthentication : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void credentialsNeverGoOverPlainHttp();
    void aBearerTokenGoesOverHttps();
    void basicCredentialsGoOverHttps();
    void aTokenWithALineBreakIsRefused();
    void a401RenewsTheCredentialOnce();
    void a401StandsWhereNothingCanBeRenewed();
    void aSecond401Stands();
    void a401OnAStreamRenewsBeforeTheSinkHearsOfIt();
};

void TestAuthentication::credentialsNeverGoOverPlainHttp() {
    HostileServer server(answers::kubernetesStatus(401, "Unauthorized", "who?"));
    Credential credential = token("CANARY-token");
    credential.basicUser = "CANARY-user";
    const auto source = std::make_shared<ScriptedCredentials>(credential);
    HttpTransport transport(endpointFor(server.url()), source, systemClock());
    Request request = get("/version");
    request.headers.push_back({"Authorization", "Bearer CANARY-header"});
    const auto answer = transport.send(request, {});
    QVERIFY(answer);
    QCOMPARE(answer->head.status, 401);
    QCOMPARE(server.requestCount(), 1);
    QVERIFY(server.log().at(0).headText.find("CANARY") == std::string::npos);
    QCOMPARE(source->asked, 0);
    QCOMPARE(source->renewals, 0);
}

void TestAuthentication::aBearerTokenGoesOverHttps() {
    const TestAuthority authority;
    HostileServer server(answers::json("{}"), {.tls = authority.server()});
    HttpTransport transport(endpointFor(server.url(), authority.caPem()),
                            std::make_shared<ScriptedCredentials>(token("CANARY-token")), systemClock());
    const auto answer = transport.send(get("/version"), {});
    QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
    QCOMPARE(server.log().at(0).header("authorization"), std::string("Bearer CANARY-token"));
}

void TestAuthentication::basicCredentialsGoOverHttps() {
    const TestAuthority authority;
    HostileServer server(answers::json("{}"), {.tls = authority.server()});
    Credential credential;
    credential.basicUser = "jane";
    credential.basicPassword = Secret("CANARY:pass");
    HttpTransport transport(endpointFor(server.url(), authority.caPem()),
                            std::make_shared<ScriptedCredentials>(credential), systemClock());
    QVERIFY(transport.send(get("/version"), {}));
    QCOMPARE(server.log().at(0).header("authorization"), std::string("Basic amFuZTpDQU5BUlk6cGFzcw=="));
}

void TestAuthentication::aTokenWithALineBreakIsRefused() {
    const TestAuthority authority;
    HostileServer server(answers::json("{}"), {.tls = authority.server()});
    HttpTransport transport(endpointFor(server.url(), authority.caPem()),
                            std::make_shared<ScriptedCredentials>(token("CANARY\r\nX: y")), systemClock());
    VERIFY_ERROR(transport.send(get("/version"), {}), kBadCredential);
    QCOMPARE(server.requestCount(), 0);
}

namespace {
HostileServer::Handler acceptingOnly(const std::string& bearer) {
    return [bearer](const HostileRequest& request, HostileConnection& peer) {
        if (request.header("authorization") == "Bearer " + bearer) {
            peer.json("{}");
        } else {
            answers::kubernetesStatus(401, "Unauthorized", "who?")(request, peer);
        }
    };
}
}  // namespace

void TestAuthentication::a401RenewsTheCredentialOnce() {
    const TestAuthority authority;
    HostileServer server(acceptingOnly("CANARY-2"), {.tls = authority.server()});
    const auto source = std::make_shared<ScriptedCredentials>(token("CANARY-1", 1));
    source->next = token("CANARY-2", 2);
    HttpTransport transport(endpointFor(server.url(), authority.caPem()), source, systemClock());
    const auto answer = transport.send(get("/version"), {});
    QVERIFY(answer);
    QCOMPARE(answer->head.status, 200);
    QCOMPARE(server.requestCount(), 2);
    QCOMPARE(source->renewals, 1);
}

void TestAuthentication::a401StandsWhereNothingCanBeRenewed() {
    const TestAuthority authority;
    HostileServer server(acceptingOnly("CANARY-2"), {.tls = authority.server()});
    const auto source = std::make_shared<ScriptedCredentials>(token("CANARY-1", 1));
    HttpTransport transport(endpointFor(server.url(), authority.caPem()), source, systemClock());
    const auto answer = transport.send(get("/version"), {});
    QVERIFY(answer);
    QCOMPARE(answer->head.status, 401);
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(source->renewals, 1);
}

void TestAuthentication::aSecond401Stands() {
    const TestAuthority authority;
    HostileServer server(acceptingOnly("CANARY-3"), {.tls = authority.server()});
    const auto source = std::make_shared<ScriptedCredentials>(token("CANARY-1", 1));
    source->next = token("CANARY-2", 2);
    HttpTransport transport(endpointFor(server.url(), authority.caPem()), source, systemClock());
    const auto answer = transport.send(get("/version"), {});
    QVERIFY(answer);
    QCOMPARE(answer->head.status, 401);
    QCOMPARE(server.requestCount(), 2);
}

void TestAuthentication::a401OnAStreamRenewsBeforeTheSinkHearsOfIt() {
    const TestAuthority authority;
    HostileServer server(acceptingOnly("CANARY-2"), {.tls = authority.server()});
    const auto source = std::make_shared<ScriptedCredentials>(token("CANARY-1", 1));
    source->next = token("CANARY-2", 2);
    HttpTransport transport(endpointFor(server.url(), authority.caPem()), source, systemClock());
    RecordingSink sink;
    const auto head = transport.stream(get("/api/v1/pods?watch=1"), sink, {});
    QVERIFY(head);
    QCOMPARE(head->status, 200);
    QCOMPARE(sink.heads(), 1);
    QCOMPARE(sink.status(), 200);
    QCOMPARE(sink.text(), std::string("{}"));
}

QTEST_GUILESS_MAIN(TestAuthentication)
#include "test_authentication.moc"
