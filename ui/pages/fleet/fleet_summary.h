#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/kube/object_store.h"

namespace quarterdeck::ui {

/// The objects of one store, kept by the batches that come from it.
class ObjectSet {
public:
    void apply(const kube::Batch& batch);
    void clear();
    [[nodiscard]] const std::unordered_map<kube::Uid, kube::ObjectPtr>& objects() const { return objects_; }
    [[nodiscard]] const kube::Freshness& freshness() const { return freshness_; }

private:
    std::unordered_map<kube::Uid, kube::ObjectPtr> objects_;
    kube::Freshness freshness_;
};

/// What a card says of one context. Pure.
struct FleetSummary {
    struct Cell {
        kube::ObjectPtr pod;
    };
    struct Group {
        std::string nameSpace;    ///< empty: the namespaces that have no line of their own
        std::vector<Cell> cells;  ///< faults first, then by name
        std::uint32_t more = 0;   ///< pods without a cell, all of them healthy unless there are hundreds of faults
    };
    std::uint32_t pods = 0;
    std::uint32_t podsReady = 0;
    std::uint32_t podsFinished = 0;  ///< not counted among `pods`
    std::uint32_t critical = 0;
    std::uint32_t warning = 0;
    std::uint32_t nodes = 0;
    std::uint32_t nodesReady = 0;
    std::uint32_t recentWarnings = 0;  ///< warning events within the hour before `now`
    std::vector<Group> groups;
};

/// The sets hold kinds::Pod, kinds::Node and kinds::Event.
[[nodiscard]] FleetSummary summariseContext(const ObjectSet& pods, const ObjectSet& nodes, const ObjectSet& events,
                                            Instant now);

}  // namespace quarterdeck::ui
