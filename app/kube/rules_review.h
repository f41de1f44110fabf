#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/http/channel.h"
#include "app/kube/object.h"

namespace quarterdeck::kube {

/// One rule of a SelfSubjectRulesReview: these verbs on these resources; "*" stands for all.
struct ResourceRule {
    std::vector<std::string> verbs;
    std::vector<std::string> groups;
    std::vector<std::string> resources;
    /// Only these objects; empty = all. A rule with names allows no list of its own accord.
    std::vector<std::string> names;
};

/// What the signed-in user may do in one namespace, as the server tells it.
struct RulesReview {
    std::vector<ResourceRule> rules;
    /// The server could not evaluate everything: what is missing here may be allowed all the same.
    bool incomplete = false;

    /// Whether some rule allows the verb on every object of the type; its resource may be one like "pods/exec".
    [[nodiscard]] bool allows(const std::string& verb, const ResourceType& type) const;
    /// Those of the verbs that no rule allows, in order; none where the review is incomplete.
    [[nodiscard]] std::vector<std::string> missing(const std::vector<std::string>& verbs,
                                                   const ResourceType& type) const;
};

/// Asks for it (SelfSubjectRulesReview, authorization.k8s.io/v1). Blocks.
[[nodiscard]] Result<RulesReview> reviewRules(http::Channel& channel, const ContextId& context,
                                              const std::string& nameSpace, std::stop_token stop);

}  // namespace quarterdeck::kube
