#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace quarterdeck::testbed {

/// Passes connections on to a port of this machine until it is cut.
class Relay {
public:
    explicit Relay(std::uint16_t target)
        : target_(target), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address = local(0);
        socklen_t size = sizeof address;
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(listener_, 8);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        threads_.emplace_back([this] { accept(); });
    }
    ~Relay() {
        ::shutdown(listener_, SHUT_RDWR);
        cut();
        threads_.clear();
        ::close(listener_);
    }
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }
    void cut() {
        const std::lock_guard lock(mutex_);
        for (const int handle : handles_) {
            ::shutdown(handle, SHUT_RDWR);
        }
    }

private:
    static sockaddr_in local(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    void accept() {
        std::vector<std::jthread> pumps;
        for (;;) {
            const int near = ::accept(listener_, nullptr, nullptr);
            if (near < 0) {
                break;
            }
            const int far = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const sockaddr_in address = local(target_);
            if (::connect(far, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
                const std::lock_guard lock(mutex_);
                handles_.insert(handles_.end(), {near, far});
                pumps.emplace_back([near, far] { pump(near, far); });
                pumps.emplace_back([near, far] { pump(far, near); });
            }
        }
        cut();
    }
    static void pump(int from, int to) {
        char part[65536];
        for (ssize_t count = 0; (count = ::recv(from, part, sizeof part, 0)) > 0;) {
            for (ssize_t sent = 0; sent < count;) {
                const ssize_t now = ::send(to, part + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
                if (now <= 0) {
                    count = -1;
                    break;
                }
                sent += now;
            }
            if (count < 0) {
                break;
            }
        }
        ::shutdown(from, SHUT_RDWR);
        ::shutdown(to, SHUT_RDWR);
    }

    std::uint16_t target_;
    int listener_;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::vector<int> handles_;
    std::vector<std::jthread> threads_;
};

}  // namespace quarterdeck::testbed
