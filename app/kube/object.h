#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/base/clock.h"
#include "app/base/string_pool.h"

namespace quarterdeck::kube {

/// Name of a kubeconfig context: which cluster an object lives in.
using ContextId = std::string;
using Uid = std::string;

/// Group, version, resource (plural, lower case) and kind of an API type.
struct ResourceType {
    std::string group;  ///< empty for core
    std::string version;
    std::string resource;
    std::string kind;
    bool namespaced = true;
    friend bool operator==(const ResourceType&, const ResourceType&) = default;
};

struct OwnerReference {
    PooledString kind;
    std::string name;
    Uid uid;
    bool controller = false;
};

/// metadata of an object; managedFields are dropped while decoding, annotations kept by kinds that need one.
struct ObjectMeta {
    std::string name;
    PooledString nameSpace;  ///< empty for cluster-scoped objects
    Uid uid;
    /// Opaque: compared for equality only.
    std::string resourceVersion;
    std::optional<Instant> creation;
    std::optional<Instant> deletion;
    std::vector<std::pair<PooledString, PooledString>> labels;
    std::vector<OwnerReference> owners;
};

/// How an object fares, worst last.
enum class Health : std::uint8_t { Finished, Good, Progressing, Unknown, Warning, Critical };

/// Place in a list that shows the worst first: 0 for Critical.
constexpr int healthRank(Health health) {
    return static_cast<int>(Health::Critical) - static_cast<int>(health);
}

/// Base of every typed summary in kinds/. Held as std::shared_ptr<const Object>; never changed after insertion into a
/// store. Which type it is follows from the store's KindDescriptor (static_cast).
struct Object {
    ObjectMeta meta;
    Health health = Health::Unknown;

    /// "namespace/name", or "name" where there is no namespace.
    [[nodiscard]] std::string path() const;
    /// Value of a label; nothing where missing.
    [[nodiscard]] std::optional<std::string_view> label(std::string_view key) const;

protected:
    Object() = default;
    ~Object() = default;
    Object(const Object&) = default;
    Object(Object&&) = default;
    Object& operator=(const Object&) = default;
    Object& operator=(Object&&) = default;
};

using ObjectPtr = std::shared_ptr<const Object>;

}  // namespace quarterdeck::kube
