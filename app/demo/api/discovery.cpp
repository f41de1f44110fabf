#include "app/demo/api/discovery.h"

#include <algorithm>

#include <fmt/format.h>

namespace quarterdeck::demo {
namespace {

struct Subresource {
    std::string name;  ///< "scale"
    std::string group;
    std::string version;
    std::string kind;
    Json verbs;
};

Json verbsOf() {
    return {"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"};
}

std::vector<Subresource> subresourcesOf(const ResourceType& type) {
    std::vector<Subresource> result;
    if (type.plural == "pods") {
        result.push_back({"eviction", "policy", "v1", "Eviction", Json::array({"create"})});
    }
    if (type.hasScale) {
        result.push_back({"scale", "autoscaling", "v1", "Scale", {"get", "patch", "update"}});
    }
    if (type.hasStatus) {
        result.push_back({"status", type.group, type.version, type.kind, {"get", "patch", "update"}});
    }
    return result;
}

Json reviews(const std::string& group) {
    Json list = Json::array();
    const auto add = [&](const char* plural, const char* kind) {
        list.push_back({{"name", plural},
                        {"singularName", ""},
                        {"namespaced", false},
                        {"kind", kind},
                        {"verbs", Json::array({"create"})}});
    };
    if (group == "authorization.k8s.io") {
        add("selfsubjectaccessreviews", "SelfSubjectAccessReview");
        add("selfsubjectrulesreviews", "SelfSubjectRulesReview");
    } else if (group == "authentication.k8s.io") {
        add("selfsubjectreviews", "SelfSubjectReview");
    }
    return list;
}

Json groupVersions(const std::string& group) {
    Json versions = Json::array();
    for (const std::string& version : servedVersions(group)) {
        versions.push_back({{"groupVersion", fmt::format("{}/{}", group, version)}, {"version", version}});
    }
    return versions;
}

Json responseKind(const std::string& group, const std::string& version, const std::string& kind) {
    return {{"group", group}, {"version", version}, {"kind", kind}};
}

Json categoriesOf(const ResourceType& type) {
    Json categories = type.categories;
    if (type.inAll) {
        categories.push_back("all");
    }
    return categories;
}

Json aggregatedVersion(const ServedTypes& served, const std::string& group, const std::string& version) {
    Json resources = Json::array();
    for (const ResourceType* each : served.all()) {
        const ResourceType& type = *each;
        if (type.group != group || !isServedIn(type, version)) {
            continue;
        }
        Json entry = {{"resource", type.plural},
                      {"responseKind", responseKind(group, version, type.kind)},
                      {"scope", type.namespaced ? "Namespaced" : "Cluster"},
                      {"singularResource", type.singular},
                      {"verbs", verbsOf()}};
        if (!type.shortNames.empty()) {
            entry["shortNames"] = type.shortNames;
        }
        if (const Json categories = categoriesOf(type); !categories.empty()) {
            entry["categories"] = categories;
        }
        for (const Subresource& sub : subresourcesOf(type)) {
            entry["subresources"].push_back(
                {{"subresource", sub.name},
                 {"responseKind", responseKind(sub.group, sub.name == "status" ? version : sub.version, sub.kind)},
                 {"verbs", sub.verbs}});
        }
        resources.push_back(std::move(entry));
    }
    for (const Json& review : reviews(group)) {
        resources.push_back({{"resource", review["name"]},
                             {"responseKind", responseKind(group, version, text(review, {"kind"}))},
                             {"scope", "Cluster"},
                             {"singularResource", ""},
                             {"verbs", review["verbs"]}});
    }
    return {{"version", version}, {"resources", std::move(resources)}, {"freshness", "Current"}};
}

}  // namespace

Json versionInfo(const std::string& gitVersion) {
    return {{"major", "1"},
            {"minor", gitVersion.substr(3, 2)},
            {"gitVersion", gitVersion},
            {"gitCommit", "0000000000000000000000000000000000000000"},
            {"gitTreeState", "clean"},
            {"buildDate", "2025-02-12T21:20:10Z"},
            {"goVersion", "go1.23.6"},
            {"compiler", "gc"},
            {"platform", "linux/amd64"}};
}

Json coreVersions(const std::string& address) {
    return {
        {"kind", "APIVersions"},
        {"versions", Json::array({"v1"})},
        {"serverAddressByClientCIDRs", Json::array({Json{{"clientCIDR", "0.0.0.0/0"}, {"serverAddress", address}}})}};
}

ServedTypes::ServedTypes(const ObjectDb& db) {
    const ResourceType& definitions = resource("customresourcedefinitions");
    for (const ResourceType& type : resourceTypes()) {
        if (!type.custom || db.get(definitions, "", type.qualified())) {
            types_.push_back(&type);
        }
    }
}

std::vector<std::string> ServedTypes::groups() const {
    std::vector<std::string> groups = servedGroups();
    for (const ResourceType* type : types_) {
        if (type->custom && std::find(groups.begin(), groups.end(), type->group) == groups.end()) {
            groups.push_back(type->group);
        }
    }
    return groups;
}

bool ServedTypes::hasGroup(const std::string& group) const {
    const auto known = groups();
    return std::find(known.begin(), known.end(), group) != known.end();
}

const ResourceType* ServedTypes::find(std::string_view group, std::string_view plural) const {
    const auto found = std::find_if(types_.begin(), types_.end(), [&](const ResourceType* type) {
        return type->group == group && type->plural == plural;
    });
    return found == types_.end() ? nullptr : *found;
}

Json groupList(const ServedTypes& served) {
    Json groups = Json::array();
    for (const std::string& group : served.groups()) {
        const Json versions = groupVersions(group);
        groups.push_back({{"name", group}, {"versions", versions}, {"preferredVersion", versions.front()}});
    }
    return {{"kind", "APIGroupList"}, {"apiVersion", "v1"}, {"groups", std::move(groups)}};
}

Answer<Json> groupInfo(const ServedTypes& served, const std::string& group) {
    const Json versions = groupVersions(group);
    if (versions.empty() || !served.hasGroup(group)) {
        return refuse(noSuchPath());
    }
    return Json{{"kind", "APIGroup"},
                {"apiVersion", "v1"},
                {"name", group},
                {"versions", versions},
                {"preferredVersion", versions.front()}};
}

Answer<Json> resourceList(const ServedTypes& served, const std::string& group, const std::string& version) {
    Json list = Json::array();
    for (const ResourceType* each : served.all()) {
        const ResourceType& type = *each;
        if (type.group != group || !isServedIn(type, version)) {
            continue;
        }
        Json entry = {{"name", type.plural},
                      {"singularName", type.singular},
                      {"namespaced", type.namespaced},
                      {"kind", type.kind},
                      {"verbs", verbsOf()}};
        if (!type.shortNames.empty()) {
            entry["shortNames"] = type.shortNames;
        }
        if (const Json categories = categoriesOf(type); !categories.empty()) {
            entry["categories"] = categories;
        }
        list.push_back(std::move(entry));
        for (const Subresource& sub : subresourcesOf(type)) {
            Json subentry = {{"name", type.plural + "/" + sub.name},
                             {"singularName", ""},
                             {"namespaced", type.namespaced},
                             {"kind", sub.kind},
                             {"verbs", sub.verbs}};
            if (sub.group != type.group) {
                subentry["group"] = sub.group;
                subentry["version"] = sub.version;
            }
            list.push_back(std::move(subentry));
        }
    }
    for (const Json& review : reviews(group)) {
        list.push_back(review);
    }
    if (list.empty()) {
        return refuse(noSuchPath());
    }
    return Json{{"kind", "APIResourceList"},
                {"apiVersion", "v1"},
                {"groupVersion", group.empty() ? version : group + "/" + version},
                {"resources", std::move(list)}};
}

Json aggregatedDiscovery(const ServedTypes& served, bool core, const std::string& version) {
    Json items = Json::array();
    const auto add = [&](const std::string& group, const std::vector<std::string>& versions) {
        Json list = Json::array();
        for (const std::string& each : versions) {
            list.push_back(aggregatedVersion(served, group, each));
        }
        Json metadata = Json::object();
        if (!group.empty()) {
            metadata["name"] = group;
        }
        items.push_back({{"metadata", std::move(metadata)}, {"versions", std::move(list)}});
    };
    if (core) {
        add("", {"v1"});
    } else {
        for (const std::string& group : served.groups()) {
            add(group, servedVersions(group));
        }
    }
    return {{"kind", "APIGroupDiscoveryList"},
            {"apiVersion", "apidiscovery.k8s.io/" + version},
            {"metadata", Json::object()},
            {"items", std::move(items)}};
}

}  // namespace quarterdeck::demo
