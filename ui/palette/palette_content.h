#pragma once

#include <map>
#include <optional>
#include <variant>
#include <vector>

#include <QString>

#include "app/kube/served_kind.h"
#include "ui/palette/palette_index.h"
#include "ui/palette/saved_views.h"
#include "widgets/palette_popup.h"

class QAction;

namespace quarterdeck::ui {

class ActionRegistry;

/// What the palette offers besides the objects that were found.
struct PaletteSources {
    const ActionRegistry& actions;
    /// The page in front and what is shown there.
    Location here;
    /// Latest first.
    std::vector<Location> recent;
    std::vector<SavedView> views;
    /// A view that was just removed and can be brought back.
    std::optional<SavedView> removed;
    /// Open ones.
    std::vector<kube::ContextId> contexts;
    /// What they serve, each kind once.
    std::vector<std::shared_ptr<const kube::ServedKind>> kinds = {};
};

/// What choosing an item means.
struct BringBackView {
    SavedView view;
};
using PaletteChoice = std::variant<Location, QAction*, BringBackView>;

struct PaletteContent {
    QVector<widgets::PaletteSection> sections;
    /// By the items' ids; items without one cannot be chosen.
    std::map<QString, PaletteChoice> choices;
    /// In the place of the list where nothing was found.
    QString emptyText;
};

/// Sections and rows for what was found. Interface thread (words are translated), without effects.
[[nodiscard]] PaletteContent makePaletteContent(const PaletteFindings& findings, const PaletteSources& sources);

/// The grammar in one line.
[[nodiscard]] QString paletteGrammar();

/// Item id of a saved view, and the way back; nothing where the item is none.
[[nodiscard]] QString viewItemId(const std::string& name);
[[nodiscard]] std::optional<std::string> viewOfItem(const QString& id);

/// UTF-16 places of the letters in a shown title that the words (folded) match.
[[nodiscard]] QVector<int> marksIn(const QString& title, const std::vector<std::string>& words);

}  // namespace quarterdeck::ui
