#include "app/demo/api/request.h"

#include <charconv>

namespace quarterdeck::demo {

std::string ApiRequest::parameter(const std::string& name, const std::string& fallback) const {
    const auto found = query.find(name);
    return found == query.end() ? fallback : found->second;
}

std::string ApiRequest::header(const std::string& lowerName) const {
    const auto found = headers.find(lowerName);
    return found == headers.end() ? std::string() : found->second;
}

bool ApiRequest::flag(const std::string& name) const {
    const std::string value = parameter(name);
    return value == "1" || value == "true";
}

std::string percentDecode(std::string_view text, bool plusIsSpace) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
            result += static_cast<char>(value);
            i += 2;
        } else {
            result += plusIsSpace && text[i] == '+' ? ' ' : text[i];
        }
    }
    return result;
}

void parseTarget(std::string_view target, ApiRequest& request) {
    const auto mark = target.find('?');
    std::string_view path = target.substr(0, mark);
    request.path = percentDecode(path, false);
    while (!path.empty()) {
        const auto slash = path.find('/');
        if (slash != 0) {
            request.segments.push_back(percentDecode(path.substr(0, slash), false));
        }
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    std::string_view rest = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        const auto equals = pair.find('=');
        const std::string_view value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
        request.query[percentDecode(pair.substr(0, equals), true)] = percentDecode(value, true);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
}

}  // namespace quarterdeck::demo
