#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/demo/control/deployment_controller.h"
#include "app/demo/control/deployment_status.h"
#include "app/demo/control/pods.h"

namespace quarterdeck::demo {
namespace {

constexpr const char* kRevision = "deployment.kubernetes.io/revision";

/// A count or a percentage of `total`.
long resolve(const Json& value, long total, bool up, long fallback) {
    if (value.is_number()) {
        return value.get<long>();
    }
    if (!value.is_string() || value.get<std::string>().empty() || value.get<std::string>().back() != '%') {
        return fallback;
    }
    const double exact = std::strtod(value.get<std::string>().c_str(), nullptr) / 100.0 * static_cast<double>(total);
    return static_cast<long>(up ? std::ceil(exact) : std::floor(exact));
}

class Rollout {
public:
    Rollout(Pass& pass, const Json& deployment) : pass_(pass), deployment_(deployment) {
        for (const ObjectPtr& set : pass.cluster.db.owned(kind_, uidOf(deployment))) {
            sets_.push_back(*set);
        }
        std::stable_sort(sets_.begin(), sets_.end(), [](const Json& a, const Json& b) { return rev(a) < rev(b); });
        replicas_ = number(deployment, {"spec", "replicas"}, 1);
        const Json& rolling = at(deployment, {"spec", "strategy", "rollingUpdate"});
        surge_ = resolve(at(rolling, {"maxSurge"}), replicas_, true, (replicas_ + 3) / 4);
        unavailable_ = resolve(at(rolling, {"maxUnavailable"}), replicas_, false, replicas_ / 4);
        if (surge_ == 0 && unavailable_ == 0) {
            unavailable_ = 1;
        }
        recreate_ = text(deployment, {"spec", "strategy", "type"}) == "Recreate";
        const Json wanted = withoutHash(at(deployment, {"spec", "template"}));
        for (std::size_t i = 0; i < sets_.size(); ++i) {
            if (withoutHash(at(sets_[i], {"spec", "template"})) == wanted) {
                current_ = static_cast<long>(i);
            }
        }
    }

    void run() {
        const bool paused = flag(deployment_, {"spec", "paused"});
        if (!paused) {
            ensureCurrent();
            recreate_ ? recreate() : roll();
            dropOld();
        } else {
            resize();
        }
        storeStatus(pass_, deployment_, sets_, current_ < 0 ? nullptr : &sets_[static_cast<std::size_t>(current_)]);
    }

private:
    static long rev(const Json& object) {
        const std::string revision = annotationOf(object, kRevision);
        return revision.empty() ? 0 : std::atol(revision.c_str());
    }
    static long wantedOf(const Json& set) { return number(set, {"spec", "replicas"}); }
    static long availableOf(const Json& set) { return number(set, {"status", "availableReplicas"}); }
    Json& current() { return sets_[static_cast<std::size_t>(current_)]; }

    long total() const {
        long sum = 0;
        for (const Json& set : sets_) {
            sum += wantedOf(set);
        }
        return sum;
    }

    void store(Json& set) { set = *pass_.cluster.put(kind_, set); }

    void scale(Json& set, long count) {
        const long before = wantedOf(set);
        set["metadata"]["annotations"]["deployment.kubernetes.io/desired-replicas"] = std::to_string(replicas_);
        set["metadata"]["annotations"]["deployment.kubernetes.io/max-replicas"] = std::to_string(replicas_ + surge_);
        set["spec"]["replicas"] = count;
        store(set);
        if (before != count) {
            pass_.cluster.report(deployment_, "Normal", "ScalingReplicaSet",
                                 fmt::format("Scaled {} replica set {} from {} to {}", count > before ? "up" : "down",
                                             nameOf(set), before, count),
                                 "deployment-controller", pass_.now);
        }
    }

    void ensureCurrent() {
        long highest = 0;
        for (const Json& set : sets_) {
            highest = std::max(highest, rev(set));
        }
        Json annotations = at(deployment_, {"metadata", "annotations"}).is_object()
                               ? at(deployment_, {"metadata", "annotations"})
                               : Json::object();
        annotations.erase("kubectl.kubernetes.io/last-applied-configuration");
        annotations.erase(kRevision);
        if (current_ < 0) {
            Json wanted = withoutHash(at(deployment_, {"spec", "template"}));
            const std::string hash = safeHash(wanted.dump());
            wanted["metadata"]["labels"]["pod-template-hash"] = hash;
            Json selector = at(deployment_, {"spec", "selector"});
            selector["matchLabels"]["pod-template-hash"] = hash;
            annotations[kRevision] = std::to_string(highest + 1);
            Json set = {{"metadata",
                         {{"name", nameOf(deployment_) + "-" + hash},
                          {"namespace", namespaceOf(deployment_)},
                          {"labels", wanted["metadata"]["labels"]},
                          {"annotations", annotations},
                          {"ownerReferences", Json::array({ownerReference(deployment_)})}}},
                        {"spec", {{"replicas", 0}, {"selector", selector}, {"template", wanted}}}};
            if (const long minimum = number(deployment_, {"spec", "minReadySeconds"}); minimum > 0) {
                set["spec"]["minReadySeconds"] = minimum;
            }
            sets_.push_back(*pass_.cluster.put(kind_, std::move(set)));
            current_ = std::ssize(sets_) - 1;
            return;
        }
        Json& set = current();
        const long before = rev(set);
        for (const auto& [key, value] : annotations.items()) {
            set["metadata"]["annotations"][key] = value;
        }
        if (before < highest) {
            Json& history = set["metadata"]["annotations"]["deployment.kubernetes.io/revision-history"];
            history = history.is_string() ? history.get<std::string>() + "," + std::to_string(before)
                                          : std::to_string(before);
            set["metadata"]["annotations"][kRevision] = std::to_string(highest + 1);
        }
        store(set);
    }

    void roll() {
        Json& now = current();
        if (wantedOf(now) > replicas_) {
            scale(now, replicas_);
        } else {
            const long room = std::max(0L, replicas_ + surge_ - total());
            scale(now, wantedOf(now) + std::min(room, replicas_ - wantedOf(now)));
        }
        long removable = total() - (replicas_ - unavailable_) - (wantedOf(now) - availableOf(now));
        for (Json& set : old()) {  // what does not work goes first
            const long broken = std::clamp(wantedOf(set) - availableOf(set), 0L, std::max(0L, removable));
            if (broken > 0) {
                scale(set, wantedOf(set) - broken);
                removable -= broken;
            }
        }
        long available = 0;
        for (const Json& set : sets_) {
            available += std::min(availableOf(set), wantedOf(set));
        }
        removable = available - (replicas_ - unavailable_);
        for (Json& set : old()) {
            const long count = std::clamp(wantedOf(set), 0L, std::max(0L, removable));
            if (count > 0) {
                scale(set, wantedOf(set) - count);
                removable -= count;
            }
        }
    }

    void recreate() {
        for (Json& set : old()) {
            if (wantedOf(set) > 0) {
                scale(set, 0);
            }
        }
        for (const Json& set : old()) {
            for (const ObjectPtr& pod : pass_.cluster.db.owned(resource("pods"), uidOf(set))) {
                if (!isFinished(*pod)) {
                    return;
                }
            }
        }
        scale(current(), replicas_);
    }

    /// While paused only the count follows the Deployment; it goes to the largest ReplicaSet.
    void resize() {
        if (sets_.empty()) {
            return;
        }
        const auto largest = std::max_element(sets_.begin(), sets_.end(),
                                              [](const Json& a, const Json& b) { return wantedOf(a) < wantedOf(b); });
        const std::string desired = annotationOf(*largest, "deployment.kubernetes.io/desired-replicas");
        if (!desired.empty() && std::atol(desired.c_str()) != replicas_) {
            scale(*largest, std::max(0L, wantedOf(*largest) + replicas_ - std::atol(desired.c_str())));
            for (Json& set : sets_) {
                if (wantedOf(set) > 0) {
                    scale(set, wantedOf(set));
                }
            }
        }
    }

    void dropOld() {
        const auto limit = static_cast<std::size_t>(number(deployment_, {"spec", "revisionHistoryLimit"}, 10));
        auto candidates = old();
        for (std::size_t i = 0; candidates.size() > limit && i < candidates.size() - limit; ++i) {
            const Json& set = candidates[i];
            if (wantedOf(set) == 0 && number(set, {"status", "replicas"}) == 0) {
                pass_.cluster.db.remove(kind_, namespaceOf(set), nameOf(set));
            }
        }
    }

    std::vector<std::reference_wrapper<Json>> old() {
        std::vector<std::reference_wrapper<Json>> result;
        for (std::size_t i = 0; i < sets_.size(); ++i) {
            if (static_cast<long>(i) != current_) {
                result.emplace_back(sets_[i]);
            }
        }
        return result;
    }

    Pass& pass_;
    const Json& deployment_;
    const ResourceType& kind_ = resource("replicasets");
    std::vector<Json> sets_;
    long current_ = -1;
    long replicas_ = 1;
    long surge_ = 0;
    long unavailable_ = 0;
    bool recreate_ = false;
};

}  // namespace

std::string DeploymentController::fingerprint(const ClusterState& cluster, const Json& deployment) {
    std::string result = text(deployment, {"metadata", "resourceVersion"});
    for (const ObjectPtr& set : cluster.db.owned(resource("replicasets"), uidOf(deployment))) {
        appendWord(result, text(*set, {"metadata", "resourceVersion"}));
        if (text(deployment, {"spec", "strategy", "type"}) == "Recreate") {
            for (const ObjectPtr& pod : cluster.db.owned(resource("pods"), uidOf(*set))) {
                appendWord(result, text(*pod, {"metadata", "resourceVersion"}));
            }
        }
    }
    return result;
}

void DeploymentController::reconcile(Pass& pass) {
    std::map<std::string, Seen> next;
    for (const ObjectPtr& deployment : pass.cluster.db.list(resource("deployments"))) {
        const std::string uid = uidOf(*deployment);
        Seen seen = seen_[uid];
        if (seen.state != fingerprint(pass.cluster, *deployment) || seen.due <= pass.now) {
            seen.state = fingerprint(pass.cluster, *deployment);
            Pass own{pass.cluster, pass.now};
            Rollout(own, *deployment).run();
            seen.due = own.due;
        }
        pass.wakeAt(seen.due);
        next[uid] = std::move(seen);
    }
    seen_ = std::move(next);
}

}  // namespace quarterdeck::demo
