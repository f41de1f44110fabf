#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace quarterdeck::kube {

/// One field of an object that two versions of it differ in.
struct FieldChange {
    enum class Kind { Added, Removed, Changed };
    Kind kind = Kind::Changed;
    /// ".spec.template.spec.containers[name=\"web\"].image", ".metadata.labels[\"app.kubernetes.io/name\"]"
    std::string field;
    /// As compact JSON; empty where there is none, and where it is hidden.
    std::string before = {};
    std::string after = {};
    /// The value is a Secret's: that it differs is told, nothing else.
    bool hidden = false;
    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

/// What `after` has otherwise than `before`, both objects of the API; null stands for no object. Lists whose entries
/// have distinct names are compared entry by entry, others by position. Left out is what the server counts by itself:
/// managedFields, resourceVersion, generation, creationTimestamp, uid. Pure; any thread.
[[nodiscard]] std::vector<FieldChange> fieldChanges(const nlohmann::json& before, const nlohmann::json& after);

}  // namespace quarterdeck::kube
