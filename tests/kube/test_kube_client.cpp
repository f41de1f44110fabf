#include <QTest>

#include <nlohmann/json.hpp>

#include "app/kinds/pod.h"
#include "app/kube/errors.h"
#include "app/kube/kube_client.h"
#include "tests/fakes/scripted_channel.h"

using namespace quarterdeck;

namespace {

Result<nlohmann::json> read(const std::string& body) {
    auto channel = std::make_shared<fakes::ScriptedChannel>();
    channel->answer({.status = 200, .body = body});
    return kube::KubeClient(channel, "demo").get(kinds::podKind().type, "shop", "web", {});
}

}  // namespace

class TestKubeClient : public QObject {
    Q_OBJECT
private slots:
    void anObjectIsReadWhole() {
        // Brackets and quotes within strings are text.
        const auto object = read("{\"kind\":\"Pod\",\"text\":\"[[[{{{ \\\" [[[\",\"list\":[[1]]}");
        QVERIFY(object);
        QCOMPARE(object->at("text").get<std::string>(), std::string("[[[{{{ \" [[["));
    }

    void whatNestsWithoutEndIsRefused_data() {
        QTest::addColumn<int>("depth");
        QTest::addColumn<bool>("readable");
        QTest::newRow("as deep as allowed") << 511 << true;
        QTest::newRow("one deeper") << 512 << false;
        QTest::newRow("a million") << 1'000'000 << false;
    }
    void whatNestsWithoutEndIsRefused() {
        QFETCH(int, depth);
        QFETCH(bool, readable);
        const auto size = static_cast<std::size_t>(depth);
        const auto object = read("{\"a\":" + std::string(size, '[') + std::string(size, ']') + "}");
        QCOMPARE(object.has_value(), readable);
        if (!readable) {
            QVERIFY(object.error().is(kube::kUnreadable));
            QVERIFY(describe(object.error()).find("nested too deeply") != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestKubeClient)
#include "test_kube_client.moc"
