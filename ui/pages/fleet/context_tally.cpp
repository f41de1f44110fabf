#include "ui/pages/fleet/context_tally.h"

#include <algorithm>

#include "app/kinds/event.h"
#include "app/kinds/node_status.h"
#include "app/kinds/pod_status.h"
#include "ui/pages/page_freshness.h"

namespace quarterdeck::ui {

namespace {

using kube::Health;

constexpr std::size_t kMaxGroups = 6;
constexpr std::size_t kMaxCells = 96;
constexpr std::chrono::hours kRecent{1};
/// A warning that came again within this time is a problem still.
constexpr std::chrono::minutes kPresent{10};

std::size_t countSince(const std::set<std::pair<Instant, kube::Uid>>& times, Instant since) {
    return static_cast<std::size_t>(std::distance(times.lower_bound({since, {}}), times.end()));
}

}  // namespace

bool ContextTally::CellOrder::operator()(const kube::ObjectPtr& left, const kube::ObjectPtr& right) const {
    const int leftRank = kube::healthRank(left->health);
    const int rightRank = kube::healthRank(right->health);
    if (leftRank != rightRank) {
        return leftRank < rightRank;
    }
    return left->meta.name != right->meta.name ? left->meta.name < right->meta.name : left->meta.uid < right->meta.uid;
}

void ContextTally::applyPods(const kube::Batch& batch) {
    if (batch.snapshot) {
        pods_.clear();
        cells_.clear();
        restarts_.clear();
        faults_.clear();
        podsReady_ = 0;
        podsFinished_ = 0;
    }
    for (const kube::Delta& delta : batch.deltas) {
        removePod(delta.uid);
        if (delta.object) {
            addPod(delta.uid, std::static_pointer_cast<const kinds::Pod>(delta.object));
        }
    }
    (void)loads_.apply(batch);
    podsVersion_ += batch.snapshot || !batch.deltas.empty() ? 1 : 0;
    podsFreshness_ = batch.freshness;
}

void ContextTally::addPod(const kube::Uid& uid, std::shared_ptr<const kinds::Pod> pod) {
    PodFacts facts;
    facts.finished = pod->health == Health::Finished;
    if (facts.finished) {
        ++podsFinished_;
    } else {
        const kinds::PodSummary numbers = kinds::summarise(*pod);
        // The condition knows of lost nodes, too, which the containers' last word does not.
        facts.ready = numbers.total > 0 && numbers.ready == numbers.total &&
                      pod->condition(kinds::PodConditionType::Ready).status != kinds::ConditionStatus::False;
        facts.restarted = numbers.lastRestart.get();
        podsReady_ += facts.ready ? 1 : 0;
        cells_[pod->meta.nameSpace.str()].insert(pod);
        faults_.set(uid, pod);
        if (facts.restarted) {
            restarts_.insert({*facts.restarted, uid});
        }
    }
    facts.pod = std::move(pod);
    pods_.insert_or_assign(uid, std::move(facts));
}

void ContextTally::removePod(const kube::Uid& uid) {
    const auto known = pods_.find(uid);
    if (known == pods_.end()) {
        return;
    }
    const PodFacts& facts = known->second;
    if (facts.finished) {
        --podsFinished_;
    } else {
        podsReady_ -= facts.ready ? 1 : 0;
        const auto cells = cells_.find(facts.pod->meta.nameSpace.str());
        cells->second.erase(facts.pod);
        if (cells->second.empty()) {
            cells_.erase(cells);
        }
        faults_.set(uid, nullptr);
        if (facts.restarted) {
            restarts_.erase({*facts.restarted, uid});
        }
    }
    pods_.erase(known);
}

void ContextTally::applyNodes(const kube::Batch& batch) {
    if (batch.snapshot) {
        nodes_.clear();
    }
    for (const kube::Delta& delta : batch.deltas) {
        if (delta.object) {
            nodes_.insert_or_assign(delta.uid, std::static_pointer_cast<const kinds::Node>(delta.object));
        } else {
            nodes_.erase(delta.uid);
        }
    }
    nodesFreshness_ = batch.freshness;
}

void ContextTally::applyEvents(const kube::Batch& batch) {
    if (batch.snapshot) {
        warnings_.clear();
        warningTimes_.clear();
    }
    for (const kube::Delta& delta : batch.deltas) {
        if (const auto known = warnings_.find(delta.uid); known != warnings_.end()) {
            warningTimes_.erase({*static_cast<const kinds::Event&>(*known->second).lastSeen, delta.uid});
            warnings_.erase(known);
        }
        if (!delta.object) {
            continue;
        }
        const auto& event = static_cast<const kinds::Event&>(*delta.object);
        if (event.warning && event.lastSeen) {
            warningTimes_.insert({*event.lastSeen, delta.uid});
            warnings_.emplace(delta.uid, delta.object);
        }
    }
    eventsFreshness_ = batch.freshness;
}

void ContextTally::clear() {
    *this = ContextTally{};
}

const kube::Freshness& ContextTally::freshness() const {
    const kube::Freshness* worst = &podsFreshness_;
    for (const kube::Freshness* each : {&nodesFreshness_, &eventsFreshness_}) {
        if (worstOf({{{}, *worst, 0}, {{}, *each, 0}}) == each->state) {
            worst = each->state == worst->state ? worst : each;
        }
    }
    return *worst;
}

FleetSummary ContextTally::summary(Instant now) const {
    FleetSummary summary;
    summary.pods = static_cast<std::uint32_t>(pods_.size()) - podsFinished_;
    summary.podsReady = podsReady_;
    summary.podsFinished = podsFinished_;
    summary.recentWarnings = static_cast<std::uint32_t>(countSince(warningTimes_, now - kRecent));
    summary.recentRestarts = static_cast<std::uint32_t>(countSince(restarts_, now - kRecent));
    appendNodes(summary);
    faults_.append(summary.problems, now);
    appendEvents(summary.problems, now);
    std::sort(
        summary.problems.begin(), summary.problems.end(), [](const FleetProblem& left, const FleetProblem& right) {
            const auto key = [](const FleetProblem& each) {
                return std::tuple(kube::healthRank(each.health), -each.since.time_since_epoch().count(),
                                  static_cast<int>(each.kind), std::tie(each.nameSpace, each.subject, each.reason));
            };
            return key(left) < key(right);
        });
    for (const FleetProblem& problem : summary.problems) {
        (problem.health == Health::Critical ? summary.critical : summary.warning) += 1;
    }
    summary.podsVersion = podsVersion_;
    if (groupsVersion_ != podsVersion_) {
        groups_ = groups();
        groupsVersion_ = podsVersion_;
    }
    summary.groups = groups_;
    return summary;
}

void ContextTally::appendNodes(FleetSummary& summary) const {
    for (const auto& [uid, node] : nodes_) {
        const kinds::NodeCondition* ready = node->condition("Ready");
        ++summary.nodes;
        if (ready != nullptr && ready->status == kinds::ConditionStatus::True) {
            ++summary.nodesReady;
            const kinds::NodeLoad load = loads_.of(node->meta.name);
            summary.allocatable.cpuMilli += node->allocatable.cpuMilli;
            summary.allocatable.memory += node->allocatable.memory;
            summary.allocatable.pods += node->allocatable.pods;
            summary.requested.cpuMilli += load.cpuMilli;
            summary.requested.memory += load.memory;
            summary.requested.pods += load.pods;
        }
        const auto add = [&](Health health, std::string_view condition) {
            FleetProblem problem;
            problem.kind = FleetProblem::Kind::Node;
            problem.health = health;
            problem.subject = node->meta.name;
            problem.reason = condition;
            const kinds::NodeCondition* one = node->condition(condition);
            problem.since = one == nullptr ? Instant{} : one->since.get().value_or(Instant{});
            summary.problems.push_back(std::move(problem));
        };
        if (node->health == Health::Critical) {
            add(Health::Critical, "Ready");
        }
        for (const std::string_view pressure : kinds::nodePressures(*node)) {
            add(Health::Warning, pressure);
        }
    }
}

void ContextTally::appendEvents(std::vector<FleetProblem>& problems, Instant now) const {
    std::map<std::tuple<std::string, std::string, std::string, std::string>, FleetProblem> found;
    for (auto at = warningTimes_.lower_bound({now - kPresent, {}}); at != warningTimes_.end(); ++at) {
        const auto& event = static_cast<const kinds::Event&>(*warnings_.at(at->second));
        // Pods and nodes speak for themselves.
        if (event.subject.kind == "Pod" || event.subject.kind == "Node") {
            continue;
        }
        FleetProblem& problem =
            found[{event.subject.kind.str(), event.subject.nameSpace.str(), event.subject.name, event.reason.str()}];
        problem.kind = FleetProblem::Kind::Event;
        problem.subject = event.subject.name;
        problem.subjectKind = event.subject.kind.str();
        problem.nameSpace = event.subject.nameSpace.str();
        problem.reason = event.reason.str();
        const Instant first = event.firstSeen.value_or(*event.lastSeen);
        problem.since = problem.since == Instant{} ? first : std::min(problem.since, first);
    }
    for (auto& [key, problem] : found) {
        problems.push_back(std::move(problem));
    }
}

std::vector<FleetSummary::Group> ContextTally::groups() const {
    std::vector<const std::pair<const std::string, Cells>*> order;
    order.reserve(cells_.size());
    for (const auto& entry : cells_) {
        order.push_back(&entry);
    }
    // Trouble first, then the larger group.
    std::sort(order.begin(), order.end(), [](const auto* left, const auto* right) {
        const auto key = [](const auto* entry) {
            return std::tuple(kube::healthRank((*entry->second.begin())->health),
                              -static_cast<std::int64_t>(entry->second.size()), std::string_view(entry->first));
        };
        return key(left) < key(right);
    });
    const bool many = order.size() > kMaxGroups;
    std::vector<FleetSummary::Group> groups;
    for (std::size_t i = 0; i < (many ? kMaxGroups - 1 : order.size()); ++i) {
        FleetSummary::Group group;
        group.nameSpace = order[i]->first;
        const Cells& cells = order[i]->second;
        const std::size_t shown = std::min(cells.size(), kMaxCells);
        group.cells.assign(cells.begin(), std::next(cells.begin(), static_cast<std::ptrdiff_t>(shown)));
        group.more = static_cast<std::uint32_t>(cells.size() - shown);
        groups.push_back(std::move(group));
    }
    if (many) {
        FleetSummary::Group others;
        std::size_t total = 0;
        for (std::size_t i = kMaxGroups - 1; i < order.size(); ++i) {
            const Cells& cells = order[i]->second;
            total += cells.size();
            const std::size_t shown = std::min(cells.size(), kMaxCells);
            others.cells.insert(others.cells.end(), cells.begin(),
                                std::next(cells.begin(), static_cast<std::ptrdiff_t>(shown)));
        }
        const auto shown = static_cast<std::ptrdiff_t>(std::min(others.cells.size(), kMaxCells));
        std::partial_sort(others.cells.begin(), others.cells.begin() + shown, others.cells.end(), CellOrder{});
        others.cells.resize(static_cast<std::size_t>(shown));
        others.more = static_cast<std::uint32_t>(total - others.cells.size());
        groups.push_back(std::move(others));
    }
    return groups;
}

}  // namespace quarterdeck::ui
