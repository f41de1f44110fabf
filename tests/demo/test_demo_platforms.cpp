#include <QtTest>

#include "tests/demo/demo_world.h"

using namespace quarterdeck;
using namespace quarterdeck::demo;
using namespace quarterdeck::demo::testing;

namespace {

std::string s(const char* text) {
    return text;
}

}  // namespace

class TestDemoPlatforms : public QObject {
    Q_OBJECT

private:
    World bakery_{"bakery-ia-prod"};
    World globeco_{"globeco-prod"};
    World imutis_{"ai-imutis-staging"};

    World& world(const QString& context) {
        return context.startsWith(QLatin1String("bakery"))    ? bakery_
               : context.startsWith(QLatin1String("globeco")) ? globeco_
                                                              : imutis_;
    }

private Q_SLOTS:
    void everyWorkloadOfTheCustomerIsThereAndSettled_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("replicas");
        const auto row = [](const char* context, const char* resource, const std::string& name, int replicas) {
            QTest::newRow(name.c_str()) << QString::fromLatin1(context) << QString::fromLatin1(resource) << q(name)
                                        << replicas;
        };
        const char* bakery = "bakery-ia-prod";
        const char* deployments = "deployments";
        for (const auto& [name, replicas] : std::map<std::string, int>{{"auth", 1},
                                                                       {"tenant", 1},
                                                                       {"training", 1},
                                                                       {"forecasting", 3},
                                                                       {"sales", 1},
                                                                       {"external", 1},
                                                                       {"notification", 1},
                                                                       {"inventory", 1},
                                                                       {"recipes", 1},
                                                                       {"suppliers", 1},
                                                                       {"pos", 1},
                                                                       {"orders", 2},
                                                                       {"production", 1},
                                                                       {"procurement", 2},
                                                                       {"orchestrator", 2},
                                                                       {"ai-insights", 2},
                                                                       {"alert-processor", 1}}) {
            row(bakery, deployments, "bakery-ia/" + name + "-service", replicas);
        }
        for (const char* name :
             {"auth", "tenant", "training", "forecasting", "sales", "external", "notification", "inventory", "recipes",
              "suppliers", "pos", "orders", "production", "alert-processor"}) {
            row(bakery, deployments, s("bakery-ia/") + name + "-db", 1);
        }
        for (const char* name :
             {"bakery-ia/gateway", "bakery-ia/frontend", "bakery-ia/redis", "bakery-ia/rabbitmq",
              "monitoring/prometheus", "monitoring/alertmanager", "monitoring/jaeger", "monitoring/grafana",
              "tekton-pipelines/tekton-pipelines-controller", "tekton-pipelines/tekton-dashboard",
              "tekton-pipelines/el-bakery-ia", "gitea/gitea", "flux-system/source-controller",
              "flux-system/kustomize-controller", "cert-manager/cert-manager", "cert-manager/cert-manager-webhook"}) {
            row(bakery, deployments, name, 1);
        }
        row(bakery, "statefulsets", "bakery-ia/nominatim", 1);
        row("globeco-prod", deployments, "globeco/globeco-order-generation-service", 6);
        row("globeco-prod", "statefulsets", "globeco/globeco-order-generation-service-mongodb", 1);
        row("ai-imutis-staging", deployments, "ai-imutis/api", 3);
        row("ai-imutis-staging", "statefulsets", "ai-imutis/postgresql", 1);
        row("ai-imutis-staging", "statefulsets", "ai-imutis/redis", 1);
        row("ai-imutis-staging", "statefulsets", "ai-imutis/prometheus", 1);
    }
    void everyWorkloadOfTheCustomerIsThereAndSettled() {
        QFETCH(QString, context);
        QFETCH(QString, resource);
        QFETCH(QString, name);
        QFETCH(int, replicas);
        DemoClient client = world(context).client();
        const auto all = byName(client.getJson("/apis/apps/v1/" + resource.toStdString()));
        QVERIFY(all.count(name.toStdString()) == 1);
        const Json& object = all.at(name.toStdString());
        QCOMPARE(object.at("spec").at("replicas").get<int>(), replicas);
        const Json& status = object.at("status");
        QCOMPARE(status.at("readyReplicas").get<int>(), replicas);
        QCOMPARE(status.at("updatedReplicas").get<int>(), replicas);
        QCOMPARE(status.at("availableReplicas").get<int>(), replicas);
        QCOMPARE(status.at("observedGeneration"), object.at("metadata").at("generation"));
    }

    void microservicesHaveTheirProbesAndWaiters() {
        DemoClient client = bakery_.client();
        const Json list = client.getJson(
            "/apis/apps/v1/namespaces/bakery-ia/deployments?labelSelector=app.kubernetes."
            "io/component%3Dmicroservice");
        QCOMPARE(list.at("items").size(), 18U);
        std::size_t migrating = 0;
        for (const Json& item : list.at("items")) {
            const std::string name = item.at("metadata").at("name");
            const Json& pod = item.at("spec").at("template").at("spec");
            const Json& container = pod.at("containers").at(0);
            QCOMPARE(q(container.at("livenessProbe").at("httpGet").at("path")), QStringLiteral("/health/live"));
            QCOMPARE(q(container.at("readinessProbe").at("httpGet").at("path")), QStringLiteral("/health/ready"));
            QCOMPARE(container.at("ports").at(0).at("containerPort").get<int>(), 8000);
            QCOMPARE(q(item.at("spec").at("template").at("metadata").at("annotations").at("prometheus.io/path")),
                     QStringLiteral("/metrics"));
            std::set<std::string> waiters;
            for (const Json& each : pod.at("initContainers")) {
                waiters.insert(each.at("name").get<std::string>());
            }
            QVERIFY2(waiters.count("wait-for-redis") == 1, name.c_str());
            QCOMPARE(waiters.count("wait-for-rabbitmq"), name == "alert-processor-service" ? 1U : 0U);
            migrating += waiters.count("wait-for-migration");
        }
        QCOMPARE(migrating, 14U);  // as many as have a database
    }

    void databasesCarryTheirNamesAndLimits() {
        DemoClient client = bakery_.client();
        const Json list = client.getJson(
            "/apis/apps/v1/namespaces/bakery-ia/deployments?labelSelector=app.kubernetes."
            "io/component%3Ddatabase");
        QCOMPARE(list.at("items").size(), 14U);
        const auto all = byName(list);
        const Json& container =
            all.at("bakery-ia/alert-processor-db").at("spec").at("template").at("spec").at("containers").at(0);
        std::map<std::string, std::string> env;
        for (const Json& each : container.at("env")) {
            env[each.at("name")] = each.value("value", std::string());
        }
        QCOMPARE(q(env["POSTGRES_USER"]), QStringLiteral("alert_processor_user"));
        QCOMPARE(q(env["POSTGRES_DB"]), QStringLiteral("alert_processor_db"));
        QCOMPARE(q(container.at("resources").at("requests").at("memory")), QStringLiteral("256Mi"));
        QCOMPARE(q(container.at("resources").at("limits").at("memory")), QStringLiteral("512Mi"));
    }

    void resourcesAreThoseOfTheDocuments_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("resources");
        QTest::newRow("forecasting") << QStringLiteral("bakery")
                                     << QStringLiteral("bakery-ia/deployments/forecasting-service")
                                     << QStringLiteral("200m 512Mi 1 1Gi");
        QTest::newRow("training") << QStringLiteral("bakery")
                                  << QStringLiteral("bakery-ia/deployments/training-service")
                                  << QStringLiteral("200m 512Mi 2 4Gi");
        QTest::newRow("orders") << QStringLiteral("bakery") << QStringLiteral("bakery-ia/deployments/orders-service")
                                << QStringLiteral("100m 256Mi 500m 512Mi");
        QTest::newRow("globeco") << QStringLiteral("globeco")
                                 << QStringLiteral("globeco/deployments/globeco-order-generation-service")
                                 << QStringLiteral("1 2Gi 4 8Gi");
    }
    void resourcesAreThoseOfTheDocuments() {
        QFETCH(QString, context);
        QFETCH(QString, path);
        QFETCH(QString, resources);
        DemoClient client = world(context).client();
        const Json object = client.getJson("/apis/apps/v1/namespaces/" + path.toStdString());
        const Json& given = object.at("spec").at("template").at("spec").at("containers").at(0).at("resources");
        QStringList words;
        for (const char* part : {"requests", "limits"}) {
            words << q(given.at(part).at("cpu")) << q(given.at(part).at("memory"));
        }
        QCOMPARE(words.join(QLatin1Char(' ')), resources);
    }

    void autoscalersHaveTheirNumbers_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("numbers");
        const auto row = [](const char* context, const char* path, const char* numbers) {
            QTest::newRow(path) << QString::fromLatin1(context) << QString::fromLatin1(path)
                                << QString::fromLatin1(numbers);
        };
        row("bakery", "bakery-ia/horizontalpodautoscalers/orders-service-hpa", "1-3 70/80 orders-service");
        row("bakery", "bakery-ia/horizontalpodautoscalers/forecasting-service-hpa", "1-3 70/75 forecasting-service");
        row("bakery", "bakery-ia/horizontalpodautoscalers/notification-service-hpa", "1-3 70/80 notification-service");
        row("globeco", "globeco/horizontalpodautoscalers/globeco-order-generation-service-hpa",
            "3-20 70/80 globeco-order-generation-service");
        row("imutis", "ai-imutis/horizontalpodautoscalers/api-hpa", "3-10 70/80 api");
        row("imutis", "ai-imutis/horizontalpodautoscalers/postgresql-hpa", "1-3 80/85 postgresql");
        row("imutis", "ai-imutis/horizontalpodautoscalers/redis-hpa", "1-3 75/80 redis");
    }
    void autoscalersHaveTheirNumbers() {
        QFETCH(QString, context);
        QFETCH(QString, path);
        QFETCH(QString, numbers);
        DemoClient client = world(context).client();
        const Json hpa = client.getJson("/apis/autoscaling/v2/namespaces/" + path.toStdString());
        const Json& spec = hpa.at("spec");
        const auto percent = [&](std::size_t i) {
            return spec.at("metrics").at(i).at("resource").at("target").at("averageUtilization").get<int>();
        };
        QCOMPARE(QStringLiteral("%1-%2 %3/%4 %5")
                     .arg(spec.at("minReplicas").get<int>())
                     .arg(spec.at("maxReplicas").get<int>())
                     .arg(percent(0))
                     .arg(percent(1))
                     .arg(q(spec.at("scaleTargetRef").at("name"))),
                 numbers);
        if (context == QLatin1String("bakery")) {
            QCOMPARE(spec.at("behavior").at("scaleUp").at("stabilizationWindowSeconds").get<int>(), 60);
            QCOMPARE(spec.at("behavior").at("scaleDown").at("stabilizationWindowSeconds").get<int>(), 300);
            QCOMPARE(spec.at("behavior").at("scaleDown").at("policies").at(0).at("value").get<int>(), 50);
        }
        const Json old = client.getJson("/apis/autoscaling/v1/namespaces/" + path.toStdString());
        QCOMPARE(old.at("spec").at("targetCPUUtilizationPercentage").get<int>(), percent(0));
    }

    void otherObjectsAreThere_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("path");
        const auto row = [](const char* context, const char* path) {
            QTest::newRow(path) << QString::fromLatin1(context) << QString::fromLatin1(path);
        };
        for (const char* path :
             {"/api/v1/nodes/mk8s-01",
              "/api/v1/namespaces/bakery-ia",
              "/api/v1/namespaces/monitoring",
              "/api/v1/namespaces/tekton-pipelines",
              "/api/v1/namespaces/flux-system",
              "/api/v1/namespaces/cert-manager",
              "/api/v1/namespaces/bakery-ia/secrets/bakery-ia-secrets",
              "/api/v1/namespaces/bakery-ia/secrets/postgres-tls",
              "/api/v1/namespaces/bakery-ia/secrets/redis-tls",
              "/api/v1/namespaces/bakery-ia/secrets/bakery-ia-prod-tls-cert",
              "/api/v1/namespaces/tekton-pipelines/services/tekton-dashboard",
              "/api/v1/namespaces/bakery-ia/persistentvolumeclaims/nominatim-data-nominatim-0",
              "/api/v1/namespaces/bakery-ia/services/redis-service",
              "/apis/batch/v1/namespaces/bakery-ia/cronjobs/nominatim-init",
              "/apis/batch/v1/namespaces/bakery-ia/cronjobs/external-data-init",
              "/apis/apps/v1/namespaces/monitoring/daemonsets/node-exporter",
              "/apis/networking.k8s.io/v1/namespaces/bakery-ia/ingresses/bakery-ingress",
              "/apis/triggers.tekton.dev/v1beta1/namespaces/tekton-pipelines/triggerbindings/bakery-ia-push",
              "/apis/triggers.tekton.dev/v1beta1/namespaces/tekton-pipelines/eventlisteners/bakery-ia",
              "/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/bakery-ia",
              "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/bakery-ia-prod"}) {
            row("bakery", path);
        }
        for (const char* path :
             {"/api/v1/nodes/gc-node-4",
              "/api/v1/namespaces/globeco/configmaps/globeco-order-generation-service-config",
              "/api/v1/namespaces/globeco/services/globeco-order-generation-service-mongodb",
              "/apis/policy/v1/namespaces/globeco/poddisruptionbudgets/globeco-order-generation-service-pdb",
              "/apis/networking.k8s.io/v1/namespaces/globeco/ingresses/globeco-order-generation-service-ingress",
              "/apis/rbac.authorization.k8s.io/v1/namespaces/globeco/roles/globeco-order-generation-service"}) {
            row("globeco", path);
        }
        for (const char* path :
             {"/api/v1/nodes/im-node-3", "/api/v1/namespaces/ai-imutis/resourcequotas/ai-imutis-quota",
              "/apis/networking.k8s.io/v1/namespaces/ai-imutis/networkpolicies/default-deny",
              "/apis/networking.k8s.io/v1/namespaces/ai-imutis/ingresses/api",
              "/api/v1/namespaces/ai-imutis/persistentvolumeclaims/data-postgresql-0"}) {
            row("imutis", path);
        }
    }
    void otherObjectsAreThere() {
        QFETCH(QString, context);
        QFETCH(QString, path);
        QCOMPARE(world(context).client().get(path.toStdString()).status, 200U);
    }

    void customResourcesPrintTheColumnsOfTheirDefinitions_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("columns");
        QTest::addColumn<QString>("cells");
        const auto row = [](const char* path, const char* columns, const char* cells) {
            QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(columns)
                                << QString::fromLatin1(cells);
        };
        row("tekton.dev/v1/pipelineruns", "Name|Succeeded|Reason|StartTime|CompletionTime",
            "bakery-ia-ci-run-t9rwz|False|Failed|29h|28h");
        row("tekton.dev/v1/tasks", "Name|Age", "run-tests|60d");
        row("triggers.tekton.dev/v1beta1/eventlisteners", "Name|Address|Available|Reason|Ready",
            "bakery-ia|http://el-bakery-ia.tekton-pipelines.svc.cluster.local:8080|True|MinimumReplicasAvailable|True");
        row("source.toolkit.fluxcd.io/v1/gitrepositories", "Name|URL|Age|Ready|Status",
            "bakery-ia|https://gitea.bakery-ia.local/bakery/bakery-ia.git|60d|True|stored artifact for revision "
            "'main@sha1:8c1f0a7d25b94e6fa3d07b1c94e2f6508d3ab917'");
        row("cert-manager.io/v1/certificates", "Name|Ready|Secret|Issuer|Status|Age",
            "webhook-receiver|False|webhook-receiver-tls|letsencrypt-prod|Issuing certificate as Secret does not "
            "exist|24h");
    }
    void customResourcesPrintTheColumnsOfTheirDefinitions() {
        QFETCH(QString, path);
        QFETCH(QString, columns);
        QFETCH(QString, cells);
        const Json table = bakery_.client().getJson("/apis/" + path.toStdString(),
                                                    {{"Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"}});
        QStringList names;
        for (const Json& column : table.at("columnDefinitions")) {
            names << q(column.at("name"));
        }
        QCOMPARE(names.join(QLatin1Char('|')), columns);
        QStringList rows;
        for (const Json& one : table.at("rows")) {
            QStringList values;
            for (const Json& cell : one.at("cells")) {
                values << q(cell);
            }
            rows << values.join(QLatin1Char('|'));
        }
        QVERIFY2(rows.contains(cells), qPrintable(rows.join(QLatin1Char('\n'))));
    }

    void globecoRunsHardened() {
        DemoClient client = globeco_.client();
        const Json object =
            client.getJson("/apis/apps/v1/namespaces/globeco/deployments/globeco-order-generation-service");
        const Json& container = object.at("spec").at("template").at("spec").at("containers").at(0);
        QCOMPARE(q(container.at("name")), QStringLiteral("order-generation-service"));
        QCOMPARE(container.at("securityContext").at("runAsUser").get<int>(), 1000);
        QVERIFY(container.at("securityContext").at("readOnlyRootFilesystem").get<bool>());
        QCOMPARE(q(container.at("securityContext").at("capabilities").at("drop").at(0)), QStringLiteral("ALL"));
        QCOMPARE(container.at("startupProbe").at("failureThreshold").get<int>(), 12);
        QCOMPARE(container.at("livenessProbe").at("periodSeconds").get<int>(), 30);
        QCOMPARE(container.at("readinessProbe").at("initialDelaySeconds").get<int>(), 15);
        const Json budget = client.getJson(
            "/apis/policy/v1/namespaces/globeco/poddisruptionbudgets/globeco-order-generation-service-pdb");
        QCOMPARE(budget.at("spec").at("minAvailable").get<int>(), 2);
        QCOMPARE(budget.at("status").at("disruptionsAllowed").get<int>(), 4);
    }

    void imutisIsInstalledByHelmWithItsDisks() {
        DemoClient client = imutis_.client();
        const Json api = client.getJson("/apis/apps/v1/namespaces/ai-imutis/deployments/api");
        QCOMPARE(q(api.at("metadata").at("labels").at("app.kubernetes.io/managed-by")), QStringLiteral("Helm"));
        QCOMPARE(q(api.at("spec").at("template").at("spec").at("initContainers").at(0).at("name")),
                 QStringLiteral("migrations"));
        const Json service = client.getJson("/api/v1/namespaces/ai-imutis/services/api");
        QCOMPARE(service.at("spec").at("ports").at(0).at("port").get<int>(), 80);
        QCOMPARE(service.at("spec").at("ports").at(0).at("targetPort").get<int>(), 8000);
        for (const auto& [name, size] :
             std::map<std::string, std::string>{{"postgresql", "50Gi"}, {"redis", "20Gi"}, {"prometheus", "50Gi"}}) {
            const Json claim =
                client.getJson("/api/v1/namespaces/ai-imutis/persistentvolumeclaims/data-" + name + "-0");
            QCOMPARE(q(claim.at("status").at("capacity").at("storage")), q(size));
            QCOMPARE(q(claim.at("status").at("phase")), QStringLiteral("Bound"));
        }
    }

    void nodesAndVersionsAreAsDescribed_data() {
        QTest::addColumn<QString>("context");
        QTest::addColumn<int>("nodes");
        QTest::addColumn<QString>("version");
        QTest::newRow("bakery") << QStringLiteral("bakery") << 1 << QStringLiteral("v1.32.2");
        QTest::newRow("globeco") << QStringLiteral("globeco") << 4 << QStringLiteral("v1.31.6");
        QTest::newRow("imutis") << QStringLiteral("imutis") << 3 << QStringLiteral("v1.32.1");
    }
    void nodesAndVersionsAreAsDescribed() {
        QFETCH(QString, context);
        QFETCH(int, nodes);
        QFETCH(QString, version);
        DemoClient client = world(context).client();
        const Json list = client.getJson("/api/v1/nodes");
        QCOMPARE(static_cast<int>(list.at("items").size()), nodes);
        for (const Json& node : list.at("items")) {
            QCOMPARE(q(node.at("status").at("nodeInfo").at("kubeletVersion")), version);
            if (context == QStringLiteral("bakery")) {
                QCOMPARE(q(node.at("status").at("capacity").at("cpu")), QStringLiteral("12"));
                QCOMPARE(q(node.at("status").at("capacity").at("memory")), QStringLiteral("32Gi"));
            }
        }
        QCOMPARE(q(client.getJson("/version").at("gitVersion")), version);
    }
};

QTEST_GUILESS_MAIN(TestDemoPlatforms)
#include "test_demo_platforms.moc"
