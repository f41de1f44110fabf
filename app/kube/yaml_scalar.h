#pragma once

#include <string>
#include <string_view>

namespace quarterdeck::kube {

/// Whether a string may stand in YAML without quotes and be read as that string by YAML 1.1 and 1.2. Careful: some
/// that could are quoted.
[[nodiscard]] bool yamlPlain(std::string_view text);
/// In double quotes, on one line, with everything escaped that is not plainly visible; broken UTF-8 becomes U+FFFD.
[[nodiscard]] std::string yamlQuoted(std::string_view text);
/// Whether a string of several lines can be written as a literal block (`|`) as it is.
[[nodiscard]] bool yamlLiteral(std::string_view text);
/// A number as nlohmann prints it, in a form that YAML 1.1 takes for a number too ("1e+20" is a string there).
[[nodiscard]] std::string yamlNumber(std::string number);

}  // namespace quarterdeck::kube
