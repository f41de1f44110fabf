// qdeck apply on a real API server: what would change, what was changed, and whose fields they are.

#include <QFile>
#include <QTest>

#include <sstream>

#include "app/cli/commands.h"
#include "app/cli/manifest.h"
#include "tests/cluster/testbed.h"

using namespace quarterdeck;
using namespace quarterdeck::testbed;

namespace {

struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
};

}  // namespace

class TestApply : public QObject {
    Q_OBJECT

    std::unique_ptr<Testbed> testbed_;
    QTemporaryDir folder_;

    std::string file(const std::string& text) const {
        QFile file(folder_.filePath(QStringLiteral("manifest.yaml")));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0) {
            qFatal("cannot write the manifest");
        }
        return file.fileName().toStdString();
    }
    [[nodiscard]] Outcome apply(const std::string& text, const std::vector<std::string>& more = {},
                                const std::string& context = "admin") const {
        std::vector<std::string> words{"apply",   "--kubeconfig", Testbed::kubeconfigPath(), "--context",
                                       context,   "-n",           "quarterdeck-apply",       "-f",
                                       file(text)};
        words.insert(words.end(), more.begin(), more.end());
        std::ostringstream out;
        std::ostringstream err;
        const int code = cli::run(words, out, err);
        return {code, out.str(), err.str()};
    }
    Testbed::Run kubectl(const QString& words) const {
        return testbed_->kubectl(QStringList{QStringLiteral("--context"), QStringLiteral("admin"), QStringLiteral("-n"),
                                             QStringLiteral("quarterdeck-apply")} +
                                 QProcess::splitCommand(words));
    }
    static std::string deployment(int replicas, const std::string& image = "quarterdeck.test/none:1") {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: " +
               std::to_string(replicas) +
               "\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n  "
               "    terminationGracePeriodSeconds: 0\n"
               "      containers: [{name: web, image: \"" +
               image + "\"}]\n";
    }
    [[nodiscard]] std::string replicas() const {
        return kubectl(QStringLiteral("get deployment web -o jsonpath={.spec.replicas}")).out;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(Testbed::missing().empty(), Testbed::missing().c_str());
        qputenv("XDG_CONFIG_HOME", folder_.path().toLocal8Bit());
        testbed_ = std::make_unique<Testbed>();
        kubectl(QStringLiteral("delete namespace quarterdeck-apply --ignore-not-found --wait --timeout=120s"));
        const auto made = kubectl(QStringLiteral("create namespace quarterdeck-apply"));
        QVERIFY2(made.code == 0, made.error.c_str());
    }
    void cleanupTestCase() {
        if (testbed_) {
            kubectl(QStringLiteral("delete namespace quarterdeck-apply --ignore-not-found --wait --timeout=120s"));
        }
    }
    void init() { kubectl(QStringLiteral("delete deployment,configmap,secret --all --wait --timeout=60s")); }

    void aPreviewStoresNothing() {
        const Outcome outcome = apply(deployment(0), {"--dry-run"});
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
        QVERIFY2(outcome.out.starts_with("deployments.apps web in namespace quarterdeck-apply: would be created\n  + "),
                 outcome.out.c_str());
        QVERIFY(kubectl(QStringLiteral("get deployment web")).error.find("NotFound") != std::string::npos);
    }

    void whatIsAppliedIsStoredAndEveryChangeIsTold() {
        QCOMPARE(apply(deployment(0)).code, 0);
        const Outcome preview = apply(deployment(1, "quarterdeck.test/none:2"), {"--dry-run"});
        QVERIFY2(preview.code == 0, preview.err.c_str());
        QCOMPARE(replicas(), std::string("0"));
        const Outcome done = apply(deployment(1, "quarterdeck.test/none:2"));
        QVERIFY2(done.code == 0, done.err.c_str());
        QCOMPARE(replicas(), std::string("1"));
        const std::string changes =
            "  ~ .spec.replicas: 0 -> 1\n"
            "  ~ .spec.template.spec.containers[name=\"web\"].image: \"quarterdeck.test/none:1\" -> "
            "\"quarterdeck.test/none:2\"\n";
        QVERIFY2(preview.out.find(": would change\n") != std::string::npos, preview.out.c_str());
        QVERIFY2(preview.out.find(changes) != std::string::npos, preview.out.c_str());
        QVERIFY2(done.out.find(": changed\n") != std::string::npos, done.out.c_str());
        QVERIFY2(done.out.find(changes) != std::string::npos, done.out.c_str());
        const auto owner = kubectl(QStringLiteral(
            "get deployment web --show-managed-fields -o jsonpath={.metadata.managedFields[*].manager}"));
        QVERIFY2(owner.out.find("quarterdeck") != std::string::npos, owner.out.c_str());
    }

    void aFieldOfKubectlsIsNamedWithItsManagerAndTakenOverByForce() {
        const std::string path = file(deployment(0));
        for (const char* how : {"", "--server-side --field-manager=kubectl "}) {
            kubectl(QStringLiteral("delete deployment web --ignore-not-found --wait --timeout=60s"));
            file(deployment(0));
            const auto made = kubectl(QStringLiteral("apply ") + QString::fromLatin1(how) + QStringLiteral("-f ") +
                                      QString::fromStdString(path));
            QVERIFY2(made.code == 0, made.error.c_str());
            const std::string manager = *how == '\0' ? "kubectl-client-side-apply" : "kubectl";
            for (const bool preview : {true, false}) {
                const Outcome refused =
                    apply(deployment(1), preview ? std::vector<std::string>{"--dry-run"} : std::vector<std::string>{});
                QCOMPARE(refused.code, 1);
                QVERIFY2(refused.err.find("  .spec.replicas is managed by " + manager + "\n") != std::string::npos,
                         refused.err.c_str());
                QVERIFY2(refused.out.empty(), refused.out.c_str());
                QCOMPARE(replicas(), std::string("0"));
            }
            const Outcome forced = apply(deployment(1), {"--force"});
            QVERIFY2(forced.code == 0, forced.err.c_str());
            QVERIFY2(forced.out.find("  ~ .spec.replicas: 0 -> 1\n") != std::string::npos, forced.out.c_str());
            QCOMPARE(replicas(), std::string("1"));
            // It is ours now.
            QCOMPARE(apply(deployment(2)).code, 0);
            QCOMPARE(replicas(), std::string("2"));
        }
    }

    void severalObjectsAndASecretWithoutItsValues() {
        const std::string text =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {k: v}\n---\napiVersion: v1\nkind: "
            "Secret\nmetadata: {name: two}\nstringData: {password: CANARY-first}\n";
        const Outcome outcome = apply(text);
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
        QVERIFY2(outcome.out.find("configmaps one in namespace quarterdeck-apply: created\n") != std::string::npos,
                 outcome.out.c_str());
        QVERIFY2(outcome.out.find("  + .data.password (the value is not shown)\n") != std::string::npos,
                 outcome.out.c_str());
        const Outcome again =
            apply("apiVersion: v1\nkind: Secret\nmetadata: {name: two}\nstringData: {password: CANARY-other}\n");
        QVERIFY2(again.out.find("  ~ .data.password (the values are not shown)\n") != std::string::npos,
                 again.out.c_str());
        const std::string all = outcome.out + outcome.err + again.out + again.err;
        QVERIFY(all.find(std::string("CAN") + "ARY") == std::string::npos);
        QVERIFY(all.find("Q0FOQVJZ") == std::string::npos);  // nor in base64
        QCOMPARE(kubectl(QStringLiteral("get configmap one -o jsonpath={.data.k}")).out, std::string("v"));
    }

    void scalarsAreReadAsKubectlReadsThem() {
        const std::string text =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: words}\ndata:\n  l: [3, -3, +3, 0, 0644, 0o644, 0x1F, "
            "0b101, 1_000, 1.5, .5, 1e3, yes, On, off, n, Y, ~, null, '0644', 'yes', 1.2.3, 100m, _1, 12:30, "
            "2026-03-14, truely, 089, -0x10, 1__0, 0_7]\n";
        const auto ours = cli::parseManifest(text, "f");
        QVERIFY2(ours, ours ? "" : describe(ours.error()).c_str());
        const auto theirs = kubectl(QStringLiteral("create --dry-run=client --validate=false -o json -f ") +
                                    QString::fromStdString(file(text)));
        QVERIFY2(theirs.code == 0, theirs.error.c_str());
        const auto told = nlohmann::json::parse(theirs.out)["data"]["l"];
        const auto& read = ours->front().object["data"]["l"];
        QCOMPARE(read.size(), told.size());
        for (std::size_t i = 0; i < told.size(); ++i) {
            QVERIFY2(read[i] == told[i], (std::to_string(i) + ": " + read[i].dump() + " " + told[i].dump()).c_str());
        }
    }

    void whatTheServerDoesNotAcceptIsTold() {
        const Outcome invalid = apply(deployment(-1));
        QCOMPARE(invalid.code, 1);
        QVERIFY2(invalid.err.find("spec.replicas") != std::string::npos, invalid.err.c_str());
        const Outcome unknown = apply("apiVersion: nowhere.test/v1\nkind: Thing\nmetadata: {name: x}\n");
        QCOMPARE(unknown.code, 1);
        QVERIFY2(unknown.err.find("does not serve the kind Thing of group nowhere.test") != std::string::npos,
                 unknown.err.c_str());
        const Outcome forbidden = apply(deployment(0), {}, "view-only");
        QCOMPARE(forbidden.code, 1);
        QVERIFY2(forbidden.err.find("patch") != std::string::npos, forbidden.err.c_str());
    }
};

QTEST_GUILESS_MAIN(TestApply)
#include "test_apply.moc"
