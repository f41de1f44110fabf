#pragma once

#include <cstdint>
#include <optional>

#include "app/kinds/event.h"

namespace quarterdeck::kinds {

/// What an event says of times and numbers in its old and its new fields; needed only until it is complete.
struct EventTimes {
    std::optional<Instant> first;
    std::optional<Instant> last;
    std::optional<Instant> event;
    std::optional<Instant> series;
    std::int32_t count = 0;
    std::int32_t seriesCount = 0;
};

/// Works out when and how often an event was seen, and how bad it is.
void completeEvent(Event& event, const EventTimes& times);

}  // namespace quarterdeck::kinds
