#include "ui/decisions.h"

namespace quarterdeck::ui {

bool rememberLock(settings::Settings& settings, const session::ContextEntry& entry, std::optional<bool> locked) {
    if (entry.clusterKey.empty() || !locked || (entry.production && !*locked)) {
        return false;
    }
    const auto before = settings.clusters;
    settings::ContextSettings& decided = settings.clusters[entry.clusterKey];
    decided.locked = *locked && !entry.production ? std::optional(true) : std::nullopt;
    if (decided == settings::ContextSettings{}) {
        settings.clusters.erase(entry.clusterKey);
    }
    return settings.clusters != before;
}

bool rememberProduction(settings::Settings& settings, const session::ContextEntry& entry, std::optional<bool> locked) {
    if (entry.clusterKey.empty()) {
        return false;
    }
    const auto before = settings.clusters;
    settings.clusters[entry.clusterKey].production = entry.production;
    rememberLock(settings, entry, locked);
    return settings.clusters != before;
}

}  // namespace quarterdeck::ui
