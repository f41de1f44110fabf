#include <QTest>

#include <thread>

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

    void anObjectIsAskedForAgainWhenTheServerWishesIt_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("wait");
        QTest::addColumn<int>("refusals");
        QTest::addColumn<int>("calls");
        QTest::addColumn<bool>("read");
        QTest::newRow("429") << 429 << QByteArray("0") << 2 << 3 << true;
        QTest::newRow("503") << 503 << QByteArray("0") << 1 << 2 << true;
        QTest::newRow("ten times") << 429 << QByteArray("0") << 10 << 11 << true;
        QTest::newRow("not for ever") << 429 << QByteArray("0") << 11 << 11 << false;
        QTest::newRow("no time named") << 503 << QByteArray() << 1 << 1 << false;
        QTest::newRow("not that long") << 429 << QByteArray("31") << 1 << 1 << false;
        QTest::newRow("a status that time does not change") << 403 << QByteArray("0") << 1 << 1 << false;
    }
    void anObjectIsAskedForAgainWhenTheServerWishesIt() {
        QFETCH(int, status);
        QFETCH(QByteArray, wait);
        QFETCH(int, refusals);
        QFETCH(int, calls);
        QFETCH(bool, read);
        auto channel = std::make_shared<fakes::ScriptedChannel>();
        for (int i = 0; i < refusals; ++i) {
            fakes::ScriptedChannel::Answer refusal{.status = status, .body = "{\"kind\":\"Status\"}"};
            if (!wait.isEmpty()) {
                refusal.headers.push_back({"Retry-After", wait.toStdString()});
            }
            channel->answer(std::move(refusal));
        }
        channel->answer({.status = 200, .body = "{\"kind\":\"Pod\"}"});
        const auto object = kube::KubeClient(channel, "demo").get(kinds::podKind().type, "shop", "web", {});
        QCOMPARE(static_cast<int>(channel->targets().size()), calls);
        QCOMPARE(object.has_value(), read);
        if (!read && status != 403) {
            QVERIFY(object.error().is(status == 429 ? kube::kThrottled : kube::kServerError));
        }
    }

    void theWaitEndsWithTheCall() {
        auto channel = std::make_shared<fakes::ScriptedChannel>();
        channel->answer({.status = 429, .body = {}, .headers = {{"Retry-After", "30"}}});
        std::stop_source stop;
        std::optional<Error> error;
        std::jthread call([&] {
            const auto object =
                kube::KubeClient(channel, "demo").get(kinds::podKind().type, "shop", "web", stop.get_token());
            error = object ? std::nullopt : std::optional(object.error());
        });
        QVERIFY(channel->waitForCalls(1));
        stop.request_stop();
        call.join();
        QVERIFY(error && error->is(kCancelled));
        QCOMPARE(channel->targets().size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestKubeClient)
#include "test_kube_client.moc"
