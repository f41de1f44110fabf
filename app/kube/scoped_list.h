#pragma once

#include <optional>
#include <vector>

#include "app/base/clock.h"
#include "app/kube/list_call.h"
#include "app/kube/namespace_directory.h"

namespace quarterdeck::kube {

/// What was listed at once, and why it may not be all.
struct ScopedList {
    std::vector<ObjectPtr> items;
    /// kScopeNarrowed, kScopePartly, kScopeCrowded, kScopePartlyCrowded, or what failed in one namespace; nothing where
    /// the cluster-wide list was permitted.
    std::optional<Error> narrowed;
};

/// As listAll() over all namespaces; where that is refused, namespace by namespace, as many as a KindFeed watches.
/// Blocks. Errors: those of listAll(), and kNowhereAllowed or kNowhereCrowded where nothing may be listed.
/// `call.nameSpace` is not looked at.
[[nodiscard]] Result<ScopedList> listWhereAllowed(http::Channel& channel, const KindDescriptor& kind, ListCall call,
                                                  DecodeContext& decoding, NamespaceDirectory& namespaces,
                                                  const Clock& clock, std::stop_token stop);

}  // namespace quarterdeck::kube
