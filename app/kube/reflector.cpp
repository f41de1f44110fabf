#include "app/kube/reflector.h"

#include <malloc.h>

#include <fmt/format.h>

#include "app/kube/kube_client.h"
#include "app/kube/list_call.h"
#include "app/kube/protobuf.h"
#include "app/kube/watch_sink.h"

namespace quarterdeck::kube {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

/// A list of so many objects leaves much freed memory behind, which goes back to the system at once.
constexpr std::size_t kTrimAbove = 2'000;

/// The server has lost our version, or is behind it (restored from a backup, or another server behind one address):
/// neither is ever mended by asking for the same version again.
bool isLostVersion(const Error& error) {
    return error.httpStatus == 410 || error.is(kVersionAhead);
}

void returnMemory() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

}  // namespace

Reflector::Reflector(std::shared_ptr<http::Channel> channel, const KindDescriptor& kind,
                     std::shared_ptr<StringPool> pool, std::shared_ptr<StoreWriter> store, Options options)
    : channel_(std::move(channel)),
      kind_(kind),
      pool_(std::move(pool)),
      decoding_{*pool_},
      store_(std::move(store)),
      options_(std::move(options)),
      backoff_(options_.timing.backoff, options_.random) {}

CallLabel Reflector::label(const char* verb) const {
    return {options_.context, verb, describeScope(kind_.type, options_.nameSpace)};
}

std::string Reflector::collection() const {
    return KubeClient::path(kind_.type, options_.nameSpace);
}

Freshness Reflector::fresh() const {
    return {FreshnessState::Live, options_.clock->now(), std::nullopt, std::nullopt};
}

Freshness Reflector::asListed() const {
    Freshness freshness = fresh();
    if (!kind_.watched) {
        freshness.reason =
            makePolled(options_.context, describeScope(kind_.type, options_.nameSpace), options_.timing.pollPause);
        freshness.nextTry = freshness.since + options_.timing.pollPause;
    } else if (unwatched_) {
        freshness.state = FreshnessState::Stale;
        freshness.reason = unwatched_;
        freshness.nextTry = freshness.since + options_.timing.deniedPause;
    }
    return freshness;
}

void Reflector::retryNow() {
    const std::scoped_lock lock(mutex_);
    retry_ = true;
    wake_.notify_all();
}

void Reflector::noteSign() {
    const std::scoped_lock lock(mutex_);
    lastSign_ = options_.clock->monotonic();
}

void Reflector::renewSilentWatch(milliseconds limit) {
    const std::scoped_lock lock(mutex_);
    if (watching_ && options_.clock->monotonic() - lastSign_ >= limit) {
        watching_->request_stop();
    }
}

void Reflector::pause(milliseconds time, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, time, [this] { return retry_; });
    if (retry_) {
        retry_ = false;
        backoff_.reset();
    }
}

std::optional<Error> Reflector::run(std::stop_token stop) {
    denial_.reset();
    unwatched_.reset();
    opened_ = false;
    Next next = Next::List;
    bool relistAfterExpiry = false;  // a second 410 right after a relist must not become a loop
    while (!stop.stop_requested() && next != Next::End) {
        if (next != Next::Watch) {
            if (next == Next::ListFresh) {
                version_.clear();
            }
            const auto listed = listOnce(stop);
            next = listed ? Next::Watch : afterFailure(listed.error(), true, stop);
            continue;
        }
        if (!kind_.watched) {
            pause(options_.timing.pollPause, stop);
            version_ = "0";
            next = Next::List;
            continue;
        }
        bool sawEvent = false;
        const milliseconds begun = options_.clock->monotonic();
        const auto watched = watchOnce(stop, sawEvent);
        const milliseconds held = options_.clock->monotonic() - begun;
        if (stop.stop_requested()) {
            break;
        }
        if (sawEvent) {
            relistAfterExpiry = false;
        }
        if (sawEvent || watched) {
            missing_ = 0;
        }
        if (held >= options_.timing.healthyAfter) {
            backoff_.reset();
        }
        if (watched) {
            if (held < options_.timing.hastyEnd && !sawEvent) {
                pause(backoff_.next(), stop);
            }
        } else if (watched.error().is(kCancelled)) {
            // Renewed because it was silent: from the last version.
        } else if (isLostVersion(watched.error())) {
            if (relistAfterExpiry) {
                pause(backoff_.next(), stop);
            }
            relistAfterExpiry = true;
            next = Next::ListFresh;
        } else {
            next = afterFailure(watched.error(), false, stop);
        }
    }
    return denial_;
}

Result<void> Reflector::listOnce(std::stop_token stop) {
    ListCall call;
    call.context = options_.context;
    call.nameSpace = options_.nameSpace;
    call.version = version_;
    call.priority = http::Priority::Watch;
    call.maxBytes = options_.timing.maxListBytes;
    call.timeout = options_.timing.listTimeout;
    auto list = listAll(*channel_, kind_, call, decoding_, std::move(stop));
    if (!list) {
        return fail(list.error());
    }
    missing_ = 0;
    const bool large = list->items.size() > kTrimAbove;
    store_->replaceAll(std::move(list->items), asListed());
    opened_ = false;
    version_ = std::move(list->resourceVersion);
    listed_ = true;
    if (large) {
        returnMemory();
    }
    return {};
}

Result<void> Reflector::watchOnce(std::stop_token stop, bool& sawEvent) {
    const Timing& timing = options_.timing;
    const double span = static_cast<double>((timing.watchTo - timing.watchFrom).count());
    const auto seconds = timing.watchFrom + std::chrono::seconds(static_cast<long>(span * options_.random()));
    http::Request request;
    request.target = fmt::format("{}?watch=true&allowWatchBookmarks=true&resourceVersion={}&timeoutSeconds={}",
                                 collection(), http::percentEncode(version_), seconds.count());
    if (!kind_.query.empty()) {
        request.target.append("&").append(kind_.query);
    }
    request.headers.push_back({"Accept", acceptHeader(kind_, true)});
    request.priority = http::Priority::Watch;
    request.timeout = seconds + timing.watchMargin;
    request.compressed = false;

    std::optional<Error> failure;
    const CallLabel call = label("watch");
    const auto onEvent = [&](Result<WatchEvent> event) {
        noteSign();
        if (!event && event.error().is(kIncompleteObject)) {
            return true;  // nothing to show it by
        }
        if (!event) {
            failure = makeError(kUnreadable, {{"context", call.context}, {"verb", call.verb}, {"what", call.what}},
                                event.error());
            return false;
        }
        if (event->type == WatchEventType::Error) {
            failure = apiStatusError(event->status, call);
            return false;
        }
        sawEvent = true;
        if (event->type == WatchEventType::Bookmark) {
            store_->setFreshness(fresh());
        } else if (event->object == nullptr) {
            return true;  // an object without name or uid: nothing to show it by
        } else if (event->type == WatchEventType::Deleted) {
            store_->remove(event->object->meta.uid, fresh());
        } else {
            store_->upsert(std::move(event->object), fresh());
        }
        if (!event->resourceVersion.empty()) {
            version_ = std::move(event->resourceVersion);
        }
        return true;
    };
    WatchSink::Handler handler;
    handler.onOpen = [&] {
        noteSign();
        unwatched_.reset();
        opened_ = true;
        store_->setFreshness(fresh());
        return true;
    };
    handler.onLine = [&](std::string& line) { return onEvent(kind_.decodeWatchLine(line, decoding_)); };
    if (kind_.decodeProtobufFrame != nullptr) {
        handler.onFrame = [&](std::string_view frame) { return onEvent(kind_.decodeProtobufFrame(frame, decoding_)); };
    }
    WatchSink sink(std::move(handler), timing.maxLineBytes);
    std::stop_source own;
    const std::stop_callback forward(std::move(stop), [&own] { own.request_stop(); });
    {
        const std::scoped_lock lock(mutex_);
        watching_ = own;
        lastSign_ = options_.clock->monotonic();
    }
    const auto ended = channel_->stream(request, sink, own.get_token());
    {
        const std::scoped_lock lock(mutex_);
        watching_.reset();
    }
    if (failure) {
        return fail(std::move(*failure));
    }
    if (sink.eventTooLong()) {
        return fail(kLineTooLong, {{"context", call.context},
                                   {"what", call.what},
                                   {"limit", fmt::format("{} MiB", timing.maxLineBytes >> 20U)}});
    }
    if (sink.unaskedFrames()) {
        return fail(unaskedTypeError(sink.head(), call));
    }
    if (sink.refused()) {
        return fail(statusError(sink.head(), sink.refusal(), call));
    }
    if (!ended) {
        return fail(ended.error());
    }
    return {};
}

void Reflector::publishFailure(const Error& error, milliseconds wait) {
    Freshness freshness;
    const Instant now = options_.clock->now();
    const Freshness before = store_->freshness();
    freshness.reason = error;
    if (error.httpStatus == 401 || !needsPerson(error)) {
        freshness.nextTry = now + wait;  // of a login nothing is promised
    }
    if (error.httpStatus == 403) {
        freshness.state = FreshnessState::Forbidden;
        freshness.since = before.state == FreshnessState::Forbidden ? before.since : now;
    } else if (listed_) {
        freshness.state = FreshnessState::Stale;
        freshness.since = before.since;
    } else {
        freshness.state = FreshnessState::Failed;
        freshness.since = before.state == FreshnessState::Failed ? before.since : now;
    }
    if (error.httpStatus == 403 && listed_) {
        // The right was taken away: what was seen before may no longer be shown as true.
        listed_ = false;
        store_->replaceAll({}, freshness);
        return;
    }
    store_->setFreshness(std::move(freshness));
}

Reflector::Next Reflector::afterFailure(const Error& error, bool listing, std::stop_token stop) {
    const Next again = listing ? Next::List : Next::Watch;
    if (error.is(kCancelled)) {
        return again;
    }
    if (options_.onFailure) {
        options_.onFailure(error);
    }
    if (error.httpStatus == 403 && !listing) {
        return afterWatchRefused(error, std::move(stop));
    }
    if (error.httpStatus == 403 && options_.endWhenDenied) {
        version_ = "0";
        listed_ = false;
        denial_ = error;
        return Next::End;
    }
    milliseconds wait = backoff_.next();
    if (isLostVersion(error)) {
        publishFailure(error, wait);
        pause(wait, stop);
        return Next::ListFresh;
    }
    if (needsPerson(error)) {
        wait = options_.timing.loginPause;
    }
    switch (error.httpStatus) {
        case 401:
            break;
        case 403:
            wait = options_.timing.deniedPause;
            break;
        case 404:
            if (++missing_ > options_.timing.missingTries) {
                wait = options_.timing.deniedPause;
            }
            break;
        default:
            if (error.retryAfter) {
                wait = std::max(wait, milliseconds(std::min(*error.retryAfter, options_.timing.retryAfterCeiling)));
            }
    }
    publishFailure(error, wait);
    pause(wait, stop);
    if (error.httpStatus == 403) {
        version_ = "0";
    }
    return again;
}

Reflector::Next Reflector::afterWatchRefused(const Error& refusal, std::stop_token stop) {
    // Where a watch was open before, all rights may be gone: a list tells soon. One that was just read has told it.
    const milliseconds wait = opened_ ? backoff_.next() : options_.timing.deniedPause;
    unwatched_ = makeWatchForbidden(refusal, options_.timing.deniedPause);
    const Freshness before = store_->freshness();
    store_->setFreshness({FreshnessState::Stale, before.since, unwatched_, options_.clock->now() + wait});
    pause(wait, std::move(stop));
    return Next::List;
}

}  // namespace quarterdeck::kube
