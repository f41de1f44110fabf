#pragma once

#include "app/base/error.h"
#include "app/kinds/pod.h"
#include "app/kinds/pod_requests.h"
#include "app/kinds/pod_status.h"
#include "tests/fuzz/check.h"

namespace quarterdeck::fuzz {

/// What must hold for every object that a decoder hands out; for pods, everything that a table asks of them.
inline void checkObject(const kube::ObjectPtr& object, bool pod) {
    check(object != nullptr, "a decoder hands out objects");
    check(!object->meta.name.empty() && !object->meta.uid.empty(), "an object has a name and a uid");
    if (!pod) {
        return;
    }
    const auto& typed = static_cast<const kinds::Pod&>(*object);
    const kinds::PodSummary summary = kinds::summarise(typed);
    // More may be ready than the spec has, where statuses name containers that it does not know: as kubectl counts.
    check(static_cast<std::size_t>(summary.ready) <= typed.containers.size() && summary.gatesReady <= summary.gates,
          "a part is not more than the whole");
    const Instant now{std::chrono::seconds(1'800'000'000)};
    static_cast<void>(kinds::readyText(summary) + kinds::restartsText(summary, now) + kinds::plainStatus(typed));
    static_cast<void>(kinds::requestsOf(typed));
    check(typed.initContainers().size() + typed.appContainers().size() == typed.containers.size(),
          "a container is an init container or none");
}

inline void checkList(const Result<kube::DecodedList>& list, bool pods) {
    if (!list) {
        check(!describe(list.error()).empty(), "an error has a sentence");
        return;
    }
    for (const auto& object : list->items) {
        checkObject(object, pods);
    }
}

inline void checkEvent(const Result<kube::WatchEvent>& event, bool pods) {
    if (!event) {
        check(!describe(event.error()).empty(), "an error has a sentence");
        return;
    }
    const bool bare = event->type == kube::WatchEventType::Bookmark || event->type == kube::WatchEventType::Error;
    check(bare == (event->object == nullptr), "changes have an object, bookmarks and errors have none");
    if (event->object) {
        checkObject(event->object, pods);
    }
}

}  // namespace quarterdeck::fuzz
