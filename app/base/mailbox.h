#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <QObject>

namespace quarterdeck {

/// The one road by which values cross into the thread of a QObject: any thread posts, the receiver's thread takes all
/// that has come. A burst of posts wakes the receiver once. Posting after the receiver's death drops the value.
/// Shared by posters and receiver: create with std::make_shared.
template <class T>
class Mailbox : public std::enable_shared_from_this<Mailbox<T>> {
public:
    /// `deliver` runs in the receiver's thread with everything posted since the last time, in order.
    Mailbox(QObject* receiver, std::function<void(std::vector<T>)> deliver)
        : receiver_(receiver), deliver_(std::move(deliver)) {}

    /// Any thread.
    void post(T value) {
        const std::scoped_lock lock(mutex_);
        if (receiver_ == nullptr) {
            return;
        }
        values_.push_back(std::move(value));
        if (!woken_) {
            woken_ = true;
            // Under the lock: close() cannot let the receiver die between the check and the call.
            QMetaObject::invokeMethod(
                receiver_, [box = this->shared_from_this()] { box->drain(); }, Qt::QueuedConnection);
        }
    }

    /// Receiver's thread: delivers what has come without waiting for the event loop.
    void drain() {
        std::vector<T> taken;
        {
            const std::scoped_lock lock(mutex_);
            woken_ = false;
            if (receiver_ == nullptr) {
                return;
            }
            taken.swap(values_);
        }
        if (!taken.empty()) {
            deliver_(std::move(taken));
        }
    }

    /// Receiver's thread, before the receiver dies: nothing is delivered afterwards.
    void close() {
        std::vector<T> dropped;
        const std::scoped_lock lock(mutex_);
        receiver_ = nullptr;
        dropped.swap(values_);
    }

private:
    std::mutex mutex_;
    QObject* receiver_;
    std::function<void(std::vector<T>)> deliver_;
    std::vector<T> values_;
    bool woken_ = false;
};

}  // namespace quarterdeck
