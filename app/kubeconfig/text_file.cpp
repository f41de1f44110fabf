#include "app/kubeconfig/text_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <QByteArray>
#include <QStringDecoder>

#include "app/base/secret.h"

namespace quarterdeck::kubeconfig {

namespace {

constexpr std::chrono::milliseconds kPipeLimit{2'000};

std::string systemWords(int error) {
    return std::generic_category().message(error);
}

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

/// Whether more can be read before `deadline`.
bool waitReadable(int fd, std::chrono::steady_clock::time_point deadline) {
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return false;
        }
        pollfd entry{fd, POLLIN, 0};
        const int ready = ::poll(&entry, 1, static_cast<int>(left.count()));
        if (ready > 0) {
            return true;
        }
        if (ready < 0 && errno != EINTR) {
            return false;
        }
    }
}

OrReason<std::string> fromUtf16(std::string& bytes, std::size_t skip, bool littleEndian) {
    if ((bytes.size() - skip) % 2 != 0) {
        return tl::unexpected<std::string>("it looks like UTF-16 but is cut in the middle of a character");
    }
    QStringDecoder decoder(littleEndian ? QStringConverter::Utf16LE : QStringConverter::Utf16BE,
                           QStringConverter::Flag::Stateless);
    QString text = decoder.decode(QByteArrayView(bytes.data() + skip, static_cast<qsizetype>(bytes.size() - skip)));
    wipeString(bytes);
    const bool bad = decoder.hasError() || !text.isValidUtf16() || text.contains(QChar(u'\0'));
    QByteArray utf8 = text.toUtf8();
    text.fill(QChar(u' '));
    if (bad) {
        utf8.fill(' ');
        return tl::unexpected<std::string>("it looks like UTF-16 but holds characters that cannot be decoded");
    }
    std::string result = utf8.toStdString();
    utf8.fill(' ');
    return result;
}

bool isValidUtf8(const std::string& bytes) {
    QStringDecoder decoder(QStringConverter::Utf8, QStringConverter::Flag::Stateless);
    QString text = decoder.decode(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    const bool valid = !decoder.hasError();
    text.fill(QChar(u' '));
    return valid;
}

/// Share of zero bytes at even and odd places of the beginning: text in ASCII stored as UTF-16 has one of them full.
struct ZeroCount {
    std::size_t even = 0;
    std::size_t odd = 0;
    std::size_t pairs = 0;
};

ZeroCount countZeros(const std::string& bytes) {
    ZeroCount count;
    const std::size_t end = std::min<std::size_t>(bytes.size(), 512) / 2;
    for (std::size_t i = 0; i < end; ++i) {
        count.even += bytes[2 * i] == '\0' ? 1U : 0U;
        count.odd += bytes[2 * i + 1] == '\0' ? 1U : 0U;
    }
    count.pairs = end;
    return count;
}

}  // namespace

OrReason<std::string> readBytes(const std::string& path, std::size_t maxBytes) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0) {
        return tl::unexpected(systemWords(errno));
    }
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) {
        return tl::unexpected(systemWords(errno));
    }
    if (S_ISDIR(info.st_mode)) {
        return tl::unexpected<std::string>("it is a folder, not a file");
    }
    const auto deadline = std::chrono::steady_clock::now() + kPipeLimit;
    std::string bytes;
    std::string chunk(65'536, '\0');
    for (;;) {
        const ssize_t got = ::read(file.get(), chunk.data(), chunk.size());
        if (got == 0) {
            break;
        }
        if (got > 0) {
            bytes.append(chunk, 0, static_cast<std::size_t>(got));
            if (bytes.size() > maxBytes) {
                wipeString(bytes);
                wipeString(chunk);
                return tl::unexpected(fmt::format("it is larger than {} KiB", maxBytes >> 10U));
            }
            continue;
        }
        if (errno == EINTR || (errno == EAGAIN && waitReadable(file.get(), deadline))) {
            continue;
        }
        const int error = errno;
        wipeString(bytes);
        wipeString(chunk);
        return tl::unexpected(error == EAGAIN ? std::string("nothing came from the pipe in time") : systemWords(error));
    }
    wipeString(chunk);
    return bytes;
}

OrReason<std::string> decodeText(std::string bytes) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    if (bytes.empty()) {
        return bytes;
    }
    if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; })) {
        return tl::unexpected(
            fmt::format("it holds {} zero bytes and nothing else, as after a crash or a full disk; restore it from a "
                        "copy or fetch it anew",
                        bytes.size()));
    }
    if (bytes.size() >= 2 && at(0) == 0xFF && at(1) == 0xFE) {
        return fromUtf16(bytes, 2, true);
    }
    if (bytes.size() >= 2 && at(0) == 0xFE && at(1) == 0xFF) {
        return fromUtf16(bytes, 2, false);
    }
    if (bytes.size() >= 3 && at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF) {
        bytes.erase(0, 3);
    } else if (const ZeroCount zeros = countZeros(bytes); zeros.pairs > 0) {
        if (zeros.even == 0 && zeros.odd * 2 > zeros.pairs) {
            return fromUtf16(bytes, 0, true);
        }
        if (zeros.odd == 0 && zeros.even * 2 > zeros.pairs) {
            return fromUtf16(bytes, 0, false);
        }
    }
    const bool control = std::any_of(bytes.begin(), bytes.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    });
    if (control || !isValidUtf8(bytes)) {
        wipeString(bytes);
        return tl::unexpected<std::string>("it is not text (neither UTF-8 nor UTF-16)");
    }
    return bytes;
}

OrReason<std::string> decodeBase64(const std::string& text) {
    QByteArray compact;
    compact.reserve(static_cast<qsizetype>(text.size()));
    for (const char c : text) {
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
            compact.append(c);
        }
    }
    auto decoded = QByteArray::fromBase64Encoding(compact, QByteArray::AbortOnBase64DecodingErrors);
    compact.fill(' ');
    if (!decoded) {
        return tl::unexpected<std::string>("illegal base64 data");
    }
    std::string bytes = decoded.decoded.toStdString();
    decoded.decoded.fill(' ');
    return bytes;
}

}  // namespace quarterdeck::kubeconfig
