#include "app/demo/store/json.h"

#include <algorithm>

#include "app/base/time_text.h"

namespace quarterdeck::demo {
namespace {

const Json kNull;

const Json& member(const Json& object, const std::string& name) {
    if (!object.is_object()) {
        return kNull;
    }
    const auto found = object.find(name);
    return found == object.end() ? kNull : *found;
}

bool contains(const Json& list, const std::string& value) {
    return list.is_array() && std::any_of(list.begin(), list.end(), [&](const Json& item) { return item == value; });
}

}  // namespace

const Json& at(const Json& object, std::initializer_list<const char*> path) {
    const Json* here = &object;
    for (const char* step : path) {
        here = &member(*here, step);
    }
    return *here;
}

std::string text(const Json& object, std::initializer_list<const char*> path, const std::string& fallback) {
    const Json& value = at(object, path);
    return value.is_string() ? value.get<std::string>() : fallback;
}

long number(const Json& object, std::initializer_list<const char*> path, long fallback) {
    const Json& value = at(object, path);
    return value.is_number() ? value.get<long>() : fallback;
}

bool flag(const Json& object, std::initializer_list<const char*> path, bool fallback) {
    const Json& value = at(object, path);
    return value.is_boolean() ? value.get<bool>() : fallback;
}

std::string nameOf(const Json& object) {
    return text(object, {"metadata", "name"});
}
std::string namespaceOf(const Json& object) {
    return text(object, {"metadata", "namespace"});
}
std::string uidOf(const Json& object) {
    return text(object, {"metadata", "uid"});
}

std::string labelOf(const Json& object, const std::string& key) {
    const Json& value = member(at(object, {"metadata", "labels"}), key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::string annotationOf(const Json& object, const std::string& key) {
    const Json& value = member(at(object, {"metadata", "annotations"}), key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

bool isTerminating(const Json& object) {
    return !at(object, {"metadata", "deletionTimestamp"}).is_null();
}
Instant createdAt(const Json& object) {
    return timeAt(object, {"metadata", "creationTimestamp"});
}

void appendWord(std::string& list, const std::string& word, char separator) {
    if (!list.empty()) {
        list += separator;
    }
    list += word;
}

std::string stamp(Instant time) {
    return formatRfc3339(std::chrono::floor<std::chrono::seconds>(time));
}

Instant timeAt(const Json& object, std::initializer_list<const char*> path) {
    return parseRfc3339(text(object, path)).value_or(Instant());
}

const Json& controllerRef(const Json& object) {
    for (const Json& reference : at(object, {"metadata", "ownerReferences"})) {
        if (flag(reference, {"controller"})) {
            return reference;
        }
    }
    return kNull;
}

bool isControlledBy(const Json& object, const std::string& uid) {
    return text(controllerRef(object), {"uid"}) == uid;
}

Json ownerReference(const Json& owner) {
    return {{"apiVersion", text(owner, {"apiVersion"})},
            {"kind", text(owner, {"kind"})},
            {"name", nameOf(owner)},
            {"uid", uidOf(owner)},
            {"controller", true},
            {"blockOwnerDeletion", true}};
}

const Json& conditionOf(const Json& object, std::string_view type) {
    for (const Json& condition : at(object, {"status", "conditions"})) {
        if (text(condition, {"type"}) == type) {
            return condition;
        }
    }
    return kNull;
}

bool conditionIsTrue(const Json& object, const std::string& type) {
    return text(conditionOf(object, type), {"status"}) == "True";
}

void setCondition(Json& status, const std::string& type, const std::string& value, const std::string& reason,
                  const std::string& message, Instant when, bool withUpdateTime) {
    Json& conditions = status["conditions"];
    if (!conditions.is_array()) {
        conditions = Json::array();
    }
    auto found = std::find_if(conditions.begin(), conditions.end(),
                              [&](const Json& condition) { return text(condition, {"type"}) == type; });
    Json condition = found == conditions.end() ? Json{{"type", type}} : *found;
    const bool moved = text(condition, {"status"}) != value;
    if (moved) {
        condition["lastTransitionTime"] = stamp(when);
    }
    if (withUpdateTime && (moved || text(condition, {"reason"}) != reason)) {
        condition["lastUpdateTime"] = stamp(when);
    }
    condition["status"] = value;
    for (const auto& [key, word] : {std::pair{"reason", &reason}, std::pair{"message", &message}}) {
        if (word->empty()) {
            condition.erase(key);
        } else {
            condition[key] = *word;
        }
    }
    if (found == conditions.end()) {
        conditions.push_back(std::move(condition));
    } else {
        *found = std::move(condition);
    }
}

bool matchesLabels(const Json& object, const Json& matchLabels) {
    const Json& labels = at(object, {"metadata", "labels"});
    if (!matchLabels.is_object()) {
        return true;
    }
    for (const auto& [key, value] : matchLabels.items()) {
        if (member(labels, key) != value) {
            return false;
        }
    }
    return true;
}

bool matchesSelector(const Json& object, const Json& selector) {
    if (!matchesLabels(object, at(selector, {"matchLabels"}))) {
        return false;
    }
    for (const Json& expression : at(selector, {"matchExpressions"})) {
        const std::string operation = text(expression, {"operator"});
        const Json& value = member(at(object, {"metadata", "labels"}), text(expression, {"key"}));
        const bool listed = value.is_string() && contains(at(expression, {"values"}), value.get<std::string>());
        if ((operation == "In" && !listed) || (operation == "NotIn" && listed) ||
            (operation == "Exists" && value.is_null()) || (operation == "DoesNotExist" && !value.is_null())) {
            return false;
        }
    }
    return true;
}

}  // namespace quarterdeck::demo
