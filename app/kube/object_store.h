#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include <QObject>
#include <QTimer>

#include "app/base/mailbox.h"
#include "app/kube/freshness.h"
#include "app/kube/object.h"
#include "app/kube/store_writer.h"

namespace quarterdeck::kube {

/// Changes since the last batch, each object at most once. `object` is null where it went away.
struct Delta {
    Uid uid;
    ObjectPtr object;
};

struct Batch {
    /// Replace everything known before (first batch of a subscription).
    bool snapshot = false;
    std::vector<Delta> deltas;
    Freshness freshness;
};

class StoreSubscription;

/// The objects of one kind in one context. Written by one reflector thread, read by any. Subscribers get batches in
/// their own thread, at most one per 100 ms.
class ObjectStore : public StoreWriter, public std::enable_shared_from_this<ObjectStore> {
public:
    /// Replaces the content; objects whose uid and resourceVersion are unchanged keep their identity and make no delta.
    void replaceAll(std::vector<ObjectPtr> objects, Freshness freshness) override;
    /// The same for the objects of one namespace; those of others stay.
    void replaceNamespace(const std::string& nameSpace, std::vector<ObjectPtr> objects, Freshness freshness);
    void upsert(ObjectPtr object, Freshness freshness) override;
    void remove(const Uid& uid, Freshness freshness) override;
    void setFreshness(Freshness freshness) override;
    /// Live or Empty that has not been confirmed since `deadline` becomes Stale with this reason.
    void expire(Instant deadline, const Error& reason);

    [[nodiscard]] Freshness freshness() const override;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::vector<ObjectPtr> snapshot() const;
    [[nodiscard]] ObjectPtr find(const Uid& uid) const;

    /// `deliver` runs in the calling thread's event loop until the subscription dies there. The first batch is a
    /// snapshot. Keep the result as long as batches are wanted.
    [[nodiscard]] std::unique_ptr<StoreSubscription> subscribe(std::function<void(const Batch&)> deliver);
    /// The same for an onlooker, who does not hold the store: batches end when the last who does lets go.
    [[nodiscard]] std::unique_ptr<StoreSubscription> follow(std::function<void(const Batch&)> deliver);

private:
    friend class StoreSubscription;
    /// What a subscriber has not been told yet. Guarded by the store's mutex.
    struct Pending {
        bool snapshot = true;
        bool freshnessChanged = true;
        std::unordered_map<Uid, ObjectPtr> changes;
        std::shared_ptr<Mailbox<int>> bell;
    };
    std::unique_ptr<StoreSubscription> enlist(std::shared_ptr<ObjectStore> held,
                                              std::function<void(const Batch&)> deliver);
    void note(const Uid& uid, const ObjectPtr& object);
    void admit(std::vector<ObjectPtr> objects, std::unordered_map<Uid, ObjectPtr>& dropped);
    void ringAll();
    void assign(Freshness freshness);

    mutable std::mutex mutex_;
    std::unordered_map<Uid, ObjectPtr> objects_;
    Freshness freshness_;
    std::vector<std::weak_ptr<Pending>> subscribers_;
};

/// Keeps a subscriber informed while it lives. Lives and dies in the receiver's thread.
class StoreSubscription : public QObject {
    Q_OBJECT
public:
    ~StoreSubscription() override;
    /// The store is gone: of followers only.
    [[nodiscard]] bool ended() const { return store_.expired(); }

private:
    friend class ObjectStore;
    StoreSubscription(std::weak_ptr<ObjectStore> store, std::shared_ptr<ObjectStore> held,
                      std::shared_ptr<ObjectStore::Pending> pending, std::function<void(const Batch&)> deliver);
    void ring();
    void deliverNow();

    std::weak_ptr<ObjectStore> store_;
    std::shared_ptr<ObjectStore> held_;  ///< null for followers
    std::shared_ptr<ObjectStore::Pending> pending_;
    std::function<void(const Batch&)> deliver_;
    QTimer pause_;
    bool waiting_ = false;
};

}  // namespace quarterdeck::kube
