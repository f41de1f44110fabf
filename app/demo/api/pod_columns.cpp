#include <fmt/format.h>

#include "app/demo/api/table_columns.h"
#include "app/demo/api/tables.h"
#include "app/demo/control/pods.h"

namespace quarterdeck::demo {
namespace {

std::string exitText(const Json& ended) {
    std::string reason = text(ended, {"reason"});
    if (!reason.empty()) {
        return reason;
    }
    const long signal = number(ended, {"signal"});
    return signal != 0 ? fmt::format("Signal:{}", signal) : fmt::format("ExitCode:{}", number(ended, {"exitCode"}));
}

std::string initText(const Json& pod) {
    const Json& statuses = at(pod, {"status", "initContainerStatuses"});
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const Json& ended = at(statuses[i], {"state", "terminated"});
        if (!ended.is_null() && number(ended, {"exitCode"}) == 0) {
            continue;
        }
        const std::string reason = text(statuses[i], {"state", "waiting", "reason"});
        if (!ended.is_null()) {
            return "Init:" + exitText(ended);
        }
        if (!reason.empty() && reason != "PodInitializing") {
            return "Init:" + reason;
        }
        return fmt::format("Init:{}/{}", i, statuses.size());
    }
    return {};
}

std::string restartsText(const Json& pod, Instant now) {
    Instant last;
    for (const Json& status : at(pod, {"status", "containerStatuses"})) {
        last = std::max(last, timeAt(status, {"lastState", "terminated", "finishedAt"}));
    }
    const long count = restartsOf(pod);
    return count == 0 || last == Instant() ? std::to_string(count)
                                           : fmt::format("{} ({} ago)", count, ageText(last, now));
}

std::string readyText(const Json& pod) {
    long ready = 0;
    for (const Json& status : at(pod, {"status", "containerStatuses"})) {
        ready += flag(status, {"ready"}) ? 1 : 0;
    }
    return fmt::format("{}/{}", ready, at(pod, {"spec", "containers"}).size());
}

}  // namespace

std::string podStatusText(const Json& pod) {
    std::string reason = text(pod, {"status", "reason"}, text(pod, {"status", "phase"}));
    if (text(conditionOf(pod, "PodScheduled"), {"reason"}) == "SchedulingGated") {
        reason = "SchedulingGated";
    }
    const std::string initializing = initText(pod);
    if (!initializing.empty()) {
        reason = initializing;
    } else {
        bool running = false;
        const Json& statuses = at(pod, {"status", "containerStatuses"});
        for (std::size_t i = statuses.size(); i-- > 0;) {
            const Json& status = statuses[i];
            const std::string waiting = text(status, {"state", "waiting", "reason"});
            if (!waiting.empty()) {
                reason = waiting;
            } else if (!at(status, {"state", "terminated"}).is_null()) {
                reason = exitText(at(status, {"state", "terminated"}));
            } else if (flag(status, {"ready"})) {
                running = true;
            }
        }
        if (reason == "Completed" && running) {
            reason = isReady(pod) ? "Running" : "NotReady";
        }
    }
    return isTerminating(pod) && !isFinished(pod) ? "Terminating" : reason;
}

std::vector<TableColumn> podColumns() {
    const auto field = [](std::initializer_list<const char*> path) {
        const std::vector<const char*> copy(path);
        return [copy](const Json& pod, Instant) -> Json {
            const Json* here = &pod;
            for (const char* step : copy) {
                here = &at(*here, {step});
            }
            return here->is_string() ? *here : Json("<none>");
        };
    };
    return {
        {"Name", "string", 0, [](const Json& pod, Instant) { return Json(nameOf(pod)); }},
        {"Ready", "string", 0, [](const Json& pod, Instant) { return Json(readyText(pod)); }},
        {"Status", "string", 0, [](const Json& pod, Instant) { return Json(podStatusText(pod)); }},
        {"Restarts", "string", 0, [](const Json& pod, Instant now) { return Json(restartsText(pod, now)); }},
        {"Age", "string", 0, [](const Json& pod, Instant now) { return Json(ageText(createdAt(pod), now)); }},
        {"IP", "string", 1, field({"status", "podIP"})},
        {"Node", "string", 1, field({"spec", "nodeName"})},
        {"Nominated Node", "string", 1, field({"status", "nominatedNodeName"})},
        {"Readiness Gates", "string", 1, [](const Json&, Instant) { return Json("<none>"); }},
    };
}

}  // namespace quarterdeck::demo
