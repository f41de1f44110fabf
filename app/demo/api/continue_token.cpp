#include "app/demo/api/continue_token.h"

#include <charconv>

#include <fmt/format.h>

namespace quarterdeck::demo {

std::string ContinueToken::text() const {
    const std::string plain = fmt::format("{}/{}/{}", version, nameSpace, name);
    std::string result;
    for (const char c : plain) {
        result += fmt::format("{:02x}", static_cast<unsigned char>(c));
    }
    return result;
}

std::optional<ContinueToken> ContinueToken::parse(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        unsigned value = 0;
        const char* end = text.data() + i + 2;
        if (std::from_chars(text.data() + i, end, value, 16).ptr != end) {
            return std::nullopt;
        }
        plain += static_cast<char>(value);
    }
    const auto first = plain.find('/');
    const auto second = first == std::string::npos ? first : plain.find('/', first + 1);
    ContinueToken token;
    if (second == std::string::npos ||
        std::from_chars(plain.data(), plain.data() + first, token.version).ptr != plain.data() + first) {
        return std::nullopt;
    }
    token.nameSpace = plain.substr(first + 1, second - first - 1);
    token.name = plain.substr(second + 1);
    return token;
}

}  // namespace quarterdeck::demo
