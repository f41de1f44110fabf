// An API server of one cluster with many varied pods, for measurements: prints its URL, serves until standard input
// ends. Every line on standard input begins the changes (one pod after the other) on the watch that is open, for so
// many seconds. Usage: synthetic_server COUNT CHANGES_PER_SECOND [SECONDS]; without SECONDS they begin at once and
// never end.

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include "tests/benchmarks/synthetic_pods.h"
#include "tests/fakes/event_flood.h"
#include "tests/fakes/hostile_server.h"
#include "tests/fakes/relay.h"

using namespace quarterdeck;
using namespace quarterdeck::benchmarks;

namespace {

constexpr const char* kEmptyList = R"({"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]})";

/// Numbers of the pods by name.
std::map<std::string, std::size_t, std::less<>> indexByName(std::size_t count) {
    std::map<std::string, std::size_t, std::less<>> numbers;
    constexpr std::string_view kKey = R"("metadata":{"name":")";
    for (std::size_t i = 0; i < count; ++i) {
        const std::string pod = syntheticPodJson(i, 1, 0);
        const std::size_t begin = pod.find(kKey) + kKey.size();
        numbers.emplace(pod.substr(begin, pod.find('"', begin) - begin), i);
    }
    return numbers;
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000;
    const unsigned rate = argc > 2 ? static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)) : 0;
    const std::chrono::seconds length(argc > 3 ? std::strtol(argv[3], nullptr, 10) : 0);
    fakes::FloodPlan plan;
    plan.perSecond = rate;
    plan.length = length;
    plan.object = [count](std::size_t n) { return syntheticPodJson(n % count, 1, 1 + n / count); };
    const fakes::Gate begin;
    if (argc <= 3) {
        begin.open();
    }
    const std::string list = syntheticPodListJson(count, 1);
    const auto numbers = indexByName(count);
    fakes::HostileServer server([&](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
        const bool watch = request.target.find("watch=true") != std::string::npos;
        const std::string path = request.path();
        if (path == "/version") {
            peer.json(R"({"gitVersion":"v1.34.0","platform":"linux/amd64"})");
        } else if (path == "/api/v1/pods") {
            if (watch) {
                peer.chunkedHead();
                if (rate == 0 || (begin.wait(peer) && fakes::writeFlood(peer, plan))) {
                    peer.waitUntilClosed();
                }
            } else {
                peer.json(list);
            }
        } else if (const auto pod = numbers.find(std::string_view(path).substr(path.rfind('/') + 1));
                   pod != numbers.end()) {
            peer.json(syntheticPodJson(pod->second, 1, 0));
        } else if (watch) {
            peer.chunkedHead();
            peer.waitUntilClosed();
        } else {
            peer.json(kEmptyList);
        }
    });
    std::cout << server.url() << std::endl;
    std::string line;
    while (std::getline(std::cin, line)) {
        begin.open();
    }
    return 0;
}
