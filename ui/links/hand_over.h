#pragma once

#include "ui/location.h"

namespace quarterdeck::ui {

/// Gives a link to the console that runs already (its LinkReceiver); whether one took it. Waits four seconds at most.
[[nodiscard]] bool handOver(const Location& link);

}  // namespace quarterdeck::ui
