#include "app/kube/kube_client.h"

#include <set>

#include <nlohmann/json.hpp>

#include "app/kube/errors.h"

namespace quarterdeck::kube {

using nlohmann::json;

namespace {

/// Objects are copied and walked by recursion; a real one nests a few dozen deep.
constexpr int kMaxJsonDepth = 512;

/// Whether brackets nest deeper than `limit`; those within strings do not count.
bool deeperThan(std::string_view text, int limit) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            i += c == '\\' ? 1 : 0;
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > limit) {
                return true;
            }
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

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

const json& member(const json& object, const char* key) {
    static const json nothing;
    if (!object.is_object()) {
        return nothing;
    }
    const auto it = object.find(key);
    return it != object.end() ? *it : nothing;
}

/// Resources of an APIGroupDiscoveryList, the preferred (first) version of each group.
void readAggregated(const json& list, std::vector<ResourceType>& types) {
    for (const json& group : member(list, "items")) {
        const std::string groupName = text(member(group, "metadata"), "name");
        std::set<std::string> seen;
        for (const json& version : member(group, "versions")) {
            for (const json& resource : member(version, "resources")) {
                ResourceType type{groupName, text(version, "version"), text(resource, "resource"),
                                  text(member(resource, "responseKind"), "kind"),
                                  text(resource, "scope") == "Namespaced"};
                if (!type.resource.empty() && seen.insert(type.resource).second) {
                    types.push_back(std::move(type));
                }
            }
        }
    }
}

/// Resources of one APIResourceList; subresources are left out.
void readPlain(const json& list, const std::string& group, const std::string& version,
               std::vector<ResourceType>& types) {
    for (const json& resource : member(list, "resources")) {
        const std::string name = text(resource, "name");
        if (!name.empty() && name.find('/') == std::string::npos) {
            const json& scoped = member(resource, "namespaced");
            types.push_back({group, version, name, text(resource, "kind"), scoped.is_boolean() && scoped.get<bool>()});
        }
    }
}

}  // namespace

KubeClient::KubeClient(std::shared_ptr<http::Channel> channel, ContextId context)
    : channel_(std::move(channel)), context_(std::move(context)) {}

std::string KubeClient::path(const ResourceType& type, const std::string& nameSpace, const std::string& name) {
    std::string target = type.group.empty() ? "/api/" : "/apis/" + http::percentEncode(type.group) + "/";
    target += http::percentEncode(type.version);
    if (type.namespaced && !nameSpace.empty()) {
        target += "/namespaces/" + http::percentEncode(nameSpace);
    }
    target += "/" + http::percentEncode(type.resource);
    if (!name.empty()) {
        target += "/" + http::percentEncode(name);
    }
    return target;
}

Result<json> KubeClient::getJson(const std::string& target, const std::string& what, std::stop_token stop,
                                 const std::string& accept) {
    http::Request request;
    request.target = target;
    request.headers.push_back({"Accept", accept.empty() ? "application/json" : accept});
    auto answer = channel_->send(request, std::move(stop));
    if (!answer) {
        return fail(answer.error());
    }
    const CallLabel label{context_, "get", what};
    if (answer->head.status != 200 || looksLikeHtml(answer->head, answer->body)) {
        return fail(statusError(answer->head, answer->body, label));
    }
    const bool deep = deeperThan(answer->body, kMaxJsonDepth);
    json parsed = deep ? json(json::value_t::discarded) : json::parse(answer->body, nullptr, false);
    if (!parsed.is_object()) {
        http::ResponseHead head = answer->head;
        return fail(kUnreadable, {{"context", context_}, {"verb", "get"}, {"what", what}},
                    makeError(kUnexpectedStatus,
                              {{"context", context_},
                               {"verb", "get"},
                               {"what", what},
                               {"status", std::to_string(head.status)},
                               {"message", deep ? "the body is nested too deeply" : "the body is not a JSON object"}}));
    }
    return parsed;
}

Result<ServerVersion> KubeClient::version(std::stop_token stop) {
    auto answer = getJson("/version", "the server version", std::move(stop));
    if (!answer) {
        return fail(answer.error());
    }
    return ServerVersion{text(*answer, "gitVersion"), text(*answer, "platform")};
}

Result<std::vector<ResourceType>> KubeClient::discover(std::stop_token stop) {
    std::vector<ResourceType> types;
    auto core = getJson("/api", "the core API", stop, kAggregated);
    if (!core) {
        return fail(core.error());
    }
    if (text(*core, "kind") == "APIGroupDiscoveryList") {
        readAggregated(*core, types);
    } else {
        for (const json& version : member(*core, "versions")) {
            if (!version.is_string()) {
                continue;
            }
            const std::string name = version.get<std::string>();
            auto list = getJson("/api/" + http::percentEncode(name), "the core API", stop);
            if (!list) {
                return fail(list.error());
            }
            readPlain(*list, "", name, types);
        }
    }
    auto groups = getJson("/apis", "the API groups", stop, kAggregated);
    if (!groups) {
        return fail(groups.error());
    }
    if (text(*groups, "kind") == "APIGroupDiscoveryList") {
        readAggregated(*groups, types);
        return types;
    }
    for (const json& group : member(*groups, "groups")) {
        const std::string name = text(group, "name");
        const std::string version = text(member(group, "preferredVersion"), "version");
        auto list = getJson("/apis/" + http::percentEncode(name) + "/" + http::percentEncode(version),
                            "the API group " + name, stop);
        if (list) {  // a group whose server is away is left out, the rest goes on
            readPlain(*list, name, version, types);
        } else if (list.error().is(kCancelled)) {
            return fail(list.error());
        }
    }
    return types;
}

Result<json> KubeClient::get(const ResourceType& type, const std::string& nameSpace, const std::string& name,
                             std::stop_token stop) {
    std::string what = type.resource + " " + name;
    if (type.namespaced && !nameSpace.empty()) {
        what += " in namespace " + nameSpace;
    }
    return getJson(path(type, nameSpace, name), what, std::move(stop));
}

}  // namespace quarterdeck::kube
