#include "ui/pages/page_catalog.h"

#include <QtGlobal>

#include "app/kinds/event.h"
#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "ui/pages/events/events_page.h"
#include "ui/pages/fleet/fleet_page.h"
#include "ui/pages/kinds/kind_page.h"
#include "ui/pages/kinds/kind_place.h"
#include "ui/pages/kinds/kinds_page.h"
#include "ui/pages/nodes/nodes_page.h"
#include "ui/pages/table/table_page.h"
#include "ui/tables/table_specs.h"

namespace quarterdeck::ui {

namespace {

template <const TableSpec& (*spec)()>
Page* makeTable(const PageServices& services, QWidget* parent) {
    return new TablePage(spec(), services, parent);
}

Page* makeEvents(const PageServices& services, QWidget* parent) {
    return EventsPage::make(services, parent);
}

Page* makeKinds(const PageServices& services, QWidget* parent) {
    return KindsPage::make(services, parent);
}

Page* makeKind(const PageServices& services, QWidget* parent) {
    return new KindPage(services, parent);
}

Page* makeFleet(const PageServices& services, QWidget* parent) {
    return new FleetPage(services, parent);
}

}  // namespace

const std::vector<PageEntry>& pageCatalog() {
    static const std::vector<PageEntry> catalog{
        {"fleet", QT_TRANSLATE_NOOP("Rail", "Fleet"), "layers", "", makeFleet, kinds::podKind},
        {"workloads", QT_TRANSLATE_NOOP("Rail", "Workloads"), "boxes", "", nullptr},
        {"pods", QT_TRANSLATE_NOOP("Rail", "Pods"), "", "workloads", makeTable<podTable>, kinds::podKind},
        {"cluster", QT_TRANSLATE_NOOP("Rail", "Cluster"), "server", "", nullptr},
        {"nodes", QT_TRANSLATE_NOOP("Rail", "Nodes"), "", "cluster", makeNodesPage, kinds::nodeKind},
        {"events", QT_TRANSLATE_NOOP("Rail", "Events"), "", "cluster", makeEvents, kinds::eventKind},
        {kKindsPage, QT_TRANSLATE_NOOP("Rail", "Kinds"), "", "cluster", makeKinds},
        {kKindPage, QT_TRANSLATE_NOOP("Rail", "Kind"), "", kKindsPage, makeKind, nullptr, false},
    };
    return catalog;
}

const PageEntry* findPage(std::string_view id) {
    for (const PageEntry& entry : pageCatalog()) {
        if (entry.make != nullptr && entry.id == id) {
            return &entry;
        }
    }
    return nullptr;
}

}  // namespace quarterdeck::ui
