#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <QFile>

#include <fmt/format.h>

#include "app/base/time_text.h"
#include "app/kinds/pod.h"
#include "app/kinds/pod_status.h"

namespace quarterdeck::tests {

/// Content of a file below tests/fixtures/kinds, without blanks at its end.
inline std::string kindFixture(const char* name) {
    QFile file(QStringLiteral(QUARTERDECK_FIXTURES "/kinds/") + QString::fromUtf8(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("cannot open fixture %s", name);
    }
    std::string text = file.readAll().toStdString();
    text.erase(text.find_last_not_of(" \n\r\t") + 1);
    return text;
}

inline Result<kube::DecodedList> decodeListOf(const kube::KindDescriptor& kind, std::string json, StringPool& pool) {
    kube::DecodeContext context{pool};
    return kind.decodeList(json, context);
}

inline std::string timeOf(std::optional<Instant> time) {
    return time ? formatRfc3339(*time, true) : "-";
}

/// Everything that a summary of a pod holds, as text; labels sorted.
inline std::string dumpPod(const kinds::Pod& pod) {
    const auto& meta = pod.meta;
    std::string text = fmt::format("{}/{} {} {} {} {}\n", meta.nameSpace.view(), meta.name, meta.uid,
                                   meta.resourceVersion, timeOf(meta.creation), timeOf(meta.deletion));
    std::vector<std::string> labels;
    for (const auto& [key, value] : meta.labels) {
        labels.push_back(fmt::format("  {}={}\n", key.view(), value.view()));
    }
    std::sort(labels.begin(), labels.end());
    for (const std::string& label : labels) {
        text += label;
    }
    for (const auto& owner : meta.owners) {
        text += fmt::format("  owner {} {} {} {}\n", owner.kind.view(), owner.name, owner.uid, owner.controller);
    }
    text += fmt::format("  {} {} {} {} {} {} {} {}\n", static_cast<int>(pod.health), static_cast<int>(pod.qos),
                        static_cast<int>(pod.restartPolicy), timeOf(pod.started.get()), pod.phase.view(),
                        pod.reason.view(), pod.node.view(), pod.ip);
    for (std::size_t i = 0; i < kinds::kPodConditionCount; ++i) {
        const auto condition = pod.condition(static_cast<kinds::PodConditionType>(i));
        text += fmt::format("  condition {} {} {} {}\n", i, static_cast<int>(condition.status),
                            timeOf(condition.since.get()), condition.reason.view());
    }
    for (const auto& gate : pod.readinessGates()) {
        text += fmt::format("  gate {} {}\n", gate.type.view(), static_cast<int>(gate.status));
    }
    for (const auto& c : pod.containers) {
        text += fmt::format("  {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}\n", c.name.view(), c.image.view(),
                            c.stateReason.view(), c.memoryRequest, c.memoryLimit, c.cpuRequestMilli, c.cpuLimitMilli,
                            c.restarts, c.exitCode, c.signal, timeOf(c.since.get()), c.statusIndex,
                            static_cast<int>(c.state), c.inSpec, c.ready, c.started, c.restartable, c.init);
        if (c.lastTermination) {
            text += fmt::format("    last {} {} {} {}\n", c.lastTermination->reason.view(), c.lastTermination->exitCode,
                                c.lastTermination->signal, timeOf(c.lastTermination->finished.get()));
        }
    }
    return text;
}

inline std::vector<std::string> dumpPods(const kube::DecodedList& list) {
    std::vector<std::string> dumps;
    for (const auto& item : list.items) {
        dumps.push_back(dumpPod(static_cast<const kinds::Pod&>(*item)));
    }
    return dumps;
}

}  // namespace quarterdeck::tests
