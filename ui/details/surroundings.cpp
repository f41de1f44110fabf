#include "ui/details/surroundings.h"

#include <algorithm>

#include "app/kinds/deployment.h"
#include "app/kinds/replica_set.h"
#include "app/kube/served_kind.h"
#include "ui/tables/event_groups.h"

namespace quarterdeck::ui {

using kube::FreshnessState;
using kube::KindDescriptor;

namespace {

template <class T>
const T& as(const kube::ObjectPtr& object) {
    return static_cast<const T&>(*object);
}

kube::Uid controllerOf(const kube::Object& object) {
    for (const kube::OwnerReference& owner : object.meta.owners) {
        if (owner.controller) {
            return owner.uid;
        }
    }
    return {};
}

bool isUpToDate(const kube::Freshness& freshness) {
    return freshness.state == FreshnessState::Live || freshness.state == FreshnessState::Empty;
}

bool worseThan(const PodPtr& a, const PodPtr& b) {
    const int left = kube::healthRank(a->health);
    const int right = kube::healthRank(b->health);
    return left != right ? left < right : a->meta.name < b->meta.name;
}

bool hasEnded(const kinds::Pod& pod) {
    return pod.phase == "Succeeded" || pod.phase == "Failed";
}

bool isInTrouble(const kinds::Pod& pod) {
    return pod.health == kube::Health::Critical || pod.health == kube::Health::Warning;
}

}  // namespace

PodRequests requestsOf(const kinds::Pod& pod) {
    PodRequests together;
    PodRequests largest;
    for (const kinds::Container& container : pod.containers) {
        if (container.init && !container.restartable) {
            // While it runs, the sidecars before it run as well.
            largest.cpuMilli = std::max(largest.cpuMilli, together.cpuMilli + container.cpuRequestMilli);
            largest.memory = std::max(largest.memory, together.memory + container.memoryRequest);
        } else {
            together.cpuMilli += container.cpuRequestMilli;
            together.memory += container.memoryRequest;
        }
    }
    return {std::max(together.cpuMilli, largest.cpuMilli), std::max(together.memory, largest.memory)};
}

std::vector<const KindDescriptor*> SurroundingsBuilder::sources(const KindDescriptor& subject) {
    if (&subject == &kinds::podKind()) {
        return {&subject, &kinds::eventKind(), &kinds::replicaSetKind(), &kinds::deploymentKind()};
    }
    if (&subject == &kinds::nodeKind()) {
        return {&subject, &kinds::eventKind(), &kinds::podKind()};
    }
    if (&subject == &kinds::eventKind() || &subject == &kube::servedKinds()) {
        return {&subject};
    }
    return {&subject, &kinds::eventKind()};
}

const SurroundingsBuilder::Source* SurroundingsBuilder::source(const KindDescriptor& kind) const {
    const auto found = sources_.find(&kind);
    return found == sources_.end() ? nullptr : &found->second;
}

bool SurroundingsBuilder::apply(const KindDescriptor& kind, const kube::Batch& batch) {
    Source& source = sources_[&kind];
    bool changed = source.freshness.state != batch.freshness.state;
    source.freshness = batch.freshness;
    if (batch.snapshot) {
        changed = changed || !source.matched.empty();
        source.all.clear();
        source.matched.clear();
    }
    for (const kube::Delta& delta : batch.deltas) {
        if (delta.object == nullptr) {
            source.all.erase(delta.uid);
            changed = source.matched.erase(delta.uid) > 0 || changed;
            continue;
        }
        source.all.insert_or_assign(delta.uid, delta.object);
        changed = changed || (gone_ && isSelf(kind) && takesNameOf(*delta.object));
        if (matches(kind, *delta.object)) {
            source.matched.insert_or_assign(delta.uid, delta.object);
            changed = true;
        } else {
            changed = source.matched.erase(delta.uid) > 0 || changed;
        }
        // An owner, or an owner's owner.
        changed = changed || &kind == &kinds::replicaSetKind() || &kind == &kinds::deploymentKind();
    }
    return (isSelf(kind) && refreshSelf()) || changed;
}

bool SurroundingsBuilder::takesNameOf(const kube::Object& object) const {
    // By what was asked for: the object may have gone before the first snapshot came.
    return !query_.uid.empty() && object.meta.uid != query_.uid && object.meta.name == query_.name &&
           object.meta.nameSpace == query_.nameSpace;
}

bool SurroundingsBuilder::refreshSelf() {
    const Source& own = sources_[query_.kind];
    kube::ObjectPtr found;
    if (!query_.uid.empty()) {
        const auto known = own.all.find(query_.uid);
        found = known == own.all.end() ? nullptr : known->second;
        if (found == nullptr && isSelf(kinds::eventKind())) {
            found = regrouped(own);
            query_.uid = found == nullptr ? query_.uid : found->meta.uid;
        }
    } else {
        const auto byName = std::find_if(own.all.begin(), own.all.end(), [this](const auto& entry) {
            return entry.second->meta.name == query_.name && entry.second->meta.nameSpace == query_.nameSpace;
        });
        if (byName != own.all.end()) {
            found = byName->second;
            query_.uid = found->meta.uid;  // from now on it is this one
        }
    }
    const bool gone = found == nullptr && isUpToDate(own.freshness);
    bool changed = gone != gone_;
    gone_ = gone;
    if (found != nullptr && found != self_) {
        self_ = found;
        changed = true;
    }
    const Marks now = marks();
    if (!(now == marks_)) {
        marks_ = now;
        changed = rematch() || changed;
    }
    return changed;
}

kube::ObjectPtr SurroundingsBuilder::regrouped(const Source& own) const {
    const bool wasGroup = query_.uid.find(':') != std::string::npos;  // no uid of a server's has one
    const auto stands = [&](const kinds::Event& event) {
        return event.member ? event.meta.uid == query_.group || event.member->meta.uid == query_.uid
                            : wasGroup && eventGroupKey(event) == query_.uid;
    };
    EventPtr newest;
    for (const auto& [uid, object] : own.all) {
        auto event = std::static_pointer_cast<const kinds::Event>(object);
        if (stands(*event) && (newest == nullptr || event->lastSeen > newest->lastSeen ||
                               (event->lastSeen == newest->lastSeen && event->meta.name > newest->meta.name))) {
            newest = std::move(event);
        }
    }
    return newest;
}

SurroundingsBuilder::Marks SurroundingsBuilder::marks() const {
    if (self_ == nullptr) {
        return {};
    }
    if (isSelf(kinds::eventKind())) {
        const kinds::EventSubject& subject = as<kinds::Event>(self_).subject;
        return {subject.uid, subject.kind.str(), subject.nameSpace.str(), subject.name, {}};
    }
    return {self_->meta.uid, query_.kind->type.kind, self_->meta.nameSpace.str(), self_->meta.name,
            controllerOf(*self_)};
}

bool SurroundingsBuilder::matches(const KindDescriptor& kind, const kube::Object& object) const {
    if (self_ == nullptr) {
        return false;
    }
    if (&kind == &kinds::eventKind()) {
        const kinds::EventSubject& subject = static_cast<const kinds::Event&>(object).subject;
        if (!subject.uid.empty() && subject.uid == marks_.uid) {
            return object.meta.uid != self_->meta.uid;
        }
        // The kubelet writes a node's name where its uid belongs; some reporters write none at all.
        const bool vague = subject.uid.empty() || marks_.uid.empty() || subject.uid == marks_.name;
        return vague && subject.name == marks_.name && subject.kind == marks_.kind &&
               (subject.nameSpace == marks_.nameSpace || marks_.nameSpace.empty()) &&
               object.meta.uid != self_->meta.uid;
    }
    if (&kind == &kinds::podKind() && isSelf(kinds::podKind())) {
        return !marks_.controller.empty() && object.meta.uid != marks_.uid && controllerOf(object) == marks_.controller;
    }
    if (&kind == &kinds::podKind() && isSelf(kinds::nodeKind())) {
        const auto& pod = static_cast<const kinds::Pod&>(object);
        return pod.node == marks_.name && !hasEnded(pod);
    }
    return false;
}

bool SurroundingsBuilder::rematch() {
    bool changed = false;
    for (auto& [kind, source] : sources_) {
        changed = changed || !source.matched.empty();
        source.matched.clear();
        for (const auto& [uid, object] : source.all) {
            if (matches(*kind, *object)) {
                source.matched.emplace(uid, object);
                changed = true;
            }
        }
    }
    return changed;
}

void SurroundingsBuilder::addEvents(Surroundings& into) const {
    const Source* events = source(kinds::eventKind());
    if (events == nullptr) {
        return;
    }
    into.eventsFreshness = events->freshness;
    into.eventCount = events->matched.size();
    for (const auto& [uid, object] : events->matched) {
        into.events.push_back(std::static_pointer_cast<const kinds::Event>(object));
    }
    std::stable_sort(into.events.begin(), into.events.end(),
                     [](const EventPtr& a, const EventPtr& b) { return a->lastSeen > b->lastSeen; });
    into.events.resize(std::min(into.events.size(), Surroundings::kMostEvents));
}

void SurroundingsBuilder::addOwners(Surroundings& into) const {
    constexpr std::size_t kLongestChain = 8;
    const kube::Object* object = self_.get();
    while (object != nullptr && !object->meta.owners.empty() && into.owners.size() < kLongestChain) {
        const auto& owners = object->meta.owners;
        const auto controller = std::find_if(owners.begin(), owners.end(), [](const auto& o) { return o.controller; });
        const kube::OwnerReference& owner = controller == owners.end() ? owners.front() : *controller;
        OwnerLink link{owner.kind.str(), owner.name, owner.uid, 0};
        object = nullptr;
        const auto look = [&](const KindDescriptor& kind) -> kube::ObjectPtr {
            const Source* from = source(kind);
            const auto found = from == nullptr ? decltype(from->all.end()){} : from->all.find(owner.uid);
            return from == nullptr || found == from->all.end() ? nullptr : found->second;
        };
        if (const auto set = look(kinds::replicaSetKind())) {
            link.revision = as<kinds::ReplicaSet>(set).revision;
            object = set.get();
        } else if (const auto deployment = look(kinds::deploymentKind())) {
            link.revision = as<kinds::Deployment>(deployment).revision;
            object = deployment.get();
        }
        into.owners.push_back(std::move(link));
    }
}

void SurroundingsBuilder::addPods(Surroundings& into) const {
    const Source* pods = source(kinds::podKind());
    if (pods == nullptr) {
        return;
    }
    into.podsFreshness = pods->freshness;
    std::vector<PodPtr> found;
    for (const auto& [uid, object] : pods->matched) {
        found.push_back(std::static_pointer_cast<const kinds::Pod>(object));
        const PodRequests requests = requestsOf(*found.back());
        into.requestedCpuMilli += requests.cpuMilli;
        into.requestedMemory += requests.memory;
        into.podsInTrouble += isInTrouble(*found.back()) ? 1U : 0U;
    }
    std::sort(found.begin(), found.end(), worseThan);
    const std::size_t count = found.size();
    found.resize(std::min(count, Surroundings::kMostPods));
    if (isSelf(kinds::nodeKind())) {
        into.pods = std::move(found);
        into.podCount = count;
    } else {
        into.siblings = std::move(found);
        into.siblingCount = count;
    }
}

Surroundings SurroundingsBuilder::build() const {
    Surroundings made;
    made.self = self_;
    made.gone = gone_;
    if (const Source* own = source(*query_.kind)) {
        made.selfFreshness = own->freshness;
        if (gone_) {
            for (const auto& [uid, object] : own->all) {
                if (takesNameOf(*object)) {
                    made.successor = object;
                }
            }
        }
    }
    addEvents(made);
    addOwners(made);
    addPods(made);
    return made;
}

}  // namespace quarterdeck::ui
