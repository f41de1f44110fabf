#include "app/kinds/node.h"

#include <algorithm>

#include "app/kinds/node_status.h"
#include "app/kinds/protobuf_decode.h"

namespace quarterdeck::kinds {

namespace {

void readResources(JsonValue& value, Reader& reader, NodeResources& resources) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("cpu")) {
            resources.cpuMilli = reader.milli(field);
        } else if (name.is("memory")) {
            resources.memory = reader.whole(field);
        } else if (name.is("ephemeral-storage")) {
            resources.ephemeralStorage = reader.whole(field);
        } else if (name.is("pods")) {
            resources.pods = reader.whole(field);
        }
    });
}

NodeCondition readCondition(JsonValue& value, Reader& reader) {
    NodeCondition condition;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("type")) {
            condition.type = reader.pooled(field);
        } else if (name.is("status")) {
            condition.status = conditionStatus(reader.text(field));
        } else if (name.is("reason")) {
            condition.reason = reader.pooled(field);
        } else if (name.is("lastTransitionTime")) {
            condition.since = CompactTime(reader.time(field));
        }
    });
    return condition;
}

Taint readTaint(JsonValue& value, Reader& reader) {
    Taint taint;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("key")) {
            taint.key = reader.pooled(field);
        } else if (name.is("value")) {
            taint.value = reader.pooled(field);
        } else if (name.is("effect")) {
            taint.effect = reader.pooled(field);
        }
    });
    return taint;
}

/// The first address of each type counts, as kubectl has it.
void readAddress(JsonValue& value, Reader& reader, Node& node) {
    std::string_view type;
    std::string_view address;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("type")) {
            type = reader.text(field);
        } else if (name.is("address")) {
            address = reader.text(field);
        }
    });
    if (type == "InternalIP" && node.internalIp.empty()) {
        node.internalIp = address;
    } else if (type == "ExternalIP" && node.externalIp.empty()) {
        node.externalIp = address;
    }
}

void readNodeInfo(JsonValue& value, Reader& reader, Node& node) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("kubeletVersion")) {
            node.kubeletVersion = reader.pooled(field);
        } else if (name.is("osImage")) {
            node.osImage = reader.pooled(field);
        } else if (name.is("kernelVersion")) {
            node.kernelVersion = reader.pooled(field);
        } else if (name.is("containerRuntimeVersion")) {
            node.containerRuntime = reader.pooled(field);
        } else if (name.is("architecture")) {
            node.architecture = reader.pooled(field);
        }
    });
}

void readSpec(JsonValue& value, Reader& reader, Node& node) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("unschedulable")) {
            node.unschedulable = reader.boolean(field);
        } else if (name.is("taints")) {
            node.taints.clear();
            eachElement(field, reader, [&](JsonValue& element) { node.taints.push_back(readTaint(element, reader)); });
        }
    });
}

void readStatus(JsonValue& value, Reader& reader, Node& node) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("conditions")) {
            node.conditions.clear();
            eachElement(field, reader,
                        [&](JsonValue& element) { node.conditions.push_back(readCondition(element, reader)); });
        } else if (name.is("addresses")) {
            eachElement(field, reader, [&](JsonValue& element) { readAddress(element, reader, node); });
        } else if (name.is("nodeInfo")) {
            readNodeInfo(field, reader, node);
        } else if (name.is("capacity")) {
            readResources(field, reader, node.capacity);
        } else if (name.is("allocatable")) {
            readResources(field, reader, node.allocatable);
        }
    });
}

kube::ObjectPtr decodeNode(JsonValue& value, Reader& reader) {
    auto node = std::make_shared<Node>();
    eachObjectField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("metadata")) {
            readMeta(field, reader, node->meta);
        } else if (name.is("spec")) {
            readSpec(field, reader, *node);
        } else if (name.is("status")) {
            readStatus(field, reader, *node);
        }
    });
    if (reader.failed() || !identifiable(node->meta)) {
        return nullptr;
    }
    node->health = nodeHealth(*node);
    return node;
}

const kube::ResourceType& nodeType() {
    static const kube::ResourceType type{"", "v1", "nodes", "Node", false};
    return type;
}

}  // namespace

const NodeCondition* Node::condition(std::string_view type) const {
    const auto found = std::find_if(conditions.begin(), conditions.end(),
                                    [&](const NodeCondition& known) { return known.type == type; });
    return found != conditions.end() ? &*found : nullptr;
}

const kube::KindDescriptor& nodeKind() {
    static const kube::KindDescriptor kind = describeKind<nodeType, decodeNode, decodeNodeMessage>();
    return kind;
}

}  // namespace quarterdeck::kinds
