#pragma once

#include <string>

#include "app/demo/control/cluster_state.h"
#include "app/demo/store/json.h"

namespace quarterdeck::demo {

/// A pod from a template, owned by `owner`; not stored. Nothing but `name` decides its name (see generatedName).
[[nodiscard]] Json podFromTemplate(const Json& podTemplate, const Json& owner, const std::string& name);
/// "web-7c9d5f6b88-x2v8n" for a ReplicaSet "web-7c9d5f6b88"; long owners are cut as the API does.
[[nodiscard]] std::string generatedName(const std::string& owner, Random& random);

/// \name The stations of a pod's life. Each writes pod["status"] as the kubelet would at that moment.
/// @{
void assignNode(Json& pod, const std::string& node, Instant when);
void admit(ClusterState& cluster, Json& pod, Instant when);
void startInit(Json& pod, std::size_t index, Instant when, Random& random);
void finishInit(Json& pod, std::size_t index, Instant when);
void startContainers(Json& pod, Instant when, Random& random);
void markReady(Json& pod, Instant when);
/// All containers ended by themselves.
void markFinished(Json& pod, int exitCode, Instant when);
/// Main container `index` waits for `reason`; what it was before becomes its last state where it had ended.
void markWaiting(Json& pod, std::size_t index, const std::string& reason, const std::string& message);
/// `reason` of the end; by the exit code where empty.
void markCrashed(Json& pod, std::size_t index, int exitCode, Instant when, const std::string& reason = {});
void restartContainer(Json& pod, std::size_t index, Instant when, Random& random);
/// @}

/// The whole way from admission to Ready, with times in order: created → started → ready.
void settle(ClusterState& cluster, Json& pod, const std::string& node, Instant created);

/// Has an init container that waits for a Service ("nc -z HOST PORT") found it: does it exist with that port and a
/// ready pod behind it? True for every other init container.
[[nodiscard]] bool findsWhatItWaitsFor(const ClusterState& cluster, const Json& pod, const Json& container);
[[nodiscard]] bool isReady(const Json& pod);
/// Succeeded or Failed.
[[nodiscard]] bool isFinished(const Json& pod);
/// The template without the pod-template-hash label; equal for templates that mean the same revision.
[[nodiscard]] Json withoutHash(Json podTemplate);
/// Restarts of all main containers.
[[nodiscard]] long restartsOf(const Json& pod);

}  // namespace quarterdeck::demo
