#include "app/settings/settings_keeper.h"

#include <set>
#include <utility>

#include <nlohmann/json.hpp>

namespace quarterdeck::settings {

namespace {

/// What is absent counts as an empty value; what is empty afterwards is absent.
template <typename Value, typename Merge>
void mergeEntries(const std::map<std::string, Value>& base, const std::map<std::string, Value>& mine,
                  std::map<std::string, Value>& file, Merge merge) {
    const auto in = [](const std::map<std::string, Value>& map, const std::string& key) {
        const auto found = map.find(key);
        return found == map.end() ? Value{} : found->second;
    };
    std::set<std::string> keys;
    for (const auto* map : {&base, &mine}) {
        for (const auto& [key, value] : *map) {
            keys.insert(key);
        }
    }
    for (const std::string& key : keys) {
        if (in(base, key) == in(mine, key)) {
            continue;
        }
        Value merged = merge(in(base, key), in(mine, key), in(file, key));
        if (merged == Value{}) {
            file.erase(key);
        } else {
            file[key] = std::move(merged);
        }
    }
}

/// Puts into `file` what differs between `base` and `mine`, member by member.
template <class Struct>
auto taking(const Struct& base, const Struct& mine, Struct& file) {
    return [&](auto Struct::*value) {
        if (mine.*value != base.*value) {
            file.*value = mine.*value;
        }
    };
}

ContextSettings mergeCluster(const ContextSettings& base, const ContextSettings& mine, ContextSettings file) {
    const auto take = taking(base, mine, file);
    take(&ContextSettings::production);
    take(&ContextSettings::locked);
    take(&ContextSettings::pluginPath);
    take(&ContextSettings::namespaces);
    return file;
}

using Named = std::map<std::string, nlohmann::json>;

/// By name; nothing where the text is no array of objects that have one. An empty text has none.
std::optional<Named> named(const std::string& text) {
    Named entries;
    const nlohmann::json list = text.empty() ? nlohmann::json::array() : nlohmann::json::parse(text, nullptr, false);
    if (!list.is_array()) {
        return std::nullopt;
    }
    for (const nlohmann::json& entry : list) {
        if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string()) {
            return std::nullopt;
        }
        entries[entry["name"].get<std::string>()] = entry;
    }
    return entries;
}

std::string mergeView(const std::string& base, const std::string& mine, const std::string& file) {
    const auto before = named(base);
    const auto now = named(mine);
    auto there = named(file);
    if (!before || !now || !there) {
        return mine;
    }
    mergeEntries(*before, *now, *there, [](const auto&, const auto& ours, const auto&) { return ours; });
    nlohmann::json list = nlohmann::json::array();
    for (const auto& [name, entry] : *there) {
        list.push_back(entry);
    }
    return list.empty() ? std::string() : list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Settings mergeChanges(const Settings& base, const Settings& mine, Settings file) {
    const auto take = taking(base, mine, file);
    take(&Settings::theme);
    take(&Settings::contrast);
    take(&Settings::textScale);
    take(&Settings::utcTimes);
    take(&Settings::lastKubeconfig);
    take(&Settings::lastOpenContexts);
    take(&Settings::contextsRemembered);
    take(&Settings::windowGeometry);
    take(&Settings::lastLocation);
    take(&Settings::moreLocations);
    take(&Settings::moreGeometries);
    take(&Settings::quietFrom);
    take(&Settings::quietTo);
    mergeEntries(base.views, mine.views, file.views, mergeView);
    mergeEntries(base.clusters, mine.clusters, file.clusters, mergeCluster);
    return file;
}

SettingsKeeper::SettingsKeeper(Paths paths, Settings base, OnFailure failed)
    : paths_(std::move(paths)), base_(std::move(base)), failed_(std::move(failed)) {}

SettingsKeeper::~SettingsKeeper() {
    finish();
}

void SettingsKeeper::save(Settings now) {
    {
        const std::scoped_lock lock(mutex_);
        waiting_ = std::move(now);
    }
    if (!writer_.joinable()) {
        writer_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
    }
    wake_.notify_one();
}

void SettingsKeeper::finish() {
    writer_ = {};
}

void SettingsKeeper::run(std::stop_token stop) {
    for (;;) {
        std::optional<Settings> now;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, stop, [this] { return waiting_.has_value(); });
            now = std::exchange(waiting_, std::nullopt);
        }
        if (!now) {
            return;  // asked to stop, and nothing waits
        }
        write(*now);
    }
}

void SettingsKeeper::write(const Settings& now) {
    LoadedSettings file = loadSettings(paths_);
    const auto saved = saveSettings(paths_, file.problem ? now : mergeChanges(base_, now, std::move(file.settings)));
    if (saved) {
        base_ = now;
    } else {
        failed_(saved.error());
    }
}

}  // namespace quarterdeck::settings
