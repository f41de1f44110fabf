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
/// repeated by backoff; a refused sign-in waits for the person, so that no login storms arise.
class ConnectionProbe {
public:
    /// `report` runs on the probe's thread.
    ConnectionProbe(std::shared_ptr<kube::KubeClient> client, std::shared_ptr<const Clock> clock, RandomSource random,
                    Backoff::Limits limits, std::function<void(ConnectionStatus)> report);

    /// Any thread: check again now.
    void checkNow();

private:
    void run(std::stop_token stop);

    std::shared_ptr<kube::KubeClient> client_;
    std::shared_ptr<const Clock> clock_;
    Backoff backoff_;
    std::function<void(ConnectionStatus)> report_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool asked_ = false;
    std::jthread thread_;
};

}  // namespace quarterdeck::session
