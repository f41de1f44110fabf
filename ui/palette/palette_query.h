#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/kube/kind_descriptor.h"

namespace quarterdeck::ui {

/// What was typed into the palette, read:
///   orders api                          words; all must be found
///   :pods bakery-ia /orders @prod       kind, namespaces right behind it, filter text, part of a context's name
///   >theme                              actions only
/// The filter text reaches up to the next word that begins with : or @. Words are folded by foldCase().
struct PaletteQuery {
    std::string text;  ///< as typed
    bool actionsOnly = false;
    /// At most kMaxWords; includes the plain words of the filter text.
    std::vector<std::string> words;
    /// As typed, without the colon; empty = no kind was asked for.
    std::string kindWord;
    const kube::KindDescriptor* kind = nullptr;  ///< null where kindWord is empty or no kind that is known
    std::vector<std::string> namespaces;
    std::string filter;
    /// Any of them in the name of a context will do; empty = all contexts.
    std::vector<std::string> contextParts;

    static constexpr std::size_t kMaxWords = 8;

    [[nodiscard]] bool empty() const;
    /// Whether it names a place to go to, beside things to find.
    [[nodiscard]] bool namesPlace() const;
    [[nodiscard]] bool unknownKind() const { return !kindWord.empty() && kind == nullptr; }
};

/// Pure. `isNamespace` says whether a word is the name of a namespace.
[[nodiscard]] PaletteQuery parsePaletteQuery(std::string_view text,
                                             const std::function<bool(std::string_view)>& isNamespace);

/// Whether a context of this name is among those asked for. Pure.
[[nodiscard]] bool wantsContext(const PaletteQuery& query, std::string_view context);

}  // namespace quarterdeck::ui
