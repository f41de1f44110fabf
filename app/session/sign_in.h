#pragma once

#include <chrono>
#include <memory>
#include <mutex>

#include "app/base/clock.h"
#include "app/kubeconfig/credential_source.h"

namespace quarterdeck::session {

/// A session's say in the login of its user. Logins that failed are not repeated by themselves (see
/// kubeconfig::UserCredentials): opening a context and asking to try again are what begins one. Any thread.
class SignIn {
public:
    /// The context is opened now, which asks for a login if one is needed.
    explicit SignIn(std::shared_ptr<const Clock> clock) : clock_(std::move(clock)), asked_(clock_->monotonic()) {}

    /// The credentials, once they were made; they need not live on. What failed since the context was opened holds.
    void use(const std::shared_ptr<kubeconfig::UserCredentials>& credentials) {
        {
            const std::scoped_lock lock(mutex_);
            credentials_ = credentials;
        }
        credentials->forgetFailure(asked_);
    }
    /// The person asks once more.
    void ask() {
        if (const auto alive = credentials()) {
            alive->forgetFailure(clock_->monotonic());
        }
    }
    /// The person gives up what is under way.
    void cancel() {
        if (const auto alive = credentials()) {
            alive->cancelLogin();
        }
    }

private:
    [[nodiscard]] std::shared_ptr<kubeconfig::UserCredentials> credentials() {
        const std::scoped_lock lock(mutex_);
        return credentials_.lock();
    }

    const std::shared_ptr<const Clock> clock_;
    const std::chrono::milliseconds asked_;
    std::mutex mutex_;
    std::weak_ptr<kubeconfig::UserCredentials> credentials_;
};

}  // namespace quarterdeck::session
