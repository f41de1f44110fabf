// Rows 31 and 33 of the fault table: forwarded connections and upgrades that are refused; and WebSockets that the proxy
// passes on and cuts.

#include "app/kube/pod_exec.h"
#include "app/kube/port_forward.h"
#include "app/kube/upgrade_error.h"
#include "tests/fakes/local_client.h"
#include "tests/fakes/socket_peer.h"
#include "tests/faults/fault_bench.h"

using namespace quarterdeck;
using namespace quarterdeck::faults_tests;
using enum kube::FreshnessState;

namespace {

/// A server that runs one command (ten words, then what it was told, exit code 3) behind the proxy.
struct Sockets {
    fakes::HostileServer server{[](const fakes::HostileRequest& request, fakes::HostileConnection& connection) {
        fakes::SocketPeer peer(connection);
        bool open = peer.accept(request, "v5.channel.k8s.io");
        for (int word = 0; open && word < 10; ++word) {
            open = peer.channel(1, std::to_string(word) + ";");
        }
        const auto told = peer.message();
        if (open && told) {
            peer.channel(1, "said:" + told->substr(1));
            peer.channel(3,
                         R"({"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode",)"
                         R"("message":"3"}]}})");
            peer.close();
        }
        connection.close();
    }};
    fakes::TestAuthority authority;
    fakes::FaultProxy proxy{roadTo(server.url(), {}), authority.server()};
    std::shared_ptr<http::Channel> road = roadTo(proxy.url(), authority.caPem());

    static std::shared_ptr<http::Channel> roadTo(const std::string& url, const std::string& caPem) {
        http::Endpoint endpoint;
        endpoint.serverUrl = url;
        endpoint.caPem = caPem;
        return std::make_shared<http::HttpTransport>(endpoint, nullptr, std::make_shared<SystemClock>());
    }
    Result<kube::ExecResult> run(std::string& output) const {
        kube::ExecRequest request;
        request.nameSpace = "shop";
        request.pod = "web";
        request.command = {"words"};
        request.input = true;
        auto exec = kube::PodExec::start(*road, kContext, request, {});
        if (!exec) {
            return fail(exec.error());
        }
        kube::ExecStreams streams;
        streams.output = [&](std::string_view bytes) {
            output += bytes;
            return true;
        };
        streams.input = [told = false](const std::stop_token&) mutable -> Result<std::string> {
            return std::exchange(told, true) ? "" : "hello";
        };
        return (*exec)->run(streams, {});
    }
};

}  // namespace

class TestFaultSockets : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { SKIP_ON_THE_LARGE_SHAPE() }

    void fault31_aForwardedConnectionThatIsRefusedFailsAlone() {
        Bench bench;
        OPEN_OR_RETURN(bench);
        const std::string path = "/api/v1/namespaces/" + bench.upstream.nameSpace() + "/pods/web/portforward";
        const int refused = bench.proxy.inject(
            {.path = path}, faults::status(500, "InternalError", "error dialing backend: connection refused"), 1);
        const int served = bench.proxy.inject(
            {.path = path},
            faults::answer("echo", [](const fakes::HostileRequest& request, fakes::HostileConnection& connection) {
                fakes::SocketPeer peer(connection);
                const std::string port("\x90\x1f", 2);
                if (peer.accept(request, "v4.channel.k8s.io") && peer.channel(0, port) && peer.channel(1, port)) {
                    while (const auto message = peer.message()) {
                        peer.binary(*message);
                    }
                }
                connection.close();
            }));
        auto forward = kube::PortForward::listen(
            bench.session->client()->channel(), kContext,
            [nameSpace = bench.upstream.nameSpace()](std::stop_token) -> Result<kube::ForwardTarget> {
                return kube::ForwardTarget{nameSpace, "web", 8080};
            });
        QVERIFY(forward.has_value());
        std::mutex mutex;
        std::vector<std::string> failures;
        const std::jthread serving([&](const std::stop_token& stop) {
            (*forward)->run(
                [&](const kube::PortForward::Event& event) {
                    if (event.error) {
                        const std::lock_guard lock(mutex);
                        failures.push_back(describe(*event.error));
                    }
                },
                stop);
        });
        fakes::LocalClient first((*forward)->localPort());
        QVERIFY(first.connected());
        QCOMPARE(first.readAll(), std::string());
        QCOMPARE(bench.proxy.hits(refused), 1);
        fakes::LocalClient second((*forward)->localPort());
        QVERIFY(second.connected() && second.send("hello"));
        QCOMPARE(second.readSome(5), std::string("hello"));
        QCOMPARE(bench.proxy.hits(served), 1);
        {
            const std::lock_guard lock(mutex);
            QCOMPARE(failures.size(), std::size_t{1});
            QVERIFY2(failures.front().find("connection refused") != std::string::npos, failures.front().c_str());
        }
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
    }

    void fault33_aForbiddenUpgradeNamesTheVerbAndAProxysRefusalDoesNot() {
        Bench bench;
        OPEN_OR_RETURN(bench);
        const std::string path = "/api/v1/namespaces/" + bench.upstream.nameSpace() + "/pods/web/exec";
        bench.proxy.inject({.path = path},
                           faults::status(403, "Forbidden",
                                          "pods 'web' is forbidden: User 'jane' cannot create resource "
                                          "\\\"pods/exec\\\" in API group \\\"\\\" in the namespace"),
                           1);
        bench.proxy.inject({.path = path}, faults::answer("proxy's page", answers::html(403)), 1);
        kube::ExecRequest request;
        request.nameSpace = bench.upstream.nameSpace();
        request.pod = "web";
        request.command = {"true"};
        http::Channel& channel = bench.session->client()->channel();
        const auto forbidden = kube::PodExec::start(channel, kContext, request, {});
        QVERIFY(!forbidden.has_value());
        const std::string words = describe(forbidden.error());
        QVERIFY2(forbidden.error().is(kube::kForbidden), words.c_str());
        QVERIFY2(words.find("create pods/exec") != std::string::npos, words.c_str());
        const auto blocked = kube::PodExec::start(channel, kContext, request, {});
        QVERIFY(!blocked.has_value());
        QVERIFY2(blocked.error().is(kube::kUpgradeBlocked), describe(blocked.error()).c_str());
        // No kind's rows and not the connection are in doubt for it.
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.session->status().state, session::ConnectionState::Connected, kPatience);
    }

    void aCommandThroughTheProxyEndsAsItDoesOnTheServer() {
        Sockets sockets;
        std::string output;
        const auto ended = sockets.run(output);
        QVERIFY2(ended.has_value(), ended ? "" : describe(ended.error()).c_str());
        QCOMPARE(ended->exitCode, 3);
        QCOMPARE(output, std::string("0;1;2;3;4;5;6;7;8;9;said:hello"));
        QCOMPARE(sockets.proxy.log().back().status, 101);
    }

    void aCommandWhoseStreamTheProxyCutsHasFailed() {
        Sockets sockets;
        const int cut =
            sockets.proxy.inject({.path = "/api/v1/namespaces/shop/pods/web/exec"}, faults::cutSocketAfter(4));
        std::string output;
        const auto ended = sockets.run(output);
        QVERIFY(!ended.has_value());
        QVERIFY2(ended.error().is(kube::kEndedWithoutStatus), describe(ended.error()).c_str());
        QCOMPARE(output, std::string("0;1;2;3;"));
        QCOMPARE(sockets.proxy.hits(cut), 1);
    }

    void theServersRefusalOfAnUpgradePassesTheProxy() {
        Sockets sockets;
        sockets.server.setHandler(answers::kubernetesStatus(403, "Forbidden", "pods 'web' is forbidden"));
        std::string output;
        const auto refused = sockets.run(output);
        QVERIFY(!refused.has_value());
        QVERIFY2(refused.error().is(kube::kForbidden), describe(refused.error()).c_str());
        QCOMPARE(sockets.proxy.log().back().status, 403);
    }
};

QTEST_GUILESS_MAIN(TestFaultSockets)
#include "test_fault_sockets.moc"
