#include "app/kube/upgrade_error.h"

#include <nlohmann/json.hpp>

namespace quarterdeck::kube {

namespace {

/// "create" of: pods "x" is forbidden: User "u" cannot create resource "pods/exec" in API group "" …
std::string missingVerb(const std::string& message) {
    constexpr std::string_view kBefore = " cannot ";
    constexpr std::string_view kAfter = " resource \"";
    const std::size_t before = message.find(kBefore);
    if (before == std::string::npos) {
        return "create";
    }
    const std::size_t start = before + kBefore.size();
    const std::size_t end = message.find(kAfter, start);
    const bool plain = end != std::string::npos && end - start < 20 && message.find(' ', start) == end;
    return plain ? message.substr(start, end - start) : "create";
}

std::string text(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// "pods/exec" of: … cannot create resource "pods/exec" in API group …
std::string missingResource(const std::string& message, const std::string& otherwise) {
    constexpr std::string_view kBefore = " resource \"";
    const std::size_t before = message.find(kBefore);
    const std::size_t end = before == std::string::npos ? before : message.find('"', before + kBefore.size());
    return end == std::string::npos
               ? otherwise
               : message.substr(before + kBefore.size(), end - before - kBefore.size()) + " for " + otherwise;
}

}  // namespace

Error upgradeError(const http::Response& refusal, const CallLabel& label) {
    const int status = refusal.head.status;
    const auto body = nlohmann::json::parse(refusal.body, nullptr, false);
    const bool explained = body.is_object() && text(body, "kind") == "Status";
    if (status == 401) {
        return statusError(refusal.head, refusal.body, label);
    }
    if (explained && status == 403) {
        const std::string message = text(body, "message");
        return statusError(refusal.head, refusal.body,
                           {label.context, missingVerb(message), missingResource(message, label.what)});
    }
    if (explained && status == 404) {
        return statusError(refusal.head, refusal.body, label);
    }
    std::vector<Error::Parameter> parameters{
        {"context", label.context}, {"verb", label.verb}, {"what", label.what}, {"status", std::to_string(status)}};
    if (explained) {
        std::string message = text(body, "message");
        parameters.emplace_back("message", message.empty() ? "no reason given" : message);
    }
    Error error = makeError(explained ? kUpgradeRefused : kUpgradeBlocked, std::move(parameters));
    error.httpStatus = status;
    return error;
}

}  // namespace quarterdeck::kube
