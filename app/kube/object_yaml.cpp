#include "app/kube/object_yaml.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/kube/yaml_scalar.h"

namespace quarterdeck::kube {

using nlohmann::json;

namespace {

constexpr std::size_t kLongestSimpleKey = 512;  ///< characters as written; YAML ends at 1,024
constexpr const char* kTooDeep = "… (nested too deeply to be shown)";
constexpr const char* kLastApplied = "kubectl.kubernetes.io/last-applied-configuration";

std::string hidden(std::size_t bytes) {
    return fmt::format("••• ({} bytes)", bytes);
}

std::size_t base64Size(std::string_view text) {
    std::size_t characters = 0;
    for (const char c : text) {
        characters += c != '=' && c != '\n' && c != '\r' && c != ' ' ? 1U : 0U;
    }
    return characters * 3 / 4;
}

void hideValues(json& object, const char* key, bool base64) {
    const auto found = object.find(key);
    if (found == object.end()) {
        return;
    }
    if (!found->is_object()) {
        *found = hidden(found->dump(-1, ' ', false, json::error_handler_t::replace).size());
        return;
    }
    for (auto& [name, value] : found->items()) {
        const auto* text = value.get_ptr<const std::string*>();
        const std::size_t size = text == nullptr ? value.dump(-1, ' ', false, json::error_handler_t::replace).size()
                                 : base64        ? base64Size(*text)
                                                 : text->size();
        value = hidden(size);
    }
}

void hideSecret(json& secret) {
    hideValues(secret, "data", true);
    hideValues(secret, "stringData", false);
    const json::json_pointer annotation(json::json_pointer("/metadata/annotations") / kLastApplied);
    if (secret.contains(annotation)) {
        json& value = secret[annotation];
        value = hidden(value.is_string() ? value.get_ref<const std::string&>().size() : value.dump().size());
    }
}

std::string kindOf(const json& object) {
    const auto kind = object.find("kind");
    return kind != object.end() && kind->is_string() ? kind->get<std::string>() : std::string();
}

void tidy(json& object, bool isSecret) {
    if (!object.is_object()) {
        return;
    }
    if (const auto meta = object.find("metadata"); meta != object.end() && meta->is_object()) {
        meta->erase("managedFields");
    }
    const std::string kind = kindOf(object);
    if (isSecret || kind == "Secret") {
        hideSecret(object);
    }
    // Lists too, whose items may leave their kind out.
    if (const auto items = object.find("items"); items != object.end() && items->is_array()) {
        for (json& item : *items) {
            tidy(item, kind == "SecretList");
        }
    }
}

class Writer {
public:
    /// The members of an object that is not empty, each on lines of its own.
    void members(const json& object, int level, bool top, bool afterDash) {
        for (const std::string* key : orderOf(object, top)) {
            if (!afterDash) {
                indent(level);
            }
            afterDash = false;
            member(*key, object.at(*key), level);
        }
    }
    std::string take() { return std::move(text_); }

private:
    static std::vector<const std::string*> orderOf(const json& object, bool top) {
        constexpr std::array<std::string_view, 6> kFirst{"apiVersion", "kind", "metadata", "spec", "data", "status"};
        const auto rank = [&](const std::string& key) {
            return top ? std::find(kFirst.begin(), kFirst.end(), key) - kFirst.begin() : 0;
        };
        std::vector<const std::string*> keys;
        for (const auto& [key, value] : object.get_ref<const json::object_t&>()) {
            keys.push_back(&key);
        }
        std::stable_sort(keys.begin(), keys.end(),
                         [&](const std::string* a, const std::string* b) { return rank(*a) < rank(*b); });
        return keys;
    }

    void indent(int level) { text_.append(static_cast<std::size_t>(level) * 2, ' '); }

    void member(const std::string& key, const json& value, int level) {
        const std::string written = yamlPlain(key) ? key : yamlQuoted(key);
        if (written.size() > kLongestSimpleKey) {
            text_ += "? " + yamlQuoted(key) + '\n';
            indent(level);
        } else {
            text_ += written;
        }
        text_ += ':';
        // A list stands under its key without a further step, as kubectl writes it.
        valueAfter(value, level + 1, value.is_array() ? level : level + 1);
    }

    /// What follows "key:" or "-": on the same line, or on lines of its own.
    void valueAfter(const json& value, int depth, int level) {
        if ((value.is_object() || value.is_array()) && !value.empty()) {
            if (depth_ >= kYamlDepth) {
                text_ += ' ' + yamlQuoted(kTooDeep) + '\n';
                return;
            }
            ++depth_;
            text_ += '\n';
            if (value.is_object()) {
                members(value, level, false, false);
            } else {
                items(value, level);
            }
            --depth_;
            return;
        }
        text_ += ' ';
        scalar(value, depth);
    }

    void items(const json& list, int level) {
        for (const json& item : list) {
            indent(level);
            text_ += '-';
            if (item.is_object() && !item.empty() && depth_ < kYamlDepth) {
                ++depth_;
                text_ += ' ';
                members(item, level + 1, false, true);
                --depth_;
            } else {
                valueAfter(item, level + 1, level + 1);
            }
        }
    }

    void scalar(const json& value, int level) {
        const auto* string = value.get_ptr<const std::string*>();
        if (string == nullptr) {
            // Also the empty {} and [].
            text_ += (value.is_number_float() ? yamlNumber(value.dump()) : value.dump()) + '\n';
        } else if (yamlLiteral(*string)) {
            literal(*string, level);
        } else {
            text_ += (yamlPlain(*string) ? *string : yamlQuoted(*string)) + '\n';
        }
    }

    void literal(std::string_view text, int level) {
        text_ += text.ends_with('\n') ? "|\n" : "|-\n";
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            const std::string_view line = text.substr(0, end);
            if (!line.empty()) {
                indent(level);
                text_ += line;
            }
            text_ += '\n';
            text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        }
    }

    std::string text_;
    int depth_ = 1;
};

}  // namespace

json withoutSecrets(json object) {
    tidy(object, false);
    return object;
}

std::string objectYaml(const json& object) {
    const json shown = withoutSecrets(object);
    if (!shown.is_object() || shown.empty()) {
        return shown.is_string() ? yamlQuoted(shown.get_ref<const std::string&>()) + '\n'
                                 : shown.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
    }
    Writer writer;
    writer.members(shown, 0, true, false);
    return writer.take();
}

}  // namespace quarterdeck::kube
