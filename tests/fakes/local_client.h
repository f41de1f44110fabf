#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace quarterdeck::fakes {

/// A program on this machine that connects to a port of 127.0.0.1.
class LocalClient {
public:
    explicit LocalClient(std::uint16_t port) : handle_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval limit{30, 0};
        ::setsockopt(handle_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        connected_ = ::connect(handle_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~LocalClient() { ::close(handle_); }
    LocalClient(const LocalClient&) = delete;
    LocalClient& operator=(const LocalClient&) = delete;
    [[nodiscard]] bool connected() const { return connected_; }
    bool send(std::string_view text) {
        while (!text.empty()) {
            const ssize_t count = ::send(handle_, text.data(), text.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                return false;
            }
            text.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }
    void endWriting() { ::shutdown(handle_, SHUT_WR); }
    /// All until the end; `reset` tells how it ended.
    std::string readAll(bool* reset = nullptr) {
        std::string all;
        char part[65536];
        for (;;) {
            const ssize_t count = ::recv(handle_, part, sizeof part, 0);
            if (count <= 0) {
                if (reset != nullptr) {
                    *reset = count < 0;
                }
                return all;
            }
            all.append(part, static_cast<std::size_t>(count));
        }
    }
    std::string readSome(std::size_t size) {
        std::string all(size, '\0');
        std::size_t have = 0;
        while (have < size) {
            const ssize_t count = ::recv(handle_, all.data() + have, size - have, 0);
            if (count <= 0) {
                break;
            }
            have += static_cast<std::size_t>(count);
        }
        all.resize(have);
        return all;
    }

private:
    int handle_;
    bool connected_ = false;
};

}  // namespace quarterdeck::fakes
