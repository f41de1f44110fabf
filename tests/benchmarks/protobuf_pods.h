#pragma once

#include <string>
#include <string_view>

namespace quarterdeck::benchmarks {

/// A PodList in JSON, as syntheticPodListJson() makes it, as the API server's protobuf: every field of it, with the
/// numbers of k8s.io/api v0.34.4. Stops the program at a field that it does not know: bytes would be missing.
[[nodiscard]] std::string podListProtobuf(std::string_view json);

/// The same for one pod with kind and apiVersion, as syntheticPodJson() makes it.
[[nodiscard]] std::string podProtobuf(std::string_view json);

}  // namespace quarterdeck::benchmarks
