#pragma once

#include "app/kube/kind_descriptor.h"
#include "app/kube/object.h"

namespace quarterdeck::kinds {

/// A v1 Namespace.
struct NameSpace : kube::Object {
    PooledString phase;  ///< "Active" or "Terminating": STATUS of kubectl
};

[[nodiscard]] const kube::KindDescriptor& nameSpaceKind();

}  // namespace quarterdeck::kinds
