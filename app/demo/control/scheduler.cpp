#include <limits>
#include <map>

#include <fmt/format.h>

#include "app/base/quantity.h"
#include "app/demo/control/controllers.h"
#include "app/demo/control/pods.h"

namespace quarterdeck::demo {
namespace {

struct Load {
    long cpu = 0;     ///< millicores
    long memory = 0;  ///< bytes
    long pods = 0;

    void add(const Load& other) {
        cpu += other.cpu;
        memory += other.memory;
        pods += other.pods;
    }
};

long quantity(const Json& value, bool milli) {
    const auto parsed = Quantity::parse(value.is_string() ? value.get<std::string>() : "0");
    return !parsed ? 0 : milli ? parsed->milli() : parsed->value();
}

Load requestsOf(const Json& pod) {
    Load sum{0, 0, 1};
    for (const Json& container : at(pod, {"spec", "containers"})) {
        const Json& requests = at(container, {"resources", "requests"});
        sum.cpu += quantity(at(requests, {"cpu"}), true);
        sum.memory += quantity(at(requests, {"memory"}), false);
    }
    return sum;
}

Load roomOf(const Json& node) {
    const Json& room = at(node, {"status", "allocatable"});
    return {quantity(at(room, {"cpu"}), true), quantity(at(room, {"memory"}), false),
            quantity(at(room, {"pods"}), false)};
}

bool accepts(const Json& node, const Json& pod) {
    return !flag(node, {"spec", "unschedulable"}) && conditionIsTrue(node, "Ready") &&
           matchesLabels(node, at(pod, {"spec", "nodeSelector"}));
}

}  // namespace

void schedulePods(Pass& pass) {
    const ResourceType& kind = resource("pods");
    const auto pods = pass.cluster.db.list(kind);
    if (std::none_of(pods.begin(), pods.end(), [](const ObjectPtr& pod) {
            return text(*pod, {"spec", "nodeName"}).empty();
        })) {
        return;
    }
    const auto nodes = pass.cluster.db.list(resource("nodes"));
    std::map<std::string, Load> used;
    std::map<std::pair<std::string, std::string>, long> siblings;  // (node, owner) → pods
    for (const ObjectPtr& pod : pods) {
        const std::string node = text(*pod, {"spec", "nodeName"});
        if (!node.empty() && !isFinished(*pod)) {
            used[node].add(requestsOf(*pod));
            ++siblings[{node, text(controllerRef(*pod), {"uid"})}];
        }
    }
    for (const ObjectPtr& waiting : pods) {
        if (!text(*waiting, {"spec", "nodeName"}).empty() || isTerminating(*waiting)) {
            continue;
        }
        const Load need = requestsOf(*waiting);
        const std::string owner = text(controllerRef(*waiting), {"uid"});
        std::string best;
        auto bestScore = std::pair(std::numeric_limits<long>::max(), 0.0);
        std::size_t full = 0;
        for (const ObjectPtr& node : nodes) {
            const std::string name = nameOf(*node);
            const Load room = roomOf(*node);
            if (!accepts(*node, *waiting)) {
                continue;
            }
            if (used[name].cpu + need.cpu > room.cpu || used[name].memory + need.memory > room.memory ||
                used[name].pods + 1 > room.pods) {
                ++full;
                continue;
            }
            const auto score =
                std::pair(siblings[{name, owner}], static_cast<double>(used[name].cpu) / static_cast<double>(room.cpu));
            if (score < bestScore) {
                best = name;
                bestScore = score;
            }
        }
        Json pod = *waiting;
        if (best.empty()) {
            const std::string why = fmt::format(
                "0/{} nodes are available: {} Insufficient cpu or memory, {} node(s) "
                "were unschedulable or didn't match Pod's node affinity/selector.",
                nodes.size(), full, nodes.size() - full);
            if (text(conditionOf(pod, "PodScheduled"), {"reason"}) != "Unschedulable") {
                pass.cluster.report(pod, "Warning", "FailedScheduling", why, "default-scheduler", pass.now);
            }
            setCondition(pod["status"], "PodScheduled", "False", "Unschedulable", why, pass.now);
            pass.cluster.put(kind, std::move(pod));
            continue;
        }
        used[best].add(need);
        ++siblings[{best, owner}];
        assignNode(pod, best, pass.now);
        pass.cluster.report(pod, "Normal", "Scheduled",
                            fmt::format("Successfully assigned {}/{} to {}", namespaceOf(pod), nameOf(pod), best),
                            "default-scheduler", pass.now);
        pass.cluster.put(kind, std::move(pod));
    }
}

}  // namespace quarterdeck::demo
