// Decoding of a 10,000-pod list: the decoders of app/kinds (JSON and protobuf) against each other and against a
// nlohmann DOM that ends in the same summary, all with freeing, in turns in one run. Ends with 1 where a ratio of the
// medians is below its goal.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <numeric>
#include <vector>

#include <malloc.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/kinds/pod.h"
#include "app/kinds/pod_status.h"
#include "tests/benchmarks/dom_pod.h"
#include "tests/benchmarks/protobuf_pods.h"
#include "tests/benchmarks/synthetic_pods.h"

namespace {

using namespace quarterdeck;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::size_t kPods = 10'000;
constexpr int kRounds = 7;
constexpr double kGoal = 5.0;
constexpr double kProtobufGoal = 2.0;

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Runs `work` and says how long it took.
template <class Work>
double timed(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return Milliseconds(std::chrono::steady_clock::now() - start).count();
}

std::size_t heapInUse() {
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

struct Round {
    double decode = 0;
    double release = 0;
    [[nodiscard]] double total() const { return decode + release; }
};

Round typedRound(std::string& json, std::size_t& pods, double& bytesPerPod) {
    StringPool pool;
    kube::DecodeContext context{pool};
    Round round;
    const std::size_t before = heapInUse();
    Result<kube::DecodedList> list;
    round.decode = timed([&] { list = kinds::podKind().decodeList(json, context); });
    pods = list ? list->items.size() : 0;
    bytesPerPod = static_cast<double>(heapInUse() - before) / static_cast<double>(std::max<std::size_t>(1, pods));
    round.release = timed([&] { list->items.clear(); });
    return round;
}

Round protobufRound(const std::string& body, std::size_t& pods) {
    StringPool pool;
    kube::DecodeContext context{pool};
    Round round;
    Result<kube::DecodedList> list;
    round.decode = timed([&] { list = kinds::podKind().decodeProtobufList(body, context); });
    pods = list ? list->items.size() : 0;
    round.release = timed([&] { list->items.clear(); });
    return round;
}

Round domRound(const std::string& json, std::size_t& pods) {
    StringPool pool;
    Round round;
    std::vector<std::shared_ptr<const kinds::Pod>> result;
    nlohmann::json document;
    round.decode = timed([&] {
        document = nlohmann::json::parse(json);
        const auto& items = document.at("items");
        result.reserve(items.size());
        for (const auto& item : items) {
            result.push_back(benchmarks::podFromDom(item, pool));
        }
    });
    pods = result.size();
    round.release = timed([&] {
        document = nullptr;
        result.clear();
    });
    return round;
}

bool sameSummary(const kinds::Pod& one, const kinds::Pod& other) {
    const auto left = kinds::summarise(one);
    const auto right = kinds::summarise(other);
    return one.meta.uid == other.meta.uid && one.node == other.node && one.ip == other.ip &&
           left.status == right.status && left.ready == right.ready && left.total == right.total &&
           left.restarts == right.restarts && one.meta.labels == other.meta.labels;
}

/// All must have done the same work, or the comparison is worth nothing.
std::size_t differences(std::string& json, const std::string& body) {
    StringPool pool;
    kube::DecodeContext context{pool};
    const auto list = kinds::podKind().decodeList(json, context);
    const auto binary = kinds::podKind().decodeProtobufList(body, context);
    const auto document = nlohmann::json::parse(json);
    std::size_t different = list && binary && binary->items.size() == list->items.size() ? 0 : kPods;
    for (std::size_t i = 0; different == 0 && i < list->items.size(); ++i) {
        const auto& typed = static_cast<const kinds::Pod&>(*list->items[i]);
        const auto& other = static_cast<const kinds::Pod&>(*binary->items[i]);
        const auto dom = benchmarks::podFromDom(document["items"][i], pool);
        different += sameSummary(typed, *dom) && sameSummary(other, typed) ? 0 : 1;
    }
    return different;
}

}  // namespace

int main(int argc, char** argv) {
    const char* file = nullptr;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--json") == 0 && i + 1 < argc) {
            file = argv[++i];
        } else {
            fmt::print(stderr, "usage: decode_benchmark [--json FILE]\n");
            return 2;
        }
    }
    std::string json = benchmarks::syntheticPodListJson(kPods, 1);
    const std::size_t bytes = json.size();
    const std::string body = benchmarks::podListProtobuf(json);
    if (const std::size_t different = differences(json, body); different != 0) {
        fmt::print(stderr, "The decoders differ in {} of {} pods: nothing to compare.\n", different, kPods);
        return 1;
    }
    std::vector<double> typedTotals;
    std::vector<double> typedDecodes;
    std::vector<double> binaryTotals;
    std::vector<double> binaryDecodes;
    std::vector<double> domTotals;
    std::vector<double> domReleases;
    std::size_t pods = 0;
    double bytesPerPod = 0;
    for (int round = 0; round < kRounds; ++round) {
        const Round typed = typedRound(json, pods, bytesPerPod);
        const Round binary = protobufRound(body, pods);
        const Round dom = domRound(json, pods);
        typedTotals.push_back(typed.total());
        typedDecodes.push_back(typed.decode);
        binaryTotals.push_back(binary.total());
        binaryDecodes.push_back(binary.decode);
        domTotals.push_back(dom.total());
        domReleases.push_back(dom.release);
    }
    const double ratio = median(domTotals) / median(typedTotals);
    const double binaryRatio = median(typedDecodes) / median(binaryDecodes);
    const bool binaryReached = binaryRatio >= kProtobufGoal;
    const bool reached = ratio >= kGoal;
    fmt::print("{} pods, {:.1f} MB of JSON, {:.0f} bytes each, {:.1f} MB of protobuf, median of {} rounds\n", pods,
               static_cast<double>(bytes) / 1e6, static_cast<double>(bytes) / kPods,
               static_cast<double>(body.size()) / 1e6, kRounds);
    fmt::print("{:<34}{:>10.1f} ms  (decoding {:.1f})\n", "app/kinds protobuf decode + free", median(binaryTotals),
               median(binaryDecodes));
    fmt::print("{:<34}{:>10.1f} ms  (decoding {:.1f})\n", "app/kinds JSON decode + free", median(typedTotals),
               median(typedDecodes));
    fmt::print("{:<34}{:>10.1f} ms  (freeing {:.1f})\n", "nlohmann DOM + summary + free", median(domTotals),
               median(domReleases));
    fmt::print("{:<34}{:>10.1f} ×   (goal {:.0f})  {}\n", "ratio DOM : JSON", ratio, kGoal,
               reached ? "reached" : "MISSED");
    fmt::print("{:<34}{:>10.1f} ×   (goal {:.0f})  {}\n", "ratio JSON : protobuf, decoding", binaryRatio, kProtobufGoal,
               binaryReached ? "reached" : "MISSED");
    fmt::print("{:<34}{:>10.0f} bytes (goal 900)\n", "heap per pod", bytesPerPod);
    if (file != nullptr) {
        const nlohmann::json report{{"benchmark", "decode"},
                                    {"pods", pods},
                                    {"jsonBytes", bytes},
                                    {"typedMs", median(typedTotals)},
                                    {"domMs", median(domTotals)},
                                    {"ratio", ratio},
                                    {"ratioGoal", kGoal},
                                    {"heapBytesPerPod", bytesPerPod},
                                    {"protobufBytes", body.size()},
                                    {"protobufMs", median(binaryTotals)},
                                    {"protobufRatio", binaryRatio},
                                    {"protobufRatioGoal", kProtobufGoal},
                                    {"passed", reached && binaryReached}};
        std::ofstream out(file);
        out << report.dump(2) << '\n';
        if (!out.flush()) {
            fmt::print(stderr, "cannot write {}\n", file);
            return 2;
        }
    }
    return reached && binaryReached ? 0 : 1;
}
