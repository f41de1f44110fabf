// An API server of one cluster with many varied pods, for measurements, behind a fault proxy that replays their list
// and changes: prints its URL, serves until standard input ends. Every line on standard input begins the changes (one
// pod after the other) on the watch that is open, for so many seconds.
// Usage: synthetic_server [--protobuf] COUNT CHANGES_PER_SECOND [SECONDS]; without SECONDS they begin at once and never
// end. With --protobuf the pods come as protobuf, their list packed by gzip, as from a real server; else as JSON.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/clock.h"
#include "app/http/transport.h"
#include "tests/benchmarks/protobuf_pods.h"
#include "tests/benchmarks/synthetic_pods.h"
#include "tests/fakes/fault_proxy.h"
#include "tests/fakes/gzip.h"

using namespace quarterdeck;
using namespace quarterdeck::benchmarks;

namespace {

constexpr const char* kPath = "/api/v1/pods";
constexpr const char* kEmptyList = R"({"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]})";

struct Wanted {
    bool protobuf = false;
    std::size_t pods = 10'000;
    unsigned rate = 0;
    std::chrono::seconds length{0};
    bool waits = false;  ///< for a line on standard input
};

Wanted wantedBy(std::vector<std::string> arguments) {
    Wanted wanted;
    wanted.protobuf = std::erase(arguments, "--protobuf") != 0;
    const auto number = [&](std::size_t at) { return std::strtoul(arguments[at].c_str(), nullptr, 10); };
    if (!arguments.empty()) {
        wanted.pods = number(0);
    }
    if (arguments.size() > 1) {
        wanted.rate = static_cast<unsigned>(number(1));
    }
    wanted.waits = arguments.size() > 2;
    if (wanted.waits) {
        wanted.length = std::chrono::seconds(number(2));
    }
    return wanted;
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

/// What the proxy replays on the pods' watch. Protobuf is recorded before: making it costs more than sending it.
fakes::FloodPlan planFor(const Wanted& wanted) {
    const auto change = [pods = wanted.pods](std::size_t n) { return syntheticPodJson(n % pods, 1, 1 + n / pods); };
    fakes::FloodPlan plan;
    plan.perSecond = wanted.rate;
    plan.length = wanted.length;
    plan.object = change;
    if (wanted.protobuf) {
        plan.contentType = "application/vnd.kubernetes.protobuf;stream=watch";
        std::vector<std::string> recorded(static_cast<std::size_t>(wanted.length.count()) * wanted.rate);
        std::generate(recorded.begin(), recorded.end(),
                      [&change, n = std::size_t{0}]() mutable { return podProtobuf(change(n++)); });
        plan.object = [recorded = std::move(recorded), change](std::size_t n) {
            return n < recorded.size() ? recorded[n] : podProtobuf(change(n));
        };
    }
    return plan;
}

fakes::Fault listFor(const Wanted& wanted) {
    const std::string list = syntheticPodListJson(wanted.pods, 1);
    return wanted.protobuf ? fakes::faults::replayedList("application/vnd.kubernetes.protobuf",
                                                         fakes::gzip(podListProtobuf(list)), "gzip")
                           : fakes::faults::replayedList("application/json", list);
}

}  // namespace

int main(int argc, char** argv) {
    const Wanted wanted = wantedBy({argv + 1, argv + argc});
    const auto numbers = indexByName(wanted.pods);
    const fakes::HostileServer server([&](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
        const std::string path = request.path();
        if (path == "/version") {
            peer.json(R"({"gitVersion":"v1.34.0","platform":"linux/amd64"})");
        } else if (const auto pod = numbers.find(std::string_view(path).substr(path.rfind('/') + 1));
                   pod != numbers.end()) {
            peer.json(syntheticPodJson(pod->second, 1, 0));
        } else if (request.target.find("watch=true") != std::string::npos) {
            peer.chunkedHead();
            peer.waitUntilClosed();
        } else {
            peer.json(kEmptyList);
        }
    });
    http::Endpoint endpoint;
    endpoint.serverUrl = server.url();
    endpoint.label = "synthetic";
    fakes::FaultProxy proxy(std::make_shared<http::HttpTransport>(endpoint, nullptr, std::make_shared<SystemClock>()),
                            std::nullopt);
    proxy.inject(fakes::FaultTarget::list(kPath), listFor(wanted));
    const fakes::Gate begin;
    if (!wanted.waits) {
        begin.open();
    }
    if (wanted.rate > 0) {
        proxy.inject(fakes::FaultTarget::watch(kPath), fakes::faults::flood(planFor(wanted), begin));
    }
    std::cout << proxy.url() << std::endl;
    std::string line;
    while (std::getline(std::cin, line)) {
        begin.open();
    }
    return 0;
}
