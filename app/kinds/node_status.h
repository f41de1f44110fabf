#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/kinds/node.h"

namespace quarterdeck::kinds {

/// STATUS as kubectl prints it: "Ready", "NotReady", "Unknown", each maybe with ",SchedulingDisabled".
[[nodiscard]] std::string nodeStatus(const Node& node);
/// ROLES as kubectl prints them, sorted and joined by commas; "<none>" where there are none.
[[nodiscard]] std::string nodeRoles(const Node& node);
/// Types of the pressure and network conditions that are True ("MemoryPressure", "DiskPressure", …).
[[nodiscard]] std::vector<std::string_view> nodePressures(const Node& node);
[[nodiscard]] kube::Health nodeHealth(const Node& node);

}  // namespace quarterdeck::kinds
