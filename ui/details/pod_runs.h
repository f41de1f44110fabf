#pragma once

#include <optional>
#include <string>

#include "ui/details/detail_input.h"

namespace quarterdeck::ui {

/// A run of a container that has ended.
struct EndedRun {
    std::int32_t exitCode = 0;
    std::int32_t signal = 0;
    std::string reason;   ///< "Error", "OOMKilled"; may be empty
    std::string message;  ///< the container's last words; from the whole object only
    std::optional<Instant> finished;
    std::optional<std::chrono::seconds> length;  ///< from the whole object only
};

/// The latest end of a container: of its state where that is an end, else of the state before.
[[nodiscard]] std::optional<EndedRun> lastEnd(const kinds::Container& container, const DetailInput& input);

/// Whether every start, not only the last one, can have ended after about this time: all the restarts with their
/// back-offs (10 s, doubled up to 5 min) fill the time since the pod started.
[[nodiscard]] bool endsAlike(const EndedRun& run, const kinds::Container& container, const kinds::Pod& pod);

/// When the kubelet tries again, as its message "back-off 1m20s restarting …" says; nothing where it does not.
[[nodiscard]] std::optional<std::chrono::seconds> backOffIn(std::string_view message);

/// status of a container in the whole object; a JSON null without one.
[[nodiscard]] const nlohmann::json& statusOf(const kinds::Container& container, const DetailInput& input);
/// The same of its spec.
[[nodiscard]] const nlohmann::json& specOf(const kinds::Container& container, const DetailInput& input);

}  // namespace quarterdeck::ui
