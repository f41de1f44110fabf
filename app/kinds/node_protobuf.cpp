#include "app/kinds/node.h"
#include "app/kinds/node_status.h"
#include "app/kinds/protobuf_decode.h"

namespace quarterdeck::kinds {

namespace {

void readResource(std::string_view entry, NodeResources& resources) {
    readMapEntry(entry, [&](std::string_view key, std::string_view value) {
        if (key == "cpu") {
            resources.cpuMilli = ProtobufReader::milli(value);
        } else if (key == "memory") {
            resources.memory = ProtobufReader::whole(value);
        } else if (key == "ephemeral-storage") {
            resources.ephemeralStorage = ProtobufReader::whole(value);
        } else if (key == "pods") {
            resources.pods = ProtobufReader::whole(value);
        }
    });
}

NodeCondition readCondition(std::string_view message, ProtobufReader& reader) {
    reader.spend(sizeof(NodeCondition));
    NodeCondition condition;
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                condition.type = reader.pooled(field.bytes);
                break;
            case bytesField(2):
                condition.status = conditionStatus(field.bytes);
                break;
            case bytesField(4):
                condition.since = CompactTime(ProtobufReader::time(field.bytes));
                break;
            case bytesField(5):
                condition.reason = reader.pooled(field.bytes);
                break;
            default:
                break;
        }
    });
    return condition;
}

Taint readTaint(std::string_view message, ProtobufReader& reader) {
    reader.spend(sizeof(Taint));
    Taint taint;
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                taint.key = reader.pooled(field.bytes);
                break;
            case bytesField(2):
                taint.value = reader.pooled(field.bytes);
                break;
            case bytesField(3):
                taint.effect = reader.pooled(field.bytes);
                break;
            default:
                break;
        }
    });
    return taint;
}

/// The first address of each type counts, as kubectl has it.
void readAddress(std::string_view message, ProtobufReader& reader, Node& node) {
    std::string_view type;
    std::string_view address;
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == bytesField(1)) {
            type = field.bytes;
        } else if (field.key == bytesField(2)) {
            address = field.bytes;
        }
    });
    if (type == "InternalIP" && node.internalIp.empty()) {
        node.internalIp = reader.text(address);
    } else if (type == "ExternalIP" && node.externalIp.empty()) {
        node.externalIp = reader.text(address);
    }
}

void readNodeInfo(std::string_view message, ProtobufReader& reader, Node& node) {
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(4):
                node.kernelVersion = reader.pooled(field.bytes);
                break;
            case bytesField(5):
                node.osImage = reader.pooled(field.bytes);
                break;
            case bytesField(6):
                node.containerRuntime = reader.pooled(field.bytes);
                break;
            case bytesField(7):
                node.kubeletVersion = reader.pooled(field.bytes);
                break;
            case bytesField(10):
                node.architecture = reader.pooled(field.bytes);
                break;
            default:
                break;
        }
    });
}

void readSpec(std::string_view message, ProtobufReader& reader, Node& node) {
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == varintField(4)) {
            node.unschedulable = ProtobufReader::boolean(field);
        } else if (field.key == bytesField(5)) {
            node.taints.push_back(readTaint(field.bytes, reader));
        }
    });
}

void readStatus(std::string_view message, ProtobufReader& reader, Node& node) {
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                readResource(field.bytes, node.capacity);
                break;
            case bytesField(2):
                readResource(field.bytes, node.allocatable);
                break;
            case bytesField(4):
                node.conditions.push_back(readCondition(field.bytes, reader));
                break;
            case bytesField(5):
                readAddress(field.bytes, reader, node);
                break;
            case bytesField(7):
                readNodeInfo(field.bytes, reader, node);
                break;
            default:
                break;
        }
    });
}

}  // namespace

kube::ObjectPtr decodeNodeMessage(std::string_view message, ProtobufReader& reader) {
    reader.spend(sizeof(Node));
    auto node = std::make_shared<Node>();
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                readMeta(field.bytes, reader, node->meta);
                break;
            case bytesField(2):
                readSpec(field.bytes, reader, *node);
                break;
            case bytesField(3):
                readStatus(field.bytes, reader, *node);
                break;
            default:
                break;
        }
    });
    if (!identifiable(node->meta)) {
        return nullptr;
    }
    node->health = nodeHealth(*node);
    return node;
}

}  // namespace quarterdeck::kinds
