#include "tests/fakes/limited_cluster.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

namespace quarterdeck::fakes {

using nlohmann::json;

struct LimitedCluster::State {
    std::mutex mutex;
    std::map<std::string, std::vector<std::string>> pods;
    std::map<std::string, std::set<std::string>> rights;  ///< verbs by namespace
    bool namespaceList = false;
    bool reviews = true;
    bool rulesKeptBack = false;
    bool metrics = false;

    [[nodiscard]] bool may(const std::string& verb, const std::string& nameSpace) {
        const auto holds = [&](const std::string& place) {
            const auto found = rights.find(place);
            return found != rights.end() && found->second.contains(verb);
        };
        return holds(kEverywhere) || (!nameSpace.empty() && holds(nameSpace));
    }

    [[nodiscard]] json podList(const std::string& nameSpace) {
        json items = json::array();
        for (const auto& [place, names] : pods) {
            for (const std::string& name : names) {
                if (nameSpace.empty() || place == nameSpace) {
                    items.push_back({{"metadata",
                                      {{"name", name},
                                       {"namespace", place},
                                       {"uid", "uid-" + place + "-" + name},
                                       {"resourceVersion", "5"}}},
                                     {"spec", {{"containers", json::array()}}},
                                     {"status", {{"phase", "Running"}}}});
                }
            }
        }
        return {{"kind", "PodList"}, {"apiVersion", "v1"}, {"metadata", {{"resourceVersion", "9"}}}, {"items", items}};
    }

    [[nodiscard]] json podMetrics() {
        json items = json::array();
        for (const auto& [place, names] : pods) {
            for (const std::string& name : names) {
                items.push_back({{"metadata", {{"name", name}, {"namespace", place}}}});
            }
        }
        return {{"kind", "PodMetricsList"}, {"metadata", json::object()}, {"items", items}};
    }

    [[nodiscard]] static json metricsGroup() {
        const json resource{{"resource", "pods"},
                            {"responseKind", {{"kind", "PodMetrics"}}},
                            {"scope", "Namespaced"},
                            {"verbs", {"get", "list"}}};
        const json version{{"version", "v1beta1"}, {"resources", json::array({resource})}};
        return {{"metadata", {{"name", "metrics.k8s.io"}}}, {"versions", json::array({version})}};
    }

    [[nodiscard]] json namespaces() {
        json items = json::array();
        for (const auto& [name, names] : pods) {
            items.push_back({{"metadata", {{"name", name}, {"uid", "uid-" + name}, {"resourceVersion", "1"}}}});
        }
        return {{"kind", "NamespaceList"}, {"metadata", {{"resourceVersion", "1"}}}, {"items", items}};
    }

    [[nodiscard]] json review(const std::string& nameSpace) {
        json verbs = json::array();
        for (const char* verb : {"list", "watch"}) {
            if (may(verb, nameSpace)) {
                verbs.push_back(verb);
            }
        }
        json rules = json::array();
        if (!verbs.empty()) {
            rules.push_back({{"verbs", verbs}, {"apiGroups", {""}}, {"resources", {"pods"}}});
        }
        rules.push_back({{"verbs", {"list", "watch"}}, {"apiGroups", {"apps"}}, {"resources", {"*"}}});
        if (rulesKeptBack) {
            rules = json::array();
        }
        return {
            {"kind", "SelfSubjectRulesReview"},
            {"status", {{"resourceRules", rules}, {"nonResourceRules", json::array()}, {"incomplete", rulesKeptBack}}}};
    }
};

namespace {

void refuse(HostileConnection& peer, const std::string& verb, const std::string& resource,
            const std::string& nameSpace) {
    const std::string where = nameSpace.empty() ? "at the cluster scope" : "in the namespace \"" + nameSpace + "\"";
    peer.answer(403, "application/json",
                json{{"kind", "Status"},
                     {"status", "Failure"},
                     {"reason", "Forbidden"},
                     {"code", 403},
                     {"message", resource + " is forbidden: User \"jane\" cannot " + verb + " resource \"" + resource +
                                     "\" in API group \"\" " + where}}
                    .dump());
}

}  // namespace

LimitedCluster::LimitedCluster(Pods pods) : state_(std::make_shared<State>()) {
    state_->pods = std::move(pods);
}

void LimitedCluster::allow(const std::string& nameSpace, const std::vector<std::string>& verbs) {
    const std::lock_guard lock(state_->mutex);
    state_->rights[nameSpace] = {verbs.begin(), verbs.end()};
}

void LimitedCluster::forbid(const std::string& nameSpace) {
    const std::lock_guard lock(state_->mutex);
    state_->rights.erase(nameSpace);
}

void LimitedCluster::allowNamespaceList(bool allowed) {
    const std::lock_guard lock(state_->mutex);
    state_->namespaceList = allowed;
}

void LimitedCluster::serveReviews(bool served) {
    const std::lock_guard lock(state_->mutex);
    state_->reviews = served;
}

void LimitedCluster::keepRulesBack(bool kept) {
    const std::lock_guard lock(state_->mutex);
    state_->rulesKeptBack = kept;
}

void LimitedCluster::serveMetrics(bool served) {
    const std::lock_guard lock(state_->mutex);
    state_->metrics = served;
}

void LimitedCluster::addPod(const std::string& nameSpace, const std::string& name) {
    const std::lock_guard lock(state_->mutex);
    state_->pods[nameSpace].push_back(name);
}

HostileServer::Handler LimitedCluster::handler() const {
    return [state = state_](const HostileRequest& request, HostileConnection& peer) {
        const std::string path = request.path();
        const bool watch = request.target.find("watch=true") != std::string::npos;
        const std::string verb = watch ? "watch" : "list";
        const std::string inSpace = "/api/v1/namespaces/";
        std::unique_lock lock(state->mutex);
        const auto answer = [&](bool allowed, const std::string& resource, const std::string& nameSpace,
                                const json& body) {
            lock.unlock();
            if (!allowed) {
                refuse(peer, verb, resource, nameSpace);
            } else if (watch) {
                peer.chunkedHead();
                peer.waitUntilClosed();
            } else {
                peer.json(body.dump());
            }
        };
        if (path == "/version") {
            lock.unlock();
            peer.json(R"({"gitVersion":"v1.34.0","platform":"linux/amd64"})");
        } else if (state->metrics && (path == "/api" || path == "/apis")) {
            lock.unlock();
            const json groups = path == "/api" ? json::array() : json::array({State::metricsGroup()});
            peer.json(json{{"kind", "APIGroupDiscoveryList"}, {"items", groups}}.dump());
        } else if (state->metrics && path == "/apis/metrics.k8s.io/v1beta1/pods") {
            const std::string body = state->podMetrics().dump();
            lock.unlock();
            watch ? peer.answer(405, "text/plain", "no watch") : peer.json(body);
        } else if (path == "/api/v1/pods") {
            answer(state->may(verb, {}), "pods", {}, state->podList({}));
        } else if (path == "/api/v1/namespaces") {
            answer(state->namespaceList, "namespaces", {}, state->namespaces());
        } else if (path.starts_with(inSpace) && path.ends_with("/pods")) {
            const std::string nameSpace = path.substr(inSpace.size(), path.rfind('/') - inSpace.size());
            answer(state->may(verb, nameSpace), "pods", nameSpace, state->podList(nameSpace));
        } else if (path.ends_with("/selfsubjectrulesreviews") && state->reviews) {
            const json asked = json::parse(request.body, nullptr, false);
            const json told = state->review(asked.at("spec").at("namespace").get<std::string>());
            lock.unlock();
            peer.answer(201, "application/json", told.dump());
        } else if (path.ends_with("/selfsubjectrulesreviews")) {
            lock.unlock();
            peer.answer(404, "text/plain", "404 page not found");
        } else {
            answer(true, "others", {}, {{"metadata", {{"resourceVersion", "1"}}}, {"items", json::array()}});
        }
    };
}

}  // namespace quarterdeck::fakes
