#include "ui/pages/kinds/kind_place.h"

#include "app/kube/discovery.h"
#include "ui/tables/table_specs.h"

namespace quarterdeck::ui {

std::string ownPageOf(const std::string& qualifiedName) {
    for (const TableSpec* table : allTables()) {
        if (kube::qualifiedName(table->kind->type) == qualifiedName) {
            return table->id;
        }
    }
    return qualifiedName == "events.events.k8s.io" ? "events" : "";
}

Location placeOfKind(const std::string& qualifiedName) {
    Location place;
    place.page = ownPageOf(qualifiedName);
    if (place.page.empty()) {
        place.page = kKindPage;
        place.resource = qualifiedName;
    }
    return place;
}

Location resolvedPlace(Location place) {
    if (place.page == kKindPage) {
        const Location kind = placeOfKind(place.resource);
        place.page = place.resource.empty() ? kKindsPage : kind.page;
        place.resource = kind.page == kKindPage ? place.resource : std::string();
    } else {
        place.resource.clear();
    }
    return place;
}

}  // namespace quarterdeck::ui
