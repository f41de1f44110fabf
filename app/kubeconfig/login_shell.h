#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace quarterdeck::kubeconfig {

/// The PATH of the person's login shell, which a program started from a desktop lacks. Asked for once, when first
/// needed; falls back to the process's PATH where the shell fails or takes too long. Any thread; blocks.
class LoginShell {
public:
    struct Options {
        std::string shell;                     ///< absolute path; empty = do not ask
        std::string processPath;               ///< PATH of this process
        std::vector<std::string> environment;  ///< "NAME=value" for the shell
        std::chrono::milliseconds timeLimit{3'000};
        [[nodiscard]] static Options fromEnvironment();
    };
    explicit LoginShell(Options options);

    /// Directories of the login shell first, then those of the process that it lacks. A cancelled call is not
    /// remembered.
    [[nodiscard]] std::string path(std::stop_token stop = {});

private:
    Options options_;
    std::mutex mutex_;
    std::optional<std::string> path_;
};

}  // namespace quarterdeck::kubeconfig
