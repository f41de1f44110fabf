#pragma once

#include <cstdint>
#include <optional>

#include "app/kinds/pod.h"
#include "ui/tables/column.h"

namespace quarterdeck::ui {

/// What a pod's containers ask for and may use, added up; init containers that end are left out. Nothing where no
/// container sets it.
struct PodResources {
    std::optional<std::int64_t> cpuRequestMilli;
    std::optional<std::int64_t> cpuLimitMilli;
    std::optional<std::int64_t> memoryRequest;  ///< bytes
    std::optional<std::int64_t> memoryLimit;
    /// Containers, and how many of them set a limit: without it a pod may use what the node has.
    int containers = 0;
    int withCpuLimit = 0;
    int withMemoryLimit = 0;
};
[[nodiscard]] PodResources podResources(const kinds::Pod& pod);

[[nodiscard]] std::optional<double> coresOrNothing(std::optional<std::int64_t> milli);
[[nodiscard]] std::optional<double> bytesOrNothing(std::optional<std::int64_t> bytes);

// Columns of the pod table; hidden at first.
[[nodiscard]] Column cpuRequestColumn();
[[nodiscard]] Column cpuLimitColumn();
[[nodiscard]] Column memoryRequestColumn();
[[nodiscard]] Column memoryLimitColumn();

}  // namespace quarterdeck::ui
