// What a user with few rights sees of a real API server, and what is said of the rest.
#include <QTest>

#include "app/kinds/registry.h"
#include "app/kube/errors.h"
#include "app/kube/kube_client.h"
#include "app/kube/rules_review.h"
#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"

using namespace quarterdeck;
using kube::FreshnessState;

namespace {

constexpr int kPatience = 120'000;

std::string testbedFile() {
    return qEnvironmentVariable("QUARTERDECK_TESTBED_KUBECONFIG").toStdString();
}

std::unique_ptr<session::SessionHub> makeHub() {
    session::SessionHub::Options options;
    options.kubeconfigPath = testbedFile();
    options.clock = std::make_shared<SystemClock>();
    return std::make_unique<session::SessionHub>(std::move(options));
}

QString reasonOf(const kube::ObjectStore& store) {
    const kube::Freshness freshness = store.freshness();
    return freshness.reason ? QString::fromStdString(describe(*freshness.reason)) : QString();
}

bool isShown(const kube::ObjectStore& store) {
    const FreshnessState state = store.freshness().state;
    return state == FreshnessState::Live || state == FreshnessState::Empty;
}

}  // namespace

class TestRights : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QVERIFY2(!testbedFile().empty(), "QUARTERDECK_TESTBED_KUBECONFIG is not set: run tests/run --cluster");
    }

    void theOwnNamespaceIsShownAndATypedOneIsNamedWithItsMissingVerbs() {
        const auto hub = makeHub();
        QTRY_VERIFY_WITH_TIMEOUT(hub->loaded(), kPatience);
        session::ClusterSession* const session = hub->open("one-namespace");
        QVERIFY(session != nullptr);
        const auto store = session->store(*kinds::findKind("deployments.apps"));
        QTRY_VERIFY_WITH_TIMEOUT(isShown(*store), kPatience);
        QVERIFY2(reasonOf(*store).startsWith(QStringLiteral("Only namespace bakery-ia of context one-namespace")),
                 qPrintable(reasonOf(*store)));
        QVERIFY(store->size() > 0);
        session->seekNamespaces({"globeco"});
        QTRY_VERIFY2_WITH_TIMEOUT(
            reasonOf(*store).contains(QStringLiteral("Needs list and watch on deployments.apps in namespace globeco")),
            qPrintable(reasonOf(*store)), kPatience);
        for (const kube::ObjectPtr& object : store->snapshot()) {
            QCOMPARE(object->meta.nameSpace.str(), std::string("bakery-ia"));
        }
        QCOMPARE(session->namespacesToRemember(), (std::vector<std::string>{"bakery-ia", "globeco"}));
    }

    void theServersOwnRulesAreRead() {
        const auto hub = makeHub();
        QTRY_VERIFY_WITH_TIMEOUT(hub->loaded(), kPatience);
        const auto client = hub->open("one-namespace")->client();
        const kube::ResourceType& pods = kinds::findKind("pods")->type;
        const auto own = kube::reviewRules(client->channel(), "one-namespace", "bakery-ia", {});
        QVERIFY2(own, own ? "" : describe(own.error()).c_str());
        QVERIFY(own->missing({"list", "watch"}, pods).empty());
        const auto other = kube::reviewRules(client->channel(), "one-namespace", "globeco", {});
        QVERIFY(other);
        QCOMPARE(other->missing({"list", "watch"}, pods), (std::vector<std::string>{"list", "watch"}));
    }

    void whoMayListAllPodsNeedsNoNamespaces() {
        const auto hub = makeHub();
        QTRY_VERIFY_WITH_TIMEOUT(hub->loaded(), kPatience);
        session::ClusterSession* const session = hub->open("no-namespaces");
        const auto pods = session->store(*kinds::findKind("deployments.apps"));
        const auto namespaces = session->store(*kinds::findKind("namespaces"));
        QTRY_VERIFY_WITH_TIMEOUT(isShown(*pods), kPatience);
        QVERIFY2(reasonOf(*pods).isEmpty(), qPrintable(reasonOf(*pods)));
        QTRY_COMPARE_WITH_TIMEOUT(namespaces->freshness().state, FreshnessState::Forbidden, kPatience);
        QVERIFY2(reasonOf(*namespaces).startsWith(QStringLiteral("Needs list namespaces")),
                 qPrintable(reasonOf(*namespaces)));
    }
};

QTEST_GUILESS_MAIN(TestRights)
#include "test_rights.moc"
