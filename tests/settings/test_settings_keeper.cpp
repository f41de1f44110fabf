#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/settings/settings_keeper.h"

using namespace quarterdeck;
using namespace quarterdeck::settings;

namespace {

constexpr const char* kBakery = "https://bakery sha256:1";
constexpr const char* kGlobeco = "https://globeco sha256:2";

struct Bench {
    QTemporaryDir folder;
    Paths paths = Paths::resolve({}, folder.path().toStdString());
    std::vector<std::string> failures;

    [[nodiscard]] Settings read() const { return loadSettings(paths).settings; }
    [[nodiscard]] std::unique_ptr<SettingsKeeper> keeper(const Settings& base) {
        return std::make_unique<SettingsKeeper>(paths, base,
                                                [this](const Error& error) { failures.push_back(describe(error)); });
    }
};

}  // namespace

class TestSettingsKeeper : public QObject {
    Q_OBJECT

private slots:
    void whatIsSavedIsThereAfterwards() {
        Bench bench;
        Settings now;
        now.theme = Theme::Light;
        now.clusters[kBakery].locked = true;
        const auto keeper = bench.keeper({});
        keeper->save(now);
        keeper->finish();
        QVERIFY(bench.failures.empty());
        QCOMPARE(bench.read().theme, Theme::Light);
        QVERIFY(bench.read().clusters == now.clusters);
        // It may go on afterwards.
        now.clusters.erase(kBakery);
        keeper->save(now);
        keeper->finish();
        QVERIFY(bench.read().clusters.empty());
    }

    void aConsoleBesideKeepsItsDecisions() {
        Bench bench;
        Settings old;
        old.clusters[kGlobeco].production = true;
        old.views["pods.columns"] = "name";
        QVERIFY(saveSettings(bench.paths, old));
        const auto demo = bench.keeper(old);
        const auto other = bench.keeper(old);

        Settings decided = old;
        decided.clusters[kBakery].locked = true;
        decided.clusters.erase(kGlobeco);
        decided.theme = Theme::Dark;
        other->save(decided);
        other->finish();

        Settings left = old;  // knows nothing of it
        left.views["nodes.columns"] = "status";
        left.utcTimes = true;
        demo->save(left);
        demo->finish();

        const Settings now = bench.read();
        QVERIFY(now.clusters == decided.clusters);
        QCOMPARE(now.theme, Theme::Dark);
        QVERIFY(now.utcTimes);
        QCOMPARE(now.views,
                 (std::map<std::string, std::string>{{"nodes.columns", "status"}, {"pods.columns", "name"}}));
    }

    void twoChangesToOneClusterAreBothKept() {
        Settings base;
        base.clusters[kBakery].locked = true;
        Settings unlocked = base;
        unlocked.clusters.erase(kBakery);  // nothing is decided any more
        Settings file = base;
        file.clusters[kBakery].production = true;
        Settings merged = mergeChanges(base, unlocked, file);
        QCOMPARE(merged.clusters.at(kBakery).production, std::optional(true));
        QVERIFY(!merged.clusters.at(kBakery).locked);

        Settings typed;
        typed.clusters[kBakery].namespaces = {"shop"};
        file = {};
        file.clusters[kBakery].locked = true;
        merged = mergeChanges({}, typed, file);
        QCOMPARE(merged.clusters.at(kBakery).locked, std::optional(true));
        QCOMPARE(merged.clusters.at(kBakery).namespaces, std::vector<std::string>{"shop"});

        // What is empty in the end goes.
        QVERIFY(mergeChanges(base, unlocked, base).clusters.empty());
    }

    void savedViewsAreMergedByName() {
        const auto with = [](const std::string& text) {
            Settings settings;
            settings.views["saved-views"] = text;
            return settings;
        };
        const auto list = [](const std::vector<std::string>& names) {
            std::string text;
            for (const std::string& name : names) {
                text += (text.empty() ? "[" : ",") + ("{\"name\":\"" + name + "\",\"place\":\"quarterdeck://pods\"}");
            }
            return text + "]";
        };
        const auto merged = [&](const Settings& base, const Settings& mine, const Settings& file) {
            return mergeChanges(base, mine, file).views["saved-views"];
        };
        const Settings old = with(list({"a"}));
        const Settings theirs = with(list({"theirs"}));  // "a" was removed there
        QCOMPARE(merged(old, with(list({"a", "mine"})), theirs), list({"mine", "theirs"}));
        QCOMPARE(merged({}, old, theirs), list({"a", "theirs"}));
        QVERIFY(mergeChanges(old, {}, old).views.empty());
        // Other texts are taken whole.
        QCOMPARE(merged(with("name status"), with("status"), with("age")), std::string("status"));
        QCOMPARE(merged(with("[\"x\"]"), with("[\"y\"]"), old), std::string("[\"y\"]"));
    }

    void theLastOfManyIsKept() {
        Bench bench;
        const auto keeper = bench.keeper({});
        Settings now;
        for (int i = 0; i <= 50; ++i) {
            now.lastLocation = "quarterdeck://pods?text=" + std::to_string(i);
            keeper->save(now);
        }
        keeper->finish();
        QCOMPARE(bench.read().lastLocation, now.lastLocation);
    }

    void eachValueIsMerged() {
        Settings mine;
        mine.theme = Theme::Dark;
        mine.contrast = Contrast::High;
        mine.textScale = 1.5;
        mine.utcTimes = true;
        mine.lastKubeconfig = "/k";
        mine.lastOpenContexts = {"a"};
        mine.contextsRemembered = true;
        mine.windowGeometry = "AAAA";
        mine.lastLocation = "quarterdeck://pods";
        mine.moreLocations = {"quarterdeck://nodes"};
        mine.moreGeometries = {"BBBB"};
        mine.quietFrom = 60;
        mine.quietTo = 120;
        mine.views["v"] = "1";
        mine.clusters[kBakery].production = true;
        QVERIFY(mergeChanges({}, mine, {}) == mine);
        QVERIFY(mergeChanges(mine, mine, {}) == Settings{});
        QVERIFY(mergeChanges(mine, {}, mine) == Settings{});
    }

    void aFileThatCannotBeUnderstoodIsKeptAsideAndAllIsWritten() {
        Bench bench;
        Settings now;
        now.clusters[kBakery].locked = true;
        QVERIFY(saveSettings(bench.paths, now));
        QFile file(QString::fromStdString(bench.paths.settingsFile()));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{ nothing") > 0);
        file.close();
        const auto keeper = bench.keeper(now);
        keeper->save(now);
        keeper->finish();
        QVERIFY(bench.read() == loadSettings(bench.paths).settings);
        QVERIFY(bench.read().clusters == now.clusters);
        QVERIFY(QFile::exists(file.fileName() + QStringLiteral(".broken-1")));
    }

    void whatFailsIsToldAndWrittenTheNextTime() {
        Bench bench;
        QFile inTheWay(QString::fromStdString(bench.paths.configDir));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        inTheWay.close();
        Settings now;
        now.clusters[kBakery].locked = true;
        const auto keeper = bench.keeper({});
        keeper->save(now);
        keeper->finish();
        QCOMPARE(bench.failures.size(), std::size_t{1});
        QVERIFY(inTheWay.remove());
        now.utcTimes = true;
        keeper->save(now);
        keeper->finish();
        QCOMPARE(bench.failures.size(), std::size_t{1});
        QVERIFY(bench.read().clusters == now.clusters);
    }
};

QTEST_GUILESS_MAIN(TestSettingsKeeper)
#include "test_settings_keeper.moc"
