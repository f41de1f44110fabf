#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/http/message.h"

namespace quarterdeck::http {

// Parameters: {server} URL, {context} name, {detail}, {limit}.
inline constexpr ErrorCode kSocketLost{
    "http.socket-lost",
    QT_TRANSLATE_NOOP("Error",
                      "The stream from {server} (context {context}) broke off: {detail}. What had not arrived is lost. "
                      "Check the network and proxies on the way, then start it again.")};
inline constexpr ErrorCode kSocketSilent{
    "http.socket-silent",
    QT_TRANSLATE_NOOP("Error",
                      "Nothing came from {server} (context {context}) for {limit}, not even answers to pings: the "
                      "stream was given up. Check the network and proxies on the way, then start it again.")};
inline constexpr ErrorCode kSocketProtocol{
    "http.socket-protocol",
    QT_TRANSLATE_NOOP("Error",
                      "{server} (context {context}) broke the rules of WebSocket: {detail}. Something between this "
                      "machine and the cluster may damage the stream; check the proxies on the way.")};
inline constexpr ErrorCode kSocketMessageTooLarge{
    "http.socket-message-too-large",
    QT_TRANSLATE_NOOP("Error",
                      "{server} (context {context}) sent a message larger than {limit}; the stream was closed. Check "
                      "what answers at this address.")};
inline constexpr ErrorCode kBadUpgrade{
    "http.bad-upgrade",
    QT_TRANSLATE_NOOP("Error",
                      "{server} (context {context}) answered the request for a WebSocket wrongly: {detail}. Check the "
                      "proxies on the way and what answers at this address.")};

struct WebSocketOptions {
    /// Offered in this order; the server picks one.
    std::vector<std::string> protocols;
    /// While nothing comes from the peer.
    std::chrono::milliseconds pingEvery{5'000};
    /// Not a byte for this long while we read: the connection is dead.
    std::chrono::milliseconds silenceLimit{61'000};
    /// Connecting has its own limit.
    std::chrono::milliseconds upgradeLimit{30'000};
    /// For the closing handshake.
    std::chrono::milliseconds closeLimit{5'000};
    std::size_t maxMessage = std::size_t{16} << 20U;
    /// So many bytes wait here in each direction; beyond it the sender is made to wait.
    std::size_t buffered = std::size_t{1} << 20U;
};

/// An open WebSocket of binary messages. Blocking; one thread may receive while any number send. A thread of its own
/// does the reading, writing and pinging, also while nobody calls. Destruction cuts the connection at once.
/// Errors: kSocketLost (cut, or ended without a closing handshake), kSocketSilent, kSocketProtocol,
/// kSocketMessageTooLarge; kCancelled after a stop, which leaves the socket open.
class WebSocket {
public:
    struct CloseReason {
        std::uint16_t code = 0;  ///< RFC 6455: 1000 normal, 1011 server failed …; 0 where none was given
        std::string text;
    };

    WebSocket() = default;
    virtual ~WebSocket() = default;
    WebSocket(const WebSocket&) = delete;
    WebSocket& operator=(const WebSocket&) = delete;

    /// What the server picked; empty where it picked none.
    [[nodiscard]] virtual const std::string& protocol() const = 0;
    /// The next message, whole; nothing once the peer has closed in good order. Messages that came before an end are
    /// handed out before it. kTimeout after `limit`.
    [[nodiscard]] virtual Result<std::optional<std::string>> receive(
        std::stop_token stop, std::optional<std::chrono::milliseconds> limit = std::nullopt) = 0;
    /// Queues a message as one frame; waits while too much is queued.
    [[nodiscard]] virtual Result<void> send(std::string message, std::stop_token stop) = 0;
    /// Sends what is queued, says goodbye and waits for the peer's goodbye; what still comes is dropped.
    [[nodiscard]] virtual Result<void> close(std::stop_token stop) = 0;
    /// After receive() gave nothing.
    [[nodiscard]] virtual CloseReason closeReason() const = 0;
};

/// What the request for a WebSocket led to: a socket, or the server's answer where it refused (any status but 101).
struct Upgrade {
    std::unique_ptr<WebSocket> socket;
    Response refusal;
};

struct Credential;
struct TransferContext;

/// Connects, asks for a WebSocket and waits for the answer. `request` gives target and headers; HttpTransport, which
/// is the door for others, has let it through the gate. Errors: those of a transport, kBadUpgrade.
[[nodiscard]] Result<Upgrade> openWebSocket(std::shared_ptr<const TransferContext> context, const Request& request,
                                            const Credential& credential, const WebSocketOptions& options,
                                            std::stop_token stop);

}  // namespace quarterdeck::http
