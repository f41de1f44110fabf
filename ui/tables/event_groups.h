#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>

#include "app/kinds/event.h"
#include "app/kube/object_store.h"

namespace quarterdeck::ui {

/// Events of one context in, one event per (object, reason) out, kept by batches: the cost of a batch is that of the
/// groups it touches.
///
/// A group is a kinds::Event: what its latest member says, with the counts summed, first and last seen of all, and a
/// warning where one of them is. Its uid stays the same as long as the group lives; its name and namespace are those of
/// the latest member, which it carries along.
class EventGroups {
public:
    /// Changes of the groups; after a snapshot the removals too.
    [[nodiscard]] kube::Batch apply(const kube::Batch& events);

private:
    using EventPtr = std::shared_ptr<const kinds::Event>;
    struct Group {
        std::map<kube::Uid, EventPtr> members;
    };
    void remove(const kube::Uid& uid, std::set<std::string>& touched);
    void insert(const kube::Uid& uid, EventPtr event, std::set<std::string>& touched);
    [[nodiscard]] kube::ObjectPtr merged(const std::string& key, const Group& group);

    std::unordered_map<std::string, Group> groups_;
    std::unordered_map<kube::Uid, std::string> groupOf_;
    std::uint64_t version_ = 0;
};

/// "pod-uid:BackOff", without slashes (row_key.h); by kind, namespace and name where an event does not tell its
/// object's uid.
[[nodiscard]] std::string eventGroupKey(const kinds::Event& event);

/// The groups of the events of another store, as a store. Interface thread; lives as long as somebody subscribes.
class EventGroupStore : public kube::ObjectStore {
public:
    [[nodiscard]] static std::shared_ptr<EventGroupStore> over(const std::shared_ptr<kube::ObjectStore>& events);

private:
    EventGroups groups_;
    std::unique_ptr<kube::StoreSubscription> source_;
};

}  // namespace quarterdeck::ui
