#include "app/session/connection_probe.h"

#include "app/kube/errors.h"

namespace quarterdeck::session {

using namespace std::chrono_literals;

namespace {

/// Without a question from outside a good connection is looked at this seldom.
constexpr auto kRest = 5min;

}  // namespace

ConnectionProbe::ConnectionProbe(std::shared_ptr<kube::KubeClient> client, std::shared_ptr<const Clock> clock,
                                 RandomSource random, const SessionTimes& times, Report report)
    : client_(std::move(client)),
      clock_(std::move(clock)),
      backoff_(times.probe, std::move(random)),
      signedOutRest_(times.signedOutRest),
      report_(std::move(report)),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

unsigned ConnectionProbe::checkNow() {
    const std::scoped_lock lock(mutex_);
    asked_ = true;
    wake_.notify_all();
    return ++questions_;
}

void ConnectionProbe::run(std::stop_token stop) {
    ConnectionStatus last;
    last.since = clock_->now();
    while (!stop.stop_requested()) {
        unsigned question = 0;
        {
            const std::scoped_lock lock(mutex_);
            asked_ = false;
            question = questions_;
        }
        auto answer = client_->version(stop);
        if (stop.stop_requested()) {
            return;
        }
        ConnectionStatus status;
        status.serverVersion = last.serverVersion;
        std::chrono::milliseconds wait = kRest;
        if (answer) {
            status.state = ConnectionState::Connected;
            status.serverVersion = answer->gitVersion;
            backoff_.reset();
        } else if (answer.error().httpStatus == 403) {
            // Anonymous or few rights, but a server that knows us.
            status.state = ConnectionState::Connected;
            backoff_.reset();
        } else {
            status.state =
                kube::needsPerson(answer.error()) ? ConnectionState::SignedOut : ConnectionState::Unreachable;
            status.error = answer.error();
            wait = status.state == ConnectionState::Unreachable ? backoff_.next() : signedOutRest_;
        }
        status.since = status.state == last.state ? last.since : clock_->now();
        last = status;
        report_(std::move(status), question);
        std::unique_lock lock(mutex_);
        // A burst of doubts (every store fails at once) is one question.
        wake_.wait_for(lock, stop, wait, [this] { return asked_; });
        if (asked_ && last.state != ConnectionState::Connected) {
            const auto breath = std::min<std::chrono::milliseconds>(wait, 250ms);
            asked_ = false;
            wake_.wait_for(lock, stop, breath, [this] { return asked_; });
        }
    }
}

}  // namespace quarterdeck::session
