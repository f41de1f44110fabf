#pragma once

#include <string_view>

#include "app/kinds/json_decode.h"
#include "app/kinds/protobuf_reader.h"
#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kinds {

/// Reads one object of a kind from its message; null where it has no name or uid.
using ProtobufItemDecoder = kube::ObjectPtr (*)(std::string_view message, ProtobufReader& reader);

[[nodiscard]] kube::ObjectPtr decodePodMessage(std::string_view message, ProtobufReader& reader);
[[nodiscard]] kube::ObjectPtr decodeEventMessage(std::string_view message, ProtobufReader& reader);
[[nodiscard]] kube::ObjectPtr decodeReplicaSetMessage(std::string_view message, ProtobufReader& reader);
[[nodiscard]] kube::ObjectPtr decodeNodeMessage(std::string_view message, ProtobufReader& reader);

/// Lists and watch frames, as kube::KindDescriptor describes them. Errors: see errors.h. A list fails as a whole where
/// its end is missing or one of its objects is damaged.
[[nodiscard]] Result<kube::DecodedList> decodeProtobufList(std::string_view body, kube::DecodeContext& context,
                                                           const kube::ResourceType& type, ProtobufItemDecoder decode);
[[nodiscard]] Result<kube::WatchEvent> decodeProtobufFrame(std::string_view frame, kube::DecodeContext& context,
                                                           const kube::ResourceType& type, ProtobufItemDecoder decode);

/// The descriptor of a kind that is read from JSON and from protobuf.
template <const kube::ResourceType& (*type)(), ItemDecoder decode, ProtobufItemDecoder decodeMessage>
[[nodiscard]] kube::KindDescriptor describeKind() {
    kube::KindDescriptor kind = describeKind<type, decode>();
    kind.decodeProtobufList = [](std::string_view body, kube::DecodeContext& context) {
        return decodeProtobufList(body, context, type(), decodeMessage);
    };
    kind.decodeProtobufFrame = [](std::string_view frame, kube::DecodeContext& context) {
        return decodeProtobufFrame(frame, context, type(), decodeMessage);
    };
    return kind;
}

}  // namespace quarterdeck::kinds
