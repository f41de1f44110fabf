// kubectl is the oracle for every kind that a real server lists: the whole row of each object, as the server's own
// table has it, and the YAML of one object of each.

#include <QFile>
#include <QTest>

#include <set>
#include <sstream>

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "app/kinds/table_kind.h"
#include "app/kube/discovery.h"
#include "app/kube/kube_client.h"
#include "app/kube/object_yaml.h"
#include "tests/cluster/every_row.h"
#include "tests/cluster/testbed.h"

using namespace quarterdeck;
using namespace quarterdeck::testbed;
using nlohmann::json;

namespace {

constexpr int kRounds = 20;
constexpr const char* kContext = "admin";

using Rows = std::map<std::string, std::shared_ptr<const kube::TableRow>>;

Rows rowsOf(const std::vector<kube::ObjectPtr>& objects) {
    Rows rows;
    for (const kube::ObjectPtr& object : objects) {
        rows[object->path()] = std::static_pointer_cast<const kube::TableRow>(object);
    }
    return rows;
}

/// As kubectl takes it, with its version: "deployments.v1.apps", "pods.v1.".
QString fullName(const kube::ResourceType& type) {
    return QString::fromStdString(fmt::format("{}.{}.{}", type.resource, type.version, type.group));
}

std::string masked(const json& object) {
    return kube::withoutSecrets(object).dump(1);
}

}  // namespace

class TestEveryKind : public QObject {
    Q_OBJECT

    std::unique_ptr<Testbed> testbed_;
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<kube::KubeClient> client_;
    std::vector<kube::ResourceType> kinds_;
    QTemporaryDir folder_;
    SystemClock clock_;

    Testbed::Run kubectl(QStringList arguments) const {
        return testbed_->kubectl(QStringList{QStringLiteral("--context"), QString::fromUtf8(kContext)} + arguments);
    }
    Testbed::Run onFile(const char* verb, const char* name, const QStringList& more = {}) const {
        return kubectl(
            QStringList{QString::fromUtf8(verb), QStringLiteral("-f"),
                        QStringLiteral(QUARTERDECK_SOURCE_DIR "/tests/cluster/manifests/") + QString::fromUtf8(name)} +
            more);
    }

    /// Compares every object of a kind. One that changes while kubectl prints is looked at again in the next round.
    void compareRows(const kube::ResourceType& type, std::size_t& all) {
        const std::string name = kube::qualifiedName(type);
        const kube::KindDescriptor kind = kinds::tableKind(type);
        std::set<std::string> compared;
        std::set<std::string> open;
        for (int round = 0; round < kRounds; ++round) {
            const auto first = connection_->list(kind);
            QVERIFY2(first.has_value(), first ? "" : describe(first.error()).c_str());
            const Instant from = clock_.now();
            const Testbed::Run run = kubectl({QStringLiteral("get"), fullName(type), QStringLiteral("-o"),
                                              QStringLiteral("wide"), QStringLiteral("--all-namespaces")});
            const Instant to = clock_.now();
            QVERIFY2(run.code == 0, run.error.c_str());
            const auto second = connection_->list(kind);
            QVERIFY2(second.has_value(), second ? "" : describe(second.error()).c_str());
            const Rows before = rowsOf(*first);
            const Rows after = rowsOf(*second);
            const Table table = parseTable(run.out);
            open.clear();
            for (const auto& [path, row] : after) {
                const auto known = before.find(path);
                if (known == before.end() || !stoodStill(*known->second, *row)) {
                    open.insert(path);
                    continue;
                }
                const auto theirs = table.rows.find(path);
                QVERIFY2(theirs != table.rows.end(), fmt::format("kubectl prints no {} {}", name, path).c_str());
                const std::string differs = rowDifference(*known->second, *row, theirs->second, from, to);
                QVERIFY2(differs.empty(), fmt::format("{} {}: {}", name, path, differs).c_str());
                compared.insert(path);
            }
            for (const auto& [path, row] : table.rows) {
                if (!before.contains(path) && !after.contains(path)) {
                    open.insert("kubectl's " + path);
                }
            }
            std::erase_if(open, [&](const std::string& path) { return compared.contains(path); });
            if (open.empty()) {
                break;
            }
        }
        QVERIFY2(open.empty(),
                 fmt::format("{} of {} never stood still: {}", open.size(), name, fmt::join(open, " ")).c_str());
        all += compared.size();
    }

private slots:
    void initTestCase() {
        QVERIFY2(Testbed::missing().empty(), Testbed::missing().c_str());
        testbed_ = std::make_unique<Testbed>();
        auto connection = Connection::open(kContext);
        QVERIFY2(connection.has_value(), connection ? "" : describe(connection.error()).c_str());
        connection_ = std::move(*connection);
        client_ = std::make_unique<kube::KubeClient>(connection_->channel(), kContext);
        for (const char* name : {"every_kind.yaml", "every_kind_samples.yaml"}) {
            const auto made = onFile("apply", name);
            QVERIFY2(made.code == 0, made.error.c_str());
            const auto known = kubectl({QStringLiteral("wait"), QStringLiteral("--for=condition=Established"),
                                        QStringLiteral("--timeout=60s"),
                                        QStringLiteral("customresourcedefinition/samples.quarterdeck.test")});
            QVERIFY2(known.code == 0, known.error.c_str());
        }
        const auto discovery = kube::discover(*client_, {});
        QVERIFY2(discovery.has_value(), discovery ? "" : describe(discovery.error()).c_str());
        for (const kube::ServedResource& resource : discovery->resources) {
            if (resource.can("list")) {
                kinds_.push_back(resource.type);
            }
        }
        QVERIFY(kinds_.size() > 40);
        QVERIFY(discovery->find("quarterdeck.test", "samples") != nullptr);
    }
    void cleanupTestCase() {
        if (testbed_) {
            const QStringList atLeisure{QStringLiteral("--ignore-not-found"), QStringLiteral("--timeout=120s")};
            const auto samples = onFile("delete", "every_kind_samples.yaml", atLeisure);
            const auto rest = onFile("delete", "every_kind.yaml", atLeisure);
            QVERIFY2(samples.code == 0 && rest.code == 0, (samples.error + rest.error).c_str());
        }
    }

    void everyRowOfEveryKindIsTheOneThatKubectlPrints() {
        std::size_t all = 0;
        for (const kube::ResourceType& type : kinds_) {
            compareRows(type, all);
            if (QTest::currentTestFailed()) {
                return;
            }
        }
        qInfo("%zu rows of %zu kinds compared", all, kinds_.size());
    }

    /// kubectl reads our YAML to the very object that it gets itself, but for what we hide.
    void theYamlOfOneObjectOfEachKindIsReadBackToTheSame() {
        std::size_t compared = 0;
        for (const kube::ResourceType& type : kinds_) {
            const std::string name = kube::qualifiedName(type);
            const auto list = connection_->list(kinds::tableKind(type));
            QVERIFY2(list.has_value(), list ? "" : describe(list.error()).c_str());
            // What we made ourselves, where there is some of it: it holds the strangest words.
            const auto strangest = std::max_element(list->begin(), list->end(), [](const auto& one, const auto& other) {
                const auto ours = [](const kube::ObjectPtr& object) {
                    return object->path().find("quarterdeck") != std::string::npos &&
                           object->meta.name != "kube-root-ca.crt" && object->meta.name != "default";
                };
                return ours(one) < ours(other);
            });
            if (strangest == list->end()) {
                continue;
            }
            const std::string nameSpace = (*strangest)->meta.nameSpace.str();
            std::string ours;
            std::string theirs;
            for (int round = 0; round < kRounds && (round == 0 || ours != theirs); ++round) {
                const auto object = client_->get(type, nameSpace, (*strangest)->meta.name, {});
                QVERIFY2(object.has_value(), object ? "" : describe(object.error()).c_str());
                QStringList get{QStringLiteral("get"), fullName(type), QString::fromStdString((*strangest)->meta.name),
                                QStringLiteral("-o"), QStringLiteral("json")};
                if (!nameSpace.empty()) {
                    get << QStringLiteral("--namespace") << QString::fromStdString(nameSpace);
                }
                const Testbed::Run got = kubectl(get);
                QVERIFY2(got.code == 0, got.error.c_str());
                QFile file(folder_.filePath(QStringLiteral("object.yaml")));
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write(kube::objectYaml(*object).c_str());
                file.close();
                // An empty patch on the file alone: read and written by kubectl, changed by nobody.
                const Testbed::Run read =
                    kubectl({QStringLiteral("patch"), QStringLiteral("--local"), QStringLiteral("--type=merge"),
                             QStringLiteral("--patch={}"), QStringLiteral("-o"), QStringLiteral("json"),
                             QStringLiteral("-f"), file.fileName()});
                QVERIFY2(read.code == 0, (name + ": " + read.error).c_str());
                ours = json::parse(read.out).dump(1);
                theirs = masked(json::parse(got.out));
            }
            QVERIFY2(ours == theirs,
                     fmt::format("{} {}\nours {}\nkubectl's {}", name, (*strangest)->path(), ours, theirs).c_str());
            ++compared;
        }
        QVERIFY(compared > 35);
        qInfo("the YAML of %zu kinds compared", compared);
    }
};

QTEST_GUILESS_MAIN(TestEveryKind)
#include "test_every_kind.moc"
