// What is wrong with a pod or node, in plain words.

#include <QTest>

#include "tests/ui/detail_support.h"
#include "ui/details/node_overview.h"
#include "ui/details/pod_notice.h"
#include "ui/details/pod_runs.h"
#include "ui/text/english_plurals.h"

using namespace quarterdeck;
using namespace quarterdeck::tests;
using nlohmann::json;
using widgets::Tone;

Q_DECLARE_METATYPE(nlohmann::json)

namespace {

json& statusOfFirst(json& pod) {
    return pod["status"]["containerStatuses"][0];
}

json end(int code, const std::string& from, const std::string& to, const std::string& reason = "Error") {
    return {{"exitCode", code}, {"reason", reason}, {"startedAt", from}, {"finishedAt", to}};
}

/// A pod whose container lives for 20 s and has restarted four times in four minutes.
json crashing() {
    json pod = podJson();
    json& status = statusOfFirst(pod);
    status["restartCount"] = 4;
    status["state"]["waiting"] = {{"reason", "CrashLoopBackOff"},
                                  {"message", "back-off 1m20s restarting failed container=api pod=api-1_shop"}};
    status["lastState"]["terminated"] = end(1, "2026-03-14T03:12:10Z", "2026-03-14T03:12:30Z");
    return pod;
}

json waiting(const char* reason, const char* message = "") {
    json pod = podJson();
    statusOfFirst(pod)["state"]["waiting"] = {{"reason", reason}, {"message", message}};
    return pod;
}

}  // namespace

class TestDetailsNotice : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(QCoreApplication::installTranslator(&plurals_)); }

    void podsInPlainWords_data() {
        QTest::addColumn<json>("pod");
        QTest::addColumn<json>("events");
        QTest::addColumn<Tone>("tone");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const json& pod, const json& events, Tone tone, const char* sentence,
                            const char* reason) {
            QTest::newRow(name) << pod << events << tone << QString::fromUtf8(sentence) << QString::fromUtf8(reason);
        };
        const json none = json::array();
        row("crash loop", crashing(), none, Tone::Critical, "Exits with code 1 about 20 s after each start",
            "4 restarts · next try in about 70 s");
        json words = crashing();
        statusOfFirst(words)["lastState"]["terminated"]["message"] = "KeyError: 'ORDERS'";
        row("with last words", words, none, Tone::Critical, "Exits with code 1 about 20 s after each start",
            "KeyError: 'ORDERS' · 4 restarts · next try in about 70 s");
        json once = crashing();
        statusOfFirst(once)["restartCount"] = 1;
        row("one restart is no rule", once, none, Tone::Critical, "Exited with code 1, 20 s after its last start",
            "1 restart · next try in about 70 s");
        json old = crashing();
        old["status"]["startTime"] = "2026-03-01T00:00:00Z";
        row("four restarts in two weeks are no rule", old, none, Tone::Critical,
            "Exited with code 1, 20 s after its last start", "4 restarts · next try in about 70 s");
        json memory = crashing();
        memory["spec"]["containers"][0]["resources"]["limits"]["memory"] = "512Mi";
        statusOfFirst(memory)["lastState"]["terminated"] =
            end(137, "2026-03-14T03:12:10Z", "2026-03-14T03:12:30Z", "OOMKilled");
        row("out of memory", memory, none, Tone::Critical,
            "Killed for using more memory than its limit of 512 Mi, about 20 s after each start",
            "4 restarts · next try in about 70 s");
        json nodeMemory = podJson();
        statusOfFirst(nodeMemory)["state"]["terminated"] =
            end(137, "2026-03-14T03:00:10Z", "2026-03-14T03:12:30Z", "OOMKilled");
        nodeMemory["status"]["phase"] = "Failed";
        row("out of memory without a limit", nodeMemory, none, Tone::Critical,
            "Killed because the node ran out of memory", "");
        json zero = crashing();
        statusOfFirst(zero)["lastState"]["terminated"]["exitCode"] = 0;
        row("ends by itself", zero, none, Tone::Critical, "Ends by itself about 20 s after each start",
            "4 restarts · next try in about 70 s");
        json signal = crashing();
        statusOfFirst(signal)["lastState"]["terminated"]["signal"] = 11;
        row("signal", signal, none, Tone::Critical, "Killed by signal 11 about 20 s after each start",
            "4 restarts · next try in about 70 s");
        row("image by event", waiting("ImagePullBackOff", "Back-off pulling image \"r/api:1\""),
            json::array({eventJson("Failed", "Failed to pull image \"r/api:1\": rpc error: r/api:1: not found")}),
            Tone::Critical, "Image r/api:1 cannot be pulled", "rpc error: r/api:1: not found");
        row("image by status", waiting("ErrImagePull", "rpc error: denied"), none, Tone::Critical,
            "Image r/api:1 cannot be pulled", "rpc error: denied");
        row("image name", waiting("InvalidImageName", "couldn't parse"), none, Tone::Critical,
            "“r/api:1” is no name of an image", "couldn't parse");
        row("image never pulled", waiting("ErrImageNeverPull"), none, Tone::Critical,
            "Image r/api:1 is not on the node, and may not be pulled", "");
        row("configuration", waiting("CreateContainerConfigError", "secret \"db\" not found"), none, Tone::Critical,
            "Cannot be started: its configuration is missing or wrong", "secret \"db\" not found");
        row("start error", waiting("RunContainerError", "exec: \"x\": not found"), none, Tone::Critical,
            "Cannot be started", "exec: \"x\": not found");
        json unschedulable = podJson();
        unschedulable["spec"].erase("nodeName");
        unschedulable["status"]["phase"] = "Pending";
        unschedulable["status"].erase("containerStatuses");
        unschedulable["status"]["conditions"] = json::array({{{"type", "PodScheduled"},
                                                              {"status", "False"},
                                                              {"reason", "Unschedulable"},
                                                              {"message", "0/3 nodes: Insufficient cpu"}}});
        row("no node, by condition", unschedulable, none, Tone::Critical, "No node can take it",
            "0/3 nodes: Insufficient cpu");
        row("no node, by event", unschedulable, json::array({eventJson("FailedScheduling", "0/4 nodes are available")}),
            Tone::Critical, "No node can take it", "0/4 nodes are available");
        json init = podJson();
        init["status"]["phase"] = "Pending";
        init["spec"]["initContainers"] = json::array({{{"name", "migrate"}}, {{"name", "wait-for-redis"}}});
        init["status"]["containerStatuses"][0]["state"]["waiting"] = {{"reason", "PodInitializing"}};
        init["status"]["initContainerStatuses"] =
            json::array({{{"name", "migrate"},
                          {"ready", true},
                          {"restartCount", 0},
                          {"state", {{"terminated", end(0, "2026-03-14T03:08:50Z", "2026-03-14T03:09:00Z")}}}},
                         {{"name", "wait-for-redis"},
                          {"ready", false},
                          {"restartCount", 0},
                          {"state", {{"running", {{"startedAt", "2026-03-14T03:09:10Z"}}}}}}});
        row("waits for an init container", init, none, Tone::Info, "Waits for its init container wait-for-redis",
            "2 of 2 · running for 3m30s");
        json initFails = init;
        initFails["status"]["initContainerStatuses"][1]["state"] = {{"waiting", {{"reason", "CrashLoopBackOff"}}}};
        initFails["status"]["initContainerStatuses"][1]["lastState"]["terminated"] =
            end(2, "2026-03-14T03:12:10Z", "2026-03-14T03:12:11Z");
        row("an init container fails", initFails, none, Tone::Critical,
            "Exited with code 2, 1 s after its last start (init container wait-for-redis)", "");
        json unready = podJson();
        unready["status"]["startTime"] = "2026-03-14T02:00:00Z";
        statusOfFirst(unready)["state"]["running"] = {{"startedAt", "2026-03-14T02:00:10Z"}};
        statusOfFirst(unready)["started"] = true;
        row("readiness probe", unready,
            json::array({eventJson("Unhealthy", "Readiness probe failed: connection refused")}), Tone::Warning,
            "Runs, but its readiness probe fails: it gets no traffic", "Readiness probe failed: connection refused");
        json evicted = podJson();
        evicted["status"]["phase"] = "Failed";
        evicted["status"]["reason"] = "Evicted";
        evicted["status"]["message"] = "The node was low on resource: memory.";
        row("evicted", evicted, none, Tone::Critical, "Was evicted from node node-1",
            "The node was low on resource: memory.");
        json stuck = podJson();
        stuck["metadata"]["deletionTimestamp"] = "2026-03-14T03:02:40Z";
        row("stuck in deletion", stuck, none, Tone::Warning, "Should have been gone 10m ago",
            "It was asked to stop, and its grace period is over.");
        json two = crashing();
        two["spec"]["containers"].push_back({{"name", "side"}, {"image", "r/side:1"}});
        row("one of two containers", two, none, Tone::Critical,
            "Exits with code 1 about 20 s after each start (container api)", "4 restarts · next try in about 70 s");
    }

    void podsInPlainWords() {
        QFETCH(json, pod);
        QFETCH(json, events);
        QFETCH(Tone, tone);
        QFETCH(QString, sentence);
        QFETCH(QString, reason);
        const ui::DetailNotice notice = ui::podNotice(inputOf(kinds::podKind(), pod, events));
        QVERIFY(notice.has_value());
        QCOMPARE(notice->sentence, sentence);
        QCOMPARE(notice->reason, reason);
        QCOMPARE(notice->tone, tone);
    }

    void theSummaryAloneSaysLessButNothingWrong() {
        const ui::DetailNotice notice = ui::podNotice(inputOf(kinds::podKind(), crashing(), {}, false));
        QVERIFY(notice.has_value());
        QCOMPARE(notice->sentence, QStringLiteral("Exited with code 1"));
        QCOMPARE(notice->reason, QStringLiteral("4 restarts"));
    }

    void aHealthyPodHasNone() {
        json pod = podJson();
        statusOfFirst(pod)["ready"] = true;
        statusOfFirst(pod)["state"]["running"] = {{"startedAt", "2026-03-14T03:00:10Z"}};
        pod["status"]["conditions"].push_back({{"type", "Ready"}, {"status", "True"}});
        QVERIFY(!ui::podNotice(inputOf(kinds::podKind(), pod)).has_value());
    }

    void hostileWordsAreShownEscaped() {
        json pod = crashing();
        statusOfFirst(pod)["lastState"]["terminated"]["message"] =
            "<b>x</b>\n\x1b[31m\xe2\x80\xae" + std::string(5000, 'x');
        const ui::DetailNotice notice = ui::podNotice(inputOf(kinds::podKind(), pod));
        QVERIFY(notice->reason.startsWith(QStringLiteral("<b>x</b>\\n")));
        QVERIFY(!notice->reason.contains(QChar(0x1B)) && !notice->reason.contains(QChar(0x202E)));
        QVERIFY(notice->reason.size() < 800);
    }

    void backOffsAreRead_data() {
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("seconds");
        QTest::newRow("seconds") << QStringLiteral("back-off 40s restarting failed container") << 40;
        QTest::newRow("minutes") << QStringLiteral("back-off 1m20s restarting failed container") << 80;
        QTest::newRow("five minutes") << QStringLiteral("back-off 5m0s restarting") << 300;
        QTest::newRow("none") << QStringLiteral("restarting failed container") << -1;
        QTest::newRow("no time") << QStringLiteral("back-off restarting failed container") << -1;
        QTest::newRow("absurd") << QStringLiteral("back-off 99999999999999999999s") << -1;
    }

    void backOffsAreRead() {
        QFETCH(QString, message);
        QFETCH(int, seconds);
        const auto found = ui::backOffIn(message.toStdString());
        QCOMPARE(found.has_value() ? static_cast<int>(found->count()) : -1, seconds);
    }

    void nodesInPlainWords_data() {
        QTest::addColumn<json>("conditions");
        QTest::addColumn<bool>("cordoned");
        QTest::addColumn<QString>("sentence");
        const auto ready = [](const char* status) {
            return json{{"type", "Ready"}, {"status", status}, {"lastTransitionTime", "2026-03-14T03:07:40Z"}};
        };
        QTest::newRow("silent") << json::array({ready("Unknown")}) << false
                                << QStringLiteral("Its kubelet no longer reports, for 5m");
        QTest::newRow("not ready") << json::array({ready("False")}) << false << QStringLiteral("Not ready, for 5m");
        QTest::newRow("new") << json::array() << false << QStringLiteral("It has not reported that it is ready");
        QTest::newRow("memory") << json::array({ready("True"), {{"type", "MemoryPressure"}, {"status", "True"}}})
                                << false << QStringLiteral("Memory is short: pods may be evicted");
        QTest::newRow("cordoned") << json::array({ready("True")}) << true
                                  << QStringLiteral("Cordoned: it takes no new pods");
        QTest::newRow("well") << json::array({ready("True")}) << false << QString();
    }

    void nodesInPlainWords() {
        QFETCH(json, conditions);
        QFETCH(bool, cordoned);
        QFETCH(QString, sentence);
        const json node{{"metadata", {{"name", "node-1"}, {"uid", "n1"}}},
                        {"spec", {{"unschedulable", cordoned}}},
                        {"status", {{"conditions", conditions}}}};
        const ui::DetailNotice notice = ui::nodeNotice(inputOf(kinds::nodeKind(), node));
        QCOMPARE(notice ? notice->sentence : QString(), sentence);
    }

private:
    ui::EnglishPlurals plurals_;
};

QTEST_MAIN(TestDetailsNotice)
#include "test_details_notice.moc"
