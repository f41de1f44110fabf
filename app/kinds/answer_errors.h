#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/base/error.h"
#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kinds {

/// The beginning of an answer, fit to be shown in an error.
[[nodiscard]] std::string beginningOf(std::string_view answer);
/// kEmptyAnswer or kHtmlAnswer where the answer is one.
[[nodiscard]] std::optional<Error> emptyOrHtml(std::string_view answer, const std::string& expected);
/// kStatusAnswer for a Status that came where data was expected.
[[nodiscard]] Error statusAnswer(const kube::ApiStatus& status, const std::string& expected);
/// Nothing for an unknown word.
[[nodiscard]] std::optional<kube::WatchEventType> watchEventType(std::string_view text);

}  // namespace quarterdeck::kinds
