// What a real API server serves, each kind of it as a live table, and a definition that comes and goes.

#include <QFile>
#include <QTest>

#include <sstream>

#include "app/kinds/table_kind.h"
#include "app/kube/kube_client.h"
#include "app/kube/served_kind.h"
#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "tests/cluster/testbed.h"

using namespace quarterdeck;
using namespace quarterdeck::testbed;
using kube::FreshnessState;

namespace {

constexpr int kPatience = 60'000;
const std::string kName = "crontabs.stable.example.com";

const char* const kDefinition = R"({
  "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
  "metadata": {"name": "crontabs.stable.example.com"},
  "spec": {
    "group": "stable.example.com", "scope": "Namespaced",
    "names": {"plural": "crontabs", "singular": "crontab", "kind": "CronTab", "shortNames": ["ct"]},
    "versions": [{
      "name": "v1", "served": true, "storage": true,
      "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": {"type": "object", "properties": {
        "cronSpec": {"type": "string"}, "replicas": {"type": "integer"}}}}}},
      "additionalPrinterColumns": [
        {"name": "Spec", "type": "string", "jsonPath": ".spec.cronSpec"},
        {"name": "Replicas", "type": "integer", "jsonPath": ".spec.replicas", "priority": 1},
        {"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"}]}]}})";

const char* const kObject = R"({
  "apiVersion": "stable.example.com/v1", "kind": "CronTab",
  "metadata": {"name": "nightly", "namespace": "bakery-ia"}, "spec": {"cronSpec": "0 3 * * *", "replicas": 2}})";

bool isLive(const kube::ObjectStore& store) {
    const FreshnessState state = store.freshness().state;
    return state == FreshnessState::Live || state == FreshnessState::Empty;
}

std::shared_ptr<const kube::ServedKind> find(const kube::ObjectStore& store, const std::string& name) {
    return std::static_pointer_cast<const kube::ServedKind>(store.find(name));
}

}  // namespace

class TestKinds : public QObject {
    Q_OBJECT

    std::unique_ptr<Testbed> testbed_;
    std::unique_ptr<session::SessionHub> hub_;
    session::ClusterSession* session_ = nullptr;
    std::shared_ptr<kube::ObjectStore> served_;
    QTemporaryDir folder_;

    void apply(const char* verb, const char* text) {
        QFile file(folder_.filePath(QStringLiteral("object.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const auto run = testbed_->kubectl({QStringLiteral("--context"), QStringLiteral("admin"),
                                            QString::fromUtf8(verb), QStringLiteral("-f"), file.fileName()});
        QVERIFY2(run.code == 0, run.error.c_str());
    }

private slots:
    void initTestCase() {
        QVERIFY2(Testbed::missing().empty(), Testbed::missing().c_str());
        testbed_ = std::make_unique<Testbed>();
        session::SessionHub::Options options;
        options.kubeconfigPath = Testbed::kubeconfigPath();
        options.clock = std::make_shared<SystemClock>();
        hub_ = std::make_unique<session::SessionHub>(options);
        QTRY_VERIFY_WITH_TIMEOUT(hub_->loaded(), kPatience);
        session_ = hub_->open("admin");
        QVERIFY(session_ != nullptr);
        served_ = session_->store(kube::servedKinds());
        QTRY_VERIFY_WITH_TIMEOUT(served_->freshness().state == FreshnessState::Live, kPatience);
    }
    void cleanupTestCase() {
        served_.reset();
        hub_.reset();
    }

    void knowsTheKindsThatKubectlKnows() {
        const auto run =
            testbed_->kubectl({QStringLiteral("--context"), QStringLiteral("admin"), QStringLiteral("api-resources"),
                               QStringLiteral("-o"), QStringLiteral("name")});
        QCOMPARE(run.code, 0);
        std::set<std::string> theirs;
        std::istringstream lines(run.out);
        for (std::string line; std::getline(lines, line);) {
            theirs.insert(line);
        }
        std::set<std::string> ours;
        for (const kube::ObjectPtr& kind : served_->snapshot()) {
            ours.insert(kind->meta.name);
        }
        QVERIFY(theirs.size() > 40);
        for (const std::string& name : theirs) {
            QVERIFY2(ours.contains(name), name.c_str());
        }
        for (const std::string& name : ours) {
            QVERIFY2(theirs.contains(name), name.c_str());
        }
        QVERIFY(!served_->freshness().reason);
    }

    void theTableOfEachKindOpensAndHoldsWhatKubectlLists() {
        int opened = 0;
        int polled = 0;
        for (const kube::ObjectPtr& object : served_->snapshot()) {
            const auto& kind = static_cast<const kube::ServedKind&>(*object);
            if (!kind.resource.isListable()) {
                continue;
            }
            const bool watched = kind.resource.isWatchable();
            const auto store = session_->store(kinds::tableKind(kind.resource.type, watched));
            QTRY_VERIFY2_WITH_TIMEOUT(isLive(*store), kind.meta.name.c_str(), kPatience);
            ++opened;
            polled += watched ? 0 : 1;
            if (kind.resource.type.resource == "events" || kind.resource.type.resource == "leases") {
                continue;  // they come and go while one compares
            }
            const auto run = testbed_->kubectl(
                {QStringLiteral("--context"), QStringLiteral("admin"), QStringLiteral("get"),
                 QString::fromStdString(kind.meta.name), QStringLiteral("--all-namespaces"), QStringLiteral("-o"),
                 // Of what is not stored there is no uid.
                 watched ? QStringLiteral("jsonpath={range .items[*]}{.metadata.uid}{\"\\n\"}{end}")
                         : QStringLiteral("jsonpath={range .items[*]}{.metadata.namespace}:{.metadata.name}{\"\\n\"}"
                                          "{end}")});
            QVERIFY2(run.code == 0, run.error.c_str());
            std::set<std::string> theirs;
            std::istringstream lines(run.out);
            for (std::string line; std::getline(lines, line);) {
                theirs.insert(line);
            }
            QTRY_VERIFY2_WITH_TIMEOUT(
                [&] {
                    std::set<std::string> ours;
                    for (const kube::ObjectPtr& row : store->snapshot()) {
                        ours.insert(row->meta.uid);
                    }
                    return ours == theirs;
                }(),
                kind.meta.name.c_str(), kPatience);
            for (const kube::ObjectPtr& row : store->snapshot()) {
                const auto& cells = static_cast<const kube::TableRow&>(*row);
                // Not as many: servers print a cell more than they define for some kinds (IPAddress).
                QVERIFY2(!cells.columns->empty() && !cells.cells.empty(), kind.meta.name.c_str());
                QVERIFY2(kube::cellText(cells.cells.front()) == cells.meta.name, kind.meta.name.c_str());
                QVERIFY(!cells.meta.uid.empty());
            }
        }
        QVERIFY(opened > 30);
        QVERIFY(polled > 0);  // componentstatuses at least
    }

    void aDefinitionComesAndGoesAndComesAgain() {
        QVERIFY(find(*served_, kName) == nullptr);
        std::shared_ptr<kube::ObjectStore> store;
        for (int round = 0; round < 2; ++round) {
            apply("apply", kDefinition);
            QTRY_VERIFY_WITH_TIMEOUT(find(*served_, kName) != nullptr, kPatience);
            const auto kind = find(*served_, kName);
            QCOMPARE(kind->resource.shortNames, std::vector<std::string>{"ct"});
            QVERIFY(kind->resource.isWatchable() && kind->resource.type.namespaced);
            store = session_->store(kinds::tableKind(kind->resource.type));
            session_->retry();  // as the page does when a kind comes back
            QTRY_VERIFY_WITH_TIMEOUT(isLive(*store), kPatience);
            apply("apply", kObject);
            QTRY_VERIFY_WITH_TIMEOUT(store->size() == 1, kPatience);
            const auto row = std::static_pointer_cast<const kube::TableRow>(store->snapshot().front());
            QCOMPARE(kube::cellText(*row->cell("Spec")), std::string("0 3 * * *"));
            QCOMPARE(std::get<std::int64_t>(*row->cell("Replicas")), std::int64_t{2});
            QCOMPARE(row->meta.nameSpace.str(), std::string("bakery-ia"));
            apply("delete", kDefinition);
            QTRY_VERIFY_WITH_TIMEOUT(find(*served_, kName) == nullptr, kPatience);
            QTRY_VERIFY_WITH_TIMEOUT(store->size() == 0 || !isLive(*store), kPatience);
        }
    }

    void aGroupWhoseServerIsAwayIsNamedAndTheRestStays() {
        const char* const service = R"({
          "apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService",
          "metadata": {"name": "v1.away.example.com"},
          "spec": {"group": "away.example.com", "version": "v1", "groupPriorityMinimum": 100, "versionPriority": 10,
                   "insecureSkipTLSVerify": true, "service": {"name": "nobody", "namespace": "default"}}})";
        const std::size_t before = served_->size();
        apply("apply", service);
        QTRY_VERIFY_WITH_TIMEOUT(served_->freshness().reason.has_value(), kPatience);
        QVERIFY2(describe(*served_->freshness().reason).find("away.example.com") != std::string::npos,
                 describe(*served_->freshness().reason).c_str());
        QCOMPARE(served_->freshness().state, FreshnessState::Live);
        QVERIFY(served_->size() >= before);
        apply("delete", service);
        QTRY_VERIFY_WITH_TIMEOUT(!served_->freshness().reason.has_value(), kPatience);
    }
};

QTEST_GUILESS_MAIN(TestKinds)
#include "test_kinds.moc"
