#pragma once

#include <string>
#include <vector>

#include "app/http/transfer.h"

namespace quarterdeck::http {

/// What the request for a WebSocket says beyond the upgrade itself: the request's own headers, impersonation, who we
/// are (over https only), the protocols offered.
[[nodiscard]] std::vector<Header> upgradeHeaders(const TransferContext& context, const Request& request,
                                                 const Credential& credential,
                                                 const std::vector<std::string>& protocols);

}  // namespace quarterdeck::http
