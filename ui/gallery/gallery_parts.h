#pragma once

#include <vector>

namespace quarterdeck::ui {

class PartSamples;

/// A part of the interface as the gallery shows it.
struct GalleryPart {
    const char* id;
    /// Untranslated, context "Gallery".
    const char* title;
    /// Makes the part in every state it has.
    void (*fill)(PartSamples& samples);
};

/// Every part, in the order of the gallery. A new part is one function and one line in the list.
[[nodiscard]] const std::vector<GalleryPart>& galleryParts();

// The functions of the list, by what they belong to.
void addLabels(PartSamples& samples);
void addButtons(PartSamples& samples);
void addIconButtons(PartSamples& samples);
void addPills(PartSamples& samples);
void addPillButtons(PartSamples& samples);
void addBadges(PartSamples& samples);
void addTags(PartSamples& samples);
void addContextChips(PartSamples& samples);
void addKeyValueRows(PartSamples& samples);
void addBanners(PartSamples& samples);
void addCards(PartSamples& samples);
void addHeatRows(PartSamples& samples);
void addStatePanels(PartSamples& samples);
void addFilterLines(PartSamples& samples);
void addCompletions(PartSamples& samples);
void addTables(PartSamples& samples);
void addRails(PartSamples& samples);
void addLineInputs(PartSamples& samples);
void addChoices(PartSamples& samples);
void addRanges(PartSamples& samples);
void addTabs(PartSamples& samples);
void addMenus(PartSamples& samples);
void addPropertyViews(PartSamples& samples);
void addDrawers(PartSamples& samples);
void addCodeViews(PartSamples& samples);
void addDocks(PartSamples& samples);
void addToasts(PartSamples& samples);
void addMeters(PartSamples& samples);
void addCharts(PartSamples& samples);
void addPalettes(PartSamples& samples);
void addKeyCaps(PartSamples& samples);
void addKeySheets(PartSamples& samples);
void addColumnChoosers(PartSamples& samples);

}  // namespace quarterdeck::ui
