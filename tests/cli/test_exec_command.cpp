#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>

#include "app/cli/commands.h"
#include "tests/fakes/socket_peer.h"

using namespace quarterdeck;
using namespace quarterdeck::fakes;

namespace {

struct Outcome {
    int code = 0;
    std::string out;
    std::string err;
};

/// Replaces standard input by a text while it lives.
class Input {
public:
    explicit Input(const std::string& text) : before_(::dup(STDIN_FILENO)) {
        int ends[2];
        if (::pipe(ends) != 0 || ::write(ends[1], text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
            qFatal("no pipe");
        }
        ::close(ends[1]);
        ::dup2(ends[0], STDIN_FILENO);
        ::close(ends[0]);
    }
    ~Input() {
        ::dup2(before_, STDIN_FILENO);
        ::close(before_);
    }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

private:
    int before_;
};

}  // namespace

class TestExecCommand : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    Outcome qdeck(const HostileServer& server, std::vector<std::string> words, const std::string& context = "c") {
        QFile file(folder_.filePath(QStringLiteral("config")));
        const std::string text = "current-context: " + context + "\nclusters:\n- {name: c, cluster: {server: \"" +
                                 server.url() + "\"}}\ncontexts:\n- {name: " + context +
                                 ", context: {cluster: c, namespace: shop}}\n";
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0) {
            qFatal("cannot write the kubeconfig");
        }
        file.close();
        words.insert(words.begin() + 1, {"--kubeconfig", file.fileName().toStdString()});
        std::ostringstream out;
        std::ostringstream err;
        const int code = cli::run(words, out, err);
        return {code, out.str(), err.str()};
    }

private slots:
    void theRemoteCommandsOutputErrorsAndCodeAreOurs() {
        HostileServer server([](const HostileRequest& request, HostileConnection& connection) {
            SocketPeer peer(connection);
            peer.accept(request, "v5.channel.k8s.io");
            peer.channel(1, std::string("out\0put", 7));
            peer.channel(2, "errors");
            peer.channel(3,
                         "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[{\"reason\":"
                         "\"ExitCode\",\"message\":\"3\"}]}}");
            peer.close();
            connection.close();
        });
        const Outcome outcome = qdeck(server, {"exec", "web-0", "-c", "main", "--", "sh", "-c", "exit 3"});
        QCOMPARE(outcome.code, 3);
        QVERIFY(outcome.out == std::string("out\0put", 7));
        QCOMPARE(outcome.err, std::string("errors"));
        QCOMPARE(server.log().at(0).target,
                 std::string("/api/v1/namespaces/shop/pods/web-0/exec?command=sh&command=-c&command=exit%203&container="
                             "main&stdout=true&stderr=true"));
    }

    void standardInputIsPassedOnWithItsEnd() {
        HostileServer server([](const HostileRequest& request, HostileConnection& connection) {
            SocketPeer peer(connection);
            peer.accept(request, "v5.channel.k8s.io");
            std::string input;
            while (auto message = peer.message()) {
                if (static_cast<unsigned char>(message->front()) == 255) {
                    break;
                }
                input += message->substr(1);
            }
            peer.channel(1, input);
            peer.channel(3, "{\"status\":\"Success\"}");
            peer.close();
            connection.close();
        });
        const Input input("a line\n");
        const Outcome outcome = qdeck(server, {"exec", "-i", "-n", "other", "web-0", "--", "cat"});
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
        QCOMPARE(outcome.out, std::string("a line\n"));
        QVERIFY(server.log().at(0).path().starts_with("/api/v1/namespaces/other/pods/"));
    }

    void aLockedContextIsLeftAloneUnlessThatIsMeant_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        QTest::newRow("exec") << QStringList{QStringLiteral("exec"), QStringLiteral("web"), QStringLiteral("--"),
                                             QStringLiteral("ls")}
                              << cli::kNotExecuted;
        QTest::newRow("attach") << QStringList{QStringLiteral("attach"), QStringLiteral("web")} << cli::kNotExecuted;
        QTest::newRow("port-forward") << QStringList{QStringLiteral("port-forward"), QStringLiteral("web"),
                                                     QStringLiteral("0:80")}
                                      << cli::kFailure;
    }
    void aLockedContextIsLeftAloneUnlessThatIsMeant() {
        QFETCH(QStringList, words);
        QFETCH(int, code);
        HostileServer server([](const HostileRequest& request, HostileConnection& connection) {
            SocketPeer peer(connection);
            peer.accept(request, "v5.channel.k8s.io");
            peer.channel(3, R"({"status":"Success"})");
            peer.close();
        });
        std::vector<std::string> given;
        for (const QString& word : words) {
            given.push_back(word.toStdString());
        }
        const Outcome refused = qdeck(server, given, "shop-prod");
        QCOMPARE(refused.code, code);
        QVERIFY2(refused.err.find("context shop-prod is locked") != std::string::npos, refused.err.c_str());
        QVERIFY2(refused.err.find("--yes-production") != std::string::npos, refused.err.c_str());
        QCOMPARE(server.requestCount(), 0);
        if (given.front() == "port-forward") {
            return;  // would go on until it is interrupted
        }
        given.insert(given.begin() + 1, "--yes-production");
        const Outcome meant = qdeck(server, given, "shop-prod");
        QVERIFY2(meant.code == cli::kSuccess, meant.err.c_str());
    }

    void whatCannotBeRunEndsWith125AndItsReason_data() {
        QTest::addColumn<bool>("upgrade");
        QTest::addColumn<QString>("said");
        QTest::newRow("no permission") << false << QStringLiteral("Needs create pods/exec");
        QTest::newRow("ended without a status") << true << QStringLiteral("take it as failed");
    }
    void whatCannotBeRunEndsWith125AndItsReason() {
        QFETCH(bool, upgrade);
        QFETCH(QString, said);
        HostileServer server([&](const HostileRequest& request, HostileConnection& connection) {
            if (upgrade) {
                SocketPeer peer(connection);
                peer.accept(request, "v5.channel.k8s.io");
                peer.close();
                connection.close();
            } else {
                connection.answer(
                    403, "application/json",
                    "{\"kind\":\"Status\",\"code\":403,\"message\":\"pods is forbidden: User \\\"u\\\" cannot "
                    "create resource \\\"pods/exec\\\" in API group \\\"\\\"\"}");
            }
        });
        const Outcome outcome = qdeck(server, {"exec", "web-0", "--", "ls"});
        QCOMPARE(outcome.code, cli::kNotExecuted);
        QVERIFY2(outcome.err.find(said.toStdString()) != std::string::npos, outcome.err.c_str());
    }

    void wrongWordsAreUsageErrors_data() {
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char* name, const char* words) {
            QTest::newRow(name) << QString::fromLatin1(words).split(QLatin1Char(' '));
        };
        row("no pod", "exec -- ls");
        row("no dashes", "exec web-0 ls");
        row("no command", "exec web-0 --");
        row("unknown option", "exec web-0 --fly -- ls");
        row("both inputs", "exec web-0 -i --end-with-connection -- ls");
        row("no ports", "port-forward web-0");
        row("no number", "port-forward web-0 http:80");
        row("port too large", "port-forward web-0 80:65536");
        row("remote port 0", "port-forward web-0 80:0");
    }
    void wrongWordsAreUsageErrors() {
        QFETCH(QStringList, words);
        HostileServer server(answers::silence());
        std::vector<std::string> given;
        for (const QString& word : words) {
            given.push_back(word.toStdString());
        }
        const Outcome outcome = qdeck(server, given);
        QCOMPARE(outcome.code, cli::kUsage);
        QVERIFY(outcome.err.starts_with("qdeck: "));
        QCOMPARE(server.requestCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestExecCommand)
#include "test_exec_command.moc"
