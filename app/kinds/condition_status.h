#pragma once

#include <cstdint>
#include <string_view>

namespace quarterdeck::kinds {

/// status of a condition; Missing where the object has no such condition.
enum class ConditionStatus : std::uint8_t { Missing, True, False, Unknown };

[[nodiscard]] constexpr ConditionStatus conditionStatus(std::string_view text) {
    return text == "True" ? ConditionStatus::True : text == "False" ? ConditionStatus::False : ConditionStatus::Unknown;
}

}  // namespace quarterdeck::kinds
