// The transport through real proxies: what they are asked for, what is told when they fail, and that nothing of a
// password is ever told.
#include "tests/fakes/proxy_server.h"
#include "tests/http/http_support.h"

using namespace quarterdeck;
using namespace quarterdeck::http;
using namespace quarterdeck::fakes;
namespace answers = quarterdeck::fakes::answers;
using Variables = std::vector<std::pair<std::string, std::string>>;

namespace {

const TestAuthority& authority() {
    static const TestAuthority made;
    return made;
}

/// For the name that only the proxy knows.
HostileServer::Options farServer() {
    CertificateOptions certificate;
    certificate.dnsNames = {"far.example"};
    return {.tls = authority().server(certificate), .clientCaPem = {}, .onConnect = {}};
}

EnvironmentLookup environment(Variables variables) {
    return [variables = std::move(variables)](const char* name) {
        for (const auto& [key, value] : variables) {
            if (key == name) {
                return value;
            }
        }
        return std::string();
    };
}

TransportOptions optionsWith(Variables variables) {
    TransportOptions options;
    options.environment = environment(std::move(variables));
    return options;
}

/// One request to https://far.example through a proxy-url.
Result<Response> through(const std::string& proxyUrl, const HostileServer& server) {
    Endpoint endpoint = endpointFor("https://far.example:" + std::to_string(server.port()), authority().caPem());
    endpoint.proxyUrl = proxyUrl;
    HttpTransport transport(endpoint, nullptr, systemClock(), optionsWith({}));
    return transport.send(get("/version"), {});
}

}  // namespace

class TestProxy : public QObject {
    Q_OBJECT

    void verifyDetail(const Result<Response>& answer, const char* part) {
        VERIFY_ERROR(answer, kProxyFailed);
        const std::string sentence = describe(answer.error());
        QVERIFY2(sentence.find(part) != std::string::npos, sentence.c_str());
        QVERIFY2(sentence.find("(proxy-url)") != std::string::npos, sentence.c_str());
    }

private slots:
    void everyKindOfProxyOpensATunnelAndResolvesTheName_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<QString>("signIn");
        for (const bool signIn : {false, true}) {
            const QString text = signIn ? QStringLiteral("jane:CANARY%40pass@") : QString();
            const char* suffix = signIn ? " with a password" : "";
            QTest::addRow("http%s", suffix) << static_cast<int>(ProxyServer::Kind::Http) << false << text;
            QTest::addRow("https%s", suffix) << static_cast<int>(ProxyServer::Kind::Http) << true << text;
            QTest::addRow("socks5%s", suffix) << static_cast<int>(ProxyServer::Kind::Socks5) << false << text;
        }
    }
    void everyKindOfProxyOpensATunnelAndResolvesTheName() {
        QFETCH(int, kind);
        QFETCH(bool, tls);
        QFETCH(QString, signIn);
        HostileServer server(answers::json("{}"), farServer());
        ProxyServer::Options options;
        options.kind = static_cast<ProxyServer::Kind>(kind);
        if (tls) {
            options.tls = authority().server();
        }
        if (!signIn.isEmpty()) {
            options.user = "jane";
            options.password = "CANARY@pass";
        }
        const ProxyServer proxy(options);
        const auto answer = through(proxy.url(signIn.toStdString()), server);
        QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
        QCOMPARE(answer->head.status, 200);
        QCOMPARE(proxy.asked().back(), "far.example:" + std::to_string(server.port()));
        QCOMPARE(proxy.tunnels(), 1);
        QCOMPARE(server.log().front().header("Proxy-Authorization"), std::string());
    }

    void aWatchGoesThroughTheProxyToo() {
        HostileServer server(
            [](const HostileRequest&, HostileConnection& peer) {
                peer.chunkedHead();
                peer.chunk("line\n");
                peer.lastChunk();
            },
            farServer());
        const ProxyServer proxy({});
        Endpoint endpoint = endpointFor("https://far.example:" + std::to_string(server.port()), authority().caPem());
        endpoint.proxyUrl = proxy.url();
        HttpTransport transport(endpoint, nullptr, systemClock(), optionsWith({}));
        RecordingSink sink;
        QVERIFY(transport.stream(get("/watch"), sink, {}));
        QCOMPARE(sink.text(), std::string("line\n"));
        QCOMPARE(proxy.tunnels(), 1);
    }

    void theTlsServerNameIsVerifiedThroughAProxyThatIsAskedForTheRealHost() {
        CertificateOptions certificate;
        certificate.dnsNames = {"api.internal"};
        certificate.ipAddresses = {};
        HostileServer server(answers::json("{}"), {.tls = authority().server(certificate)});
        const ProxyServer proxy({});
        Endpoint endpoint = endpointFor("https://far.example:" + std::to_string(server.port()), authority().caPem());
        endpoint.proxyUrl = proxy.url();
        endpoint.tlsServerName = "api.internal";
        HttpTransport transport(endpoint, nullptr, systemClock(), optionsWith({}));
        const auto answer = transport.send(get("/version"), {});
        QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
        QCOMPARE(proxy.asked().back(), "far.example:" + std::to_string(server.port()));
    }

    void withoutAProxyUrlTheEnvironmentDecides() {
        HostileServer server(answers::json("{}"), farServer());
        const ProxyServer proxy({});
        const Endpoint endpoint =
            endpointFor("https://far.example:" + std::to_string(server.port()), authority().caPem());
        for (const char* name : {"HTTPS_PROXY", "https_proxy"}) {
            HttpTransport transport(endpoint, nullptr, systemClock(), optionsWith({{name, proxy.url()}}));
            QVERIFY(transport.send(get("/version"), {}));
        }
        QCOMPARE(proxy.tunnels(), 2);
        // Named in NO_PROXY it is sought directly, where it is not.
        HttpTransport direct(endpoint, nullptr, systemClock(),
                             optionsWith({{"HTTPS_PROXY", proxy.url()}, {"NO_PROXY", "other, .example"}}));
        VERIFY_ERROR(direct.send(get("/version"), {}), kCannotResolve);
        QCOMPARE(proxy.asked().size(), std::size_t{2});
    }

    void theProxyOfTheEnvironmentIsNamedWithoutItsPassword() {
        HostileServer server(answers::json("{}"), farServer());
        ProxyServer::Options options;
        options.user = "jane";
        options.password = "another";
        const ProxyServer proxy(options);
        HttpTransport transport(endpointFor("https://far.example:1", authority().caPem()), nullptr, systemClock(),
                                optionsWith({{"https_proxy", proxy.url("jane:CANARY@")}}));
        const auto answer = transport.send(get("/version"), {});
        VERIFY_ERROR(answer, kProxyFailed);
        const std::string sentence = describe(answer.error());
        QVERIFY2(sentence.find(proxy.url() + " (https_proxy)") != std::string::npos, sentence.c_str());
        QVERIFY2(sentence.find("does not accept the user name and password") != std::string::npos, sentence.c_str());
    }

    void noProxyIsReadAsOthersReadIt_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("list");
        QTest::addColumn<bool>("exempt");
        const auto row = [](const char* url, const char* list, bool exempt) {
            QTest::addRow("%s in \"%s\"", url, list) << QString::fromUtf8(url) << QString::fromUtf8(list) << exempt;
        };
        row("https://a.example:6443", "", false);
        row("https://a.example:6443", " , ", false);
        row("https://a.example:6443", "a.example", true);
        row("https://A.Example:6443", "a.EXAMPLE", true);
        row("https://b.a.example:6443", "a.example", true);
        row("https://ba.example:6443", "a.example", false);
        row("https://a.example:6443", ".a.example", false);
        row("https://b.a.example:6443", ".a.example", true);
        row("https://b.a.example:6443", "*.a.example", true);
        row("https://a.example:6443", "*", true);
        row("https://a.example:6443", "x, a.example:6443", true);
        row("https://a.example:6443", "a.example:443", false);
        row("https://10.1.2.3:6443", "10.1.2.3", true);
        row("https://10.1.2.3:6443", "10.1.0.0/16", true);
        row("https://10.1.2.3:6443", "10.1.2.2/31", true);
        row("https://10.1.2.3:6443", "10.1.2.4/30", false);
        row("https://10.1.2.3:6443", "10.1.0.0/33", false);
        row("https://10.1.2.3:6443", "2.3", false);
        row("https://[fd00::1]:6443", "fd00::/8", true);
        row("https://[fd00::1]:6443", "[fd00::1]:6443", true);
        row("https://[fd00::1]:6443", "fd00:0::1", true);
        row("https://[fd00::1]:6443", "10.0.0.0/0", false);
    }
    void noProxyIsReadAsOthersReadIt() {
        QFETCH(QString, url);
        QFETCH(QString, list);
        QFETCH(bool, exempt);
        const auto server = parseServerUrl(endpointFor(url.toStdString()));
        QVERIFY(server);
        QCOMPARE(isExempt(*server, list.toStdString()), exempt);
    }

    void aServerOnThisMachineNeedsNoProxyOfTheEnvironment() {
        HostileServer server(answers::json("{}"), {.tls = authority().server()});
        HttpTransport transport(endpointFor(server.url(), authority().caPem()), nullptr, systemClock(),
                                optionsWith({{"HTTPS_PROXY", "http://127.0.0.1:1"}}));
        QVERIFY(transport.send(get("/version"), {}));
    }

    void aProxyThatDemandsAPasswordIsSaidSo() {
        HostileServer server(answers::json("{}"), farServer());
        ProxyServer::Options options;
        options.user = "jane";
        options.password = "CANARY";
        const ProxyServer http(options);
        verifyDetail(through(http.url(), server), "wants a user name and a password (407)");
        verifyDetail(through(http.url("jane:CANARY-wrong@"), server), "does not accept the user name and password");
        options.kind = ProxyServer::Kind::Socks5;
        const ProxyServer socks(options);
        verifyDetail(through(socks.url(), server), "wants a user name and a password");
        verifyDetail(through(socks.url("jane:CANARY-wrong@"), server), "does not accept the user name and password");
        QCOMPARE(server.connectionCount(), 0);
    }

    void aProxyThatAnswersAWebPageIsSaidSo_data() {
        QTest::addColumn<QByteArray>("refusal");
        QTest::addColumn<QByteArray>("part");
        const QByteArray page = "<!DOCTYPE html><html><body>CANARY: sign in</body></html>";
        const QByteArray type = "Content-Type: text/html\r\nContent-Length: " + QByteArray::number(page.size());
        QTest::newRow("forbidden") << "HTTP/1.1 403 Forbidden\r\n" + type + "\r\n\r\n" + page
                                   << QByteArray("answered 403 to CONNECT");
        QTest::newRow("redirect") << "HTTP/1.1 302 Found\r\nLocation: http://CANARY/\r\n" + type + "\r\n\r\n" + page
                                  << QByteArray("answered 302 to CONNECT");
        QTest::newRow("page instead of a tunnel")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n") + page
            << QByteArray("perhaps it is a web page of the proxy's own");
        QTest::newRow("nothing") << QByteArray("\r\n") << QByteArray("");
    }
    void aProxyThatAnswersAWebPageIsSaidSo() {
        QFETCH(QByteArray, refusal);
        QFETCH(QByteArray, part);
        HostileServer server(answers::json("{}"), farServer());
        ProxyServer::Options options;
        options.refusal = refusal.toStdString();
        const ProxyServer proxy(options);
        verifyDetail(through(proxy.url(), server), part.constData());
    }

    void whatASocksProxyRefusesIsSaid_data() {
        QTest::addColumn<int>("reply");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("rules") << 2 << QByteArray("its rules do not allow this server");
        QTest::newRow("network") << 3 << QByteArray("it cannot reach the server");
        QTest::newRow("host") << 4 << QByteArray("it cannot reach the server");
        QTest::newRow("refused") << 5 << QByteArray("the server refused its connection");
        QTest::newRow("own words") << 99 << QByteArray("proxy error");
    }
    void whatASocksProxyRefusesIsSaid() {
        QFETCH(int, reply);
        QFETCH(QByteArray, part);
        HostileServer server(answers::json("{}"), farServer());
        ProxyServer::Options options;
        options.kind = ProxyServer::Kind::Socks5;
        options.socksReply = static_cast<unsigned char>(reply);
        const ProxyServer proxy(options);
        verifyDetail(through(proxy.url(), server), part.constData());
    }

    void anHttpsProxyIsVerified() {
        HostileServer server(answers::json("{}"), farServer());
        const TestAuthority other("Somebody Else");
        ProxyServer::Options options;
        options.tls = other.server();
        const ProxyServer foreign(options);
        verifyDetail(through(foreign.url("jane:CANARY@"), server), "its own certificate");
        QVERIFY(foreign.asked().empty());
        options.tls = authority().wrongNameServer();
        const ProxyServer misnamed(options);
        verifyDetail(through(misnamed.url("jane:CANARY@"), server), "it is for elsewhere.example");
        QVERIFY(misnamed.asked().empty());
        const HostileServer plain(answers::notHttp(), {.onConnect = [](HostileConnection& peer) {
                                      peer.answer(400, "text/plain", "bad request");
                                      peer.waitUntilClosed();
                                  }});
        verifyDetail(through("https://jane:CANARY@127.0.0.1:" + std::to_string(plain.port()), server),
                     "does not speak TLS");
    }

    void theServerIsVerifiedThroughAProxyAsWithoutOne() {
        const TestAuthority other("Somebody Else");
        CertificateOptions certificate;
        certificate.dnsNames = {"far.example"};
        HostileServer server(answers::json("{}"), {.tls = other.server(certificate)});
        ProxyServer::Options options;
        options.tls = authority().server();
        const ProxyServer proxy(options);
        VERIFY_ERROR(through(proxy.url(), server), kUnknownAuthority);
    }

    void unusableProxyAddressesAreNamedBeforeAnythingIsSent_data() {
        QTest::addColumn<QString>("url");
        for (const char* url :
             {"gopher://jane:CANARY@proxy", "ftp://CANARY@proxy:21", "socks4://CANARY@proxy", "http://",
              "http://jane:CANARY@", "http://jane:CANARY@proxy:99999", "://CANARY", "http://jane:CANARY@pro xy:1"}) {
            // A row's name is printed: none of the test's credentials may stand in it.
            const QString text = QString::fromUtf8(url);
            const QString name = QString(text).replace(QStringLiteral("CANARY"), QStringLiteral("secret"));
            QTest::newRow(qPrintable(name)) << text;
        }
    }
    void unusableProxyAddressesAreNamedBeforeAnythingIsSent() {
        QFETCH(QString, url);
        HostileServer server(answers::json("{}"), farServer());
        VERIFY_ERROR(through(url.toStdString(), server), kProxyFailed);
        HttpTransport transport(endpointFor("https://far.example:1"), nullptr, systemClock(),
                                optionsWith({{"HTTPS_PROXY", url.toStdString()}}));
        VERIFY_ERROR(transport.send(get("/version"), {}), kProxyFailed);
    }

    void aProxyOfTheEnvironmentMayBeWrittenWithoutScheme() {
        const auto server = parseServerUrl(endpointFor("http://far.example"));
        const auto choice =
            chooseProxy(endpointFor("http://far.example"), *server, environment({{"HTTP_PROXY", "proxy:3128"}}));
        QVERIFY(choice);
        QCOMPARE(choice->url, std::string("http://proxy:3128"));
        QCOMPARE(choice->shown, std::string("http://proxy:3128 (HTTP_PROXY)"));
    }

    void aProxyThatIsNotThereIsNamed() {
        HostileServer server(answers::json("{}"), farServer());
        std::string url;
        {
            const ProxyServer gone({});
            url = gone.url("jane:CANARY@");
        }
        verifyDetail(through(url, server), "127.0.0.1");
    }
};

QTEST_GUILESS_MAIN(TestProxy)
#include "test_proxy.moc"
