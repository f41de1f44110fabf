#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/kinds/node.h"
#include "app/kube/object.h"

namespace quarterdeck::ui {

/// Something wrong in one context, in one line of its card.
struct FleetProblem {
    enum class Kind { Pods, Node, Event };
    Kind kind = Kind::Pods;
    /// Critical or Warning.
    kube::Health health = kube::Health::Warning;
    /// Name of the workload, node or object.
    std::string subject;
    std::string subjectKind;  ///< of events: "Ingress"
    std::string nameSpace;
    /// Pods: status as kubectl prints it. Nodes: the condition. Events: the reason.
    std::string reason;
    /// Pods: the container it is about, where there is one.
    std::string container;
    /// Pods: one of its containers was killed for its memory.
    bool outOfMemory = false;
    std::uint32_t count = 1;  ///< pods
    Instant since{};
};

/// What a card says of one context.
struct FleetSummary {
    struct Group {
        std::string nameSpace;               ///< empty: the namespaces that have no line of their own
        std::vector<kube::ObjectPtr> cells;  ///< kinds::Pod; faults first, then by name
        std::uint32_t more = 0;  ///< pods without a cell, all of them healthy unless there are hundreds of faults
    };
    std::uint32_t pods = 0;
    std::uint32_t podsReady = 0;
    std::uint32_t podsFinished = 0;  ///< not counted among `pods`
    std::uint32_t nodes = 0;
    std::uint32_t nodesReady = 0;
    std::uint32_t recentWarnings = 0;  ///< warning events within the last hour
    std::uint32_t recentRestarts = 0;  ///< pods that restarted within the last hour
    std::uint32_t critical = 0;        ///< problems, as below
    std::uint32_t warning = 0;
    /// Worst first, then the newest.
    std::vector<FleetProblem> problems;
    std::vector<Group> groups;
    /// What ready nodes can hold, and what the pods on them ask for.
    kinds::NodeResources allocatable;
    kinds::NodeLoad requested;
    /// Changes whenever `groups` may have changed.
    std::uint64_t podsVersion = 0;
};

}  // namespace quarterdeck::ui
