#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include "app/demo/demo_platform.h"
#include "tests/fakes/plain_fork.h"

using namespace quarterdeck;
using namespace quarterdeck::demo;

namespace {

struct Run {
    int code = -1;
    QString out;
    QString error;
};

}  // namespace

/// The real kubectl (any version from 1.20 on) against the demo platform, on a home folder of its own.
class TestKubectl : public QObject {
    Q_OBJECT

private:
    QTemporaryDir home_;
    QString kubectl_;
    std::unique_ptr<DemoPlatform> platform_;

    [[nodiscard]] QProcessEnvironment environment() const {
        QProcessEnvironment result;
        result.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
        result.insert(QStringLiteral("HOME"), home_.path());
        result.insert(QStringLiteral("KUBECONFIG"), home_.filePath(QStringLiteral("config")));
        return result;
    }

    [[nodiscard]] QStringList withCache(const QStringList& arguments) const {
        return QStringList{QStringLiteral("--cache-dir"), home_.filePath(QStringLiteral("cache"))} + arguments;
    }

    void start(QProcess& process, const QStringList& arguments) const {
        process.setProcessEnvironment(environment());
        process.start(kubectl_, withCache(arguments));
    }

    Run run(const QString& arguments) const {
        QProcess process;
        start(process, QProcess::splitCommand(arguments));
        Run result;
        if (process.waitForFinished(90'000)) {
            result.code = process.exitCode();
        } else {
            process.kill();
            process.waitForFinished();
        }
        result.out = QString::fromUtf8(process.readAllStandardOutput());
        result.error = QString::fromUtf8(process.readAllStandardError());
        return result;
    }

    /// What it printed; fails the test where kubectl failed.
    QString good(const QString& arguments) const {
        const Run result = run(arguments);
        if (result.code != 0) {
            QTest::qFail(qPrintable(QStringLiteral("kubectl %1: %2 %3").arg(arguments, result.out, result.error)),
                         __FILE__, __LINE__);
        }
        return result.out;
    }

private Q_SLOTS:
    void initTestCase() {
        kubectl_ = QStandardPaths::findExecutable(QStringLiteral("kubectl"));
        QVERIFY2(!kubectl_.isEmpty(), "kubectl is not on the PATH: install Debian's package kubernetes-client");
        auto platform = DemoPlatform::start(DemoOptions{});
        QVERIFY(platform.has_value());
        platform_ = std::move(*platform);
        QFile config(home_.filePath(QStringLiteral("config")));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(platform_->kubeconfigYaml().c_str());
    }

    void listsPodsOfAllNamespacesInEveryContext_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("pod");
        QTest::newRow("bakery") << QStringLiteral("bakery-ia-prod") << QStringLiteral("nominatim-0 ");
        QTest::newRow("globeco") << QStringLiteral("globeco-prod")
                                 << QStringLiteral("globeco-order-generation-service-mongodb-0 ");
        QTest::newRow("imutis") << QStringLiteral("ai-imutis-staging") << QStringLiteral("postgresql-0 ");
    }
    void listsPodsOfAllNamespacesInEveryContext() {
        QFETCH(QString, context);
        QFETCH(QString, pod);
        const QString out = good(QStringLiteral("--context %1 get pods -A").arg(context));
        QVERIFY(out.contains(QRegularExpression(QStringLiteral("^NAMESPACE +NAME +READY +STATUS +RESTARTS +AGE\n"))));
        QVERIFY(out.contains(pod));
        QVERIFY(good(QStringLiteral("--context %1 get all,nodes,ns,ev,pvc,ing -A -o wide").arg(context))
                    .contains(QStringLiteral("deployment.apps/")));
    }

    void watchesPodsAndSeesAChange() {
        QProcess watch;
        start(watch, {QStringLiteral("get"), QStringLiteral("pods"), QStringLiteral("-w")});
        QByteArray seen;
        const auto sees = [&](const QByteArray& words) {
            QDeadlineTimer deadline(30'000);
            while (!seen.contains(words) && !deadline.hasExpired() && watch.waitForReadyRead(30'000)) {
                seen += watch.readAllStandardOutput();
            }
            return seen.contains(words);
        };
        QVERIFY(sees("nominatim-0"));
        QVERIFY(!seen.contains("ContainerCreating"));
        good(QStringLiteral("scale deployment/frontend --replicas=2"));
        QVERIFY(sees("ContainerCreating"));
        watch.kill();
        watch.waitForFinished();
    }

    void scalesAndFollowsTheRollout() {
        QVERIFY(good(QStringLiteral("scale deployment/pos-service --replicas=2")).contains(QStringLiteral("scaled")));
        QVERIFY(good(QStringLiteral("rollout status deployment/pos-service --timeout=60s"))
                    .contains(QStringLiteral("successfully rolled out")));
        QVERIFY(
            good(QStringLiteral("get deployment pos-service")).contains(QRegularExpression(QStringLiteral(" 2/2 "))));
    }

    void rollsOutUndoesRestartsPausesAndResumes() {
        const QString deployment = QStringLiteral("deployment/gateway");
        const QString status = QStringLiteral("rollout status %1 --timeout=60s").arg(deployment);
        const QString done = QStringLiteral("successfully rolled out");
        const QString image =
            QStringLiteral("get %1 -o jsonpath={.spec.template.spec.containers[0].image}").arg(deployment);
        const QString before = good(image);
        good(QStringLiteral("set image %1 gateway=gitea.bakery-ia.local/bakery/gateway:2.9.0").arg(deployment));
        QVERIFY(good(status).contains(done));
        QVERIFY(good(image).endsWith(QStringLiteral(":2.9.0")));
        const QString history = good(QStringLiteral("rollout history %1").arg(deployment));
        QVERIFY(history.contains(QRegularExpression(QStringLiteral("\n14 +release 2.8.1\n15 "))));
        good(QStringLiteral("rollout undo %1").arg(deployment));
        QVERIFY(good(status).contains(done));
        QCOMPARE(good(image), before);
        good(QStringLiteral("rollout pause %1").arg(deployment));
        QVERIFY(run(QStringLiteral("rollout restart %1").arg(deployment)).code != 0);  // kubectl refuses while paused
        good(QStringLiteral("rollout resume %1").arg(deployment));
        good(QStringLiteral("rollout restart %1").arg(deployment));
        QVERIFY(good(status).contains(done));
        QVERIFY(good(QStringLiteral("rollout history %1").arg(deployment)).contains(QStringLiteral("\n17 ")));
    }

    void restartsAndUndoesAStatefulSet() {
        const QString set = QStringLiteral("--context ai-imutis-staging");
        good(set + QStringLiteral(" set image statefulset/redis redis=redis:7.4.9"));
        QVERIFY(good(set + QStringLiteral(" rollout status statefulset/redis --timeout=60s"))
                    .contains(QRegularExpression(QStringLiteral("roll out complete|rolling update complete"))));
        good(set + QStringLiteral(" rollout undo statefulset/redis"));
        QCOMPARE(
            good(set + QStringLiteral(" get statefulset redis -o jsonpath={.spec.template.spec.containers[0].image}")),
            QStringLiteral("redis:7.4.2"));
    }

    void deletesAPodThatComesBackUnderAnotherName() {
        const QString names = QStringLiteral("get pods -l app.kubernetes.io/name=auth-service -o name");
        const QString before = good(names).trimmed();
        good(QStringLiteral("delete %1 --timeout=60s").arg(before));
        const QString after = good(names).trimmed();
        QVERIFY(after.startsWith(QStringLiteral("pod/auth-service-")));
        QVERIFY(after != before);
        good(QStringLiteral("wait --for=condition=Ready %1 --timeout=60s").arg(after));
    }

    void describesAnnotatesLabelsAndPrintsYaml() {
        const QString described = good(QStringLiteral("describe pod nominatim-0"));
        for (const char* part : {"Node: ", "mk8s-01/10.20.0.11", "mediagis/nominatim:4.5",
                                 "Controlled By:  StatefulSet/nominatim", "QoS Class:", "nominatim-data-nominatim-0"}) {
            QVERIFY2(described.contains(QLatin1String(part)), part);
        }
        QVERIFY(good(QStringLiteral("describe deployment orders-service")).contains(QStringLiteral("NewReplicaSet:")));
        QVERIFY(good(QStringLiteral("describe node mk8s-01")).contains(QStringLiteral("Allocated resources:")));
        good(QStringLiteral("annotate pod nominatim-0 note=hello"));
        good(QStringLiteral("label pod nominatim-0 team=maps"));
        const QString yaml = good(QStringLiteral("get pod nominatim-0 -o yaml"));
        QVERIFY(yaml.contains(QStringLiteral("    note: hello\n")));
        QVERIFY(yaml.contains(QStringLiteral("    team: maps\n")));
        QVERIFY(yaml.startsWith(QStringLiteral("apiVersion: v1\n")));
    }

    void patchesAndAppliesFiles() {
        // Three quotes mean one in a QProcess command line.
        good(QStringLiteral(
            R"~(patch configmap bakery-config --type=merge -p {"""data""":{"""LOG_LEVEL""":"""DEBUG"""}})~"));
        QCOMPARE(good(QStringLiteral("get configmap bakery-config -o jsonpath={.data.LOG_LEVEL}")),
                 QStringLiteral("DEBUG"));
        QFile file(home_.filePath(QStringLiteral("web.yaml")));
        const auto apply = [&](int replicas) {
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(
                QStringLiteral("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: %1\n"
                               "  selector: {matchLabels: {app: web}}\n  template:\n"
                               "    metadata: {labels: {app: web}}\n"
                               "    spec: {containers: [{name: web, image: 'nginx:1.27'}]}\n")
                    .arg(replicas)
                    .toUtf8());
            file.close();
            good(QStringLiteral("apply --validate=false -f %1").arg(file.fileName()));
        };
        apply(1);
        apply(2);
        QVERIFY(good(QStringLiteral("rollout status deployment/web --timeout=60s"))
                    .contains(QStringLiteral("successfully rolled out")));
        QVERIFY(good(QStringLiteral("get deployment web")).contains(QStringLiteral("2/2")));
        good(QStringLiteral("delete deployment web --timeout=30s"));
        QVERIFY(run(QStringLiteral("get deployment web")).error.contains(QStringLiteral("NotFound")));
    }

    void saysWhatIsWrongInItsOwnWords() {
        QVERIFY(run(QStringLiteral("get pod nobody")).error.contains(QStringLiteral("pods \"nobody\" not found")));
        QVERIFY(run(QStringLiteral("get unheardof")).error.contains(QStringLiteral("doesn't have a resource type")));
        QVERIFY(good(QStringLiteral("auth can-i delete pods")).contains(QStringLiteral("yes")));
        QVERIFY(good(QStringLiteral("api-resources")).contains(QStringLiteral("poddisruptionbudgets")));
    }

    void describesAPodThatIsStuckInItsInitContainer() {
        QVERIFY(platform_->startIncident("stuck-init").has_value());
        QTRY_VERIFY_WITH_TIMEOUT(good(QStringLiteral("get pods -l app.kubernetes.io/name=sales-service"))
                                     .contains(QStringLiteral("Init:0/2")),
                                 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(good(QStringLiteral("get events --field-selector=reason=Started"))
                                     .contains(QStringLiteral("wait-for-redis")),
                                 20'000);
        const QString told = good(QStringLiteral("describe pods -l app.kubernetes.io/name=sales-service"));
        QVERIFY(told.contains(QStringLiteral("until nc -z redis-master 6379")));
        QVERIFY(told.contains(QStringLiteral("PodInitializing")));
        good(QStringLiteral("rollout undo deployment/sales-service"));
        QVERIFY(good(QStringLiteral("rollout status deployment/sales-service --timeout=60s"))
                    .contains(QStringLiteral("successfully rolled out")));
    }

    void describesALostNode() {
        QVERIFY(platform_->startIncident("node-not-ready").has_value());
        QTRY_VERIFY_WITH_TIMEOUT(good(QStringLiteral("--context globeco-prod get nodes"))
                                     .contains(QRegularExpression(QStringLiteral("gc-node-2 +NotReady "))),
                                 70'000);
        const QString told = good(QStringLiteral("--context globeco-prod describe node gc-node-2"));
        QVERIFY(told.contains(QStringLiteral("node.kubernetes.io/unreachable:NoExecute")));
        QVERIFY(told.contains(QStringLiteral("Kubelet stopped posting node status.")));
        QVERIFY(told.contains(QRegularExpression(QStringLiteral("NodeNotReady +.*node-controller"))));
        platform_->reset();
        QVERIFY(good(QStringLiteral("--context globeco-prod get nodes"))
                    .contains(QRegularExpression(QStringLiteral("gc-node-2 +Ready "))));
    }

    void aRollbackByKubectlEndsTheCrashLoop() {
        QVERIFY(platform_->startIncident("crash-loop").has_value());
        QTRY_VERIFY_WITH_TIMEOUT(
            good(QStringLiteral("get deployment orders-service -o jsonpath={.metadata.annotations}"))
                .contains(QStringLiteral("revision\":\"13\"")),
            20'000);
        good(QStringLiteral("rollout undo deployment/orders-service --to-revision=12"));
        QVERIFY(good(QStringLiteral("rollout status deployment/orders-service --timeout=60s"))
                    .contains(QStringLiteral("successfully rolled out")));
        QVERIFY(
            !good(QStringLiteral("get pods -l app.kubernetes.io/name=orders-service")).contains(QStringLiteral("0/1")));
    }
};

QTEST_GUILESS_MAIN(TestKubectl)
#include "test_kubectl.moc"
