// A command's streams over the roads that companies have, by either version of the protocol.

#include <QTest>

#include "app/kube/pod_exec.h"
#include "tests/fakes/proxy_server.h"
#include "tests/kube/stream_support.h"

using namespace quarterdeck::fakes;

namespace quarterdeck::kube {
namespace {

constexpr const char* kV5 = "v5.channel.k8s.io";
constexpr const char* kV4 = "v4.channel.k8s.io";

/// An API server for a name that only the proxy knows, which speaks one version: it repeats its input (by v5 until
/// that ends, by v4 the first piece) and ends with 3.
HostileServer::Handler repeating(const std::string& version) {
    return [version](const HostileRequest& request, HostileConnection& connection) {
        SocketPeer peer(connection);
        const std::string offered = request.header("sec-websocket-protocol");
        if (offered.find(version) == std::string::npos) {
            connection.answer(400, "text/plain", "unable to upgrade: no protocol in common");
            return;
        }
        peer.accept(request, version);
        while (const auto message = peer.message()) {
            if (*message == std::string("\xff\0", 2)) {
                break;
            }
            peer.channel(1, message->substr(1));
            if (version == kV4) {
                break;
            }
        }
        peer.channel(2, "that was all");
        peer.channel(3, exitStatus("3"));
        peer.close();
        connection.close();
    };
}

}  // namespace

class TestPodExecRoads : public QObject {
    Q_OBJECT

private slots:
    void aCommandIsCarriedThroughEveryKindOfProxy_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<bool>("signIn");
        QTest::addColumn<QByteArray>("version");
        const auto kind = [](ProxyServer::Kind one) { return static_cast<int>(one); };
        for (const char* version : {kV5, kV4}) {
            for (const bool signIn : {false, true}) {
                const char* how = signIn ? " with a password" : "";
                QTest::addRow("http%s, %.2s", how, version)
                    << kind(ProxyServer::Kind::Http) << false << signIn << QByteArray(version);
                QTest::addRow("https%s, %.2s", how, version)
                    << kind(ProxyServer::Kind::Http) << true << signIn << QByteArray(version);
                QTest::addRow("socks5%s, %.2s", how, version)
                    << kind(ProxyServer::Kind::Socks5) << false << signIn << QByteArray(version);
            }
        }
    }
    void aCommandIsCarriedThroughEveryKindOfProxy() {
        QFETCH(int, kind);
        QFETCH(bool, tls);
        QFETCH(bool, signIn);
        QFETCH(QByteArray, version);
        CertificateOptions certificate;
        certificate.dnsNames = {"far.example"};
        HostileServer server(repeating(version.toStdString()), {.tls = authority().server(certificate)});
        ProxyServer::Options options;
        options.kind = static_cast<ProxyServer::Kind>(kind);
        if (tls) {
            options.tls = authority().server();
        }
        if (signIn) {
            options.user = "jane";
            options.password = "CANARY";
        }
        const ProxyServer proxy(options);
        http::Endpoint endpoint =
            http::endpointFor("https://far.example:" + std::to_string(server.port()), authority().caPem());
        endpoint.proxyUrl = proxy.url(signIn ? "jane:CANARY@" : "");
        http::HttpTransport transport(endpoint, std::make_shared<http::ScriptedCredentials>(http::token("CANARY-t")),
                                      http::systemClock());

        ExecRequest request;
        request.nameSpace = "shop";
        request.pod = "web-0";
        request.command = {"tee", "/dev/stderr"};
        request.input = true;
        request.inputEnds = version == kV5;
        auto exec = PodExec::start(transport, "prod", request, {});
        QVERIFY2(exec, exec ? "" : describe(exec.error()).c_str());
        QCOMPARE((*exec)->protocol(), version.toStdString());
        QCOMPARE((*exec)->canEndInput(), version == kV5);
        std::string output;
        std::string errors;
        int pieces = 0;
        ExecStreams streams;
        streams.output = [&](std::string_view bytes) {
            output += bytes;
            return true;
        };
        streams.errors = [&](std::string_view bytes) {
            errors += bytes;
            return true;
        };
        streams.input = [&](std::stop_token) -> Result<std::string> {
            return ++pieces > 1 ? std::string() : std::string("a line\n");
        };
        const auto result = (*exec)->run(streams, {});
        QVERIFY2(result, result ? "" : describe(result.error()).c_str());
        QCOMPARE(result->exitCode, 3);
        QCOMPARE(output, std::string("a line\n"));
        QCOMPARE(errors, std::string("that was all"));
        QCOMPARE(proxy.asked(), std::vector<std::string>{"far.example:" + std::to_string(server.port())});
        QCOMPARE(proxy.tunnels(), 1);
        const HostileRequest seen = server.log().front();
        QVERIFY(seen.header("Authorization") == "Bearer CANARY-t");
        QCOMPARE(seen.header("Proxy-Authorization"), std::string());
    }

    void aProxyThatRefusesIsSaidSo() {
        HostileServer server(repeating(kV5), {.tls = authority().server()});
        ProxyServer::Options options;
        options.user = "jane";
        options.password = "CANARY";
        const ProxyServer proxy(options);
        http::Endpoint endpoint = http::endpointFor("https://far.example:1", authority().caPem());
        endpoint.proxyUrl = proxy.url();
        http::HttpTransport transport(endpoint, nullptr, http::systemClock());
        ExecRequest request;
        request.nameSpace = "shop";
        request.pod = "web-0";
        request.command = {"ls"};
        const auto exec = PodExec::start(transport, "prod", request, {});
        VERIFY_ERROR(exec, http::kProxyFailed);
        QVERIFY(describe(exec.error()).find("wants a user name and a password") != std::string::npos);
        QCOMPARE(server.requestCount(), 0);
    }
};

}  // namespace quarterdeck::kube

QTEST_GUILESS_MAIN(quarterdeck::kube::TestPodExecRoads)
#include "test_pod_exec_roads.moc"
