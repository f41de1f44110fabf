#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/base/clock.h"
#include "app/base/secret.h"
#include "app/kubeconfig/text_file.h"

namespace quarterdeck::kubeconfig {

/// A bearer token in a file that something else rotates. Read anew after 50 s (so that one is never used longer than
/// a minute) or when somebody says so; a failed read keeps the last good one. Any thread; blocks for disk.
class TokenFile {
public:
    TokenFile(std::string path, std::shared_ptr<const Clock> clock)
        : path_(std::move(path)), clock_(std::move(clock)) {}

    /// The token without white space around it, or the reason why there has never been one.
    [[nodiscard]] OrReason<Secret> token();
    /// The next token() reads the file, however lately it was read.
    void readAgain();
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
    std::shared_ptr<const Clock> clock_;
    std::mutex mutex_;
    std::optional<Secret> last_;
    std::optional<std::chrono::milliseconds> readAt_;
};

}  // namespace quarterdeck::kubeconfig
