#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "tests/fakes/hostile_server.h"

namespace quarterdeck::fakes {

struct BioFree {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};

/// A connection with its thread. The socket is closed only after the thread was joined, so that others may shut it
/// down.
class HostileServer::Peer final : public HostileConnection {
public:
    Peer(HostileServer& server, int socket, int number) : server_(server), socket_(socket), number_(number) {}
    ~Peer() override {
        if (thread.joinable()) {
            thread.join();
        }
        ::close(socket_);
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    bool handshake(SSL_CTX* context) {
        tls_.reset(SSL_new(context));
        SSL_set_fd(tls_.get(), socket_);
        const bool agreed = SSL_accept(tls_.get()) == 1;
        if (!agreed) {
            ERR_clear_error();
            SSL_set_quiet_shutdown(tls_.get(), 1);
        }
        return agreed;
    }

    bool write(std::string_view bytes) override {
        while (!bytes.empty() && !closed_ && !server_.stopping_) {
            const auto part = std::min<std::size_t>(bytes.size(), 1U << 20U);
            const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(part))
                                   : static_cast<int>(::send(socket_, bytes.data(), part, MSG_NOSIGNAL));
            if (sent <= 0) {
                ERR_clear_error();
                closed_ = true;
                break;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return !closed_ && !server_.stopping_;
    }

    bool wait(std::chrono::milliseconds duration) override {
        std::unique_lock lock(server_.mutex_);
        server_.changed_.wait_for(lock, duration, [this] { return server_.stopping_ || dropped; });
        return !server_.stopping_ && !dropped && !closed_;
    }

    std::string receive() override {
        if (buffer_.empty()) {
            char part[16384];
            const int count = read(part, sizeof part);
            return {part, static_cast<std::size_t>(std::max(count, 0))};
        }
        return std::exchange(buffer_, {});
    }

    bool readable(std::chrono::milliseconds limit) override {
        pollfd handle{socket_, POLLIN, 0};
        return !buffer_.empty() || (tls_ && SSL_pending(tls_.get()) > 0) ||
               ::poll(&handle, 1, static_cast<int>(limit.count())) != 0;
    }

    bool waitUntilClosed() override {
        char rest[4096];
        while (read(rest, sizeof rest) > 0) {
        }
        return false;
    }

    void close() override {
        if (!closed_) {
            if (tls_) {
                SSL_shutdown(tls_.get());
            }
            ::shutdown(socket_, SHUT_WR);
            closed_ = true;
        }
    }

    void reset() override {
        const linger now{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        closed_ = true;
        abrupt_ = true;
    }

    int read(char* into, std::size_t size) {
        if (server_.stopping_) {
            return 0;
        }
        const auto count = tls_ ? SSL_read(tls_.get(), into, static_cast<int>(size))
                                : static_cast<int>(::recv(socket_, into, size, 0));
        if (count <= 0) {
            ERR_clear_error();
        }
        return count;
    }

    /// Reads one request; false at the end of the connection.
    bool readRequest(HostileRequest& request);

    /// After the handler is through for good: makes the peer see the end at once.
    void finish() {
        close();
        if (abrupt_) {
            // A descriptor that replaces the socket: the original closes now, with RST.
            const int replacement = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const std::lock_guard lock(server_.mutex_);
            ::dup2(replacement, socket_);
            ::close(replacement);
        } else {
            ::shutdown(socket_, SHUT_RDWR);
        }
    }

    void cut() { ::shutdown(socket_, SHUT_RDWR); }
    [[nodiscard]] bool closed() const { return closed_; }
    [[nodiscard]] int number() const { return number_; }

    std::thread thread;
    bool done = false;     // guarded by the server's mutex
    bool dropped = false;  // guarded by the server's mutex

private:
    struct TlsFree {
        void operator()(SSL* tls) const { SSL_free(tls); }
    };
    HostileServer& server_;
    int socket_;
    int number_;
    std::unique_ptr<SSL, TlsFree> tls_;
    std::string buffer_;
    bool closed_ = false;
    bool abrupt_ = false;
};

}  // namespace quarterdeck::fakes
