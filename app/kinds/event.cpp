#include "app/kinds/event.h"

#include "app/kinds/event_times.h"
#include "app/kinds/protobuf_decode.h"

namespace quarterdeck::kinds {

namespace {

void readSubject(JsonValue& value, Reader& reader, EventSubject& subject) {
    subject = {};
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("kind")) {
            subject.kind = reader.pooled(field);
        } else if (name.is("namespace")) {
            subject.nameSpace = reader.pooled(field);
        } else if (name.is("name")) {
            subject.name = reader.text(field);
        } else if (name.is("uid")) {
            subject.uid = reader.text(field);
        } else if (name.is("fieldPath")) {
            subject.fieldPath = reader.pooled(field);
        }
    });
}

void readSource(JsonValue& value, Reader& reader, Event& event) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("component")) {
            if (PooledString component = reader.pooled(field); !component.empty()) {
                event.component = std::move(component);
            }
        } else if (name.is("host")) {
            event.host = reader.pooled(field);
        }
    });
}

void readSeries(JsonValue& value, Reader& reader, EventTimes& times) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("lastObservedTime")) {
            times.series = reader.time(field);
        } else if (name.is("count")) {
            times.seriesCount = reader.integer32(field);
        }
    });
}

/// Fields of core/v1 and, with the names they have there, of events.k8s.io/v1.
bool readTimeField(FieldName name, JsonValue& field, Reader& reader, EventTimes& times) {
    if (name.is("firstTimestamp") || name.is("deprecatedFirstTimestamp")) {
        times.first = reader.time(field);
    } else if (name.is("lastTimestamp") || name.is("deprecatedLastTimestamp")) {
        times.last = reader.time(field);
    } else if (name.is("eventTime")) {
        times.event = reader.time(field);
    } else if (name.is("count") || name.is("deprecatedCount")) {
        times.count = reader.integer32(field);
    } else if (name.is("series")) {
        readSeries(field, reader, times);
    } else {
        return false;
    }
    return true;
}

void readField(FieldName name, JsonValue& field, Reader& reader, Event& event) {
    if (name.is("metadata")) {
        readMeta(field, reader, event.meta);
    } else if (name.is("involvedObject") || name.is("regarding")) {
        readSubject(field, reader, event.subject);
    } else if (name.is("message") || name.is("note")) {
        event.message = reader.text(field);
    } else if (name.is("type")) {
        event.type = reader.pooled(field);
    } else if (name.is("reason")) {
        event.reason = reader.pooled(field);
    } else if (name.is("action")) {
        event.action = reader.pooled(field);
    } else if (name.is("source") || name.is("deprecatedSource")) {
        readSource(field, reader, event);
    } else if (name.is("reportingComponent") || name.is("reportingController")) {
        if (event.component.empty()) {
            event.component = reader.pooled(field);
        }
    }
}

kube::ObjectPtr decodeEvent(JsonValue& value, Reader& reader) {
    auto event = std::make_shared<Event>();
    EventTimes times;
    eachObjectField(value, reader, [&](FieldName name, JsonValue& field) {
        if (!readTimeField(name, field, reader, times)) {
            readField(name, field, reader, *event);
        }
    });
    if (reader.failed() || !identifiable(event->meta)) {
        return nullptr;
    }
    completeEvent(*event, times);
    return event;
}

const kube::ResourceType& eventType() {
    static const kube::ResourceType type{"", "v1", "events", "Event", true};
    return type;
}

}  // namespace

const kube::KindDescriptor& eventKind() {
    static const kube::KindDescriptor kind = describeKind<eventType, decodeEvent, decodeEventMessage>();
    return kind;
}

}  // namespace quarterdeck::kinds
