#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

namespace quarterdeck::kubeconfig {

/// A program to run without a terminal: empty standard input, a session of its own.
struct ProcessRequest {
    std::string program;                   ///< absolute path
    std::vector<std::string> arguments;    ///< without the program's name
    std::vector<std::string> environment;  ///< "NAME=value", complete
    std::chrono::milliseconds timeLimit{60'000};
    std::size_t maxOutput = std::size_t{1} << 20U;  ///< of standard output
    std::size_t maxErrorOutput = 8'192;             ///< the rest is read and dropped
};

enum class ProcessEnd {
    Exited,      ///< exitCode holds
    Signalled,   ///< exitCode is the signal's number
    NotStarted,  ///< exitCode is the errno
    TimedOut,
    TooMuchOutput,
    Cancelled,
};

struct ProcessResult {
    ProcessEnd end = ProcessEnd::NotStarted;
    int exitCode = 0;
    std::string output;
    std::string errorOutput;
};

/// Runs to the end and returns what was printed. On the time limit, too much output or `stop` the program and
/// everything of its session that stayed in its process group is ended (SIGTERM, half a second later SIGKILL). Leaves
/// no zombie. Blocks; never from the interface thread.
[[nodiscard]] ProcessResult runProcess(const ProcessRequest& request, std::stop_token stop);

/// The variables of this process, "NAME=value".
[[nodiscard]] std::vector<std::string> processEnvironment();

/// Value of a variable in such a list; empty where missing.
[[nodiscard]] std::string environmentValue(const std::vector<std::string>& environment, const std::string& name);

/// Sets a variable in such a list, replacing what is there.
void setEnvironmentValue(std::vector<std::string>& environment, const std::string& name, const std::string& value);

}  // namespace quarterdeck::kubeconfig
