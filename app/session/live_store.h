#pragma once

#include <memory>

#include "app/kube/kind_feed.h"

namespace quarterdeck::session {

/// A store with what feeds it. Destruction stops and joins (off the interface thread, see Reaper).
class LiveStore {
public:
    /// `namespaces` null: cluster-wide or not at all.
    LiveStore(std::shared_ptr<http::Channel> channel, const kube::KindDescriptor& kind,
              std::shared_ptr<StringPool> pool, kube::Reflector::Options options,
              std::shared_ptr<kube::NamespaceDirectory> namespaces = nullptr)
        : store_(std::make_shared<kube::ObjectStore>()),
          feed_(std::move(channel), kind, std::move(pool), *store_, std::move(options), std::move(namespaces)) {}

    [[nodiscard]] const std::shared_ptr<kube::ObjectStore>& store() const { return store_; }
    /// True while somebody beside us holds the store.
    [[nodiscard]] bool inUse() const { return store_.use_count() > 1; }
    void retryNow() { feed_.retryNow(); }
    void requestStop() { feed_.requestStop(); }
    [[nodiscard]] kube::KindFeed& feed() { return feed_; }

private:
    std::shared_ptr<kube::ObjectStore> store_;
    kube::KindFeed feed_;
};

}  // namespace quarterdeck::session
