#include "app/kube/object_store.h"

namespace quarterdeck::kube {

namespace {

constexpr int kBatchPauseMillis = 100;

bool sameIdentity(const ObjectPtr& left, const ObjectPtr& right) {
    return left->meta.resourceVersion == right->meta.resourceVersion && !left->meta.resourceVersion.empty();
}

}  // namespace

void ObjectStore::assign(Freshness freshness) {
    // Whether there are objects is the store's own knowledge.
    if (freshness.state == FreshnessState::Live || freshness.state == FreshnessState::Empty) {
        freshness.state = objects_.empty() ? FreshnessState::Empty : FreshnessState::Live;
    }
    freshness_ = std::move(freshness);
    for (const auto& weak : subscribers_) {
        if (const auto pending = weak.lock()) {
            pending->freshnessChanged = true;
        }
    }
}

void ObjectStore::note(const Uid& uid, const ObjectPtr& object) {
    for (const auto& weak : subscribers_) {
        if (const auto pending = weak.lock(); pending && !pending->snapshot) {
            pending->changes[uid] = object;
        }
    }
}

void ObjectStore::ringAll() {
    std::erase_if(subscribers_, [](const auto& weak) { return weak.expired(); });
    for (const auto& weak : subscribers_) {
        if (const auto pending = weak.lock()) {
            pending->bell->post(0);
        }
    }
}

/// With the lock held: takes the objects in place of the dropped ones.
void ObjectStore::admit(std::vector<ObjectPtr> objects, std::unordered_map<Uid, ObjectPtr>& dropped) {
    for (ObjectPtr& object : objects) {
        const Uid& uid = object->meta.uid;
        const auto old = dropped.find(uid);
        if (old != dropped.end() && sameIdentity(old->second, object)) {
            objects_.insert_or_assign(uid, old->second);
        } else {
            note(uid, object);
            objects_.insert_or_assign(uid, std::move(object));
        }
    }
    for (const auto& [uid, object] : dropped) {
        if (!objects_.contains(uid)) {
            note(uid, nullptr);
        }
    }
}

void ObjectStore::replaceAll(std::vector<ObjectPtr> objects, Freshness freshness) {
    std::unordered_map<Uid, ObjectPtr> dropped;  // freed after the lock is gone
    const std::scoped_lock lock(mutex_);
    dropped.swap(objects_);
    objects_.reserve(objects.size());
    admit(std::move(objects), dropped);
    assign(std::move(freshness));
    ringAll();
}

void ObjectStore::replaceNamespace(const std::string& nameSpace, std::vector<ObjectPtr> objects, Freshness freshness) {
    std::unordered_map<Uid, ObjectPtr> dropped;  // freed after the lock is gone
    const std::scoped_lock lock(mutex_);
    for (auto it = objects_.begin(); it != objects_.end();) {
        if (it->second->meta.nameSpace.str() == nameSpace) {
            dropped.insert(objects_.extract(it++));
        } else {
            ++it;
        }
    }
    admit(std::move(objects), dropped);
    assign(std::move(freshness));
    ringAll();
}

void ObjectStore::upsert(ObjectPtr object, Freshness freshness) {
    ObjectPtr old;
    const std::scoped_lock lock(mutex_);
    ObjectPtr& slot = objects_[object->meta.uid];
    old = std::move(slot);
    slot = std::move(object);
    note(slot->meta.uid, slot);
    assign(std::move(freshness));
    ringAll();
}

void ObjectStore::remove(const Uid& uid, Freshness freshness) {
    ObjectPtr old;
    const std::scoped_lock lock(mutex_);
    const auto found = objects_.find(uid);
    if (found != objects_.end()) {
        old = std::move(found->second);
        objects_.erase(found);
        note(uid, nullptr);
    }
    assign(std::move(freshness));
    ringAll();
}

void ObjectStore::setFreshness(Freshness freshness) {
    const std::scoped_lock lock(mutex_);
    assign(std::move(freshness));
    ringAll();
}

void ObjectStore::expire(Instant deadline, const Error& reason) {
    const std::scoped_lock lock(mutex_);
    const bool live = freshness_.state == FreshnessState::Live || freshness_.state == FreshnessState::Empty;
    if (live && freshness_.since < deadline) {
        assign({FreshnessState::Stale, freshness_.since, reason, std::nullopt});
        ringAll();
    }
}

Freshness ObjectStore::freshness() const {
    const std::scoped_lock lock(mutex_);
    return freshness_;
}

std::size_t ObjectStore::size() const {
    const std::scoped_lock lock(mutex_);
    return objects_.size();
}

std::vector<ObjectPtr> ObjectStore::snapshot() const {
    const std::scoped_lock lock(mutex_);
    std::vector<ObjectPtr> objects;
    objects.reserve(objects_.size());
    for (const auto& [uid, object] : objects_) {
        objects.push_back(object);
    }
    return objects;
}

ObjectPtr ObjectStore::find(const Uid& uid) const {
    const std::scoped_lock lock(mutex_);
    const auto found = objects_.find(uid);
    return found == objects_.end() ? nullptr : found->second;
}

std::unique_ptr<StoreSubscription> ObjectStore::subscribe(std::function<void(const Batch&)> deliver) {
    return enlist(shared_from_this(), std::move(deliver));
}

std::unique_ptr<StoreSubscription> ObjectStore::follow(std::function<void(const Batch&)> deliver) {
    return enlist(nullptr, std::move(deliver));
}

std::unique_ptr<StoreSubscription> ObjectStore::enlist(std::shared_ptr<ObjectStore> held,
                                                       std::function<void(const Batch&)> deliver) {
    auto pending = std::make_shared<Pending>();
    // The subscription rings itself once for the first snapshot.
    std::unique_ptr<StoreSubscription> subscription(
        new StoreSubscription(weak_from_this(), std::move(held), pending, std::move(deliver)));
    const std::scoped_lock lock(mutex_);
    subscribers_.push_back(pending);
    pending->bell->post(0);
    return subscription;
}

StoreSubscription::StoreSubscription(std::weak_ptr<ObjectStore> store, std::shared_ptr<ObjectStore> held,
                                     std::shared_ptr<ObjectStore::Pending> pending,
                                     std::function<void(const Batch&)> deliver)
    : store_(std::move(store)), held_(std::move(held)), pending_(std::move(pending)), deliver_(std::move(deliver)) {
    pending_->bell = std::make_shared<Mailbox<int>>(this, [this](const std::vector<int>&) { ring(); });
    pause_.setSingleShot(true);
    pause_.setInterval(kBatchPauseMillis);
    QObject::connect(&pause_, &QTimer::timeout, this, [this] {
        if (waiting_) {
            waiting_ = false;
            deliverNow();
        }
    });
}

StoreSubscription::~StoreSubscription() {
    pending_->bell->close();
}

void StoreSubscription::ring() {
    if (pause_.isActive()) {
        waiting_ = true;
        return;
    }
    deliverNow();
}

void StoreSubscription::deliverNow() {
    const std::shared_ptr<ObjectStore> store = store_.lock();
    if (!store) {
        return;
    }
    Batch batch;
    {
        const std::scoped_lock lock(store->mutex_);
        batch.snapshot = std::exchange(pending_->snapshot, false);
        const bool freshnessChanged = std::exchange(pending_->freshnessChanged, false);
        if (batch.snapshot) {
            pending_->changes.clear();
            batch.deltas.reserve(store->objects_.size());
            for (const auto& [uid, object] : store->objects_) {
                batch.deltas.push_back({uid, object});
            }
        } else {
            batch.deltas.reserve(pending_->changes.size());
            for (auto& [uid, object] : pending_->changes) {
                batch.deltas.push_back({uid, std::move(object)});
            }
            pending_->changes = {};
            if (batch.deltas.empty() && !freshnessChanged) {
                return;
            }
        }
        batch.freshness = store->freshness_;
    }
    pause_.start();
    deliver_(batch);
}

}  // namespace quarterdeck::kube
