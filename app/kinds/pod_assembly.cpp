#include "app/kinds/pod_assembly.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>

#include "app/kinds/pod_status.h"

namespace quarterdeck::kinds {

namespace {

/// From so many containers on they are found by a map instead of one after the other.
constexpr std::size_t kManyContainers = 32;

std::optional<PodConditionType> knownCondition(std::string_view type) {
    if (type == "Ready") {
        return PodConditionType::Ready;
    }
    if (type == "ContainersReady") {
        return PodConditionType::ContainersReady;
    }
    if (type == "Initialized") {
        return PodConditionType::Initialized;
    }
    if (type == "PodScheduled") {
        return PodConditionType::PodScheduled;
    }
    return std::nullopt;
}

void joinStatus(Container& container, Container& from) {
    container.stateReason = std::move(from.stateReason);
    container.lastTermination = std::move(from.lastTermination);
    container.restarts = from.restarts;
    container.exitCode = from.exitCode;
    container.signal = from.signal;
    container.since = from.since;
    container.statusIndex = from.statusIndex;
    container.state = from.state;
    container.ready = from.ready;
    container.started = from.started;
}

/// Finds the first container of a name that has no status yet.
class SpecFinder {
public:
    explicit SpecFinder(std::vector<Container>& specs) : specs_(specs) {
        if (specs.size() >= kManyContainers) {
            for (std::size_t i = 0; i < specs.size(); ++i) {
                places_[specs[i].name.view()].push_back(i);
            }
            for (auto& [name, places] : places_) {
                std::reverse(places.begin(), places.end());
            }
        }
    }
    Container* take(std::string_view name) {
        if (places_.empty()) {
            const auto found = std::find_if(specs_.begin(), specs_.end(),
                                            [&](const Container& c) { return !c.hasStatus() && c.name == name; });
            return found != specs_.end() ? &*found : nullptr;
        }
        const auto found = places_.find(name);
        if (found == places_.end() || found->second.empty()) {
            return nullptr;
        }
        const std::size_t place = found->second.back();
        found->second.pop_back();
        return &specs_[place];
    }

private:
    std::vector<Container>& specs_;
    std::map<std::string_view, std::vector<std::size_t>> places_;
};

/// Specs with the statuses of the same name, then the statuses that have no spec.
void appendJoined(std::vector<Container>& specs, std::vector<Container>& statuses, bool init,
                  std::vector<Container>& all) {
    std::vector<Container> unknown;
    SpecFinder finder(specs);
    std::uint16_t index = 0;
    for (Container& status : statuses) {
        status.statusIndex = index;
        index = static_cast<std::uint16_t>(std::min(index + 1, Container::kNoStatus - 1));
        if (Container* const spec = finder.take(status.name)) {
            joinStatus(*spec, status);
        } else {
            unknown.push_back(std::move(status));
        }
    }
    for (std::vector<Container>* part : {&specs, &unknown}) {
        for (Container& container : *part) {
            container.init = init;
            all.push_back(std::move(container));
        }
    }
}

}  // namespace

void PodAssembly::setRestartPolicy(std::string_view text) {
    pod_.restartPolicy = text == "Always"      ? RestartPolicy::Always
                         : text == "OnFailure" ? RestartPolicy::OnFailure
                         : text == "Never"     ? RestartPolicy::Never
                                               : RestartPolicy::Unknown;
}

void PodAssembly::setQos(std::string_view text) {
    pod_.qos = text == "Burstable"    ? QosClass::Burstable
               : text == "BestEffort" ? QosClass::BestEffort
               : text == "Guaranteed" ? QosClass::Guaranteed
                                      : QosClass::Unknown;
}

void PodAssembly::clearConditions() {
    pod_.conditionBits = 0;
    otherConditions_.clear();
}

void PodAssembly::addCondition(std::string_view type, const PodCondition& condition) {
    if (const auto known = knownCondition(type)) {
        pod_.setCondition(*known, condition);
    } else if (!type.empty()) {
        otherConditions_.push_back({type, condition.status});
    }
}

void PodAssembly::setGates(std::vector<ReadinessGate> gates) {
    if (!gates.empty()) {
        pod_.extras.make().readinessGates = std::move(gates);
    }
}

void PodAssembly::setNominatedNode(PooledString node) {
    if (!node.empty()) {
        pod_.extras.make().nominatedNode = std::move(node);
    }
}

void PodAssembly::resolveGates() {
    for (ReadinessGate& gate : pod_.extras.make().readinessGates) {
        if (const auto known = knownCondition(gate.type)) {
            gate.status = pod_.condition(*known).status;
            continue;
        }
        const auto found = std::find_if(otherConditions_.begin(), otherConditions_.end(),
                                        [&](const OtherCondition& c) { return c.type == gate.type; });
        gate.status = found != otherConditions_.end() ? found->status : ConditionStatus::Missing;
    }
}

void PodAssembly::finish() {
    if (!pod_.readinessGates().empty()) {
        resolveGates();
    }
    const auto larger = [](const std::vector<Container>& specs, const std::vector<Container>& statuses) {
        return std::max(specs.size(), statuses.size());
    };
    pod_.containers.reserve(larger(initSpecs, initStatuses) + larger(appSpecs, appStatuses));
    appendJoined(initSpecs, initStatuses, true, pod_.containers);
    appendJoined(appSpecs, appStatuses, false, pod_.containers);
    pod_.health = podHealth(pod_);
}

}  // namespace quarterdeck::kinds
