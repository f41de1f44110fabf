#include "tests/fakes/connect_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "tests/fakes/hostile_server.h"

namespace quarterdeck::fakes {
namespace {

/// A connection to a port of this machine, -1 where there is none.
int connectTo(const std::string& authority) {
    const auto colon = authority.rfind(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(authority.substr(colon + 1))));
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return -1;
    }
    return socket;
}

void tunnel(const HostileRequest& request, HostileConnection& peer) {
    if (request.method != "CONNECT") {
        peer.answer(405, "text/plain", "CONNECT only");
        return;
    }
    const int server = connectTo(request.target);
    if (server < 0) {
        peer.answer(502, "text/plain", "no such server");
        return;
    }
    peer.write("HTTP/1.1 200 Connection established\r\n\r\n");
    std::thread back([&] {
        char part[16384];
        for (ssize_t count = 0; (count = ::recv(server, part, sizeof part, 0)) > 0;) {
            if (!peer.write({part, static_cast<std::size_t>(count)})) {
                break;
            }
        }
    });
    for (std::string bytes = peer.receive(); !bytes.empty(); bytes = peer.receive()) {
        if (::send(server, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size())) {
            break;
        }
    }
    ::shutdown(server, SHUT_RDWR);
    back.join();
    ::close(server);
    peer.close();
}

}  // namespace

struct ConnectProxy::Impl {
    HostileServer server{tunnel};
};

ConnectProxy::ConnectProxy() : impl_(std::make_unique<Impl>()) {}
ConnectProxy::~ConnectProxy() = default;

std::string ConnectProxy::url() const {
    return impl_->server.url();
}

std::vector<std::string> ConnectProxy::tunnels() const {
    std::vector<std::string> targets;
    for (const HostileRequest& request : impl_->server.log()) {
        if (request.method == "CONNECT") {
            targets.push_back(request.target);
        }
    }
    return targets;
}

int ConnectProxy::otherRequests() const {
    return impl_->server.requestCount() - static_cast<int>(tunnels().size());
}

}  // namespace quarterdeck::fakes
