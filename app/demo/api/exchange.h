#pragma once

#include <string_view>

#include "app/demo/api/request.h"

namespace quarterdeck::demo {

/// One request that is being answered, on the thread of its connection.
class Exchange {
public:
    virtual ~Exchange() = default;
    /// The whole answer at once; at most once.
    virtual void respond(const ApiResponse& response) = 0;
    /// \name An answer in pieces: begin, any number of send, end. send() is false when the client or the server went.
    /// @{
    virtual void begin(int status, const std::string& contentType) = 0;
    [[nodiscard]] virtual bool send(std::string_view piece) = 0;
    virtual void end() = 0;
    /// @}
    /// True when the server stops or the client has closed the connection.
    [[nodiscard]] virtual bool isOver() const = 0;
    /// The connected socket, for protocols that begin with an upgrade; the connection is closed after the exchange.
    /// The server shuts it down when it stops.
    [[nodiscard]] virtual int upgrade() = 0;
};

/// Answers more than the Kubernetes API on the same server (metrics, traces, exec …). Called from connection threads,
/// several at once.
class ExtraRoute {
public:
    virtual ~ExtraRoute() = default;
    /// False where the request is not for this route; then nothing was sent.
    [[nodiscard]] virtual bool serve(const ApiRequest& request, Exchange& exchange) = 0;
};

}  // namespace quarterdeck::demo
