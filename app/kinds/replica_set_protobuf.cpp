#include <algorithm>

#include "app/kinds/protobuf_decode.h"
#include "app/kinds/replica_set.h"

namespace quarterdeck::kinds {

namespace {

TemplateContainer readContainer(std::string_view message, ProtobufReader& reader) {
    reader.spend(sizeof(TemplateContainer));
    TemplateContainer container;
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == bytesField(1)) {
            container.name = reader.pooled(field.bytes);
        } else if (field.key == bytesField(2)) {
            container.image = reader.pooled(field.bytes);
        }
    });
    return container;
}

/// A PodTemplateSpec: of its PodSpec (2) the containers (2).
void readTemplate(std::string_view message, ProtobufReader& reader, ReplicaSet& set) {
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == bytesField(2)) {
            eachProtoField(field.bytes, [&](const ProtoField& inner) {
                if (inner.key == bytesField(2)) {
                    set.containers.push_back(readContainer(inner.bytes, reader));
                }
            });
        }
    });
}

void readSpec(std::string_view message, ProtobufReader& reader, ReplicaSet& set) {
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == varintField(1)) {
            set.desired = std::max(0, ProtobufReader::integer32(field, 1));
        } else if (field.key == bytesField(3)) {
            readTemplate(field.bytes, reader, set);
        }
    });
}

void readStatus(std::string_view message, ReplicaSet& set) {
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case varintField(1):
                set.current = ProtobufReader::integer32(field);
                break;
            case varintField(4):
                set.ready = ProtobufReader::integer32(field);
                break;
            case varintField(5):
                set.available = ProtobufReader::integer32(field);
                break;
            default:
                break;
        }
    });
}

}  // namespace

kube::ObjectPtr decodeReplicaSetMessage(std::string_view message, ProtobufReader& reader) {
    reader.spend(sizeof(ReplicaSet));
    auto set = std::make_shared<ReplicaSet>();
    MetaExtras extras;
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                readMeta(field.bytes, reader, set->meta, &extras);
                break;
            case bytesField(2):
                readSpec(field.bytes, reader, *set);
                break;
            case bytesField(3):
                readStatus(field.bytes, *set);
                break;
            default:
                break;
        }
    });
    if (!identifiable(set->meta)) {
        return nullptr;
    }
    set->revision = extras.revision;
    set->health = replicaSetHealth(*set);
    return set;
}

}  // namespace quarterdeck::kinds
