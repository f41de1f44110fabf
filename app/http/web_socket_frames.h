#pragma once

#include <utility>  // before asio: Boost 1.74 needs it in C++20

#include <boost/beast/websocket/stream.hpp>

#include "app/http/web_socket.h"

namespace quarterdeck::http {

/// How we speak WebSocket, over whatever stream: no compression, and each message is one frame, because the API server
/// reads frames, not messages (golang.org/x/net/websocket).
template <class Stream>
void applyFrameRules(boost::beast::websocket::stream<Stream, false>& socket, const WebSocketOptions& options) {
    constexpr std::size_t kWriteBuffer = std::size_t{64} << 10U;
    socket.binary(true);
    socket.auto_fragment(false);
    socket.write_buffer_bytes(kWriteBuffer);
    socket.read_message_max(options.maxMessage);
}

}  // namespace quarterdeck::http
