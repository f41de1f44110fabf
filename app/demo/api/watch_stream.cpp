#include "app/demo/api/watch_stream.h"

namespace quarterdeck::demo {
namespace {

constexpr std::chrono::milliseconds kFirstBookmark{1500};
constexpr std::chrono::seconds kBookmarks{30};

}  // namespace

WatchStream::WatchStream(ClusterState& cluster, WatchRequest request)
    : cluster_(cluster),
      request_(std::move(request)),
      position_(request_.from),
      end_(Steady::now() + request_.timeout),
      bookmarkAt_(Steady::now() + kFirstBookmark) {}

std::string WatchStream::line(const char* type, const Json& object) const {
    const Json event = {{"type", type}, {"object", object}};
    return event.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool WatchStream::selects(const Json& object) const {
    return (request_.target.nameSpace.empty() || namespaceOf(object) == request_.target.nameSpace) &&
           (request_.target.name.empty() || nameOf(object) == request_.target.name) &&
           request_.selection.matches(object);
}

std::string WatchStream::lineFor(const Change& change, Instant now) const {
    const bool is = change.type != Change::Type::Deleted && selects(*change.object);
    const bool was = change.previous && selects(*change.previous);
    if (!is && !was) {
        return {};
    }
    if (!is) {  // gone, or no longer selected: its last selected state with the version of the change
        Json last = *change.previous;
        last["metadata"]["resourceVersion"] = std::to_string(change.version);
        return line("DELETED", request_.representation.one(last, now));
    }
    return line(was ? "MODIFIED" : "ADDED", request_.representation.one(*change.object, now));
}

std::optional<std::string> WatchStream::next(std::chrono::milliseconds patience) {
    if (over_) {
        return std::nullopt;
    }
    std::unique_lock lock(cluster_.mutex);
    const Instant now = cluster_.now();
    std::string lines;
    if (first_) {
        first_ = false;
        if (request_.initialEvents) {
            for (const ObjectPtr& object : cluster_.db.list(*request_.target.type, request_.target.nameSpace)) {
                if (selects(*object)) {
                    lines += line("ADDED", request_.representation.one(*object, now));
                }
            }
            position_ = cluster_.db.version();
            if (request_.announceEnd) {
                lines += line("BOOKMARK", request_.representation.bookmark(std::to_string(position_), true));
            }
        }
        if (!lines.empty()) {
            return lines;
        }
    }
    const auto until = std::min({Steady::now() + patience, end_, request_.bookmarks ? bookmarkAt_ : end_});
    cluster_.changed.wait_until(lock, until, [&] { return cluster_.db.version() > position_ || cluster_.closing; });
    if (cluster_.closing) {
        over_ = true;
        return std::nullopt;
    }
    if (position_ < cluster_.db.oldestVersion()) {
        over_ = true;
        return line("ERROR",
                    statusObject(expired(std::to_string(position_), std::to_string(cluster_.db.oldestVersion()))));
    }
    for (const Change& change : cluster_.db.changesAfter(position_, *request_.target.type)) {
        lines += lineFor(change, cluster_.now());
    }
    position_ = cluster_.db.version();
    if (request_.bookmarks && Steady::now() >= bookmarkAt_) {
        bookmarkAt_ = Steady::now() + kBookmarks;
        lines += line("BOOKMARK", request_.representation.bookmark(std::to_string(position_), false));
    }
    over_ = Steady::now() >= end_;
    return lines;
}

}  // namespace quarterdeck::demo
