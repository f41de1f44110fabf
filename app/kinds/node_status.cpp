#include "app/kinds/node_status.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace quarterdeck::kinds {

std::string nodeStatus(const Node& node) {
    const NodeCondition* ready = node.condition("Ready");
    std::string status = ready == nullptr ? "Unknown" : ready->status == ConditionStatus::True ? "Ready" : "NotReady";
    if (node.unschedulable) {
        status += ",SchedulingDisabled";
    }
    return status;
}

std::string nodeRoles(const Node& node) {
    constexpr std::string_view kPrefix = "node-role.kubernetes.io/";
    std::set<std::string_view> roles;
    for (const auto& [key, value] : node.meta.labels) {
        const std::string_view name = key.view();
        if (name.starts_with(kPrefix) && name.size() > kPrefix.size()) {
            roles.insert(name.substr(kPrefix.size()));
        } else if (name == "kubernetes.io/role" && !value.empty()) {
            roles.insert(value.view());
        }
    }
    return roles.empty() ? "<none>" : fmt::format("{}", fmt::join(roles, ","));
}

std::vector<std::string_view> nodePressures(const Node& node) {
    std::vector<std::string_view> pressures;
    for (const NodeCondition& condition : node.conditions) {
        const bool bad = condition.type.view().ends_with("Pressure") || condition.type == "NetworkUnavailable";
        if (bad && condition.status == ConditionStatus::True) {
            pressures.push_back(condition.type.view());
        }
    }
    return pressures;
}

kube::Health nodeHealth(const Node& node) {
    using kube::Health;
    const NodeCondition* ready = node.condition("Ready");
    if (ready == nullptr) {
        return Health::Unknown;
    }
    // Unknown: the node has stopped reporting, which is worse than it sounds.
    if (ready->status != ConditionStatus::True) {
        return Health::Critical;
    }
    return node.unschedulable || !nodePressures(node).empty() ? Health::Warning : Health::Good;
}

}  // namespace quarterdeck::kinds
