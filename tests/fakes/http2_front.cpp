#include "tests/fakes/http2_front.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <chrono>
#include <stdexcept>
#include <vector>

namespace quarterdeck::fakes {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

std::uint16_t freePort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(socket, reinterpret_cast<const sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

bool accepts(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const bool connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

QString writeFile(const QTemporaryDir& folder, const char* name, const std::string& text) {
    QFile file(folder.filePath(QLatin1String(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0) {
        throw std::runtime_error("Http2Front: cannot write a temporary file");
    }
    return file.fileName();
}

}  // namespace

struct Http2Front::Impl {
    QTemporaryDir folder;
    std::string log;
    pid_t child = -1;
    std::uint16_t port = 0;

    ~Impl() {
        if (child > 0) {
            ::kill(child, SIGKILL);  // ends a stopped child too
            ::waitpid(child, nullptr, 0);
        }
    }
    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    /// Starts the program with its words going to the log. Not QProcess: the thread sanitizer takes its way of forking
    /// for a fork of this process.
    void start(std::vector<std::string> arguments) {
        std::vector<char*> pointers;
        for (std::string& argument : arguments) {
            pointers.push_back(argument.data());
        }
        pointers.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
        const int failure = ::posix_spawn(&child, pointers[0], &actions, nullptr, pointers.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (failure != 0) {
            child = -1;
            throw std::runtime_error("nghttpx cannot be started");
        }
    }

    [[nodiscard]] bool hasEnded() {
        const bool ended = ::waitpid(child, nullptr, WNOHANG) == child;
        if (ended) {
            child = -1;
        }
        return ended;
    }

    [[nodiscard]] std::string words() const {
        QFile file(QString::fromStdString(log));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
};

Http2Front::Http2Front(std::uint16_t backendPort, const PemIdentity& identity) : impl_(std::make_unique<Impl>()) {
    QString program = QStandardPaths::findExecutable(QStringLiteral("nghttpx"));
    if (program.isEmpty()) {
        program = QStandardPaths::findExecutable(QStringLiteral("nghttpx"),
                                                 {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")});
    }
    if (program.isEmpty()) {
        throw std::runtime_error("nghttpx is missing: install Debian's nghttp2-proxy");
    }
    impl_->port = freePort();
    impl_->log = impl_->folder.filePath(QStringLiteral("log")).toStdString();
    const QString key = writeFile(impl_->folder, "key.pem", identity.keyPem);
    const QString certificate = writeFile(impl_->folder, "certificate.pem", identity.certificatePem);
    impl_->start({program.toStdString(), "--conf=/dev/null", "--single-process",
                  "--frontend=127.0.0.1," + std::to_string(impl_->port),
                  "--backend=127.0.0.1," + std::to_string(backendPort), "--errorlog-file=/dev/stderr",
                  "--log-level=ERROR", key.toStdString(), certificate.toStdString()});
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!accepts(impl_->port)) {
        if (impl_->hasEnded() || std::chrono::steady_clock::now() > deadline) {
            throw std::runtime_error("nghttpx did not start: " + impl_->words());
        }
        ::poll(nullptr, 0, 10);  // the pause between two tries
    }
}

Http2Front::~Http2Front() = default;

std::uint16_t Http2Front::port() const {
    return impl_->port;
}
std::string Http2Front::url() const {
    return "https://127.0.0.1:" + std::to_string(impl_->port);
}
int Http2Front::connectionCount() const {
    QFile table(QStringLiteral("/proc/net/tcp"));
    if (!table.open(QIODevice::ReadOnly)) {
        throw std::runtime_error("Http2Front: cannot read /proc/net/tcp");
    }
    // Columns: number, local address, remote address, state (01 = established).
    const QByteArray end = ':' + QByteArray::number(impl_->port, 16).toUpper().rightJustified(4, '0');
    int count = 0;
    for (const QByteArray& line : table.readAll().split('\n')) {
        const auto columns = line.simplified().split(' ');
        count += columns.size() > 3 && columns[1].endsWith(end) && columns[3] == "01" ? 1 : 0;
    }
    return count;
}

void Http2Front::freeze() {
    ::kill(impl_->child, SIGSTOP);
    ::waitpid(impl_->child, nullptr, WUNTRACED);  // until it has really stopped
}
void Http2Front::thaw() {
    ::kill(impl_->child, SIGCONT);
}

}  // namespace quarterdeck::fakes
