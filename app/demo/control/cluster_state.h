#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "app/base/clock.h"
#include "app/demo/control/behaviour.h"
#include "app/demo/store/object_db.h"
#include "app/demo/store/random.h"

namespace quarterdeck::demo {

/// Everything that one API server and its controllers share. Whoever reads or writes members below `mutex` holds it;
/// writers call `changed.notify_all()` afterwards.
struct ClusterState {
    ClusterState(std::string contextName, std::string version, std::shared_ptr<const Clock> time,
                 std::uint64_t seedValue)
        : context(std::move(contextName)),
          serverVersion(std::move(version)),
          clock(std::move(time)),
          seed(seedValue),
          random(seedValue),
          db(random) {}

    const std::string context;
    const std::string serverVersion;  ///< "v1.32.2"
    const std::shared_ptr<const Clock> clock;
    const std::uint64_t seed;

    std::mutex mutex;
    std::condition_variable changed;
    /// The server is about to stop: whoever waits for changes gives up.
    std::atomic<bool> closing{false};
    Random random;
    ObjectDb db;
    BehaviourTable behaviours;
    /// While the past of the platform is being built, the time in it.
    std::optional<Instant> past;
    /// Last used host part of pod addresses, by node.
    std::map<std::string, int> addresses;
    /// Images that a node holds: (node, image).
    std::set<std::pair<std::string, std::string>> images;
    /// Nodes whose kubelet is silent: nothing on them starts, ends or reports any more. Name → since when.
    std::map<std::string, Instant> silentNodes;
    /// Events that may be counted up: (uid, reason, message) → name.
    std::map<std::string, std::string> events;

    [[nodiscard]] Instant now() const { return past.value_or(clock->now()); }
    ObjectPtr put(const ResourceType& type, Json object) { return db.put(type, std::move(object), now()); }

    /// Reports an event about `about`; the same event again raises its count.
    void report(const Json& about, const std::string& type, const std::string& reason, const std::string& message,
                const std::string& component, Instant when, const std::string& fieldPath = {});
    /// An address of the pod network for a pod on `node`.
    [[nodiscard]] std::string newPodAddress(const std::string& node);
    /// Everything as if it never was; versions go on rising.
    void clear();
};

}  // namespace quarterdeck::demo
