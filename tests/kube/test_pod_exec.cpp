#include <QFileInfo>
#include <QProcess>
#include <QTest>
#include <QUrl>

#include "tests/fakes/plain_fork.h"
#include "tests/kube/exec_support.h"

using namespace quarterdeck::fakes;

namespace quarterdeck::kube {

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
    void attachNeedsNoCommand();
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

}  // namespace quarterdeck::kube

QTEST_GUILESS_MAIN(quarterdeck::kube::TestPodExec)
#include "test_pod_exec.moc"
