#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quarterdeck::demo {

/// One resource that the demo's API servers know.
struct ResourceType {
    std::string group;     ///< empty for the core group
    std::string version;   ///< the version in which objects are stored
    std::string plural;    ///< "deployments"
    std::string singular;  ///< "deployment"
    std::string kind;      ///< "Deployment"
    std::vector<std::string> shortNames;
    bool namespaced = true;
    bool hasStatus = false;  ///< serves the /status subresource
    bool hasScale = false;   ///< serves the /scale subresource
    bool inAll = false;      ///< belongs to the category "all"
    /// Served only where the cluster holds its definition, which has the qualified name.
    bool custom = false;
    std::vector<std::string> categories = {};

    [[nodiscard]] std::string apiVersion() const { return group.empty() ? version : group + "/" + version; }
    /// "deployments.apps", as error messages name it.
    [[nodiscard]] std::string qualified() const { return group.empty() ? plural : plural + "." + group; }
};

/// Every resource, in the order in which discovery lists them. Addresses are stable for the life of the process.
[[nodiscard]] const std::vector<ResourceType>& resourceTypes();
/// Null where unknown.
[[nodiscard]] const ResourceType* findResource(std::string_view group, std::string_view plural);
/// As findResource, for names that are known to exist.
[[nodiscard]] const ResourceType& resource(std::string_view plural);
[[nodiscard]] const ResourceType* findKind(std::string_view apiVersion, std::string_view kind);
/// Versions served for a group, the preferred one first; empty where the group is unknown.
[[nodiscard]] std::vector<std::string> servedVersions(std::string_view group);
/// Groups other than the core group and those of custom resources.
[[nodiscard]] std::vector<std::string> servedGroups();
/// Whether `type` is served in this version of its group.
[[nodiscard]] bool isServedIn(const ResourceType& type, std::string_view version);

}  // namespace quarterdeck::demo
