#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace quarterdeck::cli {

/// Exit codes of qdeck.
inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;  ///< something could not be had; the reason is on the error stream
inline constexpr int kUsage = 2;    ///< the words of the call are off

/// One call of qdeck with its words (without the program's name). Blocks; answers on the streams only.
[[nodiscard]] int run(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);

// The commands; `words` without the command's name.
[[nodiscard]] int runContexts(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);
[[nodiscard]] int runPods(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);
/// Serves the demo platform until SIGINT or SIGTERM.
[[nodiscard]] int runDemo(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);

}  // namespace quarterdeck::cli
