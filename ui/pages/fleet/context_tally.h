#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "app/kube/object_store.h"
#include "ui/pages/fleet/fault_groups.h"
#include "ui/pages/fleet/fleet_summary.h"
#include "ui/tables/node_load.h"

namespace quarterdeck::ui {

/// Counts one context by the batches of its pods, nodes and events: a batch costs what it changes, and a summary what
/// it says, however many pods there are. Interface thread.
class ContextTally {
public:
    void applyPods(const kube::Batch& batch);
    void applyNodes(const kube::Batch& batch);
    void applyEvents(const kube::Batch& batch);
    void clear();

    /// The worst of the three.
    [[nodiscard]] const kube::Freshness& freshness() const;
    [[nodiscard]] std::size_t podCount() const { return pods_.size(); }
    [[nodiscard]] FleetSummary summary(Instant now) const;

private:
    struct CellOrder {
        bool operator()(const kube::ObjectPtr& left, const kube::ObjectPtr& right) const;
    };
    using Cells = std::set<kube::ObjectPtr, CellOrder>;
    using Times = std::set<std::pair<Instant, kube::Uid>>;
    struct PodFacts {
        std::shared_ptr<const kinds::Pod> pod;
        bool finished = false;
        bool ready = false;
        std::optional<Instant> restarted;
    };
    void addPod(const kube::Uid& uid, std::shared_ptr<const kinds::Pod> pod);
    void removePod(const kube::Uid& uid);
    void appendNodes(FleetSummary& summary) const;
    void appendEvents(std::vector<FleetProblem>& problems, Instant now) const;
    [[nodiscard]] std::vector<FleetSummary::Group> groups() const;

    std::unordered_map<kube::Uid, PodFacts> pods_;
    std::uint32_t podsReady_ = 0;
    std::uint32_t podsFinished_ = 0;
    std::map<std::string, Cells> cells_;  ///< by namespace
    Times restarts_;                      ///< latest restart of each pod
    FaultGroups faults_;
    NodeLoads loads_;
    std::uint64_t podsVersion_ = 0;
    mutable std::vector<FleetSummary::Group> groups_;
    mutable std::uint64_t groupsVersion_ = 0;

    std::unordered_map<kube::Uid, std::shared_ptr<const kinds::Node>> nodes_;
    std::unordered_map<kube::Uid, kube::ObjectPtr> warnings_;
    Times warningTimes_;
    kube::Freshness podsFreshness_;
    kube::Freshness nodesFreshness_;
    kube::Freshness eventsFreshness_;
};

}  // namespace quarterdeck::ui
