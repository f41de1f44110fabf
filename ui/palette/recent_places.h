#pragma once

#include <vector>

#include "ui/location.h"

namespace quarterdeck::ui {

class ViewMemory;

inline constexpr std::size_t kMaxRecentPlaces = 50;

/// Where the person was lately, latest first; kept in the memory under "palette.recent" as a JSON list of links.
[[nodiscard]] std::vector<Location> recentPlaces(const ViewMemory& memory);
/// Puts a place first. A place differs from another by page, contexts, namespaces, filter and object, not by sort.
void noteVisit(ViewMemory& memory, Location place);
/// Whether both are the same place in that sense.
[[nodiscard]] bool samePlace(const Location& left, const Location& right);
/// The objects among places, in their order.
[[nodiscard]] std::vector<ObjectReference> objectsOf(const std::vector<Location>& places);

}  // namespace quarterdeck::ui
