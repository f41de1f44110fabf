#include "app/settings/settings_keeper.h"

#include <set>
#include <utility>

namespace quarterdeck::settings {

namespace {

template <typename Value>
void mergeEntries(const std::map<std::string, Value>& base, const std::map<std::string, Value>& mine,
                  std::map<std::string, Value>& file) {
    for (const auto& [key, value] : mine) {
        const auto before = base.find(key);
        if (before == base.end() || !(before->second == value)) {
            file[key] = value;
        }
    }
    for (const auto& [key, value] : base) {
        if (!mine.contains(key)) {
            file.erase(key);
        }
    }
}

}  // namespace

Settings mergeChanges(const Settings& base, const Settings& mine, Settings file) {
    const auto take = [&](auto Settings::*value) {
        if (mine.*value != base.*value) {
            file.*value = mine.*value;
        }
    };
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
    mergeEntries(base.views, mine.views, file.views);
    mergeEntries(base.clusters, mine.clusters, file.clusters);
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
