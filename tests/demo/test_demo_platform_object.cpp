#include <QtTest>

#include "app/demo/demo_errors.h"
#include "app/demo/demo_platform.h"
#include "tests/demo/demo_world.h"

using namespace quarterdeck;
using namespace quarterdeck::demo;
using namespace quarterdeck::demo::testing;

namespace {

std::uint16_t portOf(const std::string& kubeconfig, const std::string& context) {
    const auto name = kubeconfig.find("name: " + context);
    const auto server = kubeconfig.find("127.0.0.1:", name);
    return static_cast<std::uint16_t>(std::stoi(kubeconfig.substr(server + 10)));
}

}  // namespace

class TestDemoPlatformObject : public QObject {
    Q_OBJECT

private:
    static DemoOptions options(const std::string& incident = {}) {
        DemoOptions result;
        result.startTime = demoTime();
        result.incident = incident;
        return result;
    }

private Q_SLOTS:
    void theSameSeedAndTimeGiveTheSamePodsByteForByte_data() {
        QTest::addColumn<QByteArray>("incident");
        QTest::newRow("calm") << QByteArray();
        QTest::newRow("bad-image") << QByteArray("bad-image");
    }
    void theSameSeedAndTimeGiveTheSamePodsByteForByte() {
        QFETCH(QByteArray, incident);
        const auto first = DemoPlatform::start(options(incident.toStdString()));
        const auto second = DemoPlatform::start(options(incident.toStdString()));
        QVERIFY(first && second);
        // The one is some moments older than the other: an incident has gone on meanwhile.
        const auto pods = [&](DemoClient& client) {
            Json list = client.getJson("/api/v1/pods");
            list["metadata"].erase("resourceVersion");
            for (Json& pod : list["items"]) {
                if (!incident.isEmpty()) {
                    pod.erase("status");
                    pod["metadata"].erase("resourceVersion");
                }
            }
            return q(list.dump());
        };
        for (const char* context : {"bakery-ia-prod", "ai-imutis-staging", "globeco-prod"}) {
            DemoClient a(portOf((*first)->kubeconfigYaml(), context));
            DemoClient b(portOf((*second)->kubeconfigYaml(), context));
            QCOMPARE(pods(a), pods(b));
        }
    }

    void theKubeconfigNamesThreeContextsWithoutCredentials() {
        const auto platform = DemoPlatform::start(options());
        QVERIFY(platform.has_value());
        const QString yaml = q((*platform)->kubeconfigYaml());
        QVERIFY(yaml.contains(QStringLiteral("current-context: bakery-ia-prod\n")));
        for (const auto& [context, space] :
             std::map<QString, QString>{{QStringLiteral("bakery-ia-prod"), QStringLiteral("bakery-ia")},
                                        {QStringLiteral("globeco-prod"), QStringLiteral("globeco")},
                                        {QStringLiteral("ai-imutis-staging"), QStringLiteral("ai-imutis")}}) {
            QVERIFY(
                yaml.contains(QStringLiteral("cluster: %1\n    user: %1\n    namespace: %2\n").arg(context, space)));
            QVERIFY(yaml.contains(QStringLiteral("- name: %1\n  user: {}\n").arg(context)));
        }
    }

    void anUnknownIncidentNamesTheKnownOnes() {
        const auto wrong = DemoPlatform::start(options("flood"));
        QVERIFY(!wrong && wrong.error().is(kUnknownIncident));
        QCOMPARE(
            q(describe(wrong.error())),
            QStringLiteral("The demo knows no incident named \"flood\". Choose one of these: bad-image, crash-loop, "
                           "out-of-memory, stuck-init, node-not-ready."));
        const auto platform = DemoPlatform::start(options());
        QVERIFY(!(*platform)->startIncident("flood"));
        QCOMPARE(DemoPlatform::incidents().size(), 5U);
    }

    void anIncidentBeginsOnTheRunningPlatformAndResetEndsIt() {
        const auto platform = DemoPlatform::start(options());
        DemoClient client(portOf((*platform)->kubeconfigYaml(), "bakery-ia-prod"));
        const auto names = [&] {
            std::set<std::string> result;
            for (const auto& [name, pod] : byName(client.getJson("/api/v1/pods"))) {
                result.insert(name + " " + pod.at("metadata").at("uid").get<std::string>());
            }
            return result;
        };
        const auto before = names();
        const std::string version = client.getJson("/api/v1/pods").at("metadata").at("resourceVersion");
        DemoClient watcher(portOf((*platform)->kubeconfigYaml(), "bakery-ia-prod"));
        watcher.watch("/api/v1/pods?watch=1&resourceVersion=" + version);
        QVERIFY((*platform)->startIncident("crash-loop").has_value());
        const Json event = *watcher.nextEvent("ADDED");
        QVERIFY(q(event.at("object").at("metadata").at("name")).startsWith(QStringLiteral("orders-service-")));
        (*platform)->reset();
        QCOMPARE(watcher.nextEvent("ERROR")->at("object").at("code").get<int>(), 410);
        QVERIFY(names() == before);
        const std::string later = client.getJson("/api/v1/pods").at("metadata").at("resourceVersion");
        QVERIFY(std::stoull(later) > std::stoull(version));
    }

    void podsComeUpByThemselvesInRealTime() {
        const auto platform = DemoPlatform::start(DemoOptions{});
        DemoClient client(portOf((*platform)->kubeconfigYaml(), "ai-imutis-staging"));
        DemoClient watcher(portOf((*platform)->kubeconfigYaml(), "ai-imutis-staging"));
        watcher.watch("/api/v1/pods?watch=1&resourceVersion=" +
                      client.getJson("/api/v1/pods").at("metadata").at("resourceVersion").get<std::string>());
        client.patch("/apis/apps/v1/namespaces/ai-imutis/deployments/api/scale", "merge-patch+json",
                     {{"spec", {{"replicas", 4}}}});
        const std::string name = watcher.nextEvent("ADDED")->at("object").at("metadata").at("name");
        for (;;) {
            const Json object = watcher.nextEvent("MODIFIED")->at("object");
            QCOMPARE(q(object.at("metadata").at("name")), q(name));
            const Json statuses = object.at("status").value("containerStatuses", Json::array());
            if (!statuses.empty() && statuses.at(0).at("ready").get<bool>()) {
                break;
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestDemoPlatformObject)
#include "test_demo_platform_object.moc"
