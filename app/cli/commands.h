#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace quarterdeck::cli {

/// Exit codes of qdeck.
inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;  ///< something could not be had; the reason is on the error stream
inline constexpr int kUsage = 2;    ///< the words of the call are off
/// `exec` and `attach` end with the remote command's code; these two are their own.
inline constexpr int kNotExecuted = 125;  ///< could not be run, or how it ended is unknown
inline constexpr int kInterrupted = 130;  ///< Ctrl+C here

/// One call of qdeck with its words (without the program's name). Blocks; answers on the streams only.
[[nodiscard]] int run(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);

// The commands; `words` without the command's name.
[[nodiscard]] int runContexts(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);
[[nodiscard]] int runPods(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);
/// Runs a command in a pod. Standard input is read where asked for.
[[nodiscard]] int runExec(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);
/// Joins the process that runs in a container.
[[nodiscard]] int runAttach(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);
/// Server-side apply of the objects of a file, or what it would change.
[[nodiscard]] int runApply(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);
/// Forwards local ports into pods until SIGINT or SIGTERM.
[[nodiscard]] int runPortForward(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);
/// Serves the demo platform until SIGINT or SIGTERM.
[[nodiscard]] int runDemo(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);

}  // namespace quarterdeck::cli
