#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/result.h"
#include "app/settings/paths.h"

namespace quarterdeck::settings {

enum class Theme { System, Light, Dark };
enum class Contrast { System, Normal, High };

inline constexpr double kMinTextScale = 0.8;
inline constexpr double kMaxTextScale = 2.0;

/// What the person decided about one cluster.
struct ContextSettings {
    std::optional<bool> production;       ///< nothing = as guessed from the names
    std::optional<bool> locked;           ///< nothing = locked where production
    std::string pluginPath;               ///< PATH for exec plugins; empty = the login shell's
    std::vector<std::string> namespaces;  ///< namespaces typed in; empty = all
    friend bool operator==(const ContextSettings&, const ContextSettings&) = default;
};

/// Everything the console remembers between runs; a value, read once and passed on. Holds no secret.
struct Settings {
    Theme theme = Theme::System;
    Contrast contrast = Contrast::System;
    double textScale = 1.0;  ///< kMinTextScale to kMaxTextScale
    bool utcTimes = false;
    /// The --kubeconfig whose contexts and places are remembered below, an absolute path; empty = the environment's.
    std::string lastKubeconfig;
    std::vector<std::string> lastOpenContexts;
    /// False until the person opened or closed a context: then current-context is opened first.
    bool contextsRemembered = false;
    std::string windowGeometry;  ///< of the first window, base64
    std::string lastLocation;    ///< text form of a Location
    /// Where the other windows were, text forms of Locations, and their geometries in the same order.
    std::vector<std::string> moreLocations;
    std::vector<std::string> moreGeometries;
    /// No notices to the desktop in this part of the day, in minutes from local midnight; both or none.
    std::optional<int> quietFrom;
    std::optional<int> quietTo;
    /// What parts of the window remember (columns, widths), by part ("pods.columns"); each part has its own text form
    /// and forgets what it cannot read.
    std::map<std::string, std::string> views;
    std::map<std::string, ContextSettings> clusters;  ///< by clusterKey()
    /// The file as it was read; keys this version does not know are written back.
    nlohmann::json unknown = nlohmann::json::object();
    friend bool operator==(const Settings&, const Settings&) = default;
};

/// Identity of a cluster for its settings: the server's URL (without user and password) and a hash of its CA.
[[nodiscard]] std::string clusterKey(std::string_view serverUrl, std::string_view caPem);

struct LoadedSettings {
    Settings settings;
    /// Set where a broken file was kept aside and defaults are in use, or where a value was not understood.
    std::optional<Error> problem;
};

/// Never fails: a missing file gives defaults; one that cannot be read or parsed is renamed to settings.json.broken-N
/// and reported; one with a value that is not understood is kept under such a name too, and the rest of it used. Blocks
/// for disk.
[[nodiscard]] LoadedSettings loadSettings(const Paths& paths);

/// Writes atomically with mode 0600; folders are made with 0700. Blocks for disk.
[[nodiscard]] Result<void> saveSettings(const Paths& paths, const Settings& settings);

inline constexpr ErrorCode kSettingsBroken{
    "settings.broken",
    QT_TRANSLATE_NOOP(
        "Error",
        "The settings in {file} cannot be used: {reason}. They were kept as {kept} and the defaults are in use; "
        "correct that file and put it back, or go on with the defaults.")};
inline constexpr ErrorCode kSettingsStuck{
    "settings.stuck",
    QT_TRANSLATE_NOOP(
        "Error",
        "The settings in {file} cannot be used ({reason}) nor kept aside. The defaults are in use; check the "
        "permissions of the file and its folder before anything is saved.")};
inline constexpr ErrorCode kSettingsValue{
    "settings.value",
    QT_TRANSLATE_NOOP(
        "Error",
        "The settings in {file} hold values that are not understood ({keys}); the defaults stand for those. The "
        "file as it is was kept as {kept}.")};
inline constexpr ErrorCode kSettingsNotSaved{
    "settings.not-saved",
    QT_TRANSLATE_NOOP(
        "Error",
        "The settings could not be written to {file}: {reason}. Check the folder's permissions and free space; "
        "the file there before is unchanged.")};

}  // namespace quarterdeck::settings
