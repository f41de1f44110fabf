#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "app/base/clock.h"

// Reading a full object whose shape nobody guarantees: what is missing or of another type counts as missing.
namespace quarterdeck::ui::facts {

using Path = std::initializer_list<const char*>;

/// A JSON null where the path leads nowhere.
[[nodiscard]] const nlohmann::json& at(const nlohmann::json& object, Path path);
/// The same, for iterating: always an array, always an object.
[[nodiscard]] const nlohmann::json& list(const nlohmann::json& object, Path path);
[[nodiscard]] const nlohmann::json& map(const nlohmann::json& object, Path path);
/// Empty where it is no text.
[[nodiscard]] std::string text(const nlohmann::json& object, Path path);
[[nodiscard]] std::optional<std::int64_t> number(const nlohmann::json& object, Path path);
[[nodiscard]] bool flag(const nlohmann::json& object, Path path);
[[nodiscard]] std::optional<Instant> time(const nlohmann::json& object, Path path);
/// The item of a list whose "name" is this; a JSON null without one.
[[nodiscard]] const nlohmann::json& named(const nlohmann::json& items, std::string_view name);
/// A port or percentage, which may be a number or a text.
[[nodiscard]] std::string numberOrText(const nlohmann::json& object, Path path);
/// What the object's status says of a condition beside its reason; empty without one.
[[nodiscard]] std::string conditionMessage(const nlohmann::json& object, std::string_view type);

}  // namespace quarterdeck::ui::facts
