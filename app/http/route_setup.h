#pragma once

#include <curl/curl.h>

#include <optional>
#include <string>

#include "app/http/transfer.h"

namespace quarterdeck::http {

/// Sets address, proxy, keepalive and socket options of a handle. A tls-server-name stands in the URL, so that SNI and
/// verification use it; the connection goes to the real host.
void applyRoute(CURL* easy, const TransferContext& context, const std::string& target, Route& route);

/// Why this person's credential or impersonation cannot stand in a header; nothing where it can. Quotes nothing of it.
[[nodiscard]] std::optional<Error> unsendableIdentity(const TransferContext& context, const Credential& credential);

}  // namespace quarterdeck::http
