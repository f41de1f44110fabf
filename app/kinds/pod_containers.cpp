#include "app/kinds/pod_containers.h"

#include <algorithm>

namespace quarterdeck::kinds {

namespace {

void readQuantities(JsonValue& value, Reader& reader, std::int32_t& cpuMilli, std::int64_t& memory) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("cpu")) {
            cpuMilli = millicores(reader.milli(field));
        } else if (name.is("memory")) {
            memory = std::max<std::int64_t>(0, reader.whole(field));
        }
    });
}

void readResources(JsonValue& value, Reader& reader, Container& container) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("requests")) {
            readQuantities(field, reader, container.cpuRequestMilli, container.memoryRequest);
        } else if (name.is("limits")) {
            readQuantities(field, reader, container.cpuLimitMilli, container.memoryLimit);
        }
    });
}

Termination readTermination(JsonValue& value, Reader& reader) {
    Termination end;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("exitCode")) {
            end.exitCode = reader.integer32(field);
        } else if (name.is("reason")) {
            end.reason = reader.pooled(field);
        } else if (name.is("finishedAt")) {
            end.finished = CompactTime(reader.time(field));
        } else if (name.is("signal")) {
            end.signal = reader.integer32(field);
        }
    });
    return end;
}

/// A state field that is null does not count; an object does, even an empty one.
bool isObject(JsonValue& value) {
    return value.raw_json_token().starts_with('{');
}

void readState(JsonValue& value, Reader& reader, Container& container) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (!isObject(field)) {
            return;
        }
        if (name.is("running")) {
            container.state = ContainerState::Running;
            eachField(field, reader, [&](FieldName inner, JsonValue& time) {
                if (inner.is("startedAt")) {
                    container.since = CompactTime(reader.time(time));
                }
            });
        } else if (name.is("waiting")) {
            container.state = ContainerState::Waiting;
            eachField(field, reader, [&](FieldName inner, JsonValue& reason) {
                if (inner.is("reason")) {
                    container.stateReason = reader.pooled(reason);
                }
            });
        } else if (name.is("terminated")) {
            const Termination end = readTermination(field, reader);
            container.state = ContainerState::Terminated;
            container.stateReason = end.reason;
            container.exitCode = end.exitCode;
            container.signal = end.signal;
            container.since = end.finished;
        }
    });
}

void readLastState(JsonValue& value, Reader& reader, Container& container) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("terminated") && isObject(field)) {
            container.lastTermination = Boxed<Termination>(readTermination(field, reader));
        }
    });
}

Container readContainerSpec(JsonValue& value, Reader& reader) {
    Container container;
    container.inSpec = true;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("name")) {
            container.name = reader.pooled(field);
        } else if (name.is("image")) {
            container.image = reader.pooled(field);
        } else if (name.is("resources")) {
            readResources(field, reader, container);
        } else if (name.is("restartPolicy")) {
            container.restartable = reader.text(field) == "Always";
        }
    });
    return container;
}

Container readContainerStatus(JsonValue& value, Reader& reader) {
    Container container;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("name")) {
            container.name = reader.pooled(field);
        } else if (name.is("ready")) {
            container.ready = reader.boolean(field);
        } else if (name.is("restartCount")) {
            container.restarts = std::max(0, reader.integer32(field));
        } else if (name.is("state")) {
            readState(field, reader, container);
        } else if (name.is("lastState")) {
            readLastState(field, reader, container);
        } else if (name.is("started")) {
            container.started = reader.boolean(field);
        } else if (name.is("image")) {
            container.image = reader.pooled(field);
        }
    });
    return container;
}

}  // namespace

void readContainerSpecs(JsonValue& value, Reader& reader, std::vector<Container>& containers) {
    containers.clear();
    eachElement(value, reader, [&](JsonValue& element) { containers.push_back(readContainerSpec(element, reader)); });
}

void readContainerStatuses(JsonValue& value, Reader& reader, std::vector<Container>& containers) {
    containers.clear();
    eachElement(value, reader, [&](JsonValue& element) { containers.push_back(readContainerStatus(element, reader)); });
}

}  // namespace quarterdeck::kinds
