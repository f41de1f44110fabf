// The program from outside: arguments, exit codes, what it leaves behind.

#include <csignal>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr int kPatience = 60'000;

struct Outcome {
    int code = -1;
    QString out;
    QString error;
};

QString program() {
    // The build's own, unless the environment names another.
    const QString named = qEnvironmentVariable("QUARTERDECK_PROGRAM");
    return named.isEmpty() ? QStringLiteral(QUARTERDECK_BINARY_DIR "/ui/quarterdeck") : named;
}

QProcessEnvironment environmentOf(const QString& home, bool offscreen) {
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    if (offscreen) {
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    }
    return environment;
}

/// Runs it with a home of its own; without a display unless `offscreen`.
Outcome run(const QStringList& arguments, const QString& home, bool offscreen = false,
            const std::vector<std::pair<QString, QString>>& more = {}) {
    QProcess process;
    QProcessEnvironment environment = environmentOf(home, offscreen);
    for (const auto& [name, value] : more) {
        environment.insert(name, value);
    }
    process.setProcessEnvironment(environment);
    process.start(program(), arguments);
    if (!process.waitForFinished(kPatience) || process.exitStatus() != QProcess::NormalExit) {
        process.kill();
        process.waitForFinished();
        return {-1, {}, QStringLiteral("it did not end by itself")};
    }
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

}  // namespace

class TestStart : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(QFile::exists(program()), qPrintable(program() + QStringLiteral(" is not built"))); }

    void withoutADisplayItEndsWithThreeAndSaysHowToGoOn() {
        const QTemporaryDir home;
        const Outcome outcome = run({QStringLiteral("--demo")}, home.path());
        QCOMPARE(outcome.code, 3);
        QVERIFY(outcome.error.contains(QStringLiteral("--tour")));
        QVERIFY(outcome.error.contains(QStringLiteral("qdeck")));
    }

    void aDisplayThatDoesNotAnswerEndsWithThreeAndIsNamed_data() {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("display");
        QTest::newRow("an X server that has ended") << "DISPLAY"
                                                    << ":4242";
        QTest::newRow("a cut ssh -X") << "DISPLAY"
                                      << "localhost:4243.0";
        QTest::newRow("a Wayland server that has ended") << "WAYLAND_DISPLAY"
                                                         << "wayland-4242";
    }

    void aDisplayThatDoesNotAnswerEndsWithThreeAndIsNamed() {
        QFETCH(QString, variable);
        QFETCH(QString, display);
        const QTemporaryDir home;
        const Outcome outcome = run({QStringLiteral("--demo")}, home.path(), false,
                                    {{variable, display}, {QStringLiteral("XDG_RUNTIME_DIR"), home.path()}});
        QVERIFY2(outcome.code == 3, qPrintable(outcome.error));
        QVERIFY(outcome.error.contains(display));
        QVERIFY(outcome.error.contains(QStringLiteral("qdeck")));
    }

    void helpAndVersionNeedNoDisplay() {
        const QTemporaryDir home;
        const Outcome help = run({QStringLiteral("--help")}, home.path());
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.contains(QStringLiteral("--demo-incident")));
        const Outcome version = run({QStringLiteral("--version")}, home.path());
        QCOMPARE(version.code, 0);
        QCOMPARE(version.out.trimmed(), QStringLiteral("quarterdeck " QUARTERDECK_VERSION));
    }

    void badArgumentsEndWithTwo() {
        const QTemporaryDir home;
        const Outcome outcome = run({QStringLiteral("--theme"), QStringLiteral("pink")}, home.path());
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.error.contains(QStringLiteral("pink")));
    }

    void theTourNeedsNoDisplayAndLeavesTheHomeAlone() {
        const QTemporaryDir home;
        const QTemporaryDir state;
        const QTemporaryDir pictures;
        const Outcome outcome =
            run({QStringLiteral("--demo"), QStringLiteral("--tour"), pictures.path(), QStringLiteral("--size"),
                 QStringLiteral("1280x720"), QStringLiteral("--state-dir"), state.path()},
                home.path());
        QVERIFY2(outcome.code == 0, qPrintable(outcome.error));
        QFile file(pictures.filePath(QStringLiteral("tour.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(file.readAll()).array().size(), 12);
        QVERIFY(QFile::exists(pictures.filePath(QStringLiteral("gallery-dark.png"))));
        QVERIFY(!QFile::exists(home.filePath(QStringLiteral(".config/quarterdeck"))));
        QVERIFY(!QFile::exists(home.filePath(QStringLiteral(".kube"))));
    }

    void anIncidentThatDoesNotExistIsAnError() {
        const QTemporaryDir home;
        const QTemporaryDir pictures;
        const Outcome outcome =
            run({QStringLiteral("--demo"), QStringLiteral("--demo-incident"), QStringLiteral("no-such-thing"),
                 QStringLiteral("--tour"), pictures.path(), QStringLiteral("--state-dir"), home.path()},
                home.path());
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.error.contains(QStringLiteral("no-such-thing")));
    }

    void itEndsAfterTheFirstFrameWhenAsked() {
        const QTemporaryDir home;
        const Outcome outcome =
            run({QStringLiteral("--exit-after-first-frame"), QStringLiteral("--state-dir"), home.path()}, home.path(),
                true);
        QVERIFY2(outcome.code == 0, qPrintable(outcome.error));
    }

    void theDesktopsEntryStartsWhatIsInstalledAndTakesLinks() {
        const QTemporaryDir prefix;
        QProcess process;
        process.start(QStringLiteral("cmake"), {QStringLiteral("--install"), QStringLiteral(QUARTERDECK_BINARY_DIR),
                                                QStringLiteral("--prefix"), prefix.path()});
        QVERIFY(process.waitForFinished(kPatience));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        QVERIFY(QFile::exists(prefix.filePath(QStringLiteral("bin/qdeck"))));
        QVERIFY(QFile::exists(prefix.filePath(
            QStringLiteral("share/icons/hicolor/scalable/apps/io.github.quarterdeck.Quarterdeck.svg"))));
        const QString path =
            prefix.filePath(QStringLiteral("share/applications/io.github.quarterdeck.Quarterdeck.desktop"));
        QFile entry(path);
        QVERIFY(entry.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(entry.readAll());
        const QString installed = prefix.filePath(QStringLiteral("bin/quarterdeck"));
        QVERIFY2(text.contains(QStringLiteral("Exec=\"%1\" %u\n").arg(installed)), qPrintable(text));
        QVERIFY(QFileInfo(installed).isExecutable());
        QVERIFY(text.contains(QStringLiteral("MimeType=x-scheme-handler/quarterdeck;")));
        process.start(QStringLiteral("desktop-file-validate"), {path});
        QVERIFY2(process.waitForFinished(kPatience) && process.exitCode() == 0,
                 process.readAllStandardOutput().constData());
    }

    void itTellsWhenTheFirstPageIsCompleteWhenAsked() {
        const QTemporaryDir home;
        QProcess process;
        process.setProcessEnvironment(environmentOf(home.path(), true));
        process.start(program(),
                      {QStringLiteral("--demo"), QStringLiteral("--report-complete"), QStringLiteral("--location"),
                       QStringLiteral("quarterdeck://pods"), QStringLiteral("--state-dir"), home.path()});
        const auto end = qScopeGuard([&] {
            process.kill();
            process.waitForFinished();
        });
        QVERIFY(process.waitForReadyRead(kPatience));
        const QList<QByteArray> words = process.readLine().trimmed().split(' ');
        QCOMPARE(words.size(), 3);
        QCOMPARE(words[0], QByteArray("complete"));
        QCOMPARE(words[1], QByteArray("pods"));
        QVERIFY(words[2].toInt() > 0);
    }

    void whoAsksItToEndLosesNothing_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C in the terminal") << SIGINT;
        QTest::newRow("the terminal's end") << SIGHUP;
        QTest::newRow("the end of the session") << SIGTERM;
    }
    void whoAsksItToEndLosesNothing() {
        QFETCH(int, signal);
        const QTemporaryDir home;
        QVERIFY(QDir(home.path()).mkdir(QStringLiteral("tmp")));
        QProcessEnvironment environment = environmentOf(home.path(), true);
        environment.insert(QStringLiteral("TMPDIR"), home.filePath(QStringLiteral("tmp")));
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(program(), {QStringLiteral("--demo"), QStringLiteral("--report-complete"),
                                  QStringLiteral("--location"), QStringLiteral("quarterdeck://pods"),
                                  QStringLiteral("--state-dir"), home.filePath(QStringLiteral("state"))});
        QVERIFY(process.waitForReadyRead(kPatience));
        QCOMPARE(QDir(home.filePath(QStringLiteral("tmp"))).entryList({QStringLiteral("quarterdeck-*")}).size(), 1);
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
        QVERIFY2(process.waitForFinished(kPatience), "it did not end");
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 128 + signal);
        QVERIFY(QFile::exists(home.filePath(QStringLiteral("state/config/settings.json"))));
        QVERIFY(QDir(home.filePath(QStringLiteral("tmp"))).entryList({QStringLiteral("quarterdeck-*")}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStart)
#include "test_start.moc"
