#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string_view>

#include "app/base/result.h"
#include "app/http/message.h"
#include "app/http/web_socket.h"

namespace quarterdeck::http {

enum class Flow { Continue, Stop };

/// Receives a streamed answer on the thread that called stream().
class StreamSink {
public:
    virtual ~StreamSink() = default;
    /// Status and headers have come, before any data. Called for every status, errors too.
    virtual Flow onHead(const ResponseHead& head) = 0;
    /// Decoded bytes in order, as they come. Taking long here pauses this transfer only.
    virtual Flow onData(std::string_view bytes) = 0;
};

/// The road to one API server. Blocking, callable from any number of threads at once; never from the interface thread.
/// A transport failure (DNS, TLS, timeout, cut) is an Error; an HTTP status ≥ 400 is an answer, not an Error.
class Channel {
public:
    virtual ~Channel() = default;
    [[nodiscard]] virtual Result<Response> send(const Request& request, std::stop_token stop) = 0;
    /// Returns the head when the server ended the stream cleanly or the sink said Stop. A body cut before its
    /// announced end (Content-Length, last chunk) is an Error.
    [[nodiscard]] virtual Result<ResponseHead> stream(const Request& request, StreamSink& sink,
                                                      std::stop_token stop) = 0;
    /// Asks for a WebSocket (a GET). Refused by the server is an answer, not an Error.
    [[nodiscard]] virtual Result<Upgrade> upgrade(const Request& request, const WebSocketOptions& options,
                                                  std::stop_token stop) = 0;
    /// Server clock minus our clock, from the last `Date` header; nothing before the first answer.
    [[nodiscard]] virtual std::optional<std::chrono::milliseconds> clockOffset() const = 0;
    /// For messages: "https://10.0.0.1:6443".
    [[nodiscard]] virtual std::string serverUrl() const = 0;
};

}  // namespace quarterdeck::http
