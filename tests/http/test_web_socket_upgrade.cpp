#include "tests/http/web_socket_support.h"

namespace quarterdeck::http {

using namespace std::chrono_literals;

class TestWebSocketUpgrade : public QObject {
    Q_OBJECT
private slots:
    void theRequestCarriesIdentityAndImpersonation();
    void aClientCertificateAndAServerNameAreUsed();
    void anHttpProxyIsAskedToConnect();
    void aRefusalIsHandedOver_data();
    void aRefusalIsHandedOver();
    void aBrokenAnswerToTheUpgradeIsNamed_data();
    void aBrokenAnswerToTheUpgradeIsNamed();
    void longHeadersAndEagerDataAreKept();
    void aRejectedCredentialIsRenewedOnce();
    void theGateStandsBeforeAWebSocket();
    void aStopEndsEveryWait_data();
    void aStopEndsEveryWait();
};

void TestWebSocketUpgrade::theRequestCarriesIdentityAndImpersonation() {
    HostileServer server(accepting([](SocketPeer& peer, HostileConnection&) { peer.close(); }), tls());
    Endpoint endpoint = endpointFor(server.url() + "/prefix", authority().caPem());
    endpoint.extraHeaders = {{"Impersonate-User", "jane"}, {"Impersonate-Group", "a"}, {"Impersonate-Group", "b"}};
    HttpTransport transport(endpoint, std::make_shared<ScriptedCredentials>(token("CANARY-token")), systemClock());
    const auto upgrade = transport.upgrade(write(), offering(), {});
    QVERIFY(upgrade && upgrade->socket);
    const HostileRequest request = server.log().at(0);
    QCOMPARE(request.target, std::string("/prefix") + kTarget);
    QVERIFY(request.header("authorization") == "Bearer CANARY-token");
    QCOMPARE(request.header("impersonate-user"), std::string("jane"));
    QVERIFY(request.headText.find("Impersonate-Group: a\r\n") != std::string::npos);
    QVERIFY(request.headText.find("Impersonate-Group: b\r\n") != std::string::npos);
    QCOMPARE(request.header("sec-websocket-protocol"), std::string("v5.channel.k8s.io, v4.channel.k8s.io"));
    QCOMPARE(request.header("host"), "127.0.0.1:" + std::to_string(server.port()));
}

void TestWebSocketUpgrade::aClientCertificateAndAServerNameAreUsed() {
    HostileServer::Options options = tls();
    CertificateOptions internal;
    internal.dnsNames = {"kubernetes.internal"};
    internal.ipAddresses = {};
    options.tls = authority().server(internal);
    options.clientCaPem = authority().caPem();
    options.requireClientCertificate = true;
    HostileServer server(accepting([](SocketPeer& peer, HostileConnection&) { peer.close(); }), options);
    Endpoint endpoint = endpointFor(server.url(), authority().caPem());
    Credential credential;
    const PemIdentity jane = authority().client("jane", {"admins"});
    credential.clientCertificatePem = jane.certificatePem;
    credential.clientKeyPem = Secret(jane.keyPem);
    const auto source = std::make_shared<ScriptedCredentials>(credential);
    {
        HttpTransport transport(endpoint, source, systemClock());
        VERIFY_ERROR(transport.upgrade(write(), offering(), {}), kWrongHostName);
    }
    endpoint.tlsServerName = "kubernetes.internal";
    {
        HttpTransport transport(endpoint, source, systemClock());
        const auto upgrade = transport.upgrade(write(), offering(), {});
        QVERIFY2(upgrade, upgrade ? "" : describe(upgrade.error()).c_str());
        QCOMPARE(server.log().at(0).clientSubject, std::string("O = admins, CN = jane"));
    }
    HttpTransport anonymous(endpoint, nullptr, systemClock());
    VERIFY_ERROR(anonymous.upgrade(write(), offering(), {}), kBadClientCertificate);
}

void TestWebSocketUpgrade::anHttpProxyIsAskedToConnect() {
    HostileServer proxy([](const HostileRequest& request, HostileConnection& connection) {
        if (request.method == "CONNECT") {
            connection.head(407);
        }
        connection.close();
    });
    Endpoint endpoint = endpointFor("https://api.example.invalid:6443", authority().caPem());
    endpoint.proxyUrl = proxy.url();
    HttpTransport transport(endpoint, nullptr, systemClock());
    VERIFY_ERROR(transport.upgrade(write(), offering(), {}), kProxyFailed);
    QCOMPARE(proxy.log().at(0).method, std::string("CONNECT"));
    QCOMPARE(proxy.log().at(0).target, std::string("api.example.invalid:6443"));
}

void TestWebSocketUpgrade::aRefusalIsHandedOver_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("forbidden, with a reason") << 403 << QByteArray("{\"kind\":\"Status\",\"code\":403}");
    QTest::newRow("forbidden by a proxy") << 403 << QByteArray("<html>no</html>");
    QTest::newRow("ignored") << 200 << QByteArray("hello");
    QTest::newRow("server error") << 500 << QByteArray(5000, 'x');
    QTest::newRow("empty") << 404 << QByteArray();
}

void TestWebSocketUpgrade::aRefusalIsHandedOver() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    Bench bench([&](const HostileRequest&, HostileConnection& connection) {
        connection.answer(status, "application/json", body.toStdString());
    });
    const auto upgrade = bench.open();
    QVERIFY2(upgrade, upgrade ? "" : describe(upgrade.error()).c_str());
    QVERIFY(!upgrade->socket);
    QCOMPARE(upgrade->refusal.head.status, status);
    QCOMPARE(findHeader(upgrade->refusal.head.headers, "content-type"), std::string_view("application/json"));
    QVERIFY(upgrade->refusal.body == body.toStdString());
    QVERIFY(bench.server.waitForOpenConnections(0));
}

void TestWebSocketUpgrade::aBrokenAnswerToTheUpgradeIsNamed_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("lost");
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << false;
    QTest::newRow("101 for something else")
        << QByteArray("HTTP/1.1 101 Switching\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n\r\n") << false;
    QTest::newRow("wrong key") << QByteArray(
                                      "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                      "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n")
                               << false;
    QTest::newRow("endless header") << QByteArray("HTTP/1.1 101 Switching\r\nX-A: ") + QByteArray(100'000, 'a')
                                    << false;
    QTest::newRow("nothing") << QByteArray() << true;
    QTest::newRow("half a line") << QByteArray("HTTP/1.1 10") << false;
}

void TestWebSocketUpgrade::aBrokenAnswerToTheUpgradeIsNamed() {
    QFETCH(QByteArray, answer);
    QFETCH(bool, lost);
    Bench bench([&](const HostileRequest&, HostileConnection& connection) {
        connection.write(answer.toStdString());
        connection.close();
    });
    VERIFY_ERROR(bench.open(), lost ? kConnectionLost : kBadUpgrade);
}

void TestWebSocketUpgrade::longHeadersAndEagerDataAreKept() {
    Bench bench([](const HostileRequest& request, HostileConnection& connection) {
        SocketPeer peer(connection);
        peer.accept(request, "v4.channel.k8s.io", {{"X-Long", std::string(5000, 'h')}});
        for (int i = 0; i < 50; ++i) {
            peer.binary(std::to_string(i) + std::string(2000, 'x'));
        }
        peer.close();
        peer.next();
        connection.close();
    });
    auto upgrade = bench.open();
    QVERIFY2(upgrade && upgrade->socket, upgrade ? "refused" : describe(upgrade.error()).c_str());
    for (int i = 0; i < 50; ++i) {
        const auto message = upgrade->socket->receive({});
        QVERIFY(message && *message);
        QVERIFY((*message)->starts_with(std::to_string(i) + "x"));
    }
}

void TestWebSocketUpgrade::aRejectedCredentialIsRenewedOnce() {
    const auto source = std::make_shared<ScriptedCredentials>(token("CANARY-old", 1));
    source->next = token("CANARY-new", 2);
    Bench bench(
        [](const HostileRequest& request, HostileConnection& connection) {
            SocketPeer peer(connection);
            if (request.header("authorization") == "Bearer CANARY-new") {
                peer.accept(request, "v5.channel.k8s.io");
                peer.message();
            } else {
                connection.answer(401, "application/json", "{}");
            }
        },
        source);
    const auto upgrade = bench.open();
    QVERIFY(upgrade && upgrade->socket);
    QCOMPARE(source->renewals, 1);
    QCOMPARE(bench.server.requestCount(), 2);
}

void TestWebSocketUpgrade::theGateStandsBeforeAWebSocket() {
    Bench bench(answers::json("{}"));
    for (const char* what : {"exec?command=sh", "attach?stdin=true", "portforward?ports=80"}) {
        Request request = get(std::string("/api/v1/namespaces/a/pods/b/") + what);
        VERIFY_ERROR(bench.transport.upgrade(request, offering(), {}), kGateEffect);
        request.effect = Effect::Probe;
        VERIFY_ERROR(bench.transport.upgrade(request, offering(), {}), kGateEffect);
    }
    Request probe = get("/api/v1/namespaces/a/pods/b/exec?command=df&command=-Pk&command=%2Fdata&stdout=true");
    probe.effect = Effect::Probe;
    QVERIFY(bench.transport.upgrade(probe, offering(), {}));
    bench.transport.setLocked(true);
    VERIFY_ERROR(bench.transport.upgrade(write(), offering(), {}), kGateLocked);
    QVERIFY(bench.transport.upgrade(probe, offering(), {}));
    QCOMPARE(bench.server.requestCount(), 2);
}

void TestWebSocketUpgrade::aStopEndsEveryWait_data() {
    QTest::addColumn<QString>("where");
    for (const char* where : {"handshake", "upgrade", "receive", "send", "close"}) {
        QTest::newRow(where) << QString::fromLatin1(where);
    }
}

void TestWebSocketUpgrade::aStopEndsEveryWait() {
    QFETCH(QString, where);
    HostileServer::Options options = tls();
    if (where == QStringLiteral("handshake")) {
        options.onConnect = [](HostileConnection& connection) { connection.waitUntilClosed(); };
    }
    HostileServer server(
        [&](const HostileRequest& request, HostileConnection& connection) {
            SocketPeer peer(connection);
            if (where != QStringLiteral("upgrade")) {
                peer.accept(request, "v5.channel.k8s.io");
            }
            if (where == QStringLiteral("send")) {
                connection.wait(10min);  // takes nothing
            } else {
                connection.waitUntilClosed();
            }
        },
        options);
    HttpTransport transport(endpointFor("https://127.0.0.1:" + std::to_string(server.port()), authority().caPem()),
                            nullptr, systemClock());
    std::stop_source stop;
    std::atomic<bool> begun{false};
    Background<bool> call([&] {
        WebSocketOptions patient = offering();
        patient.closeLimit = 10min;
        auto upgrade = transport.upgrade(write(), patient, stop.get_token());
        if (where == QStringLiteral("handshake") || where == QStringLiteral("upgrade")) {
            return !upgrade && upgrade.error().is(kCancelled);
        }
        if (!upgrade || !upgrade->socket) {
            return false;
        }
        begun = true;
        if (where == QStringLiteral("receive")) {
            const auto message = upgrade->socket->receive(stop.get_token());
            return !message && message.error().is(kCancelled);
        }
        if (where == QStringLiteral("close")) {
            const auto closed = upgrade->socket->close(stop.get_token());
            return !closed && closed.error().is(kCancelled);
        }
        for (;;) {
            const auto sent = upgrade->socket->send(std::string(100'000, 'x'), stop.get_token());
            if (!sent) {
                return sent.error().is(kCancelled);
            }
        }
    });
    if (where == QStringLiteral("handshake")) {
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnectionCount(), 1, 30'000);
    } else {
        QVERIFY(server.waitForRequests(1, 30s));
        QTRY_VERIFY_WITH_TIMEOUT(begun || where == QStringLiteral("upgrade"), 30'000);
    }
    stop.request_stop();
    QVERIFY(call.join());
    QVERIFY(where == QStringLiteral("send") || server.waitForOpenConnections(0));
}

}  // namespace quarterdeck::http

QTEST_GUILESS_MAIN(quarterdeck::http::TestWebSocketUpgrade)
#include "test_web_socket_upgrade.moc"
