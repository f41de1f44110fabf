#pragma once

#include <cstdint>
#include <string>

namespace quarterdeck::kinds {

inline constexpr char kRevisionAnnotation[] = "deployment.kubernetes.io/revision";
inline constexpr char kInitialEventsEndAnnotation[] = "k8s.io/initial-events-end";

/// What some kinds need from metadata beside ObjectMeta.
struct MetaExtras {
    std::int64_t generation = 0;
    std::int64_t revision = 0;      ///< annotation deployment.kubernetes.io/revision
    bool initialEventsEnd = false;  ///< annotation k8s.io/initial-events-end of a bookmark
    std::string continueToken;      ///< of a list
};

}  // namespace quarterdeck::kinds
