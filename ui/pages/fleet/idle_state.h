#pragma once

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/pages/fleet/idle_card.h"
#include "ui/text/time_display.h"

namespace quarterdeck::ui {

/// Why a context is not connected and what would help. `session` is null where it is not open.
[[nodiscard]] IdleCard::State idleState(const session::ContextEntry& entry, const session::ClusterSession* session,
                                        ZoneChoice zone);

}  // namespace quarterdeck::ui
