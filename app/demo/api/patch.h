#pragma once

#include <string>

#include "app/demo/api/status.h"
#include "app/demo/store/json.h"

namespace quarterdeck::demo {

/// Applies the body of a PATCH to an object by its content type: JSON patch, merge patch, strategic merge patch, or
/// server-side apply (merged like a strategic patch; field managers are not kept).
[[nodiscard]] Answer<Json> applyPatch(const std::string& contentType, const Json& current, const std::string& body);

/// Strategic merge: lists of containers, env, ports, volumes, conditions and the like merge by their keys;
/// `$patch`, `$deleteFromPrimitiveList`, `$setElementOrder` and `$retainKeys` are understood; other lists are replaced.
[[nodiscard]] Json strategicMerge(const Json& current, const Json& patch);

}  // namespace quarterdeck::demo
