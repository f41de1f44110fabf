#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace quarterdeck::tests {

/// A container as the cases of a test need it; its spec and status are written into a pod's JSON by PodJson.
struct ContainerCase {
    std::string name;
    nlohmann::json state = nlohmann::json::object();
    bool ready = false;
    int restarts = 0;
    /// finishedAt of lastState.terminated; empty = never ended.
    std::string lastEnd = {};
    bool started = true;
    bool hasStatus = true;

    ContainerCase& restarted(int count, std::string end = {}) {
        restarts = count;
        lastEnd = std::move(end);
        return *this;
    }
    ContainerCase& isReady(bool value = true) {
        ready = value;
        return *this;
    }
    ContainerCase& isStarted(bool value) {
        started = value;
        return *this;
    }
};

inline ContainerCase running(std::string name) {
    return {std::move(name), {{"running", {{"startedAt", "2026-03-14T11:00:00Z"}}}}, true};
}
inline ContainerCase waiting(std::string name, std::string reason) {
    auto waits = nlohmann::json::object();
    if (!reason.empty()) {
        waits["reason"] = std::move(reason);
    }
    return {std::move(name), {{"waiting", waits}}, false, 0, {}, false};
}
inline ContainerCase terminated(std::string name, std::string reason, int exitCode, int signal = 0) {
    nlohmann::json end{{"exitCode", exitCode}, {"finishedAt", "2026-03-14T11:30:00Z"}};
    if (!reason.empty()) {
        end["reason"] = std::move(reason);
    }
    if (signal != 0) {
        end["signal"] = signal;
    }
    return {std::move(name), {{"terminated", end}}, false, 0, {}, false};
}
/// Nothing known yet: a status with an empty state.
inline ContainerCase blank(std::string name) {
    return {std::move(name)};
}
/// In the spec only.
inline ContainerCase unreported(std::string name) {
    ContainerCase container{std::move(name)};
    container.hasStatus = false;
    return container;
}

/// A pod's JSON, piece by piece.
class PodJson {
public:
    explicit PodJson(std::string phase) {
        pod_ = {{"metadata",
                 {{"name", "web-7c9d5f6b88-x2v8n"},
                  {"namespace", "shop"},
                  {"uid", "5d1f0a8e-1b7c-4a55-9e57-0c3f8f4d2a11"},
                  {"resourceVersion", "1001"},
                  {"creationTimestamp", "2026-03-14T10:00:00Z"}}},
                {"spec", {{"containers", nlohmann::json::array()}, {"restartPolicy", "Always"}}},
                {"status", {{"phase", std::move(phase)}}}};
    }
    PodJson& app(const ContainerCase& container) { return add(container, "containers", "containerStatuses", false); }
    PodJson& init(const ContainerCase& container) {
        return add(container, "initContainers", "initContainerStatuses", false);
    }
    PodJson& sidecar(const ContainerCase& container) {
        return add(container, "initContainers", "initContainerStatuses", true);
    }
    PodJson& reason(std::string text) {
        pod_["status"]["reason"] = std::move(text);
        return *this;
    }
    PodJson& deleted() {
        pod_["metadata"]["deletionTimestamp"] = "2026-03-14T11:59:30Z";
        return *this;
    }
    PodJson& condition(std::string type, std::string status, std::string why = {}) {
        nlohmann::json condition{{"type", std::move(type)}, {"status", std::move(status)}};
        if (!why.empty()) {
            condition["reason"] = std::move(why);
        }
        pod_["status"]["conditions"].push_back(std::move(condition));
        return *this;
    }
    PodJson& gate(std::string type) {
        pod_["spec"]["readinessGates"].push_back({{"conditionType", std::move(type)}});
        return *this;
    }
    PodJson& policy(std::string text) {
        pod_["spec"]["restartPolicy"] = std::move(text);
        return *this;
    }
    [[nodiscard]] const nlohmann::json& json() const { return pod_; }
    [[nodiscard]] std::string list() const {
        return nlohmann::json{{"kind", "PodList"},
                              {"apiVersion", "v1"},
                              {"metadata", {{"resourceVersion", "1"}}},
                              {"items", nlohmann::json::array({pod_})}}
            .dump();
    }

private:
    PodJson& add(const ContainerCase& container, const char* specs, const char* statuses, bool always) {
        nlohmann::json spec{{"name", container.name}, {"image", "registry.example.com/" + container.name + ":1"}};
        if (always) {
            spec["restartPolicy"] = "Always";
        }
        pod_["spec"][specs].push_back(std::move(spec));
        if (container.hasStatus) {
            nlohmann::json status{{"name", container.name},       {"state", container.state},
                                  {"ready", container.ready},     {"restartCount", container.restarts},
                                  {"started", container.started}, {"lastState", nlohmann::json::object()}};
            if (!container.lastEnd.empty()) {
                status["lastState"]["terminated"] = {{"exitCode", 1}, {"finishedAt", container.lastEnd}};
            }
            pod_["status"][statuses].push_back(std::move(status));
        }
        return *this;
    }

    nlohmann::json pod_;
};

}  // namespace quarterdeck::tests
