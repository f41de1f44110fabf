#include "app/cli/manifest.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <limits>
#include <regex>

#include <fmt/format.h>

#include "app/kubeconfig/text_file.h"
#include "app/kubeconfig/yaml_tree.h"

namespace quarterdeck::cli {

using nlohmann::json;

namespace {

/// A plain scalar as kubectl reads it, by the rules of YAML 1.1: yes and on are true, 0644 is octal, 1_000 a thousand.
json plainValue(const std::string& word) {
    static const std::array<std::string_view, 11> kTrue{"true", "True", "TRUE", "yes", "Yes", "YES",
                                                        "on",   "On",   "ON",   "y",   "Y"};
    static const std::array<std::string_view, 11> kFalse{"false", "False", "FALSE", "no", "No", "NO",
                                                         "off",   "Off",   "OFF",   "n",  "N"};
    if (std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end()) {
        return true;
    }
    if (std::find(kFalse.begin(), kFalse.end(), word) != kFalse.end()) {
        return false;
    }
    static const std::regex kInteger("[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9][0-9]*)");
    static const std::regex kDecimal(R"([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)");
    constexpr std::size_t kLongestNumber = 100;
    std::string number = word.size() > kLongestNumber ? std::string() : word;
    std::erase(number, '_');
    const char first = word.empty() ? '_' : word.front();  // a number starts neither with _ nor with a letter
    if (first != '_' && std::regex_match(number, kInteger)) {
        const bool negative = number.front() == '-';
        std::string digits = number.substr(number.front() == '-' || number.front() == '+' ? 1 : 0);
        int base = 10;
        if (digits.size() > 1 && digits.front() == '0') {
            const char mark = static_cast<char>(std::tolower(static_cast<unsigned char>(digits[1])));
            base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
            digits.erase(0, mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
        }
        std::uint64_t value = 0;
        const char* const end = digits.data() + digits.size();
        const auto parsed = std::from_chars(digits.data(), end, value, base);
        constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        if (parsed.ec == std::errc() && parsed.ptr == end && (!negative || value <= kMost)) {
            return negative ? json(-static_cast<std::int64_t>(value)) : json(value);
        }
    }
    if (first != '_' && std::regex_match(number, kDecimal)) {
        double value = 0;
        const char* const begin = number.data() + (number.front() == '+' ? 1 : 0);
        const char* const end = number.data() + number.size();
        const auto parsed = std::from_chars(begin, end, value);
        if (parsed.ec == std::errc() && parsed.ptr == end && std::isfinite(value)) {
            return value;
        }
    }
    return word;
}

json jsonOf(const kubeconfig::YamlNode& node) {
    using Kind = kubeconfig::YamlNode::Kind;
    json made;
    if (node.kind == Kind::Scalar) {
        made = node.plain ? plainValue(node.text) : json(node.text);
    } else if (node.kind == Kind::Sequence) {
        made = json::array();
        for (const kubeconfig::YamlNode& item : node.items) {
            made.push_back(jsonOf(item));
        }
    } else if (node.kind == Kind::Map) {
        made = json::object();
        for (const auto& [key, value] : node.fields) {
            made[key] = jsonOf(value);
        }
    }
    return made;
}

std::string text(const json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>()
                                                                             : std::string();
}

/// What is wrong with it; empty = nothing.
std::string take(json object, std::vector<ManifestObject>& objects) {
    if (!object.is_object()) {
        return "it is not an object with apiVersion and kind";
    }
    ManifestObject made;
    made.kind = text(object, "kind");
    const std::string apiVersion = text(object, "apiVersion");
    if (made.kind.empty() || apiVersion.empty()) {
        return "it lacks apiVersion or kind";
    }
    if (made.kind.ends_with("List") && object.contains("items") && object["items"].is_array()) {
        for (json& item : object["items"]) {
            if (std::string wrong = take(std::move(item), objects); !wrong.empty()) {
                return wrong;
            }
        }
        return {};
    }
    const std::size_t slash = apiVersion.find('/');
    made.group = slash == std::string::npos ? std::string() : apiVersion.substr(0, slash);
    made.version = slash == std::string::npos ? apiVersion : apiVersion.substr(slash + 1);
    const json metadata = object.value("metadata", json());
    made.name = text(metadata, "name");
    made.nameSpace = text(metadata, "namespace");
    if (made.name.empty()) {
        return "it has no metadata.name, by which server-side apply finds it";
    }
    made.object = std::move(object);
    objects.push_back(std::move(made));
    return {};
}

kubeconfig::OrReason<std::string> readStandardInput() {
    std::string bytes;
    std::array<char, std::size_t{64} << 10U> piece{};
    while (std::cin.read(piece.data(), piece.size()) || std::cin.gcount() > 0) {
        bytes.append(piece.data(), static_cast<std::size_t>(std::cin.gcount()));
        if (bytes.size() > kubeconfig::kMaxConfigBytes) {
            return tl::unexpected(fmt::format("it is larger than {} MB", kubeconfig::kMaxConfigBytes >> 20U));
        }
    }
    if (std::cin.bad()) {
        return tl::unexpected<std::string>("reading it failed");
    }
    return bytes;
}

}  // namespace

Result<std::vector<ManifestObject>> parseManifest(const std::string& text, const std::string& file) {
    const auto documents = kubeconfig::parseYamlDocuments(text);
    if (!documents) {
        return fail(kBadManifest, {{"file", file}, {"detail", documents.error()}});
    }
    std::vector<ManifestObject> objects;
    int number = 0;
    for (const kubeconfig::YamlNode& document : *documents) {
        if (document.kind == kubeconfig::YamlNode::Kind::Null) {
            continue;
        }
        ++number;
        if (const std::string wrong = take(jsonOf(document), objects); !wrong.empty()) {
            return fail(kBadManifest, {{"file", file}, {"detail", fmt::format("document {}: {}", number, wrong)}});
        }
    }
    if (objects.empty()) {
        return fail(kBadManifest, {{"file", file}, {"detail", "it holds none"}});
    }
    return objects;
}

Result<std::string> readManifest(const std::string& file) {
    const auto bytes = file == "-" ? readStandardInput() : kubeconfig::readBytes(file, kubeconfig::kMaxConfigBytes);
    auto text = bytes ? kubeconfig::decodeText(*bytes) : bytes;
    if (!text) {
        return fail(kCannotReadFile, {{"file", file == "-" ? "on standard input" : file}, {"detail", text.error()}});
    }
    return std::move(*text);
}

}  // namespace quarterdeck::cli
