// How commands in pods end, and how that is told.
#include <QTest>

#include "app/kube/exec_status.h"
#include "app/kube/upgrade_error.h"
#include "tests/kube/exec_support.h"

using namespace quarterdeck::fakes;

namespace quarterdeck::kube {

class TestPodExecEnds : public QObject {
    Q_OBJECT
private slots:
    void anEndWithoutAStatusIsAFailure_data();
    void anEndWithoutAStatusIsAFailure();
    void whatComesAfterTheStatusIsKept();
    void aCommandThatCannotRunSaysWhy();
    void cancellingClosesTheConnection();
    void cancellingATerminalInterruptsWhatRunsThere();
    void aSinkThatWantsNoMoreEndsTheRun();
    void anInputThatFailsEndsTheRun();
    void aCommandThatEndsBeforeItsInputIsNoFailure();
    void refusalsAreTold_data();
    void refusalsAreTold();
    void statusesAreRead_data();
    void statusesAreRead();
};

void TestPodExecEnds::anEndWithoutAStatusIsAFailure_data() {
    QTest::addColumn<QString>("how");
    for (const char* how : {"goodbye", "goodbye with a reason", "cut", "end of file", "unreadable status"}) {
        QTest::newRow(how) << QString::fromLatin1(how);
    }
}

void TestPodExecEnds::anEndWithoutAStatusIsAFailure() {
    QFETCH(QString, how);
    TlsBench bench(speaking(kV5, [&](SocketPeer& peer, const auto&, HostileConnection& connection) {
        peer.channel(1, "all of the dump but the last line");
        if (how == QStringLiteral("goodbye")) {
            peer.close();
        } else if (how == QStringLiteral("goodbye with a reason")) {
            peer.close(1011, "kubelet restarts");
        } else if (how == QStringLiteral("unreadable status")) {
            peer.channel(3, "{\"status\":\"Succ");
        } else if (how == QStringLiteral("cut")) {
            connection.reset();
        }
    }));
    Collected got;
    const auto result = runAll(bench.transport, command({"pg_dump"}), got.streams());
    VERIFY_ERROR(result, kEndedWithoutStatus);
    QVERIFY(describe(result.error()).find("pod web-0 of namespace shop") != std::string::npos);
    if (how == QStringLiteral("goodbye with a reason")) {
        QVERIFY(describe(result.error()).find("code 1011: kubelet restarts") != std::string::npos);
    }
    if (how != QStringLiteral("cut")) {  // a reset may overtake data
        QCOMPARE(got.output, std::string("all of the dump but the last line"));
    }
}

void TestPodExecEnds::whatComesAfterTheStatusIsKept() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        peer.channel(3, exitStatus("3"));
        peer.channel(1, "late");
    }));
    Collected got;
    const auto result = runAll(bench.transport, command({"ls"}), got.streams());
    QVERIFY2(result, result ? "" : describe(result.error()).c_str());
    QCOMPARE(result->exitCode, 3);
    QCOMPARE(got.output, std::string("late"));
}

void TestPodExecEnds::aCommandThatCannotRunSaysWhy() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        peer.channel(
            3,
            "{\"status\":\"Failure\",\"message\":\"error executing command in container: exec: \\\"pg_dump\\\": "
            "executable file not found in $PATH\",\"reason\":\"InternalError\",\"code\":500}");
        peer.close();
    }));
    const auto result = runAll(bench.transport, command({"pg_dump"}), {});
    VERIFY_ERROR(result, kCommandNotRun);
    QVERIFY(describe(result.error()).find("executable file not found") != std::string::npos);
}

void TestPodExecEnds::cancellingClosesTheConnection() {
    std::atomic<bool> gone{false};
    TlsBench bench(speaking(kV5, [&](SocketPeer& peer, const auto&, auto&) {
        peer.channel(1, "running");
        while (peer.next()) {
        }
        gone = true;
    }));
    std::stop_source stop;
    ExecRequest request = command({"sleep", "1000"});
    request.input = true;
    ExecStreams streams;
    streams.output = [&](std::string_view) { return stop.request_stop(); };
    streams.input = [](std::stop_token ended) -> Result<std::string> {
        std::mutex mutex;
        std::condition_variable_any changed;
        std::unique_lock lock(mutex);
        changed.wait(lock, ended, [] { return false; });
        return fail(kCancelled);
    };
    VERIFY_ERROR(runAll(bench.transport, request, streams, stop.get_token()), kCancelled);
    QTRY_VERIFY_WITH_TIMEOUT(gone, 30'000);
}

void TestPodExecEnds::cancellingATerminalInterruptsWhatRunsThere() {
    std::string last;
    std::atomic<bool> gone{false};
    TlsBench bench(speaking(kV5, [&](SocketPeer& peer, const auto&, auto&) {
        peer.channel(1, "$ ");
        while (auto message = peer.message()) {
            last = *message;
        }
        gone = true;
    }));
    std::stop_source stop;
    ExecRequest request = command({"sh"});
    request.input = true;
    request.terminal = true;
    ExecStreams streams;
    streams.output = [&](std::string_view) { return stop.request_stop(); };
    streams.input = pieces({"ls\n"});
    VERIFY_ERROR(runAll(bench.transport, request, streams, stop.get_token()), kCancelled);
    QTRY_VERIFY_WITH_TIMEOUT(gone, 30'000);
    QCOMPARE(last, std::string("\0\x03\x04", 3));
}

void TestPodExecEnds::aSinkThatWantsNoMoreEndsTheRun() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        while (peer.channel(1, std::string(10'000, 'y'))) {
        }
    }));
    ExecStreams streams;
    streams.output = [](std::string_view) { return false; };
    VERIFY_ERROR(runAll(bench.transport, command({"yes"}), streams), kCancelled);
    QVERIFY(bench.server.waitForOpenConnections(0));
}

void TestPodExecEnds::anInputThatFailsEndsTheRun() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        while (peer.message()) {
        }
    }));
    ExecRequest request = command({"psql"});
    request.input = true;
    ExecStreams streams;
    streams.input = [](std::stop_token) -> Result<std::string> {
        return fail(kBadChannel, {{"context", "prod"}, {"what", "the dump"}, {"detail", "the disk went away"}});
    };
    VERIFY_ERROR(runAll(bench.transport, request, streams), kBadChannel);
}

void TestPodExecEnds::aCommandThatEndsBeforeItsInputIsNoFailure() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        peer.message();
        peer.channel(1, "first line");
        peer.channel(3, kSuccessStatus);
        peer.close();
    }));
    ExecRequest request = command({"head", "-1"});
    request.input = true;
    Collected got;
    ExecStreams streams = got.streams();
    streams.input = [](std::stop_token) -> Result<std::string> { return std::string(32'768, 'x'); };  // endless
    const auto result = runAll(bench.transport, request, streams);
    QVERIFY2(result, result ? "" : describe(result.error()).c_str());
    QCOMPARE(result->exitCode, 0);
    QCOMPARE(got.output, std::string("first line"));
}

void TestPodExecEnds::refusalsAreTold_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, int status, const char* body, const ErrorCode& code, const char* said) {
        QTest::newRow(name) << status << QByteArray(body) << QString::fromLatin1(code.id) << QString::fromLatin1(said);
    };
    row("missing verb create", 403,
        "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"Forbidden\",\"code\":403,\"message\":\"pods "
        "\\\"web-0\\\" is forbidden: User \\\"jane\\\" cannot create resource \\\"pods/exec\\\" in API group \\\"\\\" "
        "in the namespace \\\"shop\\\"\"}",
        kForbidden, "Needs create pods/exec for the command in pod web-0");
    row("missing verb get", 403,
        "{\"kind\":\"Status\",\"reason\":\"Forbidden\",\"code\":403,\"message\":\"pods \\\"web-0\\\" is forbidden: "
        "User "
        "\\\"jane\\\" cannot get resource \\\"pods/exec\\\" in API group\"}",
        kForbidden, "Needs get pods/exec");
    row("forbidden without words", 403, "{\"kind\":\"Status\",\"code\":403}", kForbidden, "Needs create");
    row("a proxy's page", 403, "<html>Forbidden</html>", kUpgradeBlocked, "does not let WebSockets through");
    row("a proxy's silence", 403, "", kUpgradeBlocked, "It is not a missing permission");
    row("upgrade ignored", 200, "ok", kUpgradeBlocked, "answered with 200");
    row("gateway", 502, "<html>Bad Gateway</html>", kUpgradeBlocked, "answered with 502");
    row("signed out", 401, "{\"kind\":\"Status\",\"code\":401,\"message\":\"Unauthorized\"}", kUnauthorized, "401");
    row("no such pod", 404, "{\"kind\":\"Status\",\"code\":404,\"message\":\"pods \\\"web-0\\\" not found\"}",
        kNotFound, "not found");
    row("no such container", 400,
        "{\"kind\":\"Status\",\"code\":400,\"message\":\"container nope is not valid for pod web-0\"}", kUpgradeRefused,
        "container nope is not valid");
    row("kubelet away", 500, "{\"kind\":\"Status\",\"code\":500,\"message\":\"error dialing backend: dial tcp\"}",
        kUpgradeRefused, "error dialing backend");
}

void TestPodExecEnds::refusalsAreTold() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    QFETCH(QString, said);
    TlsBench bench([&](const HostileRequest&, HostileConnection& connection) {
        connection.answer(status, body.startsWith('<') ? "text/html" : "application/json", body.toStdString());
    });
    const auto result = runAll(bench.transport, command({"ls"}), {});
    QVERIFY(!result);
    const std::string sentence = describe(result.error());
    QVERIFY2(code == QLatin1String(result.error().code->id), sentence.c_str());
    QVERIFY2(sentence.find(said.toStdString()) != std::string::npos, sentence.c_str());
    QVERIFY2(sentence.find('{') == std::string::npos, sentence.c_str());
    QCOMPARE(result.error().httpStatus, status);
}

void TestPodExecEnds::statusesAreRead_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");  // -1 = not run, -2 = no status
    QTest::newRow("success") << QByteArray(kSuccessStatus) << 0;
    QTest::newRow("exit 1") << QByteArray::fromStdString(exitStatus("1")) << 1;
    QTest::newRow("exit code is no number") << QByteArray::fromStdString(exitStatus("one")) << -1;
    QTest::newRow("exit code is too large") << QByteArray::fromStdString(exitStatus("99999999999")) << -1;
    QTest::newRow("no causes") << QByteArray("{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\"}") << -1;
    QTest::newRow("causes of another shape")
        << QByteArray("{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[1,null,{}]}}")
        << -1;
    QTest::newRow("another failure") << QByteArray("{\"status\":\"Failure\",\"reason\":\"InternalError\"}") << -1;
    QTest::newRow("other word") << QByteArray("{\"status\":\"Maybe\"}") << -2;
    QTest::newRow("a list") << QByteArray("[1,2]") << -2;
    QTest::newRow("cut") << QByteArray("{\"status\":\"Success\"") << -2;
    QTest::newRow("nested for ever") << QByteArray(1'000'000, '[') << -2;
}

void TestPodExecEnds::statusesAreRead() {
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    const auto status = parseExecStatus(text.toStdString());
    QCOMPARE(status ? status->exitCode.value_or(-1) : -2, code);
}

}  // namespace quarterdeck::kube

QTEST_GUILESS_MAIN(quarterdeck::kube::TestPodExecEnds)
#include "test_pod_exec_ends.moc"
