#pragma once

#include <string>

#include "app/kube/object.h"
#include "ui/location.h"

namespace quarterdeck::ui {

/// Id of the page that shows any one kind; Location::resource says which.
inline constexpr const char* kKindPage = "kind";
inline constexpr const char* kKindsPage = "kinds";

/// The page of our own for a kind ("pods" for pods), empty where it has none.
[[nodiscard]] std::string ownPageOf(const std::string& qualifiedName);

/// Page and resource that show a kind, nothing else: our own page where there is one.
[[nodiscard]] Location placeOfKind(const std::string& qualifiedName);

/// The same place, on the page that really shows it: of a kind of which we have a page of our own on that, of no kind
/// at all on the list of kinds.
[[nodiscard]] Location resolvedPlace(Location place);

}  // namespace quarterdeck::ui
