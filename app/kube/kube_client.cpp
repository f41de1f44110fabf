#include "app/kube/kube_client.h"

#include <nlohmann/json.hpp>

#include "app/kube/errors.h"
#include "app/kube/patient_send.h"

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

std::string text(const json& object, const char* key) {
    if (!object.is_object()) {
        return {};
    }
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

http::Request reading(const std::string& target, const std::string& accept = {}) {
    http::Request request;
    request.target = target;
    request.headers.push_back({"Accept", accept.empty() ? "application/json" : accept});
    return request;
}

Result<json> objectOf(const Result<http::Response>& answer, const CallLabel& label) {
    if (!answer) {
        return fail(answer.error());
    }
    if (answer->head.status != 200 || looksLikeHtml(answer->head, answer->body)) {
        return fail(statusError(answer->head, answer->body, label));
    }
    const bool deep = deeperThan(answer->body, kMaxJsonDepth);
    json parsed = deep ? json(json::value_t::discarded) : json::parse(answer->body, nullptr, false);
    if (!parsed.is_object()) {
        return fail(kUnreadable, {{"context", label.context}, {"verb", label.verb}, {"what", label.what}},
                    makeError(kUnexpectedStatus,
                              {{"context", label.context},
                               {"verb", label.verb},
                               {"what", label.what},
                               {"status", std::to_string(answer->head.status)},
                               {"message", deep ? "the body is nested too deeply" : "the body is not a JSON object"}}));
    }
    return parsed;
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
    return objectOf(channel_->send(reading(target, accept), std::move(stop)), {context_, "get", what});
}

Result<ServerVersion> KubeClient::version(std::stop_token stop) {
    auto answer = getJson("/version", "the server version", std::move(stop));
    if (!answer) {
        return fail(answer.error());
    }
    return ServerVersion{text(*answer, "gitVersion"), text(*answer, "platform")};
}

Result<json> KubeClient::get(const ResourceType& type, const std::string& nameSpace, const std::string& name,
                             std::stop_token stop) {
    std::string what = type.resource + " " + name;
    if (type.namespaced && !nameSpace.empty()) {
        what += " in namespace " + nameSpace;
    }
    return objectOf(sendPatiently(*channel_, reading(path(type, nameSpace, name)), std::move(stop)),
                    {context_, "get", what});
}

}  // namespace quarterdeck::kube
