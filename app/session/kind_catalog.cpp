#include "app/session/kind_catalog.h"

#include "app/kube/errors.h"
#include "app/kube/kube_client.h"

namespace quarterdeck::session {

using std::chrono::milliseconds;

KindCatalog::KindCatalog(Options options)
    : options_(std::move(options)),
      backoff_(options_.timing.backoff, options_.random),
      ledger_(options_.client->context()),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void KindCatalog::lookNow() {
    const std::scoped_lock lock(mutex_);
    asked_ = true;
    wake_.notify_all();
}

void KindCatalog::expectChange() {
    const std::scoped_lock lock(mutex_);
    settlingStep_ = 0;
    wake_.notify_all();
}

void KindCatalog::setWatched(bool watched) {
    const std::scoped_lock lock(mutex_);
    watched_ = watched;
    wake_.notify_all();
}

void KindCatalog::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        milliseconds wait{};
        look(stop, wait);
        std::unique_lock lock(mutex_);
        const bool wasWatched = watched_;
        // Whoever stops watching is looked after sooner.
        wake_.wait_for(lock, stop, wait, [&] { return asked_ || settlingStep_ == 0 || watched_ != wasWatched; });
        if (!std::exchange(asked_, false) && settlingStep_ < options_.timing.settling.size()) {
            const milliseconds pause = options_.timing.settling[settlingStep_++];
            wake_.wait_for(lock, stop, pause, [&] { return asked_; });
            asked_ = false;
        }
    }
}

void KindCatalog::look(const std::stop_token& stop, milliseconds& wait) {
    const auto found = kube::discover(*options_.client, stop);
    if (stop.stop_requested()) {
        return;
    }
    kube::Freshness freshness{kube::FreshnessState::Live, options_.clock->now(), std::nullopt, std::nullopt};
    if (found) {
        known_ = true;
        backoff_.reset();
        freshness.reason = kube::staleReason(options_.client->context(), *found);
        store_->replaceAll(ledger_.take(*found), std::move(freshness));
        const std::scoped_lock lock(mutex_);
        const bool settling = settlingStep_ < options_.timing.settling.size();
        wait = settling                             ? milliseconds(0)
               : ledger_.inDoubt()                  ? options_.timing.doubt
               : !found->stale.empty() || !watched_ ? options_.timing.unwatchedRest
                                                    : options_.timing.rest;
        return;
    }
    const Error& error = found.error();
    if (options_.onFailure) {
        options_.onFailure(error);
    }
    wait = error.httpStatus == 403 ? options_.timing.unwatchedRest : backoff_.next();
    freshness.reason = error;
    freshness.nextTry = freshness.since + wait;
    if (known_) {
        freshness.state = kube::FreshnessState::Stale;
        freshness.since = store_->freshness().since;
    } else {
        freshness.state = error.httpStatus == 403 ? kube::FreshnessState::Forbidden : kube::FreshnessState::Failed;
    }
    store_->setFreshness(std::move(freshness));
}

}  // namespace quarterdeck::session
