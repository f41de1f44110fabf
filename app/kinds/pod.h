#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "app/base/string_pool.h"
#include "app/kinds/boxed.h"
#include "app/kinds/compact_time.h"
#include "app/kinds/condition_status.h"
#include "app/kube/kind_descriptor.h"
#include "app/kube/object.h"

namespace quarterdeck::kinds {

enum class ContainerState : std::uint8_t { None, Waiting, Running, Terminated };

/// How a container ended.
struct Termination {
    PooledString reason;  ///< "OOMKilled", "Error", "Completed"; may be empty
    std::int32_t exitCode = 0;
    std::int32_t signal = 0;  ///< 0 = none reported
    CompactTime finished;
};

/// One container of a pod: its spec and its status, joined by name.
struct Container {
    static constexpr std::uint16_t kNoStatus = 0xFFFF;

    PooledString name;
    PooledString image;
    PooledString stateReason;  ///< of waiting or terminated
    /// The end before the present state, where there was one.
    Boxed<Termination> lastTermination;
    std::int64_t memoryRequest = 0;  ///< bytes; 0 = not set, as below
    std::int64_t memoryLimit = 0;
    std::int32_t cpuRequestMilli = 0;
    std::int32_t cpuLimitMilli = 0;
    std::int32_t restarts = 0;
    std::int32_t exitCode = 0;  ///< of the state, where terminated
    std::int32_t signal = 0;    ///< likewise
    CompactTime since;          ///< running since, or terminated at
    /// Place in containerStatuses or initContainerStatuses, which the kubelet sorts in its own way.
    std::uint16_t statusIndex = kNoStatus;
    ContainerState state = ContainerState::None;
    bool inSpec = false;  ///< false: the status names a container that the spec does not have
    bool ready = false;
    bool started = false;
    /// An init container with restartPolicy Always: a sidecar.
    bool restartable = false;
    bool init = false;

    [[nodiscard]] bool hasStatus() const { return statusIndex != kNoStatus; }
};

/// A CPU request or limit as a container keeps it.
[[nodiscard]] constexpr std::int32_t millicores(std::int64_t thousandths) {
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(thousandths, 0, std::numeric_limits<std::int32_t>::max()));
}

enum class PodConditionType : std::uint8_t { PodScheduled, Initialized, ContainersReady, Ready };
inline constexpr std::size_t kPodConditionCount = 4;

struct PodCondition {
    PooledString reason;
    CompactTime since;  ///< last transition
    ConditionStatus status = ConditionStatus::Missing;
};

enum class QosClass : std::uint8_t { Unknown, BestEffort, Burstable, Guaranteed };
enum class RestartPolicy : std::uint8_t { Unknown, Always, OnFailure, Never };

struct ReadinessGate {
    PooledString type;
    ConditionStatus status = ConditionStatus::Missing;
};

/// What few pods have.
struct PodExtras {
    PooledString nominatedNode;
    std::vector<ReadinessGate> readinessGates;
    std::array<PooledString, kPodConditionCount> conditionReasons;
};

/// What lists, the overview and the diagnosis need of a v1 Pod. There are thousands: mind its size.
struct Pod : kube::Object {
    QosClass qos = QosClass::Unknown;
    RestartPolicy restartPolicy = RestartPolicy::Unknown;
    std::uint8_t conditionBits = 0;  ///< see condition()
    CompactTime started;             ///< status.startTime
    PooledString phase;              ///< "Pending", "Running", "Succeeded", "Failed", "Unknown"
    PooledString reason;             ///< status.reason, such as "Evicted" or "NodeLost"
    PooledString node;               ///< empty until scheduled
    std::string ip;                  ///< the first pod IP; empty until assigned
    std::array<CompactTime, kPodConditionCount> conditionTimes;  ///< see condition()
    /// Init containers first, each part in the order of the spec.
    std::vector<Container> containers;
    Boxed<PodExtras> extras;  ///< most pods have none

    [[nodiscard]] std::span<const Container> initContainers() const { return std::span(containers).first(initCount()); }
    [[nodiscard]] std::span<const Container> appContainers() const {
        return std::span(containers).subspan(initCount());
    }
    [[nodiscard]] PodCondition condition(PodConditionType type) const;
    void setCondition(PodConditionType type, const PodCondition& condition);
    [[nodiscard]] std::span<const ReadinessGate> readinessGates() const {
        return extras ? std::span<const ReadinessGate>(extras->readinessGates) : std::span<const ReadinessGate>();
    }

private:
    [[nodiscard]] std::size_t initCount() const {
        return static_cast<std::size_t>(
            std::count_if(containers.begin(), containers.end(), [](const Container& c) { return c.init; }));
    }
};

[[nodiscard]] const kube::KindDescriptor& podKind();

}  // namespace quarterdeck::kinds
