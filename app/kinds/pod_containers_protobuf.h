#pragma once

#include <string_view>

#include "app/kinds/pod.h"
#include "app/kinds/protobuf_reader.h"

namespace quarterdeck::kinds {

/// Messages Container and ContainerStatus of core/v1.
[[nodiscard]] Container readContainerSpec(std::string_view message, ProtobufReader& reader);
[[nodiscard]] Container readContainerStatus(std::string_view message, ProtobufReader& reader);

}  // namespace quarterdeck::kinds
