#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "app/base/backoff.h"
#include "app/base/clock.h"
#include "app/http/channel.h"
#include "app/kube/errors.h"
#include "app/kube/kind_descriptor.h"
#include "app/kube/object_store.h"
#include "app/kube/store_writer.h"

namespace quarterdeck::kube {

/// Keeps one ObjectStore equal to what the server has: list at resource version 0, then watch, for ever. Protocol
/// rules: resource versions are opaque and move on object events and bookmarks, never on ERROR; a 410, as status or in
/// the stream, or a version that the server has not reached leads to exactly one relist at version ""; other failures
/// open the watch again from the last version; a store is replaced only by a list that was read to its end. Who may
/// list and not watch sees the rows of lists, Stale with kWatchForbidden, read anew at each deniedPause. Of a
/// kind that is not watched only lists are asked for, at each pollPause: Live with kPolled. run() blocks its thread.
class Reflector {
public:
    struct Timing {
        Backoff::Limits backoff;
        /// Between tries after 403 and 404, which time alone seldom mends …
        std::chrono::milliseconds deniedPause{60'000};
        /// … but so many 404s in a row are retried by backoff: a kind that is being defined anew is away for a moment.
        int missingTries = 4;
        /// Between lists of a kind that nobody can watch.
        std::chrono::milliseconds pollPause{30'000};
        /// Between tries after a refused sign-in, which may mend by itself; retryNow() ends it. That repeats no login:
        /// credentials hold the failure of one.
        std::chrono::milliseconds loginPause{60'000};
        /// The server is asked to end a watch after a random time between these.
        std::chrono::seconds watchFrom{300};
        std::chrono::seconds watchTo{600};
        /// Beyond that limit the watch is given up from this side.
        std::chrono::seconds watchMargin{30};
        /// A watch that held this long resets the backoff.
        std::chrono::milliseconds healthyAfter{120'000};
        /// A clean end within this time and without an event counts as a failure.
        std::chrono::milliseconds hastyEnd{1'000};
        /// A server without Retry-After wishes is retried by backoff; with one, at most this long.
        std::chrono::seconds retryAfterCeiling{300};
        std::size_t maxListBytes = std::size_t{512} << 20U;
        std::size_t maxLineBytes = std::size_t{64} << 20U;
        std::chrono::milliseconds listTimeout{300'000};
    };
    struct Options {
        ContextId context;
        /// Empty = all namespaces.
        std::string nameSpace;
        /// run() ends where the server refuses the list (403), for somebody who knows another way.
        bool endWhenDenied = false;
        std::shared_ptr<const Clock> clock;
        RandomSource random;
        Timing timing;
        /// Told (on the reflector's thread) of every failure that the connection's owner may want to act on.
        std::function<void(const Error&)> onFailure;
    };
    Reflector(std::shared_ptr<http::Channel> channel, const KindDescriptor& kind, std::shared_ptr<StringPool> pool,
              std::shared_ptr<StoreWriter> store, Options options);

    /// Until stop is requested; the refusal where endWhenDenied ended it. May be called again.
    std::optional<Error> run(std::stop_token stop);
    /// Any thread: ends a pause between tries now.
    void retryNow();
    /// Any thread: opens the watch anew, from the last version, if neither head nor event nor bookmark came on it for
    /// `limit`. A stream may be dead although the connection under it answers.
    void renewSilentWatch(std::chrono::milliseconds limit);

private:
    enum class Next { Watch, List, ListFresh, End };

    Result<void> listOnce(std::stop_token stop);
    Result<void> watchOnce(std::stop_token stop, bool& sawEvent);
    void noteSign();
    Next afterFailure(const Error& error, bool listing, std::stop_token stop);
    Next afterWatchRefused(const Error& refusal, std::stop_token stop);
    void pause(std::chrono::milliseconds time, std::stop_token stop);
    void publishFailure(const Error& error, std::chrono::milliseconds wait);
    [[nodiscard]] Freshness fresh() const;
    /// Of a list that was read just now.
    [[nodiscard]] Freshness asListed() const;
    [[nodiscard]] CallLabel label(const char* verb) const;
    [[nodiscard]] std::string collection() const;

    std::shared_ptr<http::Channel> channel_;
    /// A copy: descriptors of discovered kinds do not live for ever.
    KindDescriptor kind_;
    std::shared_ptr<StringPool> pool_;
    DecodeContext decoding_;
    std::shared_ptr<StoreWriter> store_;
    Options options_;
    Backoff backoff_;
    std::string version_ = "0";
    bool listed_ = false;
    /// 404s in a row.
    int missing_ = 0;
    std::optional<Error> denial_;
    /// kWatchForbidden, until a watch opens.
    std::optional<Error> unwatched_;
    /// A watch has opened since the last list.
    bool opened_ = false;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool retry_ = false;
    /// Of the watch that is open, and when something last came on it (monotonic).
    std::optional<std::stop_source> watching_;
    std::chrono::milliseconds lastSign_{0};
};

}  // namespace quarterdeck::kube
