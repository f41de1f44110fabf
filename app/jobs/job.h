#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/base/clock.h"
#include "app/base/error.h"

namespace quarterdeck::jobs {

using JobId = std::uint64_t;

enum class JobState {
    Queued,     ///< waits for a free worker
    Running,    ///< under way
    Done,       ///< ended well
    Failed,     ///< ended with `error`
    Cancelled,  ///< ended because the person asked
};

/// A piece of long work as the person sees it; a value.
struct Job {
    JobId id = 0;
    std::string title;    ///< "Restore drill"
    std::string context;  ///< empty where it concerns none
    JobState state = JobState::Queued;
    Instant started{};   ///< when it was asked for, then when it began
    Instant finished{};  ///< zero until it ended
    /// 0 to 1; nothing while it cannot be known.
    std::optional<double> progress;
    std::string text;  ///< what is being done, then the outcome
    std::optional<Error> error;
    bool cancelling = false;  ///< asked to end and not yet ended

    [[nodiscard]] bool ended() const { return state != JobState::Queued && state != JobState::Running; }
};

}  // namespace quarterdeck::jobs
