#pragma once

#include <string>

#include "app/demo/platforms/platform_builder.h"

namespace quarterdeck::demo {

/// The definition of a custom resource with its printer columns: from here on the cluster serves it.
void addDefinition(PlatformBuilder& platform, const char* plural, Age age, const std::string& application);

/// A condition as controllers of custom resources write it, true unless said.
[[nodiscard]] Json customCondition(const std::string& type, const std::string& reason, const std::string& message,
                                   Instant since, bool holds = true);

}  // namespace quarterdeck::demo
