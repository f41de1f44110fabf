#include "app/base/error.h"

#include <fmt/format.h>

namespace quarterdeck {

namespace {

/// Decodes one code point at `position`; 0 length means malformed.
struct Decoded {
    char32_t point = 0;
    std::size_t length = 0;
};

Decoded decodeUtf8(std::string_view text, std::size_t position) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(position);
    std::size_t length = 0;
    char32_t point = 0;
    if (first < 0x80) {
        return {first, 1};
    }
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
        point = first & 0x1FU;
    } else if ((first & 0xF0U) == 0xE0U) {
        length = 3;
        point = first & 0x0FU;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        point = first & 0x07U;
    } else {
        return {};
    }
    if (position + length > text.size()) {
        return {};
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(position + i) & 0xC0U) != 0x80U) {
            return {};
        }
        point = (point << 6U) | (byte(position + i) & 0x3FU);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        return {};
    }
    return {point, length};
}

bool isHidden(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x00AD || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF;
}

}  // namespace

std::string_view Error::parameter(std::string_view name) const {
    for (const auto& [key, value] : parameters) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

Error makeError(const ErrorCode& code, std::vector<Error::Parameter> parameters) {
    Error error;
    error.code = &code;
    error.parameters = std::move(parameters);
    return error;
}

Error makeError(const ErrorCode& code, std::vector<Error::Parameter> parameters, Error cause) {
    Error error = makeError(code, std::move(parameters));
    error.httpStatus = cause.httpStatus;
    error.retryAfter = cause.retryAfter;
    error.cause = std::make_shared<const Error>(std::move(cause));
    return error;
}

std::string describe(const Error& error) {
    if (error.code == nullptr) {
        return "Unknown error.";
    }
    return fillSentence(error.code->sentence, error, error.cause ? describe(*error.cause) : std::string());
}

std::string fillSentence(std::string_view sentence, const Error& error, std::string_view causeText) {
    std::string text;
    text.reserve(sentence.size() + 64);
    std::size_t position = 0;
    while (position < sentence.size()) {
        const std::size_t open = sentence.find('{', position);
        const std::size_t close = open == std::string_view::npos ? open : sentence.find('}', open);
        if (close == std::string_view::npos) {
            break;
        }
        text += sentence.substr(position, open - position);
        const std::string_view name = sentence.substr(open + 1, close - open - 1);
        if (name == "cause") {
            text += causeText;
        } else {
            text += escapeForDisplay(error.parameter(name));
        }
        position = close + 1;
    }
    text += sentence.substr(position);
    return text;
}

std::string escapeForDisplay(std::string_view text, std::size_t maxLength) {
    std::string shown;
    shown.reserve(std::min(text.size(), maxLength));
    for (std::size_t position = 0; position < text.size();) {
        if (shown.size() >= maxLength) {
            shown += "…";
            break;
        }
        const Decoded decoded = decodeUtf8(text, position);
        if (decoded.length == 0) {
            shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[position]));
            ++position;
            continue;
        }
        if (decoded.point == '\n') {
            shown += "\\n";
        } else if (decoded.point == '\t') {
            shown += "\\t";
        } else if (isHidden(decoded.point)) {
            shown += fmt::format("\\u{:04x}", static_cast<unsigned>(decoded.point));
        } else {
            shown += text.substr(position, decoded.length);
        }
        position += decoded.length;
    }
    return shown;
}

}  // namespace quarterdeck
