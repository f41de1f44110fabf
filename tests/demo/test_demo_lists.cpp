#include <QtTest>

#include "tests/demo/demo_world.h"

using namespace quarterdeck;
using namespace quarterdeck::demo;
using namespace quarterdeck::demo::testing;

class TestDemoLists : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<World> world_;
    DemoClient client() { return world_->client(); }

private Q_SLOTS:
    void init() { world_ = std::make_unique<World>("globeco-prod"); }

    void selectorsSelect_data() {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("count");
        const auto row = [](const char* query, int count) {
            QTest::newRow(query) << QString::fromLatin1(query) << count;
        };
        row("labelSelector=app%3Dglobeco-order-generation-service", 6);
        row("labelSelector=app%21%3Dglobeco-order-generation-service", 1);
        row("labelSelector=app+in+%28globeco-order-generation-service%2Cother%29", 6);
        row("labelSelector=app+notin+%28globeco-order-generation-service%29", 1);
        row("labelSelector=statefulset.kubernetes.io%2Fpod-name", 1);
        row("labelSelector=%21pod-template-hash", 1);
        row("labelSelector=pod-template-hash,app%3D%3Dglobeco-order-generation-service", 6);
        row("fieldSelector=spec.nodeName%3Dgc-node-3", 2);
        row("fieldSelector=status.phase%3DRunning", 7);
        row("fieldSelector=status.phase%21%3DRunning", 0);
        row("fieldSelector=metadata.name%3Dglobeco-order-generation-service-mongodb-0,metadata.namespace%3Dglobeco", 1);
    }
    void selectorsSelect() {
        QFETCH(QString, query);
        QFETCH(int, count);
        const Json list = client().getJson("/api/v1/pods?" + query.toStdString());
        QCOMPARE(static_cast<int>(list.at("items").size()), count);
    }

    void eventsAreSelectedByWhatTheyAreAbout() {
        DemoClient api = client();
        const std::string base = "/api/v1/events?fieldSelector=";
        QCOMPARE(api.getJson(base + "reason%3DSync").at("items").size(), 1U);
        QCOMPARE(api.getJson(base + "type%3DWarning").at("items").size(), 0U);
        QCOMPARE(api.getJson(base + "involvedObject.kind%3DHorizontalPodAutoscaler").at("items").size(), 1U);
        QCOMPARE(api.get(base + "no.such.field%3Dx").status, 400U);
        QCOMPARE(api.get("/api/v1/pods?labelSelector=%28%28").status, 400U);
    }

    void pagesOfAListBelongTogether() {
        DemoClient api = client();
        Json page = api.getJson("/api/v1/pods?limit=3");
        const std::string version = versionOf(page);
        QCOMPARE(page.at("metadata").at("remainingItemCount").get<int>(), 4);
        std::set<std::string> names;
        int pages = 0;
        for (;;) {
            ++pages;
            for (const Json& item : page.at("items")) {
                names.insert(item.at("metadata").at("name").get<std::string>());
            }
            const std::string token = page.at("metadata").value("continue", std::string());
            if (token.empty()) {
                break;
            }
            if (pages == 1) {  // what happens meanwhile is not part of this list
                api.send("DELETE",
                         "/api/v1/namespaces/globeco/pods/globeco-order-generation-service-mongodb-0?"
                         "gracePeriodSeconds=0");
            }
            page = api.getJson("/api/v1/pods?limit=3&continue=" + token);
            QCOMPARE(q(versionOf(page)), q(version));
        }
        QCOMPARE(pages, 3);
        QCOMPARE(names.size(), 7U);
        QCOMPARE(api.getJson("/api/v1/pods").at("items").size(), 6U);
    }

    void anOldContinueTokenIsGone() {
        DemoClient api = client();
        const std::string token = api.getJson("/api/v1/pods?limit=3").at("metadata").at("continue");
        {
            const std::scoped_lock lock(world_->cluster->state().mutex);
            world_->cluster->state().db.forgetHistory();
        }
        const Reply reply = api.get("/api/v1/pods?limit=3&continue=" + token);
        QCOMPARE(reply.status, 410U);
        QCOMPARE(q(reply.json().at("reason")), QStringLiteral("Expired"));
    }

    void listsKnowTheMeaningOfVersions() {
        DemoClient api = client();
        const std::string version = versionOf(api.getJson(kMaps));
        api.send("POST", kMaps, configMap("later", "a").dump());
        const std::size_t before =
            api.getJson(std::string(kMaps) + "?resourceVersion=" + version + "&resourceVersionMatch=Exact")
                .at("items")
                .size();
        QCOMPARE(api.getJson(std::string(kMaps) + "?resourceVersion=0").at("items").size(), before + 1);
        QCOMPARE(api.getJson(std::string(kMaps) + "?resourceVersion=" + version).at("items").size(), before + 1);
        const Reply future = api.get(std::string(kMaps) + "?resourceVersion=999999999");
        QCOMPARE(future.status, 504U);
        QCOMPARE(q(future.json().at("details").at("causes").at(0).at("reason")),
                 QStringLiteral("ResourceVersionTooLarge"));
        QCOMPARE(api.get(std::string(kMaps) + "?resourceVersion=1&resourceVersionMatch=Exact").status, 410U);
        QCOMPARE(api.get(std::string(kMaps) + "?resourceVersion=abc").status, 400U);
    }

    void tablesHaveTheColumnsOfKubectl_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("columns");
        QTest::addColumn<QString>("cells");
        const auto row = [](const char* path, const char* columns, const char* cells) {
            QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(columns)
                                << QString::fromLatin1(cells);
        };
        row("/apis/apps/v1/deployments", "Name|Ready|Up-to-date|Available|Age",
            "globeco-order-generation-service|6/6|6|6|*");
        row("/apis/apps/v1/statefulsets", "Name|Ready|Age", "globeco-order-generation-service-mongodb|1/1|*");
        row("/api/v1/nodes", "Name|Status|Roles|Age|Version", "gc-node-1|Ready|<none>|90d|v1.31.6");
        row("/apis/policy/v1/poddisruptionbudgets", "Name|Min Available|Max Unavailable|Allowed Disruptions|Age",
            "globeco-order-generation-service-pdb|2|<none>|4|80d");
        row("/apis/autoscaling/v2/horizontalpodautoscalers", "Name|Reference|Targets|MinPods|MaxPods|Replicas|Age",
            "globeco-order-generation-service-hpa|Deployment/globeco-order-generation-service|cpu: 62%/70%, memory: "
            "69%/80%|3|20|6|80d");
        row("/api/v1/namespaces/globeco/services", "Name|Type|Cluster-IP|External-IP|Port(s)|Age",
            "globeco-order-generation-service|ClusterIP|*|<none>|80/TCP|80d");
        row("/api/v1/namespaces/globeco/configmaps", "Name|Data|Age", "globeco-order-generation-service-config|7|80d");
        row("/api/v1/namespaces", "Name|Status|Age", "default|Active|88d");
        row("/api/v1/pods?fieldSelector=metadata.name%3Dglobeco-order-generation-service-mongodb-0",
            "Name|Ready|Status|Restarts|Age", "globeco-order-generation-service-mongodb-0|1/1|Running|0|*");
    }
    void tablesHaveTheColumnsOfKubectl() {
        QFETCH(QString, path);
        QFETCH(QString, columns);
        QFETCH(QString, cells);
        const Json table = client().getJson(
            path.toStdString(), {{"Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"}});
        QCOMPARE(q(table.at("kind")), QStringLiteral("Table"));
        QStringList names;
        QStringList values;
        const QStringList expected = cells.split(QLatin1Char('|'));
        for (std::size_t i = 0; i < table.at("columnDefinitions").size(); ++i) {
            const Json& column = table.at("columnDefinitions").at(i);
            if (column.at("priority").get<int>() == 0) {
                const Json& cell = table.at("rows").at(0).at("cells").at(i);
                names << q(column.at("name"));
                const bool any = values.size() < expected.size() && expected.at(values.size()) == QLatin1String("*");
                values << (any ? QStringLiteral("*") : q(cell.is_string() ? cell.get<std::string>() : cell.dump()));
            }
        }
        QCOMPARE(names.join(QLatin1Char('|')), columns);
        QCOMPARE(values, expected);
        QCOMPARE(q(table.at("rows").at(0).at("object").at("kind")), QStringLiteral("PartialObjectMetadata"));
    }

    void eventsNameTheirSourceAsKubectlDoes() {
        const Json table = client().getJson(
            "/api/v1/events", {{"Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"}});
        std::size_t source = 0;
        std::size_t part = 0;
        for (std::size_t i = 0; i < table.at("columnDefinitions").size(); ++i) {
            const std::string name = table.at("columnDefinitions").at(i).at("name");
            source = name == "Source" ? i : source;
            part = name == "Subobject" ? i : part;
        }
        bool ofKubelet = false;
        for (const Json& row : table.at("rows")) {
            const std::string from = row.at("cells").at(source);
            ofKubelet = ofKubelet || from.rfind("kubelet, ", 0) == 0;
            QVERIFY2(!from.empty() && from.find('<') == std::string::npos, from.c_str());
            QVERIFY(row.at("cells").at(part) != "<none>");
        }
        QVERIFY(ofKubelet);
    }
};

QTEST_GUILESS_MAIN(TestDemoLists)
#include "test_demo_lists.moc"
