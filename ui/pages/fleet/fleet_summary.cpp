#include "ui/pages/fleet/fleet_summary.h"

#include <algorithm>
#include <map>

#include "app/kinds/event.h"
#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "app/kinds/pod_status.h"
#include "ui/tables/column.h"

namespace quarterdeck::ui {

namespace {

constexpr std::size_t kMaxGroups = 6;
constexpr std::size_t kMaxCells = 96;

bool cellBefore(const FleetSummary::Cell& left, const FleetSummary::Cell& right) {
    const int leftRank = kube::healthRank(left.pod->health);
    const int rightRank = kube::healthRank(right.pod->health);
    return leftRank != rightRank ? leftRank < rightRank : left.pod->meta.name < right.pod->meta.name;
}

/// Trouble first, then the larger group.
bool groupBefore(const FleetSummary::Group& left, const FleetSummary::Group& right) {
    const int leftRank = kube::healthRank(left.cells.front().pod->health);
    const int rightRank = kube::healthRank(right.cells.front().pod->health);
    if (leftRank != rightRank) {
        return leftRank < rightRank;
    }
    return left.cells.size() != right.cells.size() ? left.cells.size() > right.cells.size()
                                                   : left.nameSpace < right.nameSpace;
}

std::vector<FleetSummary::Group> groupsOf(std::map<std::string_view, std::vector<FleetSummary::Cell>> byNamespace) {
    std::vector<FleetSummary::Group> groups;
    for (auto& [nameSpace, cells] : byNamespace) {
        std::sort(cells.begin(), cells.end(), cellBefore);
        groups.push_back({std::string(nameSpace), std::move(cells), 0});
    }
    std::sort(groups.begin(), groups.end(), groupBefore);
    if (groups.size() > kMaxGroups) {
        FleetSummary::Group others;
        for (std::size_t i = kMaxGroups - 1; i < groups.size(); ++i) {
            others.cells.insert(others.cells.end(), groups[i].cells.begin(), groups[i].cells.end());
        }
        std::sort(others.cells.begin(), others.cells.end(), cellBefore);
        groups.resize(kMaxGroups - 1);
        groups.push_back(std::move(others));
    }
    for (FleetSummary::Group& group : groups) {
        if (group.cells.size() > kMaxCells) {
            group.more = static_cast<std::uint32_t>(group.cells.size() - kMaxCells);
            group.cells.resize(kMaxCells);
        }
    }
    return groups;
}

}  // namespace

void ObjectSet::apply(const kube::Batch& batch) {
    if (batch.snapshot) {
        objects_.clear();
    }
    for (const kube::Delta& delta : batch.deltas) {
        if (delta.object) {
            objects_.insert_or_assign(delta.uid, delta.object);
        } else {
            objects_.erase(delta.uid);
        }
    }
    freshness_ = batch.freshness;
}

void ObjectSet::clear() {
    objects_.clear();
    freshness_ = {};
}

FleetSummary summariseContext(const ObjectSet& pods, const ObjectSet& nodes, const ObjectSet& events, Instant now) {
    FleetSummary summary;
    std::map<std::string_view, std::vector<FleetSummary::Cell>> byNamespace;
    for (const auto& [uid, object] : pods.objects()) {
        const auto& pod = static_cast<const kinds::Pod&>(*object);
        if (pod.health == kube::Health::Finished) {
            ++summary.podsFinished;
            continue;
        }
        const kinds::PodSummary numbers = kinds::summarise(pod);
        ++summary.pods;
        summary.podsReady += numbers.total > 0 && numbers.ready == numbers.total ? 1 : 0;
        summary.critical += pod.health == kube::Health::Critical ? 1 : 0;
        summary.warning += pod.health == kube::Health::Warning ? 1 : 0;
        byNamespace[pod.meta.nameSpace.view()].push_back({object});
    }
    summary.groups = groupsOf(std::move(byNamespace));
    for (const auto& [uid, object] : nodes.objects()) {
        const kinds::NodeCondition* ready = static_cast<const kinds::Node&>(*object).condition("Ready");
        ++summary.nodes;
        summary.nodesReady += ready != nullptr && ready->status == kinds::ConditionStatus::True ? 1 : 0;
    }
    for (const auto& [uid, object] : events.objects()) {
        const auto& event = static_cast<const kinds::Event&>(*object);
        if (event.warning && event.lastSeen && now - *event.lastSeen < std::chrono::hours(1)) {
            ++summary.recentWarnings;
        }
    }
    return summary;
}

}  // namespace quarterdeck::ui
