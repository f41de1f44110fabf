// The scripts that people run, on systems of all kinds: their tools are stand-ins that note how they were called.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "tests/fakes/plain_fork.h"

namespace {

constexpr int kPatience = 60'000;

struct Outcome {
    int code = -1;
    QString out;
    QString err;
    QStringList calls;  ///< of stand-ins, one line each
};

/// A machine with a checkout of the project. Only what is put into its search path can be called.
class Machine {
public:
    explicit Machine(const char* release = "ID=debian\nVERSION_ID=12\nPRETTY_NAME='Debian 12'\n") {
        for (const char* folder : {"bin", "project/app", "project/ui", "project/widgets", "project/resources",
                                   "project/packaging/cmake", "project/tests", "project/build/release/ui"}) {
            root_.mkpath(QString::fromUtf8(folder));
        }
        for (const char* tool :
             {"bash", "env", "dirname", "sed", "cat", "find", "mkdir", "touch", "cksum", "mktemp", "rm", "printf"}) {
            QFile::link(QStandardPaths::findExecutable(QString::fromUtf8(tool)),
                        path("bin/") + QString::fromUtf8(tool));
        }
        for (const char* script : {"packaging/run", "packaging/dependencies.sh", "tests/run"}) {
            QFile::copy(QStringLiteral(QUARTERDECK_SOURCE_DIR "/") + QString::fromUtf8(script),
                        path("project/") + QString::fromUtf8(script));
        }
        write("project/CMakeLists.txt", "");
        write("project/CMakePresets.json", "{}");
        write("project/app/main.cpp", "");
        write("os-release", release);
        environment_.insert(QStringLiteral("PATH"), path("bin"));
        environment_.insert(QStringLiteral("HOME"), path("home"));
        environment_.insert(QStringLiteral("QUARTERDECK_OS_RELEASE"), path("os-release"));
        is("id", "echo 1000");
    }

    /// The command notes its words; then `rest` decides.
    void is(const char* command, const char* rest = "") {
        const QString file = path("bin/") + QString::fromUtf8(command);
        write(qPrintable(QStringLiteral("bin/") + QString::fromUtf8(command)),
              "#!" + path("bin/bash").toUtf8() + "\nprintf '%s\\n' \"" + command + " $*\" >>'" +
                  path("calls").toUtf8() + "'\n" + rest + "\n");
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    /// Every package is there but these.
    void lacks(const QByteArray& packages) {
        is("dpkg-query", "shift 3; for name in \"$@\"; do case \" " + packages +
                             " \" in *\" $name \"*) ;; *) echo \"$name installed\" ;; esac; done");
    }
    void lacksNothing() { lacks("-"); }
    void is(const char* command, const QByteArray& rest) { is(command, rest.constData()); }
    void set(const char* variable, const char* value) {
        environment_.insert(QString::fromUtf8(variable), QString::fromUtf8(value));
    }
    /// A console was built, before or after the last change of a source.
    void hasConsole(bool upToDate) {
        write("project/build/release/ui/quarterdeck", "#!" + path("bin/bash").toUtf8() +
                                                          "\necho \"console $*\"\nprintf 'in %s\\n' \"$PWD\" >>'" +
                                                          path("calls").toUtf8() + "'\n");
        QFile::setPermissions(path("project/build/release/ui/quarterdeck"),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const QDateTime built = QDateTime::currentDateTime().addSecs(upToDate ? 3600 : -3600);
        QFile file(path("project/build/release/ui/quarterdeck"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(built, QFileDevice::FileModificationTime));
    }
    [[nodiscard]] Outcome run(const char* script, const QStringList& words) const {
        QProcess process;
        process.setProcessEnvironment(environment_);
        process.setWorkingDirectory(root_.path());
        process.start(path("bin/bash"), QStringList{path("project/") + QString::fromUtf8(script)} + words);
        Outcome outcome;
        if (process.waitForFinished(kPatience) && process.exitStatus() == QProcess::NormalExit) {
            outcome.code = process.exitCode();
        }
        outcome.out = QString::fromUtf8(process.readAllStandardOutput());
        outcome.err = QString::fromUtf8(process.readAllStandardError());
        QFile calls(path("calls"));
        if (calls.open(QIODevice::ReadOnly)) {
            outcome.calls = QString::fromUtf8(calls.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        }
        return outcome;
    }
    [[nodiscard]] QString path(const char* inside) const { return root_.filePath(QString::fromUtf8(inside)); }

private:
    void write(const char* inside, const QByteArray& text) const {
        QFile file(path(inside));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(text), text.size());
    }

    QTemporaryDir folder_;
    QDir root_{folder_.path()};
    QProcessEnvironment environment_;
};

/// Lines that begin with that command.
QStringList callsOf(const Outcome& outcome, const char* command) {
    QStringList found;
    for (const QString& line : outcome.calls) {
        if (line.startsWith(QString::fromUtf8(command) + QLatin1Char(' '))) {
            found << line;
        }
    }
    return found;
}

}  // namespace

class TestScripts : public QObject {
    Q_OBJECT

private slots:
    void anotherDistributionIsToldWhatIsMissing_data() {
        QTest::addColumn<QByteArray>("release");
        QTest::addColumn<QString>("name");
        QTest::newRow("ubuntu") << QByteArray("ID=ubuntu\nVERSION_ID=24.04\nPRETTY_NAME='Ubuntu 24.04'\n")
                                << QStringLiteral("Ubuntu 24.04");
        QTest::newRow("debian 11") << QByteArray("ID=debian\nVERSION_ID=11\nPRETTY_NAME='Debian 11'\n")
                                   << QStringLiteral("Debian 11");
        QTest::newRow("unknown") << QByteArray() << QStringLiteral("this system");
    }
    void anotherDistributionIsToldWhatIsMissing() {
        QFETCH(QByteArray, release);
        QFETCH(QString, name);
        Machine machine(release.constData());
        machine.lacks("cmake qt6-svg-dev");
        machine.is("apt-get");
        machine.is("sudo");
        const Outcome outcome = machine.run("packaging/run", {QStringLiteral("--tour"), QStringLiteral("x")});
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(name), qPrintable(outcome.err));
        QVERIFY2(outcome.err.contains(QStringLiteral("  cmake qt6-svg-dev")), qPrintable(outcome.err));
        QVERIFY(callsOf(outcome, "apt-get").isEmpty() && callsOf(outcome, "sudo").isEmpty());
    }

    void aSystemWithoutDebianPackagesGoesOnWhenToldThatAllIsThere() {
        Machine machine("ID=fedora\nVERSION_ID=43\nPRETTY_NAME='Fedora Linux 43'\n");
        machine.hasConsole(true);
        const Outcome refused = machine.run("packaging/run", {QStringLiteral("--help")});
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains(QStringLiteral("Fedora Linux 43 has no Debian packages")),
                 qPrintable(refused.err));
        QVERIFY(refused.err.contains(QStringLiteral("libyaml-cpp-dev")));
        QVERIFY(refused.err.contains(QStringLiteral("QUARTERDECK_PACKAGES_PRESENT=1")));
        machine.set("QUARTERDECK_PACKAGES_PRESENT", "1");
        const Outcome started = machine.run("packaging/run", {QStringLiteral("--help")});
        QCOMPARE(started.code, 0);
        QCOMPARE(started.out, QStringLiteral("console --help\n"));
    }

    void withoutRootOrSudoTheCommandToTypeIsNamed() {
        Machine machine;
        machine.lacks("cmake");
        machine.is("apt-get");
        const Outcome outcome = machine.run("packaging/run", {QStringLiteral("--help")});
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(QStringLiteral("apt-get install --no-install-recommends cmake\n")),
                 qPrintable(outcome.err));
        QVERIFY(callsOf(outcome, "apt-get").isEmpty());
    }

    void onlyWhatIsMissingIsInstalled_data() {
        QTest::addColumn<QByteArray>("release");
        QTest::addColumn<bool>("root");
        QTest::addColumn<QString>("call");
        QTest::newRow("sudo on 12") << QByteArray("ID=debian\nVERSION_ID=12\n") << false
                                    << QStringLiteral(
                                           "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y "
                                           "--no-install-recommends cmake ccache");
        QTest::newRow("root on 13") << QByteArray("ID=debian\nVERSION_ID=13\n") << true
                                    << QStringLiteral("apt-get install -q -y --no-install-recommends cmake ccache");
    }
    void onlyWhatIsMissingIsInstalled() {
        QFETCH(QByteArray, release);
        QFETCH(bool, root);
        QFETCH(QString, call);
        Machine machine(release.constData());
        machine.lacks("cmake ccache");
        machine.is("apt-get");
        if (root) {
            machine.is("id", "echo 0");
        } else {
            machine.is("sudo");
        }
        machine.hasConsole(true);
        const Outcome outcome = machine.run("packaging/run", {QStringLiteral("--help")});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.calls.contains(call), qPrintable(outcome.calls.join(QLatin1Char('\n'))));
    }

    void aFailedUpdateSaysWhatToLookAt() {
        Machine machine;
        machine.lacks("cmake");
        machine.is("id", "echo 0");
        machine.is("apt-get", "exit 100");
        const Outcome outcome = machine.run("packaging/run", {QStringLiteral("--help")});
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(QStringLiteral("check the network and /etc/apt/sources.list")),
                 qPrintable(outcome.err));
        QCOMPARE(callsOf(outcome, "apt-get").size(), 1);
    }

    void withoutADisplayNothingIsInstalledOrBuilt() {
        Machine machine;
        machine.lacks("cmake");
        const Outcome outcome = machine.run("packaging/run", {QStringLiteral("--demo")});
        QCOMPARE(outcome.code, 3);
        QVERIFY2(outcome.err.contains(QStringLiteral("--tour DIR")), qPrintable(outcome.err));
        QVERIFY(outcome.calls.isEmpty());
    }

    void aSecondStartOnlyLooksForNewerSources() {
        Machine machine;
        machine.lacksNothing();
        machine.is("cmake", "exit 1");
        machine.set("DISPLAY", ":7");
        machine.hasConsole(true);
        const Outcome second = machine.run("packaging/run", {QStringLiteral("--demo")});
        QCOMPARE(second.code, 0);
        QCOMPARE(second.out, QStringLiteral("console --demo\n"));
        QVERIFY2(callsOf(second, "cmake").isEmpty(), qPrintable(second.calls.join(QLatin1Char('\n'))));
        QCOMPARE(callsOf(second, "dpkg-query").size(), 1);

        // Files that are named are the caller's, wherever the project is.
        QVERIFY2(second.calls.contains(QStringLiteral("in ") + QDir(machine.path("")).canonicalPath()),
                 qPrintable(second.calls.join(QLatin1Char('\n'))));

        machine.hasConsole(false);
        const Outcome changed = machine.run("packaging/run", {QStringLiteral("--demo")});
        QCOMPARE(callsOf(changed, "cmake").size(), 1);
        QCOMPARE(changed.code, 1);  // nothing old is opened where the build failed
        QVERIFY(changed.out.isEmpty());
    }

    void wrongWordsAreRefusedBeforeAnythingElse_data() {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* script, const QStringList& words, const char* reason) {
            QTest::newRow(qPrintable(words.join(QLatin1Char(' '))))
                << QString::fromUtf8(script) << words << QString::fromUtf8(reason);
        };
        row("packaging/run", {QStringLiteral("--install"), QStringLiteral("--demo")}, "takes a folder");
        row("packaging/run", {QStringLiteral("--install"), QStringLiteral("a"), QStringLiteral("b")},
            "nothing may follow");
        row("tests/run", {QStringLiteral("--fly")}, "unknown option --fly");
        row("tests/run", {QStringLiteral("--cluster")}, "needs root");
    }
    void wrongWordsAreRefusedBeforeAnythingElse() {
        QFETCH(QString, script);
        QFETCH(QStringList, words);
        QFETCH(QString, reason);
        Machine machine;
        machine.lacks("cmake");
        const Outcome outcome = machine.run(qPrintable(script), words);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(reason), qPrintable(outcome.err));
        QVERIFY(callsOf(outcome, "dpkg-query").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestScripts)
#include "test_scripts.moc"
