#include "ui/details/container_cards.h"

#include <set>

#include <QStringList>

#include "app/kinds/pod_status.h"
#include "ui/details/common_sections.h"
#include "ui/details/json_facts.h"
#include "ui/details/pod_runs.h"
#include "ui/details/words.h"

namespace quarterdeck::ui {

using kinds::Container;
using kinds::ContainerState;
using nlohmann::json;
using widgets::Property;
using widgets::PropertyCard;
using widgets::PropertySection;
using widgets::Tone;

namespace {

bool isTrouble(const Container& container) {
    if (container.state == ContainerState::Terminated) {
        return container.exitCode != 0 || container.signal != 0;
    }
    return container.state == ContainerState::Waiting && container.stateReason != "ContainerCreating" &&
           container.stateReason != "PodInitializing" && !container.stateReason.empty();
}

QString stateWord(const Container& container) {
    switch (container.state) {
        case ContainerState::Running:
            return Details::tr("Running");
        case ContainerState::Waiting:
            return Details::tr("Waiting");
        case ContainerState::Terminated:
            return Details::tr("Ended");
        case ContainerState::None:
            break;
    }
    return Details::tr("Not started");
}

Tone stateTone(const Container& container) {
    if (isTrouble(container)) {
        return Tone::Critical;
    }
    if (container.state == ContainerState::Running) {
        return container.ready ? Tone::Good : Tone::Warning;
    }
    return container.state == ContainerState::Terminated ? Tone::Muted : Tone::Progress;
}

/// "gitea.local/bakery/orders:2.9.0" → "orders:2.9.0"; a digest is cut short.
QString shortImage(std::string_view image) {
    if (const std::size_t slash = image.rfind('/'); slash != std::string_view::npos) {
        image.remove_prefix(slash + 1);
    }
    if (const std::size_t digest = image.find("@sha256:"); digest != std::string_view::npos) {
        image = image.substr(0, std::min(image.size(), digest + 20));
    }
    return shownText(image, 200);
}

/// "code 1, Error, signal 9"
QString endText(const EndedRun& run) {
    QStringList parts{Details::tr("code %1").arg(run.exitCode)};
    if (run.signal != 0) {
        parts += Details::tr("signal %1").arg(run.signal);
    }
    if (!run.reason.empty() && run.reason != "Error") {  // the code says that
        parts += shownText(run.reason, 100);
    }
    if (run.length) {
        parts += Details::tr("after %1").arg(roughDuration(*run.length));
    }
    return parts.join(QStringLiteral(", "));
}

Property rangeRow(const QString& key, std::int64_t request, std::int64_t limit, QString (*text)(std::int64_t)) {
    Property row;
    row.key = key;
    const QString from = request > 0 ? text(request) : QString();
    const QString to = limit > 0 ? text(limit) : QString();
    row.value = from.isEmpty() && to.isEmpty() ? Details::tr("nothing requested, no limit")
                : to.isEmpty()                 ? Details::tr("%1, no limit").arg(from)
                : from == to                   ? from
                : from.isEmpty()               ? Details::tr("up to %1").arg(to)
                                               : Details::tr("%1 – %2").arg(from, to);
    return row;
}

/// As the object wrote them: "request 100m, limit 500m".
QString exactRange(const json& container, const char* resource) {
    const std::string request = facts::numberOrText(container, {"resources", "requests", resource});
    const std::string limit = facts::numberOrText(container, {"resources", "limits", resource});
    QStringList parts;
    if (!request.empty()) {
        parts += Details::tr("request %1").arg(shownText(request, 60));
    }
    if (!limit.empty()) {
        parts += Details::tr("limit %1").arg(shownText(limit, 60));
    }
    return parts.join(QStringLiteral(", "));
}

void addEnd(PropertyCard& card, const Container& container, const DetailInput& input) {
    const auto run = lastEnd(container, input);
    if (!run) {
        return;
    }
    Property row;
    row.key = Details::tr("Last exit");
    row.value = endText(*run);
    const AgeWords when = ageWords(run->finished, input);
    row.note = run->finished ? clockTime(*run->finished, input.zone) : QString();
    row.tooltip = when.moment + (run->message.empty() ? QString() : QLatin1Char('\n') + shownText(run->message, 2000));
    card.rows.push_back(row);
}

void addSpec(PropertyCard& card, const json& spec) {
    using Probe = std::pair<const char*, QString>;
    for (const auto& [key, title] :
         {Probe{"startupProbe", Details::tr("Startup")}, Probe{"readinessProbe", Details::tr("Readiness")},
          Probe{"livenessProbe", Details::tr("Liveness")}}) {
        const json& probe = facts::at(spec, {key});
        if (probe.is_object()) {
            card.rows.push_back(textRow(title, probeText(probe).toStdString()));
        }
    }
    QStringList ports;
    for (const json& port : facts::list(spec, {"ports"})) {
        const std::string name = facts::text(port, {"name"});
        const std::string protocol = facts::text(port, {"protocol"});
        ports += shownText(facts::numberOrText(port, {"containerPort"}) + (protocol.empty() ? "" : "/" + protocol) +
                           (name.empty() ? "" : " (" + name + ")"));
    }
    if (!ports.isEmpty()) {
        card.rows.push_back(textRow(Details::tr("Ports"), ports.join(QStringLiteral(", ")).toStdString()));
    }
    if (const QString environment = environmentText(spec); !environment.isEmpty()) {
        card.rows.push_back(textRow(Details::tr("Environment"), environment.toStdString()));
    }
}

PropertyCard cardOf(const Container& container, const DetailInput& input) {
    PropertyCard card;
    card.title = shownText(container.name, 253);
    card.note = stateWord(container);
    card.noteTone = stateTone(container);
    if (container.restarts > 0) {
        card.note += QStringLiteral(" · ") + Details::tr("%n restarts", nullptr, container.restarts);
    }
    Property state;
    state.key = Details::tr("State");
    state.value = container.stateReason.empty() ? stateWord(container) : shownText(container.stateReason, 100);
    if (container.state == ContainerState::Running && !container.ready) {
        state.value = Details::tr("Running, not ready");
    }
    const AgeWords since = ageWords(container.since.get(), input);
    state.note = since.age;
    state.tooltip = since.moment;
    card.rows.push_back(state);
    Property image = textRow(Details::tr("Image"), container.image);
    image.value = shortImage(container.image);
    image.tooltip = shownText(container.image, 1000);
    card.rows.push_back(image);
    if (container.state != ContainerState::Terminated || container.exitCode != 0) {
        addEnd(card, container, input);
    }
    const json& spec = specOf(container, input);
    Property cpu = rangeRow(Details::tr("CPU"), container.cpuRequestMilli, container.cpuLimitMilli, cpuText);
    cpu.tooltip = exactRange(spec, "cpu");
    Property memory = rangeRow(Details::tr("Memory"), container.memoryRequest, container.memoryLimit, bytesText);
    memory.tooltip = exactRange(spec, "memory");
    card.rows += {cpu, memory};
    addSpec(card, spec);
    return card;
}

}  // namespace

QString probeText(const json& probe) {
    QString what;
    if (const json& http = facts::at(probe, {"httpGet"}); http.is_object()) {
        const std::string path = facts::text(http, {"path"});
        what = Details::tr("GET %1 :%2")
                   .arg(shownText(path.empty() ? "/" : path), shownText(facts::numberOrText(http, {"port"})));
    } else if (const json& socket = facts::at(probe, {"tcpSocket"}); socket.is_object()) {
        what = Details::tr("TCP connect to :%1").arg(shownText(facts::numberOrText(socket, {"port"})));
    } else if (const json& grpc = facts::at(probe, {"grpc"}); grpc.is_object()) {
        what = Details::tr("gRPC health on :%1").arg(shownText(facts::numberOrText(grpc, {"port"})));
    } else if (const json& command = facts::list(probe, {"exec", "command"}); !command.empty()) {
        QStringList words;
        for (const json& word : command) {
            words += word.is_string() ? shownText(word.get<std::string>(), 100) : QString();
        }
        what = Details::tr("runs %1").arg(words.join(QLatin1Char(' ')).left(160));
    } else {
        what = Details::tr("of an unknown kind");
    }
    // The defaults of the API where nothing is said.
    const auto period = facts::number(probe, {"periodSeconds"}).value_or(10);
    const auto failures = facts::number(probe, {"failureThreshold"}).value_or(3);
    return Details::tr("%1 every %2 s, %3")
        .arg(what)
        .arg(static_cast<qlonglong>(period))
        .arg(Details::tr("%n failures allowed", nullptr, static_cast<int>(failures)));
}

QString environmentText(const json& container) {
    const json& variables = facts::list(container, {"env"});
    const json& sources = facts::list(container, {"envFrom"});
    if (variables.empty() && sources.empty()) {
        return {};
    }
    std::set<std::string> names;
    const auto note = [&](const json& from, const char* member, const char* kind) {
        if (const std::string name = facts::text(from, {member, "name"}); !name.empty()) {
            names.insert(std::string(kind) + " " + name);
        }
    };
    for (const json& variable : variables) {
        const json& from = facts::at(variable, {"valueFrom"});
        note(from, "secretKeyRef", "Secret");
        note(from, "configMapKeyRef", "ConfigMap");
    }
    for (const json& from : sources) {
        note(from, "secretRef", "Secret");
        note(from, "configMapRef", "ConfigMap");
    }
    QStringList shown;
    for (const std::string& name : names) {
        shown += shownText(name, 260);
    }
    const QString count = variables.empty() ? Details::tr("all keys")
                                            : Details::tr("%n variables", nullptr, static_cast<int>(variables.size()));
    return shown.isEmpty() ? count : Details::tr("%1, from %2").arg(count, shown.join(QStringLiteral(", ")));
}

PropertySection containerSection(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("containers");
    section.title = Details::tr("Containers");
    for (const Container& container : input.pod().appContainers()) {
        section.cards.push_back(cardOf(container, input));
    }
    section.empty = Details::tr("It has none.");
    return section;
}

std::optional<PropertySection> sidecarSection(const DetailInput& input) {
    PropertySection section;
    section.id = QStringLiteral("sidecars");
    section.title = Details::tr("Sidecars");
    for (const Container& container : input.pod().initContainers()) {
        if (container.restartable) {
            section.cards.push_back(cardOf(container, input));
        }
    }
    return section.cards.isEmpty() ? std::nullopt : std::optional(section);
}

std::optional<PropertySection> initSection(const DetailInput& input) {
    if (input.pod().initContainers().empty()) {
        return std::nullopt;
    }
    PropertySection section;
    section.id = QStringLiteral("init");
    section.title = Details::tr("Init containers");
    for (const Container& container : input.pod().initContainers()) {
        Property row;
        row.key = shownText(container.name, 253);
        const bool done = container.state == ContainerState::Terminated && container.exitCode == 0;
        const bool trouble = isTrouble(container);
        row.value = done                                         ? Details::tr("done")
                    : container.state == ContainerState::Running ? Details::tr("running")
                    : container.stateReason.empty()              ? Details::tr("waiting")
                                                                 : shownText(container.stateReason, 100);
        if (container.restartable) {
            row.value = Details::tr("sidecar, %1").arg(row.value);
        }
        row.tone = trouble                                            ? Tone::Critical
                   : done || container.restartable || container.ready ? Tone::Good
                   : container.state == ContainerState::Running       ? Tone::Progress
                                                                      : Tone::Muted;
        if (const auto run = trouble ? lastEnd(container, input) : std::nullopt) {
            row.value += QStringLiteral(", ") + endText(*run);
        }
        if (container.restarts > 0) {
            row.value += QStringLiteral(" · ") + Details::tr("%n restarts", nullptr, container.restarts);
        }
        const AgeWords since = ageWords(container.since.get(), input);
        row.note = since.age;
        row.tooltip = shownText(container.image, 1000) + QLatin1Char('\n') + since.moment;
        section.rows.push_back(row);
    }
    return section;
}

}  // namespace quarterdeck::ui
