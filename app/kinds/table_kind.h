#pragma once

#include "app/kube/kind_descriptor.h"
#include "app/kube/table.h"

namespace quarterdeck::kinds {

/// Any kind of a server as a live table with the server's own columns: objects are kube::TableRow. A server that makes
/// no tables gives rows with name and age. Rows without a uid (of servers that store nothing) get one of their own
/// from namespace and name. `watched` false: it is listed now and then.
[[nodiscard]] kube::KindDescriptor tableKind(kube::ResourceType type, bool watched = true);

/// Whether one of the columns tells how an object fares ("Ready", "Status", "Phase", …).
[[nodiscard]] bool tellsHealth(const kube::TableColumns& columns);
/// What those columns say, the worst of them; Good where they say nothing, Progressing while it is being deleted.
[[nodiscard]] kube::Health healthOf(const kube::TableRow& row);

}  // namespace quarterdeck::kinds
