#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tests/fakes/hostile_server.h"

namespace quarterdeck::fakes {

/// One frame as it came from the client.
struct SocketFrame {
    int opcode = 0;  ///< 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong
    bool final = true;
    bool masked = false;
    std::string payload;
};

/// The server's end of a WebSocket, for handlers of a HostileServer. It writes and reads RFC 6455 frames by itself, so
/// that it can break every rule, and does not share the client's code.
class SocketPeer {
public:
    explicit SocketPeer(HostileConnection& connection) : connection_(connection) {}

    /// Answers the upgrade with 101 and this protocol (empty = none).
    bool accept(const HostileRequest& request, const std::string& protocol,
                const std::vector<std::pair<std::string, std::string>>& headers = {});
    /// \name Sending. False once the client has gone.
    /// @{
    bool raw(std::string_view bytes) { return connection_.write(bytes); }
    bool frame(int opcode, std::string_view payload, bool final = true) { return raw(encode(opcode, payload, final)); }
    bool binary(std::string_view payload) { return frame(2, payload); }
    /// A message of the channel protocol.
    bool channel(int number, std::string_view data) {
        return binary(std::string(1, static_cast<char>(number)).append(data));
    }
    bool close(unsigned code = 1000, std::string_view text = {});
    /// @}
    /// Whether something of a frame, or the end, is there or comes within `limit`.
    bool ready(std::chrono::milliseconds limit) { return at_ < buffer_.size() || connection_.readable(limit); }
    /// The next frame, whatever it is; nothing at the end.
    std::optional<SocketFrame> next();
    /// The payload of the next binary frame. Answers pings (and counts them); nothing at a close or the end.
    std::optional<std::string> message();

    [[nodiscard]] int pings() const { return pings_; }
    /// Whether every frame so far was masked, as a client's must be.
    [[nodiscard]] bool allMasked() const { return allMasked_; }
    [[nodiscard]] static std::string encode(int opcode, std::string_view payload, bool final = true, int reserved = 0,
                                            bool masked = false);

private:
    bool fill(std::size_t size);

    HostileConnection& connection_;
    std::string buffer_;
    std::size_t at_ = 0;
    int pings_ = 0;
    bool allMasked_ = true;
};

}  // namespace quarterdeck::fakes
