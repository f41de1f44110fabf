#include "app/kube/scope_freshness.h"

#include <algorithm>

#include <fmt/format.h>

namespace quarterdeck::kube {

namespace {

constexpr std::size_t kMostNamed = 6;
constexpr const char* kNeedsPrefix = "needs/";

/// `beyond`: so many more that are not among the names.
std::string joined(const std::vector<std::string>& names, const char* between, std::size_t beyond = 0) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i) {
        text += (i == 0 ? "" : between) + names[i];
    }
    const std::size_t unnamed = beyond + (names.size() > kMostNamed ? names.size() - kMostNamed : 0);
    return unnamed > 0 ? text + fmt::format(" and {} more", unnamed) : text;
}

std::string namespacesText(const std::vector<std::string>& names, std::size_t beyond = 0) {
    return (names.size() + beyond == 1 ? "namespace " : "namespaces ") + joined(names, ", ", beyond);
}

/// What came of the namespaces, by state.
struct Tally {
    std::vector<std::string> shown;
    std::vector<std::string> denied;
    std::vector<std::string> rights;  ///< "list on pods in namespace x", for those denied or without watch
    std::vector<Error::Parameter> needs;
    std::map<FreshnessState, const Freshness*> worst;
    bool unwatched = false;        ///< some are listed now and then, because they may not be watched
    std::optional<Instant> since;  ///< the oldest of those shown
    std::optional<Instant> nextTry;
};

Tally tallyOf(const ScopedParts& scoped) {
    Tally tally;
    for (const auto& [nameSpace, part] : scoped.parts) {
        const bool unwatched = part.state == FreshnessState::Stale && part.reason && part.reason->is(kWatchForbidden);
        if (unwatched) {
            tally.unwatched = true;
            tally.rights.push_back("watch on " + describeScope(scoped.type, nameSpace));
        } else {
            tally.worst.emplace(part.state == FreshnessState::Empty ? FreshnessState::Live : part.state, &part);
        }
        if (part.nextTry && (!tally.nextTry || *part.nextTry < *tally.nextTry)) {
            tally.nextTry = part.nextTry;
        }
        if (part.state == FreshnessState::Forbidden) {
            const std::string verb = part.reason ? std::string(part.reason->parameter("verb")) : std::string("list");
            tally.denied.push_back(nameSpace);
            tally.rights.push_back(verb + " on " + describeScope(scoped.type, nameSpace));
            tally.needs.emplace_back(kNeedsPrefix + nameSpace, verb + " " + describeScope(scoped.type, nameSpace));
        } else {
            tally.shown.push_back(nameSpace);
            if (part.state != FreshnessState::Loading && part.state != FreshnessState::Failed) {
                tally.since = tally.since ? std::min(*tally.since, part.since) : part.since;
            }
        }
    }
    return tally;
}

Error nowhere(const ScopedParts& scoped, const Tally& tally) {
    std::string what = describeScope(scoped.type, {});
    if (!tally.denied.empty()) {
        what += " or in " + namespacesText(tally.denied, scoped.refusedMore);
    }
    Error error = makeError(scoped.leftOut > 0 ? kNowhereCrowded : kNowhereAllowed,
                            {{"context", scoped.context},
                             {"verb", std::string(scoped.denial.parameter("verb"))},
                             {"what", what},
                             {"message", std::string(scoped.denial.parameter("message"))},
                             {"count", std::to_string(scoped.leftOut)}});
    error.httpStatus = 403;
    return error;
}

Error partly(const ScopedParts& scoped, const Tally& tally) {
    std::vector<Error::Parameter> parameters{{"context", scoped.context},
                                             {"namespaces", namespacesText(tally.shown)},
                                             {"verb", std::string(scoped.denial.parameter("verb"))},
                                             {"what", describeScope(scoped.type, {})},
                                             {"count", std::to_string(scoped.leftOut)}};
    if (!tally.rights.empty()) {
        parameters.emplace_back("rights", joined(tally.rights, ", ", scoped.refusedMore));
        parameters.insert(parameters.end(), tally.needs.begin(), tally.needs.end());
        return makeError(scoped.leftOut > 0 ? kScopePartlyCrowded : kScopePartly, std::move(parameters));
    }
    if (scoped.leftOut > 0) {
        return makeError(kScopeCrowded, std::move(parameters));
    }
    return makeError(kScopeNarrowed, std::move(parameters));
}

}  // namespace

Freshness combine(const ScopedParts& scoped) {
    const Tally tally = tallyOf(scoped);
    Freshness whole;
    whole.nextTry = tally.nextTry;
    const auto take = [&](FreshnessState state) {
        const auto found = tally.worst.find(state);
        if (found == tally.worst.end()) {
            return false;
        }
        whole = *found->second;
        whole.nextTry = tally.nextTry;
        whole.since = tally.since.value_or(whole.since);
        return true;
    };
    const bool anyLive = tally.worst.contains(FreshnessState::Live) || tally.unwatched;
    if (take(FreshnessState::Stale)) {
        return whole;
    }
    if (take(FreshnessState::Failed)) {
        // Beside rows that are true the whole is only out of date.
        whole.state = anyLive ? FreshnessState::Stale : FreshnessState::Failed;
        return whole;
    }
    if (take(FreshnessState::Loading)) {
        whole.reason.reset();
        return whole;
    }
    if (scoped.searchingSince) {
        whole.since = tally.since.value_or(*scoped.searchingSince);
        return whole;
    }
    if (tally.unwatched) {
        whole.state = FreshnessState::Stale;
        whole.since = *tally.since;
        whole.reason = partly(scoped, tally);
        return whole;
    }
    if (take(FreshnessState::Live)) {
        whole.reason = partly(scoped, tally);
        return whole;
    }
    if (!take(FreshnessState::Forbidden)) {
        whole.state = FreshnessState::Forbidden;
    }
    whole.reason = nowhere(scoped, tally);
    return whole;
}

std::string_view missingIn(const Freshness& whole, const std::string& nameSpace) {
    return whole.reason ? whole.reason->parameter(kNeedsPrefix + nameSpace) : std::string_view();
}

Freshness forbiddenPart(const ScopedParts& scoped, const std::string& nameSpace,
                        const std::vector<std::string>& missingVerbs, Instant since) {
    std::string verbs;
    for (const std::string& verb : missingVerbs) {
        verbs += (verbs.empty() ? "" : " and ") + verb;
    }
    Freshness part;
    part.state = FreshnessState::Forbidden;
    part.since = since;
    part.reason = makeError(kForbidden, {{"context", scoped.context},
                                         {"verb", verbs},
                                         {"what", describeScope(scoped.type, nameSpace)},
                                         {"message", "the rules that the server tells of do not allow it"},
                                         {"status", "403"}});
    part.reason->httpStatus = 403;
    return part;
}

}  // namespace quarterdeck::kube
