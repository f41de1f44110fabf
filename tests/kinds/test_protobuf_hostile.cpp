#include <random>

#include <QTest>

#include "app/kinds/errors.h"
#include "app/kinds/registry.h"
#include "tests/fakes/protobuf_bytes.h"
#include "tests/kinds/summary_dump.h"

using namespace quarterdeck;
using namespace quarterdeck::kinds;
using namespace quarterdeck::tests;
using fakes::Message;
using fakes::metaMessage;
using fakes::podListBytes;
using fakes::podMessage;
using fakes::watchEventBytes;
using fakes::wrapped;

namespace {

StringPool& pool() {
    static StringPool shared;
    return shared;
}

Result<kube::DecodedList> decodeList(std::string_view bytes) {
    kube::DecodeContext context{pool()};
    return podKind().decodeProtobufList(bytes, context);
}

Result<kube::WatchEvent> decodeFrame(std::string_view bytes) {
    kube::DecodeContext context{pool()};
    return podKind().decodeProtobufFrame(bytes, context);
}

/// A message within a message, so many times.
Message nested(std::uint32_t tag, int depth) {
    Message message;
    for (int i = 0; i < depth; ++i) {
        message = Message().sub(tag, message);
    }
    return message;
}

/// A field of length-delimited type that claims `length` bytes and has none.
std::string claim(std::uint32_t tag, std::uint64_t length) {
    std::string bytes;
    protozero::write_varint(std::back_inserter(bytes), (std::uint64_t{tag} << 3U) | 2U);
    protozero::write_varint(std::back_inserter(bytes), length);
    return bytes;
}

Message listOf(const std::vector<Message>& pods) {
    Message list;
    list.sub(1, Message().text(2, "9"));
    for (const Message& pod : pods) {
        list.sub(2, pod);
    }
    return list;
}

}  // namespace

class TestProtobufHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsNoListIsNamed_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* name, const std::string& body, const char* code) {
            QTest::newRow(name) << QByteArray::fromStdString(body) << QByteArray(code);
        };
        const std::string magic("k8s\0", 4);
        row("nothing", "", "kinds.empty-answer");
        row("a web page", "<html><body>login</body></html>", "kinds.html-answer");
        row("JSON", "{\"kind\":\"PodList\"}", "kinds.not-protobuf");
        row("text", "gateway timeout", "kinds.not-protobuf");
        row("other magic", std::string("k8s\1\n\0", 6), "kinds.not-protobuf");
        row("the magic alone", magic, "kinds.truncated");
        row("half the magic", "k8", "kinds.truncated");
        row("no object", magic + Message().sub(1, Message().text(1, "v1").text(2, "PodList")).bytes(),
            "kinds.truncated");
        row("an object of 4 GB", magic + Message().sub(1, Message().text(2, "PodList")).bytes() + claim(2, 0xFFFFFFFF),
            "kinds.truncated");
        row("an object of 2^32 + 5 bytes", magic + claim(2, 0x1'0000'0005) + "12345", "kinds.truncated");
        row("an object of 2^64 - 1 bytes", magic + claim(2, ~std::uint64_t{0}), "kinds.truncated");
        row("a varint without end", magic + std::string(20, '\xff'), "kinds.broken-protobuf");
        row("a group", magic + std::string("\x0b\x0b\x0b", 3), "kinds.broken-protobuf");
        row("the tag 0", magic + std::string("\x02\x00", 2), "kinds.broken-protobuf");
        row("no type", magic + Message().sub(2, listOf({podMessage("a")})).bytes(), "kinds.wrong-kind");
        row("another version", wrapped("v2", "PodList", listOf({podMessage("a")})), "kinds.wrong-kind");
        row("another group", wrapped("metrics.k8s.io/v1", "PodList", listOf({})), "kinds.wrong-kind");
        row("a pod instead of its list", wrapped("v1", "Pod", podMessage("a")), "kinds.wrong-kind");
        row("an untyped list", wrapped("v1", "List", listOf({podMessage("a")})), "kinds.wrong-kind");
        row("a Status", wrapped("v1", "Status", Message().text(3, "no").text(4, "Forbidden").number(6, 403)),
            "kinds.status-answer");
        row("a damaged Status", wrapped("v1", "Status", Message().raw(claim(3, 99))), "kinds.status-answer");
        row("an item of 4 GB", wrapped("v1", "PodList", listOf({podMessage("a")}).raw(claim(2, 0xFFFFFFFF))),
            "kinds.broken-protobuf");
        row("a name of 4 GB", wrapped("v1", "PodList", listOf({Message().sub(1, Message().raw(claim(1, 0xFFFFFFFF)))})),
            "kinds.broken-protobuf");
        row("a label of 4 GB",
            wrapped("v1", "PodList",
                    listOf({Message().sub(1, metaMessage("a", "u").sub(11, Message().raw(claim(2, 0xFFFFFFFF))))})),
            "kinds.broken-protobuf");
        row("a condition that ends early",
            wrapped("v1", "PodList", listOf({podMessage("a").sub(3, Message().sub(2, Message().raw(claim(4, 12))))})),
            "kinds.broken-protobuf");
        row("a group within a container",
            wrapped("v1", "PodList",
                    listOf({podMessage("a").sub(2, Message().sub(2, Message().raw(std::string(64, '\x0b'))))})),
            "kinds.broken-protobuf");
    }
    void whatIsNoListIsNamed() {
        QFETCH(QByteArray, body);
        const auto result = decodeList(std::string_view(body.constData(), static_cast<std::size_t>(body.size())));
        QVERIFY(!result);
        QTEST(QByteArray(result.error().code->id), "code");
        QVERIFY(describe(result.error()).find("PodList") != std::string::npos);
    }

    void whatIsNoWatchEventIsNamed_data() {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* name, const std::string& frame, const char* code) {
            QTest::newRow(name) << QByteArray::fromStdString(frame) << QByteArray(code);
        };
        const std::string pod = wrapped("v1", "Pod", podMessage("a"));
        row("nothing", "", "kinds.unknown-watch-event");
        row("an unknown type", watchEventBytes("RENAMED", pod), "kinds.unknown-watch-event");
        row("a type that is a number", Message().number(1, 7).sub(2, Message().text(1, pod)).bytes(),
            "kinds.unknown-watch-event");
        row("no object", Message().text(1, "ADDED").bytes(), "kinds.incomplete-object");
        row("an empty object", watchEventBytes("ADDED", ""), "kinds.incomplete-object");
        row("no name", watchEventBytes("ADDED", wrapped("v1", "Pod", Message().sub(1, metaMessage("", "u")))),
            "kinds.incomplete-object");
        row("no uid", watchEventBytes("DELETED", wrapped("v1", "Pod", Message().sub(1, metaMessage("n", "")))),
            "kinds.incomplete-object");
        row("JSON as the object", watchEventBytes("ADDED", "{\"kind\":\"Pod\"}"), "kinds.broken-protobuf");
        row("an object that ends early", watchEventBytes("ADDED", pod.substr(0, pod.size() - 10)),
            "kinds.broken-protobuf");
        row("an object without wrapping", watchEventBytes("ADDED", podMessage("a").bytes()), "kinds.broken-protobuf");
        row("another kind", watchEventBytes("ADDED", wrapped("v1", "ConfigMap", podMessage("a"))), "kinds.wrong-kind");
        row("another kind's bookmark", watchEventBytes("BOOKMARK", wrapped("v1", "Node", podMessage("a"))),
            "kinds.wrong-kind");
        row("another version", watchEventBytes("MODIFIED", wrapped("v1beta1", "Pod", podMessage("a"))),
            "kinds.wrong-kind");
        row("a bare Status", wrapped("v1", "Status", Message().number(6, 410)), "kinds.broken-protobuf");
    }
    void whatIsNoWatchEventIsNamed() {
        QFETCH(QByteArray, frame);
        const auto event = decodeFrame(std::string_view(frame.constData(), static_cast<std::size_t>(frame.size())));
        QVERIFY(!event);
        QTEST(QByteArray(event.error().code->id), "code");
        QVERIFY(describe(event.error()).find("Pod") != std::string::npos);
    }

    void aJsonWatchThatSendsAnotherKindIsRefused() {
        kube::DecodeContext context{pool()};
        for (const char* type : {"ADDED", "DELETED", "BOOKMARK"}) {
            std::string line = fmt::format(
                "{{\"type\":\"{}\",\"object\":{{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\","
                "\"metadata\":{{\"name\":\"a\",\"uid\":\"u\",\"resourceVersion\":\"5\"}}}}}}",
                type);
            const auto event = podKind().decodeWatchLine(line, context);
            QVERIFY(!event && event.error().is(kWrongKind));
        }
        const auto list =
            decodeListOf(podKind(),
                         "{\"kind\":\"List\",\"items\":[{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"uid\":\"u\"}},"
                         "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"b\",\"uid\":\"v\"}},"
                         "{\"metadata\":{\"name\":\"c\",\"uid\":\"w\"}}]}",
                         pool());
        QVERIFY(list.has_value());
        QCOMPARE(list->items.size(), std::size_t(2));
        QCOMPARE(list->skipped, std::size_t(1));
    }

    void anObjectWithoutNameOrUidIsSkippedAndCounted() {
        const auto list = decodeList(
            podListBytes("9", {podMessage("a"), Message(), Message().sub(1, metaMessage("", "u")),
                               Message().sub(1, metaMessage("n", "")), Message().text(1, ""), podMessage("b")}));
        QVERIFY(list.has_value());
        QCOMPARE(list->items.size(), std::size_t(2));
        QCOMPARE(list->skipped, std::size_t(4));
        QCOMPARE(list->items[0]->meta.uid, std::string("uid-a"));
        QCOMPARE(list->items[1]->meta.uid, std::string("uid-b"));
    }

    void anObjectWithoutSpecAndStatusIsTaken() {
        const auto event =
            decodeFrame(watchEventBytes("ADDED", wrapped("v1", "Pod", Message().sub(1, metaMessage("n", "u", "77")))));
        QVERIFY(event.has_value());
        QCOMPARE(event->resourceVersion, std::string("77"));
        QVERIFY(static_cast<const Pod&>(*event->object).containers.empty());
    }

    void metadataThatComesTwiceIsNotMixed() {
        const auto list = decodeList(
            podListBytes("9", {Message()
                                   .sub(1, metaMessage("first", "uid-1").sub(11, Message().text(1, "a").text(2, "1")))
                                   .sub(1, Message().text(1, "second")),
                               podMessage("b")}));
        QVERIFY(list.has_value());
        QCOMPARE(list->items.size(), std::size_t(1));  // the second metadata has no uid
        QCOMPARE(list->items[0]->meta.name, std::string("b"));
    }

    void aFieldOfAnotherWireTypeReadsAsMissing() {
        // name, namespace and phase as numbers; restarts and ready as text; unknown fields of every type between.
        const std::string fixed = std::string("\xf9\x3f") + std::string(8, 'x') + "\xfd\x3f" + std::string(4, 'x');
        const Message pod = Message()
                                .raw(fixed)
                                .sub(1, Message().raw(fixed).text(1, "n").number(3, 5).text(5, "u").number(11, 3))
                                .sub(2, Message().number(2, 8).text(2, "").sub(20, Message().number(8, 1)))
                                .sub(3, Message().number(1, 9).sub(8, Message().text(1, "c").text(5, "x").text(4, "y")))
                                .number(900, -1)
                                .text(901, "unknown");
        const auto list = decodeList(podListBytes("9", {podMessage("a"), pod, podMessage("b")}));
        QVERIFY2(list.has_value(), list ? "" : describe(list.error()).c_str());
        QCOMPARE(list->items.size(), std::size_t(3));
        const auto& odd = static_cast<const Pod&>(*list->items[1]);
        QVERIFY(odd.meta.nameSpace.empty() && odd.phase.empty() && odd.meta.labels.empty());
        QCOMPARE(odd.appContainers().size(), std::size_t(2));
        QCOMPARE(odd.containers.back().restarts, 0);
        QVERIFY(!odd.containers.back().ready);
    }

    void endlessNestingIsNotFollowed() {
        for (const std::uint32_t tag : {1U, 2U, 3U}) {
            const auto list = decodeList(podListBytes("9", {podMessage("a"), nested(tag, 3'000), podMessage("b")}));
            QVERIFY2(list.has_value(), list ? "" : describe(list.error()).c_str());
            QCOMPARE(list->items.size(), std::size_t(2));
            QVERIFY(!decodeFrame(nested(tag, 3'000).bytes()));
        }
        std::string wrapping = wrapped("v1", "Pod", podMessage("a"));
        for (int i = 0; i < 500; ++i) {
            wrapping = wrapped("v1", "Pod", Message().raw(wrapping));
        }
        QVERIFY(!decodeFrame(watchEventBytes("ADDED", wrapping)));
    }

    void emptyPartsCannotFillTheMemory() {
        // Two bytes each on the wire, a hundred in a summary.
        std::string containers;
        for (int i = 0; i < 2'000'000; ++i) {
            containers += std::string("\x42\x00", 2);
        }
        const auto result = decodeList(podListBytes("9", {podMessage("a").sub(3, Message().raw(containers))}));
        QVERIFY(!result && result.error().is(kTooLarge));
        std::string labels;
        for (int i = 0; i < 8'000'000; ++i) {
            labels += std::string("\x5a\x00", 2);
        }
        const auto labelled = decodeList(podListBytes("9", {Message().sub(1, metaMessage("a", "u").raw(labels))}));
        QVERIFY(!labelled && labelled.error().is(kTooLarge));
    }

    void textThatIsNoUtf8IsMadeValid() {
        const auto list =
            decodeList(podListBytes("9", {Message().sub(1, metaMessage("a\xff\xc3z", "u\xed\xa0\x80\xe2\x9c\x93"))}));
        QVERIFY(list.has_value());
        QCOMPARE(list->items[0]->meta.name, std::string("a\xEF\xBF\xBD\xEF\xBF\xBDz"));
        QCOMPARE(list->items[0]->meta.uid, std::string("u\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xe2\x9c\x93"));
    }

    void numbersAndTimesOutOfRangeReadAsMissing() {
        const Message status = Message().text(1, "c").number(5, 1LL << 40);
        const Message pod = podMessage("a")
                                .sub(3, Message().sub(8, status).sub(7, Message().number(1, 1LL << 62)))
                                .sub(3, Message().sub(7, Message().number(1, -(1LL << 62)).number(2, -1)));
        const auto list = decodeList(podListBytes("9", {pod}));
        QVERIFY(list.has_value());
        const auto& read = static_cast<const Pod&>(*list->items[0]);
        QVERIFY(!read.started.hasValue());
        QCOMPARE(read.containers.back().restarts, 0);
    }

    void randomDamageNeverDoesHarm_data() {
        QTest::addColumn<QByteArray>("resource");
        for (const char* resource : {"pods", "events", "nodes", "replicasets"}) {
            QTest::newRow(resource) << QByteArray(resource);
        }
    }
    void randomDamageNeverDoesHarm() {
        QFETCH(QByteArray, resource);
        const kube::KindDescriptor& kind = *findKind(resource.constData());
        const std::string whole = kubernetesFixture(resource.toStdString() + ".pb");
        kube::DecodeContext context{pool()};
        std::mt19937 random(42);
        int refused = 0;
        for (int round = 0; round < 4'000; ++round) {
            std::string damaged = whole;
            for (unsigned i = 0, wounds = 1 + random() % 4; i < wounds; ++i) {
                const std::size_t at = random() % damaged.size();
                switch (random() % 3) {
                    case 0:
                        damaged[at] = static_cast<char>(random() % 256);
                        break;
                    case 1:
                        damaged.erase(at, 1 + random() % 40);
                        break;
                    default:
                        damaged.insert(at, damaged.substr(random() % damaged.size(), random() % 60));
                }
            }
            const auto result = kind.decodeProtobufList(damaged, context);
            if (!result) {
                ++refused;
                QVERIFY(!describe(result.error()).empty());
            } else {
                QVERIFY(result->items.size() + result->skipped <= damaged.size());
            }
        }
        QVERIFY(refused > 1'000);
    }
};

QTEST_GUILESS_MAIN(TestProtobufHostile)
#include "test_protobuf_hostile.moc"
