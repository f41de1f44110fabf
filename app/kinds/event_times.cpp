#include "app/kinds/event_times.h"

#include <algorithm>
#include <initializer_list>

namespace quarterdeck::kinds {

void completeEvent(Event& event, const EventTimes& times) {
    const auto first = [](std::initializer_list<std::optional<Instant>> choices) {
        const auto found =
            std::find_if(choices.begin(), choices.end(), [](const auto& choice) { return choice.has_value(); });
        return found != choices.end() ? *found : std::nullopt;
    };
    event.lastSeen = first({times.series, times.last, times.event, times.first, event.meta.creation});
    event.firstSeen = first({times.first, times.event, event.meta.creation});
    event.count = std::max(1, times.seriesCount > 0 ? times.seriesCount : times.count);
    event.warning = event.type == "Warning";
    event.health = event.warning ? kube::Health::Warning : kube::Health::Good;
}

}  // namespace quarterdeck::kinds
