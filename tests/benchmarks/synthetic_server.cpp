// An API server of one cluster with many varied pods, for measurements: prints its URL, serves until standard input
// ends. Every line on standard input begins the changes (one pod after the other) on the watch that is open, for so
// many seconds. Usage: synthetic_server COUNT CHANGES_PER_SECOND [SECONDS]; without SECONDS they begin at once and
// never end.

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/benchmarks/synthetic_pods.h"
#include "tests/fakes/event_flood.h"
#include "tests/fakes/hostile_server.h"
#include "tests/fakes/relay.h"

using namespace quarterdeck;
using namespace quarterdeck::benchmarks;

namespace {

constexpr const char* kEmptyList = R"({"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]})";

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
    fakes::HostileServer server([&](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
        const bool watch = request.target.find("watch=true") != std::string::npos;
        if (request.path() == "/version") {
            peer.json(R"({"gitVersion":"v1.34.0","platform":"linux/amd64"})");
        } else if (request.path() == "/api/v1/pods") {
            if (watch) {
                peer.chunkedHead();
                if (rate == 0 || (begin.wait(peer) && fakes::writeFlood(peer, plan))) {
                    peer.waitUntilClosed();
                }
            } else {
                peer.json(list);
            }
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
