#pragma once

#include <QTest>

#include <algorithm>
#include <set>
#include <thread>

#include <nlohmann/json.hpp>

#include "app/kube/reflector.h"
#include "tests/fakes/scripted_channel.h"

/// What tests of the reflector share: things, answers about them, and a reflector over a channel with such answers.
namespace quarterdeck::kube {

using namespace std::chrono_literals;
using fakes::ScriptedChannel;
using nlohmann::json;

inline constexpr ErrorCode kBroken{"test.broken", "broken"};
inline constexpr ErrorCode kRefused{"test.refused", "connection refused"};

struct Thing final : Object {};

inline ObjectPtr makeThing(const json& object) {
    auto thing = std::make_shared<Thing>();
    const json& meta = object.at("metadata");
    thing->meta.name = meta.at("name");
    thing->meta.uid = meta.at("uid");
    thing->meta.resourceVersion = meta.at("resourceVersion");
    return thing;
}

inline Result<DecodedList> decodeThings(std::string& text, DecodeContext&) {
    const json list = json::parse(text, nullptr, false);
    if (list.is_discarded()) {
        return fail(kBroken);
    }
    DecodedList decoded;
    for (const json& item : list.at("items")) {
        decoded.items.push_back(makeThing(item));
    }
    decoded.resourceVersion = list.at("metadata").at("resourceVersion");
    decoded.continueToken = list.at("metadata").value("continue", "");
    return decoded;
}

inline Result<WatchEvent> decodeThing(std::string& text, DecodeContext&) {
    const json line = json::parse(text, nullptr, false);
    if (line.is_discarded()) {
        return fail(kBroken);
    }
    WatchEvent event;
    const std::string type = line.at("type");
    const json& object = line.at("object");
    if (type == "ERROR") {
        event.status = {object.value("code", 0), object.value("reason", ""), object.value("message", ""), {}};
        return event;
    }
    if (!object.contains("metadata")) {
        return fail(kIncompleteObject);
    }
    event.resourceVersion = object.at("metadata").at("resourceVersion");
    if (type == "BOOKMARK") {
        event.type = WatchEventType::Bookmark;
        return event;
    }
    event.type = type == "ADDED"      ? WatchEventType::Added
                 : type == "MODIFIED" ? WatchEventType::Modified
                                      : WatchEventType::Deleted;
    event.object = makeThing(object);
    return event;
}

inline const KindDescriptor kThings{{"", "v1", "things", "Thing", true}, decodeThings, decodeThing};
/// Things that a server only lists.
inline const KindDescriptor kMeasures = [] {
    KindDescriptor kind = kThings;
    kind.watched = false;
    return kind;
}();

inline json thing(const std::string& name, const std::string& version) {
    return {{"metadata", {{"name", name}, {"uid", "uid-" + name}, {"resourceVersion", version}}}};
}

inline std::string list(const std::string& version, const std::vector<json>& items, const std::string& token = {}) {
    json meta{{"resourceVersion", version}};
    if (!token.empty()) {
        meta["continue"] = token;
    }
    return json{{"metadata", meta}, {"items", items}}.dump();
}

inline std::string eventLine(const char* type, const json& object) {
    return json{{"type", type}, {"object", object}}.dump() + "\n";
}

inline std::string expired() {
    return eventLine("ERROR", {{"code", 410}, {"reason", "Expired"}, {"message", "too old"}});
}

/// Writes to a store and keeps what was written: states and how many rows stood beside them.
class Witness final : public StoreWriter {
public:
    explicit Witness(std::shared_ptr<ObjectStore> store) : store_(std::move(store)) {}
    void replaceAll(std::vector<ObjectPtr> objects, Freshness freshness) override {
        store_->replaceAll(std::move(objects), std::move(freshness));
        note();
    }
    void upsert(ObjectPtr object, Freshness freshness) override {
        store_->upsert(std::move(object), std::move(freshness));
        note();
    }
    void remove(const Uid& uid, Freshness freshness) override {
        store_->remove(uid, std::move(freshness));
        note();
    }
    void setFreshness(Freshness freshness) override {
        store_->setFreshness(std::move(freshness));
        note();
    }
    [[nodiscard]] Freshness freshness() const override { return store_->freshness(); }
    [[nodiscard]] std::vector<std::pair<FreshnessState, std::size_t>> seen() const {
        const std::scoped_lock lock(mutex_);
        return seen_;
    }

private:
    void note() {
        const std::scoped_lock lock(mutex_);
        seen_.emplace_back(store_->freshness().state, store_->size());
    }
    const std::shared_ptr<ObjectStore> store_;
    mutable std::mutex mutex_;
    std::vector<std::pair<FreshnessState, std::size_t>> seen_;
};

/// A reflector on its thread, with times so short that a test never waits for them.
struct Rig {
    explicit Rig(std::chrono::milliseconds deniedPause = 1ms, const KindDescriptor& kind = kThings) {
        Reflector::Options options;
        options.context = "test";
        options.clock = clock;
        options.random = [] { return 0.5; };
        options.timing.backoff = {1ms, 2ms, 1ms};
        options.timing.deniedPause = deniedPause;
        options.timing.pollPause = 2ms;
        options.timing.loginPause = 1h;
        options.onFailure = [this](const Error& error) {
            const std::scoped_lock lock(mutex);
            failures.push_back(error);
        };
        reflector = std::make_unique<Reflector>(channel, kind, std::make_shared<StringPool>(), witness, options);
    }
    void start() {
        thread = std::jthread([this](std::stop_token stop) { reflector->run(std::move(stop)); });
    }
    std::set<std::string> names() const {
        std::set<std::string> found;
        for (const auto& object : store->snapshot()) {
            found.insert(object->meta.name + "@" + object->meta.resourceVersion);
        }
        return found;
    }
    std::vector<Error> seenFailures() {
        const std::scoped_lock lock(mutex);
        return failures;
    }
    std::size_t lists() const {
        const auto all = channel->targets();
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [](const std::string& t) { return t.find("watch=true") == std::string::npos; }));
    }

    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(Instant(1'700'000'000'000ms));
    std::shared_ptr<ScriptedChannel> channel = std::make_shared<ScriptedChannel>();
    std::shared_ptr<ObjectStore> store = std::make_shared<ObjectStore>();
    std::shared_ptr<Witness> witness = std::make_shared<Witness>(store);
    std::mutex mutex;
    std::vector<Error> failures;
    std::unique_ptr<Reflector> reflector;
    std::jthread thread;
};

using Names = std::set<std::string>;

}  // namespace quarterdeck::kube
