#pragma once

#include <vector>

#include "app/demo/control/pass.h"

namespace quarterdeck::demo {

/// Writes status, conditions and the revision annotation of a Deployment from its ReplicaSets. `current` is the one
/// of its template, null where none exists yet.
void storeStatus(Pass& pass, const Json& deployment, const std::vector<Json>& sets, const Json* current);

}  // namespace quarterdeck::demo
