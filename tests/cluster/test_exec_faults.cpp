// Commands and forwards on a real kubelet by way of the fault proxy: whole, refused, and cut in mid-stream (rows 31 and
// 33 of the fault table).

#include <QTest>

#include <mutex>
#include <thread>

#include "app/kube/errors.h"
#include "app/kube/port_forward.h"
#include "tests/cluster/exec_support.h"
#include "tests/fakes/fault_proxy.h"

using namespace quarterdeck;
using namespace quarterdeck::testbed;
namespace faults = quarterdeck::fakes::faults;

namespace {

/// The road of one of the testbed's contexts, with the proxy on it.
struct ProxiedRoad {
    explicit ProxiedRoad(std::shared_ptr<http::Channel> upstream) : proxy(std::move(upstream), authority.server()) {
        http::Endpoint endpoint;
        endpoint.serverUrl = proxy.url();
        endpoint.caPem = authority.caPem();
        channel = std::make_unique<http::HttpTransport>(endpoint, nullptr, std::make_shared<SystemClock>());
    }
    fakes::TestAuthority authority;
    fakes::FaultProxy proxy;
    std::unique_ptr<http::HttpTransport> channel;
};

}  // namespace

class TestExecFaults : public QObject {
    Q_OBJECT

    std::unique_ptr<Testbed> testbed_;
    std::unique_ptr<Connection> admin_;
    std::string database_;
    std::string web_;

    std::string pathOf(const std::string& pod, const char* what) const {
        return std::string("/api/v1/namespaces/") + kNameSpace + "/pods/" + pod + "/" + what;
    }
    Outcome run(http::Channel& channel, const char* script) const {
        return runCommand(channel, shellIn(database_, script));
    }

private slots:
    void initTestCase() {
        QVERIFY2(Testbed::missing().empty(), Testbed::missing().c_str());
        if (Testbed::shape() != "real") {
            QSKIP("needs a node that runs containers (tests/cluster/up real)");
        }
        testbed_ = std::make_unique<Testbed>();
        auto connection = Connection::open("admin");
        QVERIFY2(connection, connection ? "" : describe(connection.error()).c_str());
        admin_ = std::move(*connection);
        database_ = podOf(*testbed_, "auth-db");
        web_ = podOf(*testbed_, "gateway");
        QVERIFY(!database_.empty() && !web_.empty());
    }

    void aCommandThatIsCutInMidStreamHasFailedAndTheNextOneHasNot() {
        const char* const script = "seq 1 300000; exit 3";
        std::string numbers;
        for (int i = 1; i <= 300'000; ++i) {
            numbers += std::to_string(i) + "\n";
        }
        ProxiedRoad road(admin_->channel());
        const int cut = road.proxy.inject({.path = pathOf(database_, "exec")}, faults::cutSocketAfter(5), 1);
        const Outcome broken = run(*road.channel, script);
        QVERIFY(!broken.result);
        QVERIFY2(broken.result.error().is(kube::kEndedWithoutStatus), describe(broken.result.error()).c_str());
        QCOMPARE(road.proxy.hits(cut), 1);
        QVERIFY(!broken.output.empty() && broken.output.size() < numbers.size());
        QVERIFY(numbers.starts_with(broken.output));

        const Outcome whole = run(*road.channel, script);
        QVERIFY2(whole.result, whole.result ? "" : describe(whole.result.error()).c_str());
        QCOMPARE(whole.result->exitCode, 3);
        QVERIFY(whole.output == numbers);
        QCOMPARE(road.proxy.log().back().status, 101);
    }

    void fault31_aForwardedConnectionThatIsCutFailsAlone() {
        ProxiedRoad road(admin_->channel());
        // The two messages with the port pass; of the service's answer half.
        const int cut = road.proxy.inject({.path = pathOf(web_, "portforward")}, faults::cutSocketAfter(2), 1);
        auto forward =
            kube::PortForward::listen(*road.channel, "admin", [this](std::stop_token) -> Result<kube::ForwardTarget> {
                return kube::ForwardTarget{kNameSpace, web_, 8000};
            });
        QVERIFY(forward);
        std::mutex mutex;
        int failed = 0;
        const std::jthread serving([&](const std::stop_token& stop) {
            (*forward)->run(
                [&](const kube::PortForward::Event& event) {
                    const std::lock_guard lock(mutex);
                    failed += event.error ? 1 : 0;
                },
                stop);
        });
        http::Endpoint endpoint;
        endpoint.serverUrl = "http://127.0.0.1:" + std::to_string((*forward)->localPort());
        http::HttpTransport web(endpoint, nullptr, std::make_shared<SystemClock>());
        http::Request request;
        request.target = "/health/ready";
        QVERIFY(!web.send(request, {}));
        QTRY_COMPARE_WITH_TIMEOUT((std::lock_guard(mutex), failed), 1, 60'000);
        QCOMPARE(road.proxy.hits(cut), 1);
        const auto answer = web.send(request, {});
        QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
        QCOMPARE(answer->head.status, 200);
        QCOMPARE((std::lock_guard(mutex), failed), 1);
    }

    void fault33_theServersForbiddenUpgradeNamesTheVerb() {
        auto limited = Connection::open("no-exec");
        QVERIFY2(limited, limited ? "" : describe(limited.error()).c_str());
        ProxiedRoad road((*limited)->channel());
        const Outcome refused = run(*road.channel, "true");
        QVERIFY(!refused.result);
        const std::string words = describe(refused.result.error());
        QVERIFY2(refused.result.error().is(kube::kForbidden), words.c_str());
        QVERIFY2(words.find("pods/exec") != std::string::npos, words.c_str());
        QCOMPARE(road.proxy.log().back().status, 403);
    }
};

QTEST_GUILESS_MAIN(TestExecFaults)
#include "test_exec_faults.moc"
