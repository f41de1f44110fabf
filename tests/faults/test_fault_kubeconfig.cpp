// Rows 15–20 and 34–35 of the fault table: plugins that fail, kubeconfigs that change, clocks that differ.

#include <QSignalSpy>
#include <QStringEncoder>

#include "tests/fakes/pod_json.h"
#include "tests/faults/fault_bench.h"

using namespace quarterdeck;
using namespace quarterdeck::faults_tests;
using enum kube::FreshnessState;
using session::ConnectionState;

namespace {

/// A bench whose user is a plugin named "quarterdeck-login", sought in a folder of its own.
class PluginBench : public Bench {
public:
    explicit PluginBench(const char* mode = "Never") {
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("bin")));
        options.settingsOf = [path = binFolder()](const std::string&) {
            settings::ContextSettings decided;
            decided.pluginPath = path + ":/usr/bin:/bin";
            return decided;
        };
        Road road;
        road.user = {{"exec",
                      {{"apiVersion", "client.authentication.k8s.io/v1"},
                       {"command", "quarterdeck-login"},
                       {"interactiveMode", mode},
                       {"installHint", "Get it from example.com."}}}};
        write(configFile(), kubeconfig({road}));
    }
    [[nodiscard]] std::string binFolder() const { return folder.filePath(QStringLiteral("bin")).toStdString(); }
    void install(const std::string& script) const {
        const std::string program = binFolder() + "/quarterdeck-login";
        write(program, "#!/bin/sh\necho run >> '" + binFolder() + "/runs'\n" + script);
        QVERIFY(QFile(QString::fromStdString(program))
                    .setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    [[nodiscard]] int runs() const {
        QFile file(QString::fromStdString(binFolder() + "/runs"));
        return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().count('\n')) : 0;
    }
    [[nodiscard]] QString failure() const {
        const auto& error = session->status().error;
        return error ? QString::fromStdString(describe(*error)) : QString();
    }
    /// The token of the last request that came.
    [[nodiscard]] std::string lastAuthorization() {
        const auto log = proxy.server().log();
        return log.empty() ? std::string() : log.back().header("Authorization");
    }
};

const std::string kToken =
    "printf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
    "\"status\":{\"token\":\"CANARY-plugin\"}}'\n";

}  // namespace

class TestFaultKubeconfig : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { SKIP_ON_THE_LARGE_SHAPE() }

    void fault15_aPluginThatIsNotOnThePathIsNamedWithThePath() {
        PluginBench bench;
        bench.load();
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.session->status().state, ConnectionState::SignedOut, kPatience);
        QVERIFY2(bench.failure().contains(QStringLiteral("executable quarterdeck-login not found")),
                 qPrintable(bench.failure()));
        QVERIFY2(bench.failure().contains(QString::fromStdString(bench.binFolder())), qPrintable(bench.failure()));
        QVERIFY2(bench.failure().contains(QStringLiteral("Get it from example.com.")), qPrintable(bench.failure()));
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Failed, kPatience);
        QCOMPARE(bench.proxy.log().size(), std::size_t{0});
        bench.install(kToken);
        bench.hub->signInAgain(kContext);
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Failed, Live}), kPatience);
        TRY_NO_DIFFERENCE(bench.difference());
        QCOMPARE(bench.relists(), 0);
        QVERIFY(bench.lastAuthorization() == "Bearer CANARY-plugin");
    }

    void fault16_anExpiredSsoSessionShowsWhatThePluginSaidAndOneLoginMendsIt() {
        PluginBench bench;
        bench.install("test -e '" + bench.binFolder() +
                      "/signed-in' || { echo 'The SSO session has expired, run sso login' >&2; exit 1; }\n" + kToken);
        bench.load();
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.session->status().state, ConnectionState::SignedOut, kPatience);
        QVERIFY2(bench.failure().contains(QStringLiteral("The SSO session has expired, run sso login")),
                 qPrintable(bench.failure()));
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Failed, kPatience);
        QCOMPARE(bench.runs(), 1);  // probe and watches share one run
        Bench::write(bench.binFolder() + "/signed-in", "");
        bench.hub->signInAgain(kContext);
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Failed, Live}), kPatience);
        TRY_NO_DIFFERENCE(bench.difference());
        QTRY_COMPARE_WITH_TIMEOUT(bench.session->status().state, ConnectionState::Connected, kPatience);
        QCOMPARE(bench.runs(), 2);
        QCOMPARE(bench.relists(), 0);
    }

    void fault17_aPluginThatHangsIsStoppedAtItsLimit() {
        PluginBench bench;
        bench.options.pluginLimit = 500ms;
        bench.install("echo 'open https://sso.example in a browser' >&2\nexec sleep 600\n");
        bench.load();
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.session->status().state, ConnectionState::SignedOut, kPatience);
        QVERIFY2(bench.failure().contains(QStringLiteral("did not end within")), qPrintable(bench.failure()));
        QVERIFY2(bench.failure().contains(QStringLiteral("https://sso.example")), qPrintable(bench.failure()));
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Failed}), kPatience);
        QCOMPARE(bench.proxy.log().size(), std::size_t{0});
        bench.install(kToken);
        bench.hub->signInAgain(kContext);
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Failed, Live}), kPatience);
        TRY_NO_DIFFERENCE(bench.difference());
        QCOMPARE(namesOf(withoutLoading(bench.view->states())), namesOf({Failed, Live}));
        QCOMPARE(bench.relists(), 0);
    }

    void fault17_aPluginThatWantsATerminalFailsClearlyAndIsNotRun() {
        PluginBench bench("Always");
        bench.install(kToken);
        bench.load();
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.session->status().state, ConnectionState::SignedOut, kPatience);
        QVERIFY2(bench.failure().contains(QStringLiteral("terminal")), qPrintable(bench.failure()));
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Failed}), kPatience);
        QVERIFY2(bench.view->reason().contains(QStringLiteral("terminal")), qPrintable(bench.view->reason()));
        QCOMPARE(bench.view->size(), std::size_t{0});
        QCOMPARE(bench.runs(), 0);
        QCOMPARE(bench.proxy.log().size(), std::size_t{0});
    }

    void fault18_aReplacedKubeconfigLeadsToItsNewServer() {
        Bench bench;
        // Another server with other rows.
        const fakes::HostileServer elsewhere(answers::pods(fakes::podListJson({"a", "b", "c"})));
        http::Endpoint endpoint;
        endpoint.serverUrl = elsewhere.url();
        endpoint.label = "elsewhere";
        const auto road = std::make_shared<http::HttpTransport>(endpoint, nullptr, std::make_shared<SystemClock>());
        fakes::FaultProxy moved(road, bench.authority.server());
        OPEN_OR_RETURN(bench);
        TRY_NO_DIFFERENCE(bench.difference());
        QSignalSpy opened(bench.hub.get(), &session::SessionHub::sessionOpened);
        QObject untilHere;  // the hub tells its end, too
        connect(bench.hub.get(), &session::SessionHub::sessionClosing, &untilHere, [&] { bench.view.reset(); });
        Road there;
        there.url = moved.url();
        const std::string text = bench.kubeconfig({there});
        Bench::write(bench.configFile() + ".new", text);
        QCOMPARE(std::rename((bench.configFile() + ".new").c_str(), bench.configFile().c_str()), 0);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, kPatience);
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Live}), kPatience);
        TRY_NO_DIFFERENCE(bench.view->difference(*road));
        QCOMPARE(bench.view->size(), std::size_t{3});
        QCOMPARE(namesOf(withoutLoading(bench.view->states())), namesOf({Live}));
        QCOMPARE(moved.lists(kPods), 1);
        QCOMPARE(bench.relists(), 0);
        QFile file(QString::fromStdString(bench.configFile()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().toStdString() == text);  // never written unasked
    }

    void fault19_aZeroedKubeconfigCostsNobodyTheirView() {
        Bench bench;
        OPEN_OR_RETURN(bench);
        Bench::write(bench.configFile(), "");
        QTRY_VERIFY_WITH_TIMEOUT(!bench.hub->context(kContext)->usable(), kPatience);
        QVERIFY(bench.hub->context(kContext)->errors.front().is(session::kContextGone));
        QCOMPARE(QFile(QString::fromStdString(bench.configFile())).size(), 0);
        bench.upstream.create("meanwhile");
        TRY_NO_DIFFERENCE(bench.difference());
        Bench::write(bench.configFile(), bench.kubeconfig());
        QTRY_VERIFY_WITH_TIMEOUT(bench.hub->context(kContext)->usable(), kPatience);
        QCOMPARE(bench.hub->session(kContext), bench.session);
        bench.upstream.create("afterwards");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
    }

    void fault20_aKubeconfigSplitOverFilesIsOneConfiguration() {
        Bench bench;
        const auto config = nlohmann::json::parse(bench.kubeconfig());
        const std::string base = bench.folder.filePath(QStringLiteral("part-")).toStdString();
        std::string list;
        for (const char* part : {"clusters", "users", "contexts"}) {
            nlohmann::json file{{"apiVersion", "v1"}, {"kind", "Config"}, {part, config.at(part)}};
            if (std::string_view(part) == "contexts") {
                file["current-context"] = kContext;
            }
            Bench::write(base + part, file.dump());
            list += (list.empty() ? "" : ":") + base + part;
        }
        // What comes later does not take an entry's place.
        auto rival = config;
        rival["clusters"][0]["cluster"]["server"] = "https://127.0.0.1:1";
        Bench::write(base + "rival", rival.dump());
        qputenv("KUBECONFIG", QByteArray::fromStdString(list + ":" + base + "missing:" + base + "rival"));
        bench.options.kubeconfigPath.clear();
        bench.open();
        qunsetenv("KUBECONFIG");
        if (QTest::currentTestFailed()) {
            return;
        }
        QVERIFY(bench.hub->context(kContext)->current);
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
    }

    void fault34_ageIsCountedByTheServersClock() {
        Bench bench;
        bench.clock->advance(3h);
        OPEN_OR_RETURN(bench);
        const auto skew = bench.session->serverNow() - bench.upstream.now();
        QVERIFY(skew > -60s && skew < 60s);
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
    }

    void fault34_aCertificateFromTheFutureNamesBothTimes() {
        Bench bench;
        bench.proxy.server().setIdentity(bench.authority.notYetValidServer());
        bench.load();
        bench.look();
        QTRY_COMPARE_WITH_TIMEOUT(bench.view->state(), Failed, kPatience);
        QVERIFY2(bench.view->reason().contains(QStringLiteral("not valid before")), qPrintable(bench.view->reason()));
        const QRegularExpression time(QStringLiteral("\\d{4}-\\d{2}-\\d{2}"));
        QCOMPARE(bench.view->reason().count(time), 2);
        bench.proxy.server().setIdentity(bench.authority.server());
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(withoutLoading(bench.view->states())), namesOf({Failed, Live}), kPatience);
        TRY_NO_DIFFERENCE(bench.difference());
        QCOMPARE(bench.relists(), 0);
    }

    void fault35_aUtf16KubeconfigIsDecoded_data() {
        QTest::addColumn<int>("encoding");
        QTest::newRow("little end first") << static_cast<int>(QStringConverter::Utf16LE);
        QTest::newRow("big end first") << static_cast<int>(QStringConverter::Utf16BE);
    }
    void fault35_aUtf16KubeconfigIsDecoded() {
        QFETCH(int, encoding);
        Bench bench;
        QStringEncoder encode(static_cast<QStringConverter::Encoding>(encoding), QStringConverter::Flag::WriteBom);
        const QByteArray bytes = encode.encode(QString::fromStdString(bench.kubeconfig()));
        Bench::write(bench.configFile(), bytes.toStdString());
        OPEN_OR_RETURN(bench);
        bench.upstream.create("seen");
        VERIFY_RECOVERED(bench, (States{Loading, Live}), 0);
    }
};

QTEST_GUILESS_MAIN(TestFaultKubeconfig)
#include "test_fault_kubeconfig.moc"
