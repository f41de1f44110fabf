#pragma once

#include <QString>

#include "ui/location.h"
#include "ui/palette/palette_index.h"

namespace quarterdeck::ui {

/// The page that lists a kind; empty where there is none.
[[nodiscard]] std::string pageOfKind(const kube::KindDescriptor& kind);

/// The bare page, with the contexts, namespaces and time range of `here`. Pure.
[[nodiscard]] Location placeOnPage(const std::string& page, const Location& here);

/// A place that was visited before, coming from `here`, whose time range stays unless the place has one. Pure.
[[nodiscard]] Location placeAgain(Location place, const Location& here);

/// The same for a saved view; one of a page that shows a time range is taken as it was saved, "any time" too. Pure.
[[nodiscard]] Location placeOfView(const Location& view, const Location& here);

/// Where an object is looked at, coming from `here`: its row on the page of its kind; a kind without a page leads to
/// the pods of the object. Contexts and namespaces of `here` stay as far as they do not hide it, its time range in any
/// case. Pure.
[[nodiscard]] Location placeOfHit(const PaletteHit& hit, const Location& here);

/// Where ":pods bakery-ia /orders @prod" leads, coming from `here`, whose time range stays. Pure. Empty page: the kind
/// has none.
[[nodiscard]] Location placeOfQuery(const PaletteQuery& query, const std::vector<std::string>& wantedContexts,
                                    const Location& here);

/// "Pods", or the object's name.
[[nodiscard]] QString placeTitle(const Location& place);
/// "bakery-ia · filter “orders” · bakery-ia-prod", without what the title says; may be empty.
[[nodiscard]] QString placeDetail(const Location& place);

/// A name from a cluster as it may be shown.
[[nodiscard]] QString shownName(std::string_view name);
/// "Pod · bakery-ia · bakery-ia-prod"
[[nodiscard]] QString hitDetail(const PaletteHit& hit);

/// "Pods" for the pods; the resource's own name for kinds without words.
[[nodiscard]] QString kindTitle(const kube::KindDescriptor& kind);

}  // namespace quarterdeck::ui
