// What a server serves, kept up to date on a thread of its own.

#include <QTest>

#include <nlohmann/json.hpp>

#include "app/kube/kube_client.h"
#include "app/session/kind_catalog.h"
#include "tests/fakes/scripted_channel.h"

using namespace quarterdeck;
using namespace quarterdeck::session;
using namespace std::chrono_literals;
using fakes::ScriptedChannel;
using kube::FreshnessState;
using nlohmann::json;

namespace {

constexpr int kPatience = 30'000;
constexpr ErrorCode kCut{"test.cut", "the connection was cut"};

std::string groups(const std::vector<std::string>& names, const std::string& group = {}) {
    json resources = json::array();
    for (const std::string& name : names) {
        resources.push_back(
            {{"resource", name}, {"responseKind", {{"kind", name}}}, {"verbs", {"get", "list", "watch"}}});
    }
    json versions = json::array();
    versions.push_back({{"version", "v1"}, {"resources", resources}});
    json items = json::array();
    items.push_back({{"metadata", {{"name", group}}}, {"versions", versions}});
    return json{{"kind", "APIGroupDiscoveryList"}, {"items", items}}.dump();
}

/// A catalog whose looks are written down: each takes two answers.
struct Rig {
    std::shared_ptr<ScriptedChannel> channel = std::make_shared<ScriptedChannel>();
    std::vector<Error> failures;
    std::mutex mutex;
    std::unique_ptr<KindCatalog> catalog;

    void script(const std::vector<std::string>& names) {
        channel->answer({.body = groups({"pods"})});
        channel->answer({.body = groups(names, "example.com")});
    }
    void scriptFailure(int status) {
        for (int i = 0; i < 2; ++i) {
            if (status == 0) {
                channel->answer({.failure = makeError(kCut)});
            } else {
                channel->answer({.status = status, .body = "{\"kind\":\"Status\",\"message\":\"no\"}"});
            }
        }
    }
    void begin() {
        KindCatalog::Options options;
        options.client = std::make_shared<kube::KubeClient>(channel, "test");
        options.clock = std::make_shared<SystemClock>();
        options.random = [] { return 0.5; };
        options.timing = {1h, 1h, {1ms, 1ms}, 1ms, {1ms, 2ms, 1ms}};
        options.onFailure = [this](const Error& error) {
            const std::scoped_lock lock(mutex);
            failures.push_back(error);
        };
        catalog = std::make_unique<KindCatalog>(std::move(options));
    }
    [[nodiscard]] bool knows(const std::string& name) const { return catalog->store()->find(name) != nullptr; }
    [[nodiscard]] FreshnessState state() const { return catalog->store()->freshness().state; }
};

}  // namespace

class TestKindCatalog : public QObject {
    Q_OBJECT
private slots:
    void looksWhenMadeAndWhenAsked() {
        Rig rig;
        rig.script({"foos"});
        rig.begin();
        QTRY_VERIFY_WITH_TIMEOUT(rig.state() == FreshnessState::Live, kPatience);
        QVERIFY(rig.knows("pods") && rig.knows("foos.example.com"));
        QVERIFY(!rig.catalog->inUse());
        const auto held = rig.catalog->store();
        QVERIFY(rig.catalog->inUse());
        rig.script({"foos", "bars"});
        rig.catalog->lookNow();
        QTRY_VERIFY_WITH_TIMEOUT(rig.knows("bars.example.com"), kPatience);
    }

    void looksSeveralTimesAfterAChange() {
        Rig rig;
        rig.script({"foos"});
        rig.begin();
        QTRY_VERIFY_WITH_TIMEOUT(rig.knows("foos.example.com"), kPatience);
        rig.script({"foos"});  // the server is not there yet
        rig.script({"foos", "bars"});
        rig.catalog->expectChange();
        QTRY_VERIFY_WITH_TIMEOUT(rig.knows("bars.example.com"), kPatience);
    }

    void aKindIsGoneWhenItWasMissedTwice() {
        Rig rig;
        rig.script({"foos", "bars"});
        rig.begin();
        QTRY_VERIFY_WITH_TIMEOUT(rig.knows("bars.example.com"), kPatience);
        rig.script({"foos"});
        rig.catalog->lookNow();
        QVERIFY(rig.channel->waitForCalls(5));  // it looks again by itself, and gets no answer yet
        QVERIFY(rig.knows("bars.example.com"));
        rig.script({"foos"});
        QTRY_VERIFY_WITH_TIMEOUT(!rig.knows("bars.example.com"), kPatience);
        QVERIFY(rig.knows("foos.example.com"));
    }

    void whatWasKnownOutlivesAFailure() {
        Rig rig;
        rig.script({"foos"});
        rig.begin();
        QTRY_VERIFY_WITH_TIMEOUT(rig.knows("foos.example.com"), kPatience);
        rig.scriptFailure(0);
        rig.catalog->lookNow();
        QTRY_VERIFY_WITH_TIMEOUT(rig.state() == FreshnessState::Stale, kPatience);
        QVERIFY(rig.catalog->store()->freshness().reason->is(kCut));
        QVERIFY(rig.knows("foos.example.com"));
        rig.script({"foos"});
        QTRY_VERIFY_WITH_TIMEOUT(rig.state() == FreshnessState::Live, kPatience);
        const std::scoped_lock lock(rig.mutex);
        QCOMPARE(rig.failures.size(), std::size_t{1});
    }

    void whoMayNotAskIsToldSo() {
        Rig rig;
        rig.scriptFailure(403);
        rig.begin();
        QTRY_VERIFY_WITH_TIMEOUT(rig.state() == FreshnessState::Forbidden, kPatience);
        QCOMPARE(rig.catalog->store()->freshness().reason->httpStatus, 403);
    }
};

QTEST_GUILESS_MAIN(TestKindCatalog)
#include "test_kind_catalog.moc"
