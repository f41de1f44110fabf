#include <QFile>
#include <QTest>

#include <set>

#include <fmt/ranges.h>

#include "app/demo/demo_platform.h"
#include "app/kinds/registry.h"
#include "tests/cluster/kubectl_rows.h"
#include "tests/cluster/testbed.h"

using namespace quarterdeck;
using namespace quarterdeck::testbed;

namespace {

/// A kind that both print, and our row of one of its objects at an instant.
struct OracleKind {
    const char* resource;
    Row (*row)(const kube::Object& object, Instant now);
};

template <typename Type, Row (*row)(const Type&, Instant)>
Row rowOf(const kube::Object& object, Instant now) {
    return row(static_cast<const Type&>(object), now);
}

const OracleKind kOracleKinds[] = {
    {"pods", rowOf<kinds::Pod, podRow>},
    {"nodes", rowOf<kinds::Node, nodeRow>},
    {"deployments.apps", rowOf<kinds::Deployment, deploymentRow>},
    {"replicasets.apps", rowOf<kinds::ReplicaSet, replicaSetRow>},
    {"namespaces", rowOf<kinds::NameSpace, nameSpaceRow>},
    {"events", rowOf<kinds::Event, eventRow>},
};

/// How often it is tried to see an object stand still.
constexpr int kRounds = 20;

/// The rows of `before` and `after` that did not change while kubectl printed; those it must have printed so.
std::map<std::string, kube::ObjectPtr> unchanged(const std::vector<kube::ObjectPtr>& before,
                                                 const std::vector<kube::ObjectPtr>& after) {
    std::map<std::string, kube::ObjectPtr> known;
    for (const kube::ObjectPtr& object : before) {
        known[object->path()] = object;
    }
    std::map<std::string, kube::ObjectPtr> result;
    for (const kube::ObjectPtr& object : after) {
        const auto found = known.find(object->path());
        if (found != known.end() && found->second->meta.uid == object->meta.uid &&
            found->second->meta.resourceVersion == object->meta.resourceVersion) {
            result[object->path()] = object;
        }
    }
    return result;
}

/// What differs between kubectl's row and ours at every instant from `from` to `to`; empty where nothing does. Columns
/// that only kubectl has are left out.
std::string difference(const OracleKind& kind, const kube::Object& object, const Row& theirs, Instant from,
                       Instant to) {
    std::string result;
    const Row first = kind.row(object, from);
    for (const auto& [title, cell] : first) {
        const auto found = theirs.find(title);
        if (found == theirs.end()) {
            result += fmt::format("kubectl has no column {}; ", title);
            continue;
        }
        bool same = cell == found->second;
        for (Instant now = from; !same && now <= to + std::chrono::seconds(1); now += std::chrono::milliseconds(250)) {
            same = kind.row(object, now).at(title) == found->second;
        }
        if (!same) {
            result += fmt::format("{}: kubectl \"{}\", ours \"{}\"; ", title, found->second, cell);
        }
    }
    return result;
}

}  // namespace

/// kubectl of the cluster's own version is the oracle: each row of each kind is the same in every column.
class TestOracle : public QObject {
    Q_OBJECT

    std::unique_ptr<Testbed> testbed_;

    static std::unique_ptr<Connection> connect(const std::string& context, const std::string& kubeconfig) {
        auto connection = Connection::open(context, kubeconfig);
        if (!connection) {
            QTest::qFail(describe(connection.error()).c_str(), __FILE__, __LINE__);
            return nullptr;
        }
        return std::move(*connection);
    }

    /// Compares every object of a kind. One that changes while kubectl prints is looked at again in the next round.
    void compareAll(const OracleKind& kind, const std::string& context, const std::string& kubeconfig,
                    const Clock& clock) {
        const kube::KindDescriptor* descriptor = kinds::findKind(kind.resource);
        QVERIFY(descriptor != nullptr);
        const auto connection = connect(context, kubeconfig);
        QVERIFY(connection != nullptr);
        QStringList arguments{QStringLiteral("get"),       QString::fromUtf8(kind.resource),
                              QStringLiteral("-o"),        QStringLiteral("wide"),
                              QStringLiteral("--context"), QString::fromStdString(context)};
        if (descriptor->type.namespaced) {
            arguments << QStringLiteral("-A");
        }
        std::set<std::string> compared;
        std::set<std::string> open;
        for (int round = 0; round < kRounds; ++round) {
            const auto before = connection->list(*descriptor);
            QVERIFY2(before.has_value(), before ? "" : describe(before.error()).c_str());
            const Instant from = clock.now();
            const Testbed::Run run = testbed_->kubectl(arguments, kubeconfig);
            const Instant to = clock.now();
            QVERIFY2(run.code == 0, run.error.c_str());
            const auto after = connection->list(*descriptor);
            QVERIFY2(after.has_value(), after ? "" : describe(after.error()).c_str());
            const Table table = parseTable(run.out);
            open.clear();
            for (const kube::ObjectPtr& object : *after) {
                open.insert(object->path());
            }
            for (const auto& [path, object] : unchanged(*before, *after)) {
                const auto row = table.rows.find(path);
                QVERIFY2(row != table.rows.end(), fmt::format("kubectl does not print {}", path).c_str());
                const std::string differs = difference(kind, *object, row->second, from, to);
                QVERIFY2(differs.empty(), fmt::format("{} {}: {}", kind.resource, path, differs).c_str());
                compared.insert(path);
            }
            std::erase_if(open, [&](const std::string& path) { return compared.count(path) != 0; });
            if (open.empty()) {
                break;
            }
        }
        QVERIFY2(open.empty(), fmt::format("{} never stood still: {}", open.size(), fmt::join(open, " ")).c_str());
        QVERIFY(!compared.empty());
        qInfo("%zu rows of %s compared", compared.size(), kind.resource);
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(Testbed::missing().empty(), Testbed::missing().c_str());
        testbed_ = std::make_unique<Testbed>();
    }

    void everyRowIsTheOneThatKubectlPrints_data() {
        QTest::addColumn<int>("index");
        for (int index = 0; index < static_cast<int>(std::size(kOracleKinds)); ++index) {
            QTest::newRow(kOracleKinds[index].resource) << index;
        }
    }
    void everyRowIsTheOneThatKubectlPrints() {
        QFETCH(int, index);
        compareAll(kOracleKinds[index], "admin", Testbed::kubeconfigPath(), SystemClock());
    }

    /// The demo platform's own tables agree with the kinds, read by the same kubectl.
    void theDemoPlatformAgreesToo_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<int>("index");
        for (const char* context : {"bakery-ia-prod", "globeco-prod", "ai-imutis-staging"}) {
            for (int index = 0; index < static_cast<int>(std::size(kOracleKinds)); ++index) {
                QTest::addRow("%s %s", context, kOracleKinds[index].resource) << QString::fromUtf8(context) << index;
            }
        }
    }
    void theDemoPlatformAgreesToo() {
        QFETCH(QString, context);
        QFETCH(int, index);
        const auto platform = demo::DemoPlatform::start(demo::DemoOptions{});
        QVERIFY(platform.has_value());
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("config")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write((*platform)->kubeconfigYaml().c_str());
        file.close();
        compareAll(kOracleKinds[index], context.toStdString(), file.fileName().toStdString(), *(*platform)->clock());
    }

    void theShapeShowsWhatItPromises() {
        const auto connection = connect("admin", Testbed::kubeconfigPath());
        QVERIFY(connection != nullptr);
        std::set<std::string> wanted{"Running", "CrashLoopBackOff", "Completed"};
        if (Testbed::shape() == "control") {
            wanted.clear();
        }
        if (Testbed::shape() == "large") {
            wanted.insert({"ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError", "ContainerCreating",
                           "Init:0/1", "Init:CrashLoopBackOff", "Error", "Evicted", "Pending", "SchedulingGated",
                           "Terminating"});
        }
        if (Testbed::shape() == "real") {
            wanted.insert({"Error", "Pending", "CreateContainerConfigError"});
        }
        // A crash loop shows its other faces in between.
        const auto missing = [&] {
            const auto pods = connection->list(*kinds::findKind("pods"));
            if (!pods) {
                return describe(pods.error());
            }
            for (const kube::ObjectPtr& object : *pods) {
                wanted.erase(kinds::summarise(static_cast<const kinds::Pod&>(*object)).status);
            }
            return joined(wanted, [](const std::string& one) { return one; });
        };
        QTRY_COMPARE_WITH_TIMEOUT(missing(), std::string(), 120'000);
    }
};

QTEST_GUILESS_MAIN(TestOracle)
#include "test_oracle.moc"
