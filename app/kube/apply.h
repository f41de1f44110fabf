#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/kube/kube_client.h"

namespace quarterdeck::kube {

// Parameters: {context}, {what} ("deployments web in namespace shop"), {owners}.
inline constexpr ErrorCode kApplyConflict{
    "kube.apply-conflict",
    QT_TRANSLATE_NOOP("Error",
                      "{what} (context {context}) was not changed: others manage fields of it: {owners}. Take these "
                      "fields over, leave them out, or give them the values that they have.")};
inline constexpr ErrorCode kChangedMeanwhile{
    "kube.changed-meanwhile",
    QT_TRANSLATE_NOOP("Error",
                      "{what} (context {context}) was not changed: it was changed or replaced meanwhile ({message}). "
                      "Read it anew, then try again.")};
inline constexpr ErrorCode kInvalidObject{
    "kube.invalid-object",
    QT_TRANSLATE_NOOP("Error",
                      "The server of context {context} does not accept {what} ({status}): {message}. Correct it, then "
                      "try again.")};

/// Server-side apply as the field manager "quarterdeck".
struct ApplyOptions {
    /// Asks the server what would come of it; nothing is stored (Effect Probe).
    bool dryRun = false;
    /// Takes over the fields that others manage.
    bool force = false;
};

struct Applied {
    /// What the server has stored, or would store, without managedFields.
    nlohmann::json object;
    bool created = false;
};

/// A field that somebody else manages.
struct FieldConflict {
    std::string manager;  ///< "kubectl-client-side-apply", "kube-controller-manager with subresource \"status\""
    std::string field;    ///< ".spec.replicas"
    friend bool operator==(const FieldConflict&, const FieldConflict&) = default;
};

struct ApplyFailure {
    Error error;
    /// For kApplyConflict: every conflicting field with its owner.
    std::vector<FieldConflict> conflicts;
};

/// Applies `object`, which must hold apiVersion, kind and the fields to own; managedFields are dropped from it.
/// Blocking, any thread. Errors: kApplyConflict, kChangedMeanwhile (409), kInvalidObject (400, 422), those of any call.
[[nodiscard]] tl::expected<Applied, ApplyFailure> apply(KubeClient& client, const ResourceType& type,
                                                        const std::string& nameSpace, const std::string& name,
                                                        nlohmann::json object, const ApplyOptions& options,
                                                        std::stop_token stop);

}  // namespace quarterdeck::kube
