#include "app/http/gate_target.h"

#include <algorithm>

namespace quarterdeck::http {
namespace {

int hexValue(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    const char lowered = static_cast<char>(digit | 0x20);
    return lowered >= 'a' && lowered <= 'f' ? lowered - 'a' + 10 : -1;
}

std::optional<std::string> decode(std::string_view text, bool plusIsSpace) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%') {
            const int high = at + 2 < text.size() ? hexValue(text[at + 1]) : -1;
            const int low = at + 2 < text.size() ? hexValue(text[at + 2]) : -1;
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            decoded += static_cast<char>(high * 16 + low);
            at += 2;
        } else {
            decoded += plusIsSpace && text[at] == '+' ? ' ' : text[at];
        }
    }
    return decoded;
}

bool isPlainSegment(std::string_view segment) {
    return !segment.empty() && segment != "." && segment != ".." &&
           std::all_of(segment.begin(), segment.end(), [](char letter) {
               return letter > ' ' && letter < 0x7f && letter != '/' && letter != '\\' && letter != '%' &&
                      letter != ';';
           });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

}  // namespace

std::vector<std::string_view> GateTarget::values(std::string_view key) const {
    std::vector<std::string_view> found;
    for (const auto& [name, value] : query) {
        if (name == key) {
            found.emplace_back(value);
        }
    }
    return found;
}

std::optional<GateTarget> parseGateTarget(std::string_view target) {
    const std::size_t mark = target.find('?');
    std::string_view path = target.substr(0, mark);
    if (!path.starts_with('/')) {
        return std::nullopt;
    }
    GateTarget parsed;
    path.remove_prefix(1);
    if (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    if (!path.empty()) {
        for (const std::string_view part : split(path, '/')) {
            auto segment = decode(part, false);
            if (!segment || !isPlainSegment(*segment)) {
                return std::nullopt;
            }
            parsed.segments.push_back(std::move(*segment));
        }
    }
    if (mark == std::string_view::npos || target.find(';', mark) != std::string_view::npos) {
        return parsed;
    }
    for (const std::string_view pair : split(target.substr(mark + 1), '&')) {
        const std::size_t equals = pair.find('=');
        auto key = decode(pair.substr(0, equals), true);
        auto value = decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
        if (!key || !value) {
            parsed.query.clear();
            return parsed;
        }
        parsed.query.emplace_back(std::move(*key), std::move(*value));
    }
    return parsed;
}

std::optional<ApiPath> parseApiPath(const std::vector<std::string>& segments) {
    if (segments.empty() || (segments[0] != "api" && segments[0] != "apis")) {
        return std::nullopt;
    }
    ApiPath path;
    auto at = segments.begin() + 1;
    const auto take = [&](std::string& into) {
        if (at != segments.end()) {
            into = *at++;
        }
    };
    if (segments[0] == "apis") {
        take(path.group);
    }
    take(path.version);
    if (at != segments.end() && *at == "watch") {
        ++at;
    } else if (at != segments.end() && *at == "proxy") {
        path.legacyProxy = true;
        ++at;
    }
    if (segments.end() - at > 2 && *at == "namespaces" && at[2] != "status" && at[2] != "finalize") {
        at += 2;
    }
    take(path.resource);
    take(path.name);
    take(path.subresource);
    path.rest.assign(at, segments.end());
    return path;
}

}  // namespace quarterdeck::http
