#include <algorithm>
#include <map>

#include "app/demo/api/patch.h"

namespace quarterdeck::demo {
namespace {

/// The key by which the items of a list merge; empty = the list is replaced.
std::string mergeKey(const std::string& field, const Json& items) {
    static const std::map<std::string, std::string> keys = {{"containers", "name"},
                                                            {"initContainers", "name"},
                                                            {"ephemeralContainers", "name"},
                                                            {"env", "name"},
                                                            {"volumes", "name"},
                                                            {"volumeMounts", "mountPath"},
                                                            {"volumeDevices", "devicePath"},
                                                            {"conditions", "type"},
                                                            {"addresses", "type"},
                                                            {"hostAliases", "ip"},
                                                            {"podIPs", "ip"},
                                                            {"imagePullSecrets", "name"},
                                                            {"secrets", "name"},
                                                            {"ownerReferences", "uid"},
                                                            {"topologySpreadConstraints", "topologyKey"}};
    if (field == "ports") {  // of a container or of a service
        const bool ofContainer = std::any_of(items.begin(), items.end(), [](const Json& item) {
            return item.is_object() && item.contains("containerPort");
        });
        return ofContainer ? "containerPort" : "port";
    }
    const auto found = keys.find(field);
    return found == keys.end() ? std::string() : found->second;
}

bool isDirective(const std::string& key) {
    return !key.empty() && key.front() == '$';
}

Json stripped(const Json& patch);

Json strippedList(const Json& list) {
    Json result = Json::array();
    for (const Json& item : list) {
        if (!item.is_object() || !item.contains("$patch")) {
            result.push_back(stripped(item));
        }
    }
    return result;
}

/// The patch as a plain value: directives and nulls removed.
Json stripped(const Json& patch) {
    if (patch.is_array()) {
        return strippedList(patch);
    }
    if (!patch.is_object()) {
        return patch;
    }
    Json result = Json::object();
    for (const auto& [key, value] : patch.items()) {
        if (!isDirective(key) && !value.is_null()) {
            result[key] = stripped(value);
        }
    }
    return result;
}

Json mergeLists(const std::string& field, const Json& current, const Json& patch) {
    const bool replace = std::any_of(patch.begin(), patch.end(), [](const Json& item) {
        return item.is_object() && text(item, {"$patch"}) == "replace";
    });
    if (replace || !current.is_array()) {
        return strippedList(patch);
    }
    if (field == "finalizers") {
        Json result = current;
        for (const Json& item : patch) {
            if (std::find(result.begin(), result.end(), item) == result.end()) {
                result.push_back(item);
            }
        }
        return result;
    }
    const std::string key = mergeKey(field, current.empty() ? patch : current);
    if (key.empty()) {
        return strippedList(patch);
    }
    Json result = current;
    for (const Json& item : patch) {
        const Json& id = at(item, {key.c_str()});
        const auto found = std::find_if(result.begin(), result.end(),
                                        [&](const Json& known) { return at(known, {key.c_str()}) == id; });
        if (text(item, {"$patch"}) == "delete") {
            if (found != result.end()) {
                result.erase(found);
            }
        } else if (found != result.end()) {
            *found = strategicMerge(*found, item);
        } else {
            result.push_back(stripped(item));
        }
    }
    return result;
}

/// Puts list items into the order of a `$setElementOrder/…` list; items that it does not name follow.
void reorder(const std::string& field, Json& list, const Json& order) {
    const std::string key = mergeKey(field, list);
    const auto rank = [&](const Json& item) {
        const Json& id = item.is_object() ? at(item, {key.c_str()}) : item;
        const auto found = std::find_if(order.begin(), order.end(), [&](const Json& entry) {
            return (entry.is_object() ? at(entry, {key.c_str()}) : entry) == id;
        });
        return std::distance(order.begin(), found);
    };
    std::stable_sort(list.begin(), list.end(), [&](const Json& a, const Json& b) { return rank(a) < rank(b); });
}

}  // namespace

Json strategicMerge(const Json& current, const Json& patch) {
    if (!patch.is_object()) {
        return patch;
    }
    const std::string directive = text(patch, {"$patch"});
    if (directive == "replace" || !current.is_object()) {
        return stripped(patch);
    }
    if (directive == "delete") {
        return Json::object();
    }
    Json result = current;
    if (const Json& retain = at(patch, {"$retainKeys"}); retain.is_array()) {
        for (const auto& [key, value] : current.items()) {
            if (std::find(retain.begin(), retain.end(), Json(key)) == retain.end()) {
                result.erase(key);
            }
        }
    }
    for (const auto& [key, value] : patch.items()) {
        if (isDirective(key)) {
            continue;
        }
        if (value.is_null()) {
            result.erase(key);
        } else if (value.is_array()) {
            result[key] = mergeLists(key, at(result, {key.c_str()}), value);
        } else {
            result[key] = strategicMerge(at(result, {key.c_str()}), value);
        }
    }
    for (const auto& [key, value] : patch.items()) {
        const auto slash = key.find('/');
        if (!isDirective(key) || slash == std::string::npos || !value.is_array()) {
            continue;
        }
        const std::string field = key.substr(slash + 1);
        if (!result.contains(field) || !result[field].is_array()) {
            continue;
        }
        if (key.rfind("$deleteFromPrimitiveList/", 0) == 0) {
            Json kept = Json::array();
            for (const Json& item : result[field]) {
                if (std::find(value.begin(), value.end(), item) == value.end()) {
                    kept.push_back(item);
                }
            }
            result[field] = std::move(kept);
        } else if (key.rfind("$setElementOrder/", 0) == 0) {
            reorder(field, result[field], value);
        }
    }
    return result;
}

}  // namespace quarterdeck::demo
