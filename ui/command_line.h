#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QSize>
#include <QStringList>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/settings/settings.h"
#include "ui/location.h"

namespace quarterdeck::ui {

struct CommandLine {
    bool help = false;
    bool version = false;
    bool demo = false;
    std::uint64_t demoSeed = 1;
    std::optional<Instant> demoTime;
    std::string demoIncident;
    std::string kubeconfig;
    std::vector<std::string> contexts;
    std::string stateDir;
    std::optional<settings::Theme> theme;
    /// End after the first painted frame: for measuring how long that takes.
    bool exitAfterFirstFrame = false;
    /// Tell when the page in front is complete: for the same.
    bool reportComplete = false;
    /// Developer's help: the parts of the interface instead of the console.
    bool gallery = false;
    /// Folder of --tour; empty = none.
    QString tour;
    std::optional<QSize> size;
    std::optional<Location> location;
    /// The only argument, as desktops give links, not yet read: a console that runs already may take it.
    std::string link;
};

/// `arguments` begins with the program's name. Pure: touches neither files nor the environment.
[[nodiscard]] Result<CommandLine> parseCommandLine(const QStringList& arguments);
[[nodiscard]] QString helpText();

inline constexpr ErrorCode kBadArgument{"command-line.bad",
                                        QT_TRANSLATE_NOOP("Error", "{reason} See quarterdeck --help.")};

}  // namespace quarterdeck::ui
