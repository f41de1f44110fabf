#include "app/kube/field_changes.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

namespace quarterdeck::kube {

using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 5> kCountedByTheServer{".metadata.managedFields", ".metadata.resourceVersion",
                                                              ".metadata.generation", ".metadata.creationTimestamp",
                                                              ".metadata.uid"};
/// Told member by member even where they come or go as a whole.
constexpr std::array<std::string_view, 5> kToldApart{"", ".metadata", ".metadata.annotations", ".data", ".stringData"};
/// Holds the values of a Secret once more.
constexpr std::string_view kLastApplied = ".metadata.annotations[\"kubectl.kubernetes.io/last-applied-configuration\"]";

std::string quoted(const std::string& text) {
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string joined(const std::string& field, const std::string& key) {
    const bool plain = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    return plain ? field + "." + key : field + "[" + quoted(key) + "]";
}

/// The entries of a list by name; nothing where they have none, or share one.
std::optional<std::map<std::string, const json*>> byName(const json& list) {
    std::map<std::string, const json*> entries;
    for (const json& entry : list) {
        const auto name = entry.is_object() ? entry.find("name") : entry.end();
        if (!entry.is_object() || name == entry.end() || !name->is_string() ||
            !entries.emplace(name->get<std::string>(), &entry).second) {
            return std::nullopt;
        }
    }
    return entries;
}

class Comparison {
public:
    explicit Comparison(bool secret) : secret_(secret) {}

    /// Null pointer = not there.
    void compare(const std::string& field, const json* before, const json* after) {
        const bool counted =
            std::find(kCountedByTheServer.begin(), kCountedByTheServer.end(), field) != kCountedByTheServer.end();
        if (counted || (before == nullptr && after == nullptr) ||
            (before != nullptr && after != nullptr && *before == *after)) {
            return;
        }
        const bool apart = std::find(kToldApart.begin(), kToldApart.end(), field) != kToldApart.end();
        if (isA(before, after, json::value_t::object) && ((before != nullptr && after != nullptr) || apart)) {
            compareMembers(field, before, after);
        } else if (before != nullptr && after != nullptr && before->is_array() && after->is_array()) {
            compareEntries(field, *before, *after);
        } else {
            note(field, before, after);
        }
    }
    std::vector<FieldChange> take() { return std::move(changes_); }

private:
    static bool isA(const json* before, const json* after, json::value_t type) {
        return (before == nullptr || before->type() == type) && (after == nullptr || after->type() == type);
    }
    static const json* member(const json* object, const std::string& key) {
        if (object == nullptr) {
            return nullptr;
        }
        const auto found = object->find(key);
        return found == object->end() ? nullptr : &*found;
    }
    void compareMembers(const std::string& field, const json* before, const json* after) {
        std::map<std::string, bool> keys;
        for (const json* object : {before, after}) {
            if (object != nullptr) {
                for (const auto& [key, value] : object->items()) {
                    keys[key] = true;
                }
            }
        }
        for (const auto& [key, there] : keys) {
            compare(joined(field, key), member(before, key), member(after, key));
        }
    }
    void compareEntries(const std::string& field, const json& before, const json& after) {
        const auto old = byName(before);
        const auto fresh = byName(after);
        if (!old || !fresh) {
            for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
                compare(field + "[" + std::to_string(i) + "]", i < before.size() ? &before[i] : nullptr,
                        i < after.size() ? &after[i] : nullptr);
            }
            return;
        }
        std::map<std::string, std::pair<const json*, const json*>> entries;
        for (const auto& [name, entry] : *old) {
            entries[name].first = entry;
        }
        for (const auto& [name, entry] : *fresh) {
            entries[name].second = entry;
        }
        for (const auto& [name, pair] : entries) {
            compare(field + "[name=" + quoted(name) + "]", pair.first, pair.second);
        }
    }
    void note(const std::string& field, const json* before, const json* after) {
        FieldChange change;
        change.kind = before == nullptr  ? FieldChange::Kind::Added
                      : after == nullptr ? FieldChange::Kind::Removed
                                         : FieldChange::Kind::Changed;
        change.field = field;
        change.hidden =
            secret_ && (field.starts_with(".data") || field.starts_with(".stringData") || field == kLastApplied);
        const auto text = [](const json* value) {
            return value == nullptr ? std::string() : value->dump(-1, ' ', false, json::error_handler_t::replace);
        };
        if (!change.hidden) {
            change.before = text(before);
            change.after = text(after);
        }
        changes_.push_back(std::move(change));
    }

    bool secret_;
    std::vector<FieldChange> changes_;
};

bool isSecret(const json& object) {
    return object.is_object() && object.contains("kind") && object["kind"] == "Secret";
}

}  // namespace

std::vector<FieldChange> fieldChanges(const json& before, const json& after) {
    Comparison comparison(isSecret(before) || isSecret(after));
    comparison.compare({}, before.is_null() ? nullptr : &before, after.is_null() ? nullptr : &after);
    return comparison.take();
}

}  // namespace quarterdeck::kube
