#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/fakes/hostile_server.h"

namespace quarterdeck::fakes {

/// A small cluster for a user with few rights: running pods by namespace, and what jane may do with them. Other kinds
/// are empty and allowed. Rights may change at any time, from any thread.
class LimitedCluster {
public:
    using Pods = std::map<std::string, std::vector<std::string>>;
    static constexpr const char* kEverywhere = "*";

    explicit LimitedCluster(Pods pods);

    /// list and watch of pods in a namespace, or everywhere.
    void allow(const std::string& nameSpace, const std::vector<std::string>& verbs = {"list", "watch"});
    void forbid(const std::string& nameSpace);
    void allowNamespaceList(bool allowed);
    /// Off: the server does not know such reviews (404).
    void serveReviews(bool served);
    /// On: reviews tell no rules and say that there may be others, as those of servers with an authorization webhook
    /// do.
    void keepRulesBack(bool kept);
    /// The measures of the pods as a kind that can be listed and not watched, and whose objects have no uid.
    void serveMetrics(bool served);
    void addPod(const std::string& nameSpace, const std::string& name);

    /// For as long as somebody serves it.
    [[nodiscard]] HostileServer::Handler handler() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace quarterdeck::fakes
