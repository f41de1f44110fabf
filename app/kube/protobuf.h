#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "app/http/message.h"
#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kube {

/// The wrapping of every protobuf object of the API: "k8s\0" and a runtime.Unknown. Views into the bytes given.
struct ProtobufEnvelope {
    std::string_view apiVersion;  ///< "v1", "apps/v1"
    std::string_view kind;        ///< "Pod", "PodList", "Status"
    std::string_view raw;         ///< the object's own message
};

enum class ProtobufFault {
    Foreign,    ///< does not begin like an object of the API
    Truncated,  ///< ends within the wrapping
    Damaged,
};

[[nodiscard]] tl::expected<ProtobufEnvelope, ProtobufFault> openEnvelope(std::string_view bytes);

/// Reads a metav1.Status; nothing where it is damaged. Strings are made valid UTF-8.
[[nodiscard]] std::optional<ApiStatus> readProtobufStatus(std::string_view raw);

/// `text` where it is valid UTF-8; otherwise a copy in `scratch` with U+FFFD for each byte that is not, as the API
/// server's JSON has it.
[[nodiscard]] std::string_view validUtf8(std::string_view text, std::string& scratch);

/// What to ask for: protobuf first where the kind has a decoder for it.
[[nodiscard]] std::string acceptHeader(const KindDescriptor& kind, bool watch);

/// Whether an answer is protobuf by its Content-Type.
[[nodiscard]] bool isProtobuf(const http::ResponseHead& head);

}  // namespace quarterdeck::kube
