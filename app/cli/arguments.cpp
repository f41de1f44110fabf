#include "app/cli/arguments.h"

#include <algorithm>
#include <ostream>

#include "app/base/error.h"

namespace quarterdeck::cli {

std::optional<Arguments> Arguments::parse(const std::vector<std::string>& words, const std::vector<OptionSpec>& options,
                                          std::ostream& err, std::size_t maxPlain) {
    Arguments parsed;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t equals = words[i].starts_with("--") ? words[i].find('=') : std::string::npos;
        const std::string name = words[i].substr(0, equals);
        const auto spec = std::find_if(options.begin(), options.end(), [&](const OptionSpec& option) {
            return option.name == name || (!option.alias.empty() && option.alias == name);
        });
        if (spec == options.end() && !words[i].starts_with('-') && parsed.plain_.size() < maxPlain) {
            parsed.plain_.push_back(words[i]);
            continue;
        }
        if (spec == options.end()) {
            err << "qdeck: unknown option or word: " << escapeForDisplay(words[i], 200) << " (see qdeck --help)\n";
            return std::nullopt;
        }
        if (!spec->takesValue) {
            if (equals != std::string::npos) {
                err << "qdeck: " << spec->name << " takes no value\n";
                return std::nullopt;
            }
            parsed.values_[spec->name].emplace_back();
        } else if (equals != std::string::npos) {
            parsed.values_[spec->name].push_back(words[i].substr(equals + 1));
        } else if (i + 1 < words.size()) {
            parsed.values_[spec->name].push_back(words[++i]);
        } else {
            err << "qdeck: " << spec->name << " needs a value\n";
            return std::nullopt;
        }
        if (spec->takesValue && parsed.values_[spec->name].back().empty()) {  // as of a variable that is not set
            err << "qdeck: the value of " << spec->name << " is empty\n";
            return std::nullopt;
        }
    }
    return parsed;
}

std::string Arguments::value(const std::string& name, const std::string& otherwise) const {
    const auto found = values_.find(name);
    return found == values_.end() ? otherwise : found->second.back();
}

std::vector<std::string> Arguments::values(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>{} : found->second;
}

}  // namespace quarterdeck::cli
