#include <thread>

#include <QElapsedTimer>

#include "app/kubeconfig/login_shell.h"
#include "tests/kubeconfig/kubeconfig_helpers.h"

using namespace quarterdeck::kubeconfig;
using namespace quarterdeck::kubeconfig::test;
using namespace std::chrono_literals;

namespace {

LoginShell::Options optionsFor(const std::string& shell) {
    LoginShell::Options options;
    options.shell = shell;
    options.processPath = "/usr/bin:/bin";
    options.environment = {"PATH=/usr/bin:/bin"};
    options.timeLimit = 20s;
    return options;
}

}  // namespace

class TestLoginShell : public QObject {
    Q_OBJECT
private slots:
    void aRealShellTellsThePathOfItsStartUpFiles() {
        const Folder folder;
        folder.write(".bash_profile", "echo noise; PATH=\"$HOME/own bin:$PATH\"; export PATH\n");
        LoginShell::Options options = optionsFor("/bin/bash");
        options.environment.push_back("HOME=" + folder.path());
        LoginShell shell(options);
        const std::string path = shell.path();
        VERIFY_CONTAINS(path, folder.path("own bin") + ":");
        VERIFY_CONTAINS(path, "/usr/bin");
    }

    void noiseAroundThePathIsIgnored() {
        const Folder folder;
        LoginShell shell(
            optionsFor(folder.script("sh",
                                     "echo Welcome; echo quarterdeck-path-begin; echo /opt/x:relative::/usr/bin; echo "
                                     "quarterdeck-path-end; echo bye; exit 3\n")));
        COMPARE_TEXT(shell.path(), "/opt/x:/usr/bin:/bin");
    }

    void theShellIsAskedOnce() {
        const Folder folder;
        LoginShell shell(optionsFor(folder.script("sh", "echo x >> \"$0.runs\"\nexit 1\n")));
        std::vector<std::jthread> callers;
        for (int i = 0; i < 4; ++i) {
            callers.emplace_back([&] { static_cast<void>(shell.path()); });
        }
        callers.clear();
        COMPARE_TEXT(shell.path(), "/usr/bin:/bin");
        QFile runs(QString::fromStdString(folder.path("sh.runs")));
        QVERIFY(runs.open(QIODevice::ReadOnly));
        QCOMPARE(runs.readAll().count('\n'), 1);
    }

    void aHangingShellFallsBack() {
        const Folder folder;
        LoginShell::Options options = optionsFor(folder.script("sh", "sleep 600\n"));
        options.timeLimit = 200ms;
        LoginShell shell(options);
        QElapsedTimer timer;
        timer.start();
        COMPARE_TEXT(shell.path(), "/usr/bin:/bin");
        QVERIFY(timer.elapsed() < 10'000);
    }

    void aMissingShellFallsBack_data() {
        QTest::addColumn<QString>("shell");
        QTest::newRow("missing") << "/nowhere/shell";
        QTest::newRow("unset") << "";
        QTest::newRow("relative") << "sh";
        QTest::newRow("says nothing") << "/bin/true";
    }
    void aMissingShellFallsBack() {
        QFETCH(QString, shell);
        LoginShell asked(optionsFor(shell.toStdString()));
        COMPARE_TEXT(asked.path(), "/usr/bin:/bin");
    }

    void aCancelledQuestionIsAskedAgain() {
        const Folder folder;
        LoginShell shell(
            optionsFor(folder.script("sh", "echo quarterdeck-path-begin; echo /opt/x; echo quarterdeck-path-end\n")));
        std::stop_source stop;
        stop.request_stop();
        COMPARE_TEXT(shell.path(stop.get_token()), "/usr/bin:/bin");
        COMPARE_TEXT(shell.path(), "/opt/x:/usr/bin:/bin");
    }
};

QTEST_GUILESS_MAIN(TestLoginShell)
#include "test_login_shell.moc"
