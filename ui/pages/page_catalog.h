#pragma once

#include <string_view>
#include <vector>

#include "app/kube/kind_descriptor.h"
#include "ui/pages/page.h"

namespace quarterdeck::ui {

/// A page or section of the rail, as data.
struct PageEntry {
    /// Id of the page, or of a section that only holds pages.
    const char* id = "";
    /// English, marked by QT_TRANSLATE_NOOP("Rail", …).
    const char* title = "";
    /// Lucide name; empty for pages inside a section.
    const char* icon = "";
    /// Section; empty = top level.
    const char* section = "";
    /// Null for a section.
    Page* (*make)(const PageServices& services, QWidget* parent) = nullptr;
    /// What most of its rows come from, asked for before the page is there; null where that depends.
    const kube::KindDescriptor& (*kind)() = nullptr;
    /// False: a page that others lead to; the rail marks the page that its section names.
    bool inRail = true;
};

/// Every page, those of the rail in its order; the first page is home. A new page is one line.
[[nodiscard]] const std::vector<PageEntry>& pageCatalog();

/// Null where there is no page of this id.
[[nodiscard]] const PageEntry* findPage(std::string_view id);

}  // namespace quarterdeck::ui
