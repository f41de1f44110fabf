#pragma once

#include <span>
#include <string_view>

#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kinds {

/// Every kind that has a typed summary, in the order of the rail.
[[nodiscard]] std::span<const kube::KindDescriptor* const> allKinds();

/// By resource ("pods", "deployments.apps"), singular ("pod"), short name ("po") or kind ("Pod"), in any case; null
/// where unknown.
[[nodiscard]] const kube::KindDescriptor* findKind(std::string_view name);

}  // namespace quarterdeck::kinds
