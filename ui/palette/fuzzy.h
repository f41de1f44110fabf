#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace quarterdeck::ui {

/// How a typed word lies in a text, better last.
enum class Fit : std::uint8_t {
    None,
    Scattered,  ///< its letters in order, somewhere ("odsv" in orders-service)
    Initials,   ///< beginnings of words, one after the other ("os", "ordserv")
    Inside,     ///< as it stands
    WordStart,  ///< as it stands, at the beginning of a word
    Prefix,     ///< as it stands, at the beginning of the text
    Whole,      ///< it is the text
};

struct WordFit {
    Fit fit = Fit::None;
    /// Tells equals apart: 255 = as tight as can be.
    std::uint8_t fine = 0;
};

/// Both folded by foldCase(). A word begins after anything that is neither an ASCII letter or digit nor beyond ASCII.
/// Linear in the length of the text. Pure; any thread.
[[nodiscard]] WordFit fitOf(std::string_view word, std::string_view text);

/// The bytes of `text` that fitOf() counted, upwards; empty where nothing fits.
[[nodiscard]] std::vector<std::size_t> matchedBytes(std::string_view word, std::string_view text);

/// A bit per letter and digit and one for everything else: a text can hold a word only if it has all the word's bits.
[[nodiscard]] std::uint64_t letterMask(std::string_view text);

}  // namespace quarterdeck::ui
