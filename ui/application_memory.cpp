// What the application keeps for its next run.
#include <algorithm>

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/application.h"
#include "ui/windows/main_window.h"
#include "ui/windows/window_set.h"

namespace quarterdeck::ui {

void Application::rememberDecision(const std::string& context, const Remember& remember) {
    const session::ContextEntry* entry = hub_->context(context);
    const session::ClusterSession* session = hub_->session(context);
    const auto locked = session == nullptr ? std::nullopt : std::optional(session->locked());
    if (line_.demo || entry == nullptr || !remember(settings_, *entry, locked)) {
        return;
    }
    // At once: what runs beside the window holds to it, and a crash does not lose it.
    keeper_->save(settings_);
}

/// What is remembered of another kubeconfig is neither used nor overwritten by a look at this one.
bool Application::remembersPlaces() const {
    const bool nothing = !settings_.contextsRemembered && settings_.lastLocation.empty();
    return !line_.demo && (line_.kubeconfig.empty() || nothing || settings_.lastKubeconfig == line_.kubeconfig);
}

/// Where the server does not tell the namespaces, those that the person typed are kept for the next time.
void Application::rememberNamespaces(const session::ClusterSession& session) {
    const session::ContextEntry* entry = line_.demo ? nullptr : hub_->context(session.contextId());
    std::vector<std::string> names = session.namespacesToRemember();
    if (entry == nullptr || entry->clusterKey.empty()) {
        return;
    }
    std::erase(names, entry->nameSpace);
    if (!names.empty()) {
        settings_.clusters[entry->clusterKey].namespaces = std::move(names);
    }
}

void Application::saveSettings() {
    const std::vector<MainWindow*> windows = windows_->windows();
    settings_.utcTimes = windows_->front().utcTimes();
    settings_.views = memory_.all();
    settings_.windowGeometry = windows.front()->saveGeometry().toBase64().toStdString();
    for (const session::ClusterSession* session : hub_->sessions()) {
        rememberNamespaces(*session);
    }
    if (remembersPlaces()) {
        const bool another = settings_.lastKubeconfig != line_.kubeconfig;
        settings_.lastKubeconfig = line_.kubeconfig;
        settings_.contextsRemembered = settings_.contextsRemembered && !another;
        settings_.lastLocation = formatLocation(windows.front()->location());
        settings_.moreLocations.clear();
        settings_.moreGeometries.clear();
        for (std::size_t i = 1; i < windows.size(); ++i) {
            settings_.moreLocations.push_back(formatLocation(windows[i]->location()));
            settings_.moreGeometries.push_back(windows[i]->saveGeometry().toBase64().toStdString());
        }
        std::vector<std::string> open;
        for (const session::ClusterSession* session : hub_->sessions()) {
            open.push_back(session->contextId());
        }
        std::sort(open.begin(), open.end());
        std::sort(openedByItself_.begin(), openedByItself_.end());
        // Contexts that were not opened because a kubeconfig was missing stay remembered until the person chooses.
        if (line_.contexts.empty() && open != openedByItself_) {
            settings_.contextsRemembered = true;
            settings_.lastOpenContexts = std::move(open);
        }
    }
    keeper_->save(settings_);
    keeper_->finish();
}

}  // namespace quarterdeck::ui
