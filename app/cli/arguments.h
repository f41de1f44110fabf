#pragma once

#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace quarterdeck::cli {

/// One option of a command.
struct OptionSpec {
    std::string name;  ///< with its dashes: "--format"
    bool takesValue = true;
    std::string alias = {};  ///< "-n"
};

/// Words of a command, taken apart.
class Arguments {
public:
    /// Nothing where a word is unknown or a value is missing or empty; the reason goes to `err`. Up to `maxPlain` words
    /// without a dash may stand among the options.
    [[nodiscard]] static std::optional<Arguments> parse(const std::vector<std::string>& words,
                                                        const std::vector<OptionSpec>& options, std::ostream& err,
                                                        std::size_t maxPlain = 0);
    [[nodiscard]] bool has(const std::string& name) const { return values_.contains(name); }
    /// Last value given, or the other one.
    [[nodiscard]] std::string value(const std::string& name, const std::string& otherwise = {}) const;
    [[nodiscard]] std::vector<std::string> values(const std::string& name) const;
    [[nodiscard]] const std::vector<std::string>& plain() const { return plain_; }

private:
    std::vector<std::string> plain_;
    std::map<std::string, std::vector<std::string>> values_;
};

}  // namespace quarterdeck::cli
