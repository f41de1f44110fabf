#pragma once

#include <string>

#include "app/base/clock.h"

namespace quarterdeck::demo {

/// The first time after `after` that a five-field cron line names (numbers, lists, ranges, steps; UTC);
/// Instant::max() where the line is malformed or names no time within a year.
[[nodiscard]] Instant nextCronTime(const std::string& line, Instant after);

}  // namespace quarterdeck::demo
