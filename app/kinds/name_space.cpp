#include "app/kinds/name_space.h"

#include "app/kinds/json_decode.h"

namespace quarterdeck::kinds {

namespace {

kube::ObjectPtr decodeNameSpace(JsonValue& value, Reader& reader) {
    auto space = std::make_shared<NameSpace>();
    eachObjectField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("metadata")) {
            readMeta(field, reader, space->meta);
        } else if (name.is("status")) {
            eachField(field, reader, [&](FieldName inner, JsonValue& phase) {
                if (inner.is("phase")) {
                    space->phase = reader.pooled(phase);
                }
            });
        }
    });
    if (reader.failed() || !identifiable(space->meta)) {
        return nullptr;
    }
    space->health = space->phase == "Active"        ? kube::Health::Good
                    : space->phase == "Terminating" ? kube::Health::Progressing
                                                    : kube::Health::Unknown;
    return space;
}

const kube::ResourceType& nameSpaceType() {
    static const kube::ResourceType type{"", "v1", "namespaces", "Namespace", false};
    return type;
}

}  // namespace

const kube::KindDescriptor& nameSpaceKind() {
    static const kube::KindDescriptor kind = describeKind<nameSpaceType, decodeNameSpace>();
    return kind;
}

}  // namespace quarterdeck::kinds
