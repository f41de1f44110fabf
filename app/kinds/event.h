#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/kube/kind_descriptor.h"
#include "app/kube/object.h"

namespace quarterdeck::kinds {

/// What an event is about.
struct EventSubject {
    PooledString kind;
    PooledString nameSpace;
    std::string name;
    kube::Uid uid;
    PooledString fieldPath;  ///< "spec.containers{api}"; often empty
};

/// A v1 Event; the fields of events.k8s.io/v1 are understood too.
struct Event : kube::Object {
    bool warning = false;    ///< type is "Warning"
    PooledString type;       ///< "Normal" or "Warning"
    PooledString reason;     ///< "BackOff", "Scheduled", …
    PooledString component;  ///< who reported it
    PooledString host;       ///< from which node; often empty
    PooledString action;     ///< often empty
    EventSubject subject;
    std::string message;
    std::int32_t count = 1;  ///< how often it was seen, at least 1
    std::optional<Instant> firstSeen;
    /// The first that exists of series.lastObservedTime, lastTimestamp, eventTime, firstTimestamp, creation.
    std::optional<Instant> lastSeen;
    /// Of a group that is shown as one event: the member whose words it has, as the server knows it. Null: itself.
    std::shared_ptr<const Event> member;

    /// What the server calls it; a group has a uid and a version of its own.
    [[nodiscard]] const kube::ObjectMeta& servedMeta() const { return member ? member->meta : meta; }
};

[[nodiscard]] const kube::KindDescriptor& eventKind();

}  // namespace quarterdeck::kinds
