#include "app/kinds/deployment.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/kinds/json_decode.h"
#include "app/kinds/workload_reader.h"

namespace quarterdeck::kinds {

namespace {

void readSpec(JsonValue& value, Reader& reader, Deployment& deployment) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("replicas")) {
            deployment.desired = std::max(0, reader.integer32(field, 1));
        } else if (name.is("template")) {
            readTemplate(field, reader, deployment.containers);
        } else if (name.is("paused")) {
            deployment.paused = reader.boolean(field);
        } else if (name.is("strategy")) {
            eachField(field, reader, [&](FieldName inner, JsonValue& type) {
                if (inner.is("type")) {
                    deployment.strategy = reader.pooled(type);
                }
            });
        }
    });
}

void readCondition(JsonValue& value, Reader& reader, Deployment& deployment) {
    std::string_view type;
    WorkloadCondition condition;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("type")) {
            type = reader.text(field);
        } else if (name.is("status")) {
            condition.status = conditionStatus(reader.text(field));
        } else if (name.is("reason")) {
            condition.reason = reader.pooled(field);
        } else if (name.is("message")) {
            condition.message = reader.text(field);
        } else if (name.is("lastTransitionTime")) {
            condition.since = CompactTime(reader.time(field));
        }
    });
    if (type == "Progressing") {
        deployment.progressing = std::move(condition);
    } else if (type == "Available") {
        deployment.availableCondition = std::move(condition);
    } else if (type == "ReplicaFailure") {
        deployment.replicaFailure = std::move(condition);
    }
}

void readStatus(JsonValue& value, Reader& reader, Deployment& deployment) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("replicas")) {
            deployment.current = reader.integer32(field);
        } else if (name.is("updatedReplicas")) {
            deployment.updated = reader.integer32(field);
        } else if (name.is("readyReplicas")) {
            deployment.ready = reader.integer32(field);
        } else if (name.is("availableReplicas")) {
            deployment.available = reader.integer32(field);
        } else if (name.is("unavailableReplicas")) {
            deployment.unavailable = reader.integer32(field);
        } else if (name.is("observedGeneration")) {
            deployment.observedGeneration = reader.integer(field);
        } else if (name.is("conditions")) {
            eachElement(field, reader, [&](JsonValue& element) { readCondition(element, reader, deployment); });
        }
    });
}

kube::ObjectPtr decodeDeployment(JsonValue& value, Reader& reader) {
    auto deployment = std::make_shared<Deployment>();
    MetaExtras extras;
    eachObjectField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("metadata")) {
            readMeta(field, reader, deployment->meta, &extras);
        } else if (name.is("spec")) {
            readSpec(field, reader, *deployment);
        } else if (name.is("status")) {
            readStatus(field, reader, *deployment);
        }
    });
    if (reader.failed() || !identifiable(deployment->meta)) {
        return nullptr;
    }
    deployment->generation = extras.generation;
    deployment->revision = extras.revision;
    deployment->health = deploymentHealth(*deployment);
    return deployment;
}

const kube::ResourceType& deploymentType() {
    static const kube::ResourceType type{"apps", "v1", "deployments", "Deployment", true};
    return type;
}

}  // namespace

std::string deploymentReady(const Deployment& deployment) {
    return fmt::format("{}/{}", deployment.ready, deployment.desired);
}

bool deploymentRollingOut(const Deployment& deployment) {
    // The same three questions as kubectl rollout status, and whether the controller has seen the spec.
    return deployment.observedGeneration < deployment.generation || deployment.updated < deployment.desired ||
           deployment.current > deployment.updated || deployment.available < deployment.updated;
}

kube::Health deploymentHealth(const Deployment& deployment) {
    using kube::Health;
    const bool failed = deployment.replicaFailure.status == ConditionStatus::True ||
                        deployment.progressing.status == ConditionStatus::False;
    const bool rolling = deploymentRollingOut(deployment);
    if (failed && rolling) {
        return Health::Critical;
    }
    if (!rolling) {
        return Health::Good;
    }
    if (deployment.paused) {
        return Health::Warning;
    }
    // NewReplicaSetAvailable: the rollout was over, and pods were lost since.
    if (deployment.progressing.reason == "NewReplicaSetAvailable" &&
        deployment.observedGeneration >= deployment.generation && deployment.updated >= deployment.desired) {
        return deployment.available == 0 ? Health::Critical : Health::Warning;
    }
    return Health::Progressing;
}

const kube::KindDescriptor& deploymentKind() {
    static const kube::KindDescriptor kind = describeKind<deploymentType, decodeDeployment>();
    return kind;
}

}  // namespace quarterdeck::kinds
