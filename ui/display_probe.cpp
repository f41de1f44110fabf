#include "ui/display_probe.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>

#include <QCoreApplication>
#include <QtGlobal>

namespace quarterdeck::ui {

namespace {

constexpr int kPatience = 3000;  ///< milliseconds
constexpr int kFirstXPort = 6000;

class Socket {
public:
    Socket(int family, int type) : fd_(::socket(family, type | SOCK_CLOEXEC, 0)) {}
    ~Socket() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    [[nodiscard]] int fd() const { return fd_; }

private:
    int fd_;
};

using Connection = std::shared_ptr<void>;

/// `path` as it stands in the address; may begin with a zero byte (Linux's abstract names).
Connection unixSocket(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) {
        return nullptr;
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    auto socket = std::make_shared<Socket>(AF_UNIX, SOCK_STREAM);
    return ::connect(socket->fd(), reinterpret_cast<const sockaddr*>(&address), length) == 0 ? socket : nullptr;
}

Connection tcpSocket(const std::string& host, int port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
        return nullptr;
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        auto socket = std::make_shared<Socket>(one->ai_family, SOCK_STREAM | SOCK_NONBLOCK);
        if (::connect(socket->fd(), one->ai_addr, one->ai_addrlen) == 0) {
            return socket;
        }
        pollfd wait{socket->fd(), POLLOUT, 0};
        int error = 0;
        socklen_t size = sizeof(error);
        if (errno == EINPROGRESS && ::poll(&wait, 1, kPatience) == 1 &&
            ::getsockopt(socket->fd(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0) {
            return socket;
        }
    }
    return nullptr;
}

class Words {
    Q_DECLARE_TR_FUNCTIONS(Application)
};

QString howToGoOn() {
    return Words::tr(
        "Start it from a desktop session or with ssh -X, take pictures with --tour DIR, or use qdeck on the "
        "command line.");
}

/// Of a display like ":0" or "localhost:10.0"; null where nobody listens. Names of a form that only Qt may know count
/// as answering.
Connection xDisplay(const std::string& display) {
    const std::size_t colon = display.rfind(':');
    if (colon == std::string::npos || display.front() == '/') {
        return std::make_shared<int>(0);
    }
    std::string host = display.substr(0, colon);
    int number = 0;
    const char* end = display.data() + display.size();
    if (std::from_chars(display.data() + colon + 1, end, number).ec != std::errc{} || number < 0) {
        return std::make_shared<int>(0);
    }
    if (host.empty() || host == "unix") {
        const std::string path = "/tmp/.X11-unix/X" + std::to_string(number);
        Connection abstract = unixSocket(std::string(1, '\0') + path);
        return abstract != nullptr ? abstract : unixSocket(path + '\0');
    }
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    return tcpSocket(host, kFirstXPort + number);
}

/// By name or path; `runtimeDir` is XDG_RUNTIME_DIR.
Connection waylandDisplay(const std::string& display, const std::string& runtimeDir) {
    const bool whole = !display.empty() && display.front() == '/';
    return unixSocket((whole ? display : runtimeDir + '/' + display) + '\0');
}

}  // namespace

DisplayCheck prepareDisplay(bool tour) {
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    const std::string x = qgetenv("DISPLAY").toStdString();
    const std::string wayland = qgetenv("WAYLAND_DISPLAY").toStdString();
    if (!platform.isEmpty() && !platform.startsWith("xcb") && !platform.startsWith("wayland")) {
        return {};
    }
    const bool none = x.empty() && wayland.empty();
    if (tour && none && platform.isEmpty()) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        return {};
    }
    if (none && platform.isEmpty()) {
        return {
            Words::tr("There is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so no window can be shown.") +
                QLatin1Char(' ') + howToGoOn(),
            nullptr};
    }
    if (none) {
        return {};
    }
    Connection connection = x.empty() ? nullptr : xDisplay(x);
    if (connection == nullptr && !wayland.empty()) {
        connection = waylandDisplay(wayland, qgetenv("XDG_RUNTIME_DIR").toStdString());
    }
    if (connection != nullptr) {
        return {std::nullopt, connection};
    }
    return {Words::tr("The display %1 does not answer, so no window can be shown: its server has ended, or the "
                      "connection to it was cut.")
                    .arg(QString::fromStdString(x.empty() ? wayland : x)) +
                QLatin1Char(' ') + howToGoOn(),
            nullptr};
}

}  // namespace quarterdeck::ui
