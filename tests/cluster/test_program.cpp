// The program qdeck itself on a real kubelet: exec, attach and port-forward.

#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX

#include <QFile>
#include <QTest>

#include "tests/cluster/exec_support.h"
#include "tests/http/http_support.h"

using namespace quarterdeck;
using namespace quarterdeck::testbed;

namespace {

constexpr int kPatience = 120'000;

/// Its main process waits for lines on its input and ends at "end".
constexpr const char* kListener =
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: quarterdeck-listener, namespace: bakery-ia}\n"
    "spec:\n"
    "  restartPolicy: Never\n"
    "  terminationGracePeriodSeconds: 1\n"
    "  containers:\n"
    "  - name: main\n"
    "    image: testbed.local/postgres:15\n"
    "    imagePullPolicy: Never\n"
    "    stdin: true\n"
    "    command: [sh, -c, 'while read line; do echo \"heard $line\"; [ \"$line\" != end ] || exit 0; done']\n";

}  // namespace

class TestProgram : public QObject {
    Q_OBJECT

    std::unique_ptr<Testbed> testbed_;
    QTemporaryDir folder_;

    Testbed::Run kubectl(const QString& words) const {
        return testbed_->kubectl(QStringList{QStringLiteral("--context"), QStringLiteral("admin"), QStringLiteral("-n"),
                                             QStringLiteral("bakery-ia")} +
                                 QProcess::splitCommand(words));
    }
    [[nodiscard]] QString podOf(const char* name) const {
        return QString::fromStdString(testbed::podOf(*testbed_, name));
    }
    static void start(QProcess& process, const QString& command, const QStringList& words) {
        process.start(QStringLiteral(QUARTERDECK_BINARY_DIR "/app/qdeck"),
                      QStringList{command, QStringLiteral("--kubeconfig"),
                                  QString::fromStdString(Testbed::kubeconfigPath()), QStringLiteral("--context"),
                                  QStringLiteral("admin"), QStringLiteral("-n"), QStringLiteral("bakery-ia")} +
                          words);
        QVERIFY2(process.waitForStarted(kPatience), qPrintable(process.errorString()));
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(Testbed::missing().empty(), Testbed::missing().c_str());
        if (Testbed::shape() != "real") {
            QSKIP("needs a node that runs containers (tests/cluster/up real)");
        }
        testbed_ = std::make_unique<Testbed>();
    }
    void cleanupTestCase() {
        if (testbed_) {
            kubectl(QStringLiteral("delete pod quarterdeck-listener --ignore-not-found --wait --timeout=60s"));
        }
    }

    void execEndsWithTheCommandsCode_data() {
        QTest::addColumn<int>("code");
        QTest::newRow("0") << 0;
        QTest::newRow("3") << 3;
    }
    void execEndsWithTheCommandsCode() {
        QFETCH(int, code);
        QProcess process;
        start(
            process, QStringLiteral("exec"),
            {podOf("auth-db"), QStringLiteral("-c"), QStringLiteral("postgres"), QStringLiteral("--"),
             QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("echo good; echo bad >&2; exit %1").arg(code)});
        QVERIFY(process.waitForFinished(kPatience));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.readAllStandardOutput(), QByteArray("good\n"));
        QCOMPARE(process.readAllStandardError(), QByteArray("bad\n"));
        QCOMPARE(process.exitCode(), code);
    }

    void attachSpeaksWithTheContainersOwnProcess() {
        QFile file(folder_.filePath(QStringLiteral("pod.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kListener);
        file.close();
        kubectl(QStringLiteral("delete pod quarterdeck-listener --ignore-not-found --wait --timeout=60s"));
        const auto made = kubectl(QStringLiteral("apply -f ") + file.fileName());
        QVERIFY2(made.code == 0, made.error.c_str());
        const auto ready =
            kubectl(QStringLiteral("wait --for=condition=Ready pod/quarterdeck-listener --timeout=120s"));
        QVERIFY2(ready.code == 0, ready.error.c_str());
        // Leaving it ends nothing there.
        QProcess first;
        start(first, QStringLiteral("attach"), {QStringLiteral("-i"), QStringLiteral("quarterdeck-listener")});
        first.write("one\n");
        QByteArray heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard += first.readAllStandardOutput()) == "heard one\n", kPatience);
        first.terminate();
        QVERIFY(first.waitForFinished(kPatience));
        QCOMPARE(first.exitCode(), 130);
        QProcess second;
        start(second, QStringLiteral("attach"), {QStringLiteral("-i"), QStringLiteral("quarterdeck-listener")});
        second.write("two\n");
        heard.clear();
        QTRY_VERIFY_WITH_TIMEOUT((heard += second.readAllStandardOutput()) == "heard two\n", kPatience);
        second.write("end\n");
        QVERIFY(second.waitForFinished(kPatience));
        const QByteArray errors = second.readAllStandardError();
        QVERIFY2(second.exitCode() == 0, errors.constData());
        QCOMPARE(second.readAllStandardOutput(), QByteArray("heard end\n"));
    }

    void portForwardLeadsIntoThePodUntilItIsEnded() {
        QProcess process;
        start(process, QStringLiteral("port-forward"), {podOf("gateway"), QStringLiteral("0:8000")});
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT((said += process.readAllStandardOutput()).contains('\n'), kPatience);
        QVERIFY2(said.startsWith("127.0.0.1:"), said.constData());
        const QByteArray port = said.mid(10, said.indexOf(' ') - 10);
        http::HttpTransport web(http::endpointFor("http://127.0.0.1:" + port.toStdString()), nullptr,
                                std::make_shared<SystemClock>());
        const auto answer = web.send(http::get("/health/live"), {});
        QVERIFY2(answer, answer ? "" : describe(answer.error()).c_str());
        QCOMPARE(answer->head.status, 200);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(kPatience));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestProgram)
#include "test_program.moc"
