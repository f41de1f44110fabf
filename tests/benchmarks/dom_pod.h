#pragma once

#include <memory>

#include <nlohmann/json_fwd.hpp>

#include "app/kinds/pod.h"

namespace quarterdeck::benchmarks {

/// The summary of a pod from a nlohmann DOM: what decode_benchmark compares the decoder with.
[[nodiscard]] std::shared_ptr<const kinds::Pod> podFromDom(const nlohmann::json& item, StringPool& pool);

}  // namespace quarterdeck::benchmarks
