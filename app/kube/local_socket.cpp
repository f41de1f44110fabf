#include "app/kube/local_socket.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace quarterdeck::kube {

namespace {

std::string systemWords() {
    return std::system_category().message(errno);
}

struct EventHandle {
    const int number = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    ~EventHandle() { ::close(number); }
};

/// Waits until the socket can do it; false after a stop.
bool waitFor(int handle, short what, const std::stop_token& stop) {
    const EventHandle stopped;
    const std::stop_callback raise(stop, [&stopped] {
        const std::uint64_t one = 1;
        static_cast<void>(::write(stopped.number, &one, sizeof one) == sizeof one);
    });
    pollfd watched[] = {{handle, what, 0}, {stopped.number, POLLIN, 0}};
    while (::poll(watched, 2, -1) < 0 && errno == EINTR) {
    }
    return watched[1].revents == 0;
}

bool wouldBlock() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

LocalSocket::~LocalSocket() {
    if (handle_ >= 0) {
        ::close(handle_);
    }
}

tl::expected<LocalSocket, std::string> LocalSocket::listen(std::uint16_t port) {
    LocalSocket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    ::setsockopt(socket.handle_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket.handle_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(socket.handle_, SOMAXCONN) != 0) {
        return tl::unexpected(systemWords());
    }
    return socket;
}

std::uint16_t LocalSocket::port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(handle_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

std::optional<LocalSocket> LocalSocket::accept(const std::stop_token& stop) const {
    while (waitFor(handle_, POLLIN, stop)) {
        LocalSocket accepted(::accept4(handle_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (accepted.handle_ >= 0) {
            const int on = 1;
            ::setsockopt(accepted.handle_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            return accepted;
        }
    }
    return std::nullopt;
}

LocalSocket::Piece LocalSocket::read(const std::stop_token& stop) const {
    constexpr std::size_t kPiece = std::size_t{32} << 10U;
    Piece piece;
    piece.data.resize(kPiece);
    for (;;) {
        const ssize_t count = ::recv(handle_, piece.data.data(), kPiece, 0);
        if (count >= 0) {
            piece.data.resize(static_cast<std::size_t>(count));
            piece.end = count == 0 ? End::Closed : End::None;
            return piece;
        }
        if (!wouldBlock()) {
            return {{}, End::Broken};
        }
        if (!waitFor(handle_, POLLIN, stop)) {
            return {{}, End::Stopped};
        }
    }
}

bool LocalSocket::write(std::string_view data, const std::stop_token& stop) const {
    while (!data.empty()) {
        const ssize_t count = ::send(handle_, data.data(), data.size(), MSG_NOSIGNAL);
        if (count > 0) {
            data.remove_prefix(static_cast<std::size_t>(count));
        } else if (!wouldBlock() || !waitFor(handle_, POLLOUT, stop)) {
            return false;
        }
    }
    return true;
}

void LocalSocket::endWriting() const {
    ::shutdown(handle_, SHUT_WR);
}

void LocalSocket::breakOff() const {
    const linger now{1, 0};
    ::setsockopt(handle_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

}  // namespace quarterdeck::kube
