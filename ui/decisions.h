#pragma once

#include <optional>

#include "app/session/session_hub.h"
#include "app/settings/settings.h"

namespace quarterdeck::ui {

/// \name What a person decided about a context, put into the settings of its cluster
/// True where the settings changed. Contexts whose server is not known keep nothing. `locked`: of the open session,
/// nothing where the context is not open.
/// @{

/// Production starts locked: only what differs from that is kept, and taking the lock off production is for this
/// session alone.
bool rememberLock(settings::Settings& settings, const session::ContextEntry& entry, std::optional<bool> locked);
/// A lock that came with the mark stays when the mark goes.
bool rememberProduction(settings::Settings& settings, const session::ContextEntry& entry, std::optional<bool> locked);
/// @}

}  // namespace quarterdeck::ui
