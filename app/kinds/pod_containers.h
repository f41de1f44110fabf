#pragma once

#include <vector>

#include "app/kinds/json_reader.h"
#include "app/kinds/pod.h"

namespace quarterdeck::kinds {

/// Reads the containers of a pod's spec, joining them with statuses of the same name that came earlier.
void readContainerSpecs(JsonValue& value, Reader& reader, std::vector<Container>& containers);
/// Reads the statuses of containers, joining them with specs of the same name that came earlier.
void readContainerStatuses(JsonValue& value, Reader& reader, std::vector<Container>& containers);

}  // namespace quarterdeck::kinds
