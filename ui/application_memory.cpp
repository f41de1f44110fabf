// What the application keeps for its next run.
#include <algorithm>
#include <cstdio>

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/application.h"
#include "ui/text/error_text.h"
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
    saver_ = std::jthread([paths = paths_, kept = settings_] {
        if (const auto saved = settings::saveSettings(paths, kept); !saved) {
            std::fputs((describe(saved.error()) + '\n').c_str(), stderr);
        }
    });
}

/// Where the server does not tell the namespaces, those that the person typed are kept for the next time.
void Application::rememberNamespaces(const session::ClusterSession& session) {
    const session::ContextEntry* entry = hub_->context(session.contextId());
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
    saver_ = {};
    const std::vector<MainWindow*> windows = windows_->windows();
    settings_.utcTimes = windows_->front().utcTimes();
    settings_.views = memory_.all();
    settings_.windowGeometry = windows.front()->saveGeometry().toBase64().toStdString();
    if (!line_.demo) {  // the demo's contexts are not the person's
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
            rememberNamespaces(*session);
        }
        std::sort(open.begin(), open.end());
        std::sort(openedByItself_.begin(), openedByItself_.end());
        if (line_.contexts.empty() && open != openedByItself_) {
            settings_.contextsRemembered = true;
        }
        if (settings_.contextsRemembered && line_.contexts.empty()) {
            settings_.lastOpenContexts = std::move(open);
        }
    }
    if (const auto saved = settings::saveSettings(paths_, settings_); !saved) {
        std::fputs((errorText(saved.error()) + QLatin1Char('\n')).toUtf8().constData(), stderr);
    }
}

}  // namespace quarterdeck::ui
