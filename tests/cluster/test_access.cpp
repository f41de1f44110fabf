#include <QFile>
#include <QTest>

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

/// Every kind of credential, and users who may not do everything: what we can list is what kubectl says we may.
class TestAccess : public QObject {
    Q_OBJECT

    std::unique_ptr<Testbed> testbed_;

    static constexpr const char* kContexts[] = {"admin",         "token-file",    "exec-plugin", "view-only",
                                                "one-namespace", "no-namespaces", "no-exec",     "no-secrets"};

    std::unique_ptr<session::SessionHub> hub() const {
        session::SessionHub::Options options;
        options.kubeconfigPath = Testbed::kubeconfigPath();
        options.clock = std::make_shared<SystemClock>();
        return std::make_unique<session::SessionHub>(options);
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(Testbed::missing().empty(), Testbed::missing().c_str());
        testbed_ = std::make_unique<Testbed>();
    }

    void listsWhatKubectlSaysMayBeListed_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QString>("nameSpace");
        for (const char* context : kContexts) {
            for (const char* resource : {"pods", "nodes", "namespaces", "deployments.apps", "events"}) {
                const bool namespaced = kinds::findKind(resource)->type.namespaced;
                for (const char* nameSpace : {"", "bakery-ia", "globeco"}) {
                    if (namespaced || *nameSpace == '\0') {
                        QTest::addRow("%s %s %s", context, resource, nameSpace)
                            << QString::fromUtf8(context) << QString::fromUtf8(resource)
                            << QString::fromUtf8(nameSpace);
                    }
                }
            }
        }
    }
    void listsWhatKubectlSaysMayBeListed() {
        QFETCH(QString, context);
        QFETCH(QString, resource);
        QFETCH(QString, nameSpace);
        const Testbed::Run answer = testbed_->kubectl(
            {QStringLiteral("auth"), QStringLiteral("can-i"), QStringLiteral("list"), resource,
             QStringLiteral("--context"), context,
             nameSpace.isEmpty() ? QStringLiteral("--all-namespaces") : QStringLiteral("--namespace=") + nameSpace});
        const bool allowed = answer.out == "yes\n";
        QVERIFY2(allowed || answer.out == "no\n", (answer.out + answer.error).c_str());
        auto connection = Connection::open(context.toStdString());
        QVERIFY2(connection.has_value(), connection ? "" : describe(connection.error()).c_str());
        const auto list = (*connection)->list(*kinds::findKind(resource.toStdString()), nameSpace.toStdString());
        if (allowed) {
            QVERIFY2(list.has_value(), list ? "" : describe(list.error()).c_str());
        } else {
            QVERIFY(!list.has_value());
            QVERIFY2(list.error().is(kube::kForbidden), describe(list.error()).c_str());
            QCOMPARE(list.error().httpStatus, 403);
        }
    }

    /// The rules that the server tells of are those that it decides by.
    void theRulesSayWhatKubectlSaysOfEachVerb_data() {
        QTest::addColumn<QString>("context");
        for (const char* context : {"admin", "view-only", "one-namespace", "no-namespaces", "no-exec", "no-secrets"}) {
            QTest::newRow(context) << QString::fromLatin1(context);
        }
    }
    void theRulesSayWhatKubectlSaysOfEachVerb() {
        QFETCH(QString, context);
        const kube::ResourceType types[] = {{"", "v1", "pods", "Pod", true},
                                            {"", "v1", "secrets", "Secret", true},
                                            {"apps", "v1", "deployments", "Deployment", true},
                                            {"", "v1", "pods/exec", "Pod", true}};
        auto connection = Connection::open(context.toStdString());
        QVERIFY2(connection.has_value(), connection ? "" : describe(connection.error()).c_str());
        int allowed = 0;
        int compared = 0;
        for (const char* nameSpace : {"bakery-ia", "globeco"}) {
            const auto review = kube::reviewRules((*connection)->transport(), context.toStdString(), nameSpace, {});
            QVERIFY2(review.has_value(), review ? "" : describe(review.error()).c_str());
            QVERIFY(!review->incomplete);
            for (const kube::ResourceType& type : types) {
                for (const char* verb : {"get", "list", "watch", "create", "delete"}) {
                    // To kubectl, pods/exec is a pod of that name.
                    const QString resource = QString::fromStdString(kube::qualifiedName(type));
                    const QStringList parts = resource.split(QLatin1Char('/'));
                    QStringList words{QStringLiteral("auth"),
                                      QStringLiteral("can-i"),
                                      QString::fromLatin1(verb),
                                      parts.front(),
                                      QStringLiteral("--context"),
                                      context,
                                      QStringLiteral("--namespace=") + QString::fromLatin1(nameSpace)};
                    if (parts.size() > 1) {
                        words.append(QStringLiteral("--subresource=") + parts.back());
                    }
                    const Testbed::Run answer = testbed_->kubectl(words);
                    QVERIFY2(answer.out == "yes\n" || answer.out == "no\n", (answer.out + answer.error).c_str());
                    QVERIFY2(review->allows(verb, type) == (answer.out == "yes\n"),
                             qPrintable(QStringLiteral("%1 %2 in %3: kubectl says %4")
                                            .arg(QString::fromLatin1(verb), resource, QString::fromLatin1(nameSpace),
                                                 QString::fromStdString(answer.out))));
                    allowed += answer.out == "yes\n" ? 1 : 0;
                    ++compared;
                }
            }
        }
        QCOMPARE(compared, 40);
        QVERIFY(allowed > 0);
        QCOMPARE(allowed == compared, context == QStringLiteral("admin"));
    }

    void whoMaySeeNoSecretsIsToldTheVerb() {
        const auto contexts = hub();
        QTRY_VERIFY_WITH_TIMEOUT(contexts->loaded(), 30'000);
        session::ClusterSession* session = contexts->open("no-secrets");
        QVERIFY(session != nullptr);
        const kube::KindDescriptor kind = kinds::tableKind({"", "v1", "secrets", "Secret", true});
        const auto store = session->store(kind);
        QTRY_COMPARE_WITH_TIMEOUT(store->freshness().state, kube::FreshnessState::Forbidden, 120'000);
        const std::string why = describe(*store->freshness().reason);
        QVERIFY2(why.find("list secrets") != std::string::npos, why.c_str());
        QCOMPARE(store->size(), std::size_t{0});
    }

    /// A session's store ends in the state that the user's rights allow, and stays there.
    void aForbiddenListIsAStateOfTheStore_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("resource");
        QTest::addColumn<bool>("forbidden");
        const auto add = [](const char* context, const char* resource, bool forbidden) {
            QTest::addRow("%s %s", context, resource)
                << QString::fromUtf8(context) << QString::fromUtf8(resource) << forbidden;
        };
        add("admin", "nodes", false);
        add("token-file", "namespaces", false);
        add("exec-plugin", "namespaces", false);
        add("view-only", "namespaces", false);
        add("view-only", "nodes", true);
        add("no-namespaces", "namespaces", true);
        add("no-namespaces", "pods", false);
        add("one-namespace", "nodes", true);
        add("one-namespace", "namespaces", true);
        add("one-namespace", "pods", false);  // by falling back to its own namespace
    }
    void aForbiddenListIsAStateOfTheStore() {
        QFETCH(QString, context);
        QFETCH(QString, resource);
        QFETCH(bool, forbidden);
        const auto contexts = hub();
        QTRY_VERIFY_WITH_TIMEOUT(contexts->loaded(), 30'000);
        session::ClusterSession* session = contexts->open(context.toStdString());
        QVERIFY(session != nullptr);
        const auto store = session->store(*kinds::findKind(resource.toStdString()));
        const auto settled = [&] {
            const kube::FreshnessState state = store->freshness().state;
            return state != kube::FreshnessState::Loading;
        };
        QTRY_VERIFY_WITH_TIMEOUT(settled(), 120'000);
        const kube::Freshness freshness = store->freshness();
        const std::string why = freshness.reason ? describe(*freshness.reason) : std::string();
        if (forbidden) {
            QVERIFY2(freshness.state == kube::FreshnessState::Forbidden, why.c_str());
            QVERIFY2(why.find("list " + resource.toStdString()) != std::string::npos, why.c_str());
        } else {
            QVERIFY2(freshness.state == kube::FreshnessState::Live || freshness.state == kube::FreshnessState::Empty,
                     why.c_str());
        }
        QTRY_COMPARE_WITH_TIMEOUT(session->status().state, session::ConnectionState::Connected, 60'000);
        QCOMPARE(session->status().serverVersion, std::string("v1.34.4"));
    }

    void oneNamespaceShowsItsOwnPodsOnly() {
        const auto contexts = hub();
        QTRY_VERIFY_WITH_TIMEOUT(contexts->loaded(), 30'000);
        session::ClusterSession* session = contexts->open("one-namespace");
        QVERIFY(session != nullptr);
        const auto store = session->store(*kinds::findKind("replicasets.apps"));
        const auto admin = Connection::open("admin");
        QVERIFY(admin.has_value());
        // Of the same namespace the administrator sees as many.
        const auto same = [&] {
            const auto wanted = (*admin)->list(*kinds::findKind("replicasets.apps"), "bakery-ia");
            return wanted.has_value() && store->freshness().state != kube::FreshnessState::Loading &&
                   store->size() == wanted->size();
        };
        QTRY_VERIFY_WITH_TIMEOUT(same(), 120'000);
        for (const kube::ObjectPtr& object : store->snapshot()) {
            QCOMPARE(object->meta.nameSpace.str(), std::string("bakery-ia"));
        }
    }

    /// Ten lists by one context run the plugin once: its credential is kept.
    void anExecPluginRunsOnceForManyCalls() {
        const auto runs = [] {
            QFile log(QString::fromStdString(Testbed::folder() + "/exec-plugin.log"));
            return log.open(QIODevice::ReadOnly) ? log.readAll().count('\n') : 0;
        };
        const auto before = runs();
        auto connection = Connection::open("exec-plugin");
        QVERIFY(connection.has_value());
        for (int round = 0; round < 10; ++round) {
            QVERIFY((*connection)->list(*kinds::findKind("namespaces")).has_value());
        }
        QCOMPARE(runs(), before + 1);
    }
};

QTEST_GUILESS_MAIN(TestAccess)
#include "test_access.moc"
