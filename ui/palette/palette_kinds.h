#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "app/kube/served_kind.h"
#include "ui/location.h"
#include "ui/palette/palette_query.h"
#include "widgets/palette_popup.h"

namespace quarterdeck::ui {

/// How well a kind answers to a word: its own names best (name, short name, singular, Kind, name with group), then
/// what begins with the word, then what contains it, its group too. 0 = not at all. Pure.
[[nodiscard]] int kindMatch(const kube::ServedKind& kind, std::string_view word);

/// From here on the word is one of the kind's names.
inline constexpr int kExactKind = 100;

/// The kind that the word names; null where none does. A core kind comes before others of the same name.
[[nodiscard]] std::shared_ptr<const kube::ServedKind> kindNamed(
    const std::vector<std::shared_ptr<const kube::ServedKind>>& kinds, std::string_view word);

/// The same filter and namespaces, on the page of this kind.
void leadToKind(Location& place, const kube::ServedKind& kind);

/// A kind as the palette offers it.
struct KindOffer {
    widgets::PaletteItem item;
    int match = 0;
    std::optional<Location> place;  ///< nothing: it cannot be opened, the item says why
};

/// The kinds that the word after the colon fits, or all words; best first, at most `limit`. The one that the word names
/// is not among them (it is the place itself), nor are kinds with a page of their own, which stand among the pages.
[[nodiscard]] std::vector<KindOffer> kindOffers(const PaletteQuery& query,
                                                const std::vector<std::shared_ptr<const kube::ServedKind>>& kinds,
                                                const std::vector<std::string>& wantedContexts, const Location& here,
                                                std::size_t limit);

}  // namespace quarterdeck::ui
