#include "app/kube/rules_review.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/kube/errors.h"

namespace quarterdeck::kube {

using nlohmann::json;

namespace {

bool holds(const std::vector<std::string>& list, const std::string& wanted) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& entry) { return entry == "*" || entry == wanted; });
}

/// "*" is every resource and subresource, "*/scale" that subresource of every resource.
bool covers(const std::vector<std::string>& list, const std::string& resource) {
    const std::size_t slash = resource.find('/');
    return holds(list, resource) || (slash != std::string::npos && holds(list, "*" + resource.substr(slash)));
}

const json& member(const json& object, const char* key) {
    static const json nothing;
    const auto it = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && it != object.end() ? *it : nothing;
}

std::vector<std::string> texts(const json& list) {
    std::vector<std::string> all;
    if (list.is_array()) {
        for (const json& entry : list) {
            if (entry.is_string()) {
                all.push_back(entry.get<std::string>());
            }
        }
    }
    return all;
}

}  // namespace

bool RulesReview::allows(const std::string& verb, const ResourceType& type) const {
    return std::any_of(rules.begin(), rules.end(), [&](const ResourceRule& rule) {
        return rule.names.empty() && holds(rule.verbs, verb) && holds(rule.groups, type.group) &&
               covers(rule.resources, type.resource);
    });
}

std::vector<std::string> RulesReview::missing(const std::vector<std::string>& verbs, const ResourceType& type) const {
    std::vector<std::string> lacking;
    if (!incomplete) {
        std::copy_if(verbs.begin(), verbs.end(), std::back_inserter(lacking),
                     [&](const std::string& verb) { return !allows(verb, type); });
    }
    return lacking;
}

Result<RulesReview> reviewRules(http::Channel& channel, const ContextId& context, const std::string& nameSpace,
                                std::stop_token stop) {
    http::Request request;
    request.method = "POST";
    request.target = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
    request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/json"}};
    request.body = json{{"kind", "SelfSubjectRulesReview"},
                        {"apiVersion", "authorization.k8s.io/v1"},
                        {"spec", {{"namespace", nameSpace}}}}
                       .dump(-1, ' ', false, json::error_handler_t::replace);
    request.priority = http::Priority::Watch;
    const CallLabel label{context, "create", "selfsubjectrulesreviews for namespace " + nameSpace};
    auto answer = channel.send(request, std::move(stop));
    if (!answer) {
        return fail(answer.error());
    }
    const int status = answer->head.status;
    if ((status != 200 && status != 201) || looksLikeHtml(answer->head, answer->body)) {
        return fail(statusError(answer->head, answer->body, label));
    }
    const json parsed = json::parse(answer->body, nullptr, false);
    const json& told = member(parsed, "status");
    if (!told.is_object()) {
        return fail(kUnreadable, {{"context", context}, {"verb", label.verb}, {"what", label.what}},
                    makeError(kUnexpectedStatus, {{"context", context},
                                                  {"verb", label.verb},
                                                  {"what", label.what},
                                                  {"status", std::to_string(status)},
                                                  {"message", "the body is no review"}}));
    }
    RulesReview review;
    const json& incomplete = member(told, "incomplete");
    review.incomplete = incomplete.is_boolean() && incomplete.get<bool>();
    const json& rules = member(told, "resourceRules");
    if (rules.is_array()) {
        for (const json& rule : rules) {
            review.rules.push_back({texts(member(rule, "verbs")), texts(member(rule, "apiGroups")),
                                    texts(member(rule, "resources")), texts(member(rule, "resourceNames"))});
        }
    }
    return review;
}

}  // namespace quarterdeck::kube
