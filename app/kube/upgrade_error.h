#pragma once

#include "app/http/message.h"
#include "app/kube/errors.h"

namespace quarterdeck::kube {

inline constexpr ErrorCode kUpgradeBlocked{
    "kube.upgrade-blocked",
    QT_TRANSLATE_NOOP(
        "Error",
        "The request to {verb} {what} (context {context}) was answered with {status} and without a reason of "
        "Kubernetes: something on the way, such as a proxy or firewall, does not let WebSockets through. It is not "
        "a missing permission. Allow WebSockets there, or connect without it.")};
inline constexpr ErrorCode kUpgradeRefused{
    "kube.upgrade-refused",
    QT_TRANSLATE_NOOP("Error",
                      "The server of context {context} refused ({status}) to {verb} {what}: {message}. Check that the "
                      "pod runs and that the container's name is right, then retry.")};

/// The error for an answer that refused a WebSocket. A 403 with a reason of Kubernetes is kForbidden and names the verb
/// that is missing; any answer without one is kUpgradeBlocked.
[[nodiscard]] Error upgradeError(const http::Response& refusal, const CallLabel& label);

}  // namespace quarterdeck::kube
