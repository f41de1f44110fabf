#pragma once

#include "app/demo/api/status.h"
#include "app/demo/store/json.h"

namespace quarterdeck::demo {

/// Fills in what the API server fills in on creation: replicas, strategies, container and pod defaults.
void applyDefaults(const ResourceType& type, Json& object);
/// 422 where the object breaks a rule that clients meet in practice. `before` is null on creation.
[[nodiscard]] Answer<void> validate(const ResourceType& type, const Json& object, const Json* before);

}  // namespace quarterdeck::demo
