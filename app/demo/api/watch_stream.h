#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "app/demo/api/representation.h"
#include "app/demo/api/selectors.h"
#include "app/demo/api/target.h"
#include "app/demo/control/cluster_state.h"

namespace quarterdeck::demo {

/// How a client asked to watch.
struct WatchRequest {
    ApiTarget target;
    Selection selection;
    Representation representation;
    std::uint64_t from = 0;      ///< changes after this version are told
    bool initialEvents = false;  ///< what is there comes first, as ADDED
    bool announceEnd = false;    ///< a bookmark marks the end of the initial events
    bool bookmarks = false;
    std::chrono::seconds timeout{1800};
};

/// One open watch: makes the lines that go to the client. Used by one thread; takes the cluster's lock by itself.
/// An idle watch with bookmarks sends the first one after a second or two and then one every 30 seconds (real time).
class WatchStream {
public:
    WatchStream(ClusterState& cluster, WatchRequest request);

    /// Lines for the client, empty where nothing happened within `patience`; nothing at all when the watch is over.
    [[nodiscard]] std::optional<std::string> next(std::chrono::milliseconds patience);

private:
    using Steady = std::chrono::steady_clock;
    [[nodiscard]] std::string line(const char* type, const Json& object) const;
    [[nodiscard]] std::string lineFor(const Change& change, Instant now) const;
    [[nodiscard]] bool selects(const Json& object) const;

    ClusterState& cluster_;
    WatchRequest request_;
    std::uint64_t position_;
    Steady::time_point end_;
    Steady::time_point bookmarkAt_;
    bool first_ = true;
    bool over_ = false;
};

}  // namespace quarterdeck::demo
