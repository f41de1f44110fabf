#include "ui/details/pod_runs.h"

#include <algorithm>

#include "ui/details/json_facts.h"

namespace quarterdeck::ui {

using nlohmann::json;
using std::chrono::seconds;

namespace {

void addWhole(EndedRun& run, const json& end) {
    run.message = facts::text(end, {"message"});
    const auto from = facts::time(end, {"startedAt"});
    const auto to = facts::time(end, {"finishedAt"});
    if (from && to && *to >= *from) {
        run.length = std::chrono::duration_cast<seconds>(*to - *from);
    }
}

}  // namespace

const json& statusOf(const kinds::Container& container, const DetailInput& input) {
    const json& pod = input.json();
    return facts::named(container.init ? facts::list(pod, {"status", "initContainerStatuses"})
                                       : facts::list(pod, {"status", "containerStatuses"}),
                        container.name);
}

const json& specOf(const kinds::Container& container, const DetailInput& input) {
    const json& pod = input.json();
    return facts::named(
        container.init ? facts::list(pod, {"spec", "initContainers"}) : facts::list(pod, {"spec", "containers"}),
        container.name);
}

std::optional<EndedRun> lastEnd(const kinds::Container& container, const DetailInput& input) {
    EndedRun run;
    const json& status = statusOf(container, input);
    if (container.state == kinds::ContainerState::Terminated) {
        run = {container.exitCode, container.signal, container.stateReason.str(), {}, container.since.get(), {}};
        addWhole(run, facts::at(status, {"state", "terminated"}));
        return run;
    }
    if (!container.lastTermination) {
        return std::nullopt;
    }
    const kinds::Termination& end = *container.lastTermination;
    run = {end.exitCode, end.signal, end.reason.str(), {}, end.finished.get(), {}};
    addWhole(run, facts::at(status, {"lastState", "terminated"}));
    return run;
}

bool endsAlike(const EndedRun& run, const kinds::Container& container, const kinds::Pod& pod) {
    constexpr int kFewest = 2;
    constexpr seconds kLongestBackOff{300};
    constexpr seconds kSlack{30};  // pulling, starting, rounding
    if (container.restarts < kFewest || !run.length || !run.finished || !pod.started.hasValue()) {
        return false;
    }
    const seconds passed = std::chrono::duration_cast<seconds>(*run.finished - *pod.started.get());
    seconds atMost{0};
    seconds backOff{10};
    // The run that ended last was the one after all the restarts, or the one before the latest of them.
    for (int start = 0; start <= container.restarts; ++start) {
        atMost += *run.length * 3 / 2 + kSlack + backOff;
        backOff = std::min(backOff * 2, kLongestBackOff);
    }
    return passed <= atMost;
}

std::optional<seconds> backOffIn(std::string_view message) {
    constexpr std::string_view kWord = "back-off ";
    const std::size_t at = message.find(kWord);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    seconds total{0};
    int number = 0;
    bool any = false;
    for (const char c : message.substr(at + kWord.size())) {
        if (c >= '0' && c <= '9' && number < 100'000) {
            number = number * 10 + (c - '0');
            continue;
        }
        if (c != 'h' && c != 'm' && c != 's') {
            break;
        }
        total += seconds(number * (c == 'h' ? 3600 : c == 'm' ? 60 : 1));
        number = 0;
        any = true;
    }
    return any ? std::optional(total) : std::nullopt;
}

}  // namespace quarterdeck::ui
