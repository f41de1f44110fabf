#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>

#include "app/http/channel.h"
#include "tests/fakes/hostile_server.h"

namespace quarterdeck::fakes {

/// Asks `upstream` for the WebSocket that a client asks for by `request` (`call` is the same for upstream), answers as
/// it does, and passes messages on in both directions until one side ends; what ends on one side ends so on the other.
/// With `cutAfter`: so many of the server's messages and half of the next one, then the connection is reset. Blocks.
void relaySocket(http::Channel& upstream, const HostileRequest& request, const http::Request& call,
                 HostileConnection& connection, std::optional<std::size_t> cutAfter, std::stop_token stop);

}  // namespace quarterdeck::fakes
