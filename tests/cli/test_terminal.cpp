// The program itself on a terminal of its own: exec -t and attach -t.

#include <fcntl.h>
#include <pty.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cstring>
#include <mutex>

#include "app/cli/commands.h"
#include "tests/fakes/plain_fork.h"
#include "tests/fakes/socket_peer.h"

using namespace quarterdeck;
using namespace quarterdeck::fakes;

namespace {

constexpr int kPatience = 30'000;

/// A terminal with a person on it.
class Terminal {
public:
    Terminal() {
        winsize size{43, 132, 0, 0};
        if (::openpty(&person_, &program_, nullptr, nullptr, &size) != 0) {
            qFatal("no terminal");
        }
        name_ = ::ttyname(program_);
        ::fcntl(person_, F_SETFD, FD_CLOEXEC);
        ::fcntl(program_, F_SETFD, FD_CLOEXEC);
    }
    ~Terminal() {
        hangUp();
        ::close(program_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    [[nodiscard]] const std::string& name() const { return name_; }
    void type(const std::string& keys) const {
        QCOMPARE(::write(person_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
    }
    void resize(unsigned short rows, unsigned short columns) const {
        const winsize size{rows, columns, 0, 0};
        QCOMPARE(::ioctl(person_, TIOCSWINSZ, &size), 0);
    }
    void hangUp() {
        if (person_ >= 0) {
            ::close(std::exchange(person_, -1));
        }
    }
    [[nodiscard]] termios mode() const {
        termios mode{};
        ::tcgetattr(program_, &mode);
        return mode;
    }
    [[nodiscard]] bool isRaw() const { return (mode().c_lflag & (ICANON | ECHO | ISIG)) == 0; }
    [[nodiscard]] bool isAs(const termios& before) const {
        const termios now = mode();
        return now.c_iflag == before.c_iflag && now.c_oflag == before.c_oflag && now.c_cflag == before.c_cflag &&
               now.c_lflag == before.c_lflag && std::memcmp(now.c_cc, before.c_cc, sizeof now.c_cc) == 0;
    }

private:
    int person_ = -1;
    int program_ = -1;
    std::string name_;
};

/// What a remote terminal was told, message by message.
class Told {
public:
    void add(std::string message) {
        const std::scoped_lock lock(mutex_);
        messages_.push_back(std::move(message));
    }
    [[nodiscard]] std::vector<std::string> all() const {
        const std::scoped_lock lock(mutex_);
        return messages_;
    }
    [[nodiscard]] std::size_t size() const { return all().size(); }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> messages_;
};

}  // namespace

class TestTerminal : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    void start(QProcess& process, const Terminal& terminal, const HostileServer& server, QStringList words) {
        QFile file(folder_.filePath(QStringLiteral("config")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString("current-context: c\nclusters:\n- {name: c, cluster: {server: \"" +
                                             server.url() +
                                             "\"}}\ncontexts:\n- {name: c, context: {cluster: c, namespace: shop}}\n"));
        file.close();
        words.insert(1, file.fileName());
        words.insert(1, QStringLiteral("--kubeconfig"));
        process.setChildProcessModifier([name = terminal.name()] {
            ::setsid();
            const int own = ::open(name.c_str(), O_RDWR);
            ::ioctl(own, TIOCSCTTY, 0);
            ::dup2(own, STDIN_FILENO);
        });
        process.start(QStringLiteral(QUARTERDECK_BINARY_DIR "/app/qdeck"), words);
        QVERIFY2(process.waitForStarted(kPatience), qPrintable(process.errorString()));
    }

    /// A server that notes what the terminal says until "x" is typed, and then ends the command with 3.
    static HostileServer::Handler noting(Told& told) {
        return [&told](const HostileRequest& request, HostileConnection& connection) {
            SocketPeer peer(connection);
            peer.accept(request, "v5.channel.k8s.io");
            peer.channel(1, "$ ");
            while (auto message = peer.message()) {
                told.add(*message);
                if (message->ends_with('x')) {
                    peer.channel(3,
                                 "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[{"
                                 "\"reason\":\"ExitCode\",\"message\":\"3\"}]}}");
                    peer.close();
                    break;
                }
            }
            connection.close();
        };
    }

private slots:
    void keysAndSizesArePassedOnAndTheTerminalIsAsBefore_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("target");
        const auto words = [](const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
        const QByteArray pods = "/api/v1/namespaces/shop/pods/web-0/";
        QTest::newRow("exec") << words("exec -t web-0 -- sh")
                              << pods + "exec?command=sh&stdin=true&stdout=true&tty=true";
        QTest::newRow("exec -it") << words("exec -it web-0 -c main -- sh")
                                  << pods + "exec?command=sh&container=main&stdin=true&stdout=true&tty=true";
        QTest::newRow("attach") << words("attach -it web-0") << pods + "attach?stdin=true&stdout=true&tty=true";
    }
    void keysAndSizesArePassedOnAndTheTerminalIsAsBefore() {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, target);
        Told told;
        const HostileServer server(noting(told));
        const Terminal terminal;
        const termios before = terminal.mode();
        QProcess process;
        start(process, terminal, server, words);
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), std::size_t{1}, kPatience);
        QCOMPARE(told.all()[0], std::string("\4{\"Width\":132,\"Height\":43}"));
        QVERIFY(terminal.isRaw());
        terminal.resize(24, 80);
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), std::size_t{2}, kPatience);
        QCOMPARE(told.all()[1], std::string("\4{\"Width\":80,\"Height\":24}"));
        terminal.type("\3");  // no signal here: the remote terminal makes one
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), std::size_t{3}, kPatience);
        QCOMPARE(told.all()[2], std::string("\0\3", 2));
        terminal.type("ls\r");
        QTRY_VERIFY_WITH_TIMEOUT(told.all().back().ends_with('\r'), kPatience);
        terminal.type("x");
        QVERIFY(process.waitForFinished(kPatience));
        QCOMPARE(process.exitCode(), 3);
        QCOMPARE(process.readAllStandardOutput(), QByteArray("$ "));
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QVERIFY(terminal.isAs(before));
        QCOMPARE(server.log().at(0).target, target.toStdString());
    }

    void howeverItEndsTheTerminalIsAsBefore_data() {
        QTest::addColumn<QString>("how");
        QTest::addColumn<int>("code");
        QTest::newRow("refused") << QStringLiteral("refused") << cli::kNotExecuted;
        QTest::newRow("cut") << QStringLiteral("cut") << cli::kNotExecuted;
        QTest::newRow("no status") << QStringLiteral("goodbye") << cli::kNotExecuted;
        QTest::newRow("SIGTERM") << QStringLiteral("SIGTERM") << cli::kInterrupted;
        QTest::newRow("SIGINT") << QStringLiteral("SIGINT") << cli::kInterrupted;
        QTest::newRow("SIGHUP") << QStringLiteral("SIGHUP") << cli::kInterrupted;
        QTest::newRow("the terminal goes") << QStringLiteral("hang up") << cli::kInterrupted;
    }
    void howeverItEndsTheTerminalIsAsBefore() {
        QFETCH(QString, how);
        QFETCH(int, code);
        std::atomic<bool> end{false};
        std::atomic<bool> speaking{false};
        std::atomic<bool> left{false};
        const HostileServer server([&](const HostileRequest& request, HostileConnection& connection) {
            if (how == QStringLiteral("refused")) {
                connection.answer(403, "application/json", "{\"kind\":\"Status\",\"code\":403,\"message\":\"no\"}");
                return;
            }
            SocketPeer peer(connection);
            peer.accept(request, "v5.channel.k8s.io");
            peer.message();  // the size
            speaking = true;
            if (how == QStringLiteral("cut") || how == QStringLiteral("goodbye")) {
                while (!end && connection.wait(std::chrono::milliseconds(5))) {
                }
                if (how == QStringLiteral("cut")) {
                    connection.reset();
                } else {
                    peer.close();
                    connection.close();
                }
                return;
            }
            while (peer.message()) {
            }
            left = true;
        });
        Terminal terminal;
        const termios before = terminal.mode();
        QProcess process;
        start(process, terminal, server,
              {QStringLiteral("exec"), QStringLiteral("-t"), QStringLiteral("web-0"), QStringLiteral("--"),
               QStringLiteral("sh")});
        if (how != QStringLiteral("refused")) {
            QTRY_VERIFY_WITH_TIMEOUT(speaking && terminal.isRaw(), kPatience);
        }
        end = true;
        const int signal = how == QStringLiteral("SIGTERM")  ? SIGTERM
                           : how == QStringLiteral("SIGINT") ? SIGINT
                           : how == QStringLiteral("SIGHUP") ? SIGHUP
                                                             : 0;
        if (signal != 0) {
            ::kill(static_cast<pid_t>(process.processId()), signal);
        } else if (how == QStringLiteral("hang up")) {
            terminal.hangUp();
        }
        QVERIFY(process.waitForFinished(kPatience));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), code);
        if (how == QStringLiteral("hang up")) {
            QTRY_VERIFY_WITH_TIMEOUT(left, kPatience);  // nothing is left of the terminal to look at
        } else {
            QVERIFY(terminal.isAs(before));
        }
    }

    void leavingAnAttachedProcessTellsItNothing() {
        Told told;
        const HostileServer server(noting(told));
        const Terminal terminal;
        const termios before = terminal.mode();
        QProcess process;
        start(process, terminal, server, {QStringLiteral("attach"), QStringLiteral("-t"), QStringLiteral("web-0")});
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), std::size_t{1}, kPatience);
        ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(kPatience));
        QCOMPARE(process.exitCode(), cli::kInterrupted);
        QVERIFY(server.waitForOpenConnections(0));
        QCOMPARE(told.size(), std::size_t{1});  // its size, and no Ctrl+C
        QVERIFY(terminal.isAs(before));
    }

    void withoutATerminalTheCallIsOff() {
        const HostileServer server(answers::silence());
        QProcess process;
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(QStringLiteral(QUARTERDECK_BINARY_DIR "/app/qdeck"),
                      {QStringLiteral("attach"), QStringLiteral("-t"), QStringLiteral("web-0")});
        QVERIFY(process.waitForFinished(kPatience));
        QCOMPARE(process.exitCode(), cli::kUsage);
        QVERIFY(process.readAllStandardError().contains("needs a terminal"));
        QCOMPARE(server.requestCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestTerminal)
#include "test_terminal.moc"
