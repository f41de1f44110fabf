// An API server of one cluster with many varied pods, for measurements: prints its URL, serves until standard input
// ends. Usage: synthetic_server COUNT CHANGES_PER_SECOND

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include "tests/benchmarks/synthetic_pods.h"
#include "tests/fakes/hostile_server.h"

using namespace quarterdeck;
using namespace quarterdeck::benchmarks;
using namespace std::chrono_literals;

namespace {

constexpr const char* kEmptyList = R"({"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]})";

/// Changes one pod after the other at the given rate until the peer goes.
void churn(fakes::HostileConnection& peer, std::size_t count, unsigned perSecond) {
    peer.chunkedHead();
    if (perSecond == 0) {
        peer.waitUntilClosed();
        return;
    }
    const unsigned perTick = std::max(1U, perSecond / 20);
    for (unsigned revision = 1;; ++revision) {
        std::string lines;
        for (unsigned i = 0; i < perTick; ++i) {
            const std::size_t pod = (static_cast<std::size_t>(revision) * perTick + i) % count;
            lines += R"({"type":"MODIFIED","object":)" + syntheticPodJson(pod, 1, revision) + "}\n";
        }
        if (!peer.chunk(lines) || !peer.wait(50ms)) {
            return;
        }
    }
}

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
    const std::string list = syntheticPodListJson(count, 1);
    const auto numbers = indexByName(count);
    fakes::HostileServer server([&](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
        const bool watch = request.target.find("watch=true") != std::string::npos;
        const std::string path = request.path();
        if (path == "/version") {
            peer.json(R"({"gitVersion":"v1.34.0","platform":"linux/amd64"})");
        } else if (path == "/api/v1/pods") {
            if (watch) {
                churn(peer, count, rate);
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
    }
    return 0;
}
