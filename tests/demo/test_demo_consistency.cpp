#include <QtTest>

#include <fmt/format.h>

#include "app/base/quantity.h"
#include "tests/demo/demo_world.h"

using namespace quarterdeck;
using namespace quarterdeck::demo;
using namespace quarterdeck::demo::testing;

namespace {

long quantity(const Json& resources, const char* part, const char* name, bool milli) {
    const auto value = Quantity::parse(resources.at(part).value(name, std::string("0")));
    return !value ? 0 : milli ? value->milli() : value->value();
}

struct Sums {
    long cpu = 0, memory = 0, cpuLimit = 0, memoryLimit = 0;
};

/// What the pods that have not finished ask for, in all or on one node.
Sums sumsOf(const Json& pods, const std::string& node = {}) {
    Sums sums;
    for (const Json& pod : pods.at("items")) {
        if (pod.at("status").at("phase") == "Succeeded" || (!node.empty() && pod.at("spec").at("nodeName") != node)) {
            continue;
        }
        for (const Json& container : pod.at("spec").at("containers")) {
            const Json& resources = container.at("resources");
            if (resources.contains("requests")) {
                sums.cpu += quantity(resources, "requests", "cpu", true);
                sums.memory += quantity(resources, "requests", "memory", false);
                sums.cpuLimit += quantity(resources, "limits", "cpu", true);
                sums.memoryLimit += quantity(resources, "limits", "memory", false);
            }
        }
    }
    return sums;
}

}  // namespace

class TestDemoConsistency : public QObject {
    Q_OBJECT

private:
    World bakery_{"bakery-ia-prod"};
    World globeco_{"globeco-prod"};
    World imutis_{"ai-imutis-staging"};

private Q_SLOTS:
    void bakeryAsksForWhatItsDocumentsSay() {
        DemoClient client = bakery_.client();
        const Sums sums = sumsOf(client.getJson("/api/v1/pods"));
        const double gigabytes = 1e9;
        QVERIFY2(std::abs(static_cast<double>(sums.memory) / gigabytes - 21) < 0.7,
                 std::to_string(sums.memory).c_str());
        QVERIFY2(std::abs(static_cast<double>(sums.memoryLimit) / gigabytes - 48) < 1,
                 std::to_string(sums.memoryLimit).c_str());
        QVERIFY2(std::abs(sums.cpu - 8500) <= 150, std::to_string(sums.cpu).c_str());
        QVERIFY2(std::abs(sums.cpuLimit - 41000) <= 800, std::to_string(sums.cpuLimit).c_str());
        long disk = 0;
        const Json claims = client.getJson("/api/v1/persistentvolumeclaims");
        for (const Json& claim : claims.at("items")) {
            disk += Quantity::parse(claim.at("spec").at("resources").at("requests").at("storage").get<std::string>())
                        ->value() >>
                    20;
        }
        QCOMPARE(disk, 79L * 1024);
    }

    void everythingFitsOnItsNodes() {
        for (World* each : {&bakery_, &globeco_, &imutis_}) {
            DemoClient client = each->client();
            const Json pods = client.getJson("/api/v1/pods");
            const Json nodes = client.getJson("/api/v1/nodes");
            for (const Json& node : nodes.at("items")) {
                const Sums sums = sumsOf(pods, node.at("metadata").at("name"));
                QVERIFY(sums.cpu > 0);
                QVERIFY(sums.cpu <= quantity(node.at("status"), "allocatable", "cpu", true));
                QVERIFY(sums.memory <= quantity(node.at("status"), "allocatable", "memory", false));
            }
        }
    }

    void fiftySixPodsRunInTheCustomersNamespacesAndNoneHasRestarted() {
        int running = 0;
        int completed = 0;
        for (const auto& [each, space] :
             {std::pair{&bakery_, "bakery-ia"}, std::pair{&globeco_, "globeco"}, std::pair{&imutis_, "ai-imutis"}}) {
            DemoClient client = each->client();
            const Json pods = client.getJson(fmt::format("/api/v1/namespaces/{}/pods", space));
            for (const Json& pod : pods.at("items")) {
                (pod.at("status").at("phase") == "Running" ? running : completed) += 1;
                QCOMPARE(pod.at("status").at("containerStatuses").at(0).at("restartCount").get<int>(), 0);
            }
        }
        QCOMPARE(running, 56);
        QCOMPARE(completed, 14 + 20 + 1);  // migrations, seeds, nominatim-init
    }

    void deploymentsKeepTheirRevisions() {
        DemoClient client = bakery_.client();
        const Json sets = client.getJson(
            "/apis/apps/v1/namespaces/bakery-ia/replicasets?labelSelector=app.kubernetes.io/name%3Dorders-service");
        std::map<std::string, std::string> causes;
        for (const Json& set : sets.at("items")) {
            const Json& notes = set.at("metadata").at("annotations");
            causes[notes.at("deployment.kubernetes.io/revision")] = notes.at("kubernetes.io/change-cause");
        }
        const std::map<std::string, std::string> expected = {
            {"10", "release 2.8.0"}, {"11", "release 2.8.1"}, {"12", "release 2.8.2"}};
        QVERIFY(causes == expected);
    }

    void theLastHourLeftEvents() {
        for (World* each : {&bakery_, &globeco_, &imutis_}) {
            DemoClient client = each->client();
            const Json events = client.getJson("/api/v1/events");
            QVERIFY(events.at("items").size() >= 2);
            for (const Json& event : events.at("items")) {
                const auto age = demoTime() - *parseRfc3339(event.at("lastTimestamp").get<std::string>());
                QVERIFY(age >= std::chrono::seconds(0) && age < std::chrono::hours(1));
            }
        }
    }

    void nothingIsOlderThanItsNamespaceOrYoungerThanItsOwner() {
        for (World* each : {&bakery_, &globeco_, &imutis_}) {
            DemoClient client = each->client();
            const auto spaces = byName(client.getJson("/api/v1/namespaces"));
            const auto sets = byName(client.getJson("/apis/apps/v1/replicasets"));
            for (const char* path : {"/api/v1/pods", "/apis/apps/v1/deployments", "/apis/apps/v1/replicasets",
                                     "/apis/apps/v1/statefulsets", "/api/v1/services", "/api/v1/secrets"}) {
                const Json objects = client.getJson(path);
                for (const Json& object : objects.at("items")) {
                    const Json& metadata = object.at("metadata");
                    const std::string created = metadata.at("creationTimestamp");
                    const std::string space = metadata.at("namespace");
                    QVERIFY2(created >= spaces.at(fmt::format("/{}", space))
                                            .at("metadata")
                                            .at("creationTimestamp")
                                            .get<std::string>(),
                             metadata.at("name").get<std::string>().c_str());
                    if (metadata.contains("ownerReferences") &&
                        metadata.at("ownerReferences").at(0).at("kind") == "ReplicaSet") {
                        const std::string owner = metadata.at("ownerReferences").at(0).at("name");
                        QVERIFY(created >= sets.at(fmt::format("{}/{}", space, owner))
                                               .at("metadata")
                                               .at("creationTimestamp")
                                               .get<std::string>());
                    }
                }
            }
        }
    }

    void aSettledPlatformStaysAsItIs() {
        for (World* each : {&bakery_, &globeco_, &imutis_}) {
            DemoClient client = each->client();
            const std::string before = client.get("/api/v1/pods").body;
            each->cluster->step();
            each->cluster->step();
            QCOMPARE(q(client.get("/api/v1/pods").body), q(before));
        }
    }
};

QTEST_GUILESS_MAIN(TestDemoConsistency)
#include "test_demo_consistency.moc"
