#pragma once

#include "app/kinds/event.h"
#include "app/kinds/node.h"
#include "app/kinds/replica_set.h"
#include "tests/kinds/kind_fixtures.h"

namespace quarterdeck::tests {

/// Content of a file below tests/fixtures/kubernetes, byte by byte.
inline std::string kubernetesFixture(const std::string& name) {
    QFile file(QStringLiteral(QUARTERDECK_FIXTURES "/kubernetes/") + QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("cannot open fixture %s", name.c_str());
    }
    return file.readAll().toStdString();
}

inline std::string dumpMeta(const kube::Object& object) {
    const auto& meta = object.meta;
    std::string text =
        fmt::format("{}/{} {} {} {} {} health {}\n", meta.nameSpace.view(), meta.name, meta.uid, meta.resourceVersion,
                    timeOf(meta.creation), timeOf(meta.deletion), static_cast<int>(object.health));
    for (const auto& [key, value] : meta.labels) {
        text += fmt::format("  {}={}\n", key.view(), value.view());
    }
    for (const auto& owner : meta.owners) {
        text += fmt::format("  owner {} {} {} {}\n", owner.kind.view(), owner.name, owner.uid, owner.controller);
    }
    return text;
}

inline std::string dumpEvent(const kinds::Event& event) {
    return dumpMeta(event) + fmt::format("  {} {} {} {} {} {} {} {} {} {}\n  {} {} {} {} {}\n", event.warning,
                                         event.type.view(), event.reason.view(), event.component.view(),
                                         event.host.view(), event.action.view(), event.count, timeOf(event.firstSeen),
                                         timeOf(event.lastSeen), event.message, event.subject.kind.view(),
                                         event.subject.nameSpace.view(), event.subject.name, event.subject.uid,
                                         event.subject.fieldPath.view());
}

inline std::string dumpReplicaSet(const kinds::ReplicaSet& set) {
    std::string text = dumpMeta(set) + fmt::format("  {} {} {} {} revision {}\n", set.desired, set.current, set.ready,
                                                   set.available, set.revision);
    for (const auto& container : set.containers) {
        text += fmt::format("  {} {}\n", container.name.view(), container.image.view());
    }
    return text;
}

inline std::string dumpNode(const kinds::Node& node) {
    std::string text =
        dumpMeta(node) + fmt::format("  {} {} {} {} {} {} {} {}\n", node.unschedulable, node.internalIp,
                                     node.externalIp, node.kubeletVersion.view(), node.osImage.view(),
                                     node.kernelVersion.view(), node.containerRuntime.view(), node.architecture.view());
    for (const auto& part : {node.capacity, node.allocatable}) {
        text += fmt::format("  {} {} {} {}\n", part.cpuMilli, part.memory, part.ephemeralStorage, part.pods);
    }
    for (const auto& condition : node.conditions) {
        text += fmt::format("  {} {} {} {}\n", condition.type.view(), condition.reason.view(),
                            timeOf(condition.since.get()), static_cast<int>(condition.status));
    }
    for (const auto& taint : node.taints) {
        text += fmt::format("  taint {} {} {}\n", taint.key.view(), taint.value.view(), taint.effect.view());
    }
    return text;
}

/// Everything that a summary of one of these kinds holds, as text.
inline std::string dumpSummary(const std::string& kind, const kube::Object& object) {
    if (kind == "Pod") {
        const auto& pod = static_cast<const kinds::Pod&>(object);
        return dumpPod(pod) + (pod.extras ? "  nominated " + pod.extras->nominatedNode.str() + "\n" : std::string());
    }
    if (kind == "Event") {
        return dumpEvent(static_cast<const kinds::Event&>(object));
    }
    if (kind == "ReplicaSet") {
        return dumpReplicaSet(static_cast<const kinds::ReplicaSet&>(object));
    }
    return dumpNode(static_cast<const kinds::Node&>(object));
}

/// Sorted labels: JSON and protobuf may write a map in different orders.
inline std::string sortedLines(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    // Only labels stand as KEY=VALUE and directly one behind the other.
    const auto isLabel = [](const std::string& line) { return line.find('=') != std::string::npos; };
    for (auto from = lines.begin(); from != lines.end();) {
        from = std::find_if(from, lines.end(), isLabel);
        const auto end = std::find_if_not(from, lines.end(), isLabel);
        std::sort(from, end);
        from = end;
    }
    std::string sorted;
    for (const std::string& line : lines) {
        sorted += line + "\n";
    }
    return sorted;
}

inline std::vector<std::string> dumpSummaries(const std::string& kind, const kube::DecodedList& list) {
    std::vector<std::string> dumps;
    for (const auto& item : list.items) {
        dumps.push_back(sortedLines(dumpSummary(kind, *item)));
    }
    return dumps;
}

/// A protobuf watch stream cut into its frames.
inline std::vector<std::string> framesOf(std::string_view stream) {
    std::vector<std::string> frames;
    while (stream.size() >= 4) {
        std::size_t length = 0;
        for (int i = 0; i < 4; ++i) {
            length = (length << 8U) | static_cast<unsigned char>(stream[static_cast<std::size_t>(i)]);
        }
        frames.emplace_back(stream.substr(4, length));
        stream.remove_prefix(std::min(stream.size(), 4 + length));
    }
    return frames;
}

}  // namespace quarterdeck::tests
