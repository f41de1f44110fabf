#pragma once

#include "app/base/error.h"

namespace quarterdeck::demo {

inline constexpr ErrorCode kUnknownIncident{
    "demo.unknown-incident",
    QT_TRANSLATE_NOOP("Error", "The demo knows no incident named \"{incident}\". Choose one of these: {known}.")};

}  // namespace quarterdeck::demo
