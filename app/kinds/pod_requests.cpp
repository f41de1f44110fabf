#include "app/kinds/pod_requests.h"

#include <algorithm>

namespace quarterdeck::kinds {

namespace {

PodRequests sum(const PodRequests& left, const Container& right) {
    return {left.cpuMilli + right.cpuRequestMilli, left.memory + right.memoryRequest};
}

PodRequests larger(const PodRequests& left, const PodRequests& right) {
    return {std::max(left.cpuMilli, right.cpuMilli), std::max(left.memory, right.memory)};
}

}  // namespace

PodRequests requestsOf(const Pod& pod) {
    PodRequests sidecars;
    PodRequests start;
    for (const Container& container : pod.initContainers()) {
        if (container.restartable) {
            sidecars = sum(sidecars, container);
            start = larger(start, sidecars);
        } else {
            start = larger(start, sum(sidecars, container));
        }
    }
    PodRequests running = sidecars;
    for (const Container& container : pod.appContainers()) {
        running = sum(running, container);
    }
    return larger(start, running);
}

bool holdsRequests(const Pod& pod) {
    return !pod.node.empty() && pod.phase != "Succeeded" && pod.phase != "Failed";
}

}  // namespace quarterdeck::kinds
