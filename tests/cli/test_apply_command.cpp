#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>

#include "app/cli/commands.h"
#include "app/cli/manifest.h"
#include "app/settings/settings.h"
#include "tests/fakes/hostile_server.h"

using namespace quarterdeck;
using namespace quarterdeck::fakes;
using nlohmann::json;

namespace {

struct Outcome {
    int code = 0;
    std::string out;
    std::string err;
};

const char* const kWeb =
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: web}\n"
    "spec: {replicas: 3}\n";

const char* const kConflict =
    "{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"Apply failed with 1 conflict\",\"reason\":\"Conflict\","
    "\"details\":{\"causes\":[{\"reason\":\"FieldManagerConflict\",\"message\":\"conflict with "
    "\\\"kubectl-client-side-apply\\\" using apps/v1\",\"field\":\".spec.replicas\"}]},\"code\":409}";

/// Serves Deployments and Namespaces; `live` is what it has (empty = nothing), a PATCH answers with what was sent.
class Cluster {
public:
    explicit Cluster(std::string live, int status = 200, std::string answer = {})
        : server_([live = std::move(live), status, answer = std::move(answer)](const HostileRequest& request,
                                                                               HostileConnection& peer) {
              const std::string path = request.path();
              const auto group = [](const char* name, const char* resource, const char* kind, const char* scope) {
                  return json{{"metadata", {{"name", name}}},
                              {"versions",
                               {{{"version", "v1"},
                                 {"resources",
                                  {{{"resource", resource},
                                    {"responseKind", {{"group", name}, {"version", "v1"}, {"kind", kind}}},
                                    {"scope", scope},
                                    {"verbs", {"get", "patch"}}}}}}}}};
              };
              const auto discovery = [](const json& items) {
                  return json{{"kind", "APIGroupDiscoveryList"},
                              {"apiVersion", "apidiscovery.k8s.io/v2"},
                              {"items", json::array({items})}}
                      .dump();
              };
              if (path == "/api") {
                  peer.json(discovery(group("", "namespaces", "Namespace", "Cluster")));
              } else if (path == "/apis") {
                  peer.json(discovery(group("apps", "deployments", "Deployment", "Namespaced")));
              } else if (request.method == "GET" && live.empty()) {
                  peer.answer(404, "application/json", "{\"kind\":\"Status\",\"message\":\"not found\",\"code\":404}");
              } else if (request.method == "GET") {
                  peer.json(live);
              } else {
                  peer.answer(status, "application/json", answer.empty() ? request.body : answer);
              }
          }) {}
    [[nodiscard]] const HostileServer& server() const { return server_; }
    /// "PATCH /apis/…" of every request that is no discovery.
    [[nodiscard]] std::vector<std::string> asked() const {
        std::vector<std::string> all;
        for (const HostileRequest& request : server_.log()) {
            if (request.path() != "/api" && request.path() != "/apis") {
                all.push_back(request.method + " " + request.target);
            }
        }
        return all;
    }

private:
    HostileServer server_;
};

const std::string kWebPath = "/apis/apps/v1/namespaces/shop/deployments/web";

}  // namespace

class TestApplyCommand : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    std::string write(const char* name, const std::string& text) {
        QFile file(folder_.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0) {
            qFatal("cannot write %s", name);
        }
        return file.fileName().toStdString();
    }

    Outcome apply(const Cluster& cluster, const std::string& manifest, const std::vector<std::string>& more = {},
                  const std::string& context = "c") {
        const std::string config =
            write("config", "current-context: " + context + "\nclusters:\n- {name: c, cluster: {server: \"" +
                                cluster.server().url() + "\"}}\ncontexts:\n- {name: " + context +
                                ", context: {cluster: c, namespace: shop}}\n");
        std::vector<std::string> words{"apply", "--kubeconfig", config, "-f", write("manifest.yaml", manifest)};
        words.insert(words.end(), more.begin(), more.end());
        std::ostringstream out;
        std::ostringstream err;
        const int code = cli::run(words, out, err);
        return {code, out.str(), err.str()};
    }

    void decide(const Cluster& cluster, const settings::ContextSettings& decided) {
        settings::Settings settings;
        settings.clusters[settings::clusterKey(cluster.server().url(), "")] = decided;
        QVERIFY(settings::saveSettings(settings::Paths::resolve(settings::Paths::Environment::ofProcess()), settings));
    }

private slots:
    void init() { qputenv("XDG_CONFIG_HOME", folder_.filePath(QStringLiteral("settings")).toLocal8Bit()); }
    void cleanup() { QDir(folder_.filePath(QStringLiteral("settings"))).removeRecursively(); }

    void whatWasChangedIsPrinted() {
        const Cluster cluster(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","uid":"u"},)"
                              R"("spec":{"replicas":2}})");
        const Outcome outcome = apply(cluster, kWeb);
        QVERIFY2(outcome.code == cli::kSuccess, outcome.err.c_str());
        QCOMPARE(outcome.out,
                 std::string("deployments.apps web in namespace shop: changed\n  ~ .spec.replicas: 2 -> 3\n"));
        QCOMPARE(cluster.asked(),
                 (std::vector<std::string>{"GET " + kWebPath, "PATCH " + kWebPath + "?fieldManager=quarterdeck"}));
    }

    void aPreviewStoresNothingAndSaysWhatWouldChange() {
        const Cluster cluster(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},)"
                              R"("spec":{"replicas":2}})");
        const Outcome outcome = apply(cluster, kWeb, {"--dry-run", "--force"}, "prod");
        QVERIFY2(outcome.code == cli::kSuccess, outcome.err.c_str());
        QCOMPARE(outcome.out,
                 std::string("deployments.apps web in namespace shop: would change\n  ~ .spec.replicas: 2 -> 3\n"));
        QCOMPARE(cluster.asked().back(), "PATCH " + kWebPath + "?fieldManager=quarterdeck&force=true&dryRun=All");
    }

    void aNewObjectAndOneThatStaysAreToldApart() {
        const Cluster none("", 201);
        const Outcome created = apply(none, kWeb, {"-n", "other"});
        QVERIFY2(created.code == cli::kSuccess, created.err.c_str());
        QVERIFY2(created.out.starts_with("deployments.apps web in namespace other: created\n  + "),
                 created.out.c_str());
        const Cluster same(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","uid":"u"},)"
                           R"("spec":{"replicas":3}})");
        QCOMPARE(apply(same, kWeb).out, std::string("deployments.apps web in namespace shop: is as it was\n"));
        const Cluster scoped("", 201);
        const Outcome nameSpace = apply(scoped, "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        QVERIFY2(nameSpace.out.starts_with("namespaces shop: created\n"), nameSpace.out.c_str());
    }

    void aConflictNamesFieldsAndOwnersAndEndsWith1() {
        const Cluster cluster(R"({"kind":"Deployment","metadata":{"name":"web"}})", 409, kConflict);
        const Outcome outcome = apply(cluster, kWeb);
        QCOMPARE(outcome.code, cli::kFailure);
        QVERIFY2(outcome.err.find("  .spec.replicas is managed by kubectl-client-side-apply\n") != std::string::npos,
                 outcome.err.c_str());
        QVERIFY2(outcome.err.find("was not changed: others manage fields of it") != std::string::npos,
                 outcome.err.c_str());
        QVERIFY(outcome.out.empty());
    }

    void everyDocumentIsTriedAndOneFailureIsAFailure() {
        const Cluster cluster("", 201);
        const std::string file =
            std::string("# first\n---\n") + "apiVersion: v9\nkind: Nothing\nmetadata: {name: x}\n" + "---\n" + kWeb +
            "--- # a List\n" + R"({"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Namespace",)" +
            R"("metadata":{"name":"one"}}]})" + "\n";
        const Outcome outcome = apply(cluster, file);
        QCOMPARE(outcome.code, cli::kFailure);
        QVERIFY2(outcome.err.find("does not serve the kind Nothing") != std::string::npos, outcome.err.c_str());
        QVERIFY2(outcome.out.find("deployments.apps web in namespace shop: created") != std::string::npos,
                 outcome.out.c_str());
        QVERIFY2(outcome.out.find("namespaces one: created") != std::string::npos, outcome.out.c_str());
    }

    void anotherNamespaceThanAskedForIsNotWrittenTo() {
        const Cluster cluster("", 201);
        const Outcome outcome = apply(
            cluster, "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: bank}\n", {"-n", "shop"});
        QCOMPARE(outcome.code, cli::kFailure);
        QVERIFY2(outcome.err.find("belongs to namespace bank, not to shop") != std::string::npos, outcome.err.c_str());
        QVERIFY(cluster.asked().empty());
    }

    void aLockedContextIsWrittenToOnlyWhenThatIsSaid_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<int>("production");  // -1 = not decided
        QTest::addColumn<int>("locked");
        QTest::addColumn<bool>("refused");
        QTest::newRow("any name") << QStringLiteral("shop-dev") << -1 << -1 << false;
        QTest::newRow("a name of production") << QStringLiteral("shop-prod") << -1 << -1 << true;
        QTest::newRow("decided to be production") << QStringLiteral("shop-dev") << 1 << -1 << true;
        QTest::newRow("decided to be none") << QStringLiteral("shop-prod") << 0 << -1 << false;
        QTest::newRow("locked by the person") << QStringLiteral("shop-dev") << -1 << 1 << true;
        QTest::newRow("unlocked by the person") << QStringLiteral("shop-prod") << -1 << 0 << false;
    }
    void aLockedContextIsWrittenToOnlyWhenThatIsSaid() {
        QFETCH(QString, context);
        QFETCH(int, production);
        QFETCH(int, locked);
        QFETCH(bool, refused);
        const Cluster cluster("", 201);
        settings::ContextSettings decided;
        decided.production = production < 0 ? std::nullopt : std::optional(production == 1);
        decided.locked = locked < 0 ? std::nullopt : std::optional(locked == 1);
        decide(cluster, decided);
        const Outcome outcome = apply(cluster, kWeb, {}, context.toStdString());
        QCOMPARE(outcome.code, refused ? cli::kFailure : cli::kSuccess);
        if (refused) {
            QVERIFY2(outcome.err.find("is locked against writes; nothing was done") != std::string::npos,
                     outcome.err.c_str());
            QVERIFY(cluster.asked().empty());
            const Outcome meant = apply(cluster, kWeb, {"--yes-production"}, context.toStdString());
            QVERIFY2(meant.code == cli::kSuccess, meant.err.c_str());
        }
    }

    void settingsThatCannotBeReadLock() {
        const Cluster cluster("", 201);
        decide(cluster, {});
        QFile file(
            QString::fromStdString(settings::Paths::resolve(settings::Paths::Environment::ofProcess()).settingsFile()));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("{ broken");
        file.close();
        const Outcome outcome = apply(cluster, kWeb);
        QCOMPARE(outcome.code, cli::kFailure);
        QVERIFY2(outcome.err.find("is locked against writes") != std::string::npos, outcome.err.c_str());
        QVERIFY(cluster.asked().empty());
    }

    void aFileThatCannotBeUsedIsNamedAndNothingIsAsked_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("it holds none");
        QTest::newRow("only comments") << QByteArray("# nothing\n---\n# at all\n") << QStringLiteral("it holds none");
        QTest::newRow("no object") << QByteArray("- 1\n") << QStringLiteral("document 1: it is not an object");
        QTest::newRow("no kind") << QByteArray("apiVersion: v1\n") << QStringLiteral("it lacks apiVersion or kind");
        QTest::newRow("no name") << QByteArray("apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n")
                                 << QStringLiteral("it has no metadata.name");
        QTest::newRow("second is off") << QByteArray(kWeb) + "---\n{CANARY: [\n" << QStringLiteral("(line 6)");
        QTest::newRow("second has no name") << QByteArray(kWeb) + "---\napiVersion: v1\nkind: Pod\n"
                                            << QStringLiteral("document 2: it has no metadata.name");
        QTest::newRow("second after the end of a document") << QByteArray(kWeb) + "...\napiVersion: v1\nkind: Pod\n"
                                                            << QStringLiteral("document 2: it has no metadata.name");
        QTest::newRow("second JSON value")
            << QByteArray(
                   "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"a\"}}\n"
                   "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\"}\n")
            << QStringLiteral("document 2: it has no metadata.name");
        QTest::newRow("binary") << QByteArray("\0\1\2", 3) << QStringLiteral("cannot be read");
    }
    void aFileThatCannotBeUsedIsNamedAndNothingIsAsked() {
        QFETCH(QByteArray, text);
        QFETCH(QString, said);
        const Cluster cluster("");
        const Outcome outcome = apply(cluster, text.toStdString());
        QCOMPARE(outcome.code, cli::kFailure);
        QVERIFY2(outcome.err.find(said.toStdString()) != std::string::npos, outcome.err.c_str());
        QVERIFY(outcome.err.find("manifest.yaml") != std::string::npos);
        QVERIFY(outcome.err.find("CANARY") == std::string::npos);
        QCOMPARE(cluster.server().requestCount(), 0);
    }

    void everyWayToPutSeveralObjectsInOneTextIsRead_data() {
        QTest::addColumn<QByteArray>("text");
        const QByteArray first = R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}})";
        const QByteArray second = R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"b"}})";
        QTest::newRow("JSON after JSON") << first + "\n" + second + "\n";
        QTest::newRow("JSON without a space between") << first + second;
        QTest::newRow("documents") << first + "\n---\n" + second;
        QTest::newRow("on the line of the dashes") << "--- " + first + "\n--- " + second;
        QTest::newRow("the end of a document")
            << "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n...\n" + second;
        QTest::newRow("empty ones between") << "---\n# none\n---\n" + first + "\n---\n---\n" + second + "\n---\n";
        QTest::newRow("a list") << R"({"apiVersion":"v1","kind":"List","items":[)" + first + "," + second + "]}";
    }
    void everyWayToPutSeveralObjectsInOneTextIsRead() {
        QFETCH(QByteArray, text);
        const auto objects = cli::parseManifest(text.toStdString(), "f");
        QVERIFY2(objects, objects ? "" : describe(objects.error()).c_str());
        QCOMPARE(objects->size(), std::size_t{2});
        QCOMPARE(objects->front().name + objects->back().name, std::string("ab"));
    }

    void severalFilesAreAppliedInTheirOrder() {
        const Cluster cluster("", 201);
        const std::string more = write("more.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        const Outcome outcome = apply(cluster, kWeb, {"-f", more});
        QVERIFY2(outcome.code == cli::kSuccess, outcome.err.c_str());
        const std::size_t web = outcome.out.find("deployments.apps web");
        const std::size_t space = outcome.out.find("namespaces shop");
        QVERIFY2(web < space && space != std::string::npos, outcome.out.c_str());
    }

    void textThatHoldsDashesStaysWhole() {
        const auto objects = cli::parseManifest(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  k: |\n    x\n    ---\n    y\n---x: 1\n",
            "f");
        QVERIFY2(objects, objects ? "" : describe(objects.error()).c_str());
        QCOMPARE(objects->size(), std::size_t{1});
        QCOMPARE(objects->front().object["data"]["k"].get<std::string>(), std::string("x\n---\ny\n"));
    }

    void scalarsAreReadAsKubectlReadsThem_data() {
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* word, const char* value) {
            QTest::newRow(word) << QByteArray(word) << QByteArray(value);
        };
        row("3", "3");
        row("-3", "-3");
        row("+3", "3");
        row("0", "0");
        row("-0", "0");
        row("0644", "420");
        row("0o644", "420");
        row("0x1F", "31");
        row("0b101", "5");
        row("1_000", "1000");
        row("089", "89.0");
        row("9223372036854775808", "9223372036854775808");
        row("1.5", "1.5");
        row(".5", "0.5");
        row("1e3", "1000.0");
        row("yes", "true");
        row("On", "true");
        row("off", "false");
        row("n", "false");
        row("~", "null");
        row("null", "null");
        row("\"0644\"", "\"0644\"");
        row("'yes'", "\"yes\"");
        row("1.2.3", "\"1.2.3\"");
        row("100m", "\"100m\"");
        row("_1", "\"_1\"");
        row("0x", "\"0x\"");
        row("12:30", "\"12:30\"");
        row("2026-03-14", "\"2026-03-14\"");
        row("truely", "\"truely\"");
    }
    void scalarsAreReadAsKubectlReadsThem() {
        QFETCH(QByteArray, word);
        QFETCH(QByteArray, value);
        const auto objects = cli::parseManifest(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nx:\n- " + word.toStdString() + "\n", "f");
        QVERIFY2(objects, objects ? "" : describe(objects.error()).c_str());
        QCOMPARE(objects->front().object["x"][0].dump(), value.toStdString());
    }

    void wrongWordsAreUsageErrors_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("no file") << QStringList{QStringLiteral("apply")};
        QTest::newRow("a word") << QStringList{QStringLiteral("apply"), QStringLiteral("web.yaml")};
        QTest::newRow("unknown option") << QStringList{QStringLiteral("apply"), QStringLiteral("-f"),
                                                       QStringLiteral("x"), QStringLiteral("--wet-run")};
        QTest::newRow("a namespace that is empty") << QStringList{QStringLiteral("apply"), QStringLiteral("-f"),
                                                                  QStringLiteral("x"), QStringLiteral("-n"), QString()};
    }
    void wrongWordsAreUsageErrors() {
        QFETCH(QStringList, words);
        std::vector<std::string> given;
        for (const QString& word : words) {
            given.push_back(word.toStdString());
        }
        std::ostringstream out;
        std::ostringstream err;
        QCOMPARE(cli::run(given, out, err), cli::kUsage);
        QVERIFY(err.str().starts_with("qdeck: "));
    }
};

QTEST_GUILESS_MAIN(TestApplyCommand)
#include "test_apply_command.moc"
