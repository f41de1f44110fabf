#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/base/clock.h"

namespace quarterdeck {

/// RFC 3339 as Kubernetes writes it ("2026-03-14T03:12:40Z", fractions and offsets allowed). Nothing on bad input.
[[nodiscard]] std::optional<Instant> parseRfc3339(std::string_view text);
/// "2026-03-14T03:12:40Z"; with milliseconds only where `withMillis`.
[[nodiscard]] std::string formatRfc3339(Instant time, bool withMillis = false);
/// RFC 9110 date of HTTP headers ("Sat, 14 Mar 2026 03:12:40 GMT"), both ways.
[[nodiscard]] std::optional<Instant> parseHttpDate(std::string_view text);
[[nodiscard]] std::string formatHttpDate(Instant time);

/// An age exactly as kubectl prints it (k8s.io/apimachinery duration.HumanDuration): "5s", "3m20s", "2h", "4d3h", "2y".
/// Negative by at most two seconds gives "0s", further back "<invalid>".
[[nodiscard]] std::string humanDuration(std::chrono::milliseconds age);

}  // namespace quarterdeck
