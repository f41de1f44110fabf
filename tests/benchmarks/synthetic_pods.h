#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace quarterdeck::benchmarks {

/// Pods as an API server writes them, about 5.5 KB each with managedFields, varied in namespace, node, images, number
/// of containers, labels and state. The same arguments always give the same text.

/// A PodList of `count` pods, as GET /api/v1/pods answers it.
[[nodiscard]] std::string syntheticPodListJson(std::size_t count, unsigned seed);

/// Pod number `index` of that list on its own, with kind and apiVersion as in a watch event. Revision 0 is the state in
/// the list; each later one has a new resourceVersion and other restarts and readiness, and keeps name and uid.
[[nodiscard]] std::string syntheticPodJson(std::size_t index, unsigned seed, std::uint64_t revision);

}  // namespace quarterdeck::benchmarks
