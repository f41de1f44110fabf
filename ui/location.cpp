#include "ui/location.h"

#include <array>

#include "app/http/message.h"

namespace quarterdeck::ui {

namespace {

constexpr std::string_view kScheme = "quarterdeck://";

int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

std::optional<std::string> percentDecode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (i + 2 >= text.size()) {
            return std::nullopt;
        }
        const int high = hexDigit(text[i + 1]);
        const int low = hexDigit(text[i + 2]);
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded;
}

std::string objectText(const ObjectReference& object) {
    return http::percentEncode(object.context) + '/' + http::percentEncode(object.nameSpace) + '/' +
           http::percentEncode(object.name) + '/' + http::percentEncode(object.uid);
}

std::optional<ObjectReference> readObject(std::string_view text) {
    std::array<std::string, 4> parts;
    std::size_t part = 0;
    std::size_t begin = 0;
    while (true) {
        const std::size_t slash = text.find('/', begin);
        const auto decoded = percentDecode(text.substr(begin, slash - begin));
        if (part == parts.size() || !decoded) {
            return std::nullopt;
        }
        parts[part++] = *decoded;
        if (slash == std::string_view::npos) {
            break;
        }
        begin = slash + 1;
    }
    if (part != parts.size() || parts[0].empty() || parts[2].empty()) {
        return std::nullopt;
    }
    return ObjectReference{parts[0], parts[1], parts[2], parts[3]};
}

}  // namespace

std::string formatLocation(const Location& location) {
    std::string text(kScheme);
    text += http::percentEncode(location.page);
    char separator = '?';
    const auto add = [&](std::string_view name, const std::string& encoded) {
        text += separator;
        separator = '&';
        text += name;
        text += '=';
        text += encoded;
    };
    if (!location.resource.empty()) {
        add("resource", http::percentEncode(location.resource));
    }
    for (const std::string& context : location.contexts) {
        add("context", http::percentEncode(context));
    }
    for (const std::string& nameSpace : location.namespaces) {
        add("namespace", http::percentEncode(nameSpace));
    }
    if (location.object) {
        add("object", objectText(*location.object));
    }
    if (!location.filter.empty()) {
        add("filter", http::percentEncode(location.filter));
    }
    if (location.sort) {
        add("sort", (location.sort->descending ? "-" : "") + http::percentEncode(location.sort->column));
    }
    if (location.range) {
        add("range", http::percentEncode(formatRange(*location.range)));
    }
    return text;
}

Result<Location> parseLocation(std::string_view text) {
    const auto bad = [&](const char* reason) {
        return fail(kBadLocation, {{"text", std::string(text)}, {"reason", reason}});
    };
    if (!text.starts_with(kScheme)) {
        return bad("it does not begin with quarterdeck://");
    }
    std::string_view rest = text.substr(kScheme.size());
    const std::size_t question = rest.find('?');
    std::string_view page = rest.substr(0, question);
    if (page.ends_with('/')) {  // browsers and desktops add one
        page.remove_suffix(1);
    }
    Location location;
    const auto decodedPage = percentDecode(page);
    if (!decodedPage || decodedPage->find('/') != std::string::npos) {
        return bad("the page name is not readable");
    }
    location.page = *decodedPage;
    rest = question == std::string_view::npos ? std::string_view() : rest.substr(question + 1);
    while (!rest.empty()) {
        const std::size_t end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        const std::size_t equals = pair.find('=');
        const std::string_view name = pair.substr(0, equals);
        const std::string_view raw = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
        const auto value = percentDecode(raw);
        if (!value) {
            return bad("a percent sign is not followed by two hexadecimal digits");
        }
        if (name == "context") {
            location.contexts.push_back(*value);
        } else if (name == "namespace") {
            location.namespaces.push_back(*value);
        } else if (name == "resource") {
            location.resource = *value;
        } else if (name == "filter") {
            location.filter = *value;
        } else if (name == "object") {
            location.object = readObject(raw);
            if (!location.object) {
                return bad("the object is not CONTEXT/NAMESPACE/NAME/UID");
            }
        } else if (name == "range") {
            location.range = parseRange(*value);
            if (!location.range) {
                return bad(
                    "the time range is neither like 15m, 1h or 7d, up to 90d, nor like "
                    "2026-03-14T02:00:00Z/2026-03-14T03:00:00Z");
            }
        } else if (name == "sort") {
            const bool descending = value->starts_with('-');
            const std::string column = value->substr(descending ? 1 : 0);
            if (column.empty()) {
                return bad("the sort column is missing");
            }
            location.sort = SortOrder{column, descending};
        }
    }
    return location;
}

}  // namespace quarterdeck::ui
