#include "ui/details/pod_notice.h"

#include <algorithm>
#include <array>

#include <QStringList>

#include "app/kinds/pod_status.h"
#include "ui/details/json_facts.h"
#include "ui/details/pod_runs.h"
#include "ui/details/words.h"

namespace quarterdeck::ui {

using kinds::Container;
using kinds::ContainerState;
using widgets::PropertyNotice;
using widgets::Tone;

namespace {

constexpr std::size_t kLongestReason = 600;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool cannotPull(const Container& container) {
    return container.state == ContainerState::Waiting &&
           isOneOf(container.stateReason, {"ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName",
                                           "ImageInspectError", "RegistryUnavailable"});
}

bool cannotStart(const Container& container) {
    return isOneOf(container.stateReason,
                   {"CreateContainerConfigError", "CreateContainerError", "RunContainerError", "ContainerCannotRun",
                    "StartError", "PreStartHookError", "PostStartHookError"});
}

bool endedBadly(const Container& container) {
    if (container.state == ContainerState::Terminated) {
        return container.exitCode != 0 || container.signal != 0;
    }
    return container.state == ContainerState::Waiting && container.stateReason == "CrashLoopBackOff";
}

/// The newest event of this reason whose message holds a text, about this container or the whole pod.
const kinds::Event* findEvent(const DetailInput& input, std::string_view reason, std::string_view part,
                              std::string_view container = {}) {
    for (const EventPtr& event : input.around.events) {
        const std::string_view field = event->subject.fieldPath.view();
        const bool fits =
            container.empty() || field.empty() || field.find("{" + std::string(container) + "}") != std::string::npos;
        if (event->reason == reason && fits && event->message.find(part) != std::string::npos) {
            return event.get();
        }
    }
    return nullptr;
}

/// Says which container it is where that is not plain.
QString named(const QString& sentence, const Container& container, const kinds::Pod& pod) {
    if (container.init) {
        return Details::tr("%1 (init container %2)").arg(sentence, shownText(container.name));
    }
    return pod.appContainers().size() > 1 ? Details::tr("%1 (container %2)").arg(sentence, shownText(container.name))
                                          : sentence;
}

DetailNotice about(Tone tone, const QString& sentence, const QStringList& reasons) {
    PropertyNotice notice;
    notice.tone = tone;
    notice.sentence = sentence;
    QStringList said = reasons;
    said.removeAll({});
    notice.reason = said.join(QStringLiteral(" · "));
    return notice;
}

std::string waitingMessage(const Container& container, const DetailInput& input) {
    return facts::text(statusOf(container, input), {"state", "waiting", "message"});
}

QString nextTry(const Container& container, const EndedRun& run, const DetailInput& input) {
    if (container.stateReason != "CrashLoopBackOff" || !run.finished) {
        return {};
    }
    const auto backOff = backOffIn(waitingMessage(container, input));
    if (!backOff) {
        return {};
    }
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(*run.finished + *backOff - input.now);
    return left.count() > 0 ? Details::tr("next try in about %1").arg(roughDuration(left))
                            : Details::tr("next try now");
}

DetailNotice imageNotice(const Container& container, const DetailInput& input) {
    constexpr std::string_view kPrefix = "Failed to pull image \"";
    QString why;
    if (const kinds::Event* event = findEvent(input, "Failed", "image \"", container.name)) {
        std::string_view message = event->message;
        if (message.starts_with(kPrefix)) {
            if (const std::size_t end = message.find("\": ", kPrefix.size()); end != std::string_view::npos) {
                message.remove_prefix(end + 3);
            }
        }
        why = shownText(message, kLongestReason);
    } else if (const std::string message = waitingMessage(container, input); !message.empty()) {
        why = shownText(message, kLongestReason);
    }
    const QString image = shownText(container.image, 300);
    const QString sentence = container.stateReason == "InvalidImageName" ? Details::tr("“%1” is no name of an image")
                             : container.stateReason == "ErrImageNeverPull"
                                 ? Details::tr("Image %1 is not on the node, and may not be pulled")
                                 : Details::tr("Image %1 cannot be pulled");
    return about(Tone::Critical, named(sentence.arg(image), container, input.pod()), {why});
}

DetailNotice startNotice(const Container& container, const DetailInput& input) {
    QString why = shownText(waitingMessage(container, input), kLongestReason);
    if (why.isEmpty()) {
        if (const kinds::Event* event = findEvent(input, "Failed", "", container.name)) {
            why = shownText(event->message, kLongestReason);
        }
    }
    const QString sentence = container.stateReason == "CreateContainerConfigError"
                                 ? Details::tr("Cannot be started: its configuration is missing or wrong")
                                 : Details::tr("Cannot be started");
    return about(Tone::Critical, named(sentence, container, input.pod()),
                 {why, why.isEmpty() ? shownText(container.stateReason) : QString()});
}

QString howItEnds(const EndedRun& run, const Container& container, const DetailInput& input) {
    const QString after = run.length ? roughDuration(*run.length) : QString();
    const bool always = endsAlike(run, container, input.pod());
    if (run.reason == "OOMKilled") {
        const QString limit = container.memoryLimit > 0 ? bytesText(container.memoryLimit) : QString();
        const QString killed = limit.isEmpty()
                                   ? Details::tr("Killed because the node ran out of memory")
                                   : Details::tr("Killed for using more memory than its limit of %1").arg(limit);
        return always ? Details::tr("%1, about %2 after each start").arg(killed, after) : killed;
    }
    if (run.exitCode == 0) {
        return always ? Details::tr("Ends by itself about %1 after each start").arg(after)
                      : Details::tr("Ended by itself although it should keep running");
    }
    if (run.signal != 0) {
        return always ? Details::tr("Killed by signal %1 about %2 after each start").arg(run.signal).arg(after)
                      : Details::tr("Killed by signal %1").arg(run.signal);
    }
    if (always) {
        return Details::tr("Exits with code %1 about %2 after each start").arg(run.exitCode).arg(after);
    }
    return after.isEmpty() ? Details::tr("Exited with code %1").arg(run.exitCode)
                           : Details::tr("Exited with code %1, %2 after its last start").arg(run.exitCode).arg(after);
}

DetailNotice endNotice(const Container& container, const DetailInput& input) {
    const auto run = lastEnd(container, input);
    if (!run) {
        return about(Tone::Critical, named(Details::tr("Does not stay running"), container, input.pod()),
                     {shownText(waitingMessage(container, input), kLongestReason)});
    }
    QString restarts;
    if (container.restarts > 0) {
        restarts = Details::tr("%n restarts", nullptr, container.restarts);
    }
    return about(Tone::Critical, named(howItEnds(*run, container, input), container, input.pod()),
                 {shownText(run->message, kLongestReason), restarts, nextTry(container, *run, input)});
}

DetailNotice scheduleNotice(const DetailInput& input) {
    const kinds::PodCondition scheduled = input.pod().condition(kinds::PodConditionType::PodScheduled);
    if (scheduled.status != kinds::ConditionStatus::False || !input.pod().node.empty()) {
        return std::nullopt;
    }
    if (scheduled.reason == "SchedulingGated") {
        return about(Tone::Info, Details::tr("Held back: a scheduling gate keeps it from getting a node"), {});
    }
    QString why;
    if (const kinds::Event* event = findEvent(input, "FailedScheduling", "")) {
        why = shownText(event->message, kLongestReason);
    } else {
        for (const auto& condition : facts::list(input.json(), {"status", "conditions"})) {
            if (facts::text(condition, {"type"}) == "PodScheduled") {
                why = shownText(facts::text(condition, {"message"}), kLongestReason);
            }
        }
    }
    return about(Tone::Critical, Details::tr("No node can take it"), {why});
}

DetailNotice initNotice(const DetailInput& input) {
    const kinds::Pod& pod = input.pod();
    int index = 0;
    int total = 0;
    const Container* open = nullptr;
    for (const Container& container : pod.initContainers()) {
        ++total;
        const bool done = container.restartable
                              ? container.started
                              : container.state == ContainerState::Terminated && container.exitCode == 0;
        if (open == nullptr && !done) {
            open = &container;
            index = total;
        }
    }
    if (open == nullptr || pod.node.empty()) {
        return std::nullopt;
    }
    if (open->state != ContainerState::Running) {
        return std::nullopt;  // what keeps it from running is told elsewhere, or it has only just been scheduled
    }
    const QString since =
        open->since.hasValue() ? Details::tr("running for %1").arg(ageText(*open->since.get(), input.now)) : QString();
    const bool late = pod.health == kube::Health::Critical || pod.health == kube::Health::Warning;
    return about(late ? Tone::Warning : Tone::Info,
                 Details::tr("Waits for its init container %1").arg(shownText(open->name)),
                 {total > 1 ? Details::tr("%1 of %2").arg(index).arg(total) : QString(), since});
}

DetailNotice probeNotice(const DetailInput& input) {
    const kinds::Pod& pod = input.pod();
    for (const Container& container : pod.appContainers()) {
        if (container.state != ContainerState::Running || container.ready) {
            continue;
        }
        const kinds::Event* event = findEvent(input, "Unhealthy", "", container.name);
        const QString why = event == nullptr ? QString() : shownText(event->message, kLongestReason);
        const bool live = event != nullptr && event->message.starts_with("Liveness");
        const QString sentence = event == nullptr ? Details::tr("Runs, but is not ready")
                                 : live           ? Details::tr("Runs, but its liveness probe fails")
                                 : event->message.starts_with("Startup")
                                     ? Details::tr("Runs, but its startup probe has not succeeded yet")
                                     : Details::tr("Runs, but its readiness probe fails: it gets no traffic");
        return about(pod.health == kube::Health::Progressing ? Tone::Info : Tone::Warning,
                     named(sentence, container, pod), {why});
    }
    return std::nullopt;
}

DetailNotice podReasonNotice(const DetailInput& input) {
    const kinds::Pod& pod = input.pod();
    const QString why = shownText(facts::text(input.json(), {"status", "message"}), kLongestReason);
    if (pod.reason == "Evicted") {
        return about(Tone::Critical, Details::tr("Was evicted from node %1").arg(shownText(pod.node)), {why});
    }
    if (pod.reason == "NodeLost" || pod.phase == "Unknown") {
        return about(Tone::Critical, Details::tr("Its node %1 does not answer").arg(shownText(pod.node)), {why});
    }
    if (!pod.reason.empty()) {
        const std::string word = kinds::plainReason(pod.reason);
        return about(Tone::Critical, QCoreApplication::translate("PodStatus", word.c_str()), {why});
    }
    return std::nullopt;
}

DetailNotice stopNotice(const DetailInput& input) {
    const kinds::Pod& pod = input.pod();
    if (!pod.meta.deletion || input.now < *pod.meta.deletion) {
        return std::nullopt;
    }
    // The deletion time is when it should have been gone at the latest.
    return about(Tone::Warning, Details::tr("Should have been gone %1 ago").arg(ageText(*pod.meta.deletion, input.now)),
                 {Details::tr("It was asked to stop, and its grace period is over.")});
}

}  // namespace

DetailNotice podNotice(const DetailInput& input) {
    const kinds::Pod& pod = input.pod();
    if (pod.meta.deletion) {
        return stopNotice(input);
    }
    if (pod.health == kube::Health::Good || pod.health == kube::Health::Finished) {
        return std::nullopt;
    }
    for (const auto tell : {podReasonNotice, scheduleNotice}) {
        if (DetailNotice notice = tell(input)) {
            return notice;
        }
    }
    using Check = std::pair<bool (*)(const Container&), DetailNotice (*)(const Container&, const DetailInput&)>;
    constexpr std::array<Check, 3> kChecks{Check{cannotPull, imageNotice}, Check{cannotStart, startNotice},
                                           Check{endedBadly, endNotice}};
    for (const auto& [holds, tell] : kChecks) {
        for (const Container& container : pod.containers) {
            if (holds(container)) {
                return tell(container, input);
            }
        }
    }
    if (DetailNotice notice = initNotice(input)) {
        return notice;
    }
    return probeNotice(input);
}

}  // namespace quarterdeck::ui
