#pragma once

#include <vector>

#include "app/kinds/json_reader.h"
#include "app/kinds/pod.h"

namespace quarterdeck::kinds {

/// Reads the containers of a pod's spec in the place of what was there.
void readContainerSpecs(JsonValue& value, Reader& reader, std::vector<Container>& containers);
/// Reads the statuses of containers in the place of what was there.
void readContainerStatuses(JsonValue& value, Reader& reader, std::vector<Container>& containers);

}  // namespace quarterdeck::kinds
