#include "app/kinds/pod.h"

#include <algorithm>
#include <iterator>

#include "app/kinds/json_decode.h"
#include "app/kinds/pod_containers.h"
#include "app/kinds/pod_status.h"

namespace quarterdeck::kinds {

namespace {

/// Gathers what the parts of a pod say, in whatever order they come, and joins it at the end.
class PodBuilder {
public:
    PodBuilder(Pod& pod, Reader& reader) : pod_(pod), reader_(reader) {}

    void readSpec(JsonValue& value);
    void readStatus(JsonValue& value);
    void finish();

private:
    struct Condition {
        PooledString type;
        ConditionStatus status;
    };

    void readCondition(JsonValue& value);
    void readGates(JsonValue& value);
    void resolveGates();

    Pod& pod_;
    Reader& reader_;
    std::vector<Container> initContainers_;
    std::vector<Container> appContainers_;
    std::vector<Condition> otherConditions_;
};

std::optional<PodConditionType> knownCondition(std::string_view type) {
    if (type == "Ready") {
        return PodConditionType::Ready;
    }
    if (type == "ContainersReady") {
        return PodConditionType::ContainersReady;
    }
    if (type == "Initialized") {
        return PodConditionType::Initialized;
    }
    if (type == "PodScheduled") {
        return PodConditionType::PodScheduled;
    }
    return std::nullopt;
}

void PodBuilder::readCondition(JsonValue& value) {
    PodCondition condition;
    std::string_view type;
    eachField(value, reader_, [&](FieldName name, JsonValue& field) {
        if (name.is("type")) {
            type = reader_.text(field);
        } else if (name.is("status")) {
            condition.status = conditionStatus(reader_.text(field));
        } else if (name.is("reason")) {
            condition.reason = reader_.pooled(field);
        } else if (name.is("lastTransitionTime")) {
            condition.since = CompactTime(reader_.time(field));
        }
    });
    if (const auto known = knownCondition(type)) {
        pod_.setCondition(*known, condition);
    } else if (!type.empty()) {
        otherConditions_.push_back({reader_.intern(type), condition.status});
    }
}

void PodBuilder::readGates(JsonValue& value) {
    std::vector<ReadinessGate> gates;
    eachElement(value, reader_, [&](JsonValue& element) {
        ReadinessGate gate;
        eachField(element, reader_, [&](FieldName name, JsonValue& field) {
            if (name.is("conditionType")) {
                gate.type = reader_.pooled(field);
            }
        });
        gates.push_back(std::move(gate));
    });
    if (!gates.empty()) {
        pod_.extras.make().readinessGates = std::move(gates);
    }
}

void PodBuilder::readSpec(JsonValue& value) {
    eachField(value, reader_, [&](FieldName name, JsonValue& field) {
        if (name.is("containers")) {
            readContainerSpecs(field, reader_, appContainers_);
        } else if (name.is("initContainers")) {
            readContainerSpecs(field, reader_, initContainers_);
        } else if (name.is("nodeName")) {
            pod_.node = reader_.pooled(field);
        } else if (name.is("readinessGates")) {
            readGates(field);
        } else if (name.is("restartPolicy")) {
            const std::string_view text = reader_.text(field);
            pod_.restartPolicy = text == "Always"      ? RestartPolicy::Always
                                 : text == "OnFailure" ? RestartPolicy::OnFailure
                                 : text == "Never"     ? RestartPolicy::Never
                                                       : RestartPolicy::Unknown;
        }
    });
}

void PodBuilder::readStatus(JsonValue& value) {
    std::string_view onlyIp;
    eachField(value, reader_, [&](FieldName name, JsonValue& field) {
        if (name.is("phase")) {
            pod_.phase = reader_.pooled(field);
        } else if (name.is("conditions")) {
            pod_.conditionBits = 0;
            otherConditions_.clear();
            eachElement(field, reader_, [&](JsonValue& element) { readCondition(element); });
        } else if (name.is("containerStatuses")) {
            readContainerStatuses(field, reader_, appContainers_);
        } else if (name.is("initContainerStatuses")) {
            readContainerStatuses(field, reader_, initContainers_);
        } else if (name.is("podIP")) {
            onlyIp = reader_.text(field);
        } else if (name.is("podIPs")) {
            bool first = true;
            eachElement(field, reader_, [&](JsonValue& element) {
                eachField(element, reader_, [&](FieldName inner, JsonValue& ip) {
                    if (first && inner.is("ip")) {
                        pod_.ip = reader_.text(ip);
                    }
                });
                first = false;
            });
        } else if (name.is("qosClass")) {
            const std::string_view text = reader_.text(field);
            pod_.qos = text == "Burstable"    ? QosClass::Burstable
                       : text == "BestEffort" ? QosClass::BestEffort
                       : text == "Guaranteed" ? QosClass::Guaranteed
                                              : QosClass::Unknown;
        } else if (name.is("startTime")) {
            pod_.started = CompactTime(reader_.time(field));
        } else if (name.is("reason")) {
            pod_.reason = reader_.pooled(field);
        } else if (name.is("nominatedNodeName")) {
            if (PooledString nominated = reader_.pooled(field); !nominated.empty()) {
                pod_.extras.make().nominatedNode = std::move(nominated);
            }
        }
    });
    if (pod_.ip.empty()) {
        pod_.ip = onlyIp;
    }
}

void PodBuilder::finish() {
    if (!pod_.readinessGates().empty()) {
        resolveGates();
    }
    for (Container& container : initContainers_) {
        container.init = true;
    }
    pod_.containers.reserve(initContainers_.size() + appContainers_.size());
    std::move(initContainers_.begin(), initContainers_.end(), std::back_inserter(pod_.containers));
    std::move(appContainers_.begin(), appContainers_.end(), std::back_inserter(pod_.containers));
    pod_.health = podHealth(pod_);
}

void PodBuilder::resolveGates() {
    for (ReadinessGate& gate : pod_.extras.make().readinessGates) {
        if (const auto known = knownCondition(gate.type)) {
            gate.status = pod_.condition(*known).status;
            continue;
        }
        const auto found = std::find_if(otherConditions_.begin(), otherConditions_.end(),
                                        [&](const Condition& c) { return c.type == gate.type; });
        gate.status = found != otherConditions_.end() ? found->status : ConditionStatus::Missing;
    }
}

kube::ObjectPtr decodePod(JsonValue& value, Reader& reader) {
    auto pod = std::make_shared<Pod>();
    PodBuilder builder(*pod, reader);
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("metadata")) {
            readMeta(field, reader, pod->meta);
        } else if (name.is("spec")) {
            builder.readSpec(field);
        } else if (name.is("status")) {
            builder.readStatus(field);
        }
    });
    if (reader.failed() || !identifiable(pod->meta)) {
        return nullptr;
    }
    builder.finish();
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
    static const kube::KindDescriptor kind = describeKind<podType, decodePod>();
    return kind;
}

}  // namespace quarterdeck::kinds
