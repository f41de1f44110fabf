#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/time_text.h"
#include "app/kinds/deployment.h"
#include "app/kinds/event.h"
#include "app/kinds/name_space.h"
#include "app/kinds/node.h"
#include "app/kinds/node_status.h"
#include "app/kinds/pod.h"
#include "app/kinds/pod_status.h"
#include "app/kinds/replica_set.h"

namespace quarterdeck::testbed {

/// Cells of one row by the title of their column.
using Row = std::map<std::string, std::string>;

/// What `kubectl get -o wide` prints: titles, and the rows by "namespace/name".
struct Table {
    std::vector<std::string> titles;
    std::map<std::string, Row> rows;
};

/// Reads kubectl's table: each cell begins where its title begins.
inline Table parseTable(std::string_view text) {
    Table table;
    std::vector<std::size_t> begins;
    const auto trimmed = [](std::string_view cell) {
        const auto end = cell.find_last_not_of(' ');
        return std::string(end == std::string_view::npos ? std::string_view() : cell.substr(0, end + 1));
    };
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (begins.empty()) {
            for (std::size_t at = 0; at < line.size();) {
                const std::size_t gap = std::min(line.find("   ", at), line.size());
                begins.push_back(at);
                table.titles.push_back(trimmed(line.substr(at, gap - at)));
                at = std::min(line.find_first_not_of(' ', gap), line.size());
            }
            continue;
        }
        Row row;
        for (std::size_t column = 0; column < begins.size(); ++column) {
            const std::size_t from = std::min(begins[column], line.size());
            const std::size_t to = column + 1 < begins.size() ? std::min(begins[column + 1], line.size()) : line.size();
            row[table.titles[column]] = trimmed(line.substr(from, to - from));
        }
        const std::string key = row.count("NAMESPACE") != 0 ? row["NAMESPACE"] + "/" + row["NAME"] : row["NAME"];
        table.rows[key] = std::move(row);
    }
    return table;
}

inline std::string orNone(std::string_view text) {
    return text.empty() ? "<none>" : std::string(text);
}

template <typename List, typename Text>
std::string joined(const List& list, Text text) {
    std::string result;
    for (const auto& item : list) {
        result += (result.empty() ? "" : ",") + std::string(text(item));
    }
    return result;
}

/// A cell as kubectl prints it: cut at the first line break.
inline std::string oneLine(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) {
        return {};
    }
    const std::string whole = text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
    const auto end = whole.find_first_of("\f\n\r");
    return end == std::string::npos ? whole : whole.substr(0, end) + "...";
}

inline Row podRow(const kinds::Pod& pod, Instant now) {
    const kinds::PodSummary summary = kinds::summarise(pod);
    return {{"NAMESPACE", pod.meta.nameSpace.str()},
            {"NAME", pod.meta.name},
            {"READY", kinds::readyText(summary)},
            {"STATUS", summary.status},
            {"RESTARTS", kinds::restartsText(summary, now)},
            {"AGE", kinds::ageText(pod.meta.creation, now)},
            {"IP", orNone(pod.ip)},
            {"NODE", orNone(pod.node.str())},
            {"NOMINATED NODE", orNone(pod.extras ? pod.extras->nominatedNode.str() : std::string())},
            {"READINESS GATES", kinds::readinessGatesText(summary)}};
}

inline Row nodeRow(const kinds::Node& node, Instant now) {
    return {{"NAME", node.meta.name},
            {"STATUS", kinds::nodeStatus(node)},
            {"ROLES", kinds::nodeRoles(node)},
            {"AGE", kinds::ageText(node.meta.creation, now)},
            {"VERSION", node.kubeletVersion.str()},
            {"INTERNAL-IP", orNone(node.internalIp)},
            {"EXTERNAL-IP", orNone(node.externalIp)},
            {"OS-IMAGE", node.osImage.str()},
            {"KERNEL-VERSION", node.kernelVersion.str()},
            {"CONTAINER-RUNTIME", node.containerRuntime.str()}};
}

inline Row templateRow(const std::vector<kinds::TemplateContainer>& containers) {
    return {{"CONTAINERS", joined(containers, [](const auto& one) { return one.name.str(); })},
            {"IMAGES", joined(containers, [](const auto& one) { return one.image.str(); })}};
}

inline Row deploymentRow(const kinds::Deployment& deployment, Instant now) {
    Row row = templateRow(deployment.containers);
    row.merge(Row{{"NAMESPACE", deployment.meta.nameSpace.str()},
                  {"NAME", deployment.meta.name},
                  {"READY", kinds::deploymentReady(deployment)},
                  {"UP-TO-DATE", std::to_string(deployment.updated)},
                  {"AVAILABLE", std::to_string(deployment.available)},
                  {"AGE", kinds::ageText(deployment.meta.creation, now)}});
    return row;
}

inline Row replicaSetRow(const kinds::ReplicaSet& set, Instant now) {
    Row row = templateRow(set.containers);
    row.merge(Row{{"NAMESPACE", set.meta.nameSpace.str()},
                  {"NAME", set.meta.name},
                  {"DESIRED", std::to_string(set.desired)},
                  {"CURRENT", std::to_string(set.current)},
                  {"READY", std::to_string(set.ready)},
                  {"AGE", kinds::ageText(set.meta.creation, now)}});
    return row;
}

inline Row nameSpaceRow(const kinds::NameSpace& space, Instant now) {
    return {
        {"NAME", space.meta.name}, {"STATUS", space.phase.str()}, {"AGE", kinds::ageText(space.meta.creation, now)}};
}

inline Row eventRow(const kinds::Event& event, Instant now) {
    std::string subject = event.subject.kind.str();
    std::transform(subject.begin(), subject.end(), subject.begin(),
                   [](char one) { return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one; });
    Row row{{"NAMESPACE", event.meta.nameSpace.str()},
            {"NAME", event.meta.name},
            {"LAST SEEN", kinds::ageText(event.lastSeen, now)},
            {"FIRST SEEN", kinds::ageText(event.firstSeen, now)},
            {"TYPE", event.type.str()},
            {"REASON", event.reason.str()},
            {"OBJECT", subject + "/" + event.subject.name},
            {"SUBOBJECT", event.subject.fieldPath.str()},
            {"MESSAGE", oneLine(event.message)},
            {"COUNT", std::to_string(event.count)}};
    // Where no node is named, kubectl names the reporting instance, which we have no column for.
    if (!event.host.empty()) {
        row["SOURCE"] = event.component.str() + ", " + event.host.str();
    }
    return row;
}

}  // namespace quarterdeck::testbed
