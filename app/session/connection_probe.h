#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/base/backoff.h"
#include "app/kube/kube_client.h"
#include "app/session/cluster_session.h"

namespace quarterdeck::session {

/// Asks the server for its version until it answers, then rests until somebody doubts the connection. Failures are
/// repeated by backoff, a refused sign-in about every minute. That repeats no login that a person takes part in: the
/// credentials hold its failure (see kubeconfig::UserCredentials).
class ConnectionProbe {
public:
    /// An answer, with the number of the last question that it came after; on the probe's thread.
    using Report = std::function<void(ConnectionStatus, unsigned question)>;
    ConnectionProbe(std::shared_ptr<kube::KubeClient> client, std::shared_ptr<const Clock> clock, RandomSource random,
                    const SessionTimes& times, Report report);

    /// Any thread: check again now. The number of this question.
    unsigned checkNow();

private:
    void run(std::stop_token stop);

    std::shared_ptr<kube::KubeClient> client_;
    std::shared_ptr<const Clock> clock_;
    Backoff backoff_;
    const std::chrono::milliseconds signedOutRest_;
    Report report_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool asked_ = false;
    unsigned questions_ = 0;
    std::jthread thread_;
};

}  // namespace quarterdeck::session
