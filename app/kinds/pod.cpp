#include "app/kinds/pod.h"

#include "app/kinds/pod_assembly.h"
#include "app/kinds/pod_containers.h"
#include "app/kinds/protobuf_decode.h"

namespace quarterdeck::kinds {

namespace {

void readCondition(JsonValue& value, Reader& reader, PodAssembly& assembly) {
    PodCondition condition;
    std::string_view type;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("type")) {
            type = reader.text(field);
        } else if (name.is("status")) {
            condition.status = conditionStatus(reader.text(field));
        } else if (name.is("reason")) {
            condition.reason = reader.pooled(field);
        } else if (name.is("lastTransitionTime")) {
            condition.since = CompactTime(reader.time(field));
        }
    });
    assembly.addCondition(type, condition);
}

std::vector<ReadinessGate> readGates(JsonValue& value, Reader& reader) {
    std::vector<ReadinessGate> gates;
    eachElement(value, reader, [&](JsonValue& element) {
        ReadinessGate gate;
        eachField(element, reader, [&](FieldName name, JsonValue& field) {
            if (name.is("conditionType")) {
                gate.type = reader.pooled(field);
            }
        });
        gates.push_back(std::move(gate));
    });
    return gates;
}

void readSpec(JsonValue& value, Reader& reader, Pod& pod, PodAssembly& assembly) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("containers")) {
            readContainerSpecs(field, reader, assembly.appSpecs);
        } else if (name.is("initContainers")) {
            readContainerSpecs(field, reader, assembly.initSpecs);
        } else if (name.is("nodeName")) {
            pod.node = reader.pooled(field);
        } else if (name.is("readinessGates")) {
            assembly.setGates(readGates(field, reader));
        } else if (name.is("restartPolicy")) {
            assembly.setRestartPolicy(reader.text(field));
        }
    });
}

void readStatus(JsonValue& value, Reader& reader, Pod& pod, PodAssembly& assembly) {
    std::string_view onlyIp;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("phase")) {
            pod.phase = reader.pooled(field);
        } else if (name.is("conditions")) {
            assembly.clearConditions();
            eachElement(field, reader, [&](JsonValue& element) { readCondition(element, reader, assembly); });
        } else if (name.is("containerStatuses")) {
            readContainerStatuses(field, reader, assembly.appStatuses);
        } else if (name.is("initContainerStatuses")) {
            readContainerStatuses(field, reader, assembly.initStatuses);
        } else if (name.is("podIP")) {
            onlyIp = reader.text(field);
        } else if (name.is("podIPs")) {
            bool first = true;
            eachElement(field, reader, [&](JsonValue& element) {
                eachField(element, reader, [&](FieldName inner, JsonValue& ip) {
                    if (first && inner.is("ip")) {
                        pod.ip = reader.text(ip);
                    }
                });
                first = false;
            });
        } else if (name.is("qosClass")) {
            assembly.setQos(reader.text(field));
        } else if (name.is("startTime")) {
            pod.started = CompactTime(reader.time(field));
        } else if (name.is("reason")) {
            pod.reason = reader.pooled(field);
        } else if (name.is("nominatedNodeName")) {
            assembly.setNominatedNode(reader.pooled(field));
        }
    });
    if (pod.ip.empty()) {
        pod.ip = onlyIp;
    }
}

kube::ObjectPtr decodePod(JsonValue& value, Reader& reader) {
    auto pod = std::make_shared<Pod>();
    PodAssembly assembly(*pod);
    eachObjectField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("metadata")) {
            readMeta(field, reader, pod->meta);
        } else if (name.is("spec")) {
            readSpec(field, reader, *pod, assembly);
        } else if (name.is("status")) {
            readStatus(field, reader, *pod, assembly);
        }
    });
    if (reader.failed() || !identifiable(pod->meta)) {
        return nullptr;
    }
    assembly.finish();
    return pod;
}

const kube::ResourceType& podType() {
    static const kube::ResourceType type{"", "v1", "pods", "Pod", true};
    return type;
}

}  // namespace

PodCondition Pod::condition(PodConditionType type) const {
    const auto index = static_cast<std::size_t>(type);
    PodCondition condition;
    condition.status = static_cast<ConditionStatus>((conditionBits >> (2 * index)) & 3U);
    if (condition.status != ConditionStatus::Missing) {
        condition.since = conditionTimes[index];
        if (extras) {
            condition.reason = extras->conditionReasons[index];
        }
    }
    return condition;
}

void Pod::setCondition(PodConditionType type, const PodCondition& condition) {
    const auto index = static_cast<std::size_t>(type);
    const unsigned cleared = conditionBits & ~(3U << (2 * index));
    conditionBits = static_cast<std::uint8_t>(cleared | (static_cast<unsigned>(condition.status) << (2 * index)));
    conditionTimes[index] = condition.since;
    if (extras || !condition.reason.empty()) {
        extras.make().conditionReasons[index] = condition.reason;
    }
}

const kube::KindDescriptor& podKind() {
    static const kube::KindDescriptor kind = describeKind<podType, decodePod, decodePodMessage>();
    return kind;
}

}  // namespace quarterdeck::kinds
