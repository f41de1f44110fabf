// Credentials that change under a running console, impersonation, and servers reached by another name: against the real
// API server, which is the one that decides.

#include <QFile>
#include <QTest>

#include <atomic>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/http/errors.h"
#include "app/kinds/registry.h"
#include "app/kinds/table_kind.h"
#include "app/kube/discovery.h"
#include "app/kube/errors.h"
#include "app/kube/rules_review.h"
#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "tests/cluster/testbed.h"

using namespace quarterdeck;
using namespace quarterdeck::testbed;
using kube::FreshnessState;
using nlohmann::json;

namespace {

constexpr int kPatience = 120'000;
constexpr const char* kNameSpace = "quarterdeck-rotation";

/// Runs as the machine's does until it is turned on: what is kept for a minute is then old.
class TurnedClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return system_.now(); }
    [[nodiscard]] std::chrono::milliseconds monotonic() const override { return system_.monotonic() + ahead_.load(); }
    void turn(std::chrono::milliseconds by) { ahead_ = ahead_.load() + by; }

private:
    SystemClock system_;
    std::atomic<std::chrono::milliseconds> ahead_{std::chrono::milliseconds(0)};
};

std::set<std::string> namesOf(const std::vector<kube::ObjectPtr>& objects) {
    std::set<std::string> names;
    for (const kube::ObjectPtr& object : objects) {
        names.insert(object->path());
    }
    return names;
}

}  // namespace

class TestRotation : public QObject {
    Q_OBJECT

    std::unique_ptr<Testbed> testbed_;
    QTemporaryDir folder_;
    const kube::KindDescriptor configMaps_ = kinds::tableKind({"", "v1", "configmaps", "ConfigMap", true});

    std::string file(const char* name) const { return folder_.filePath(QString::fromUtf8(name)).toStdString(); }
    static void write(const std::string& path, const std::string& text) {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.c_str());
    }
    /// As the administrator; must succeed.
    std::string kubectl(const std::string& words) const {
        QStringList arguments{QStringLiteral("--context"), QStringLiteral("admin")};
        const Testbed::Run run =
            testbed_->kubectl(arguments + QString::fromStdString(words).split(QLatin1Char(' '), Qt::SkipEmptyParts));
        if (run.code != 0) {
            QTest::qFail((words + ": " + run.error).c_str(), __FILE__, __LINE__);
        }
        return run.out;
    }
    /// A token that holds only as long as a Secret of that name does.
    std::string tokenBoundTo(const std::string& secret) const {
        kubectl(fmt::format("-n {} create secret generic {}", kNameSpace, secret));
        const std::string uid =
            kubectl(fmt::format("-n {} get secret {} -o jsonpath={{.metadata.uid}}", kNameSpace, secret));
        return kubectl(
            fmt::format("-n {} create token robot --duration=1h --bound-object-kind=Secret "
                        "--bound-object-name={} --bound-object-uid={}",
                        kNameSpace, secret, uid));
    }
    /// A client certificate of the cluster's authority, as client.crt and client.key.
    void signIn(const char* user) const {
        QProcess bash;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QUARTERDECK_TESTBED_STATE"), QString::fromStdString(Testbed::folder()));
        bash.setProcessEnvironment(environment);
        bash.setWorkingDirectory(QStringLiteral(QUARTERDECK_SOURCE_DIR "/tests/cluster/lib"));
        bash.start(QStringLiteral("bash"),
                   {QStringLiteral("-euc"),
                    QStringLiteral(". ./say.sh; . ./certificates.sh; certificate ca \"$0\" \"/CN=$0\";"
                                   "cp \"$pki/$0.key\" \"$1/client.key\"; cp \"$pki/$0.crt\" \"$1/client.crt\""),
                    QString::fromUtf8(user), folder_.path()});
        QVERIFY(bash.waitForFinished(60'000));
        QVERIFY2(bash.exitCode() == 0, bash.readAllStandardError().constData());
    }
    std::unique_ptr<Connection> open(const char* context, std::shared_ptr<const Clock> clock = nullptr) const {
        auto connection = Connection::open(context, file("config"), std::move(clock));
        if (!connection) {
            QTest::qFail(describe(connection.error()).c_str(), __FILE__, __LINE__);
            return nullptr;
        }
        return std::move(*connection);
    }
    /// Who the server says we are, or what it says instead.
    static json whoAmI(Connection& connection) {
        http::Request request;
        request.method = "POST";
        request.target = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
        request.headers.push_back({"Content-Type", "application/json"});
        request.body = R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})";
        const auto answer = connection.transport().send(request, {});
        if (!answer) {
            return describe(answer.error());
        }
        const json review = json::parse(answer->body, nullptr, false);
        return answer->head.status < 300 ? review.at("status").at("userInfo") : json(answer->body);
    }
    static std::string nameIn(const json& user) { return user.is_object() ? user.value("username", "") : user.dump(); }
    static bool isUnauthorized(Connection& connection) {
        const auto list = connection.list(*kinds::findKind("pods"), kNameSpace);
        return !list && list.error().is(kube::kUnauthorized);
    }
    void cleanUp() const {
        if (testbed_) {
            kubectl("delete clusterrolebinding quarterdeck-rotation --ignore-not-found");
            kubectl(fmt::format("delete namespace {} --ignore-not-found", kNameSpace));
        }
    }

private slots:
    void initTestCase() {
        QVERIFY2(Testbed::missing().empty(), Testbed::missing().c_str());
        testbed_ = std::make_unique<Testbed>();
        const std::string server = qEnvironmentVariable("QUARTERDECK_TESTBED_SERVER").toStdString();
        const std::string port = server.substr(server.rfind(':'));
        const std::string pki = Testbed::folder() + "/pki/";
        const std::string admin = fmt::format("client-certificate: {0}admin.crt, client-key: {0}admin.key", pki);
        const std::string viewOnly =
            fmt::format("client-certificate: {0}view-only.crt, client-key: {0}view-only.key", pki);
        std::string config = "apiVersion: v1\nkind: Config\nclusters:\n";
        const auto cluster = [&](const char* name, const std::string& url, const char* more) {
            config += fmt::format("- {{name: {}, cluster: {{server: \"{}\", certificate-authority: {}ca.crt{}}}}}\n",
                                  name, url, pki, more);
        };
        cluster("testbed", server, "");
        // A name that leads here but stands in no certificate.
        cluster("by-name", "https://testbed.localhost" + port, "");
        cluster("by-name-named", "https://testbed.localhost" + port, ", tls-server-name: kubernetes.default.svc");
        cluster("misnamed", server, ", tls-server-name: elsewhere.example");
        config += "users:\n";
        std::string contexts = "contexts:\n";
        const auto user = [&](const char* name, const std::string& what) {
            config += fmt::format("- {{name: {}, user: {{{}}}}}\n", name, what);
            contexts += fmt::format("- {{name: {0}, context: {{cluster: testbed, user: {0}, namespace: {1}}}}}\n", name,
                                    kNameSpace);
        };
        user("token", "tokenFile: token");
        user("old-token", "tokenFile: old-token");
        user("certificate", "client-certificate: client.crt, client-key: client.key");
        user("as-view-only", admin + ", as: view-only");
        user("as-one-namespace", admin + ", as: one-namespace");
        user("as-jane", admin + ", as: jane");
        user("as-jane-of-readers", admin + ", as: jane, as-groups: [quarterdeck-readers, others]");
        user("may-not", viewOnly + ", as: testbed-admin");
        for (const char* name : {"by-name", "by-name-named", "misnamed"}) {
            contexts += fmt::format("- {{name: {0}, context: {{cluster: {0}, user: as-view-only}}}}\n", name);
        }
        write(file("config"), config + contexts);
        cleanUp();
        kubectl(fmt::format("create namespace {}", kNameSpace));
        kubectl(fmt::format("-n {} create serviceaccount robot", kNameSpace));
        kubectl(
            fmt::format("create clusterrolebinding quarterdeck-rotation --clusterrole=view --user=rotation-new "
                        "--group=quarterdeck-readers --serviceaccount={}:robot",
                        kNameSpace));
    }
    void cleanupTestCase() { cleanUp(); }

    void aTokenFileThatIsWrittenAnewKeepsTheConsoleSignedIn() {
        const std::string first = tokenBoundTo("first");
        write(file("token"), first);
        write(file("old-token"), first);
        const auto clock = std::make_shared<TurnedClock>();
        session::SessionHub::Options options;
        options.kubeconfigPath = file("config");
        options.clock = clock;
        options.machineClock = std::make_shared<SystemClock>();
        session::SessionHub hub(options);
        QTRY_VERIFY_WITH_TIMEOUT(hub.loaded(), kPatience);
        session::ClusterSession* session = hub.open("token");
        QVERIFY(session != nullptr);
        const auto store = session->store(configMaps_);
        QTRY_COMPARE_WITH_TIMEOUT(store->freshness().state, FreshnessState::Live, kPatience);
        const auto connection = open("token", clock);
        const auto withOld = open("old-token");
        QVERIFY(connection && withOld);
        QCOMPARE(nameIn(whoAmI(*connection)), fmt::format("system:serviceaccount:{}:robot", kNameSpace));
        QVERIFY(!isUnauthorized(*withOld));

        write(file("token"), tokenBoundTo("second"));
        kubectl(fmt::format("-n {} delete secret first", kNameSpace));
        QTRY_VERIFY_WITH_TIMEOUT(isUnauthorized(*withOld), kPatience);
        clock->turn(std::chrono::minutes(1));
        QVERIFY(!isUnauthorized(*connection));
        QCOMPARE(nameIn(whoAmI(*connection)), fmt::format("system:serviceaccount:{}:robot", kNameSpace));
        session->reconnect(makeError(http::kTimeout, {}));
        kubectl(fmt::format("-n {} create configmap afterwards", kNameSpace));
        const auto shown = [&] {
            return namesOf(store->snapshot()).contains(fmt::format("{}/afterwards", kNameSpace));
        };
        QTRY_VERIFY_WITH_TIMEOUT(shown(), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(store->freshness().state, FreshnessState::Live, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(session->status().state, session::ConnectionState::Connected, kPatience);
    }

    void aCertificateThatIsReplacedSignsInAsWhomItNames() {
        signIn("rotation-old");
        session::SessionHub::Options options;
        options.kubeconfigPath = file("config");
        options.clock = std::make_shared<SystemClock>();
        session::SessionHub hub(options);
        QTRY_VERIFY_WITH_TIMEOUT(hub.loaded(), kPatience);
        session::ClusterSession* session = hub.open("certificate");
        QVERIFY(session != nullptr);
        const auto store = session->store(configMaps_);
        QTRY_COMPARE_WITH_TIMEOUT(store->freshness().state, FreshnessState::Forbidden, kPatience);
        const std::string why = describe(*store->freshness().reason);
        QVERIFY2(why.find("rotation-old") != std::string::npos || why.find("list") != std::string::npos, why.c_str());
        const auto connection = open("certificate");
        QVERIFY(connection);
        QCOMPARE(nameIn(whoAmI(*connection)), std::string("rotation-old"));

        signIn("rotation-new");
        QTRY_COMPARE_WITH_TIMEOUT(nameIn(whoAmI(*connection)), std::string("rotation-new"), kPatience);
        session->retry();
        QTRY_COMPARE_WITH_TIMEOUT(store->freshness().state, FreshnessState::Live, kPatience);
        QVERIFY(store->size() > 0);
    }

    void impersonationGivesTheRightsThatKubectlTells_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("as");
        QTest::addColumn<QString>("user");
        QTest::newRow("a user") << "as-view-only"
                                << "--as=view-only"
                                << "view-only";
        QTest::newRow("a user of one namespace") << "as-one-namespace"
                                                 << "--as=one-namespace"
                                                 << "one-namespace";
        QTest::newRow("a user without rights") << "as-jane"
                                               << "--as=jane"
                                               << "jane";
        QTest::newRow("a user by her groups") << "as-jane-of-readers"
                                              << "--as=jane --as-group=quarterdeck-readers --as-group=others"
                                              << "jane";
    }
    void impersonationGivesTheRightsThatKubectlTells() {
        QFETCH(QString, context);
        QFETCH(QString, as);
        QFETCH(QString, user);
        const auto connection = open(qPrintable(context));
        QVERIFY(connection);
        const json me = whoAmI(*connection);
        QCOMPARE(nameIn(me), user.toStdString());
        const json groups = me.at("groups");
        const bool ofReaders = std::find(groups.begin(), groups.end(), json("quarterdeck-readers")) != groups.end();
        QCOMPARE(ofReaders, as.contains(QStringLiteral("quarterdeck-readers")));
        int allowed = 0;
        const kube::ResourceType types[] = {
            configMaps_.type, kinds::findKind("deployments.apps")->type, {"", "v1", "secrets", "Secret", true}};
        for (const char* nameSpace : {"bakery-ia", kNameSpace}) {
            const auto review = kube::reviewRules(connection->transport(), context.toStdString(), nameSpace, {});
            QVERIFY2(review.has_value(), review ? "" : describe(review.error()).c_str());
            for (const kube::ResourceType& type : types) {
                const std::string name = kube::qualifiedName(type);
                for (const char* verb : {"list", "delete"}) {
                    const QStringList words = QStringLiteral("auth can-i %1 %2 --namespace=%3 --context=admin %4")
                                                  .arg(QString::fromUtf8(verb), QString::fromStdString(name),
                                                       QString::fromUtf8(nameSpace), as)
                                                  .split(QLatin1Char(' '));
                    const Testbed::Run told = testbed_->kubectl(words);
                    QVERIFY2(told.out == "yes\n" || told.out == "no\n", (told.out + told.error).c_str());
                    const bool may = told.out == "yes\n";
                    QVERIFY2(review->allows(verb, type) == may,
                             fmt::format("{} {} in {}: kubectl says {}", verb, name, nameSpace, told.out).c_str());
                    allowed += may ? 1 : 0;
                    if (std::string_view(verb) == "list") {
                        const auto list = connection->list(kinds::tableKind(type), nameSpace);
                        QVERIFY2(list.has_value() == may, name.c_str());
                        QVERIFY(may || list.error().is(kube::kForbidden));
                        const std::string rows =
                            may ? kubectl(fmt::format("get {} -n {} -o name", name, nameSpace)) : "";
                        QCOMPARE(may ? list->size() : 0,
                                 static_cast<std::size_t>(std::count(rows.begin(), rows.end(), '\n')));
                    }
                }
            }
        }
        QCOMPARE(allowed == 0, context == QStringLiteral("as-jane"));
    }

    void whoMayNotImpersonateIsTold() {
        const auto connection = open("may-not");
        QVERIFY(connection);
        const auto list = connection->list(configMaps_, kNameSpace);
        QVERIFY(!list);
        QVERIFY(list.error().is(kube::kForbidden));
        QVERIFY2(describe(list.error()).find("impersonate") != std::string::npos, describe(list.error()).c_str());
    }

    void anotherNameNeedsTheTlsServerName() {
        const auto named = open("by-name-named");
        QVERIFY(named);
        const auto list = named->list(configMaps_, kNameSpace);
        QVERIFY2(list.has_value(), list ? "" : describe(list.error()).c_str());
        QVERIFY(!list->empty());
        for (const char* context : {"by-name", "misnamed"}) {
            const auto other = open(context);
            QVERIFY(other);
            const auto refused = other->list(configMaps_, kNameSpace);
            QVERIFY2(!refused, context);
            const std::string words = describe(refused.error());
            QVERIFY2(refused.error().is(http::kWrongHostName), words.c_str());
            QVERIFY2(words.find(context == std::string_view("by-name") ? "testbed.localhost" : "elsewhere.example") !=
                         std::string::npos,
                     words.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestRotation)
#include "test_rotation.moc"
