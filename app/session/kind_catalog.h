#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/base/backoff.h"
#include "app/base/clock.h"
#include "app/kube/object_store.h"
#include "app/kube/served_kind.h"

namespace quarterdeck::kube {
class KubeClient;
}

namespace quarterdeck::session {

/// Knows what a server serves, on a thread of its own: discovers when made, when told that something changed, and now
/// and then by itself. Destruction stops and joins (off the interface thread, see Reaper).
class KindCatalog {
public:
    struct Timing {
        /// Between two looks where changes are told.
        std::chrono::milliseconds rest{600'000};
        /// The same where nobody may watch definitions.
        std::chrono::milliseconds unwatchedRest{60'000};
        /// After a change servers tell the new state within a few seconds, not at once.
        std::vector<std::chrono::milliseconds> settling{std::chrono::milliseconds(300), std::chrono::milliseconds(1200),
                                                        std::chrono::milliseconds(4000),
                                                        std::chrono::milliseconds(12'000)};
        /// Before the second look at what was missed.
        std::chrono::milliseconds doubt{1000};
        Backoff::Limits backoff;
    };
    struct Options {
        std::shared_ptr<kube::KubeClient> client;
        std::shared_ptr<const Clock> clock;
        RandomSource random;
        Timing timing;
        /// On the catalog's thread.
        std::function<void(const Error&)> onFailure;
    };
    explicit KindCatalog(Options options);

    /// Of kube::ServedKind.
    [[nodiscard]] const std::shared_ptr<kube::ObjectStore>& store() const { return store_; }
    /// True while somebody beside us holds the store.
    [[nodiscard]] bool inUse() const { return store_.use_count() > 1; }
    void requestStop() { thread_.request_stop(); }

    // Any thread:
    /// Look again now.
    void lookNow();
    /// Definitions changed: look now and, as the server follows late, a few times more.
    void expectChange();
    /// Whether somebody tells us of changes.
    void setWatched(bool watched);

private:
    void run(const std::stop_token& stop);
    void look(const std::stop_token& stop, std::chrono::milliseconds& wait);

    Options options_;
    Backoff backoff_;
    std::shared_ptr<kube::ObjectStore> store_ = std::make_shared<kube::ObjectStore>();
    kube::KindLedger ledger_;
    bool known_ = false;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool asked_ = false;
    bool watched_ = false;
    std::size_t settlingStep_ = SIZE_MAX;
    std::jthread thread_;  // last: joined before the rest dies
};

}  // namespace quarterdeck::session
