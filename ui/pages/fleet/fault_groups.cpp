#include "ui/pages/fleet/fault_groups.h"

#include <algorithm>

#include "app/kinds/pod_status.h"

namespace quarterdeck::ui {

namespace {

using kube::Health;

constexpr std::chrono::minutes kSlowStart{5};
/// Beyond the grace that the pod was given.
constexpr std::chrono::minutes kSlowEnd{1};

/// Since when it is where it is: its creation, or the latest start of a container.
Instant startedAt(const kinds::Pod& pod) {
    Instant latest = pod.meta.creation.value_or(Instant{});
    for (const kinds::Container& container : pod.containers) {
        latest = std::max(latest, container.since.get().value_or(Instant{}));
    }
    return latest;
}

std::optional<Instant> dueTime(const kinds::Pod& pod) {
    if (pod.meta.deletion) {
        return *pod.meta.deletion + kSlowEnd;
    }
    return pod.health == Health::Progressing ? std::optional(startedAt(pod) + kSlowStart) : std::nullopt;
}

Instant badSince(const kinds::Pod& pod) {
    const kinds::PodCondition ready = pod.condition(kinds::PodConditionType::Ready);
    if (pod.meta.deletion) {
        return *pod.meta.deletion;
    }
    if (pod.health == Health::Progressing) {
        return startedAt(pod);
    }
    return ready.status == kinds::ConditionStatus::False && ready.since.hasValue()
               ? *ready.since.get()
               : pod.meta.creation.value_or(Instant{});
}

bool wasOutOfMemory(const kinds::Pod& pod) {
    return std::any_of(pod.containers.begin(), pod.containers.end(), [](const kinds::Container& container) {
        const bool now = container.state == kinds::ContainerState::Terminated && container.stateReason == "OOMKilled";
        const bool before = container.lastTermination && container.lastTermination->reason == "OOMKilled" &&
                            container.state != kinds::ContainerState::Running;
        return now || before;
    });
}

/// The init container that it waits for.
std::string waitingInit(const kinds::Pod& pod) {
    for (const kinds::Container& container : pod.initContainers()) {
        const bool done = container.state == kinds::ContainerState::Terminated && container.exitCode == 0;
        if (!done && !(container.restartable && container.started)) {
            return container.name.str();
        }
    }
    return {};
}

}  // namespace

std::string workloadOf(const kinds::Pod& pod) {
    const auto owner = std::find_if(pod.meta.owners.begin(), pod.meta.owners.end(),
                                    [](const kube::OwnerReference& each) { return each.controller; });
    if (owner == pod.meta.owners.end()) {
        return pod.meta.name;
    }
    const auto hash = pod.label("pod-template-hash");
    if (owner->kind == "ReplicaSet" && hash && !hash->empty()) {
        const std::string suffix = '-' + std::string(*hash);
        if (owner->name.size() > suffix.size() && owner->name.ends_with(suffix)) {
            return owner->name.substr(0, owner->name.size() - suffix.size());
        }
    }
    return owner->name;
}

void FaultGroups::set(const kube::Uid& uid, const PodPtr& pod) {
    if (const auto known = places_.find(uid); known != places_.end()) {
        if (known->second.group) {
            const auto group = groups_.find(*known->second.group);
            group->second.pods.erase(uid);
            group->second.told.reset();
            if (group->second.pods.empty()) {
                groups_.erase(group);
            }
        }
        if (known->second.due) {
            due_.erase({*known->second.due, uid});
            underWay_.erase(uid);
        }
        places_.erase(known);
    }
    if (!pod) {
        return;
    }
    Place place;
    if ((pod->health == Health::Critical || pod->health == Health::Warning) && !pod->meta.deletion) {
        place.group = Owner{pod->meta.nameSpace.str(), workloadOf(*pod)};
        Group& group = groups_[*place.group];
        group.pods.insert_or_assign(uid, pod);
        group.told.reset();
    } else if (const auto due = dueTime(*pod)) {
        place.due = due;
        due_.insert({*due, uid});
        underWay_.insert_or_assign(uid, pod);
    } else {
        return;
    }
    places_.emplace(uid, std::move(place));
}

void FaultGroups::clear() {
    groups_.clear();
    due_.clear();
    underWay_.clear();
    places_.clear();
}

FleetProblem FaultGroups::describe(const Owner& owner, const std::map<kube::Uid, PodPtr>& pods) {
    FleetProblem problem;
    problem.kind = FleetProblem::Kind::Pods;
    problem.nameSpace = owner.first;
    problem.subject = owner.second;
    problem.count = static_cast<std::uint32_t>(pods.size());
    problem.since = Instant::max();
    const kinds::Pod* worst = nullptr;
    for (const auto& [uid, pod] : pods) {
        if (worst == nullptr || kube::healthRank(pod->health) < kube::healthRank(worst->health)) {
            worst = pod.get();
        }
        problem.since = std::min(problem.since, badSince(*pod));
        problem.outOfMemory = problem.outOfMemory || wasOutOfMemory(*pod);
    }
    problem.health = worst->health == Health::Critical ? Health::Critical : Health::Warning;
    problem.reason = kinds::summarise(*worst).status;
    if (problem.reason.starts_with("Init:")) {
        problem.container = waitingInit(*worst);
    }
    return problem;
}

void FaultGroups::append(std::vector<FleetProblem>& problems, Instant now) const {
    for (const auto& [owner, group] : groups_) {
        if (!group.told) {
            group.told = describe(owner, group.pods);
        }
        problems.push_back(*group.told);
    }
    std::map<Owner, std::map<kube::Uid, PodPtr>> late;
    for (const auto& [due, uid] : due_) {
        if (due > now) {
            break;
        }
        const PodPtr& pod = underWay_.at(uid);
        late[{pod->meta.nameSpace.str(), workloadOf(*pod)}].emplace(uid, pod);
    }
    for (const auto& [owner, pods] : late) {
        problems.push_back(describe(owner, pods));
    }
}

}  // namespace quarterdeck::ui
