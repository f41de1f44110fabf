#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "app/base/result.h"

namespace quarterdeck::kube {

/// A connected or listening local socket (owned). Calls wait for the socket or for a stop, whichever comes first.
class LocalSocket {
public:
    LocalSocket() = default;
    explicit LocalSocket(int handle) : handle_(handle) {}
    LocalSocket(LocalSocket&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
    LocalSocket& operator=(LocalSocket&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    LocalSocket(const LocalSocket&) = delete;
    LocalSocket& operator=(const LocalSocket&) = delete;
    ~LocalSocket();

    /// Listens on 127.0.0.1; the error is the system's words.
    [[nodiscard]] static tl::expected<LocalSocket, std::string> listen(std::uint16_t port);
    [[nodiscard]] std::uint16_t port() const;
    /// The next connection; nothing after a stop.
    [[nodiscard]] std::optional<LocalSocket> accept(const std::stop_token& stop) const;

    enum class End { None, Closed, Broken, Stopped };
    struct Piece {
        std::string data;  ///< empty at an end
        End end = End::None;
    };
    [[nodiscard]] Piece read(const std::stop_token& stop) const;
    /// False where the peer has gone or it was stopped.
    [[nodiscard]] bool write(std::string_view data, const std::stop_token& stop) const;
    /// The peer sees the end of our data.
    void endWriting() const;
    /// The peer will see a reset instead of an end when this is closed.
    void breakOff() const;

private:
    int handle_ = -1;
};

}  // namespace quarterdeck::kube
