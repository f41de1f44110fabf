#pragma once

#include <string>

#include "app/demo/control/pass.h"

namespace quarterdeck::demo {

/// The name of the ControllerRevision that holds this owner's present template; creates it where missing and makes
/// it the newest. Keeps at most spec.revisionHistoryLimit (10) besides those in use.
std::string ensureRevision(Pass& pass, const Json& owner);
/// The revision of a StatefulSet's or DaemonSet's pod, from its controller-revision-hash label.
[[nodiscard]] std::string revisionOf(const Json& pod);

}  // namespace quarterdeck::demo
