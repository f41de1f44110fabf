#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/demo/demo_platform.h"
#include "tests/fakes/limited_cluster.h"
#include "tests/fakes/test_certificates.h"

using namespace quarterdeck;
using nlohmann::json;

namespace {

constexpr const char* kMixedConfig =
    "current-context: good-prod\n"
    "clusters:\n"
    "- {name: c, cluster: {server: \"https://10.0.0.1:6443\"}}\n"
    "users:\n"
    "- {name: u, user: {token: CANARY-token}}\n"
    "contexts:\n"
    "- {name: good-prod, context: {cluster: c, user: u, namespace: shop}}\n"
    "- {name: broken, context: {cluster: none, user: nobody}}\n";

constexpr const char* kAwayConfig =
    "clusters:\n"
    "- {name: away, cluster: {server: \"http://127.0.0.1:1\"}}\n"
    "contexts:\n"
    "- {name: away, context: {cluster: away}}\n";

struct Outcome {
    int code = 0;
    std::string out;
    std::string err;
};

Outcome qdeck(const std::vector<std::string>& words) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = cli::run(words, out, err);
    return {code, out.str(), err.str()};
}

}  // namespace

class TestQdeck : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    std::string write(const char* name, const std::string& text) {
        const QString path = folder_.filePath(QString::fromUtf8(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0) {
            qFatal("cannot write %s", qPrintable(path));
        }
        return path.toStdString();
    }

private slots:
    void contextsListsEveryContextWithAllItsErrors() {
        const std::string file = write("mixed", kMixedConfig);
        const Outcome asJson = qdeck({"contexts", "--kubeconfig", file, "--format", "json"});
        QCOMPARE(asJson.code, cli::kFailure);
        const json answer = json::parse(asJson.out);
        QCOMPARE(answer["contexts"].size(), std::size_t{2});
        const json& broken = answer["contexts"][0];
        const json& good = answer["contexts"][1];
        QCOMPARE(broken["name"].get<std::string>(), std::string("broken"));
        QVERIFY(!broken["usable"].get<bool>());
        QVERIFY(broken["errors"].size() >= 2);
        QCOMPARE(good["server"].get<std::string>(), std::string("https://10.0.0.1:6443"));
        QCOMPARE(good["user"].get<std::string>(), std::string("token"));
        QCOMPARE(good["namespace"].get<std::string>(), std::string("shop"));
        QVERIFY(good["production"].get<bool>());
        QVERIFY(good["usable"].get<bool>());
        const Outcome asTable = qdeck({"contexts", "--kubeconfig", file});
        QVERIFY(asTable.out.find("good-prod") != std::string::npos);
        QVERIFY(asTable.err.find("user \"nobody\" was not found for context \"broken\"") != std::string::npos);
        for (const Outcome& outcome : {asJson, asTable}) {
            QVERIFY2((outcome.out + outcome.err).find(std::string("CAN") + "ARY") == std::string::npos,
                     "a token was printed");
        }
    }

    void podsPrintsWhatTheDemoHasWithTheColumnsOfKubectl() {
        auto platform = demo::DemoPlatform::start({});
        QVERIFY(platform.has_value());
        const std::string file = write("demo", (*platform)->kubeconfigYaml());
        const Outcome table = qdeck({"pods", "--kubeconfig", file, "-A"});
        QCOMPARE(table.code, cli::kSuccess);
        QVERIFY(table.out.starts_with("NAMESPACE"));
        QVERIFY(table.out.find("orders-service-") != std::string::npos);
        const Outcome several = qdeck({"pods", "--kubeconfig", file, "-A", "--format", "json", "--context",
                                       "bakery-ia-prod", "--context", "ai-imutis-staging"});
        QCOMPARE(several.code, cli::kSuccess);
        std::set<std::string> contexts;
        for (const json& row : json::parse(several.out)) {
            contexts.insert(row["context"].get<std::string>());
            QVERIFY(!row["status"].get<std::string>().empty());
        }
        QCOMPARE(contexts, (std::set<std::string>{"ai-imutis-staging", "bakery-ia-prod"}));
    }

    void podsPutsTheUnhealthyFirst() {
        demo::DemoOptions options;
        options.incident = "crash-loop";
        auto platform = demo::DemoPlatform::start(options);
        QVERIFY(platform.has_value());
        const std::string file = write("incident", (*platform)->kubeconfigYaml());
        const Outcome outcome = qdeck({"pods", "--kubeconfig", file, "-A", "--format", "json"});
        const json rows = json::parse(outcome.out);
        QCOMPARE(rows[0]["health"].get<std::string>(), std::string("critical"));
        QVERIFY(rows[0]["name"].get<std::string>().starts_with("orders-service-"));
    }

    void aServerThatIsAwayIsNamedAndTheOthersAreStillPrinted() {
        auto platform = demo::DemoPlatform::start({});
        QVERIFY(platform.has_value());
        std::string config = (*platform)->kubeconfigYaml();
        const std::string extra = write("away", kAwayConfig);
        const std::string file = write("demo2", config);
        qputenv("KUBECONFIG", QByteArray::fromStdString(file + ":" + extra));
        const Outcome outcome =
            qdeck({"pods", "-A", "--context", "away", "--context", "globeco-prod", "--format", "json"});
        qunsetenv("KUBECONFIG");
        QCOMPARE(outcome.code, cli::kFailure);
        QVERIFY2(outcome.err.find("127.0.0.1:1") != std::string::npos, outcome.err.c_str());
        QVERIFY(!json::parse(outcome.out).empty());
    }

    void podsLooksIntoEveryNamespaceThatItMayWhereTheWholeIsRefused() {
        fakes::LimitedCluster cluster({{"shop", {"web-1"}}, {"pay", {"till-1", "till-2"}}, {"vault", {"safe-1"}}});
        cluster.allowNamespaceList(true);
        cluster.allow("shop");
        cluster.allow("pay");
        fakes::TestAuthority authority;
        fakes::HostileServer server(cluster.handler(), {.tls = authority.server(), .clientCaPem = {}, .onConnect = {}});
        const std::string ca = QByteArray::fromStdString(authority.caPem()).toBase64().toStdString();
        const std::string file = write("jane",
                                       "current-context: jane\nusers: [{name: u, user: {token: CANARY-tok}}]\n"
                                       "clusters: [{name: c, cluster: {server: '" +
                                           server.url() + "', certificate-authority-data: " + ca +
                                           "}}]\ncontexts: [{name: jane, context: {cluster: c, user: u}}]\n");
        const auto namesOf = [](const Outcome& outcome) {
            std::set<std::string> names;
            for (const json& row : json::parse(outcome.out)) {
                names.insert(row["name"].get<std::string>());
            }
            return names;
        };
        const std::vector<std::string> words{"pods", "-A", "--kubeconfig", file, "--format", "json"};
        const Outcome partly = qdeck(words);
        QCOMPARE(namesOf(partly), (std::set<std::string>{"till-1", "till-2", "web-1"}));
        QCOMPARE(partly.code, cli::kFailure);  // not all that was asked for
        QVERIFY2(partly.err.find("in namespace vault") != std::string::npos, partly.err.c_str());

        // Only what is named is known: nothing shows that something is missing.
        cluster.allowNamespaceList(false);
        cluster.allow("default");
        const Outcome narrow = qdeck(words);
        QCOMPARE(narrow.code, cli::kSuccess);
        QVERIFY2(narrow.err.find("Only namespace default") != std::string::npos, narrow.err.c_str());

        for (const char* name : {"default", "shop", "pay"}) {
            cluster.forbid(name);
        }
        const Outcome nowhere = qdeck(words);
        QCOMPARE(nowhere.code, cli::kFailure);
        QVERIFY(namesOf(nowhere).empty());
        QVERIFY2(nowhere.err.find("list") != std::string::npos, nowhere.err.c_str());
    }

    void wrongWordsAreUsageErrors_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("no command") << QStringList();
        QTest::newRow("unknown command") << QStringList{QStringLiteral("fly")};
        QTest::newRow("unknown option") << QStringList{QStringLiteral("pods"), QStringLiteral("--fly")};
        QTest::newRow("missing value") << QStringList{QStringLiteral("pods"), QStringLiteral("--context")};
        QTest::newRow("both scopes") << QStringList{QStringLiteral("pods"), QStringLiteral("-A"), QStringLiteral("-n"),
                                                    QStringLiteral("x")};
        QTest::newRow("bad format") << QStringList{QStringLiteral("contexts"), QStringLiteral("--format"),
                                                   QStringLiteral("xml")};
        QTest::newRow("demo without a file") << QStringList{QStringLiteral("demo")};
        QTest::newRow("bad time") << QStringList{QStringLiteral("demo"), QStringLiteral("--kubeconfig-out"),
                                                 QStringLiteral("/dev/null"), QStringLiteral("--demo-time"),
                                                 QStringLiteral("noon")};
    }
    void wrongWordsAreUsageErrors() {
        QFETCH(QStringList, words);
        std::vector<std::string> given;
        for (const QString& word : words) {
            given.push_back(word.toStdString());
        }
        const Outcome outcome = qdeck(given);
        QCOMPARE(outcome.code, cli::kUsage);
        QVERIFY(!outcome.err.empty());
    }
};

QTEST_GUILESS_MAIN(TestQdeck)
#include "test_qdeck.moc"
