#include "app/kube/discovery.h"

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "app/kube/errors.h"
#include "app/kube/kube_client.h"

namespace quarterdeck::kube {

using nlohmann::json;

namespace {

constexpr const char* kAggregated =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

std::string text(const json& object, const char* key) {
    if (!object.is_object()) {
        return {};
    }
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// Always to be iterated over: an empty array where there is no array or object.
const json& member(const json& object, const char* key) {
    static const json nothing = json::array();
    if (!object.is_object()) {
        return nothing;
    }
    const auto it = object.find(key);
    return it != object.end() && it->is_structured() ? *it : nothing;
}

std::vector<std::string> texts(const json& object, const char* key) {
    std::vector<std::string> all;
    for (const json& one : member(object, key)) {
        if (one.is_string()) {
            all.push_back(one.get<std::string>());
        }
    }
    return all;
}

/// Gathers what the groups serve. The first version in which a resource is met is the preferred one.
class Gatherer {
public:
    Gatherer(KubeClient& client, std::stop_token stop) : client_(client), stop_(std::move(stop)) {}

    Result<Discovery> gather() {
        auto core = ask("/api", "the core API");
        auto groups = ask("/apis", "the API groups");
        if (!core && !groups) {
            return fail(core.error());
        }
        core ? readCore(*core) : markStale({}, {}, core.error());
        groups ? readGroups(*groups) : markStale("*", {}, groups.error());
        if (stop_.stop_requested()) {
            return fail(kCancelled);
        }
        return std::move(found_);
    }

private:
    Result<json> ask(const std::string& target, const std::string& what) {
        auto answer = client_.getJson(target, what, stop_, kAggregated);
        if (!answer && answer.error().httpStatus == 406) {  // a strict server on the way
            return client_.getJson(target, what, stop_);
        }
        return answer;
    }

    void markStale(std::string group, std::string version, Error reason) {
        found_.stale.push_back({std::move(group), std::move(version), std::move(reason)});
    }

    void add(ServedResource resource) {
        const ResourceType& type = resource.type;
        if (!type.resource.empty() && !type.kind.empty() && seen_.emplace(type.group, type.resource).second) {
            found_.resources.push_back(std::move(resource));
        }
    }

    /// Items of an APIGroupDiscoveryList; versions come in the order of preference.
    void readAggregated(const json& list) {
        for (const json& group : member(list, "items")) {
            const std::string name = text(member(group, "metadata"), "name");
            for (const json& version : member(group, "versions")) {
                const std::string versionName = text(version, "version");
                if (text(version, "freshness") == "Stale") {
                    markStale(name, versionName,
                              makeError(kStaleGroup, {{"context", client_.context()}, {"group", name}}));
                }
                for (const json& resource : member(version, "resources")) {
                    ServedResource served;
                    served.type = {name, versionName, text(resource, "resource"),
                                   text(member(resource, "responseKind"), "kind"),
                                   text(resource, "scope") == "Namespaced"};
                    served.singular = text(resource, "singularResource");
                    served.shortNames = texts(resource, "shortNames");
                    served.categories = texts(resource, "categories");
                    served.verbs = texts(resource, "verbs");
                    for (const json& sub : member(resource, "subresources")) {
                        served.subresources.push_back({text(sub, "subresource"), texts(sub, "verbs")});
                    }
                    add(std::move(served));
                }
            }
        }
    }

    /// An APIResourceList; "pods/log" belongs to the pods, which may come after it.
    void readPlain(const json& list, const std::string& group, const std::string& version) {
        std::map<std::string, std::vector<Subresource>> subresources;
        std::vector<ServedResource> all;
        for (const json& resource : member(list, "resources")) {
            const std::string name = text(resource, "name");
            if (const std::size_t slash = name.find('/'); slash != std::string::npos) {
                subresources[name.substr(0, slash)].push_back({name.substr(slash + 1), texts(resource, "verbs")});
                continue;
            }
            const auto scoped = resource.is_object() ? resource.find("namespaced") : resource.end();
            ServedResource served;
            served.type = {
                group, version, name, text(resource, "kind"),
                resource.is_object() && scoped != resource.end() && scoped->is_boolean() && scoped->get<bool>()};
            served.singular = text(resource, "singularName");
            served.shortNames = texts(resource, "shortNames");
            served.categories = texts(resource, "categories");
            served.verbs = texts(resource, "verbs");
            all.push_back(std::move(served));
        }
        for (ServedResource& served : all) {
            served.subresources = std::move(subresources[served.type.resource]);
            add(std::move(served));
        }
    }

    void askPlain(const std::string& target, const std::string& group, const std::string& version) {
        if (stop_.stop_requested()) {
            return;
        }
        const std::string what = group.empty() ? "the core API" : "the API group " + group;
        if (auto list = client_.getJson(target + "/" + http::percentEncode(version), what, stop_)) {
            readPlain(*list, group, version);
        } else {
            markStale(group, version, list.error());
        }
    }

    void readCore(const json& answer) {
        if (text(answer, "kind") == "APIGroupDiscoveryList") {
            readAggregated(answer);
            return;
        }
        for (const std::string& version : texts(answer, "versions")) {
            askPlain("/api", {}, version);
        }
    }

    void readGroups(const json& answer) {
        if (text(answer, "kind") == "APIGroupDiscoveryList") {
            readAggregated(answer);
            return;
        }
        for (const json& group : member(answer, "groups")) {
            const std::string name = text(group, "name");
            std::vector<std::string> versions{text(member(group, "preferredVersion"), "version")};
            for (const json& one : member(group, "versions")) {
                versions.push_back(text(one, "version"));
            }
            for (std::size_t i = 0; i < versions.size(); ++i) {
                const auto seen = versions.begin() + static_cast<std::ptrdiff_t>(i);
                if (!versions[i].empty() && !name.empty() && std::find(versions.begin(), seen, *seen) == seen) {
                    askPlain("/apis/" + http::percentEncode(name), name, versions[i]);
                }
            }
        }
    }

    KubeClient& client_;
    std::stop_token stop_;
    Discovery found_;
    std::set<std::pair<std::string, std::string>> seen_;
};

}  // namespace

bool ServedResource::can(std::string_view verb) const {
    return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

const ServedResource* Discovery::find(std::string_view group, std::string_view resource) const {
    const auto found = std::find_if(resources.begin(), resources.end(), [&](const ServedResource& one) {
        return one.type.group == group && one.type.resource == resource;
    });
    return found == resources.end() ? nullptr : &*found;
}

bool Discovery::isStale(std::string_view group) const {
    return std::any_of(stale.begin(), stale.end(), [&](const StaleGroup& one) {
        return one.group == group || (one.group == "*" && !group.empty());
    });
}

Result<Discovery> discover(KubeClient& client, std::stop_token stop) {
    return Gatherer(client, std::move(stop)).gather();
}

std::string qualifiedName(const ResourceType& type) {
    return type.group.empty() ? type.resource : type.resource + "." + type.group;
}

}  // namespace quarterdeck::kube
