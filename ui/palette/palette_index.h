#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/kube/object_store.h"
#include "ui/location.h"
#include "ui/palette/palette_query.h"

namespace quarterdeck::ui {

/// The kinds whose objects the palette finds, most wanted first.
[[nodiscard]] const std::vector<const kube::KindDescriptor*>& paletteKinds();

/// An object that was found.
struct PaletteHit {
    ObjectReference object;
    const kube::KindDescriptor* kind = nullptr;
    kube::Health health = kube::Health::Unknown;
    /// How well it matches: the sum over the words (see palette_index.cpp), comparable with matchOf().
    int match = 0;
};

struct PaletteFindings {
    PaletteQuery query;
    /// Best first: by match, then what was visited lately, then the worse health.
    std::vector<PaletteHit> hits;
    std::size_t found = 0;     ///< all that match
    std::size_t searched = 0;  ///< all that are known
    /// Contexts that the query wants among those known.
    std::vector<std::string> contexts;
};

/// A batch of a store without what the palette does not need.
struct PaletteChange {
    bool snapshot = false;
    std::vector<kube::ObjectPtr> present;
    std::vector<kube::Uid> gone;
};
[[nodiscard]] PaletteChange changeOf(const kube::Batch& batch);

/// How well words match a title, on the scale of PaletteHit::match; 0 where one of them is missing. `also` is
/// looked in as an object's namespace and labels are. Both folded. Pure.
[[nodiscard]] int matchOf(const std::vector<std::string>& words, std::string_view title, std::string_view also);

/// Everything that can be found, as compact folded text. No thread of its own: one thread at a time.
class PaletteIndex {
public:
    void setContexts(std::vector<kube::ContextId> open);
    /// The kind is one of paletteKinds(), the context is known.
    void apply(const kube::ContextId& context, const kube::KindDescriptor& kind, const PaletteChange& change);
    void clear();

    [[nodiscard]] std::size_t size() const { return living_; }
    [[nodiscard]] bool isNamespace(std::string_view name) const { return namespaces_.find(name) != namespaces_.end(); }

    /// The best `limit`. `recent`: what the person visited, latest first. `superseded` is asked now and then; once
    /// it says true the search ends with nothing.
    [[nodiscard]] PaletteFindings search(PaletteQuery query, const std::vector<ObjectReference>& recent,
                                         std::size_t limit, const std::function<bool()>& superseded) const;

private:
    struct Entry {
        kube::ObjectPtr object;  ///< null: free
        /// name, namespace, context, kind, labels; a line each.
        std::string text;
        std::uint64_t nameLetters = 0;
        std::uint64_t letters = 0;
        std::uint16_t nameLength = 0;
        std::uint16_t nameSpaceLength = 0;
        std::uint16_t context = 0;
        std::uint8_t kind = 0;
    };
    struct Word;
    struct Source {
        std::unordered_map<std::string_view, std::uint32_t> byUid;  ///< views into the objects
    };
    void put(std::uint16_t context, std::uint8_t kind, Source& source, const kube::ObjectPtr& object);
    void drop(Source& source, std::unordered_map<std::string_view, std::uint32_t>::iterator entry);
    void count(const Entry& entry, int step);
    [[nodiscard]] static std::uint32_t judge(const Entry& entry, const std::vector<Word>& words);
    [[nodiscard]] std::vector<std::uint32_t> slotsOf(const ObjectReference& object) const;

    std::vector<kube::ContextId> contexts_;  ///< by number; empty = free
    std::vector<Entry> entries_;
    std::vector<std::uint32_t> free_;
    std::map<std::pair<std::uint16_t, std::uint8_t>, Source> sources_;
    std::map<std::string, std::size_t, std::less<>> namespaces_;  ///< with how many objects speak of them
    std::size_t living_ = 0;
};

}  // namespace quarterdeck::ui
