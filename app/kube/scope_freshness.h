#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/kube/errors.h"
#include "app/kube/freshness.h"

namespace quarterdeck::kube {

/// A kind that is listed namespace by namespace because the cluster-wide list is not permitted.
struct ScopedParts {
    ContextId context;
    ResourceType type;
    /// The refusal of the cluster-wide list or watch.
    Error denial;
    /// State by namespace.
    std::map<std::string, Freshness> parts;
    /// Namespaces that were not tried, because they are too many.
    std::size_t leftOut = 0;
    /// Refused namespaces beyond those among `parts`.
    std::size_t refusedMore = 0;
    /// Set until all that are to be tried were tried once: since when. The whole is Loading meanwhile.
    std::optional<Instant> searchingSince;
};

/// What a view is told of all of them together: the worst of what may be seen, with a reason that names what may not
/// and the missing verbs. Forbidden only where nothing may be seen. Pure.
[[nodiscard]] Freshness combine(const ScopedParts& scoped);

/// What is missing in a namespace of a kind that is shown in part: "list pods in namespace x"; empty where nothing is.
[[nodiscard]] std::string_view missingIn(const Freshness& whole, const std::string& nameSpace);

/// The state of one namespace where verbs are missing that the server's rules do not hold.
[[nodiscard]] Freshness forbiddenPart(const ScopedParts& scoped, const std::string& nameSpace,
                                      const std::vector<std::string>& missingVerbs, Instant since);

}  // namespace quarterdeck::kube
