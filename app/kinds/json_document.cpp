#include "app/kinds/json_document.h"

#include "app/kinds/answer_errors.h"
#include "app/kinds/errors.h"

namespace quarterdeck::kinds {

using kube::ApiStatus;

namespace {

/// Whether brackets or a string are still open at the end. Only run on what has failed already.
bool endsEarly(std::string_view text) {
    long depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                inString = false;
            }
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return inString || depth > 0;
}

}  // namespace

Error syntaxError(std::string_view json, simdjson::error_code error, const std::string& expected) {
    if (error == simdjson::CAPACITY || error == simdjson::MEMALLOC) {
        return makeError(kTooLarge, {{"bytes", std::to_string(json.size())}, {"expected", expected}});
    }
    if (endsEarly(json)) {
        return makeError(kTruncated, {{"expected", expected}, {"bytes", std::to_string(json.size())}});
    }
    return makeError(kBrokenJson, {{"expected", expected}, {"detail", simdjson::error_message(error)}});
}

std::optional<Error> foreignAnswer(std::string_view json, const std::string& expected) {
    if (auto error = emptyOrHtml(json, expected)) {
        return error;
    }
    const std::size_t first = json.find_first_not_of(" \t\r\n");
    if (json[first] == '{') {
        return std::nullopt;
    }
    return makeError(kNotJson, {{"expected", expected}, {"beginning", beginningOf(json.substr(first))}});
}

bool readStatusField(FieldName name, JsonValue& field, Reader& reader, ApiStatus& status) {
    if (name.is("code")) {
        status.code = reader.integer32(field);
    } else if (name.is("reason")) {
        status.reason = reader.text(field);
    } else if (name.is("message")) {
        status.message = reader.text(field);
    } else if (name.is("details")) {
        eachField(field, reader, [&](FieldName inner, JsonValue& value) {
            if (inner.is("retryAfterSeconds")) {
                const std::int32_t seconds = reader.integer32(value, -1);
                status.retryAfterSeconds = seconds >= 0 ? std::optional<int>(seconds) : std::nullopt;
            }
        });
    } else {
        return false;
    }
    return true;
}

}  // namespace quarterdeck::kinds
