#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/kube/object.h"

namespace quarterdeck::kube {

class KubeClient;

/// "scale" of a Deployment, "log" of a pod.
struct Subresource {
    std::string name;
    std::vector<std::string> verbs;
    friend bool operator==(const Subresource&, const Subresource&) = default;
};

/// A resource as a server offers it, in the version that the server prefers.
struct ServedResource {
    ResourceType type;
    std::string singular;
    std::vector<std::string> shortNames;
    std::vector<std::string> categories;
    std::vector<std::string> verbs;
    std::vector<Subresource> subresources;

    [[nodiscard]] bool can(std::string_view verb) const;
    /// Whether it can be kept as a live table.
    [[nodiscard]] bool isWatchable() const { return can("list") && can("watch"); }
    /// Whether it can be kept as a table at all: one that is not watchable is listed now and then.
    [[nodiscard]] bool isListable() const { return can("list"); }
    friend bool operator==(const ServedResource&, const ServedResource&) = default;
};

/// A group that did not answer, or whose server is away: what it serves is not known now.
struct StaleGroup {
    std::string group;    ///< empty for core
    std::string version;  ///< empty = all of the group
    Error reason;
};

/// What a server serves, as a value.
struct Discovery {
    /// Core first, then by group as the server lists them; each resource once.
    std::vector<ServedResource> resources;
    std::vector<StaleGroup> stale;

    /// Null where it is not served.
    [[nodiscard]] const ServedResource* find(std::string_view group, std::string_view resource) const;
    [[nodiscard]] bool isStale(std::string_view group) const;
};

/// The group's server is away: the API server knows of the group only. Parameters {context}, {group}.
inline constexpr ErrorCode kStaleGroup{
    "kube.stale-group",
    QT_TRANSLATE_NOOP("Error",
                      "The API group {group} of context {context} does not answer now: the server behind it is away. "
                      "What was known of it stays; everything else goes on.")};
/// Parameters {context}, {groups}: names, with commas between them.
inline constexpr ErrorCode kStaleGroups{
    "kube.stale-groups",
    QT_TRANSLATE_NOOP("Error",
                      "Context {context} does not tell now what these API groups serve: {groups}. {cause} What was "
                      "known of them stays; everything else goes on.")};

/// Asks in the aggregated form (v2, else v2beta1), and where the server has none, group by group. A group that fails
/// is named in `stale` and fails nothing else; the result is an error only where the server tells nothing at all.
/// Blocking, any thread.
[[nodiscard]] Result<Discovery> discover(KubeClient& client, std::stop_token stop);

/// "deployments.apps", "configmaps": how people and links name a resource.
[[nodiscard]] std::string qualifiedName(const ResourceType& type);

}  // namespace quarterdeck::kube
