#include "ui/gallery/gallery_parts.h"

#include <QtGlobal>

namespace quarterdeck::ui {

const std::vector<GalleryPart>& galleryParts() {
    static const std::vector<GalleryPart> parts{
        {"label", QT_TRANSLATE_NOOP("Gallery", "Labels"), addLabels},
        {"button", QT_TRANSLATE_NOOP("Gallery", "Buttons"), addButtons},
        {"icon-button", QT_TRANSLATE_NOOP("Gallery", "Icon buttons"), addIconButtons},
        {"pill", QT_TRANSLATE_NOOP("Gallery", "Status pills"), addPills},
        {"pill-button", QT_TRANSLATE_NOOP("Gallery", "Status buttons"), addPillButtons},
        {"badge", QT_TRANSLATE_NOOP("Gallery", "Badges"), addBadges},
        {"tag", QT_TRANSLATE_NOOP("Gallery", "Tags"), addTags},
        {"context-chip", QT_TRANSLATE_NOOP("Gallery", "Contexts"), addContextChips},
        {"line-input", QT_TRANSLATE_NOOP("Gallery", "Inputs"), addLineInputs},
        {"choice", QT_TRANSLATE_NOOP("Gallery", "Choices"), addChoices},
        {"range", QT_TRANSLATE_NOOP("Gallery", "Ranges"), addRanges},
        {"tabs", QT_TRANSLATE_NOOP("Gallery", "Tabs"), addTabs},
        {"menu", QT_TRANSLATE_NOOP("Gallery", "Menus"), addMenus},
        {"filter-line", QT_TRANSLATE_NOOP("Gallery", "Filter line"), addFilterLines},
        {"completions", QT_TRANSLATE_NOOP("Gallery", "Completions"), addCompletions},
        {"key-value-row", QT_TRANSLATE_NOOP("Gallery", "Lines of a card"), addKeyValueRows},
        {"card", QT_TRANSLATE_NOOP("Gallery", "Cards"), addCards},
        {"heat-row", QT_TRANSLATE_NOOP("Gallery", "Heat rows"), addHeatRows},
        {"banner", QT_TRANSLATE_NOOP("Gallery", "Banners"), addBanners},
        {"table", QT_TRANSLATE_NOOP("Gallery", "Table"), addTables},
        {"column-chooser", QT_TRANSLATE_NOOP("Gallery", "Column chooser"), addColumnChoosers},
        {"state-panel", QT_TRANSLATE_NOOP("Gallery", "State panels"), addStatePanels},
        {"property-view", QT_TRANSLATE_NOOP("Gallery", "Property list"), addPropertyViews},
        {"drawer", QT_TRANSLATE_NOOP("Gallery", "Details drawer"), addDrawers},
        {"dock", QT_TRANSLATE_NOOP("Gallery", "Dock"), addDocks},
        {"code-view", QT_TRANSLATE_NOOP("Gallery", "YAML view"), addCodeViews},
        {"toast", QT_TRANSLATE_NOOP("Gallery", "Toasts"), addToasts},
        {"meter", QT_TRANSLATE_NOOP("Gallery", "Meters"), addMeters},
        {"chart", QT_TRANSLATE_NOOP("Gallery", "Chart"), addCharts},
        {"palette", QT_TRANSLATE_NOOP("Gallery", "Palette"), addPalettes},
        {"key-caps", QT_TRANSLATE_NOOP("Gallery", "Keys"), addKeyCaps},
        {"key-sheet", QT_TRANSLATE_NOOP("Gallery", "Key sheet"), addKeySheets},
        {"rail", QT_TRANSLATE_NOOP("Gallery", "Navigation rail"), addRails},
    };
    return parts;
}

}  // namespace quarterdeck::ui
