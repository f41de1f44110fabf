#pragma once

#include <memory>
#include <thread>

#include "app/kube/object_store.h"
#include "app/kube/reflector.h"

namespace quarterdeck::session {

/// A store with the reflector that feeds it, on a thread of its own. Destruction stops and joins it (off the
/// interface thread, see Reaper).
class LiveStore {
public:
    LiveStore(std::shared_ptr<http::Channel> channel, const kube::KindDescriptor& kind,
              std::shared_ptr<StringPool> pool, kube::Reflector::Options options)
        : store_(std::make_shared<kube::ObjectStore>()),
          reflector_(std::move(channel), kind, std::move(pool), store_, std::move(options)),
          thread_([this](std::stop_token stop) { reflector_.run(std::move(stop)); }) {}

    [[nodiscard]] const std::shared_ptr<kube::ObjectStore>& store() const { return store_; }
    /// True while somebody beside us holds the store.
    [[nodiscard]] bool inUse() const { return store_.use_count() > kOwnReferences; }
    void retryNow() { reflector_.retryNow(); }
    void renewSilentWatch(std::chrono::milliseconds limit) { reflector_.renewSilentWatch(limit); }
    void requestStop() { thread_.request_stop(); }

private:
    /// Ours and the reflector's.
    static constexpr long kOwnReferences = 2;
    std::shared_ptr<kube::ObjectStore> store_;
    kube::Reflector reflector_;
    std::jthread thread_;
};

}  // namespace quarterdeck::session
