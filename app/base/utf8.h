#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace quarterdeck {

/// The longest beginning of at most this many bytes that ends between two characters of UTF-8.
[[nodiscard]] inline std::string_view utf8Prefix(std::string_view text, std::size_t mostBytes) {
    std::size_t end = std::min(text.size(), mostBytes);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

}  // namespace quarterdeck
