#include "ui/palette/palette_places.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

#include "app/base/error.h"
#include "app/kinds/name_space.h"
#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "ui/pages/kinds/kind_place.h"
#include "ui/pages/page_catalog.h"
#include "ui/tables/table_specs.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

constexpr std::size_t kMaxShownName = 300;

class Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};

QString joined(const QStringList& parts) {
    return parts.join(QStringLiteral(" · "));
}

QString names(const std::vector<std::string>& all) {
    QStringList shown;
    for (const std::string& name : all) {
        shown += shownName(name);
    }
    return shown.join(QStringLiteral(", "));
}

/// The filter term that leaves an object's pods only.
std::string filterFor(const std::string& name) {
    return name.find_first_of(" \"!=:,") == std::string::npos ? name : std::string();
}

}  // namespace

QString shownName(std::string_view name) {
    return fromUtf8(escapeForDisplay(name, kMaxShownName));
}

std::string pageOfKind(const kube::KindDescriptor& kind) {
    for (const TableSpec* table : allTables()) {
        if (table->kind == &kind && findPage(table->id) != nullptr) {
            return table->id;
        }
    }
    return {};
}

Location placeOnPage(const std::string& page, const Location& here) {
    Location place;
    place.page = page;
    place.contexts = here.contexts;
    place.namespaces = here.namespaces;
    place.range = here.range;
    return place;
}

Location placeAgain(Location place, const Location& here) {
    place.range = place.range ? place.range : here.range;
    return place;
}

Location placeOfView(const Location& view, const Location& here) {
    const auto& tables = allTables();
    const bool ofTime = std::any_of(tables.begin(), tables.end(), [&](const TableSpec* table) {
        return table->id == view.page && table->seen != nullptr;
    });
    return ofTime ? view : placeAgain(view, here);
}

Location placeOfHit(const PaletteHit& hit, const Location& here) {
    Location place = placeOnPage(pageOfKind(*hit.kind), here);
    const auto admit = [](std::vector<std::string>& all, const std::string& name) {
        if (!all.empty() && !name.empty() && std::find(all.begin(), all.end(), name) == all.end()) {
            all.push_back(name);
            std::sort(all.begin(), all.end());
        }
    };
    admit(place.contexts, hit.object.context);
    if (!place.page.empty()) {
        admit(place.namespaces, hit.object.nameSpace);
        place.object = hit.object;
        if (place.page == here.page) {
            place.sort = here.sort;
        }
        return place;
    }
    place.page = pageOfKind(kinds::podKind());
    place.contexts = {hit.object.context};
    if (hit.kind == &kinds::nameSpaceKind()) {
        place.namespaces = {hit.object.name};
    } else {
        place.namespaces = {hit.object.nameSpace};
        place.filter = filterFor(hit.object.name);
    }
    return place;
}

Location placeOfQuery(const PaletteQuery& query, const std::vector<std::string>& wantedContexts, const Location& here) {
    Location place;
    if (query.kind != nullptr) {
        place.page = pageOfKind(*query.kind);
    } else {
        const auto& tables = allTables();
        const bool inTable =
            here.page == kKindsPage || here.page == kKindPage ||
            std::any_of(tables.begin(), tables.end(), [&](const TableSpec* table) { return table->id == here.page; });
        place.page = inTable || query.filter.empty() ? here.page : pageOfKind(kinds::podKind());
    }
    place.contexts = query.contextParts.empty() ? here.contexts : wantedContexts;
    place.namespaces = query.namespaces.empty() ? here.namespaces : query.namespaces;
    place.filter = query.filter;
    place.range = here.range;
    if (place.page == here.page) {
        place.resource = here.resource;
        place.sort = here.sort;
    }
    return place;
}

QString placeTitle(const Location& place) {
    if (place.object) {
        return shownName(place.object->name);
    }
    if (!place.resource.empty()) {
        return shownName(place.resource);
    }
    const PageEntry* page = findPage(place.page);
    return page == nullptr ? fromUtf8(place.page) : QCoreApplication::translate("Rail", page->title);
}

QString placeDetail(const Location& place) {
    QStringList parts;
    if (place.object) {
        Location page;
        page.page = place.page;
        page.resource = place.resource;
        parts += placeTitle(page);
        if (!place.object->nameSpace.empty()) {
            parts += shownName(place.object->nameSpace);
        }
        parts += shownName(place.object->context);
        return joined(parts);
    }
    if (!place.namespaces.empty()) {
        parts += names(place.namespaces);
    }
    if (!place.filter.empty()) {
        parts += Words::tr("filter “%1”").arg(shownName(place.filter));
    }
    if (!place.contexts.empty()) {
        parts += names(place.contexts);
    }
    return joined(parts);
}

QString hitDetail(const PaletteHit& hit) {
    QStringList parts{fromUtf8(hit.kind->type.kind)};
    if (!hit.object.nameSpace.empty()) {
        parts += shownName(hit.object.nameSpace);
    }
    parts += shownName(hit.object.context);
    return joined(parts);
}

QString kindTitle(const kube::KindDescriptor& kind) {
    Location place;
    place.page = pageOfKind(kind);
    return place.page.empty() ? fromUtf8(kind.type.resource) : placeTitle(place);
}

}  // namespace quarterdeck::ui
