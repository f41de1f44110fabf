#include "tests/fakes/socket_relay.h"

#include "app/http/errors.h"
#include "tests/fakes/socket_peer.h"

namespace quarterdeck::fakes {
namespace {

/// How long one side is listened to before the other has its turn.
constexpr std::chrono::milliseconds kTurn{5};

std::vector<std::string> protocolsOf(const HostileRequest& request) {
    std::vector<std::string> protocols;
    const std::string text = request.header("Sec-WebSocket-Protocol");
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::size_t begin = text.find_first_not_of(' ', at);
        if (begin < end) {
            protocols.push_back(text.substr(begin, end - begin));
        }
        at = end + 1;
    }
    return protocols;
}

/// What the client has sent goes to the server, as long as that takes it: one that has said its last word does not, and
/// the client is still to hear that word. False where the client is through.
bool passUp(SocketPeer& client, http::WebSocket& server, bool& taken, const std::stop_token& stop) {
    while (client.ready(std::chrono::milliseconds(0))) {
        const auto frame = client.next();
        if (!frame) {
            return false;
        }
        switch (frame->opcode) {
            case 2:
                taken = taken && server.send(frame->payload, stop).has_value();
                break;
            case 8:
                static_cast<void>(server.close(stop));
                client.frame(8, frame->payload);
                return false;
            case 9:
                client.frame(10, frame->payload);
                break;
            default:
                break;
        }
    }
    return true;
}

}  // namespace

void relaySocket(http::Channel& upstream, const HostileRequest& request, const http::Request& call,
                 HostileConnection& connection, std::optional<std::size_t> cutAfter, std::stop_token stop) {
    http::WebSocketOptions options;
    options.protocols = protocolsOf(request);
    auto upgrade = upstream.upgrade(call, options, stop);
    if (!upgrade) {
        connection.answer(502, "text/plain", describe(upgrade.error()));
        return;
    }
    if (!upgrade->socket) {
        const http::Response& refusal = upgrade->refusal;
        connection.answer(refusal.head.status, http::findHeader(refusal.head.headers, "Content-Type"), refusal.body);
        return;
    }
    http::WebSocket& server = *upgrade->socket;
    SocketPeer client(connection);
    if (!client.accept(request, server.protocol())) {
        return;
    }
    std::size_t passed = 0;
    bool taken = true;
    while (passUp(client, server, taken, stop)) {
        const auto message = server.receive(stop, kTurn);
        if (!message) {
            if (message.error().is(http::kTimeout)) {
                continue;
            }
            connection.reset();
            return;
        }
        if (!*message) {
            const auto reason = server.closeReason();
            client.close(reason.code == 0 ? 1000 : reason.code, reason.text);
            break;
        }
        if (cutAfter && passed++ == *cutAfter) {
            const std::string frame = SocketPeer::encode(2, **message);
            client.raw(std::string_view(frame).substr(0, frame.size() / 2));
            connection.reset();
            return;
        }
        if (!client.binary(**message)) {
            return;
        }
    }
    connection.close();
}

}  // namespace quarterdeck::fakes
