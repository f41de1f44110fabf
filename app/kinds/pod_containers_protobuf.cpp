#include "app/kinds/pod_containers_protobuf.h"

#include <algorithm>

namespace quarterdeck::kinds {

namespace {

void readQuantity(std::string_view entry, std::int32_t& cpuMilli, std::int64_t& memory) {
    readMapEntry(entry, [&](std::string_view key, std::string_view value) {
        if (key == "cpu") {
            cpuMilli = millicores(ProtobufReader::milli(value));
        } else if (key == "memory") {
            memory = std::max<std::int64_t>(0, ProtobufReader::whole(value));
        }
    });
}

void readResources(std::string_view message, Container& container) {
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == bytesField(1)) {
            readQuantity(field.bytes, container.cpuLimitMilli, container.memoryLimit);
        } else if (field.key == bytesField(2)) {
            readQuantity(field.bytes, container.cpuRequestMilli, container.memoryRequest);
        }
    });
}

Termination readTermination(std::string_view message, ProtobufReader& reader) {
    Termination end;
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case varintField(1):
                end.exitCode = ProtobufReader::integer32(field);
                break;
            case varintField(2):
                end.signal = ProtobufReader::integer32(field);
                break;
            case bytesField(3):
                end.reason = reader.pooled(field.bytes);
                break;
            case bytesField(6):
                end.finished = CompactTime(ProtobufReader::time(field.bytes));
                break;
            default:
                break;
        }
    });
    return end;
}

void readState(std::string_view message, ProtobufReader& reader, Container& container) {
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                container.state = ContainerState::Waiting;
                eachProtoField(field.bytes, [&](const ProtoField& inner) {
                    if (inner.key == bytesField(1)) {
                        container.stateReason = reader.pooled(inner.bytes);
                    }
                });
                break;
            case bytesField(2):
                container.state = ContainerState::Running;
                eachProtoField(field.bytes, [&](const ProtoField& inner) {
                    if (inner.key == bytesField(1)) {
                        container.since = CompactTime(ProtobufReader::time(inner.bytes));
                    }
                });
                break;
            case bytesField(3): {
                const Termination end = readTermination(field.bytes, reader);
                container.state = ContainerState::Terminated;
                container.stateReason = end.reason;
                container.exitCode = end.exitCode;
                container.signal = end.signal;
                container.since = end.finished;
                break;
            }
            default:
                break;
        }
    });
}

void readLastState(std::string_view message, ProtobufReader& reader, Container& container) {
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == bytesField(3)) {
            container.lastTermination = Boxed<Termination>(readTermination(field.bytes, reader));
        }
    });
}

}  // namespace

Container readContainerSpec(std::string_view message, ProtobufReader& reader) {
    reader.spend(sizeof(Container));
    Container container;
    container.inSpec = true;
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                container.name = reader.pooled(field.bytes);
                break;
            case bytesField(2):
                container.image = reader.pooled(field.bytes);
                break;
            case bytesField(8):
                readResources(field.bytes, container);
                break;
            case bytesField(24):
                container.restartable = field.bytes == "Always";
                break;
            default:
                break;
        }
    });
    return container;
}

Container readContainerStatus(std::string_view message, ProtobufReader& reader) {
    reader.spend(sizeof(Container));
    Container container;
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                container.name = reader.pooled(field.bytes);
                break;
            case bytesField(2):
                readState(field.bytes, reader, container);
                break;
            case bytesField(3):
                readLastState(field.bytes, reader, container);
                break;
            case varintField(4):
                container.ready = ProtobufReader::boolean(field);
                break;
            case varintField(5):
                container.restarts = std::max(0, ProtobufReader::integer32(field));
                break;
            case bytesField(6):
                container.image = reader.pooled(field.bytes);
                break;
            case varintField(9):
                container.started = ProtobufReader::boolean(field);
                break;
            default:
                break;
        }
    });
    return container;
}

}  // namespace quarterdeck::kinds
