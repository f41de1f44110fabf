#pragma once

#include <string>

#include "app/demo/api/status.h"

namespace quarterdeck::demo {

/// \name The answers of /version, /api, /apis, /api/v1 and /apis/GROUP[/VERSION].
/// @{
[[nodiscard]] Json versionInfo(const std::string& gitVersion);
[[nodiscard]] Json coreVersions(const std::string& address);
[[nodiscard]] Json groupList();
/// 404 for an unknown group.
[[nodiscard]] Answer<Json> groupInfo(const std::string& group);
[[nodiscard]] Answer<Json> resourceList(const std::string& group, const std::string& version);
/// APIGroupDiscoveryList ("v2" or "v2beta1") of /api or of /apis.
[[nodiscard]] Json aggregatedDiscovery(bool core, const std::string& version);
/// @}

}  // namespace quarterdeck::demo
