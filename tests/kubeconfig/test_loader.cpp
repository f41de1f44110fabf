#include <unistd.h>

#include "app/kubeconfig/errors.h"
#include "tests/kubeconfig/kubeconfig_helpers.h"

using namespace quarterdeck;
using namespace quarterdeck::kubeconfig;
using namespace quarterdeck::kubeconfig::test;

namespace {

std::string clusterText(const std::string& name, const std::string& server) {
    return "- name: " + name + "\n  cluster: {server: " + server + "}\n";
}

const std::string kPlain =
    "apiVersion: v1\nkind: Config\ncurrent-context: dev\nclusters:\n- name: c\n  cluster: {server: 'https://a:6443'}\n"
    "users:\n- name: u\n  user: {token: CANARY-tök}\ncontexts:\n- name: dev\n  context: {cluster: c, user: u, "
    "namespace: shop}\n";

std::string utf16(const std::string& text, bool littleEndian, bool bom) {
    std::string bytes;
    const QString wide = QString::fromStdString((bom ? "\xEF\xBB\xBF" : "") + text);
    QString full = bom ? QString(QChar(0xFEFF)) + QString::fromStdString(text) : wide;
    for (const QChar c : full) {
        const auto low = static_cast<char>(c.unicode() & 0xFFU);
        const auto high = static_cast<char>(c.unicode() >> 8U);
        bytes += littleEndian ? std::string{low, high} : std::string{high, low};
    }
    return bytes;
}

}  // namespace

class TestLoader : public QObject {
    Q_OBJECT
private slots:
    void anExplicitPathIsLoadedAlone() {
        const Folder folder;
        const std::string file = folder.write("one", kPlain);
        LoadOptions options;
        options.explicitPath = file;
        options.kubeconfigEnv = folder.write("two", "clusters:\n" + clusterText("other", "https://b"));
        options.homeDirectory = folder.path();
        QCOMPARE(candidateFiles(options), std::vector<std::string>{file});
        QCOMPARE(load(options).clusters.size(), std::size_t{1});
    }

    void anExplicitPathThatIsMissingIsAnError() {
        const Folder folder;
        const Kubeconfig config = loadFile(folder.path("absent"));
        QCOMPARE(config.fileErrors.size(), std::size_t{1});
        QVERIFY(config.fileErrors[0].is(kConfigNotFound));
        VERIFY_CONTAINS(describe(config.fileErrors[0]), "Config not found: " + folder.path("absent"));
    }

    void theListIsSplitAndCleaned() {
        LoadOptions options;
        options.kubeconfigEnv = "/a::/b:/a:";
        options.homeDirectory = "/home/x";
        QCOMPARE(candidateFiles(options), (std::vector<std::string>{"/a", "/b"}));
        options.kubeconfigEnv = "";
        QCOMPARE(candidateFiles(options), std::vector<std::string>{"/home/x/.kube/config"});
        options.kubeconfigEnv.reset();
        QCOMPARE(candidateFiles(options), std::vector<std::string>{"/home/x/.kube/config"});
        options.homeDirectory.clear();
        QVERIFY(candidateFiles(options).empty());
    }

    void missingFilesAreTolerated() {
        const Folder folder;
        const Kubeconfig config = loadList({folder.path("no"), folder.write("yes", kPlain), folder.path("nor")});
        QVERIFY(config.fileErrors.empty());
        QCOMPARE(config.contexts.size(), std::size_t{1});
        QCOMPARE(config.files.size(), std::size_t{3});
        QCOMPARE(config.files[0].state, FileState::Missing);
        QCOMPARE(config.files[1].state, FileState::Loaded);
    }

    void whenAllAreMissingTheyAreNamed() {
        const Kubeconfig config = loadList({"/nowhere/a", "/nowhere/b"});
        QCOMPARE(config.fileErrors.size(), std::size_t{1});
        VERIFY_CONTAINS(describe(config.fileErrors[0]), "Config not found: /nowhere/a, /nowhere/b");
    }

    void theFirstCurrentContextWins() {
        const Folder folder;
        const Kubeconfig config =
            loadList({folder.write("0", "current-context: ''\n"), folder.write("1", "current-context: any\n"),
                      folder.write("2", "current-context: other\n")});
        COMPARE_TEXT(config.currentContext, "any");
    }

    void anEntryIsTakenWholeFromTheFirstFile() {
        const Folder folder;
        const Kubeconfig config =
            loadList({folder.write("d1/a", "users:\n- name: u\n  user: {token: CANARY-1}\nclusters:\n" +
                                               clusterText("c", "https://one")),
                      folder.write("d2/b",
                                   "users:\n- name: u\n  user: {username: bob}\n- name: v\n  user: {}\nclusters:\n"
                                   "- name: c\n  cluster: {server: https://two, tls-server-name: x}\n")});
        COMPARE_TEXT(config.clusters.at("c").server, "https://one");
        QVERIFY(config.clusters.at("c").tlsServerName.empty());
        QVERIFY(config.users.at("u").username.empty());
        COMPARE_TEXT(config.users.at("u").origin.directory, folder.path("d1"));
        COMPARE_TEXT(config.users.at("v").origin.file, folder.path("d2/b"));
    }

    void duplicateNamesSetTheFileAside_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("cluster") << "clusters: [{name: red, cluster: {server: x}}, {name: red, cluster: {server: y}}]";
        QTest::newRow("user") << "users: [{name: red, user: {token: CANARY}}, {name: red, user: {}}]";
        QTest::newRow("context") << "contexts: [{name: red}, {name: red}]";
    }
    void duplicateNamesSetTheFileAside() {
        QFETCH(QString, text);
        const Folder folder;
        const std::string bad = folder.write("bad", text.toStdString());
        const Kubeconfig config = loadList({bad, folder.write("good", kPlain)});
        QCOMPARE(config.fileErrors.size(), std::size_t{1});
        const std::string said = describe(config.fileErrors[0]);
        VERIFY_CONTAINS(said, "error loading config file \"" + bad + "\": duplicate name \"red\" in list");
        VERIFY_NO_CANARY(said);
        QCOMPARE(config.contexts.size(), std::size_t{1});
        QCOMPARE(config.files[0].state, FileState::Failed);
    }

    void aFileThatCannotBeUsedIsSetAside_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("reason");
        QTest::newRow("zero bytes only") << QByteArray(300, '\0') << "300 zero bytes";
        QTest::newRow("one zero byte") << QByteArray(1, '\0') << "1 zero bytes";
        QTest::newRow("binary") << QByteArray(
                                       "\x7f"
                                       "ELF\2\1\1\0\0\0\0CANARY",
                                       17)
                                << "not text";
        QTest::newRow("latin-1") << QByteArray("token: CANARY\xe9\n") << "not text";
        QTest::newRow("UTF-16 cut") << QByteArray(
                                           "\xff\xfe"
                                           "a\0b",
                                           5)
                                    << "cut in the middle";
        QTest::newRow("UTF-16 with a lone half") << QByteArray(
                                                        "\xff\xfe"
                                                        "a\0\x00\xd8"
                                                        "b\0",
                                                        8)
                                                 << "cannot be decoded";
        QTest::newRow("HTML") << QByteArray("<html><body class=CANARY>Sign in</body></html>") << "no map at its top";
        QTest::newRow("broken YAML") << QByteArray("clusters: [\n- a: CANARY\n") << "not proper YAML";
        QTest::newRow("unknown alias") << QByteArray("token: *CANARY\n") << "line 1";
        QTest::newRow("list on top") << QByteArray("- CANARY\n") << "no map at its top";
        QTest::newRow("other kind") << QByteArray("apiVersion: v1\nkind: Secret\n")
                                    << "no kind \"Secret\" is registered";
        QTest::newRow("other version") << QByteArray("apiVersion: v2\nkind: Config\n") << "for version \"v2\"";
        QTest::newRow("clusters no list") << QByteArray("clusters: {a: CANARY}\n") << "clusters must be a list";
        QTest::newRow("entry no map") << QByteArray("users: [CANARY]\n") << "an entry of users";
        QTest::newRow("duplicate keys") << QByteArray("users: []\nclusters: []\nusers: []\n")
                                        << "repeats the one on line 1";
    }
    void aFileThatCannotBeUsedIsSetAside() {
        QFETCH(QByteArray, content);
        QFETCH(QString, reason);
        const Folder folder;
        const std::string bad = folder.write("bad", content.toStdString());
        const Kubeconfig config = loadList({bad, folder.write("good", kPlain)});
        QCOMPARE(config.fileErrors.size(), std::size_t{1});
        const std::string said = describe(config.fileErrors[0]);
        VERIFY_CONTAINS(said, "error loading config file \"" + bad + "\"");
        VERIFY_CONTAINS(said, reason.toStdString());
        VERIFY_NO_CANARY(said);
        QCOMPARE(config.contexts.size(), std::size_t{1});
    }

    void foldersLoopsAndForbiddenFilesAreSetAside() {
        const Folder folder;
        const std::string loop = folder.path("loop");
        QCOMPARE(::symlink(loop.c_str(), loop.c_str()), 0);
        Kubeconfig config = loadList({folder.path(), loop, folder.write("good", kPlain)});
        QCOMPARE(config.fileErrors.size(), std::size_t{2});
        VERIFY_CONTAINS(describe(config.fileErrors[0]), "it is a folder");
        VERIFY_CONTAINS(describe(config.fileErrors[1]), "symbolic links");
        QCOMPARE(config.contexts.size(), std::size_t{1});
        if (::geteuid() != 0) {
            const std::string closed = folder.write("closed", kPlain);
            QFile::setPermissions(QString::fromStdString(closed), QFile::WriteOwner);
            config = loadFile(closed);
            VERIFY_CONTAINS(describeAll(config.fileErrors), "Permission denied");
        }
    }

    void anOverlongFileIsRefused() {
        const Folder folder;
        const Kubeconfig config = loadText(folder, std::string(std::size_t{9} << 20U, '#'));
        VERIFY_CONTAINS(describeAll(config.fileErrors), "larger than 8192 KiB");
    }

    void emptyFilesAreEmptyConfigs_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("zero length") << "";
        QTest::newRow("white space") << " \n\n";
        QTest::newRow("comment") << "# nothing here\n";
        QTest::newRow("document marks") << "---\n...\n";
        QTest::newRow("nulls") << "clusters: null\nusers: ~\ncontexts:\ncurrent-context:\n";
        QTest::newRow("empty JSON") << "{}";
    }
    void emptyFilesAreEmptyConfigs() {
        QFETCH(QString, text);
        const Folder folder;
        const Kubeconfig config = loadText(folder, text.toStdString());
        QVERIFY2(config.fileErrors.empty(), describeAll(config.fileErrors).c_str());
        QVERIFY(config.contexts.empty() && config.clusters.empty() && config.users.empty());
        QCOMPARE(config.files[0].state, FileState::Loaded);
    }

    void theNullDeviceIsAnEmptyConfig() { QVERIFY(loadFile("/dev/null").fileErrors.empty()); }

    void aPipeIsRead() {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        QCOMPARE(::write(ends[1], kPlain.data(), kPlain.size()), static_cast<ssize_t>(kPlain.size()));
        ::close(ends[1]);
        const Kubeconfig config = loadFile("/dev/fd/" + std::to_string(ends[0]));
        ::close(ends[0]);
        QCOMPARE(config.contexts.size(), std::size_t{1});
    }

    void allEncodingsOfWindowsEditorsAreRead_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("UTF-8") << QByteArray::fromStdString(kPlain);
        QTest::newRow("UTF-8 BOM") << QByteArray::fromStdString("\xEF\xBB\xBF" + kPlain);
        QTest::newRow("UTF-16LE BOM") << QByteArray::fromStdString(utf16(kPlain, true, true));
        QTest::newRow("UTF-16BE BOM") << QByteArray::fromStdString(utf16(kPlain, false, true));
        QTest::newRow("UTF-16LE") << QByteArray::fromStdString(utf16(kPlain, true, false));
        QTest::newRow("UTF-16BE") << QByteArray::fromStdString(utf16(kPlain, false, false));
        QByteArray lines = QByteArray::fromStdString(kPlain);
        QTest::newRow("CRLF") << lines.replace("\n", "\r\n");
    }
    void allEncodingsOfWindowsEditorsAreRead() {
        QFETCH(QByteArray, content);
        const Folder folder;
        const Kubeconfig config = loadText(folder, content.toStdString());
        QVERIFY2(config.fileErrors.empty(), describeAll(config.fileErrors).c_str());
        COMPARE_TEXT(config.clusters.at("c").server, "https://a:6443");
        QVERIFY(config.users.at("u").token == Secret("CANARY-tök"));
        COMPARE_TEXT(config.contexts.at("dev").nameSpace, "shop");
    }

    void jsonIsReadAsWell() {
        const Folder folder;
        const Kubeconfig config = loadText(
            folder,
            "{\n\t\"kind\": \"Config\", \"apiVersion\": \"v1\",\n\t\"clusters\": [{\"name\": \"c\", \"cluster\": "
            "{\"server\": "
            "\"https:\\/\\/a\", \"insecure-skip-tls-verify\": true}}],\n\t\"users\": [{\"name\": \"\\ud83d\\ude80\", "
            "\"user\": {\"token\": \"CANARY\\u0021\"}}]\n}\n");
        QVERIFY2(config.fileErrors.empty(), describeAll(config.fileErrors).c_str());
        COMPARE_TEXT(config.clusters.at("c").server, "https://a");
        QVERIFY(config.clusters.at("c").insecureSkipTlsVerify);
        QVERIFY(config.users.at("🚀").token == Secret("CANARY!"));
    }

    void aRealisticFileIsReadInFull() {
        const Kubeconfig config = loadFile(fixture("realistic.yaml"));
        QVERIFY2(config.fileErrors.empty(), describeAll(config.fileErrors).c_str());
        QCOMPARE(config.contexts.size(), std::size_t{3});
        COMPARE_TEXT(config.currentContext, "bakery-ia-prod");
        const User& user = config.users.at("aws-admin");
        QVERIFY(user.exec.has_value());
        COMPARE_TEXT(user.exec->command, "aws");
        QCOMPARE(user.exec->args.size(), std::size_t{6});
        QCOMPARE(user.exec->env.size(), std::size_t{1});
        QVERIFY(user.exec->provideClusterInfo);
        COMPARE_TEXT(config.clusters.at("bakery").execExtensionJson, "{\"audience\":\"bakery\",\"port\":8443}");
        VERIFY_CONTAINS(config.clusters.at("bakery").certificateAuthorityData, "BEGIN CERTIFICATE");
        QVERIFY(config.users.at("minikube").clientKeyData.reveal().find("PRIVATE KEY") != std::string::npos);
    }

    void allFieldsOfAUserAreRead() {
        const Folder folder;
        const Kubeconfig config = loadText(folder, R"(users:
- name: all
  user:
    tokenFile: t
    username: bob
    password: CANARY
    as: alice
    as-uid: "12"
    as-groups: [g1, g2]
    as-user-extra: {scopes: [a, b]}
    auth-provider: {name: oidc, config: {id-token: CANARY, client-id: x}}
- name: v1
  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: c}}
- name: beta
  user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: c, env: null, args: null}}
)");
        const User& user = config.users.at("all");
        COMPARE_TEXT(user.tokenFile, "t");
        COMPARE_TEXT(user.impersonation.uid, "12");
        QCOMPARE(user.impersonation.groups, (std::vector<std::string>{"g1", "g2"}));
        QCOMPARE(user.impersonation.extra.size(), std::size_t{1});
        QCOMPARE(user.authProvider->config.size(), std::size_t{2});
        COMPARE_TEXT(config.users.at("v1").exec->interactiveMode, "");
        COMPARE_TEXT(config.users.at("beta").exec->interactiveMode, "IfAvailable");
        QVERIFY(config.userFaults.empty());
    }

    void aBadFieldIsAFaultOfItsEntryOnly() {
        const Folder folder;
        const Kubeconfig config = loadText(folder, R"(users:
- {name: bad, user: {token: [CANARY], client-key-data: "CANARY*", as-groups: CANARY}}
- {name: good, user: {token: CANARY}}
clusters:
- {name: bad, cluster: {server: {CANARY: 1}, insecure-skip-tls-verify: "true"}}
- {name: worse, cluster: CANARY}
)");
        QVERIFY(config.fileErrors.empty());
        QCOMPARE(config.userFaults.size(), std::size_t{1});
        const std::string said = describeAll(config.userFaults.at("bad")) +
                                 describeAll(config.clusterFaults.at("bad")) +
                                 describeAll(config.clusterFaults.at("worse"));
        VERIFY_NO_CANARY(said);
        VERIFY_CONTAINS(said,
                        "token of user \"bad\" in " + folder.path("config") + " cannot be used: it must be a text");
        VERIFY_CONTAINS(said, "client-key-data of user \"bad\"");
        VERIFY_CONTAINS(said, "illegal base64 data");
        VERIFY_CONTAINS(said, "as-groups of user \"bad\"");
        VERIFY_CONTAINS(said, "server of cluster \"bad\"");
        VERIFY_CONTAINS(said, "must be true or false, without quotes");
        VERIFY_CONTAINS(said, "it is not a map");
    }

    void sameSettingsSeesEveryChange() {
        const Folder folder;
        const Kubeconfig before = loadText(folder, kPlain);
        QVERIFY(sameSettings(before, loadText(folder, kPlain + "# comment\n"), "dev"));
        for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
                 {"CANARY-tök", "CANARY-2"}, {"https://a:6443", "https://b"}, {"shop", "till"}}) {
            std::string text = kPlain;
            text.replace(text.find(from), from.size(), to);
            QVERIFY2(!sameSettings(before, loadText(folder, text), "dev"), to.c_str());
        }
        QVERIFY(!sameSettings(before, Kubeconfig{}, "dev"));
        QVERIFY(sameSettings(before, Kubeconfig{}, "none"));
    }

    void aPodFindsItsServiceAccount() {
        const Folder folder;
        folder.write("sa/token", "CANARY\n");
        folder.write("sa/ca.crt", fixtureText("pair-1.crt"));
        folder.write("sa/namespace", "shop\n");
        LoadOptions options;
        options.homeDirectory = folder.path();
        options.serviceAccountDirectory = folder.path("sa");
        options.serviceHost = "fd00::1";
        options.servicePort = "443";
        Kubeconfig config = load(options);
        QVERIFY(config.fileErrors.empty());
        COMPARE_TEXT(config.currentContext, "in-cluster");
        COMPARE_TEXT(config.clusters.at("in-cluster").server, "https://[fd00::1]:443");
        COMPARE_TEXT(config.contexts.at("in-cluster").nameSpace, "shop");
        COMPARE_TEXT(config.users.at("in-cluster").tokenFile, folder.path("sa/token"));
        options.explicitPath = folder.path("named");
        config = load(options);
        QVERIFY(config.contexts.empty());
        QCOMPARE(config.fileErrors.size(), std::size_t{1});
    }

    void loadingChangesNothingOnDisk() {
        const Folder folder;
        const std::string file = folder.write("config", kPlain);
        const QFileInfo before(QString::fromStdString(file));
        const QDateTime time = before.lastModified();
        static_cast<void>(loadFile(file));
        QCOMPARE(QFileInfo(QString::fromStdString(file)).lastModified(), time);
        QCOMPARE(QDir(QString::fromStdString(folder.path())).entryList(QDir::Files).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestLoader)
#include "test_loader.moc"
