#pragma once

#include <string>

namespace quarterdeck::settings {

/// Where the console keeps its files. Absolute paths; made when first written to.
struct Paths {
    std::string configDir;  ///< settings and profiles
    std::string dataDir;    ///< history

    struct Environment {
        std::string home;
        std::string xdgConfigHome;  ///< obeyed where absolute
        std::string xdgDataHome;    ///< obeyed where absolute
        [[nodiscard]] static Environment ofProcess();
    };
    /// `stateDir` (--state-dir) puts everything below itself: config/ and data/. Empty = the XDG folders.
    [[nodiscard]] static Paths resolve(const Environment& environment, const std::string& stateDir = {});
    [[nodiscard]] std::string settingsFile() const { return configDir + "/settings.json"; }
};

}  // namespace quarterdeck::settings
