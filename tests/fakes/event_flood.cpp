#include "tests/fakes/event_flood.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "tests/fakes/relay.h"

namespace quarterdeck::fakes {
namespace {

constexpr std::chrono::milliseconds kBurst{20};

}  // namespace

bool writeFlood(HostileConnection& peer, const FloodPlan& plan) {
    using Clock = std::chrono::steady_clock;
    const auto begun = Clock::now();
    std::size_t sent = 0;
    for (;;) {
        const auto gone = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
        const bool over = plan.length.count() > 0 && gone >= plan.length;
        const auto counted = over ? plan.length : gone;
        const auto due = static_cast<std::size_t>(counted.count()) * plan.perSecond / 1000;
        std::string events;
        for (; sent < due; ++sent) {
            events += watchEvent(plan.contentType, "MODIFIED", plan.object(sent));
        }
        if (!events.empty() && !peer.chunk(events)) {
            return false;
        }
        if (over) {
            return true;
        }
        if (!peer.wait(kBurst)) {
            return false;
        }
    }
}

std::function<std::string(std::size_t)> changesOf(const std::vector<std::string>& objects, std::size_t firstVersion) {
    auto parsed = std::make_shared<std::vector<nlohmann::json>>();
    for (const std::string& object : objects) {
        parsed->push_back(nlohmann::json::parse(object));
    }
    return [parsed, firstVersion](std::size_t n) {
        nlohmann::json object = (*parsed)[n % parsed->size()];
        object["metadata"]["resourceVersion"] = std::to_string(firstVersion + n);
        object["metadata"]["labels"]["flood"] = std::to_string(n);
        return object.dump();
    };
}

}  // namespace quarterdeck::fakes
