#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/demo/store/json.h"
#include "app/demo/store/random.h"
#include "app/demo/store/resource_types.h"

namespace quarterdeck::demo {

/// One step in the life of an object, as watches report it.
struct Change {
    enum class Type { Added, Modified, Deleted };
    std::uint64_t version = 0;
    Type type = Type::Added;
    const ResourceType* resource = nullptr;
    ObjectPtr object;    ///< after the change; for Deleted the last state, carrying the version of the deletion
    ObjectPtr previous;  ///< before the change; null for Added
};

/// The objects of one API server with one resourceVersion for all of them and a bounded memory of changes.
/// Not synchronised: the owner locks.
class ObjectDb {
public:
    static constexpr std::size_t kHistory = 4096;

    explicit ObjectDb(Random& random) : random_(random) {}

    /// Version of the latest change.
    [[nodiscard]] std::uint64_t version() const { return version_; }
    /// A watch may begin at this version or later; before it changes are forgotten.
    [[nodiscard]] std::uint64_t oldestVersion() const { return oldest_; }

    [[nodiscard]] ObjectPtr get(const ResourceType& type, const std::string& nameSpace, const std::string& name) const;
    /// Sorted by namespace and name; an empty namespace means all.
    [[nodiscard]] std::vector<ObjectPtr> list(const ResourceType& type, const std::string& nameSpace = {}) const;
    /// Objects whose controller is `ownerUid`, sorted.
    [[nodiscard]] std::vector<ObjectPtr> owned(const ResourceType& type, const std::string& ownerUid) const;
    /// Version of the latest change to a resource.
    [[nodiscard]] std::uint64_t versionOf(const ResourceType& type) const;
    /// Version of the latest deletion of anything but events.
    [[nodiscard]] std::uint64_t lastDeletion() const { return lastDeletion_; }
    /// As list(), at an earlier version; nothing where that is forgotten or has not happened yet.
    [[nodiscard]] std::optional<std::vector<ObjectPtr>> listAt(const ResourceType& type, const std::string& nameSpace,
                                                               std::uint64_t version) const;

    /// Completes an object as the server does before storing it: kind, uid, creationTimestamp, generation,
    /// resourceVersion (of the next change). Nothing is stored.
    [[nodiscard]] Json complete(const ResourceType& type, Json object, Instant now);
    /// Creates or replaces. An object equal to the stored one changes nothing. Returns what is stored now.
    ObjectPtr put(const ResourceType& type, Json object, Instant now);
    /// The last state of the removed object, null where there was none.
    ObjectPtr remove(const ResourceType& type, const std::string& nameSpace, const std::string& name);

    /// Changes of one resource after `version`; the caller has checked oldestVersion().
    [[nodiscard]] std::vector<Change> changesAfter(std::uint64_t version, const ResourceType& type) const;
    /// Forgets all changes: watches from an earlier version get 410.
    void forgetHistory();
    /// Forgets every object and every change; versions go on rising.
    void clear();

private:
    using Key = std::pair<std::string, std::string>;
    using Table = std::map<Key, ObjectPtr>;

    void record(Change change);
    void unlink(const ResourceType& type, const Json& object);

    Random& random_;
    std::map<const ResourceType*, Table> tables_;
    std::map<std::pair<const ResourceType*, std::string>, Table> byOwner_;
    std::map<const ResourceType*, std::uint64_t> versions_;
    std::uint64_t lastDeletion_ = 0;
    std::deque<Change> history_;
    std::uint64_t version_ = 1000;
    std::uint64_t oldest_ = 1000;
};

}  // namespace quarterdeck::demo
