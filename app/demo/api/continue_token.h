#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace quarterdeck::demo {

/// Where the next page of a list begins. Opaque to clients.
struct ContinueToken {
    std::uint64_t version = 0;
    std::string nameSpace;  ///< of the last object told
    std::string name;

    [[nodiscard]] std::string text() const;
    [[nodiscard]] static std::optional<ContinueToken> parse(const std::string& text);
};

}  // namespace quarterdeck::demo
