#include "ui/tables/event_groups.h"

#include <limits>
#include <tuple>

#include "ui/tables/derived_batch.h"
#include "ui/tables/derived_store.h"

namespace quarterdeck::ui {

namespace {

/// Later is more telling; the name only makes the choice repeatable.
bool isLater(const kinds::Event& left, const kinds::Event& right) {
    const auto rank = [](const kinds::Event& event) {
        return std::tuple(event.lastSeen.value_or(Instant::min()), std::string_view(event.meta.name));
    };
    return rank(left) > rank(right);
}

std::int32_t saturated(std::int64_t count) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>(std::min(count, kMost));
}

}  // namespace

std::string eventGroupKey(const kinds::Event& event) {
    const kinds::EventSubject& subject = event.subject;
    std::string key = subject.uid;
    if (key.empty()) {
        key = subject.kind.str() + ':' + subject.nameSpace.str() + ':' + subject.name;
    }
    key += ':';
    key += event.reason.view();
    std::replace(key.begin(), key.end(), '/', ':');  // uids hold no slash, as row keys know
    return key;
}

kube::Batch EventGroups::apply(const kube::Batch& events) {
    std::set<std::string> touched;
    if (events.snapshot) {
        for (const auto& [key, group] : groups_) {
            touched.insert(key);
        }
        groups_.clear();
        groupOf_.clear();
    }
    for (const kube::Delta& delta : events.deltas) {
        remove(delta.uid, touched);
        if (delta.object) {
            insert(delta.uid, std::static_pointer_cast<const kinds::Event>(delta.object), touched);
        }
    }
    kube::Batch changes;
    changes.snapshot = events.snapshot;
    changes.freshness = events.freshness;
    changes.deltas.reserve(touched.size());
    for (const std::string& key : touched) {
        const auto group = groups_.find(key);
        const bool gone = group == groups_.end() || group->second.members.empty();
        changes.deltas.push_back({key, gone ? nullptr : merged(key, group->second)});
        if (gone && group != groups_.end()) {
            groups_.erase(group);
        }
    }
    return changes;
}

void EventGroups::remove(const kube::Uid& uid, std::set<std::string>& touched) {
    const auto known = groupOf_.find(uid);
    if (known == groupOf_.end()) {
        return;
    }
    groups_[known->second].members.erase(uid);
    touched.insert(std::move(known->second));
    groupOf_.erase(known);
}

void EventGroups::insert(const kube::Uid& uid, EventPtr event, std::set<std::string>& touched) {
    std::string key = eventGroupKey(*event);
    groups_[key].members.insert_or_assign(uid, std::move(event));
    touched.insert(key);
    groupOf_.insert_or_assign(uid, std::move(key));
}

kube::ObjectPtr EventGroups::merged(const std::string& key, const Group& group) {
    EventPtr latest;
    std::int64_t count = 0;
    std::optional<Instant> first;
    bool warning = false;
    kube::Health health = kube::Health::Finished;
    for (const auto& [uid, event] : group.members) {
        if (!latest || isLater(*event, *latest)) {
            latest = event;
        }
        count += event->count;
        if (event->firstSeen && (!first || *event->firstSeen < *first)) {
            first = event->firstSeen;
        }
        warning = warning || event->warning;
        health = std::max(health, event->health);
    }
    auto result = std::make_shared<kinds::Event>(*latest);
    result->member = latest;
    result->meta.uid = key;
    result->meta.resourceVersion = "group-" + std::to_string(++version_);
    result->count = saturated(count);
    result->firstSeen = first;
    result->warning = warning;
    result->health = health;
    return result;
}

std::shared_ptr<EventGroupStore> EventGroupStore::over(const std::shared_ptr<kube::ObjectStore>& events) {
    auto store = makeDerivedStore<EventGroupStore>();
    store->setFreshness(firstFreshness(*events));
    store->source_ = events->subscribe(
        [self = store.get()](const kube::Batch& batch) { writeBatch(*self, self->groups_.apply(batch)); });
    return store;
}

}  // namespace quarterdeck::ui
