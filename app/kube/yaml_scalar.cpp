#include "app/kube/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

namespace quarterdeck::kube {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Words that YAML 1.1 or 1.2 reads as something else than text, in any case.
bool isReserved(std::string_view text) {
    constexpr std::array<std::string_view, 9> kWords{"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
    return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
        return word.size() == text.size() &&
               std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == (b | 0x20); });
    });
}

/// Letters that no number, date or time of YAML has.
bool neverInNumbers(char c) {
    constexpr std::string_view kOthers = "ghijklmnpqrsuvwyGHIJKLMNPQRSUVWY";
    return kOthers.find(c) != std::string_view::npos;
}

struct CodePoint {
    std::uint32_t value = 0xFFFD;
    std::size_t length = 1;
    bool valid = false;
};

/// The code point at the beginning of a text that is not empty.
CodePoint decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    if (first < 0x80) {
        return {first, 1, true};
    }
    const std::size_t length = first >= 0xF0 ? 4U : first >= 0xE0 ? 3U : first >= 0xC2 ? 2U : 0U;
    if (length == 0 || first > 0xF4 || text.size() < length) {
        return {};
    }
    std::uint32_t value = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            return {};
        }
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    if (value < kSmallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return {};
    }
    return {value, length, true};
}

/// Shown as itself: printable by YAML's rules, and neither a break, a mark of direction nor an invisible character.
bool isVisible(std::uint32_t c) {
    if (c < 0x20 || (c >= 0x7F && c < 0xA1) || c == 0xAD || c == 0x61C || c == 0x180E || c == 0xFEFF) {
        return false;
    }
    if ((c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F)) {
        return false;
    }
    return c < 0xFFF0 || (c >= 0x10000 && (c & 0xFFFEU) != 0xFFFEU && c < 0xE0000);
}

}  // namespace

bool yamlPlain(std::string_view text) {
    if (text.empty() || isReserved(text)) {
        return false;
    }
    const char first = text.front();
    if (!isLetter(first) && first != '/') {
        // "500m" and "10Gi" are text; whatever could be a number, a date or a time is not left to guessing.
        if (!isDigit(first) || std::none_of(text.begin(), text.end(), neverInNumbers)) {
            return false;
        }
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool last = i + 1 == text.size();
        const bool inner = !last && (c == ' ' || (c == ':' && text[i + 1] != ' '));
        if (!isLetter(c) && !isDigit(c) && c != '.' && c != '_' && c != '-' && c != '/' && c != '@' && c != '=' &&
            c != '+' && !inner) {
            return false;
        }
    }
    return true;
}

std::string yamlQuoted(std::string_view text) {
    std::string quoted = "\"";
    while (!text.empty()) {
        const CodePoint point = decode(text);
        const std::string_view raw = text.substr(0, point.length);
        text.remove_prefix(point.length);
        if (!point.valid) {
            quoted += "\\uFFFD";
        } else if (point.value == '"' || point.value == '\\') {
            quoted += '\\';
            quoted += raw;
        } else if (point.value == '\n') {
            quoted += "\\n";
        } else if (point.value == '\t') {
            quoted += "\\t";
        } else if (isVisible(point.value)) {
            quoted += raw;
        } else if (point.value <= 0xFFFF) {
            quoted += fmt::format("\\u{:04X}", point.value);
        } else {
            quoted += fmt::format("\\U{:08X}", point.value);
        }
    }
    return quoted + '"';
}

bool yamlLiteral(std::string_view text) {
    if (text.find('\n') == std::string_view::npos || text.front() == '\n' || text.front() == ' ' ||
        text.front() == '\t' || text.ends_with("\n\n")) {
        return false;
    }
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        // Blanks at the end of a line would not be seen.
        if (!line.empty() && (line.back() == ' ' || line.back() == '\t')) {
            return false;
        }
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    while (!text.empty()) {
        const CodePoint point = decode(text);
        if (!point.valid || !(point.value == '\n' || point.value == '\t' || isVisible(point.value))) {
            return false;
        }
        text.remove_prefix(point.length);
    }
    return true;
}

std::string yamlNumber(std::string number) {
    const std::size_t exponent = number.find('e');
    if (exponent != std::string::npos && number.find('.') == std::string::npos) {
        number.insert(exponent, ".0");
    }
    return number;
}

}  // namespace quarterdeck::kube
