#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/resolve.h"
#include "app/kubeconfig/validate.h"
#include "tests/kubeconfig/kubeconfig_helpers.h"

using namespace quarterdeck;
using namespace quarterdeck::kubeconfig;
using namespace quarterdeck::kubeconfig::test;

namespace {

/// A config with one context `x` of cluster `C` and user `U`, whose bodies are given as YAML flow maps.
std::string configText(const std::string& cluster, const std::string& user, const std::string& context) {
    return "contexts: [{name: x, context: " + context + "}]\nclusters: [{name: C, cluster: " + cluster +
           "}]\nusers: [{name: U, user: " + user + "}]\n";
}

const std::string kCluster = "{server: 'https://a'}";
const std::string kContext = "{cluster: C, user: U}";
const std::string kExec = "apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: c";

}  // namespace

class TestValidate : public QObject {
    Q_OBJECT
private slots:
    void theTextsThatUsersKnow_data() {
        QTest::addColumn<QString>("cluster");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("context");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* name, const std::string& cluster, const std::string& user,
                            const std::string& context, const QStringList& expected) {
            QTest::newRow(name) << QString::fromStdString(cluster) << QString::fromStdString(user)
                                << QString::fromStdString(context) << expected;
        };
        const auto list = [](std::initializer_list<const char*> texts) {
            QStringList all;
            for (const char* text : texts) {
                all << QString::fromUtf8(text);
            }
            return all;
        };
        const auto cluster = [&](const char* name, const std::string& body, std::initializer_list<const char*> texts) {
            row(name, body, "{}", kContext, list(texts));
        };
        const auto user = [&](const char* name, const std::string& body, std::initializer_list<const char*> texts) {
            row(name, kCluster, body, kContext, list(texts));
        };
        row("user missing", kCluster, "{}", "{cluster: C, user: V}",
            list({"user \"V\" was not found for context \"x\""}));
        row("cluster missing", kCluster, "{}", "{cluster: D, user: U}",
            list({"cluster \"D\" was not found for context \"x\""}));
        row("both missing", kCluster, "{}", "{cluster: D, user: V, namespace: Big_One}",
            list({"user \"V\" was not found", "cluster \"D\" was not found",
                  "namespace \"Big_One\" for context \"x\" does not conform to the kubernetes DNS_LABEL rules"}));
        row("cluster unset", kCluster, "{}", "{user: U}", list({"cluster was not specified for context \"x\""}));
        row("namespace of 64", kCluster, "{}", "{cluster: C, namespace: " + std::string(64, 'a') + "}",
            list({"does not conform to the kubernetes DNS_LABEL rules"}));
        row("anonymous", kCluster, "{}", "{cluster: C}", {});
        cluster("no server", "{}", {"no server found for cluster \"C\""});
        cluster("server of another scheme", "{server: 'ftp://a'}",
                {"invalid server \"ftp://a\" for cluster \"C\"", "unsupported scheme \"ftp\""});
        cluster("server with a password", "{server: 'https://bob:CANARY@a'}", {"invalid server \"https://***@a\""});
        cluster("server with a query", "{server: 'https://a/?token=CANARY'}", {"invalid server \"https://a/?***\""});
        cluster("server is no URL", "{server: 'https://'}", {"host must be a URL or a host:port pair"});
        cluster("server without scheme", "{server: 'a:6443'}", {});
        cluster("ca missing", "{server: 'https://a', certificate-authority: /nowhere/ca}",
                {"unable to read certificate-authority /nowhere/ca for C due to No such file"});
        cluster("ca both",
                "{server: 'https://a', certificate-authority: " + fixture("pair-1.crt") +
                    ", certificate-authority-data: " + base64(fixtureText("pair-1.crt")) + "}",
                {"certificate-authority-data and certificate-authority are both specified for C"});
        cluster("ca and insecure",
                "{server: 'https://a', insecure-skip-tls-verify: true, certificate-authority: " +
                    fixture("pair-1.crt") + "}",
                {"specifying a root certificates file with the insecure flag is not allowed"});
        cluster("ca is no PEM", "{server: 'https://a', certificate-authority-data: " + base64("CANARY") + "}",
                {"certificate-authority-data of cluster \"C\"", "holds no PEM certificate"});
        cluster("all at once",
                "{certificate-authority: /nowhere/ca, certificate-authority-data: Q0FOQVJZ, insecure-skip-tls-verify: "
                "true, "
                "proxy-url: 'ftp://p'}",
                {"no server found", "are both specified", "with the insecure flag", "unable to read",
                 "invalid 'proxy-url'"});
        cluster("proxy of another scheme", "{server: 'https://a', proxy-url: 'ftp://bob:CANARY@p'}",
                {"invalid 'proxy-url' \"ftp://***@p\" for cluster \"C\": unsupported scheme \"ftp\", must be http, "
                 "https, or "
                 "socks5"});
        cluster("proxy broken", "{server: 'https://a', proxy-url: 'http://[p'}", {"could not parse the URL"});
        cluster("good proxies", "{server: 'https://a', proxy-url: 'socks5://p:1080'}", {});
        user("token and basic", "{token: CANARY, username: bob}",
             {"more than one authentication method found for U; found [token basicAuth], only one is allowed"});
        user("token of two lines", "{token: \"CANARY\\nx\"}", {"token of user \"U\""});
        user("basic alone", "{username: bob, password: CANARY}", {});
        user("colon in user name", "{username: 'a:CANARY'}", {"username of user \"U\""});
        user("certificate and token",
             "{token: CANARY, client-certificate: " + fixture("pair-1.crt") + ", client-key: " + fixture("pair-1.key") +
                 "}",
             {});
        user("no key", "{client-certificate: " + fixture("pair-1.crt") + "}",
             {"client-key-data or client-key must be specified for U to use the clientCert authentication method"});
        user("cert missing", "{client-certificate: /nowhere/c, client-key: /nowhere/k}",
             {"unable to read client-cert /nowhere/c for U due to No such file",
              "unable to read client-key /nowhere/k for U due to No such file"});
        user("both of both",
             "{client-certificate: " + fixture("pair-1.crt") + ", client-key: " + fixture("pair-1.key") +
                 ", client-certificate-data: " + base64(fixtureText("pair-1.crt")) +
                 ", client-key-data: " + base64(fixtureText("pair-1.key")) + "}",
             {"client-cert-data and client-cert are both specified for U",
              "client-key-data and client-key are both specified for U"});
        user("key is no PEM", "{client-certificate: " + fixture("pair-1.crt") + ", client-key-data: Q0FOQVJZ}",
             {"client-key-data of user \"U\"", "holds no PEM private key"});
        user("exec complete", "{exec: {" + kExec + "}}", {});
        user("exec empty", "{exec: {args: [CANARY]}}",
             {"command must be specified for U to use exec authentication plugin", "apiVersion must be specified for U",
              "interactiveMode must be specified for U"});
        user("exec v1 without mode", "{exec: {apiVersion: client.authentication.k8s.io/v1, command: c}}",
             {"interactiveMode must be specified for U to use exec authentication plugin"});
        user("exec beta without mode", "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: c}}", {});
        user("exec of another mode",
             "{exec: {apiVersion: client.authentication.k8s.io/v1, command: c, interactiveMode: Maybe}}",
             {"invalid interactiveMode for U: \"Maybe\""});
        user("exec alpha",
             "{exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: c, interactiveMode: Never}}",
             {"exec plugin: invalid apiVersion \"client.authentication.k8s.io/v1alpha1\""});
        user("exec variable without name", "{exec: {" + kExec + ", env: [{value: CANARY}]}}",
             {"env variable name must be specified for U"});
        user("exec and provider", "{auth-provider: {name: oidc}, exec: {" + kExec + "}}",
             {"authProvider cannot be provided in combination with an exec plugin for U"});
        user("gcp", "{auth-provider: {name: gcp, config: {access-token: CANARY}}}",
             {"The gcp auth provider of user U", "has been removed", "gke-gcloud-auth-plugin"});
        user("azure", "{auth-provider: {name: azure}}", {"has been removed", "kubelogin"});
        user("provider unknown", "{auth-provider: {name: mine}}", {"no Auth Provider found for name \"mine\""});
        user("oidc", "{auth-provider: {name: oidc, config: {id-token: CANARY}}}", {});
        user("groups without user", "{token: CANARY, as-groups: [g]}",
             {"requesting uid, groups or user-extra for U without impersonating a user"});
        user("impersonation with a line break", "{as: \"a\\r\\nX-Evil: 1\"}", {"a line break"});
    }
    void theTextsThatUsersKnow() {
        QFETCH(QString, cluster);
        QFETCH(QString, user);
        QFETCH(QString, context);
        QFETCH(QStringList, expected);
        const Folder folder;
        const Kubeconfig config =
            loadText(folder, configText(cluster.toStdString(), user.toStdString(), context.toStdString()));
        QVERIFY2(config.fileErrors.empty(), describeAll(config.fileErrors).c_str());
        const std::vector<Error> errors = validateContext(config, "x");
        const std::string said = describeAll(errors);
        for (const QString& text : expected) {
            VERIFY_CONTAINS(said, text.toStdString());
        }
        VERIFY_NO_CANARY(said);
        QVERIFY2(errors.empty() == expected.isEmpty(), said.c_str());
        QVERIFY2(said.find('{') == std::string::npos, said.c_str());
        const Result<http::Endpoint> endpoint = endpointFor(config, "x");
        QCOMPARE(endpoint.has_value(), expected.isEmpty());
        if (!endpoint) {
            QVERIFY(endpoint.error().is(kContextUnusable));
            for (const QString& text : expected) {
                VERIFY_CONTAINS(describe(endpoint.error()), text.toStdString());
            }
        }
    }

    void theContextIsLookedUp() {
        const Folder folder;
        Kubeconfig config = loadText(folder, configText(kCluster, "{}", kContext));
        VERIFY_CONTAINS(describeAll(validateContext(config, "nope")),
                        "context was not found for specified context: nope");
        QVERIFY(validateContext(config, "").at(0).is(kNoContext));
        config.currentContext = "x";
        QVERIFY(validateContext(config, "").empty());
    }

    void faultsOfFieldsComeWithTheRest() {
        const Folder folder;
        const Kubeconfig config = loadText(folder, configText("{server: [CANARY]}", "{token: {CANARY: 1}, as-uid: x}",
                                                              "{cluster: C, user: U, namespace: []}"));
        const std::string said = describeAll(validateContext(config, "x"));
        VERIFY_CONTAINS(said, "server of cluster \"C\"");
        VERIFY_CONTAINS(said, "token of user \"U\"");
        VERIFY_CONTAINS(said, "namespace of context \"x\"");
        VERIFY_CONTAINS(said, "without impersonating a user");
        VERIFY_NO_CANARY(said);
    }

    void everythingIsValidatedOnce() {
        const Folder folder;
        const Kubeconfig config = loadText(folder,
                                           "current-context: gone\n"
                                           "contexts: [{name: a, context: {cluster: C, user: U}}, {name: b, context: "
                                           "{cluster: C, user: U}}, {name: c, context: {cluster: X, namespace: A}}]\n"
                                           "clusters: [{name: C}, {name: unused, cluster: {server: 'ftp://a'}}]\n"
                                           "users: [{name: U, user: {token: CANARY, username: x}}]\n");
        const std::vector<Error> errors = validateAll(config);
        std::vector<std::string> ids;
        for (const Error& error : errors) {
            ids.emplace_back(error.code->id);
        }
        QCOMPARE(ids, (std::vector<std::string>{"kubeconfig.context-missing", "kubeconfig.no-server",
                                                "kubeconfig.bad-server", "kubeconfig.many-methods",
                                                "kubeconfig.cluster-missing", "kubeconfig.bad-namespace"}));
    }

    void onlyTheBrokenContextIsUnusable() {
        const Folder folder;
        const Kubeconfig config =
            loadText(folder,
                     "contexts: [{name: good, context: {cluster: C}}, {name: bad, context: {cluster: X}}]\n"
                     "clusters: [{name: C, cluster: {server: 'https://a'}}]\n");
        QVERIFY(endpointFor(config, "good").has_value());
        QVERIFY(!endpointFor(config, "bad").has_value());
    }
};

QTEST_GUILESS_MAIN(TestValidate)
#include "test_validate.moc"
