#include "app/settings/paths.h"

#include <cstdlib>
#include <filesystem>

namespace quarterdeck::settings {

namespace {

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

std::string absolute(const std::string& path) {
    std::error_code failed;
    const auto result = std::filesystem::absolute(path, failed);
    return failed ? path : result.lexically_normal().string();
}

/// An XDG folder; relative values are invalid and ignored, as the specification says.
std::string xdgFolder(const std::string& value, const std::string& home, const char* fallback) {
    const std::string base = !value.empty() && value.front() == '/' ? value : home + "/" + fallback;
    return base + "/quarterdeck";
}

}  // namespace

Paths::Environment Paths::Environment::ofProcess() {
    return {variable("HOME"), variable("XDG_CONFIG_HOME"), variable("XDG_DATA_HOME")};
}

Paths Paths::resolve(const Environment& environment, const std::string& stateDir) {
    if (!stateDir.empty()) {
        const std::string base = absolute(stateDir);
        const std::string slash = base.back() == '/' ? "" : "/";
        return {base + slash + "config", base + slash + "data"};
    }
    return {xdgFolder(environment.xdgConfigHome, environment.home, ".config"),
            xdgFolder(environment.xdgDataHome, environment.home, ".local/share")};
}

}  // namespace quarterdeck::settings
