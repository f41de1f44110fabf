#include "app/kinds/pod.h"
#include "app/kinds/pod_assembly.h"
#include "app/kinds/pod_containers_protobuf.h"
#include "app/kinds/protobuf_decode.h"

namespace quarterdeck::kinds {

namespace {

std::string_view stringField(std::string_view message, std::uint32_t tag) {
    std::string_view text;
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == bytesField(tag)) {
            text = field.bytes;
        }
    });
    return text;
}

void readCondition(std::string_view message, ProtobufReader& reader, PodAssembly& assembly) {
    PodCondition condition;
    std::string_view type;
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                type = field.bytes;
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
    reader.spend(sizeof(PodCondition));
    assembly.addCondition(type, condition);
}

void readSpec(std::string_view message, ProtobufReader& reader, Pod& pod, PodAssembly& assembly) {
    std::vector<ReadinessGate> gates;
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(2):
                assembly.appSpecs.push_back(readContainerSpec(field.bytes, reader));
                break;
            case bytesField(3):
                assembly.setRestartPolicy(field.bytes);
                break;
            case bytesField(10):
                pod.node = reader.pooled(field.bytes);
                break;
            case bytesField(20):
                assembly.initSpecs.push_back(readContainerSpec(field.bytes, reader));
                break;
            case bytesField(28):
                reader.spend(sizeof(ReadinessGate));
                gates.push_back({reader.pooled(stringField(field.bytes, 1)), ConditionStatus::Missing});
                break;
            default:
                break;
        }
    });
    assembly.setGates(std::move(gates));
}

void readStatus(std::string_view message, ProtobufReader& reader, Pod& pod, PodAssembly& assembly) {
    std::string_view onlyIp;
    bool firstIp = true;
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                pod.phase = reader.pooled(field.bytes);
                break;
            case bytesField(2):
                readCondition(field.bytes, reader, assembly);
                break;
            case bytesField(4):
                pod.reason = reader.pooled(field.bytes);
                break;
            case bytesField(6):
                onlyIp = field.bytes;
                break;
            case bytesField(7):
                pod.started = CompactTime(ProtobufReader::time(field.bytes));
                break;
            case bytesField(8):
                assembly.appStatuses.push_back(readContainerStatus(field.bytes, reader));
                break;
            case bytesField(9):
                assembly.setQos(field.bytes);
                break;
            case bytesField(10):
                assembly.initStatuses.push_back(readContainerStatus(field.bytes, reader));
                break;
            case bytesField(11):
                assembly.setNominatedNode(reader.pooled(field.bytes));
                break;
            case bytesField(12):
                if (std::exchange(firstIp, false)) {
                    pod.ip = reader.text(stringField(field.bytes, 1));
                }
                break;
            default:
                break;
        }
    });
    if (pod.ip.empty()) {
        pod.ip = reader.text(onlyIp);
    }
}

}  // namespace

kube::ObjectPtr decodePodMessage(std::string_view message, ProtobufReader& reader) {
    reader.spend(sizeof(Pod));
    auto pod = std::make_shared<Pod>();
    PodAssembly assembly(*pod);
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                readMeta(field.bytes, reader, pod->meta);
                break;
            case bytesField(2):
                readSpec(field.bytes, reader, *pod, assembly);
                break;
            case bytesField(3):
                readStatus(field.bytes, reader, *pod, assembly);
                break;
            default:
                break;
        }
    });
    if (!identifiable(pod->meta)) {
        return nullptr;
    }
    assembly.finish();
    return pod;
}

}  // namespace quarterdeck::kinds
