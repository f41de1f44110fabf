#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "app/settings/settings.h"

namespace quarterdeck::settings {

/// `file` with what was changed from `base` to `mine`, value by value, also of each cluster and view; a view that is a
/// JSON array of objects with a "name" (saved views) is merged by name. So consoles that run beside each other keep
/// each other's decisions.
[[nodiscard]] Settings mergeChanges(const Settings& base, const Settings& mine, Settings file);

/// Writes settings in order, off the calling thread, into what the file holds by then. Where that cannot be understood
/// it is kept aside (see loadSettings()) and everything is written.
class SettingsKeeper {
public:
    using OnFailure = std::function<void(const Error&)>;  ///< on the writing thread

    /// `base`: the settings as they were read.
    SettingsKeeper(Paths paths, Settings base, OnFailure failed);
    ~SettingsKeeper();  ///< as finish()
    SettingsKeeper(const SettingsKeeper&) = delete;
    SettingsKeeper& operator=(const SettingsKeeper&) = delete;

    /// Returns at once. Settings that still wait are replaced.
    void save(Settings now);
    /// Blocks until everything is written or has failed.
    void finish();

private:
    void run(std::stop_token stop);
    void write(const Settings& now);

    Paths paths_;
    Settings base_;  ///< as this program last wrote or read; of the writing thread
    OnFailure failed_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<Settings> waiting_;
    std::jthread writer_;  ///< from the first save() on
};

}  // namespace quarterdeck::settings
