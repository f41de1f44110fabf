#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "app/base/result.h"
#include "app/base/secret.h"
#include "app/kubeconfig/model.h"

namespace quarterdeck::kubeconfig {

/// State of a file that moves when it is written or replaced; all zero where it is missing.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t modifiedNs = 0;
    std::int64_t changedNs = 0;
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
    [[nodiscard]] static FileStamp of(const std::string& path);
};

/// A user's certificate and key, inline or from files that are read again when they change. A read that fails, or gives
/// halves that do not belong together (a rotation under way), keeps the last pair. Any thread; blocks for disk.
class ClientCertificate {
public:
    struct Pair {
        std::string certificatePem;
        Secret keyPem;
        friend bool operator==(const Pair&, const Pair&) = default;
    };
    /// `user` has a certificate and a key, as validation found.
    explicit ClientCertificate(const User& user);
    [[nodiscard]] Result<Pair> pair();

private:
    [[nodiscard]] Result<Pair> read() const;

    std::string userName_;
    std::string file_;
    std::string certificatePath_;  ///< empty = inline
    std::string keyPath_;          ///< empty = inline
    Pair inline_;
    std::mutex mutex_;
    std::optional<Pair> last_;
    std::array<FileStamp, 2> stamps_;
};

}  // namespace quarterdeck::kubeconfig
