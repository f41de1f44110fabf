#include "app/demo/control/controllers.h"

#include <set>

#include "app/demo/control/pods.h"

namespace quarterdeck::demo {
namespace {

constexpr int kMaxRounds = 100;
constexpr std::chrono::hours kEventLife{1};

void dropOldEvents(Pass& pass) {
    const ResourceType& kind = resource("events");
    for (const ObjectPtr& event : pass.cluster.db.list(kind)) {
        const Instant end = timeAt(*event, {"lastTimestamp"}) + kEventLife;
        if (end <= pass.now) {
            pass.cluster.db.remove(kind, namespaceOf(*event), nameOf(*event));
        } else {
            pass.wakeAt(end);
        }
    }
}

}  // namespace

Controllers::Controllers(ClusterState& cluster) : cluster_(cluster) {
    const auto add = [&](std::function<void(Pass&)> run, std::initializer_list<const char*> inputs) {
        Entry entry;
        entry.run = std::move(run);
        for (const char* input : inputs) {
            entry.inputs.push_back(&resource(input));
        }
        entries_.push_back(std::move(entry));
    };
    add(dropOldEvents, {"events"});
    add(collectGarbage, {});
    add(reconcileCronJobs, {"cronjobs", "jobs"});
    add(reconcileJobs, {"jobs", "pods"});
    add([this](Pass& pass) { deployments_.reconcile(pass); }, {"deployments", "replicasets", "pods"});
    add(reconcileReplicaSets, {"replicasets", "pods"});
    add(reconcileStatefulSets, {"statefulsets", "pods"});
    add(reconcileDaemonSets, {"daemonsets", "pods", "nodes"});
    add(reconcileNodes, {"nodes", "pods"});
    add(schedulePods, {"pods", "nodes"});
    add([this](Pass& pass) { kubelet_.reconcile(pass); }, {"pods"});
    add(reconcileDisruptionBudgets, {"poddisruptionbudgets", "pods"});
}

std::uint64_t Controllers::inputVersion(const Entry& entry) const {
    std::uint64_t latest = entry.inputs.empty() ? cluster_.db.lastDeletion() : 0;
    for (const ResourceType* input : entry.inputs) {
        latest = std::max(latest, cluster_.db.versionOf(*input));
    }
    return latest;
}

Instant Controllers::due() const {
    Instant earliest = Instant::max();
    for (const Entry& entry : entries_) {
        earliest = std::min(earliest, entry.due);
    }
    return earliest;
}

void Controllers::step() {
    const Instant now = cluster_.now();
    bool busy = true;
    for (int round = 0; busy && round < kMaxRounds; ++round) {
        busy = false;
        for (Entry& entry : entries_) {
            const std::uint64_t input = inputVersion(entry);
            if (input == entry.seen && now < entry.due) {
                continue;
            }
            busy = true;
            entry.seen = input;
            Pass pass{cluster_, now};
            entry.run(pass);
            entry.due = pass.due;
        }
    }
}

void Controllers::replay(Instant from, Instant to) {
    cluster_.past = from;
    step();
    while (due() <= to) {
        cluster_.past = std::max(due(), *cluster_.past);
        step();
    }
    cluster_.past = to;
    step();
    cluster_.past.reset();
}

void Controllers::clear() {
    deployments_.clear();
    kubelet_.clear();
    for (Entry& entry : entries_) {
        entry.seen = 0;
        entry.due = Instant::min();
    }
}

void collectGarbage(Pass& pass) {
    std::set<std::string> alive;
    for (const ResourceType& type : resourceTypes()) {
        if (type.plural != "events") {
            for (const ObjectPtr& object : pass.cluster.db.list(type)) {
                alive.insert(uidOf(*object));
            }
        }
    }
    for (const ResourceType& type : resourceTypes()) {
        for (const ObjectPtr& object : pass.cluster.db.list(type)) {
            const Json& owners = at(*object, {"metadata", "ownerReferences"});
            const bool orphan = !owners.empty() && std::none_of(owners.begin(), owners.end(), [&](const Json& owner) {
                return alive.count(text(owner, {"uid"})) > 0;
            });
            if (!orphan) {
                continue;
            }
            if (type.plural == "pods") {
                if (!isTerminating(*object)) {
                    deletePod(pass.cluster, *object);
                }
            } else {
                pass.cluster.db.remove(type, namespaceOf(*object), nameOf(*object));
            }
        }
    }
}

void reconcileDisruptionBudgets(Pass& pass) {
    for (const ObjectPtr& budget : pass.cluster.db.list(resource("poddisruptionbudgets"))) {
        long healthy = 0;
        long expected = 0;
        for (const ObjectPtr& pod : pass.cluster.db.list(resource("pods"), namespaceOf(*budget))) {
            if (matchesSelector(*pod, at(*budget, {"spec", "selector"})) && !isFinished(*pod)) {
                ++expected;
                healthy += isReady(*pod) && !isTerminating(*pod) ? 1 : 0;
            }
        }
        const long unavailable = number(*budget, {"spec", "maxUnavailable"}, -1);
        const long desired =
            unavailable >= 0 ? std::max(0L, expected - unavailable) : number(*budget, {"spec", "minAvailable"});
        Json next = *budget;
        Json& status = next["status"];
        status["currentHealthy"] = healthy;
        status["desiredHealthy"] = desired;
        status["expectedPods"] = expected;
        status["disruptionsAllowed"] = std::max(0L, healthy - desired);
        status["observedGeneration"] = number(*budget, {"metadata", "generation"}, 1);
        const bool allowed = healthy > desired;
        setCondition(status, "DisruptionAllowed", allowed ? "True" : "False",
                     allowed ? "SufficientPods" : "InsufficientPods", "", pass.now);
        pass.cluster.put(resource("poddisruptionbudgets"), std::move(next));
    }
}

void deletePod(ClusterState& cluster, const Json& pod, std::optional<long> graceSeconds) {
    const ResourceType& pods = resource("pods");
    const long grace = graceSeconds.value_or(number(pod, {"spec", "terminationGracePeriodSeconds"}, 30));
    if (grace <= 0 || isFinished(pod) || text(pod, {"spec", "nodeName"}).empty()) {
        cluster.db.remove(pods, namespaceOf(pod), nameOf(pod));
        return;
    }
    if (isTerminating(pod)) {
        return;
    }
    Json next = pod;
    next["metadata"]["deletionGracePeriodSeconds"] = grace;
    next["metadata"]["deletionTimestamp"] = stamp(cluster.now() + std::chrono::seconds(grace));
    cluster.put(pods, std::move(next));
}

}  // namespace quarterdeck::demo
