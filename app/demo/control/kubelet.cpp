#include "app/demo/control/kubelet.h"

#include <fmt/format.h>

#include "app/base/quantity.h"
#include "app/demo/control/pods.h"

namespace quarterdeck::demo {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kDefaultWork{10};
constexpr seconds kBackOffNews{12};
constexpr seconds kRetry{2};
/// 128 + SIGKILL.
constexpr int kKilled = 137;

/// A probe's complaint with the pod's address in the place of "{ip}".
std::string withAddress(std::string complaint, const Json& pod) {
    const std::string address = text(pod, {"status", "podIP"});
    for (std::size_t at = complaint.find("{ip}"); at != std::string::npos; at = complaint.find("{ip}", at)) {
        complaint.replace(at, 4, address);
    }
    return complaint;
}

const Json& containerAt(const Json& pod, const char* list, std::size_t index) {
    return at(pod, {"spec", list}).at(index);
}

std::string fieldPath(const char* list, const Json& container) {
    return fmt::format("spec.{}{{{}}}", list, text(container, {"name"}));
}

void report(Pass& pass, const Json& pod, const char* list, std::size_t index, const std::string& type,
            const std::string& reason, const std::string& message, Instant when) {
    pass.cluster.report(pod, type, reason, message, "kubelet", when, fieldPath(list, containerAt(pod, list, index)));
}

void reportStart(Pass& pass, const Json& pod, const char* list, std::size_t index, Instant when, bool present) {
    const Json& container = containerAt(pod, list, index);
    const std::string name = text(container, {"name"});
    if (present) {
        report(pass, pod, list, index, "Normal", "Pulled",
               fmt::format("Container image \"{}\" already present on machine", text(container, {"image"})), when);
    }
    report(pass, pod, list, index, "Normal", "Created", "Created container: " + name, when);
    report(pass, pod, list, index, "Normal", "Started", "Started container " + name, when);
}

seconds delayAfter(int failures) {
    return std::min(seconds(300), seconds(10) * (1 << std::min(failures, 5)));
}

/// Grows beyond its memory limit.
bool outgrowsItsLimit(const Json& container, const ImageBehaviour& behaviour) {
    const auto limit = Quantity::parse(text(container, {"resources", "limits", "memory"}));
    return behaviour.memory > 0 && limit && limit->value() < behaviour.memory;
}

bool runsForever(const Json& pod) {
    return text(pod, {"spec", "restartPolicy"}, "Always") == "Always";
}

}  // namespace

void Kubelet::reconcile(Pass& pass) {
    const ResourceType& pods = resource("pods");
    for (auto& [uid, run] : runs_) {
        run.seen = false;
    }
    for (const ObjectPtr& stored : pass.cluster.db.list(pods)) {
        const std::string uid = uidOf(*stored);
        if (text(*stored, {"spec", "nodeName"}).empty() || (isFinished(*stored) && !isTerminating(*stored))) {
            continue;
        }
        auto known = runs_.find(uid);
        if (pass.cluster.silentNodes.count(text(*stored, {"spec", "nodeName"})) > 0) {
            if (known != runs_.end()) {
                known->second.seen = true;
            }
            continue;
        }
        if (known != runs_.end() && known->second.at > pass.now &&
            (!isTerminating(*stored) || known->second.stage == Stage::Terminate)) {
            known->second.seen = true;
            pass.wakeAt(known->second.at);
            continue;
        }
        Json pod = *stored;
        if (known == runs_.end()) {
            const bool fresh = at(pod, {"status", "containerStatuses"}).is_null();
            known = runs_.emplace(uid, fresh ? begin(pass, pod) : adopt(pass, pod)).first;
        }
        Run& run = known->second;
        run.seen = true;
        if (isTerminating(pod) && run.stage != Stage::Terminate) {
            terminate(pass, pod, run);
        }
        bool there = true;
        while (there && run.at <= pass.now) {
            there = advance(pass, pod, run);
        }
        if (there) {
            pass.cluster.put(pods, std::move(pod));
            pass.wakeAt(run.at);
        } else {
            pass.cluster.db.remove(pods, namespaceOf(*stored), nameOf(*stored));
        }
    }
    std::erase_if(runs_, [](const auto& entry) { return !entry.second.seen; });
}

Kubelet::Run Kubelet::adopt(Pass& pass, const Json& pod) {
    Run run;
    if (!runsForever(pod)) {
        const Json& status = at(pod, {"status", "containerStatuses"}).at(0);
        const auto& behaviour = pass.cluster.behaviours.of(text(containerAt(pod, "containers", 0), {"image"}));
        run.stage = Stage::Finish;
        run.at = timeAt(status, {"state", "running", "startedAt"}) + behaviour.runsFor.value_or(kDefaultWork);
    }
    return run;
}

Kubelet::Run Kubelet::begin(Pass& pass, Json& pod) {
    admit(pass.cluster, pod, pass.now);
    Run run;
    run.stage = at(pod, {"spec", "initContainers"}).empty() ? Stage::Pull : Stage::Init;
    run.at = pass.now + milliseconds(600 + pass.cluster.random.below(600));
    return run;
}

void Kubelet::terminate(Pass& pass, const Json& pod, Run& run) {
    const Json& statuses = at(pod, {"status", "containerStatuses"});
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        if (!at(statuses.at(i), {"state", "running"}).is_null()) {
            report(pass, pod, "containers", i, "Normal", "Killing",
                   "Stopping container " + text(statuses.at(i), {"name"}), pass.now);
        }
    }
    const seconds grace(number(pod, {"metadata", "deletionGracePeriodSeconds"}, 30));
    run.stage = Stage::Terminate;
    run.at = pass.now + std::min<milliseconds>(grace, milliseconds(1500 + pass.cluster.random.below(1000)));
}

bool Kubelet::advance(Pass& pass, Json& pod, Run& run) {
    Random& random = pass.cluster.random;
    const Instant when = run.at;
    const auto behaviour = [&]() -> const ImageBehaviour& {
        return pass.cluster.behaviours.of(text(containerAt(pod, "containers", run.index), {"image"}));
    };
    switch (run.stage) {
        case Stage::Init:
            if (text(pod, {"status", "podIP"}).empty()) {
                pod["status"]["podIP"] = pass.cluster.newPodAddress(text(pod, {"spec", "nodeName"}));
            }
            reportStart(pass, pod, "initContainers", run.index, when, true);
            startInit(pod, run.index, when, random);
            run.stage = Stage::InitEnd;
            run.at = when + milliseconds(1000 + random.below(1000));
            break;
        case Stage::InitEnd: {
            if (!findsWhatItWaitsFor(pass.cluster, pod, containerAt(pod, "initContainers", run.index))) {
                run.at = when + kRetry;
                break;
            }
            finishInit(pod, run.index, when);
            const bool last = ++run.index == at(pod, {"spec", "initContainers"}).size();
            run.stage = last ? Stage::Pull : Stage::Init;
            run.index = last ? 0 : run.index;
            run.at = when + milliseconds(300);
            break;
        }
        case Stage::Pull:
        case Stage::Pulled:
            pull(pass, pod, run);
            break;
        case Stage::PullBackOff: {
            const std::string image = text(containerAt(pod, "containers", run.index), {"image"});
            markWaiting(pod, run.index, "ImagePullBackOff", fmt::format("Back-off pulling image \"{}\"", image));
            report(pass, pod, "containers", run.index, "Normal", "BackOff",
                   fmt::format("Back-off pulling image \"{}\"", image), when);
            report(pass, pod, "containers", run.index, "Warning", "Failed", "Error: ImagePullBackOff", when);
            run.stage = when + kBackOffNews < run.until ? Stage::PullBackOff : Stage::Pull;
            run.at = std::min(run.until, when + kBackOffNews);
            break;
        }
        case Stage::Start:
            startContainers(pod, when, random);
            for (std::size_t i = 0; i < at(pod, {"spec", "containers"}).size(); ++i) {
                reportStart(pass, pod, "containers", i, when, false);
            }
            started(pass, pod, run);
            break;
        case Stage::Ready:
            markReady(pod, when);
            run.stage = run.outgrown ? Stage::Crash : Stage::Steady;
            run.at = run.outgrown ? run.until : Instant::max();
            break;
        case Stage::Probe:
            report(pass, pod, "containers", run.index, "Warning", "Unhealthy",
                   "Readiness probe failed: " + withAddress(behaviour().probeError, pod), when);
            run.stage = Stage::Crash;
            run.at = run.until;
            break;
        case Stage::Crash:
            crash(pass, pod, run);
            break;
        case Stage::BackOff:
            backOff(pass, pod, run);
            break;
        case Stage::Restart:
            restartContainer(pod, run.index, when, random);
            reportStart(pass, pod, "containers", run.index, when, true);
            started(pass, pod, run);
            break;
        case Stage::Finish:
            markFinished(pod, 0, when);
            run = Run{};
            break;
        case Stage::Steady:
            run.at = Instant::max();
            break;
        case Stage::Terminate:
            return false;
    }
    return true;
}

void Kubelet::pull(Pass& pass, Json& pod, Run& run) {
    const Instant when = run.at;
    const std::string node = text(pod, {"spec", "nodeName"});
    if (text(pod, {"status", "podIP"}).empty()) {
        pod["status"]["podIP"] = pass.cluster.newPodAddress(node);
    }
    const Json& containers = at(pod, {"spec", "containers"});
    for (run.index = 0; run.index < containers.size(); ++run.index) {
        const std::string image = text(containers.at(run.index), {"image"});
        const ImageBehaviour& behaviour = pass.cluster.behaviours.of(image);
        const bool present = pass.cluster.images.count({node, image}) > 0;
        if (present && run.stage == Stage::Pull) {
            report(pass, pod, "containers", run.index, "Normal", "Pulled",
                   fmt::format("Container image \"{}\" already present on machine", image), when);
            continue;
        }
        if (present) {
            continue;
        }
        if (run.stage == Stage::Pull) {
            report(pass, pod, "containers", run.index, "Normal", "Pulling", fmt::format("Pulling image \"{}\"", image),
                   when);
            run.stage = Stage::Pulled;
            run.at = when + milliseconds(900 + pass.cluster.random.below(900));
            return;
        }
        if (!behaviour.pullError.empty()) {
            const std::string why =
                fmt::format("failed to pull and unpack image \"{}\": {}", image, behaviour.pullError);
            report(pass, pod, "containers", run.index, "Warning", "Failed",
                   fmt::format("Failed to pull image \"{}\": rpc error: code = NotFound desc = {}", image, why), when);
            report(pass, pod, "containers", run.index, "Warning", "Failed", "Error: ErrImagePull", when);
            markWaiting(pod, run.index, "ErrImagePull", "rpc error: code = NotFound desc = " + why);
            run.until = when + delayAfter(run.failures++);
            run.stage = Stage::PullBackOff;
            run.at = when + seconds(4);
            return;
        }
        const auto took = 900 + fnv1a(image) % 900;
        report(pass, pod, "containers", run.index, "Normal", "Pulled",
               fmt::format("Successfully pulled image \"{}\" in {}ms ({}ms including waiting). Image size: {} bytes.",
                           image, took, took, 40'000'000 + fnv1a(image) % 200'000'000),
               when);
        pass.cluster.images.insert({node, image});
        run.stage = Stage::Pull;
    }
    run.index = 0;
    run.failures = 0;
    run.stage = Stage::Start;
    run.at = when + milliseconds(200);
}

void Kubelet::started(Pass& pass, const Json& pod, Run& run) {
    const Instant when = run.at;
    const Json& containers = at(pod, {"spec", "containers"});
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const ImageBehaviour& behaviour = pass.cluster.behaviours.of(text(containers.at(i), {"image"}));
        if (behaviour.crashesAfter) {
            run.index = i;
            run.until = when + *behaviour.crashesAfter;
            run.stage = behaviour.probeError.empty() ? Stage::Crash : Stage::Probe;
            run.at = behaviour.probeError.empty() ? run.until : when + *behaviour.crashesAfter / 2;
            return;
        }
    }
    const ImageBehaviour& behaviour = pass.cluster.behaviours.of(text(containers.at(0), {"image"}));
    if (!runsForever(pod)) {
        run.stage = Stage::Finish;
        run.at = when + behaviour.runsFor.value_or(kDefaultWork);
        return;
    }
    const seconds initial(number(containers.at(0), {"readinessProbe", "initialDelaySeconds"}, 1));
    run.stage = Stage::Ready;
    run.at = when + initial + milliseconds(500 + pass.cluster.random.below(2000));
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const ImageBehaviour& growing = pass.cluster.behaviours.of(text(containers.at(i), {"image"}));
        if (outgrowsItsLimit(containers.at(i), growing)) {
            run.index = i;
            run.outgrown = true;
            run.until = when + growing.outgrowsAfter;
        }
    }
}

void Kubelet::crash(Pass& pass, Json& pod, Run& run) {
    const Instant when = run.at;
    const int exitCode =
        run.outgrown ? kKilled
                     : pass.cluster.behaviours.of(text(containerAt(pod, "containers", run.index), {"image"})).exitCode;
    ++run.failures;
    if (!runsForever(pod)) {
        markFinished(pod, exitCode, when);
        run = Run{};
        return;
    }
    markCrashed(pod, run.index, exitCode, when, run.outgrown ? "OOMKilled" : "");
    run.outgrown = false;
    run.stage = run.failures == 1 ? Stage::Restart : Stage::BackOff;
    run.until = run.failures == 1 ? Instant() : when + delayAfter(run.failures - 2);
    run.at = when + seconds(1);
}

void Kubelet::backOff(Pass& pass, Json& pod, Run& run) {
    const Instant when = run.at;
    const std::string container = text(containerAt(pod, "containers", run.index), {"name"});
    const std::string who = fmt::format("{}_{}({})", nameOf(pod), namespaceOf(pod), uidOf(pod));
    markWaiting(pod, run.index, "CrashLoopBackOff",
                fmt::format("back-off {} restarting failed container={} pod={}",
                            run.failures >= 7 ? "5m0s" : fmt::format("{}s", delayAfter(run.failures - 2).count()),
                            container, who));
    report(pass, pod, "containers", run.index, "Warning", "BackOff",
           fmt::format("Back-off restarting failed container {} in pod {}", container, who), when);
    run.stage = when + kBackOffNews < run.until ? Stage::BackOff : Stage::Restart;
    run.at = std::min(run.until, when + kBackOffNews);
}

}  // namespace quarterdeck::demo
