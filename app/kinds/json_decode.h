#pragma once

#include <string>

#include "app/kinds/json_reader.h"
#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kinds {

/// Reads one object of a kind; null where it is none, or has no name or uid.
using ItemDecoder = kube::ObjectPtr (*)(JsonValue& value, Reader& reader);

/// Lists and watch lines of any kind, as kube::KindDescriptor describes them. Errors: see errors.h. A list fails as a
/// whole where its end is missing or anything follows it.
[[nodiscard]] Result<kube::DecodedList> decodeList(std::string& json, kube::DecodeContext& context,
                                                   const kube::ResourceType& type, ItemDecoder decode);
[[nodiscard]] Result<kube::WatchEvent> decodeWatchLine(std::string& json, kube::DecodeContext& context,
                                                       const kube::ResourceType& type, ItemDecoder decode);

/// The descriptor of a kind from its type and the decoder of its items.
template <const kube::ResourceType& (*type)(), ItemDecoder decode>
[[nodiscard]] kube::KindDescriptor describeKind() {
    return {
        type(),
        [](std::string& json, kube::DecodeContext& context) { return decodeList(json, context, type(), decode); },
        [](std::string& json, kube::DecodeContext& context) { return decodeWatchLine(json, context, type(), decode); }};
}

/// Whether an object can be told from others; what lacks name or uid is left out.
[[nodiscard]] inline bool identifiable(const kube::ObjectMeta& meta) {
    return !meta.name.empty() && !meta.uid.empty();
}

}  // namespace quarterdeck::kinds
