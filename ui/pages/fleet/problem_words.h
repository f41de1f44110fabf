#pragma once

#include <QString>

#include "ui/pages/fleet/fleet_summary.h"

namespace quarterdeck::ui {

/// "orders-service crash-looping", "Node gc-node-2 not ready": one line in the person's language.
[[nodiscard]] QString problemText(const FleetProblem& problem);

}  // namespace quarterdeck::ui
