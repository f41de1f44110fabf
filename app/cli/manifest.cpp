#include "app/cli/manifest.h"

#include <algorithm>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "app/kubeconfig/text_file.h"
#include "app/kubeconfig/yaml_tree.h"

namespace quarterdeck::cli {

using nlohmann::json;

namespace {

/// The documents between lines of three dashes.
std::vector<std::string> documents(const std::string& text) {
    std::vector<std::string> all(1);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
        const std::string_view line = std::string_view(text).substr(at, end + 1 - at);
        const bool mark = line.starts_with("---") &&
                          (line.size() == 3 || std::string_view(" \t\r\n").find(line[3]) != std::string_view::npos);
        if (mark) {
            all.emplace_back();
        } else {
            all.back() += line;
        }
        at = end + 1;
    }
    return all;
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

}  // namespace

Result<std::vector<ManifestObject>> parseManifest(const std::string& text, const std::string& file) {
    std::vector<ManifestObject> objects;
    int number = 0;
    for (const std::string& document : documents(text)) {
        auto tree = kubeconfig::parseYaml(document);
        const bool empty = tree && tree->kind == kubeconfig::YamlNode::Kind::Null;
        number += empty ? 0 : 1;
        if (empty) {
            continue;
        }
        const std::string wrong = tree ? take(kubeconfig::toJson(*tree), objects) : tree.error();
        if (!wrong.empty()) {
            return fail(kBadManifest, {{"file", file}, {"detail", fmt::format("document {}: {}", number, wrong)}});
        }
    }
    if (objects.empty()) {
        return fail(kBadManifest, {{"file", file}, {"detail", "it holds none"}});
    }
    return objects;
}

Result<std::string> readManifest(const std::string& file) {
    if (file == "-") {
        return std::string(std::istreambuf_iterator<char>(std::cin), {});
    }
    const auto bytes = kubeconfig::readBytes(file, kubeconfig::kMaxConfigBytes);
    auto text = bytes ? kubeconfig::decodeText(*bytes) : bytes;
    if (!text) {
        return fail(kCannotReadFile, {{"file", file}, {"detail", text.error()}});
    }
    return std::move(*text);
}

}  // namespace quarterdeck::cli
