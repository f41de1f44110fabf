#include "app/kubeconfig/contexts.h"
#include "app/kubeconfig/resolve.h"
#include "tests/kubeconfig/kubeconfig_helpers.h"

using namespace quarterdeck;
using namespace quarterdeck::kubeconfig;
using namespace quarterdeck::kubeconfig::test;

namespace {

Kubeconfig one(const Folder& folder, const std::string& cluster, const std::string& user = "{}") {
    return loadText(folder, "contexts: [{name: x, context: {cluster: C, user: U}}]\nclusters: [{name: C, cluster: " +
                                cluster + "}]\nusers: [{name: U, user: " + user + "}]\n");
}

}  // namespace

class TestResolve : public QObject {
    Q_OBJECT
private slots:
    void relativePathsResolveAgainstTheirOwnFile() {
        const Folder folder;
        folder.write("d1/ca.crt", fixtureText("pair-1.crt"));
        folder.write("d2/ca.crt", fixtureText("pair-2.crt"));
        folder.write("shared.crt", fixtureText("pair-2.crt"));
        const std::string first = folder.write(
            "d1/config", "clusters: [{name: C1, cluster: {server: 'https://a', certificate-authority: ca.crt}}]\n");
        const std::string second = folder.write(
            "d2/config",
            "clusters: [{name: C2, cluster: {server: 'https://b', certificate-authority: ../shared.crt}}]\n"
            "contexts: [{name: one, context: {cluster: C1}}, {name: two, context: {cluster: C2}}]\n");
        const Kubeconfig config = loadList({first, second});
        COMPARE_TEXT(endpointFor(config, "one")->caPem, fixtureText("pair-1.crt"));
        COMPARE_TEXT(endpointFor(config, "two")->caPem, fixtureText("pair-2.crt"));
        COMPARE_TEXT(resolvePath({"/a/b/config", "/a/b"}, "../k"), "/a/k");
        COMPARE_TEXT(resolvePath({"/a/b/config", "/a/b"}, "/k"), "/k");
        COMPARE_TEXT(resolvePath({"/a/b/config", "/a/b"}, ""), "");
    }

    void inlineCaBecomesThePem() {
        const Folder folder;
        const Kubeconfig config = one(
            folder, "{server: 'https://a/', certificate-authority-data: " + base64(fixtureText("pair-1.crt")) + "}");
        const Result<http::Endpoint> endpoint = endpointFor(config, "x");
        QVERIFY(endpoint.has_value());
        COMPARE_TEXT(endpoint->caPem, fixtureText("pair-1.crt"));
        COMPARE_TEXT(endpoint->serverUrl, "https://a");
        COMPARE_TEXT(endpoint->label, "x");
    }

    void noCaMeansTheSystemsRoots() {
        const Folder folder;
        QVERIFY(endpointFor(one(folder, "{server: 'https://a'}"), "x")->caPem.empty());
    }

    void allConnectionFieldsArrive() {
        const Folder folder;
        const Result<http::Endpoint> endpoint = endpointFor(
            one(folder,
                "{server: 'https://a:1/k8s/c1/', tls-server-name: real.example, proxy-url: 'http://u:CANARY@p:3128', "
                "disable-compression: true, insecure-skip-tls-verify: true}"),
            "x");
        QVERIFY(endpoint.has_value());
        COMPARE_TEXT(endpoint->serverUrl, "https://a:1/k8s/c1");
        COMPARE_TEXT(endpoint->tlsServerName, "real.example");
        COMPARE_TEXT(endpoint->proxyUrl, "http://u:CANARY@p:3128");
        QVERIFY(endpoint->disableCompression && endpoint->insecureSkipTlsVerify);
    }

    void aServerWithoutSchemeIsHttpsWhereThereIsTlsMaterial() {
        Cluster cluster;
        cluster.server = "a:6443/";
        COMPARE_TEXT(normalisedServerUrl(cluster, false), "http://a:6443");
        COMPARE_TEXT(normalisedServerUrl(cluster, true), "https://a:6443");
        cluster.certificateAuthority = "ca";
        COMPARE_TEXT(normalisedServerUrl(cluster, false), "https://a:6443");
    }

    void fullImpersonationBecomesHeaders() {
        const Folder folder;
        const Result<http::Endpoint> endpoint =
            endpointFor(one(folder, "{server: 'https://a'}",
                            "{as: alice, as-uid: '7', as-groups: [g1, g2], as-user-extra: {'example.org/a%b': [v1, "
                            "v2], scopes: [s]}}"),
                        "x");
        QVERIFY(endpoint.has_value());
        std::string text;
        for (const http::Header& header : endpoint->extraHeaders) {
            text += header.name + "=" + header.value + ";";
        }
        COMPARE_TEXT(text,
                     "Impersonate-User=alice;Impersonate-Uid=7;Impersonate-Group=g1;Impersonate-Group=g2;"
                     "Impersonate-Extra-example.org%2Fa%25b=v1;Impersonate-Extra-example.org%2Fa%25b=v2;"
                     "Impersonate-Extra-scopes=s;");
    }

    void contextsAreSummarised() {
        const Kubeconfig config = loadFile(fixture("realistic.yaml"));
        const std::vector<ContextSummary> contexts = summarise(config);
        QCOMPARE(contexts.size(), std::size_t{3});
        COMPARE_TEXT(contexts[0].name, "bakery-ia-prod");
        COMPARE_TEXT(contexts[0].server, "https://10.20.0.4:16443/");
        COMPARE_TEXT(contexts[0].userKind, "exec: aws");
        COMPARE_TEXT(contexts[0].nameSpace, "bakery-ia");
        QVERIFY(contexts[0].current && contexts[0].productionGuess && contexts[0].usable());
        COMPARE_TEXT(contexts[1].userKind, "certificate");
        COMPARE_TEXT(contexts[1].nameSpace, "default");
        QVERIFY(!contexts[1].current && !contexts[1].productionGuess && contexts[1].usable());
        COMPARE_TEXT(contexts[2].userKind, "none");
        QVERIFY(contexts[2].usable());
    }

    void everyKindOfUserHasItsName_data() {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("kind");
        QTest::newRow("token") << "{token: CANARY}"
                               << "token";
        QTest::newRow("token file") << "{token: CANARY, tokenFile: f}"
                                    << "token file";
        QTest::newRow("basic") << "{username: u, password: CANARY}"
                               << "basic";
        QTest::newRow("certificate") << "{client-certificate: c, client-key: k}"
                                     << "certificate";
        QTest::newRow("exec with path") << "{exec: {command: ./bin/login}}"
                                        << "exec: login";
        QTest::newRow("oidc") << "{auth-provider: {name: oidc}}"
                              << "oidc";
        QTest::newRow("none") << "{}"
                              << "none";
    }
    void everyKindOfUserHasItsName() {
        QFETCH(QString, user);
        QFETCH(QString, kind);
        const Folder folder;
        COMPARE_TEXT(userKind(one(folder, "{}", user.toStdString()).users.at("U")), kind.toStdString());
    }

    void aBrokenContextIsListedWithItsErrors() {
        const Folder folder;
        const Kubeconfig config = loadText(folder, "contexts: [{name: bad, context: {cluster: X, user: Y}}]\n");
        const std::vector<ContextSummary> contexts = summarise(config);
        QCOMPARE(contexts.size(), std::size_t{1});
        QCOMPARE(contexts[0].errors.size(), std::size_t{2});
        QVERIFY(!contexts[0].usable());
    }

    void productionIsGuessedFromNames_data() {
        QTest::addColumn<bool>("production");
        for (const char* name : {"prod", "bakery-ia-prod", "eu_prd_1", "live-eu", "PROD", "production", "shop-live",
                                 "arn:aws:eks:eu-west-1:1:cluster/prod", "admin@prod"}) {
            QTest::newRow(name) << true;
        }
        for (const char* name : {"staging", "nonprod", "olive", "reproduce", "delivery", "dev", ""}) {
            QTest::newRow(name) << false;
        }
    }
    void productionIsGuessedFromNames() {
        QFETCH(bool, production);
        QCOMPARE(looksLikeProduction(QTest::currentDataTag()), production);
    }

    void passwordsInUrlsAreHidden() {
        COMPARE_TEXT(redactUrl("http://u:CANARY@p:1/x"), "http://***@p:1/x");
        COMPARE_TEXT(redactUrl("u:CANARY@p"), "***@p");
        COMPARE_TEXT(redactUrl("http:///u:CANA@RY@p?x=CANARY"), "http://***@p?***");
        COMPARE_TEXT(redactUrl("https://a:6443"), "https://a:6443");
    }
};

QTEST_GUILESS_MAIN(TestResolve)
#include "test_resolve.moc"
