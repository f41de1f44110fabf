#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/settings/settings.h"

using namespace quarterdeck;
using namespace quarterdeck::settings;

namespace {

struct Bench {
    QTemporaryDir folder;
    Paths paths = Paths::resolve({}, folder.path().toStdString());

    [[nodiscard]] QString file() const { return QString::fromStdString(paths.settingsFile()); }
    void write(const QByteArray& content) const {
        QDir().mkpath(QString::fromStdString(paths.configDir));
        QFile out(file());
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size()) {
            qFatal("cannot write");
        }
    }
    [[nodiscard]] static QByteArray read(const QString& name) {
        QFile in(name);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("(missing)");
    }
    [[nodiscard]] QStringList names() const {
        return QDir(QString::fromStdString(paths.configDir)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }
};

Settings filled() {
    Settings settings;
    settings.theme = Theme::Dark;
    settings.utcTimes = true;
    settings.contrast = Contrast::High;
    settings.textScale = 1.25;
    settings.views["pods.columns"] = "status,name";
    settings.lastKubeconfig = "/k/config";
    settings.lastOpenContexts = {"a", "b/ü"};
    settings.contextsRemembered = true;
    settings.windowGeometry = "AdnQ";
    settings.lastLocation = "quarterdeck://pods?context=a";
    settings.moreLocations = {"quarterdeck://nodes", "quarterdeck://events"};
    settings.moreGeometries = {"AAAA", ""};
    settings.quietFrom = 22 * 60;
    settings.quietTo = 7 * 60;
    settings.clusters["https://a sha256:1"] = {true, false, "/opt/bin", {"shop", "till"}};
    settings.clusters["https://b system-roots"] = {};
    return settings;
}

}  // namespace

class TestSettings : public QObject {
    Q_OBJECT
private slots:
    void theXdgFoldersAreObeyed_data() {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("data");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("expectedConfig");
        QTest::addColumn<QString>("expectedData");
        QTest::newRow("unset") << ""
                               << ""
                               << ""
                               << "/h/.config/quarterdeck"
                               << "/h/.local/share/quarterdeck";
        QTest::newRow("set") << "/c"
                             << "/d"
                             << ""
                             << "/c/quarterdeck"
                             << "/d/quarterdeck";
        QTest::newRow("relative is ignored") << "c"
                                             << "d"
                                             << ""
                                             << "/h/.config/quarterdeck"
                                             << "/h/.local/share/quarterdeck";
        QTest::newRow("state folder") << "/c"
                                      << "/d"
                                      << "/s"
                                      << "/s/config"
                                      << "/s/data";
        QTest::newRow("state folder with slash") << ""
                                                 << ""
                                                 << "/s/x/"
                                                 << "/s/x/config"
                                                 << "/s/x/data";
        QTest::newRow("relative state folder") << ""
                                               << ""
                                               << "s" << QDir::currentPath() + QStringLiteral("/s/config")
                                               << QDir::currentPath() + QStringLiteral("/s/data");
    }
    void theXdgFoldersAreObeyed() {
        QFETCH(QString, config);
        QFETCH(QString, data);
        QFETCH(QString, state);
        QFETCH(QString, expectedConfig);
        QFETCH(QString, expectedData);
        const Paths paths = Paths::resolve({"/h", config.toStdString(), data.toStdString()}, state.toStdString());
        QCOMPARE(QString::fromStdString(paths.configDir), expectedConfig);
        QCOMPARE(QString::fromStdString(paths.dataDir), expectedData);
    }

    void aMissingFileGivesDefaultsAndWritesNothing() {
        const Bench bench;
        const LoadedSettings loaded = loadSettings(bench.paths);
        QVERIFY(!loaded.problem);
        QVERIFY(loaded.settings == Settings{});
        QVERIFY(!QFile::exists(QString::fromStdString(bench.paths.configDir)));
    }

    void whatIsSavedIsLoadedAgain() {
        const Bench bench;
        const auto saved = saveSettings(bench.paths, filled());
        QVERIFY2(saved.has_value(), saved ? "" : describe(saved.error()).c_str());
        LoadedSettings loaded = loadSettings(bench.paths);
        QVERIFY(!loaded.problem);
        loaded.settings.unknown = nlohmann::json::object();
        QVERIFY(loaded.settings == filled());
    }

    void filesArePrivateAndNothingIsLeftBeside() {
        const Bench bench;
        QVERIFY(saveSettings(bench.paths, filled()).has_value());
        QVERIFY(saveSettings(bench.paths, filled()).has_value());
        struct stat info {};
        QCOMPARE(::stat(bench.paths.settingsFile().c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777U, 0600U);
        QCOMPARE(::stat(bench.paths.configDir.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777U, 0700U);
        QCOMPARE(bench.names(), QStringList{QStringLiteral("settings.json")});
    }

    void unknownKeysAreKept() {
        const Bench bench;
        bench.write(R"({"future": {"a": [1, 2]}, "theme": "light", "clusters": {"k": {"locked": true, "later": 5}}})");
        LoadedSettings loaded = loadSettings(bench.paths);
        QVERIFY(!loaded.problem);
        QCOMPARE(loaded.settings.theme, Theme::Light);
        loaded.settings.theme = Theme::Dark;
        loaded.settings.clusters["k"].locked.reset();
        QVERIFY(saveSettings(bench.paths, loaded.settings).has_value());
        const auto written = nlohmann::json::parse(bench.read(bench.file()).toStdString());
        QVERIFY(written["future"] == nlohmann::json::parse(R"({"a": [1, 2]})"));
        QVERIFY(written["theme"] == "dark");
        QVERIFY(written["clusters"]["k"]["later"] == 5);
        QVERIFY(!written["clusters"]["k"].contains("locked"));
    }

    void aBrokenFileIsKeptAside_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("zero bytes") << QByteArray(64, '\0');
        QTest::newRow("half") << QByteArray("{\"theme\": \"dark");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("deep") << "{\"x\":" + QByteArray(50'000, '[') + QByteArray(50'000, ']') + "}";
        QTest::newRow("rubbish") << QByteArray("\xff\xfe\x01");
        QTest::newRow("too large") << "{\"x\":\"" + QByteArray(5 << 20, 'x') + "\"}";
    }
    void aBrokenFileIsKeptAside() {
        QFETCH(QByteArray, content);
        const Bench bench;
        bench.write(content);
        const LoadedSettings loaded = loadSettings(bench.paths);
        QVERIFY(loaded.problem.has_value());
        QVERIFY(loaded.problem->is(kSettingsBroken));
        QVERIFY(loaded.settings == Settings{});
        QCOMPARE(bench.names(), QStringList{QStringLiteral("settings.json.broken-1")});
        QCOMPARE(bench.read(bench.file() + QStringLiteral(".broken-1")), content);
        const QString said = QString::fromStdString(describe(*loaded.problem));
        QVERIFY2(said.contains(QStringLiteral("settings.json.broken-1")) && said.contains(bench.file()),
                 qPrintable(said));
        QVERIFY(saveSettings(bench.paths, filled()).has_value());
        QCOMPARE(bench.read(bench.file() + QStringLiteral(".broken-1")), content);
    }

    void brokenFilesNeverReplaceEachOther() {
        const Bench bench;
        for (const char* content : {"one", "two", "three"}) {
            bench.write(content);
            QVERIFY(loadSettings(bench.paths).problem.has_value());
        }
        QCOMPARE(bench.read(bench.file() + QStringLiteral(".broken-1")), QByteArray("one"));
        QCOMPARE(bench.read(bench.file() + QStringLiteral(".broken-3")), QByteArray("three"));
    }

    void aFolderInPlaceOfTheFileIsKeptAsideToo() {
        const Bench bench;
        QVERIFY(QDir().mkpath(bench.file() + QStringLiteral("/inner")));
        QVERIFY(loadSettings(bench.paths).problem->is(kSettingsBroken));
        QVERIFY(QFile::exists(bench.file() + QStringLiteral(".broken-1/inner")));
    }

    void aValueThatIsNotUnderstoodCostsOnlyItself() {
        const Bench bench;
        const QByteArray content =
            R"({"theme": "neon", "utcTimes": true, "lastLocation": 5, "lastOpenContexts": ["a", 1], )"
            R"("clusters": {"k": {"production": "x", "locked": true}}})";
        bench.write(content);
        const LoadedSettings loaded = loadSettings(bench.paths);
        QVERIFY(loaded.problem->is(kSettingsValue));
        const QString said = QString::fromStdString(describe(*loaded.problem));
        QVERIFY2(said.contains(QStringLiteral("theme, lastOpenContexts, lastLocation, clusters.k.production")),
                 qPrintable(said));
        QVERIFY(loaded.settings.utcTimes);
        QVERIFY(loaded.settings.clusters.at("k").locked == true);
        QVERIFY(loadSettings(bench.paths).problem.has_value());
        QVERIFY(saveSettings(bench.paths, loaded.settings).has_value());
        QCOMPARE(bench.read(bench.file() + QStringLiteral(".broken-1")), content);
        QCOMPARE(bench.names().size(), 2);
        QVERIFY(!loadSettings(bench.paths).problem);
    }

    void aFailedSaveLeavesTheFileAndSaysWhy() {
        const Bench bench;
        QFile blocker(QString::fromStdString(bench.paths.configDir));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        const auto saved = saveSettings(bench.paths, filled());
        QVERIFY(!saved.has_value());
        QVERIFY(saved.error().is(kSettingsNotSaved));
        QVERIFY(QString::fromStdString(describe(saved.error())).contains(QStringLiteral("settings.json")));
    }

    void aLinkedFileStaysALink() {
        const Bench bench;
        bench.write("{}");
        const QString real = bench.folder.path() + QStringLiteral("/dotfiles.json");
        QVERIFY(QFile::rename(bench.file(), real));
        QVERIFY(QFile::link(real, bench.file()));
        QVERIFY(saveSettings(bench.paths, filled()).has_value());
        QVERIFY(QFileInfo(bench.file()).isSymLink());
        QVERIFY(bench.read(real).contains("dark"));
    }

    void clustersAreToldApartByUrlAndCa() {
        QCOMPARE(clusterKey("https://a/", "x"), clusterKey("https://a", "x"));
        QVERIFY(clusterKey("https://a", "x") != clusterKey("https://b", "x"));
        QVERIFY(clusterKey("https://a", "x") != clusterKey("https://a", "y"));
        QVERIFY(clusterKey("https://a", "x") != clusterKey("https://a", ""));
        const QString key = QString::fromStdString(clusterKey("https://u:CANARY@a:1/p@q", ""));
        QCOMPARE(key, QStringLiteral("https://a:1/p@q system-roots"));
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "test_settings.moc"
