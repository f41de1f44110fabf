#include <QFileInfo>
#include <QProcess>
#include <QTest>
#include <QUrl>

#include "app/kube/exec_status.h"
#include "app/kube/pod_exec.h"
#include "app/kube/upgrade_error.h"
#include "tests/fakes/plain_fork.h"
#include "tests/kube/stream_support.h"

using namespace quarterdeck::fakes;

namespace quarterdeck::kube {
namespace {

constexpr const char* kV5 = "v5.channel.k8s.io";
constexpr const char* kV4 = "v4.channel.k8s.io";

ExecRequest command(std::vector<std::string> words) {
    ExecRequest request;
    request.nameSpace = "shop";
    request.pod = "web-0";
    request.container = "main";
    request.command = std::move(words);
    return request;
}

struct Collected {
    std::string output;
    std::string errors;
    ExecStreams streams() {
        ExecStreams all;
        all.output = [this](std::string_view bytes) {
            output += bytes;
            return true;
        };
        all.errors = [this](std::string_view bytes) {
            errors += bytes;
            return true;
        };
        return all;
    }
};

/// Input from a list of pieces; then the end.
std::function<Result<std::string>(std::stop_token)> pieces(std::vector<std::string> all) {
    auto left = std::make_shared<std::vector<std::string>>(all.rbegin(), all.rend());
    return [left](std::stop_token) -> Result<std::string> {
        if (left->empty()) {
            return std::string();
        }
        std::string piece = std::move(left->back());
        left->pop_back();
        return piece;
    };
}

Result<ExecResult> runAll(http::Channel& channel, ExecRequest request, const ExecStreams& streams,
                          std::stop_token stop = {}) {
    auto exec = PodExec::start(channel, "prod", std::move(request), stop);
    return exec ? (*exec)->run(streams, stop) : Result<ExecResult>(fail(exec.error()));
}

}  // namespace

class TestPodExec : public QObject {
    Q_OBJECT
private slots:
    void outputErrorsAndExitCodeCome_data();
    void outputErrorsAndExitCodeCome();
    void theRequestNamesContainerCommandAndStreams();
    void aCommandThatEndsWithTheConnectionRunsOnALeash();
    void theLeashPassesOutputAndExitCodeOnAndEndsTheCommand();
    void largeOutputArrivesWhole();
    void inputEndsWithTheHalfClose();
    void largeInputArrivesWhole();
    void overV4InputThatMustEndIsRefused();
    void overV4ATerminalWorks();
    void theTerminalIsResized();
    void anEndWithoutAStatusIsAFailure_data();
    void anEndWithoutAStatusIsAFailure();
    void whatComesAfterTheStatusIsKept();
    void aCommandThatCannotRunSaysWhy();
    void attachNeedsNoCommand();
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

void TestPodExec::outputErrorsAndExitCodeCome_data() {
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("protocol");
    QTest::addColumn<int>("code");
    QTest::newRow("0") << QByteArray(kSuccessStatus) << QByteArray(kV5) << 0;
    QTest::newRow("3") << QByteArray::fromStdString(exitStatus("3")) << QByteArray(kV5) << 3;
    QTest::newRow("137") << QByteArray::fromStdString(exitStatus("137")) << QByteArray(kV5) << 137;
    QTest::newRow("v4") << QByteArray::fromStdString(exitStatus("3")) << QByteArray(kV4) << 3;
}

void TestPodExec::outputErrorsAndExitCodeCome() {
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, protocol);
    QFETCH(int, code);
    TlsBench bench(speaking(protocol.toStdString(), [&](SocketPeer& peer, const auto&, auto&) {
        for (int channel = 0; channel < 4; ++channel) {
            peer.channel(channel, "");  // how the API server opens its channels
        }
        peer.channel(1, "out 1\n");
        peer.channel(2, "err 1\n");
        peer.channel(1, "out 2\n");
        peer.channel(3, status.toStdString());
        peer.close();
    }));
    Collected got;
    const auto result = runAll(bench.transport, command({"ls"}), got.streams());
    QVERIFY2(result, result ? "" : describe(result.error()).c_str());
    QCOMPARE(result->exitCode, code);
    QCOMPARE(got.output, std::string("out 1\nout 2\n"));
    QCOMPARE(got.errors, std::string("err 1\n"));
}

void TestPodExec::theRequestNamesContainerCommandAndStreams() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        peer.channel(3, kSuccessStatus);
        peer.close();
    }));
    QVERIFY(runAll(bench.transport, command({"sh", "-c", "echo a&b; exit \"$1\""}), {}));
    ExecRequest terminal = command({"sh"});
    terminal.input = true;
    terminal.terminal = true;
    ExecStreams streams;
    streams.input = pieces({});
    QVERIFY(runAll(bench.transport, terminal, streams));
    const auto log = bench.server.log();
    QCOMPARE(log.at(0).target,
             std::string("/api/v1/namespaces/shop/pods/web-0/exec?command=sh&command=-c&command=echo%20a%26b%3B%20exit"
                         "%20%22%241%22&container=main&stdout=true&stderr=true"));
    QCOMPARE(log.at(1).target,
             std::string("/api/v1/namespaces/shop/pods/web-0/exec?command=sh&container=main&stdin=true&stdout=true&"
                         "tty=true"));
    QCOMPARE(log.at(0).header("sec-websocket-protocol"), std::string("v5.channel.k8s.io, v4.channel.k8s.io"));
}

void TestPodExec::aCommandThatEndsWithTheConnectionRunsOnALeash() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        peer.channel(3, kSuccessStatus);
        peer.close();
    }));
    ExecRequest request = command({"pg_dump", "a b"});
    request.endsWithConnection = true;
    QVERIFY(runAll(bench.transport, request, {}));
    const std::string target = bench.server.log().at(0).target;
    QVERIFY2(target.find("/exec?command=sh&command=-c&command=") != std::string::npos, target.c_str());
    QVERIFY2(target.find("&command=sh&command=pg_dump&command=a%20b&container=main&stdin=true&stdout=true") !=
                 std::string::npos,
             target.c_str());
}

void TestPodExec::theLeashPassesOutputAndExitCodeOnAndEndsTheCommand() {
    // What a server would run, run here: the words of the request, by this machine's shell.
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        peer.channel(3, kSuccessStatus);
        peer.close();
    }));
    const auto leashed = [&](std::vector<std::string> own) {
        ExecRequest request = command(std::move(own));
        request.endsWithConnection = true;
        const auto done = runAll(bench.transport, request, {});
        const auto log = bench.server.log();
        QStringList arguments;
        const std::string& target = log.back().target;
        for (const QString& part :
             QString::fromStdString(target.substr(target.find('?') + 1)).split(QLatin1Char('&'))) {
            if (part.startsWith(QStringLiteral("command="))) {
                arguments << QUrl::fromPercentEncoding(part.mid(8).toUtf8());
            }
        }
        return done ? arguments : QStringList();
    };
    const auto start = [](QProcess& process, QStringList arguments) {
        const QString program = arguments.takeFirst();
        process.start(program, arguments);
        return process.waitForStarted(30'000);
    };
    QProcess ending;
    QVERIFY(start(ending, leashed({"sh", "-c", "echo out; echo err >&2; exit 3"})));
    QVERIFY(ending.waitForFinished(30'000));
    QCOMPARE(ending.exitCode(), 3);
    QCOMPARE(ending.readAllStandardOutput(), QByteArray("out\n"));
    QCOMPARE(ending.readAllStandardError(), QByteArray("err\n"));
    QProcess endless;
    QVERIFY(start(endless, leashed({"sh", "-c", "echo $$; exec sleep 1000"})));
    QVERIFY(endless.waitForReadyRead(30'000));
    const QByteArray pid = endless.readAllStandardOutput().trimmed();
    QVERIFY(QFileInfo::exists(QStringLiteral("/proc/") + QString::fromLatin1(pid)));
    endless.closeWriteChannel();  // what the end of the connection is to the command
    QVERIFY(endless.waitForFinished(30'000));
    QCOMPARE(endless.exitCode(), 128 + 15);
    QVERIFY(!QFileInfo::exists(QStringLiteral("/proc/") + QString::fromLatin1(pid)));
}

void TestPodExec::largeOutputArrivesWhole() {
    constexpr int kPieces = 2048;  // 64 MiB
    std::string sent;
    TlsBench bench(speaking(kV5, [&](SocketPeer& peer, const auto&, auto&) {
        Digest digest;
        std::string piece(32'768, '\0');
        unsigned state = 1;
        for (int i = 0; i < kPieces; ++i) {
            for (char& c : piece) {
                state = state * 1103515245U + 12345U;
                c = static_cast<char>(state >> 24U);
            }
            digest.add(piece);
            if (!peer.channel(1, piece)) {
                return;
            }
        }
        sent = digest.hex();
        peer.channel(3, kSuccessStatus);
        peer.close();
        peer.next();
    }));
    Digest digest;
    ExecStreams streams;
    streams.output = digest.sink();
    const auto result = runAll(bench.transport, command({"cat", "big"}), streams);
    QVERIFY2(result, result ? "" : describe(result.error()).c_str());
    QCOMPARE(digest.bytes(), std::size_t{kPieces} * 32'768);
    QCOMPARE(digest.hex(), sent);
}

void TestPodExec::inputEndsWithTheHalfClose() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        std::string input;
        while (auto message = peer.message()) {
            if (*message == std::string("\xff\0", 2)) {
                peer.channel(1, "got " + input);
                peer.channel(3, kSuccessStatus);
                peer.close();
                return;
            }
            input += message->substr(1);
        }
    }));
    ExecRequest request = command({"cat"});
    request.input = true;
    Collected got;
    ExecStreams streams = got.streams();
    streams.input = pieces({"one ", "two ", "three"});
    const auto result = runAll(bench.transport, request, streams);
    QVERIFY2(result, result ? "" : describe(result.error()).c_str());
    QCOMPARE(got.output, std::string("got one two three"));
}

void TestPodExec::largeInputArrivesWhole() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        Digest digest;
        std::size_t largest = 0;
        while (auto message = peer.message()) {
            largest = std::max(largest, message->size());
            if (static_cast<unsigned char>(message->front()) == 255) {
                break;
            }
            digest.add(std::string_view(*message).substr(1));
        }
        peer.channel(1, largest <= 32'769 ? digest.hex() : "a frame is too large");
        peer.channel(3, kSuccessStatus);
        peer.close();
    }));
    ExecRequest request = command({"sha256sum"});
    request.input = true;
    Collected got;
    ExecStreams streams = got.streams();
    Digest digest;
    int left = 16;
    streams.input = [&](std::stop_token) -> Result<std::string> {
        if (left-- == 0) {
            return std::string();
        }
        std::string piece(1'000'001, static_cast<char>('a' + left));
        digest.add(piece);
        return piece;
    };
    const auto result = runAll(bench.transport, request, streams);
    QVERIFY2(result, result ? "" : describe(result.error()).c_str());
    QCOMPARE(got.output, digest.hex());
}

void TestPodExec::overV4InputThatMustEndIsRefused() {
    std::atomic<int> received{0};
    TlsBench bench(speaking(kV4, [&](SocketPeer& peer, const auto&, auto&) {
        while (peer.message()) {
            ++received;
        }
    }));
    ExecRequest request = command({"psql"});
    request.input = true;
    ExecStreams streams;
    streams.input = pieces({"DROP TABLE x;"});
    VERIFY_ERROR(runAll(bench.transport, request, streams), kCannotEndInput);
    QVERIFY(bench.server.waitForOpenConnections(0));
    QCOMPARE(received.load(), 0);
}

void TestPodExec::overV4ATerminalWorks() {
    TlsBench bench(speaking(kV4, [](SocketPeer& peer, const auto&, auto&) {
        const auto input = peer.message();
        peer.channel(1, "you said " + input.value_or("").substr(1));
        peer.channel(3, kSuccessStatus);
        peer.close();
    }));
    ExecRequest request = command({"sh"});
    request.input = true;
    request.terminal = true;
    request.inputEnds = false;
    Collected got;
    ExecStreams streams = got.streams();
    streams.input = pieces({"exit\n"});
    const auto result = runAll(bench.transport, request, streams);
    QVERIFY2(result, result ? "" : describe(result.error()).c_str());
    QCOMPARE(got.output, std::string("you said exit\n"));
}

void TestPodExec::theTerminalIsResized() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        const auto message = peer.message();
        peer.channel(1, message.value_or("nothing"));
        peer.channel(3, kSuccessStatus);
        peer.close();
    }));
    ExecRequest request = command({"sh"});
    request.terminal = true;
    auto exec = PodExec::start(bench.transport, "prod", request, {});
    QVERIFY(exec);
    QVERIFY((*exec)->resize(132, 43, {}));
    Collected got;
    QVERIFY((*exec)->run(got.streams(), {}));
    QCOMPARE(got.output, std::string("\x04{\"Width\":132,\"Height\":43}"));
}

void TestPodExec::anEndWithoutAStatusIsAFailure_data() {
    QTest::addColumn<QString>("how");
    for (const char* how : {"goodbye", "goodbye with a reason", "cut", "end of file", "unreadable status"}) {
        QTest::newRow(how) << QString::fromLatin1(how);
    }
}

void TestPodExec::anEndWithoutAStatusIsAFailure() {
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

void TestPodExec::whatComesAfterTheStatusIsKept() {
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

void TestPodExec::aCommandThatCannotRunSaysWhy() {
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

void TestPodExec::attachNeedsNoCommand() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        peer.channel(1, "log line\n");
        peer.channel(3, kSuccessStatus);
        peer.close();
    }));
    Collected got;
    QVERIFY(runAll(bench.transport, command({}), got.streams()));
    QCOMPARE(got.output, std::string("log line\n"));
    QVERIFY(bench.server.log().at(0).path().ends_with("/pods/web-0/attach"));
}

void TestPodExec::cancellingClosesTheConnection() {
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

void TestPodExec::cancellingATerminalInterruptsWhatRunsThere() {
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

void TestPodExec::aSinkThatWantsNoMoreEndsTheRun() {
    TlsBench bench(speaking(kV5, [](SocketPeer& peer, const auto&, auto&) {
        while (peer.channel(1, std::string(10'000, 'y'))) {
        }
    }));
    ExecStreams streams;
    streams.output = [](std::string_view) { return false; };
    VERIFY_ERROR(runAll(bench.transport, command({"yes"}), streams), kCancelled);
    QVERIFY(bench.server.waitForOpenConnections(0));
}

void TestPodExec::anInputThatFailsEndsTheRun() {
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

void TestPodExec::aCommandThatEndsBeforeItsInputIsNoFailure() {
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

void TestPodExec::refusalsAreTold_data() {
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

void TestPodExec::refusalsAreTold() {
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

void TestPodExec::statusesAreRead_data() {
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

void TestPodExec::statusesAreRead() {
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    const auto status = parseExecStatus(text.toStdString());
    QCOMPARE(status ? status->exitCode.value_or(-1) : -2, code);
}

}  // namespace quarterdeck::kube

QTEST_GUILESS_MAIN(quarterdeck::kube::TestPodExec)
#include "test_pod_exec.moc"
