#pragma once

#include <string>

#include "app/demo/api/status.h"
#include "app/demo/store/object_db.h"

namespace quarterdeck::demo {

/// What one cluster serves: the built-in resources, and the custom ones whose definition it holds.
class ServedTypes {
public:
    explicit ServedTypes(const ObjectDb& db);
    [[nodiscard]] const std::vector<const ResourceType*>& all() const { return types_; }
    /// Other than the core group, in the order of discovery.
    [[nodiscard]] std::vector<std::string> groups() const;
    [[nodiscard]] bool hasGroup(const std::string& group) const;
    /// Null where it is not served.
    [[nodiscard]] const ResourceType* find(std::string_view group, std::string_view plural) const;

private:
    std::vector<const ResourceType*> types_;
};

/// \name The answers of /version, /api, /apis, /api/v1 and /apis/GROUP[/VERSION].
/// @{
[[nodiscard]] Json versionInfo(const std::string& gitVersion);
[[nodiscard]] Json coreVersions(const std::string& address);
[[nodiscard]] Json groupList(const ServedTypes& served);
/// 404 for an unknown group.
[[nodiscard]] Answer<Json> groupInfo(const ServedTypes& served, const std::string& group);
[[nodiscard]] Answer<Json> resourceList(const ServedTypes& served, const std::string& group,
                                        const std::string& version);
/// APIGroupDiscoveryList ("v2" or "v2beta1") of /api or of /apis.
[[nodiscard]] Json aggregatedDiscovery(const ServedTypes& served, bool core, const std::string& version);
/// @}

}  // namespace quarterdeck::demo
