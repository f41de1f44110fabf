// The sections of the overview, the events and what is related, from the summary and the whole object.

#include <QTest>

#include "app/kube/errors.h"
#include "tests/ui/detail_support.h"
#include "ui/details/common_sections.h"
#include "ui/details/container_cards.h"
#include "ui/details/event_overview.h"
#include "ui/details/node_overview.h"
#include "ui/details/pod_overview.h"
#include "ui/details/words.h"
#include "ui/location.h"
#include "ui/text/english_plurals.h"

using namespace quarterdeck;
using namespace quarterdeck::tests;
using nlohmann::json;
using widgets::PropertySection;
using widgets::Tone;

Q_DECLARE_METATYPE(nlohmann::json)

namespace {

json fullPod() {
    json pod = podJson();
    pod["metadata"]["labels"] = {{"app", "api"}};
    pod["metadata"]["annotations"] = {{"note", "short"}, {"big", std::string(100'000, 'x')}};
    pod["metadata"]["ownerReferences"] =
        json::array({{{"kind", "ReplicaSet"}, {"name", "api-7c9"}, {"uid", "rs1"}, {"controller", true}}});
    pod["spec"]["serviceAccountName"] = "api-sa";
    pod["spec"]["priorityClassName"] = "high";
    pod["spec"]["tolerations"] = json::array({json::object(), json::object()});
    pod["spec"]["volumes"] = json::array({{{"name", "data"}, {"persistentVolumeClaim", {{"claimName", "api-data"}}}},
                                          {{"name", "conf"}, {"configMap", {{"name", "api-conf"}}}}});
    json& container = pod["spec"]["containers"][0];
    container["image"] = "registry.local:5000/shop/api:1.2";
    container["resources"] = {{"requests", {{"cpu", "100m"}, {"memory", "256Mi"}}},
                              {"limits", {{"cpu", "1500m"}, {"memory", "1Gi"}}}};
    container["readinessProbe"] = {{"httpGet", {{"path", "/health/ready"}, {"port", 8000}}}, {"failureThreshold", 3}};
    container["ports"] = json::array({{{"containerPort", 8000}, {"protocol", "TCP"}, {"name", "http"}}});
    container["env"] =
        json::array({{{"name", "MODE"}, {"value", "CANARY-value"}},
                     {{"name", "PASSWORD"}, {"valueFrom", {{"secretKeyRef", {{"name", "api-db"}, {"key", "p"}}}}}}});
    container["envFrom"] = json::array({{{"configMapRef", {{"name", "api-env"}}}}});
    json& status = pod["status"]["containerStatuses"][0];
    status["restartCount"] = 1;
    status["state"]["running"] = {{"startedAt", "2026-03-14T03:10:40Z"}};
    status["lastState"]["terminated"] = {{"exitCode", 137},
                                         {"signal", 9},
                                         {"reason", "OOMKilled"},
                                         {"startedAt", "2026-03-14T03:09:00Z"},
                                         {"finishedAt", "2026-03-14T03:10:00Z"}};
    return pod;
}

}  // namespace

class TestDetailsOverview : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(QCoreApplication::installTranslator(&plurals_)); }

    void aContainerIsACard() {
        const ui::Sections sections = ui::podOverview(inputOf(kinds::podKind(), fullPod()));
        const PropertySection* containers = sectionOf(sections, "containers");
        QVERIFY(containers != nullptr);
        QCOMPARE(containers->cards.size(), 1);
        QCOMPARE(containers->cards[0].title, QStringLiteral("api"));
        QCOMPARE(containers->cards[0].note, QStringLiteral("Running · 1 restart"));
        const auto value = [&](const char* key) { return valueOf(sections, "containers", key); };
        QCOMPARE(value("State"), QStringLiteral("Running, not ready"));
        QCOMPARE(value("Image"), QStringLiteral("api:1.2"));
        QCOMPARE(value("Last exit"), QStringLiteral("code 137, signal 9, OOMKilled, after 60 s"));
        QCOMPARE(value("CPU"), QStringLiteral("100 m – 1.5"));
        QCOMPARE(value("Memory"), QStringLiteral("256 Mi – 1 Gi"));
        QCOMPARE(value("Readiness"), QStringLiteral("GET /health/ready :8000 every 10 s, 3 failures allowed"));
        QCOMPARE(value("Ports"), QStringLiteral("8000/TCP (http)"));
        QCOMPARE(value("Environment"), QStringLiteral("2 variables, from ConfigMap api-env, Secret api-db"));
    }

    void theRestStandsInItsSections() {
        const ui::Sections sections = ui::podOverview(inputOf(kinds::podKind(), fullPod()));
        QCOMPARE(valueOf(sections, "placement", "Node"), QStringLiteral("node-1"));
        QCOMPARE(valueOf(sections, "placement", "Service account"), QStringLiteral("api-sa"));
        QCOMPARE(valueOf(sections, "placement", "Priority class"), QStringLiteral("high"));
        QCOMPARE(valueOf(sections, "placement", "Tolerations"), QStringLiteral("2"));
        QCOMPARE(valueOf(sections, "volumes", "data"), QStringLiteral("PersistentVolumeClaim api-data"));
        QCOMPARE(valueOf(sections, "volumes", "conf"), QStringLiteral("ConfigMap api-conf"));
        QCOMPARE(valueOf(sections, "labels", "app"), QStringLiteral("api"));
        QCOMPARE(valueOf(sections, "conditions", "PodScheduled"), QStringLiteral("node-1"));
        QVERIFY(sectionOf(sections, "missing") == nullptr);
    }

    void conditionsBeyondTheUsualFourAreListedAfterThem() {
        json pod = fullPod();
        pod["spec"]["readinessGates"] =
            json::array({{{"conditionType", "target-health.elbv2/web"}}, {{"conditionType", "nobody.says/this"}}});
        const auto condition = [](const char* type, const char* status, const char* reason, const char* message) {
            return json{{"type", type},
                        {"status", status},
                        {"reason", reason},
                        {"message", message},
                        {"lastTransitionTime", "2026-03-14T03:02:40Z"}};
        };
        pod["status"]["conditions"].push_back(condition("PodReadyToStartContainers", "True", "", ""));
        pod["status"]["conditions"].push_back(
            condition("DisruptionTarget", "True", "EvictionByEvictionAPI", "Eviction API: evicting"));
        pod["status"]["conditions"].push_back(
            condition("target-health.elbv2/web", "False", "Initial", "Target registration is in progress"));
        const ui::Sections sections = ui::podOverview(inputOf(kinds::podKind(), pod));
        const auto row = [&](const char* key) {
            for (const widgets::Property& one : sectionOf(sections, "conditions")->rows) {
                if (one.key == QString::fromUtf8(key)) {
                    return one;
                }
            }
            return widgets::Property{};
        };
        QStringList keys;
        for (const widgets::Property& one : sectionOf(sections, "conditions")->rows) {
            keys += one.key;
        }
        QCOMPARE(keys.count(QStringLiteral("PodScheduled")), 1);
        QVERIFY(keys.indexOf(QStringLiteral("PodScheduled")) < keys.indexOf(QStringLiteral("DisruptionTarget")));
        QCOMPARE(row("PodReadyToStartContainers").value, QStringLiteral("True"));
        QCOMPARE(row("PodReadyToStartContainers").tone, widgets::Tone::Good);
        QCOMPARE(row("DisruptionTarget").value, QStringLiteral("Eviction API: evicting"));
        QCOMPARE(row("DisruptionTarget").tone, widgets::Tone::Warning);  // true is the bad news here
        QCOMPARE(row("target-health.elbv2/web").value, QStringLiteral("Target registration is in progress"));
        QCOMPARE(row("target-health.elbv2/web").tone, widgets::Tone::Critical);
        QVERIFY(row("target-health.elbv2/web").tooltip.contains(QStringLiteral("readiness gate")));
        QCOMPARE(row("target-health.elbv2/web").note, QStringLiteral("10m"));
        QCOMPARE(row("nobody.says/this").value, QStringLiteral("not reported yet"));
        // Before the whole object has come, the gates are known from the list.
        const ui::Sections first = ui::podOverview(inputOf(kinds::podKind(), pod, {}, false));
        QCOMPARE(valueOf(first, "conditions", "target-health.elbv2/web"), QStringLiteral("False"));
        QCOMPARE(valueOf(first, "conditions", "DisruptionTarget"), QStringLiteral("<no row>"));
    }

    void aSidecarHasACardLikeAContainer() {
        json pod = fullPod();
        QVERIFY(sectionOf(ui::podOverview(inputOf(kinds::podKind(), pod)), "sidecars") == nullptr);
        pod["spec"]["initContainers"] =
            json::array({{{"name", "migrate"}, {"image", "r/m:1"}},
                         {{"name", "proxy"},
                          {"image", "r/proxy:3"},
                          {"restartPolicy", "Always"},
                          {"resources", {{"requests", {{"cpu", "50m"}}}, {"limits", {{"memory", "64Mi"}}}}},
                          {"startupProbe", {{"tcpSocket", {{"port", 15021}}}, {"periodSeconds", 5}}}}});
        const ui::Sections sections = ui::podOverview(inputOf(kinds::podKind(), pod));
        const PropertySection* sidecars = sectionOf(sections, "sidecars");
        QVERIFY(sidecars != nullptr);
        QCOMPARE(sidecars->cards.size(), 1);
        QCOMPARE(sidecars->cards[0].title, QStringLiteral("proxy"));
        QCOMPARE(valueOf(sections, "sidecars", "CPU"), QStringLiteral("50 m, no limit"));
        QCOMPARE(valueOf(sections, "sidecars", "Memory"), QStringLiteral("up to 64 Mi"));
        QCOMPARE(valueOf(sections, "sidecars", "Startup"),
                 QStringLiteral("TCP connect to :15021 every 5 s, 3 failures allowed"));
        QCOMPARE(sectionOf(sections, "init")->rows.size(), 2);  // in the order in which they start
    }

    void valuesOfTheEnvironmentAreNowhere() {
        const ui::DetailInput input = inputOf(kinds::podKind(), fullPod());
        QVERIFY(!allText(ui::podOverview(input)).contains(QStringLiteral("CANARY")));
        QVERIFY(!allText(ui::podRelated(input)).contains(QStringLiteral("CANARY")));
    }

    void aLargeAnnotationIsCutOnTheScreenAndInTheCopy() {
        const ui::Sections sections = ui::podOverview(inputOf(kinds::podKind(), fullPod()));
        const PropertySection* annotations = sectionOf(sections, "annotations");
        QVERIFY(annotations != nullptr);
        QCOMPARE(annotations->rows.size(), 2);
        QVERIFY(annotations->rows[0].value.size() < 220);
        QCOMPARE(annotations->rows[0].note, QStringLiteral("97.7 Ki"));
        QCOMPARE(annotations->rows[0].copyText.size(), 65'536);
        QCOMPARE(annotations->rows[1].copyText, QStringLiteral("short"));
        QCOMPARE(annotations->rows[1].note, QString());
    }

    void fiveHundredLabelsAreNotFiveHundredRows() {
        json pod = fullPod();
        for (int i = 0; i < 500; ++i) {
            pod["metadata"]["labels"]["l" + std::to_string(i)] = "v";
        }
        const ui::Sections sections = ui::podOverview(inputOf(kinds::podKind(), pod));
        QCOMPARE(sectionOf(sections, "labels")->rows.size(), 101);
        QCOMPARE(sectionOf(sections, "labels")->rows.last().value, QStringLiteral("and 401 more, see YAML"));
    }

    void theSummaryIsShownAtOnceAndWhatIsAwaitedIsSaid() {
        ui::DetailInput input = inputOf(kinds::podKind(), fullPod(), {}, false);
        ui::Sections sections = ui::podOverview(input);
        QCOMPARE(valueOf(sections, "containers", "Memory"), QStringLiteral("256 Mi – 1 Gi"));
        QVERIFY(sectionOf(sections, "volumes") == nullptr);
        QCOMPARE(sectionOf(sections, "missing")->empty, QStringLiteral("Being read …"));
        input.fullError = makeError(kube::kForbidden, {{"context", "prod"}, {"verb", "get"}, {"what", "pods api-1"}});
        sections = ui::podOverview(input);
        QVERIFY(sectionOf(sections, "missing")->rows[0].value.contains(QStringLiteral("Needs get pods api-1")));
        QCOMPARE(sectionOf(sections, "missing")->rows[1].link, QString::fromUtf8(ui::kRetryLink));
    }

    void theOwnerChainGoesFromTheTopDown() {
        ui::DetailInput input = inputOf(kinds::podKind(), fullPod());
        input.around.owners = {{"ReplicaSet", "api-7c9", "rs1", 13}, {"Deployment", "api", "d1", 13}};
        const ui::Sections sections = ui::podOverview(input);
        const PropertySection* chain = sectionOf(sections, "owners");
        QVERIFY(chain != nullptr && chain->chain);
        QCOMPARE(chain->rows.size(), 3);
        QCOMPARE(chain->rows[0].value, QStringLiteral("api"));
        QCOMPARE(chain->rows[1].value, QStringLiteral("7c9, rev 13"));
        QCOMPARE(chain->rows[2].value, QStringLiteral("this pod"));
        const auto owner = ui::parseLocation(chain->rows[0].link.toStdString());
        QVERIFY(owner.has_value() && owner->object.has_value());
        QCOMPARE(owner->resource, std::string("deployments.apps"));
        QCOMPARE(owner->object->name, std::string("api"));
    }

    void eventsAreCountedAndWarningsMarked() {
        json normal = eventJson("Pulled", "image is there", "2026-03-14T03:12:10Z");
        normal["type"] = "Normal";
        normal["count"] = 1;
        const ui::DetailInput input =
            inputOf(kinds::podKind(), fullPod(), {eventJson("BackOff", "restarting failed container"), normal});
        const ui::Sections sections = ui::eventSections(input);
        QCOMPARE(sections[0].rows.size(), 2);
        QCOMPARE(sections[0].rows[0].value, QStringLiteral("restarting failed container"));
        QCOMPARE(sections[0].rows[0].tone, Tone::Warning);
        QCOMPARE(sections[0].rows[0].note, QStringLiteral("×9 · 40s"));
        QCOMPARE(sections[0].rows[1].value, QStringLiteral("image is there"));
        QCOMPARE(sections[0].rows[1].tone, Tone::Info);
    }

    void noEventsIsSaidAndSoIsWhyNothingIsKnown() {
        ui::DetailInput input = inputOf(kinds::podKind(), fullPod());
        QCOMPARE(ui::eventSections(input)[0].empty,
                 QStringLiteral("No events in the time that the cluster keeps them."));
        input.around.eventsFreshness = {kube::FreshnessState::Forbidden,
                                        {},
                                        makeError(kube::kForbidden, {{"verb", "list"}, {"what", "events"}}),
                                        {}};
        QVERIFY(ui::eventSections(input)[0].empty.startsWith(QStringLiteral("Needs list events")));
    }

    void probesInOneLine_data() {
        QTest::addColumn<json>("probe");
        QTest::addColumn<QString>("text");
        QTest::newRow("http") << json{{"httpGet", {{"path", "/x"}, {"port", "http"}}},
                                      {"periodSeconds", 5},
                                      {"failureThreshold", 1}}
                              << QStringLiteral("GET /x :http every 5 s, 1 failure allowed");
        QTest::newRow("tcp") << json{{"tcpSocket", {{"port", 5432}}}}
                             << QStringLiteral("TCP connect to :5432 every 10 s, 3 failures allowed");
        QTest::newRow("grpc") << json{{"grpc", {{"port", 9000}}}}
                              << QStringLiteral("gRPC health on :9000 every 10 s, 3 failures allowed");
        QTest::newRow("exec") << json{{"exec", {{"command", {"redis-cli", "ping"}}}}}
                              << QStringLiteral("runs redis-cli ping every 10 s, 3 failures allowed");
        QTest::newRow("nonsense") << json{{"httpGet", 7}}
                                  << QStringLiteral("of an unknown kind every 10 s, 3 failures allowed");
    }

    void probesInOneLine() {
        QFETCH(json, probe);
        QFETCH(QString, text);
        QCOMPARE(ui::probeText(probe), text);
    }

    void volumesByKind_data() {
        QTest::addColumn<json>("volume");
        QTest::addColumn<QString>("text");
        QTest::newRow("secret") << json{{"secret", {{"secretName", "s"}}}} << QStringLiteral("Secret s");
        QTest::newRow("memory") << json{{"emptyDir", {{"medium", "Memory"}, {"sizeLimit", "64Mi"}}}}
                                << QStringLiteral("emptyDir in memory, at most 64Mi");
        QTest::newRow("host") << json{{"hostPath", {{"path", "/var/log"}}}} << QStringLiteral("hostPath /var/log");
        QTest::newRow("projected")
            << json{{"projected",
                     {{"sources", {{{"secret", {{"name", "s"}}}}, {{"serviceAccountToken", json::object()}}}}}}}
            << QStringLiteral("projected: secret s, serviceAccountToken");
        QTest::newRow("other") << json{{"name", "x"}, {"rbd", json::object()}} << QStringLiteral("rbd");
        QTest::newRow("nonsense") << json("x") << QStringLiteral("of an unknown kind");
    }

    void volumesByKind() {
        QFETCH(json, volume);
        QFETCH(QString, text);
        QCOMPARE(ui::volumeText(volume), text);
    }

    void relatedNamesWhatThePodUses() {
        const auto used = ui::usedObjects(fullPod());
        const std::vector<ui::UsedObject> expected{{"ConfigMap", "api-conf"},
                                                   {"ConfigMap", "api-env"},
                                                   {"PersistentVolumeClaim", "api-data"},
                                                   {"Secret", "api-db"},
                                                   {"ServiceAccount", "api-sa"}};
        QVERIFY(used == expected);
    }

    void servicesAreFoundByTheirSelectors() {
        const json services{
            {"items",
             {{{"metadata", {{"name", "api"}}},
               {"spec",
                {{"selector", {{"app", "api"}}},
                 {"ports", {{{"port", 80}, {"targetPort", 8000}, {"protocol", "TCP"}}}}}}},
              {{"metadata", {{"name", "other"}}}, {"spec", {{"selector", {{"app", "api"}, {"tier", "x"}}}}}},
              {{"metadata", {{"name", "none"}}}, {"spec", json::object()}}}}};
        const auto found = ui::servicesSelecting(services, {{"app", "api"}});
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found[0].name, std::string("api"));
        QCOMPARE(found[0].ports, std::string("80 → 8000/TCP"));
    }

    void aNodeShowsWhatItsPodsRequest() {
        const json node{{"metadata", {{"name", "node-1"}, {"uid", "n1"}}},
                        {"spec", {{"taints", {{{"key", "gpu"}, {"value", "yes"}, {"effect", "NoSchedule"}}}}}},
                        {"status",
                         {{"conditions",
                           {{{"type", "Ready"}, {"status", "True"}, {"reason", "KubeletReady"}},
                            {{"type", "DiskPressure"}, {"status", "True"}}}},
                          {"allocatable", {{"cpu", "4"}, {"memory", "8Gi"}, {"pods", "110"}}},
                          {"capacity", {{"cpu", "4"}, {"memory", "8Gi"}, {"pods", "110"}}}}}};
        ui::DetailInput input = inputOf(kinds::nodeKind(), node);
        input.around.requestedCpuMilli = 3800;
        input.around.requestedMemory = 2LL * 1024 * 1024 * 1024;
        input.around.podCount = 12;
        const ui::Sections sections = ui::nodeOverview(input);
        QCOMPARE(valueOf(sections, "capacity", "CPU"), QStringLiteral("3.8 of 4"));
        QCOMPARE(valueOf(sections, "capacity", "Memory"), QStringLiteral("2 Gi of 8 Gi"));
        QCOMPARE(valueOf(sections, "capacity", "Pods"), QStringLiteral("12 of 110"));
        const auto& rows = sectionOf(sections, "capacity")->rows;
        QCOMPARE(rows[0].fraction, 0.95);
        QCOMPARE(rows[0].tone, Tone::Warning);
        QCOMPARE(rows[1].tone, Tone::None);
        QCOMPARE(sectionOf(sections, "conditions")->rows[0].tone, Tone::Good);
        QCOMPARE(sectionOf(sections, "conditions")->rows[1].tone, Tone::Warning);
        QCOMPARE(sectionOf(sections, "taints")->rows[0].copyText, QStringLiteral("gpu=yes:NoSchedule"));
    }

    void anEventLinksToWhatItIsAbout() {
        const ui::DetailInput input = inputOf(kinds::eventKind(), eventJson("BackOff", "restarting"));
        const ui::Sections sections = ui::eventOverview(input);
        const auto place = ui::parseLocation(sectionOf(sections, "about")->rows[0].link.toStdString());
        QVERIFY(place.has_value());
        QCOMPARE(place->page, std::string("pods"));
        QVERIFY(place->object == (ui::ObjectReference{"prod", "shop", "api-1", "uid-api-1"}));
        QCOMPARE(valueOf(sections, "event", "Seen"), QStringLiteral("9 times"));
        QCOMPARE(valueOf(sections, "event", "Last seen"), QStringLiteral("14 Mar 2026, 03:12:00 UTC"));
    }

    void wrongShapesAreSkipped() {
        json pod = podJson();
        pod["spec"]["volumes"] = "x";
        pod["spec"]["tolerations"] = 5;
        pod["spec"]["containers"][0]["env"] = json::array({1, "x", {{"valueFrom", 7}}});
        pod["spec"]["containers"][0]["readinessProbe"] = json::array();
        pod["metadata"]["annotations"] = json::array();
        const ui::DetailInput input = inputOf(kinds::podKind(), pod);
        QVERIFY(!ui::podOverview(input).isEmpty());
        QVERIFY(!ui::podRelated(input).isEmpty());
    }

    void unitsAreShort() {
        QCOMPARE(ui::cpuText(250), QStringLiteral("250 m"));
        QCOMPARE(ui::cpuText(1500), QStringLiteral("1.5"));
        QCOMPARE(ui::bytesText(0), QStringLiteral("0 B"));
        QCOMPARE(ui::bytesText(1536), QStringLiteral("1.5 Ki"));
        QCOMPARE(ui::bytesText(100LL << 30), QStringLiteral("100 Gi"));
        QCOMPARE(ui::roughDuration(std::chrono::seconds(119)), QStringLiteral("119 s"));
        QCOMPARE(ui::roughDuration(std::chrono::seconds(150)), QStringLiteral("3 min"));
        QCOMPARE(ui::roughDuration(std::chrono::hours(5)), QStringLiteral("5 h"));
    }

private:
    ui::EnglishPlurals plurals_;
};

QTEST_MAIN(TestDetailsOverview)
#include "test_details_overview.moc"
