#include "app/kinds/json_document.h"

#include "app/kinds/errors.h"

namespace quarterdeck::kinds {

using kube::ApiStatus;
using kube::WatchEventType;

namespace {

std::string beginning(std::string_view text) {
    return escapeForDisplay(text.substr(0, 120), 120);
}

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
    const std::size_t first = json.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return makeError(kEmptyAnswer, {{"expected", expected}});
    }
    if (json[first] == '{') {
        return std::nullopt;
    }
    const ErrorCode& code = json[first] == '<' ? kHtmlAnswer : kNotJson;
    return makeError(code, {{"expected", expected}, {"beginning", beginning(json.substr(first))}});
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

Error statusError(const ApiStatus& status, const std::string& expected) {
    Error error = makeError(kStatusAnswer, {{"code", std::to_string(status.code)},
                                            {"reason", status.reason},
                                            {"message", status.message},
                                            {"expected", expected}});
    error.httpStatus = status.code;
    if (status.retryAfterSeconds) {
        error.retryAfter = std::chrono::seconds(*status.retryAfterSeconds);
    }
    return error;
}

std::optional<WatchEventType> watchEventType(std::string_view text) {
    if (text == "MODIFIED") {
        return WatchEventType::Modified;
    }
    if (text == "ADDED") {
        return WatchEventType::Added;
    }
    if (text == "DELETED") {
        return WatchEventType::Deleted;
    }
    if (text == "BOOKMARK") {
        return WatchEventType::Bookmark;
    }
    if (text == "ERROR") {
        return WatchEventType::Error;
    }
    return std::nullopt;
}

}  // namespace quarterdeck::kinds
