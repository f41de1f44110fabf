#pragma once

#include <stop_token>

#include "app/base/result.h"
#include "app/http/channel.h"

namespace quarterdeck::kube {

inline constexpr int kMostRepeats = 10;
inline constexpr std::chrono::seconds kLongestAskedWait{30};

/// Sends a single request, and again after the time that the server asks for: 429 and 5xx with Retry-After, as clients
/// of Kubernetes do, kMostRepeats times at most and none longer than kLongestAskedWait. Else the last answer, whatever
/// it is. Blocking. Errors: those of Channel::send(), kCancelled while it waits.
[[nodiscard]] Result<http::Response> sendPatiently(http::Channel& channel, const http::Request& request,
                                                   std::stop_token stop);

}  // namespace quarterdeck::kube
