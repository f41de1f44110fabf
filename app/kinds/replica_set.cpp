#include "app/kinds/replica_set.h"

#include <algorithm>

#include "app/kinds/protobuf_decode.h"
#include "app/kinds/workload_reader.h"

namespace quarterdeck::kinds {

namespace {

void readSpec(JsonValue& value, Reader& reader, ReplicaSet& set) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("replicas")) {
            set.desired = std::max(0, reader.integer32(field, 1));
        } else if (name.is("template")) {
            readTemplate(field, reader, set.containers);
        }
    });
}

void readStatus(JsonValue& value, Reader& reader, ReplicaSet& set) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("replicas")) {
            set.current = reader.integer32(field);
        } else if (name.is("readyReplicas")) {
            set.ready = reader.integer32(field);
        } else if (name.is("availableReplicas")) {
            set.available = reader.integer32(field);
        }
    });
}

kube::ObjectPtr decodeReplicaSet(JsonValue& value, Reader& reader) {
    auto set = std::make_shared<ReplicaSet>();
    MetaExtras extras;
    eachObjectField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("metadata")) {
            readMeta(field, reader, set->meta, &extras);
        } else if (name.is("spec")) {
            readSpec(field, reader, *set);
        } else if (name.is("status")) {
            readStatus(field, reader, *set);
        }
    });
    if (reader.failed() || !identifiable(set->meta)) {
        return nullptr;
    }
    set->revision = extras.revision;
    set->health = replicaSetHealth(*set);
    return set;
}

const kube::ResourceType& replicaSetType() {
    static const kube::ResourceType type{"apps", "v1", "replicasets", "ReplicaSet", true};
    return type;
}

}  // namespace

kube::Health replicaSetHealth(const ReplicaSet& set) {
    using kube::Health;
    if (set.desired == 0 && set.current == 0) {
        return Health::Finished;
    }
    if (set.ready == set.desired && set.current == set.desired) {
        return Health::Good;
    }
    return set.current != set.desired ? Health::Progressing : Health::Warning;
}

const kube::KindDescriptor& replicaSetKind() {
    static const kube::KindDescriptor kind = describeKind<replicaSetType, decodeReplicaSet, decodeReplicaSetMessage>();
    return kind;
}

}  // namespace quarterdeck::kinds
