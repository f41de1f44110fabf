#include "app/settings/file_io.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quarterdeck::settings {

namespace {

namespace fs = std::filesystem;

std::string systemWords(int error) {
    return std::generic_category().message(error);
}

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }
    int close() {
        const int result = fd_ >= 0 ? ::close(fd_) : 0;
        fd_ = -1;
        return result;
    }

private:
    int fd_;
};

/// Makes a folder and those above it, private to the person. Returns the reason where it failed.
std::string makeFolders(const fs::path& folder) {
    std::error_code failed;
    if (folder.empty() || fs::is_directory(folder, failed)) {
        return {};
    }
    if (std::string reason = makeFolders(folder.parent_path()); !reason.empty()) {
        return reason;
    }
    return ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST ? std::string() : systemWords(errno);
}

bool writeAll(int fd, const std::string& content) {
    for (std::size_t done = 0; done < content.size();) {
        const ssize_t wrote = ::write(fd, content.data() + done, content.size() - done);
        if (wrote < 0 && errno != EINTR) {
            return false;
        }
        done += wrote > 0 ? static_cast<std::size_t>(wrote) : 0U;
    }
    return true;
}

}  // namespace

tl::expected<std::string, ReadFailure> readFile(const std::string& path, std::size_t maxBytes) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info {};
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0) {
        return tl::unexpected(ReadFailure{errno == ENOENT, systemWords(errno)});
    }
    if (!S_ISREG(info.st_mode)) {
        return tl::unexpected(ReadFailure{false, "it is not a file"});
    }
    std::string content;
    std::array<char, 65'536> chunk{};
    for (;;) {
        const ssize_t got = ::read(file.get(), chunk.data(), chunk.size());
        if (got == 0) {
            return content;
        }
        if (got < 0 && errno != EINTR) {
            return tl::unexpected(ReadFailure{false, systemWords(errno)});
        }
        content.append(chunk.data(), got > 0 ? static_cast<std::size_t>(got) : 0U);
        if (content.size() > maxBytes) {
            return tl::unexpected(ReadFailure{false, "it is too large"});
        }
    }
}

std::string writeFileAtomically(const std::string& path, const std::string& content) {
    std::error_code failed;
    const fs::path real = fs::is_symlink(path, failed) ? fs::weakly_canonical(path, failed) : fs::path(path);
    const std::string target = failed ? path : real.string();
    if (std::string reason = makeFolders(fs::path(target).parent_path()); !reason.empty()) {
        return reason;
    }
    std::string temporary = target + ".XXXXXX";
    Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));  // mode 0600
    if (file.get() < 0) {
        return systemWords(errno);
    }
    const bool written = writeAll(file.get(), content) && ::fsync(file.get()) == 0 && file.close() == 0;
    if (!written || ::rename(temporary.c_str(), target.c_str()) != 0) {
        const int error = errno;
        ::unlink(temporary.c_str());
        return systemWords(error);
    }
    return {};
}

std::string keepCopy(const std::string& path) {
    for (int number = 1; number < 1'000; ++number) {
        std::string kept = path + ".broken-" + std::to_string(number);
        if (::link(path.c_str(), kept.c_str()) == 0) {
            return kept;
        }
        if (errno != EEXIST) {
            return {};
        }
        std::error_code failed;
        if (fs::equivalent(path, kept, failed) && !failed) {
            return kept;
        }
    }
    return {};
}

std::string keepAside(const std::string& path) {
    // A second name never replaces an existing file, unlike a rename.
    if (std::string kept = keepCopy(path); !kept.empty()) {
        return ::unlink(path.c_str()) == 0 ? kept : std::string();
    }
    for (int number = 1; number < 1'000; ++number) {
        std::string kept = path + ".broken-" + std::to_string(number);
        struct stat info {};
        if (::lstat(kept.c_str(), &info) != 0 && errno == ENOENT) {
            return ::rename(path.c_str(), kept.c_str()) == 0 ? kept : std::string();
        }
    }
    return {};
}

}  // namespace quarterdeck::settings
