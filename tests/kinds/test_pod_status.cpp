#include <QTest>

#include "app/base/time_text.h"
#include "app/kinds/pod.h"
#include "app/kinds/pod_status.h"
#include "tests/kinds/pod_builder.h"

using namespace quarterdeck;
using namespace quarterdeck::tests;
using kube::Health;

Q_DECLARE_METATYPE(quarterdeck::kube::Health)

namespace {

const Instant kNow = *parseRfc3339("2026-03-14T12:00:00Z");

/// What kubectl prints for a pod, and what the console makes of it.
struct Columns {
    const char* status;
    const char* ready;
    const char* restarts;
    Health health;
    const char* plain;
    const char* gates = "<none>";
};

void row(const char* name, const PodJson& pod, const Columns& columns) {
    QTest::newRow(name) << QByteArray::fromStdString(pod.list()) << QByteArray(columns.status)
                        << QByteArray(columns.ready) << QByteArray(columns.restarts) << columns.health
                        << QByteArray(columns.plain) << QByteArray(columns.gates);
}

void rowsOfPlainPods() {
    row("running", PodJson("Running").app(running("a")), {"Running", "1/1", "0", Health::Good, "Running"});
    row("any phase is shown as it is", PodJson("podPhase").app(running("a").restarted(6)).app(blank("b").restarted(3)),
        {"podPhase", "1/2", "9", Health::Warning, "podPhase"});
    row("no phase at all", PodJson("").app(unreported("a")), {"", "0/1", "0", Health::Warning, ""});
    row("one container waits",
        PodJson("podPhase").app(waiting("a", "ContainerWaitingReason")).app(blank("b").restarted(3)),
        {"ContainerWaitingReason", "0/2", "3", Health::Warning, "ContainerWaitingReason"});
    row("the reason of the first status wins",
        PodJson("Running").app(waiting("a", "ImagePullBackOff")).app(waiting("b", "CrashLoopBackOff")),
        {"ImagePullBackOff", "0/2", "0", Health::Critical, "Image missing"});
    row("terminated beside running", PodJson("Running").app(running("a")).app(terminated("b", "Broken", 1)),
        {"Broken", "1/2", "0", Health::Warning, "Broken"});
    row("ready without running does not count", PodJson("podPhase").app(running("a")).app(blank("b").isReady()),
        {"podPhase", "1/2", "0", Health::Warning, "podPhase"});
    row("waiting without reason keeps the phase", PodJson("Pending").app(waiting("a", "")),
        {"Pending", "0/1", "0", Health::Progressing, "Waiting"});
    row("unscheduled", PodJson("Pending").app(unreported("a")).condition("PodScheduled", "False", "Unschedulable"),
        {"Pending", "0/1", "0", Health::Warning, "No node fits"});
    row("just made", PodJson("Pending").app(unreported("a")), {"Pending", "0/1", "0", Health::Progressing, "Waiting"});
    row("scheduling gated",
        PodJson("Pending").app(unreported("a")).condition("PodScheduled", "False", "SchedulingGated"),
        {"SchedulingGated", "0/1", "0", Health::Progressing, "Held back"});
    row("creating", PodJson("Pending").app(waiting("a", "ContainerCreating")),
        {"ContainerCreating", "0/1", "0", Health::Progressing, "Starting"});
    row("running but not ready", PodJson("Running").app(running("a").isReady(false)).app(running("b")),
        {"Running", "1/2", "0", Health::Warning, "Not ready"});
    row("startup probe not passed", PodJson("Running").app(running("a").isReady(false).isStarted(false)),
        {"Running", "0/1", "0", Health::Progressing, "Starting"});
    row("phase unknown", PodJson("Unknown").app(running("a")), {"Unknown", "1/1", "0", Health::Unknown, "Unknown"});
    row("status unknown after a lost node", PodJson("Running").app(terminated("a", "ContainerStatusUnknown", 137)),
        {"ContainerStatusUnknown", "0/1", "0", Health::Unknown, "Unknown"});
}

void rowsOfFailures() {
    row("crash loop", PodJson("Running").app(waiting("a", "CrashLoopBackOff").restarted(5, "2026-03-14T11:55:00Z")),
        {"CrashLoopBackOff", "0/1", "5 (5m ago)", Health::Critical, "Crash loop"});
    row("image pull fails", PodJson("Pending").app(waiting("a", "ErrImagePull")),
        {"ErrImagePull", "0/1", "0", Health::Critical, "Image missing"});
    row("image pull backs off", PodJson("Pending").app(waiting("a", "ImagePullBackOff")),
        {"ImagePullBackOff", "0/1", "0", Health::Critical, "Image missing"});
    row("image name wrong", PodJson("Pending").app(waiting("a", "InvalidImageName")),
        {"InvalidImageName", "0/1", "0", Health::Critical, "Image name wrong"});
    row("secret missing", PodJson("Pending").app(waiting("a", "CreateContainerConfigError")),
        {"CreateContainerConfigError", "0/1", "0", Health::Critical, "Configuration missing"});
    row("cannot start", PodJson("Running").app(waiting("a", "RunContainerError")),
        {"RunContainerError", "0/1", "0", Health::Critical, "Cannot start"});
    row("out of memory", PodJson("Running").app(terminated("a", "OOMKilled", 137)),
        {"OOMKilled", "0/1", "0", Health::Critical, "Out of memory"});
    row("error between two starts", PodJson("Running").app(terminated("a", "Error", 1).restarted(1)),
        {"Error", "0/1", "1", Health::Critical, "Failed"});
    row("exit code without reason", PodJson("Running").app(terminated("a", "", 3)),
        {"ExitCode:3", "0/1", "0", Health::Critical, "Failed"});
    row("signal without reason", PodJson("Running").app(terminated("a", "", 137, 9)),
        {"Signal:9", "0/1", "0", Health::Critical, "Failed"});
    row("exit code nought without reason", PodJson("Succeeded").app(terminated("a", "", 0)),
        {"ExitCode:0", "0/1", "0", Health::Finished, "Finished"});
    row("failed", PodJson("Failed").policy("Never").app(terminated("a", "Error", 2)),
        {"Error", "0/1", "0", Health::Critical, "Failed"});
    row("failed without statuses", PodJson("Failed").app(unreported("a")),
        {"Failed", "0/1", "0", Health::Critical, "Failed"});
    row("evicted", PodJson("Failed").reason("Evicted").app(unreported("a")),
        {"Evicted", "0/1", "0", Health::Critical, "Evicted"});
    row("a container's reason hides the pod's",
        PodJson("Failed").reason("DeadlineExceeded").app(terminated("a", "Error", 137)),
        {"Error", "0/1", "0", Health::Critical, "Failed"});
    row("deadline exceeded", PodJson("Failed").reason("DeadlineExceeded").app(unreported("a")),
        {"DeadlineExceeded", "0/1", "0", Health::Critical, "Took too long"});
    row("node full", PodJson("Failed").reason("OutOfcpu").app(unreported("a")),
        {"OutOfcpu", "0/1", "0", Health::Critical, "Node full"});
    row("an unheard-of failure", PodJson("Failed").reason("Gremlins").app(unreported("a")),
        {"Gremlins", "0/1", "0", Health::Critical, "Gremlins"});
}

void rowsOfEnds() {
    row("completed", PodJson("Succeeded").policy("Never").app(terminated("a", "Completed", 0)),
        {"Completed", "0/1", "0", Health::Finished, "Finished"});
    row("succeeded without statuses", PodJson("Succeeded").policy("OnFailure").app(unreported("a")),
        {"Succeeded", "0/1", "0", Health::Finished, "Finished"});
    row("completed, to be restarted", PodJson("Running").app(terminated("a", "Completed", 0)),
        {"Completed", "0/1", "0", Health::Warning, "Finished"});
    row("completed beside running and ready",
        PodJson("Running").app(terminated("a", "Completed", 0)).app(running("b")).condition("Ready", "True"),
        {"Running", "1/2", "0", Health::Warning, "Not ready"});
    row("completed beside running, pod not ready",
        PodJson("Running").app(terminated("a", "Completed", 0)).app(running("b")).condition("Ready", "False"),
        {"NotReady", "1/2", "0", Health::Warning, "Not ready"});
    row("completed beside running without conditions",
        PodJson("Running").app(running("a")).app(terminated("b", "Completed", 0)),
        {"NotReady", "1/2", "0", Health::Warning, "Not ready"});
    row("terminating", PodJson("Running").deleted().app(running("a")),
        {"Terminating", "1/1", "0", Health::Progressing, "Stopping"});
    row("terminating out of a crash loop", PodJson("Running").deleted().app(waiting("a", "CrashLoopBackOff")),
        {"Terminating", "0/1", "0", Health::Progressing, "Stopping"});
    row("terminating while pending", PodJson("Pending").deleted().app(unreported("a")),
        {"Terminating", "0/1", "0", Health::Progressing, "Stopping"});
    row("deleted after success", PodJson("Succeeded").deleted().policy("Never").app(terminated("a", "Completed", 0)),
        {"Completed", "0/1", "0", Health::Finished, "Finished"});
    row("deleted after failure", PodJson("Failed").deleted().app(terminated("a", "Error", 1)),
        {"Error", "0/1", "0", Health::Critical, "Failed"});
    row("deleted on a lost node", PodJson("Running").deleted().reason("NodeLost").app(running("a")),
        {"Unknown", "1/1", "0", Health::Unknown, "Unknown"});
    row("on a lost node, not deleted", PodJson("Running").reason("NodeLost").app(running("a")),
        {"NodeLost", "1/1", "0", Health::Critical, "Node lost"});
}

void rowsOfInitContainers() {
    row("first of two init containers runs",
        PodJson("Pending")
            .init(running("i").isReady(false))
            .init(waiting("j", "PodInitializing"))
            .app(waiting("a", "PodInitializing")),
        {"Init:0/2", "0/1", "0", Health::Progressing, "Starting"});
    row("second of two init containers runs",
        PodJson("Pending")
            .init(terminated("i", "Completed", 0))
            .init(running("j").isReady(false))
            .app(waiting("a", "PodInitializing")),
        {"Init:1/2", "0/1", "0", Health::Progressing, "Starting"});
    row("init container waits",
        PodJson("Pending").init(waiting("i", "PodInitializing")).app(waiting("a", "PodInitializing")),
        {"Init:0/1", "0/1", "0", Health::Progressing, "Starting"});
    row("init containers done",
        PodJson("Pending").init(terminated("i", "Completed", 0)).app(waiting("a", "PodInitializing")),
        {"PodInitializing", "0/1", "0", Health::Progressing, "Starting"});
    row("init container crashes",
        PodJson("Pending")
            .init(waiting("i", "CrashLoopBackOff").restarted(3, "2026-03-14T11:58:30Z"))
            .app(waiting("a", "PodInitializing")),
        {"Init:CrashLoopBackOff", "0/1", "3 (90s ago)", Health::Critical, "Crash loop"});
    row("init container has an error",
        PodJson("Pending").init(terminated("i", "Error", 1)).app(waiting("a", "PodInitializing")),
        {"Init:Error", "0/1", "0", Health::Critical, "Failed"});
    row("init container ends with a code",
        PodJson("Pending").init(terminated("i", "", 1)).app(waiting("a", "PodInitializing")),
        {"Init:ExitCode:1", "0/1", "0", Health::Critical, "Failed"});
    row("init container ends by a signal",
        PodJson("Pending").init(terminated("i", "", 137, 9)).app(waiting("a", "PodInitializing")),
        {"Init:Signal:9", "0/1", "0", Health::Critical, "Failed"});
    row("init image missing",
        PodJson("Pending").init(waiting("i", "ImagePullBackOff")).app(waiting("a", "PodInitializing")),
        {"Init:ImagePullBackOff", "0/1", "0", Health::Critical, "Image missing"});
    row("restarts of init containers count until they are done",
        PodJson("Pending")
            .init(running("i").isReady(false).restarted(2))
            .app(waiting("a", "PodInitializing").restarted(7)),
        {"Init:0/1", "0/1", "2", Health::Progressing, "Starting"});
    row("restarts of finished init containers are forgotten",
        PodJson("Running")
            .init(terminated("i", "Completed", 0).restarted(4, "2026-03-14T11:00:00Z"))
            .app(running("a").restarted(1, "2026-03-14T11:10:00Z")),
        {"Running", "1/1", "1 (50m ago)", Health::Good, "Running"});
    row("an init container runs again in an initialised pod",
        PodJson("Running")
            .init(running("i").isReady(false).restarted(1))
            .app(running("a").restarted(2))
            .condition("Initialized", "True"),
        {"Init:0/1", "1/1", "2", Health::Progressing, "Starting"});
    row("an initialised pod shows its containers' reason",
        PodJson("Running")
            .init(terminated("i", "Error", 1))
            .app(waiting("a", "CrashLoopBackOff"))
            .condition("Initialized", "True"),
        {"CrashLoopBackOff", "0/1", "0", Health::Critical, "Crash loop"});
}

void rowsOfSidecars() {
    row("sidecar and container run", PodJson("Running").sidecar(running("s")).app(running("a")),
        {"Running", "2/2", "0", Health::Good, "Running"});
    row("sidecar starts",
        PodJson("Pending").sidecar(running("s").isReady(false).isStarted(false)).app(waiting("a", "PodInitializing")),
        {"Init:0/1", "0/2", "0", Health::Progressing, "Starting"});
    row("sidecar started, next init container runs",
        PodJson("Pending").sidecar(running("s")).init(running("i").isReady(false)).app(waiting("a", "PodInitializing")),
        {"Init:1/2", "1/2", "0", Health::Progressing, "Starting"});
    row("sidecar started, not ready", PodJson("Running").sidecar(running("s").isReady(false)).app(running("a")),
        {"Running", "1/2", "0", Health::Warning, "Not ready"});
    row("restarts of sidecars count for ever",
        PodJson("Running")
            .sidecar(running("s").restarted(3, "2026-03-14T11:57:00Z"))
            .init(terminated("i", "Completed", 0).restarted(9, "2026-03-14T11:59:00Z"))
            .app(running("a").restarted(1, "2026-03-14T10:00:00Z")),
        {"Running", "2/2", "4 (3m ago)", Health::Good, "Running"});
    row("sidecar crashes before it started",
        PodJson("Pending").sidecar(waiting("s", "CrashLoopBackOff")).app(waiting("a", "PodInitializing")),
        {"Init:CrashLoopBackOff", "0/2", "0", Health::Critical, "Crash loop"});
    row("container done, sidecar stopped",
        PodJson("Succeeded")
            .policy("Never")
            .sidecar(terminated("s", "Completed", 0))
            .app(terminated("a", "Completed", 0)),
        {"Completed", "0/2", "0", Health::Finished, "Finished"});
    row("only the sidecar is in trouble after the start",
        PodJson("Running")
            .sidecar(terminated("s", "Error", 1).isStarted(false).restarted(1, "2026-03-14T11:00:00Z"))
            .app(running("a"))
            .condition("Initialized", "True"),
        {"Init:Error", "1/2", "1 (60m ago)", Health::Critical, "Failed"});
}

void rowsOfRestartsAndGates() {
    row("restarts without a time", PodJson("Running").app(running("a").restarted(3)),
        {"Running", "1/1", "3", Health::Good, "Running"});
    row("the latest restart is told",
        PodJson("Running")
            .app(running("a").restarted(3, "2026-03-14T11:00:00Z"))
            .app(running("b").restarted(3, "2026-03-14T11:59:50Z")),
        {"Running", "2/2", "6 (10s ago)", Health::Good, "Running"});
    row("an end without a restart is not told",
        PodJson("Running").app(running("a").restarted(0, "2026-03-14T11:00:00Z")),
        {"Running", "1/1", "0", Health::Good, "Running"});
    row("a restart just ahead of the clock", PodJson("Running").app(running("a").restarted(1, "2026-03-14T12:00:01Z")),
        {"Running", "1/1", "1 (0s ago)", Health::Good, "Running"});
    row("a restart far ahead of the clock", PodJson("Running").app(running("a").restarted(1, "2026-03-14T13:00:00Z")),
        {"Running", "1/1", "1 (<invalid> ago)", Health::Good, "Running"});
    row("a restart long ago", PodJson("Running").app(running("a").restarted(1, "2025-12-01T12:00:00Z")),
        {"Running", "1/1", "1 (103d ago)", Health::Good, "Running"});
    row("restart counts beyond 32 bits add up",
        PodJson("Running").app(running("a").restarted(2147483647)).app(running("b").restarted(2147483647)),
        {"Running", "2/2", "4294967294", Health::Good, "Running"});
    row("one of two readiness gates is true",
        PodJson("Running")
            .app(running("a"))
            .gate("lb/ready")
            .gate("mesh/ready")
            .condition("mesh/ready", "True")
            .condition("Ready", "False", "ReadinessGatesNotReady"),
        {"Running", "1/1", "0", Health::Warning, "Not ready", "1/2"});
    row("all readiness gates are true",
        PodJson("Running").app(running("a")).gate("lb/ready").condition("lb/ready", "True").condition("Ready", "True"),
        {"Running", "1/1", "0", Health::Good, "Running", "1/1"});
    row("a false and a missing readiness gate",
        PodJson("Running").app(running("a")).gate("x").gate("y").condition("x", "False"),
        {"Running", "1/1", "0", Health::Good, "Running", "0/2"});
    row("a gate on a condition of the kubelet",
        PodJson("Running").app(running("a")).gate("ContainersReady").condition("ContainersReady", "True"),
        {"Running", "1/1", "0", Health::Good, "Running", "1/1"});
}

kube::ObjectPtr decodeOne(const QByteArray& bytes, StringPool& pool) {
    std::string json = bytes.toStdString();
    kube::DecodeContext context{pool};
    auto list = kinds::podKind().decodeList(json, context);
    return list && list->items.size() == 1 ? list->items.front() : nullptr;
}

}  // namespace

class TestPodStatus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPodHasTheColumnsOfKubectl_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("ready");
        QTest::addColumn<QByteArray>("restarts");
        QTest::addColumn<Health>("health");
        QTest::addColumn<QByteArray>("plain");
        QTest::addColumn<QByteArray>("gates");
        rowsOfPlainPods();
        rowsOfFailures();
        rowsOfEnds();
        rowsOfInitContainers();
        rowsOfSidecars();
        rowsOfRestartsAndGates();
    }
    void aPodHasTheColumnsOfKubectl() {
        QFETCH(QByteArray, json);
        StringPool pool;
        const kube::ObjectPtr object = decodeOne(json, pool);
        QVERIFY(object != nullptr);
        const auto& pod = static_cast<const kinds::Pod&>(*object);
        const kinds::PodSummary summary = kinds::summarise(pod);
        QTEST(QByteArray::fromStdString(summary.status), "status");
        QTEST(QByteArray::fromStdString(kinds::readyText(summary)), "ready");
        QTEST(QByteArray::fromStdString(kinds::restartsText(summary, kNow)), "restarts");
        QTEST(QByteArray::fromStdString(kinds::readinessGatesText(summary)), "gates");
        QTEST(pod.health, "health");
        QTEST(QByteArray::fromStdString(kinds::plainStatus(pod)), "plain");
        QCOMPARE(kinds::ageText(pod.meta.creation, kNow), std::string("120m"));
    }

    void aReasonOnItsOwnHasPlainWords() {
        QCOMPARE(kinds::plainReason("CrashLoopBackOff"), std::string("Crash loop"));
        QCOMPARE(kinds::plainReason("Init:ImagePullBackOff"), std::string("Image missing"));
        QCOMPARE(kinds::plainReason("Init:2/3"), std::string("Starting"));
        QCOMPARE(kinds::plainReason("Signal:15"), std::string("Failed"));
        QCOMPARE(kinds::plainReason("SomethingNew"), std::string("SomethingNew"));
    }

    void statusesInAnotherOrderThanTheSpecDecideWhoseReasonIsShown() {
        auto json =
            PodJson("Running").app(waiting("zeta", "CrashLoopBackOff")).app(waiting("alpha", "ErrImagePull")).json();
        std::swap(json["status"]["containerStatuses"][0], json["status"]["containerStatuses"][1]);
        StringPool pool;
        const auto object =
            decodeOne(QByteArray::fromStdString(
                          nlohmann::json{{"kind", "PodList"}, {"items", nlohmann::json::array({json})}}.dump()),
                      pool);
        QVERIFY(object != nullptr);
        const auto& pod = static_cast<const kinds::Pod&>(*object);
        QCOMPARE(kinds::summarise(pod).status, std::string("ErrImagePull"));
        QCOMPARE(pod.appContainers()[0].name.view(), std::string_view("zeta"));
    }

    void aPodWithoutCreationHasAnUnknownAge() {
        QCOMPARE(kinds::ageText(std::nullopt, kNow), std::string("<unknown>"));
    }
};

QTEST_GUILESS_MAIN(TestPodStatus)
#include "test_pod_status.moc"
