#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "app/kube/namespace_directory.h"
#include "app/kube/namespace_rights.h"
#include "app/kube/object_store.h"
#include "app/kube/reflector.h"
#include "app/kube/scope_freshness.h"

namespace quarterdeck::kube {

/// Keeps one store equal to what the signed-in user may see of a kind: one cluster-wide reflector where that is
/// permitted, else one for each known namespace until the wider right is given. Has threads of its own; destruction
/// stops and joins them. Its functions may be called from any thread.
class KindFeed {
public:
    /// More namespaces than this are not watched one by one. Those that are refused do not count …
    static constexpr std::size_t kMostNamespaces = 24;
    /// … but no more than so many are tried.
    static constexpr std::size_t kMostTried = 256;

    /// `namespaces` null: cluster-wide or not at all. The store outlives the feed.
    KindFeed(std::shared_ptr<http::Channel> channel, const KindDescriptor& kind, std::shared_ptr<StringPool> pool,
             ObjectStore& store, Reflector::Options options, std::shared_ptr<NamespaceDirectory> namespaces);
    ~KindFeed();
    KindFeed(const KindFeed&) = delete;
    KindFeed& operator=(const KindFeed&) = delete;

    void requestStop() { thread_.request_stop(); }
    /// Ends every pause between tries now.
    void retryNow();
    /// Opens watches anew on which nothing came for `limit` (see Reflector).
    void renewSilentWatch(std::chrono::milliseconds limit);
    /// The directory knows more than before.
    void namespacesChanged();
    /// What is Live or Empty and has not been confirmed since `deadline` becomes Stale with this reason.
    void expire(Instant deadline, const Error& reason);

private:
    class PartWriter;
    struct Part {
        std::shared_ptr<StoreWriter> writer;
        std::unique_ptr<Reflector> reflector;
        std::jthread thread;
    };
    using Parts = std::map<std::string, Part>;

    void run(std::stop_token stop);
    void watchParts(const Error& denial, std::stop_token stop);
    void chooseParts(Parts& parts, NamespaceRights& rights, std::stop_token stop);
    /// The namespaces in the order in which they are tried: those that a person named, those that are watched, others.
    [[nodiscard]] std::vector<std::string> candidates(const Parts& parts, std::stop_token stop);
    void dropAllBut(const std::set<std::string>& kept, Parts& parts);
    void noteRefused(const std::string& nameSpace, const std::vector<std::string>& missing);
    [[nodiscard]] bool isRefused(const std::string& nameSpace);
    [[nodiscard]] bool hasGrown();
    void startPart(Parts& parts, const std::string& nameSpace);
    void endPart(Parts& parts, const std::string& nameSpace);
    /// Whether more may be seen of all namespaces at once than of single ones.
    [[nodiscard]] bool mayWiden(std::stop_token stop);
    /// Notes the state of a namespace and applies the state of the whole by `apply`.
    void publish(const std::string& nameSpace, Freshness part, const std::function<void(Freshness)>& apply);

    const std::shared_ptr<http::Channel> channel_;
    const KindDescriptor kind_;  ///< a copy: descriptors of discovered kinds do not live for ever
    const std::shared_ptr<StringPool> pool_;
    ObjectStore& store_;
    const Reflector::Options options_;
    const std::shared_ptr<NamespaceDirectory> namespaces_;

    mutable std::mutex board_;  ///< of what follows; taken before the store's
    ScopedParts scoped_;
    bool narrow_ = false;

    std::mutex mutex_;  ///< of what follows; never held together with `board_`
    std::condition_variable_any wake_;
    std::set<Reflector*> reflectors_;
    bool grown_ = false;
    bool retry_ = false;

    std::jthread thread_;
};

}  // namespace quarterdeck::kube
