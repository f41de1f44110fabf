#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/kube/object.h"

namespace quarterdeck::ui {

/// What of a row can be compared: restarts>3, age<1h, ready<100%, cpu-request>=500m, memory-limit>1Gi.
enum class NumberField : std::uint8_t {
    Restarts,
    Age,         ///< seconds
    Ready,       ///< containers
    ReadyShare,  ///< 0 to 1; written ready<100%
    Count,
    Cpu,  ///< cores; memory in bytes, as below
    Memory,
    CpuRequest,
    CpuLimit,
    MemoryRequest,
    MemoryLimit,
};

/// All of them, in the order they are offered; ReadyShare is left out: it is Ready with a percent sign.
[[nodiscard]] std::span<const NumberField> allNumberFields();
/// "cpu-request".
[[nodiscard]] std::string_view nameOf(NumberField field);
/// "restarts>3".
[[nodiscard]] std::string_view exampleOf(NumberField field);

/// Value of a row; nullopt where it has none, and then no comparison holds. Pure; any thread.
using NumberOf = std::optional<double> (*)(const kube::Object&, NumberField, Instant now);

struct Comparison {
    enum class Sign : std::uint8_t { Less, AtMost, More, AtLeast };
    NumberField field = NumberField::Restarts;
    Sign sign = Sign::Less;
    double value = 0;

    [[nodiscard]] bool holds(double of) const;
};

/// Nullopt where the text is no comparison at all (a word such as "a->b"). `known`: what the rows can be asked for.
[[nodiscard]] std::optional<Result<Comparison>> parseComparison(std::string_view term,
                                                                std::span<const NumberField> known);

/// Seconds of "90s", "5m", "1h30m", "2d", "1w"; nullopt for anything else.
[[nodiscard]] std::optional<double> parseDuration(std::string_view text);

inline constexpr ErrorCode kFilterUnknownNumber{
    "filter.unknown-number",
    QT_TRANSLATE_NOOP("Error",
                      "“{name}” in “{term}” cannot be compared here. There are: {known}. Put the term in quotes to "
                      "look for the text.")};
inline constexpr ErrorCode kFilterBadNumber{
    "filter.bad-number",
    QT_TRANSLATE_NOOP("Error", "“{value}” in “{term}” is not a value of {name}. Write for example {example}.")};

}  // namespace quarterdeck::ui
