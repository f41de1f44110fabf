#include <QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/kube/errors.h"
#include "app/kube/port_forward.h"
#include "tests/cluster/exec_support.h"
#include "tests/cluster/relay.h"
#include "tests/kube/stream_support.h"

using namespace quarterdeck;
using namespace quarterdeck::testbed;
using kube::ExecRequest;
using kube::ExecStreams;
using kube::PodExec;

namespace {

/// Input that stays open and silent until it is stopped.
Result<std::string> silence(std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    changed.wait(lock, stop, [] { return false; });
    return fail(kCancelled);
}

}  // namespace

/// exec and port-forward against a real kubelet.
class TestExec : public QObject {
    Q_OBJECT

    std::unique_ptr<Testbed> testbed_;
    std::unique_ptr<Connection> connection_;
    std::string database_;
    std::string web_;

    ExecRequest shell(const std::string& script) const { return shellIn(database_, script); }
    static Outcome run(http::Channel& channel, ExecRequest request, ExecStreams streams = {},
                       std::stop_token stop = {}) {
        return runCommand(channel, std::move(request), std::move(streams), std::move(stop));
    }
    Outcome run(const std::string& script) { return run(connection_->transport(), shell(script)); }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(Testbed::missing().empty(), Testbed::missing().c_str());
        if (Testbed::shape() != "real") {
            QSKIP("needs a node that runs containers (tests/cluster/up real)");
        }
        testbed_ = std::make_unique<Testbed>();
        auto connection = Connection::open("admin");
        QVERIFY2(connection, connection ? "" : describe(connection.error()).c_str());
        connection_ = std::move(*connection);
        database_ = podOf(*testbed_, "auth-db");
        web_ = podOf(*testbed_, "gateway");
        QVERIFY(!database_.empty() && !web_.empty());
    }

    void exitCodesAreTheCommandsOwn_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<int>("code");
        QTest::newRow("0") << QByteArray("echo good; echo bad >&2") << 0;
        QTest::newRow("3") << QByteArray("echo good; echo bad >&2; exit 3") << 3;
        QTest::newRow("137") << QByteArray("echo good; echo bad >&2; kill -9 $$") << 137;
    }
    void exitCodesAreTheCommandsOwn() {
        QFETCH(QByteArray, script);
        QFETCH(int, code);
        const Outcome outcome = run(script.toStdString());
        QVERIFY2(outcome.result, outcome.result ? "" : describe(outcome.result.error()).c_str());
        QCOMPARE(outcome.result->exitCode, code);
        QCOMPARE(outcome.output, std::string("good\n"));
        QCOMPARE(outcome.errors, std::string("bad\n"));
    }

    void aGigabyteOfOutputArrivesWhole() {
        constexpr std::size_t kSize = std::size_t{1} << 30U;
        kube::Digest digest;
        ExecStreams streams;
        streams.output = digest.sink();
        const Outcome outcome = run(
            connection_->transport(),
            shell("p=/tmp/q$$; mkfifo $p; sha256sum <$p >&2 & head -c 1073741824 /dev/urandom | tee $p; wait; rm $p"),
            streams);
        QVERIFY2(outcome.result, outcome.result ? "" : describe(outcome.result.error()).c_str());
        QCOMPARE(outcome.result->exitCode, 0);
        QCOMPARE(digest.bytes(), kSize);
        QCOMPARE(outcome.errors.substr(0, 64), digest.hex());
    }

    void inputArrivesWholeAndItsEndIsTold() {
        ExecRequest request = shell("sha256sum; echo then >&2");
        request.input = true;
        kube::Digest digest;
        int left = 64;
        ExecStreams streams;
        streams.input = [&](std::stop_token) -> Result<std::string> {
            if (left-- == 0) {
                return std::string();
            }
            std::string piece(1'000'003, static_cast<char>(left));
            digest.add(piece);
            return piece;
        };
        const Outcome outcome = run(connection_->transport(), request, streams);
        QVERIFY2(outcome.result, outcome.result ? "" : describe(outcome.result.error()).c_str());
        QCOMPARE(outcome.output.substr(0, 64), digest.hex());
        QCOMPARE(outcome.errors, std::string("then\n"));
    }

    void aTerminalLearnsItsSize() {
        ExecRequest request = shell("until [ \"$(stty size)\" = '43 132' ]; do sleep 0.1; done; stty size");
        request.terminal = true;
        request.input = true;
        request.inputEnds = false;
        auto exec = PodExec::start(connection_->transport(), "admin", request, {});
        QVERIFY2(exec, exec ? "" : describe(exec.error()).c_str());
        QVERIFY((*exec)->resize(132, 43, {}));
        std::string output;
        ExecStreams streams;
        streams.input = silence;
        streams.output = [&](std::string_view bytes) {
            output += bytes;
            return true;
        };
        const auto result = (*exec)->run(streams, {});
        QVERIFY2(result, result ? "" : describe(result.error()).c_str());
        QCOMPARE(output, std::string("43 132\r\n"));
    }

    void aCutInTheMiddleIsAFailure() {
        const auto config = kubeconfig::load([] {
            kubeconfig::LoadOptions load;
            load.explicitPath = Testbed::kubeconfigPath();
            return load;
        }());
        auto endpoint = kubeconfig::endpointFor(config, "admin");
        QVERIFY(endpoint);
        const std::size_t colon = endpoint->serverUrl.rfind(':');
        Relay relay(static_cast<std::uint16_t>(std::stoi(endpoint->serverUrl.substr(colon + 1))));
        endpoint->serverUrl = "https://127.0.0.1:" + std::to_string(relay.port());
        const auto clock = std::make_shared<SystemClock>();
        const auto plugins =
            std::make_shared<kubeconfig::ExecPluginCache>(kubeconfig::ExecOptions::fromEnvironment(clock));
        auto credentials = kubeconfig::makeCredentialSource(config, "admin", {clock, plugins, {}});
        QVERIFY(credentials);
        http::HttpTransport transport(std::move(*endpoint), std::move(*credentials), clock);
        ExecStreams streams;
        std::size_t bytes = 0;
        streams.output = [&](std::string_view part) {
            bytes += part.size();
            if (bytes > 10'000'000) {
                relay.cut();
            }
            return true;
        };
        const Outcome outcome = run(transport, shell("head -c 1000000000 /dev/zero"), streams);
        QVERIFY(!outcome.result);
        QVERIFY2(outcome.result.error().is(kube::kEndedWithoutStatus), describe(outcome.result.error()).c_str());
        QVERIFY(bytes < 1'000'000'000);
    }

    void aProgramThatIsNotThereIsTold() {
        ExecRequest request = shell("");
        request.command = {"no-such-program"};
        const Outcome outcome = run(connection_->transport(), request);
        if (outcome.result) {
            QVERIFY2(outcome.result->exitCode == 126 || outcome.result->exitCode == 127,
                     std::to_string(outcome.result->exitCode).c_str());
        } else {
            QVERIFY2(outcome.result.error().is(kube::kCommandNotRun), describe(outcome.result.error()).c_str());
        }
    }

    void aMissingPermissionIsNamed() {
        auto connection = Connection::open("no-exec");
        QVERIFY(connection);
        const Outcome outcome = run((*connection)->transport(), shell("true"));
        QVERIFY(!outcome.result);
        const std::string sentence = describe(outcome.result.error());
        QVERIFY2(outcome.result.error().is(kube::kForbidden), sentence.c_str());
        QVERIFY2(sentence.find("pods/exec") != std::string::npos, sentence.c_str());
    }

    void aContainerThatIsNotThereIsTold() {
        ExecRequest request = shell("true");
        request.container = "nobody";
        const Outcome outcome = run(connection_->transport(), request);
        QVERIFY(!outcome.result);
        QVERIFY2(describe(outcome.result.error()).find("nobody") != std::string::npos,
                 describe(outcome.result.error()).c_str());
    }

    void aCancelledCommandIsGone_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<bool>("leash");
        QTest::addColumn<bool>("terminal");
        QTest::newRow("reads its input") << QByteArray("exec cat") << false << false;
        QTest::newRow("reads its terminal") << QByteArray("exec cat") << false << true;
        QTest::newRow("writes") << QByteArray("while :; do echo x; sleep 0.2; done") << true << false;
        QTest::newRow("is silent") << QByteArray("exec sleep 100000") << true << false;
    }
    void aCancelledCommandIsGone() {
        QFETCH(QByteArray, script);
        QFETCH(bool, leash);
        QFETCH(bool, terminal);
        ExecRequest request = shell("echo pid=$$.; " + script.toStdString());
        request.endsWithConnection = leash;
        request.input = !leash;
        request.inputEnds = false;
        request.terminal = terminal;
        std::stop_source stop;
        std::string said;
        ExecStreams streams;
        streams.input = silence;
        streams.output = [&](std::string_view bytes) {
            said += bytes;
            if (said.find('.') != std::string::npos) {
                stop.request_stop();
            }
            return true;
        };
        const Outcome outcome = run(connection_->transport(), request, streams, stop.get_token());
        QVERIFY(!outcome.result);
        QVERIFY2(outcome.result.error().is(kCancelled), describe(outcome.result.error()).c_str());
        const std::string pid = said.substr(4, said.find('.') - 4);
        const Outcome look = run("n=0; while [ -d /proc/" + pid +
                                 " ] && [ $n -lt 600 ]; do n=$((n+1)); sleep 0.1; done; "
                                 "test ! -d /proc/" +
                                 pid);
        QVERIFY2(look.result, look.result ? "" : describe(look.result.error()).c_str());
        QCOMPARE(look.result->exitCode, 0);
    }

    void aWebServiceAnswersThroughAForward() {
        auto forward = kube::PortForward::listen(connection_->transport(), "admin",
                                                 [this](std::stop_token) -> Result<kube::ForwardTarget> {
                                                     return kube::ForwardTarget{kNameSpace, web_, 8000};
                                                 });
        QVERIFY(forward);
        std::atomic<int> failed{0};
        std::jthread serving([&](const std::stop_token& stop) {
            (*forward)->run([&](const kube::PortForward::Event& event) { failed += event.error ? 1 : 0; }, stop);
        });
        http::HttpTransport web(http::endpointFor("http://127.0.0.1:" + std::to_string((*forward)->localPort())),
                                nullptr, std::make_shared<SystemClock>());
        for (int i = 0; i < 20; ++i) {
            http::Request request;
            request.target = "/health/ready";
            const auto answer = web.send(request, {});
            QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
            QCOMPARE(answer->head.status, 200);
            web.reconnect();
        }
        QCOMPARE(failed.load(), 0);
    }

    void aPortThatNobodyListensOnFailsAlone() {
        std::atomic<std::uint16_t> port{1};
        auto forward = kube::PortForward::listen(connection_->transport(), "admin",
                                                 [&](std::stop_token) -> Result<kube::ForwardTarget> {
                                                     return kube::ForwardTarget{kNameSpace, web_, port.load()};
                                                 });
        QVERIFY(forward);
        std::mutex mutex;
        std::optional<Error> error;
        std::jthread serving([&](const std::stop_token& stop) {
            (*forward)->run(
                [&](const kube::PortForward::Event& event) {
                    const std::lock_guard lock(mutex);
                    error = event.error ? event.error : error;
                },
                stop);
        });
        http::HttpTransport web(http::endpointFor("http://127.0.0.1:" + std::to_string((*forward)->localPort())),
                                nullptr, std::make_shared<SystemClock>());
        http::Request request;
        request.target = "/health/ready";
        QVERIFY(!web.send(request, {}));
        QTRY_VERIFY_WITH_TIMEOUT((std::lock_guard(mutex), error.has_value()), 60'000);
        QVERIFY2(error->is(kube::kForwardRefused), describe(*error).c_str());
        port = 8000;
        const auto answer = web.send(request, {});
        QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
        QCOMPARE(answer->head.status, 200);
    }
};

QTEST_GUILESS_MAIN(TestExec)
#include "test_exec.moc"
