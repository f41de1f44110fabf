#include "ui/details/json_facts.h"

#include "app/base/time_text.h"

namespace quarterdeck::ui::facts {

using nlohmann::json;

namespace {

const json& nothing() {
    static const json value;
    return value;
}

}  // namespace

const json& at(const json& object, Path path) {
    const json* value = &object;
    for (const char* key : path) {
        if (!value->is_object()) {
            return nothing();
        }
        const auto found = value->find(key);
        if (found == value->end()) {
            return nothing();
        }
        value = &*found;
    }
    return *value;
}

const json& list(const json& object, Path path) {
    static const json empty = json::array();
    const json& value = at(object, path);
    return value.is_array() ? value : empty;
}

const json& map(const json& object, Path path) {
    static const json empty = json::object();
    const json& value = at(object, path);
    return value.is_object() ? value : empty;
}

std::string text(const json& object, Path path) {
    const json& value = at(object, path);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::optional<std::int64_t> number(const json& object, Path path) {
    const json& value = at(object, path);
    return value.is_number_integer() ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}

bool flag(const json& object, Path path) {
    const json& value = at(object, path);
    return value.is_boolean() && value.get<bool>();
}

std::optional<Instant> time(const json& object, Path path) {
    const json& value = at(object, path);
    return value.is_string() ? parseRfc3339(value.get_ref<const std::string&>()) : std::nullopt;
}

const json& named(const json& items, std::string_view name) {
    if (items.is_array()) {
        for (const json& item : items) {
            if (text(item, {"name"}) == name) {
                return item;
            }
        }
    }
    return nothing();
}

std::string numberOrText(const json& object, Path path) {
    const json& value = at(object, path);
    return value.is_string() ? value.get<std::string>() : value.is_number() ? value.dump() : std::string();
}

std::string conditionMessage(const json& object, std::string_view type) {
    for (const json& condition : list(object, {"status", "conditions"})) {
        if (text(condition, {"type"}) == type) {
            return text(condition, {"message"});
        }
    }
    return {};
}

}  // namespace quarterdeck::ui::facts
