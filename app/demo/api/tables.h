#pragma once

#include <string>
#include <vector>

#include "app/demo/store/json.h"
#include "app/demo/store/resource_types.h"

namespace quarterdeck::demo {

/// What a row of a Table carries of its object.
enum class IncludeObject { None, Metadata, Object };

/// A meta.k8s.io/v1 Table with the columns that kubectl users know; NAME and AGE where nobody defined more.
/// `withColumns` is off for later events of a watch.
[[nodiscard]] Json tableOf(const ResourceType& type, const std::vector<Json>& objects, Instant now,
                           IncludeObject include, bool withColumns = true);
[[nodiscard]] Json partialMetadata(const Json& object);

/// The STATUS column of a pod.
[[nodiscard]] std::string podStatusText(const Json& pod);

}  // namespace quarterdeck::demo
