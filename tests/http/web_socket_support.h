#pragma once

#include <memory>

#include "app/http/web_socket.h"
#include "tests/fakes/socket_peer.h"
#include "tests/http/http_support.h"

namespace quarterdeck::http {

using namespace quarterdeck::fakes;

inline constexpr const char* kTarget = "/api/v1/namespaces/shop/pods/web/exec?command=psql";

inline const TestAuthority& authority() {
    static const TestAuthority shared;
    return shared;
}

inline HostileServer::Options tls() {
    return {.tls = authority().server()};
}

inline Request write(const std::string& target = kTarget) {
    Request request = get(target);
    request.effect = Effect::Write;
    return request;
}

inline WebSocketOptions offering(std::vector<std::string> protocols = {"v5.channel.k8s.io", "v4.channel.k8s.io"}) {
    WebSocketOptions options;
    options.protocols = std::move(protocols);
    return options;
}

/// A handler that accepts the upgrade and then does `act`.
inline HostileServer::Handler accepting(std::function<void(SocketPeer&, HostileConnection&)> act) {
    return [act = std::move(act)](const HostileRequest& request, HostileConnection& connection) {
        SocketPeer peer(connection);
        if (peer.accept(request, "v5.channel.k8s.io")) {
            act(peer, connection);
        }
        connection.close();
    };
}

inline std::string pattern(std::size_t size) {
    std::string text(size, '\0');
    unsigned state = 12345;
    for (char& c : text) {
        state = state * 1103515245U + 12345U;
        c = static_cast<char>(state >> 24U);
    }
    return text;
}

struct Bench {
    explicit Bench(HostileServer::Handler handler, std::shared_ptr<CredentialSource> credentials = nullptr)
        : server(std::move(handler), tls()),
          transport(endpointFor(server.url(), authority().caPem()), std::move(credentials), systemClock()) {}

    Result<Upgrade> open(const WebSocketOptions& options = offering(), std::stop_token stop = {}) {
        return transport.upgrade(write(), options, std::move(stop));
    }
    HostileServer server;
    HttpTransport transport;
};

}  // namespace quarterdeck::http
