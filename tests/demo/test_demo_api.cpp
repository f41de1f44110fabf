#include <QtTest>

#include "tests/demo/demo_world.h"

using namespace quarterdeck;
using namespace quarterdeck::demo;
using namespace quarterdeck::demo::testing;

class TestDemoApi : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<World> world_;
    DemoClient client() { return world_->client(); }

private Q_SLOTS:
    void init() { world_ = std::make_unique<World>("globeco-prod"); }

    void healthVersionAndDiscoveryAnswer() {
        DemoClient api = client();
        for (const char* path : {"/healthz", "/readyz", "/livez"}) {
            QCOMPARE(q(api.get(path).body), QStringLiteral("ok"));
        }
        QCOMPARE(q(api.getJson("/api").at("versions").at(0)), QStringLiteral("v1"));
        std::set<std::string> groups;
        const Json list = api.getJson("/apis");
        for (const Json& group : list.at("groups")) {
            groups.insert(group.at("name").get<std::string>());
        }
        for (const char* group : {"apps", "batch", "autoscaling", "policy", "networking.k8s.io"}) {
            QCOMPARE(groups.count(group), 1U);
        }
        std::set<std::string> names;
        const Json apps = api.getJson("/apis/apps/v1");
        for (const Json& each : apps.at("resources")) {
            names.insert(each.at("name").get<std::string>());
        }
        QVERIFY(names.count("deployments") == 1 && names.count("deployments/scale") == 1 &&
                names.count("deployments/status") == 1);
        QCOMPARE(api.get("/apis/nobody.example/v1").status, 404U);
        QCOMPARE(api.get("/openapi/v3").status, 404U);
        QCOMPARE(q(api.getJson("/apis/autoscaling").at("preferredVersion").at("version")), QStringLiteral("v2"));
    }

    void aggregatedDiscoveryNamesTheSameResources_data() {
        QTest::addColumn<QString>("version");
        QTest::newRow("v2") << QStringLiteral("v2");
        QTest::newRow("v2beta1") << QStringLiteral("v2beta1");
    }
    void aggregatedDiscoveryNamesTheSameResources() {
        QFETCH(QString, version);
        DemoClient api = client();
        const Reply reply =
            api.get("/apis", {{"Accept", "application/json;g=apidiscovery.k8s.io;v=" + version.toStdString() +
                                             ";as=APIGroupDiscoveryList"}});
        QVERIFY(q(reply.contentType).contains(QStringLiteral("as=APIGroupDiscoveryList")));
        QVERIFY(q(reply.contentType).contains(QStringLiteral("v=%1;").arg(version)));
        const Json found = reply.json();
        for (const Json& group : found.at("items")) {
            const std::string name = group.at("metadata").at("name");
            for (const Json& each : group.at("versions")) {
                std::set<std::string> aggregated;
                std::set<std::string> plain;
                for (const Json& entry : each.at("resources")) {
                    aggregated.insert(entry.at("resource").get<std::string>());
                }
                const Json list = api.getJson("/apis/" + name + "/" + each.at("version").get<std::string>());
                for (const Json& entry : list.at("resources")) {
                    const std::string resourceName = entry.at("name");
                    if (resourceName.find('/') == std::string::npos) {
                        plain.insert(resourceName);
                    }
                }
                QVERIFY(aggregated == plain);
            }
        }
    }

    void theDateHeaderFollowsTheDemoClock() {
        DemoClient api = client();
        QCOMPARE(q(api.get("/version").date), QStringLiteral("Sat, 14 Mar 2026 03:12:40 GMT"));
        world_->clock->advance(std::chrono::hours(2));
        QCOMPARE(q(api.get("/version").date), QStringLiteral("Sat, 14 Mar 2026 05:12:40 GMT"));
    }

    void objectsAreCreatedReadReplacedAndDeleted() {
        DemoClient api = client();
        const Reply made = api.send("POST", kMaps, configMap("one", "a").dump());
        QCOMPARE(made.status, 201U);
        Json object = made.json();
        QVERIFY(!object.at("metadata").at("uid").get<std::string>().empty());
        QCOMPARE(q(object.at("metadata").at("creationTimestamp")), QStringLiteral("2026-03-14T03:12:40Z"));
        QCOMPARE(api.send("POST", kMaps, configMap("one", "a").dump()).status, 409U);
        object["data"]["key"] = "b";
        const Json second = api.send("PUT", std::string(kMaps) + "/one", object.dump()).json();
        QCOMPARE(q(second.at("data").at("key")), QStringLiteral("b"));
        QVERIFY(versionOf(second) != versionOf(object));
        const Json deleted = api.send("DELETE", std::string(kMaps) + "/one").json();
        QCOMPARE(q(deleted.at("status")), QStringLiteral("Success"));
        const Reply gone = api.get(std::string(kMaps) + "/one");
        QCOMPARE(gone.status, 404U);
        QCOMPARE(q(gone.json().at("reason")), QStringLiteral("NotFound"));
        QCOMPARE(q(gone.json().at("details").at("name")), QStringLiteral("one"));
        QCOMPARE(q(gone.json().at("message")), QStringLiteral("configmaps \"one\" not found"));
    }

    void aStaleVersionIsAConflict() {
        DemoClient api = client();
        Json object = api.send("POST", kMaps, configMap("one", "a").dump()).json();
        QCOMPARE(api.patch(std::string(kMaps) + "/one", "merge-patch+json", {{"data", {{"x", "1"}}}}).status, 200U);
        object["data"]["key"] = "late";
        const Reply reply = api.send("PUT", std::string(kMaps) + "/one", object.dump());
        QCOMPARE(reply.status, 409U);
        QCOMPARE(q(reply.json().at("reason")), QStringLiteral("Conflict"));
        QVERIFY(
            q(reply.json().at("message")).contains(QStringLiteral("please apply your changes to the latest version")));
        const Json stale = {{"metadata", {{"resourceVersion", versionOf(object)}}}, {"data", {{"y", "1"}}}};
        QCOMPARE(api.patch(std::string(kMaps) + "/one", "merge-patch+json", stale).status, 409U);
        const Json wrongUid = {{"preconditions", {{"uid", "somebody-else"}}}};
        QCOMPARE(api.send("DELETE", std::string(kMaps) + "/one", wrongUid.dump()).status, 409U);
    }

    void writesThatBreakRulesAreRefused_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("body");
        QTest::addColumn<uint>("status");
        const auto row = [](const char* tag, const char* method, const char* path, const char* body, unsigned status) {
            QTest::newRow(tag) << QString::fromLatin1(method) << QString::fromLatin1(path) << QString::fromLatin1(body)
                               << status;
        };
        const char* deployment = "/apis/apps/v1/namespaces/globeco/deployments/globeco-order-generation-service";
        row("negative replicas", "PATCH", deployment, R"({"spec":{"replicas":-1}})", 422);
        row("selector changed", "PATCH", deployment, R"({"spec":{"selector":{"matchLabels":{"app":"x"}}}})", 422);
        row("label of the template lost", "PATCH", deployment,
            R"({"spec":{"template":{"metadata":{"labels":{"app":"x"}}}}})", 422);
        row("other name", "PUT", deployment, R"({"metadata":{"name":"x"}})", 400);
        row("bad name", "POST", kMaps, R"({"metadata":{"name":"Not_Allowed"}})", 422);
        row("no name", "POST", kMaps, R"({"metadata":{}})", 422);
        row("not JSON", "POST", kMaps, "{", 400);
        row("other kind", "POST", kMaps, R"({"kind":"Secret","metadata":{"name":"x"}})", 400);
        row("namespace unknown", "POST", "/api/v1/namespaces/nowhere/configmaps", R"({"metadata":{"name":"x"}})", 404);
        row("post to an object", "POST", deployment, "{}", 405);
    }
    void writesThatBreakRulesAreRefused() {
        QFETCH(QString, method);
        QFETCH(QString, path);
        QFETCH(QString, body);
        QFETCH(uint, status);
        DemoClient api = client();
        Headers headers;
        if (method == QLatin1String("PATCH")) {
            headers["Content-Type"] = "application/strategic-merge-patch+json";
        }
        const Reply reply = api.send(method.toStdString(), path.toStdString(), body.toStdString(), headers);
        QCOMPARE(reply.status, status);
        QCOMPARE(q(reply.json().at("kind")), QStringLiteral("Status"));
        QCOMPARE(reply.json().at("code").get<uint>(), status);
    }

    void patchesOfAllKindsApply() {
        DemoClient api = client();
        const std::string path = "/apis/apps/v1/namespaces/globeco/deployments/globeco-order-generation-service";
        const Json added = {
            {"spec",
             {{"template",
               {{"spec",
                 {{"containers",
                   Json::array({Json{{"name", "order-generation-service"},
                                     {"env", Json::array({Json{{"name", "NEW"}, {"value", "1"}}})}}})}}}}}}}};
        Json object = api.patch(path, "strategic-merge-patch+json", added).json();
        const Json& container = object.at("spec").at("template").at("spec").at("containers").at(0);
        QCOMPARE(container.at("env").size(), 2U);
        QVERIFY(!container.at("image").get<std::string>().empty());
        QCOMPARE(object.at("metadata").at("generation").get<int>(), 8);

        object = api.patch(path, "json-patch+json",
                           Json::array({Json{{"op", "replace"}, {"path", "/spec/replicas"}, {"value", 5}}}))
                     .json();
        QCOMPARE(object.at("spec").at("replicas").get<int>(), 5);
        object =
            api.patch(path, "merge-patch+json", {{"metadata", {{"labels", {{"a", "b"}, {"app", nullptr}}}}}}).json();
        QCOMPARE(q(object.at("metadata").at("labels").dump()), QStringLiteral(R"({"a":"b"})"));
        QCOMPARE(object.at("metadata").at("generation").get<int>(), 9);  // labels are no spec
        const Json applied = {
            {"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", {{"name", "fresh"}}}, {"data", {{"k", "v"}}}};
        const std::string fresh = std::string(kMaps) + "/fresh?fieldManager=test";
        QCOMPARE(api.patch(fresh, "apply-patch+yaml", applied).status, 201U);
        QCOMPARE(api.patch(fresh, "apply-patch+yaml", applied).status, 200U);
        QCOMPARE(api.patch(path, "unheard-of+json", Json::object()).status, 415U);
        QCOMPARE(api.patch(path, "json-patch+json",
                           Json::array({Json{{"op", "test"}, {"path", "/spec/replicas"}, {"value", 77}}}))
                     .status,
                 422U);
    }

    void aDryRunStoresNothing() {
        DemoClient api = client();
        const std::string version = versionOf(api.getJson(kMaps));
        QCOMPARE(api.send("POST", std::string(kMaps) + "?dryRun=All", configMap("ghost", "a").dump()).status, 201U);
        QCOMPARE(api.get(std::string(kMaps) + "/ghost").status, 404U);
        const std::string path =
            "/apis/apps/v1/namespaces/globeco/deployments/globeco-order-generation-service?dryRun=All";
        const Json wanted = api.patch(path, "merge-patch+json", {{"spec", {{"replicas", 9}}}}).json();
        QCOMPARE(wanted.at("spec").at("replicas").get<int>(), 9);
        QCOMPARE(api.send("DELETE", path).status, 200U);
        QCOMPARE(q(versionOf(api.getJson(kMaps))), q(version));
    }

    void scaleIsASubresource() {
        DemoClient api = client();
        const std::string path = "/apis/apps/v1/namespaces/globeco/deployments/globeco-order-generation-service/scale";
        Json scale = api.getJson(path);
        QCOMPARE(q(scale.at("kind")), QStringLiteral("Scale"));
        QCOMPARE(scale.at("spec").at("replicas").get<int>(), 6);
        QCOMPARE(q(scale.at("status").at("selector")), QStringLiteral("app=globeco-order-generation-service"));
        QCOMPARE(api.patch(path, "merge-patch+json", {{"spec", {{"replicas", 7}}}}).json().at("spec").at("replicas"),
                 7);
        QCOMPARE(api.send("PUT", path, scale.dump()).status, 409U);  // its version is old now
        scale = api.getJson(path);
        scale["spec"]["replicas"] = 4;
        QCOMPARE(api.send("PUT", path, scale.dump()).status, 200U);
    }

    void statusAndSpecAreWrittenApart() {
        DemoClient api = client();
        const std::string path =
            "/apis/apps/v1/namespaces/globeco/statefulsets/globeco-order-generation-service-mongodb";
        const Json both = {{"spec", {{"minReadySeconds", 3}}}, {"status", {{"readyReplicas", 99}}}};
        Json object = api.patch(path, "merge-patch+json", both).json();
        QCOMPARE(object.at("status").at("readyReplicas").get<int>(), 1);
        QCOMPARE(object.at("spec").at("minReadySeconds").get<int>(), 3);
        const Json other = {{"spec", {{"minReadySeconds", 8}}}, {"status", {{"readyReplicas", 99}}}};
        object = api.patch(path + "/status", "merge-patch+json", other).json();
        QCOMPARE(object.at("status").at("readyReplicas").get<int>(), 99);
        QCOMPARE(object.at("spec").at("minReadySeconds").get<int>(), 3);
    }

    void contentIsNegotiated() {
        DemoClient api = client();
        const Json metadata = api.getJson(
            "/api/v1/nodes", {{"Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"}});
        QCOMPARE(q(metadata.at("kind")), QStringLiteral("PartialObjectMetadataList"));
        QVERIFY(!metadata.at("items").at(0).contains("spec"));
        QCOMPARE(api.get("/api/v1/nodes", {{"Accept", "application/vnd.kubernetes.protobuf"}}).status, 406U);
        QCOMPARE(api.get("/api/v1/nodes", {{"Accept", "application/vnd.kubernetes.protobuf,application/json"}}).status,
                 200U);
        const Reply packed = api.get("/api/v1/pods", {{"Accept-Encoding", "gzip"}});
        QCOMPARE(q(packed.encoding), QStringLiteral("gzip"));
        // Qt's own inflater reads zlib data: swap the gzip frame for a zlib one and check the length it states.
        const auto* tail = reinterpret_cast<const unsigned char*>(packed.body.data() + packed.body.size() - 4);
        const std::size_t stated = tail[0] | tail[1] << 8U | tail[2] << 16U | static_cast<std::size_t>(tail[3]) << 24U;
        QCOMPARE(stated, api.get("/api/v1/pods").body.size());
        QVERIFY(packed.body.size() < stated / 3);
        const Reply head = api.send("HEAD", "/api/v1/nodes");
        QCOMPARE(head.status, 200U);
        QVERIFY(head.body.empty());
    }

    void reviewsSayYes() {
        DemoClient api = client();
        const std::string base = "/apis/authorization.k8s.io/v1/";
        QVERIFY(
            api.send("POST", base + "selfsubjectaccessreviews", "{}").json().at("status").at("allowed").get<bool>());
        const Json rules =
            api.send("POST", base + "selfsubjectrulesreviews", R"({"spec":{"namespace":"globeco"}})").json();
        QCOMPARE(q(rules.at("status").at("resourceRules").at(0).at("verbs").at(0)), QStringLiteral("*"));
        const Json who = api.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}").json();
        QCOMPARE(q(who.at("status").at("userInfo").at("username")), QStringLiteral("demo"));
    }

    void anEvictionRespectsTheBudget() {
        DemoClient api = client();
        const Json pods = api.getJson("/api/v1/pods?labelSelector=app%3Dglobeco-order-generation-service");
        int evicted = 0;
        int refused = 0;
        for (const Json& pod : pods.at("items")) {
            const std::string name = pod.at("metadata").at("name");
            const unsigned status =
                api.send("POST", "/api/v1/namespaces/globeco/pods/" + name + "/eviction", "{}").status;
            evicted += status == 201 ? 1 : 0;
            refused += status == 429 ? 1 : 0;
        }
        QCOMPARE(evicted, 4);
        QCOMPARE(refused, 2);
    }

    void extraRoutesAreAskedFirst() {
        class Echo final : public ExtraRoute {
        public:
            bool serve(const ApiRequest& request, Exchange& exchange) override {
                if (request.path != "/prometheus/api/v1/query") {
                    return false;
                }
                exchange.respond({200, "text/plain", request.parameter("query")});
                return true;
            }
        };
        world_->cluster->server().add(std::make_shared<Echo>());
        DemoClient api = client();
        QCOMPARE(q(api.get("/prometheus/api/v1/query?query=up%7Ba%3D%22b%22%7D").body), QStringLiteral("up{a=\"b\"}"));
        QCOMPARE(api.get("/version").status, 200U);
    }
};

QTEST_GUILESS_MAIN(TestDemoApi)
#include "test_demo_api.moc"
