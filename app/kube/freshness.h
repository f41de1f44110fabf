#pragma once

#include <optional>

#include "app/base/clock.h"
#include "app/base/error.h"

namespace quarterdeck::kube {

/// How far a (context, resource, scope) can be trusted, best last but for Loading.
enum class FreshnessState {
    Loading,    ///< nothing yet
    Live,       ///< the watch is open and an event or bookmark came within 90 s
    Empty,      ///< as Live, and there are no objects
    Forbidden,  ///< 403: a state, not a failure; `reason` names the missing verb
    Stale,      ///< rows stay, last true at `since`; `reason` says why
    Failed,     ///< never loaded; `reason` says why
};

struct Freshness {
    FreshnessState state = FreshnessState::Loading;
    /// Live, Empty: when the server last spoke. Stale: until when the rows were true. Others: since when.
    Instant since{};
    std::optional<Error> reason;
    /// Next try after a failure, where one is planned.
    std::optional<Instant> nextTry;
};

}  // namespace quarterdeck::kube
