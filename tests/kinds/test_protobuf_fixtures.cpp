#include <QDir>
#include <QTest>

#include "app/kinds/errors.h"
#include "app/kinds/registry.h"
#include "tests/kinds/summary_dump.h"

using namespace quarterdeck;
using namespace quarterdeck::kinds;
using namespace quarterdeck::tests;
using kube::WatchEventType;

namespace {

StringPool& pool() {
    static StringPool shared;
    return shared;
}

Result<kube::DecodedList> decodeBytes(const kube::KindDescriptor& kind, std::string_view bytes) {
    kube::DecodeContext context{pool()};
    return kind.decodeProtobufList(bytes, context);
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = text.find('\n', from);
        lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

const Pod& podNamed(const kube::DecodedList& list, std::string_view name) {
    for (const auto& item : list.items) {
        if (item->meta.name == name) {
            return static_cast<const Pod&>(*item);
        }
    }
    qFatal("no such pod");
}

std::string dumpWatch(const std::string& kind, const kube::WatchEvent& event) {
    return fmt::format("{} {} {} {} {} {} {}\n", static_cast<int>(event.type), event.resourceVersion,
                       event.initialEventsEnd, event.status.code, event.status.reason, event.status.message,
                       event.status.retryAfterSeconds.value_or(-1)) +
           (event.object ? sortedLines(dumpSummary(kind, *event.object)) : std::string());
}

}  // namespace

/// Bytes that the API's own code has written, in both encodings: see tests/fixtures/kubernetes/README.md.
class TestProtobufFixtures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothEncodingsOfAListGiveTheSameSummaries_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("resource");
        const QStringList files = QDir(QStringLiteral(QUARTERDECK_FIXTURES "/kubernetes"))
                                      .entryList({QStringLiteral("*.pb")}, QDir::Files, QDir::Name);
        for (const QString& file : files) {
            const QByteArray name = file.chopped(3).toUtf8();
            for (const char* resource : {"pods", "events", "nodes", "replicasets"}) {
                if (name == resource || name == QByteArray("server_") + resource) {
                    QTest::newRow(name.constData()) << name << QByteArray(resource);
                }
            }
        }
    }
    void bothEncodingsOfAListGiveTheSameSummaries() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, resource);
        const kube::KindDescriptor& kind = *findKind(resource.constData());
        const auto fromJson = decodeListOf(kind, kubernetesFixture(file.toStdString() + ".json"), pool());
        const auto fromBytes = decodeBytes(kind, kubernetesFixture(file.toStdString() + ".pb"));
        QVERIFY2(fromJson.has_value(), fromJson ? "" : describe(fromJson.error()).c_str());
        QVERIFY2(fromBytes.has_value(), fromBytes ? "" : describe(fromBytes.error()).c_str());
        QVERIFY(!fromJson->items.empty());
        QCOMPARE(fromBytes->items.size(), fromJson->items.size());
        QCOMPARE(fromBytes->skipped, std::size_t(0));
        QCOMPARE(fromBytes->resourceVersion, fromJson->resourceVersion);
        QCOMPARE(fromBytes->continueToken, fromJson->continueToken);
        QVERIFY(!fromBytes->resourceVersion.empty());
        const auto json = dumpSummaries(kind.type.kind, *fromJson);
        const auto bytes = dumpSummaries(kind.type.kind, *fromBytes);
        for (std::size_t i = 0; i < json.size(); ++i) {
            QCOMPARE(QString::fromStdString(bytes[i]), QString::fromStdString(json[i]));
        }
    }

    void bothEncodingsOfAWatchGiveTheSameEvents_data() {
        QTest::addColumn<QByteArray>("file");
        const QStringList files = QDir(QStringLiteral(QUARTERDECK_FIXTURES "/kubernetes"))
                                      .entryList({QStringLiteral("*pods_watch.pb")}, QDir::Files, QDir::Name);
        for (const QString& file : files) {
            QTest::newRow(qPrintable(file)) << file.chopped(3).toUtf8();
        }
        QVERIFY(!files.isEmpty());
    }
    void bothEncodingsOfAWatchGiveTheSameEvents() {
        QFETCH(QByteArray, file);
        kube::DecodeContext context{pool()};
        std::vector<std::string> lines = linesOf(kubernetesFixture(file.toStdString() + ".json"));
        const auto frames = framesOf(kubernetesFixture(file.toStdString() + ".pb"));
        QCOMPARE(frames.size(), lines.size());
        QVERIFY(frames.size() >= 3);
        for (std::size_t i = 0; i < frames.size(); ++i) {
            const auto fromJson = podKind().decodeWatchLine(lines[i], context);
            const auto fromBytes = podKind().decodeProtobufFrame(frames[i], context);
            QVERIFY2(fromJson.has_value(), fromJson ? "" : describe(fromJson.error()).c_str());
            QVERIFY2(fromBytes.has_value(), fromBytes ? "" : describe(fromBytes.error()).c_str());
            QCOMPARE(QString::fromStdString(dumpWatch("Pod", *fromBytes)),
                     QString::fromStdString(dumpWatch("Pod", *fromJson)));
        }
    }

    void aPodHasWhatItsBytesSay() {
        const auto list = decodeBytes(podKind(), kubernetesFixture("pods.pb"));
        QVERIFY(list.has_value());
        const Pod& pod = podNamed(*list, "everything-0");
        QCOMPARE(pod.meta.nameSpace.view(), std::string_view("bakery"));
        QCOMPARE(pod.meta.creation, parseRfc3339("2026-03-01T07:15:42Z"));
        QCOMPARE(pod.label("app"), std::optional(std::string_view("everything")));
        QCOMPARE(pod.meta.owners.size(), std::size_t(2));
        QVERIFY(pod.meta.owners[0].controller && !pod.meta.owners[1].controller);
        QCOMPARE(pod.initContainers().size(), std::size_t(2));
        QVERIFY(pod.initContainers()[1].restartable && !pod.initContainers()[0].restartable);
        const Container& web = pod.appContainers()[0];
        QCOMPARE(web.cpuRequestMilli, 250);
        QCOMPARE(web.memoryLimit, std::int64_t(1'610'612'736));
        QCOMPARE(web.restarts, 41);
        QVERIFY(web.lastTermination->reason == "OOMKilled");
        QCOMPARE(web.lastTermination->exitCode, 137);
        QCOMPARE(web.lastTermination->signal, 9);
        QCOMPARE(web.lastTermination->finished.get(), parseRfc3339("2026-03-02T00:00:01Z"));
        QCOMPARE(pod.readinessGates().size(), std::size_t(3));
        QCOMPARE(pod.readinessGates()[0].status, ConditionStatus::False);
        QCOMPARE(pod.condition(PodConditionType::ContainersReady).status, ConditionStatus::Unknown);
        QCOMPARE(pod.qos, QosClass::Burstable);
        QCOMPARE(pod.ip, std::string("10.42.0.17"));
        QCOMPARE(summarise(pod).status, std::string("CrashLoopBackOff"));
        QCOMPARE(podNamed(*list, "leaving").meta.deletion, parseRfc3339("2026-03-02T10:00:00Z"));
        QCOMPARE(podNamed(*list, "leaving").containers[0].exitCode, -1);
        QCOMPARE(podNamed(*list, "evicted").reason.view(), std::string_view("Evicted"));
        QCOMPARE(podNamed(*list, "waiting-for-room").extras->nominatedNode.view(), std::string_view("worker-3"));
        QCOMPARE(podNamed(*list, "bare").meta.labels.size(), std::size_t(1));
        QCOMPARE(podNamed(*list, "many").containers[39].restarts, 39);
        QCOMPARE(list->continueToken, std::string("eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ"));
    }

    void anEventOfASeriesHasItsLastTimeAndNumber() {
        const auto list = decodeBytes(eventKind(), kubernetesFixture("events.pb"));
        QVERIFY(list.has_value());
        const auto& event = static_cast<const Event&>(*list->items.at(1));
        QCOMPARE(event.count, 17);
        QCOMPARE(event.lastSeen, parseRfc3339("2026-03-01T09:30:00.999Z"));
        QCOMPARE(event.firstSeen, parseRfc3339("2026-03-01T07:15:42.123Z"));
        QCOMPARE(event.component.view(), std::string_view("default-scheduler"));
        QVERIFY(event.warning);
    }

    void aListThatEndsEarlyFailsAsAWhole() {
        const std::string whole = kubernetesFixture("pods.pb");
        QVERIFY(whole.ends_with(std::string_view("\x1a\x00\"\x00", 4)));  // empty fields behind the list
        for (std::size_t length = 1; length < whole.size() - 4; ++length) {
            const auto result = decodeBytes(podKind(), std::string_view(whole).substr(0, length));
            QVERIFY2(!result && result.error().is(kTruncated), qPrintable(QStringLiteral("cut at %1").arg(length)));
        }
        QVERIFY(decodeBytes(podKind(), {}).error().is(kEmptyAnswer));
    }

    void aFrameThatEndsEarlyIsNeverAnObject() {
        const auto frames = framesOf(kubernetesFixture("pods_watch.pb"));
        kube::DecodeContext context{pool()};
        for (std::size_t length = 0; length < frames[0].size(); ++length) {
            const auto event = podKind().decodeProtobufFrame(std::string_view(frames[0]).substr(0, length), context);
            QVERIFY2(!event, qPrintable(QStringLiteral("cut at %1").arg(length)));
        }
    }

    void aListOfAnotherKindIsRefused_data() {
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<QByteArray>("answered");
        for (const char* asked : {"pods", "events", "nodes", "replicasets"}) {
            for (const char* answered : {"pods", "events", "nodes", "replicasets", "deployments"}) {
                if (QByteArray(asked) != answered) {
                    QTest::addRow("%s for %s", answered, asked) << QByteArray(asked) << QByteArray(answered);
                }
            }
        }
    }
    void aListOfAnotherKindIsRefused() {
        QFETCH(QByteArray, asked);
        QFETCH(QByteArray, answered);
        const kube::KindDescriptor& kind = *findKind(asked.constData());
        const auto bytes = decodeBytes(kind, kubernetesFixture(answered.toStdString() + ".pb"));
        QVERIFY(!bytes && bytes.error().is(kWrongKind));
        const auto json = decodeListOf(kind, kubernetesFixture(answered.toStdString() + ".json"), pool());
        QVERIFY(!json && json.error().is(kWrongKind));
    }

    void aStatusInPlaceOfAListSaysWhy() {
        const auto bytes = decodeBytes(podKind(), kubernetesFixture("status_forbidden.pb"));
        const auto json = decodeListOf(podKind(), kubernetesFixture("status_forbidden.json"), pool());
        QVERIFY(!bytes && !json);
        QVERIFY(bytes.error().is(kStatusAnswer));
        QCOMPARE(bytes.error().httpStatus, 403);
        QCOMPARE(describe(bytes.error()), describe(json.error()));
    }

    void aRealServersRefusalSaysWhy() {
        const auto bytes = decodeBytes(podKind(), kubernetesFixture("server_forbidden.pb"));
        QVERIFY(!bytes && bytes.error().is(kStatusAnswer));
        QCOMPARE(bytes.error().httpStatus, 403);
        QVERIFY(describe(bytes.error()).find("cannot list resource") != std::string::npos);
    }

    void theKindsThatComeInThousandsHaveBothDecoders() {
        for (const kube::KindDescriptor* kind : allKinds()) {
            const bool frequent = kind->type.kind == "Pod" || kind->type.kind == "Event" || kind->type.kind == "Node" ||
                                  kind->type.kind == "ReplicaSet";
            QCOMPARE(kind->decodeProtobufList != nullptr, frequent);
            QCOMPARE(kind->decodeProtobufFrame != nullptr, frequent);
        }
    }
};

QTEST_GUILESS_MAIN(TestProtobufFixtures)
#include "test_protobuf_fixtures.moc"
