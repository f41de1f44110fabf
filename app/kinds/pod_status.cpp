#include "app/kinds/pod_status.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace quarterdeck::kinds {

namespace {

using kube::Health;

/// Containers in the order of their statuses, which decides whose reason is shown.
std::vector<const Container*> byStatus(std::span<const Container> containers) {
    std::vector<const Container*> sorted;
    sorted.reserve(containers.size());
    for (const Container& container : containers) {
        if (container.hasStatus()) {
            sorted.push_back(&container);
        }
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Container* a, const Container* b) { return a->statusIndex < b->statusIndex; });
    return sorted;
}

int countInSpec(std::span<const Container> containers) {
    return static_cast<int>(
        std::count_if(containers.begin(), containers.end(), [](const Container& c) { return c.inSpec; }));
}

/// Restarts and the time of the latest one.
struct Restarts {
    std::int64_t count = 0;
    CompactTime last;

    void add(const Container& container) {
        count += container.restarts;
        if (container.lastTermination && last < container.lastTermination->finished) {
            last = container.lastTermination->finished;
        }
    }
};

std::string terminationText(const Container& container) {
    if (!container.stateReason.empty()) {
        return container.stateReason.str();
    }
    return container.signal != 0 ? fmt::format("Signal:{}", container.signal)
                                 : fmt::format("ExitCode:{}", container.exitCode);
}

/// What an init container that is not done says; empty where it is done, or is a sidecar that has started.
std::string initReason(const Container& container, std::size_t index, int initTotal) {
    if (container.state == ContainerState::Terminated) {
        return container.exitCode == 0 ? std::string() : "Init:" + terminationText(container);
    }
    if (container.state == ContainerState::Waiting && !container.stateReason.empty() &&
        container.stateReason != "PodInitializing") {
        return fmt::format("Init:{}", container.stateReason.view());
    }
    return fmt::format("Init:{}/{}", index, initTotal);
}

struct InitProgress {
    bool initializing = false;
    Restarts all;
    Restarts sidecars;
};

InitProgress walkInitContainers(const Pod& pod, PodSummary& summary) {
    InitProgress progress;
    const int initTotal = countInSpec(pod.initContainers());
    const auto statuses = byStatus(pod.initContainers());
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const Container& container = *statuses[i];
        progress.all.add(container);
        if (container.restartable) {
            progress.sidecars.add(container);
        }
        const bool done = container.state == ContainerState::Terminated && container.exitCode == 0;
        if (!done && container.restartable && container.started) {
            summary.ready += container.ready ? 1 : 0;
            continue;
        }
        std::string reason = initReason(container, i, initTotal);
        if (!reason.empty()) {
            summary.status = std::move(reason);
            progress.initializing = true;
            break;
        }
    }
    return progress;
}

/// Returns whether a container runs and is ready.
bool walkAppContainers(const Pod& pod, PodSummary& summary, Restarts& restarts) {
    bool running = false;
    const auto statuses = byStatus(pod.appContainers());
    for (auto at = statuses.rbegin(); at != statuses.rend(); ++at) {
        const Container& container = **at;
        restarts.add(container);
        if (container.state == ContainerState::Waiting && !container.stateReason.empty()) {
            summary.status = container.stateReason.str();
        } else if (container.state == ContainerState::Terminated) {
            summary.status = terminationText(container);
        } else if (container.ready && container.state == ContainerState::Running) {
            running = true;
            ++summary.ready;
        }
    }
    return running;
}

bool isTrue(const Pod& pod, PodConditionType type) {
    return pod.condition(type).status == ConditionStatus::True;
}

bool isTerminal(const Pod& pod) {
    return pod.phase == "Succeeded" || pod.phase == "Failed";
}

/// A status without its "Init:" in front.
std::string_view withoutInit(std::string_view status) {
    constexpr std::string_view kInit = "Init:";
    return status.starts_with(kInit) ? status.substr(kInit.size()) : status;
}

bool isInitProgress(std::string_view status) {
    return status.starts_with("Init:") &&
           withoutInit(status).find_first_not_of("0123456789/") == std::string_view::npos;
}

struct Word {
    std::string_view status;
    const char* plain;
    Health health;
};

/// The statuses that kubelet, scheduler and controllers are known to give.
constexpr Word kWords[] = {
    {"Running", QT_TRANSLATE_NOOP("PodStatus", "Running"), Health::Good},
    {"Completed", QT_TRANSLATE_NOOP("PodStatus", "Finished"), Health::Finished},
    {"Succeeded", QT_TRANSLATE_NOOP("PodStatus", "Finished"), Health::Finished},
    {"Pending", QT_TRANSLATE_NOOP("PodStatus", "Waiting"), Health::Progressing},
    {"SchedulingGated", QT_TRANSLATE_NOOP("PodStatus", "Held back"), Health::Progressing},
    {"ContainerCreating", QT_TRANSLATE_NOOP("PodStatus", "Starting"), Health::Progressing},
    {"PodInitializing", QT_TRANSLATE_NOOP("PodStatus", "Starting"), Health::Progressing},
    {"Terminating", QT_TRANSLATE_NOOP("PodStatus", "Stopping"), Health::Progressing},
    {"NotReady", QT_TRANSLATE_NOOP("PodStatus", "Not ready"), Health::Warning},
    {"Unknown", QT_TRANSLATE_NOOP("PodStatus", "Unknown"), Health::Unknown},
    {"ContainerStatusUnknown", QT_TRANSLATE_NOOP("PodStatus", "Unknown"), Health::Unknown},
    {"NodeLost", QT_TRANSLATE_NOOP("PodStatus", "Node lost"), Health::Critical},
    {"CrashLoopBackOff", QT_TRANSLATE_NOOP("PodStatus", "Crash loop"), Health::Critical},
    {"ImagePullBackOff", QT_TRANSLATE_NOOP("PodStatus", "Image missing"), Health::Critical},
    {"ErrImagePull", QT_TRANSLATE_NOOP("PodStatus", "Image missing"), Health::Critical},
    {"ErrImageNeverPull", QT_TRANSLATE_NOOP("PodStatus", "Image missing"), Health::Critical},
    {"InvalidImageName", QT_TRANSLATE_NOOP("PodStatus", "Image name wrong"), Health::Critical},
    {"ImageInspectError", QT_TRANSLATE_NOOP("PodStatus", "Image unreadable"), Health::Critical},
    {"RegistryUnavailable", QT_TRANSLATE_NOOP("PodStatus", "Registry unreachable"), Health::Critical},
    {"CreateContainerConfigError", QT_TRANSLATE_NOOP("PodStatus", "Configuration missing"), Health::Critical},
    {"CreateContainerError", QT_TRANSLATE_NOOP("PodStatus", "Cannot start"), Health::Critical},
    {"RunContainerError", QT_TRANSLATE_NOOP("PodStatus", "Cannot start"), Health::Critical},
    {"ContainerCannotRun", QT_TRANSLATE_NOOP("PodStatus", "Cannot start"), Health::Critical},
    {"StartError", QT_TRANSLATE_NOOP("PodStatus", "Cannot start"), Health::Critical},
    {"PreStartHookError", QT_TRANSLATE_NOOP("PodStatus", "Cannot start"), Health::Critical},
    {"PostStartHookError", QT_TRANSLATE_NOOP("PodStatus", "Cannot start"), Health::Critical},
    {"OOMKilled", QT_TRANSLATE_NOOP("PodStatus", "Out of memory"), Health::Critical},
    {"Error", QT_TRANSLATE_NOOP("PodStatus", "Failed"), Health::Critical},
    {"Failed", QT_TRANSLATE_NOOP("PodStatus", "Failed"), Health::Critical},
    {"DeadlineExceeded", QT_TRANSLATE_NOOP("PodStatus", "Took too long"), Health::Critical},
    {"Evicted", QT_TRANSLATE_NOOP("PodStatus", "Evicted"), Health::Critical},
    {"Preempting", QT_TRANSLATE_NOOP("PodStatus", "Displaced"), Health::Critical},
    {"NodeShutdown", QT_TRANSLATE_NOOP("PodStatus", "Node shut down"), Health::Critical},
    {"Shutdown", QT_TRANSLATE_NOOP("PodStatus", "Node shut down"), Health::Critical},
    {"Terminated", QT_TRANSLATE_NOOP("PodStatus", "Node shut down"), Health::Critical},
    {"NodeAffinity", QT_TRANSLATE_NOOP("PodStatus", "Rejected by node"), Health::Critical},
    {"UnexpectedAdmissionError", QT_TRANSLATE_NOOP("PodStatus", "Rejected by node"), Health::Critical},
    {"OutOfcpu", QT_TRANSLATE_NOOP("PodStatus", "Node full"), Health::Critical},
    {"OutOfmemory", QT_TRANSLATE_NOOP("PodStatus", "Node full"), Health::Critical},
    {"OutOfpods", QT_TRANSLATE_NOOP("PodStatus", "Node full"), Health::Critical},
};

constexpr const char* kStarting = QT_TRANSLATE_NOOP("PodStatus", "Starting");
constexpr const char* kNotReady = QT_TRANSLATE_NOOP("PodStatus", "Not ready");
constexpr const char* kNoNodeFits = QT_TRANSLATE_NOOP("PodStatus", "No node fits");
constexpr const char* kFailed = QT_TRANSLATE_NOOP("PodStatus", "Failed");

const Word* findWord(std::string_view status) {
    const auto found =
        std::find_if(std::begin(kWords), std::end(kWords), [&](const Word& word) { return word.status == status; });
    return found != std::end(kWords) ? found : nullptr;
}

bool isUnschedulable(const Pod& pod) {
    const PodCondition scheduled = pod.condition(PodConditionType::PodScheduled);
    return scheduled.status == ConditionStatus::False && scheduled.reason == "Unschedulable";
}

/// Running, but a startup probe has not passed yet.
bool isStarting(const Pod& pod) {
    return std::any_of(pod.containers.begin(), pod.containers.end(), [](const Container& container) {
        return container.state == ContainerState::Running && !container.started && !container.ready;
    });
}

/// All that the pod is to do was done: nothing restarts it.
bool isDone(const Pod& pod) {
    return pod.phase == "Succeeded" || pod.restartPolicy == RestartPolicy::OnFailure ||
           pod.restartPolicy == RestartPolicy::Never;
}

Health runningHealth(const Pod& pod, const PodSummary& summary) {
    if (summary.ready == summary.total && pod.condition(PodConditionType::Ready).status != ConditionStatus::False) {
        return Health::Good;
    }
    return isStarting(pod) ? Health::Progressing : Health::Warning;
}

}  // namespace

PodSummary summarise(const Pod& pod) {
    PodSummary summary;
    const auto inits = pod.initContainers();
    summary.total = countInSpec(pod.appContainers()) +
                    static_cast<int>(std::count_if(inits.begin(), inits.end(),
                                                   [](const Container& c) { return c.inSpec && c.restartable; }));
    summary.status = pod.reason.empty() ? pod.phase.str() : pod.reason.str();
    if (pod.condition(PodConditionType::PodScheduled).reason == "SchedulingGated") {
        summary.status = "SchedulingGated";
    }
    InitProgress progress = walkInitContainers(pod, summary);
    Restarts restarts = progress.all;
    if (!progress.initializing || isTrue(pod, PodConditionType::Initialized)) {
        restarts = progress.sidecars;
        const bool running = walkAppContainers(pod, summary, restarts);
        if (summary.status == "Completed" && running) {
            summary.status = isTrue(pod, PodConditionType::Ready) ? "Running" : "NotReady";
        }
    }
    if (pod.meta.deletion && pod.reason == "NodeLost") {
        summary.status = "Unknown";
    } else if (pod.meta.deletion && !isTerminal(pod)) {
        summary.status = "Terminating";
    }
    summary.restarts = restarts.count;
    summary.lastRestart = restarts.last;
    for (const ReadinessGate& gate : pod.readinessGates()) {
        ++summary.gates;
        summary.gatesReady += gate.status == ConditionStatus::True ? 1 : 0;
    }
    return summary;
}

std::string readyText(const PodSummary& summary) {
    return fmt::format("{}/{}", summary.ready, summary.total);
}

std::string restartsText(const PodSummary& summary, Instant now) {
    if (summary.restarts == 0 || !summary.lastRestart.hasValue()) {
        return std::to_string(summary.restarts);
    }
    return fmt::format("{} ({} ago)", summary.restarts, ageText(summary.lastRestart.get(), now));
}

std::string readinessGatesText(const PodSummary& summary) {
    return summary.gates == 0 ? "<none>" : fmt::format("{}/{}", summary.gatesReady, summary.gates);
}

kube::Health podHealth(const Pod& pod) {
    const PodSummary summary = summarise(pod);
    if (summary.status == "Unknown" || summary.status == "Terminating") {
        return findWord(summary.status)->health;
    }
    if (isInitProgress(summary.status)) {
        return Health::Progressing;
    }
    std::string_view cause = withoutInit(summary.status);
    if (cause == "ExitCode:0") {
        cause = "Completed";
    }
    if (cause.starts_with("ExitCode:") || cause.starts_with("Signal:") || pod.phase == "Failed") {
        return Health::Critical;
    }
    if (cause == "Running") {
        return runningHealth(pod, summary);
    }
    if (cause == "Completed") {
        return isDone(pod) ? Health::Finished : Health::Warning;
    }
    if (cause == "Pending" && isUnschedulable(pod)) {
        return Health::Warning;
    }
    const Word* word = findWord(cause);
    return word != nullptr ? word->health : Health::Warning;
}

std::string plainReason(std::string_view status) {
    if (isInitProgress(status)) {
        return kStarting;
    }
    const std::string_view cause = withoutInit(status);
    if (cause == "ExitCode:0") {
        return plainReason("Completed");
    }
    if (cause.starts_with("ExitCode:") || cause.starts_with("Signal:")) {
        return kFailed;
    }
    const Word* word = findWord(cause);
    return word != nullptr ? std::string(word->plain) : std::string(status);
}

std::string plainStatus(const Pod& pod) {
    const PodSummary summary = summarise(pod);
    if (summary.status == "Pending" && isUnschedulable(pod)) {
        return kNoNodeFits;
    }
    if (summary.status == "Running") {
        const kube::Health health = runningHealth(pod, summary);
        if (health != Health::Good) {
            return health == Health::Progressing ? kStarting : kNotReady;
        }
    }
    return plainReason(summary.status);
}

}  // namespace quarterdeck::kinds
