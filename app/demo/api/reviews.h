#pragma once

#include <optional>

#include "app/demo/api/request.h"
#include "app/demo/store/json.h"

namespace quarterdeck::demo {

/// SelfSubjectAccessReview, SelfSubjectRulesReview and SelfSubjectReview: everybody may do everything here. Nothing
/// for other paths.
[[nodiscard]] std::optional<Json> selfReview(const ApiRequest& request);

}  // namespace quarterdeck::demo
