// Where the windows begin: as the last run left them, at a place that the command line or a link names.
#include <algorithm>
#include <utility>

#include <QScreen>

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/application.h"
#include "ui/pages/page_catalog.h"
#include "ui/text/error_text.h"
#include "ui/text/shown.h"
#include "ui/windows/main_window.h"
#include "ui/windows/window_set.h"

namespace quarterdeck::ui {

namespace {

constexpr std::size_t kMostRestored = 8;  ///< windows beside the first

/// As large as asked where the screen has room for it.
QSize fitting(QSize size, const QWidget& window) {
    const QScreen* screen = window.screen();
    return screen == nullptr ? size : size.boundedTo(screen->availableGeometry().size());
}

bool restoreGeometry(QWidget& window, const std::string& saved) {
    const QByteArray geometry = QByteArray::fromBase64(QByteArray::fromStdString(saved));
    return !geometry.isEmpty() && window.restoreGeometry(geometry);
}

}  // namespace

void Application::chooseStart() {
    memory_ = ViewMemory(settings_.views);
    asLeft_ = !line_.location && !line_.demo && line_.tour.isEmpty();
    start_ = line_.location.value_or(Location{});
    asLeft_ = asLeft_ && settings_.lastKubeconfig == line_.kubeconfig;
    if (asLeft_) {
        start_ = parseLocation(settings_.lastLocation).value_or(Location{});
    }
    if (!line_.link.empty()) {
        link_ = parseLocation(line_.link);
    }
}

void Application::openWindows() {
    windows_ = std::make_unique<WindowSet>([this](const Location& start) { return makeWindow(start); });
    MainWindow& first = windows_->add(start_);
    if (line_.size || !restoreGeometry(first, settings_.windowGeometry)) {
        first.resize(line_.size.value_or(fitting(kFirstSize, first)));
    }
    if (asLeft_ && !line_.exitAfterFirstFrame) {
        const MainWindow* before = &first;
        for (std::size_t i = 0; i < std::min(settings_.moreLocations.size(), kMostRestored); ++i) {
            if (const auto place = parseLocation(settings_.moreLocations[i])) {
                MainWindow& window = windows_->add(*place, before);
                if (i < settings_.moreGeometries.size()) {
                    restoreGeometry(window, settings_.moreGeometries[i]);
                }
                before = &window;
            }
        }
    }
    if (settingsProblem_) {
        first.tell({errorText(*settingsProblem_), widgets::Tone::Warning, {}});
    }
    if (opened_) {
        tellOpened();
    }
}

std::vector<std::string> Application::contextsToOpen() const {
    std::vector<std::string> wanted;
    if (!line_.contexts.empty()) {
        wanted = line_.contexts;
    } else if (!line_.demo && settings_.contextsRemembered && settings_.lastKubeconfig == line_.kubeconfig) {
        wanted = settings_.lastOpenContexts;
    } else {
        for (const session::ContextEntry& entry : hub_->contexts()) {
            if (line_.demo || entry.current) {
                wanted.push_back(entry.id);
            }
        }
    }
    return wanted;
}

void Application::openContexts() {
    const bool demoComing = line_.demo && hub_->contexts().empty();
    if (opened_ || !hub_->loaded() || demoComing) {
        return;
    }
    opened_ = true;
    const PageEntry* page = findPage(start_.page.empty() ? pageCatalog().front().id : start_.page);
    const auto isShown = [this](const std::string& id) {
        return start_.contexts.empty() ||
               std::find(start_.contexts.begin(), start_.contexts.end(), id) != start_.contexts.end();
    };
    for (const std::string& id : contextsToOpen()) {
        if (hub_->context(id) == nullptr) {
            unknownContexts_ += shownUtf8(id);
        } else if (session::ClusterSession* session = hub_->open(id)) {
            openedByItself_.push_back(id);
            if (page != nullptr && page->kind != nullptr && isShown(id)) {
                static_cast<void>(session->store(page->kind()));  // fed from now on; the page will take it
            }
        }
    }
    if (windows_) {
        tellOpened();
    }
}

void Application::tellOpened() {
    for (MainWindow* window : windows_->windows()) {
        window->setAwaited({});
    }
    MainWindow& first = *windows_->windows().front();
    if (!unknownContexts_.isEmpty()) {
        const QString text = tr("Not in the kubeconfig: %1. The contexts that are stand on the Fleet page.")
                                 .arg(unknownContexts_.join(QStringLiteral(", ")));
        first.tell({text, widgets::Tone::Warning, {}});
    }
    if (const auto link = std::exchange(link_, std::nullopt)) {
        follow(*link);
    }
}

void Application::follow(const Result<std::optional<Location>>& link) {
    if (!opened_) {
        link_ = link;  // until the contexts are known
        return;
    }
    MainWindow& window = windows_->front();
    if (!link) {
        window.tell({errorText(link.error()), widgets::Tone::Critical, {}});
    } else if (*link) {
        go(window, **link);
    }
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.raise();
    window.activateWindow();
}

void Application::go(MainWindow& window, const Location& place) {
    QStringList unknown;
    for (const std::string& id : place.contexts) {
        if (hub_->open(id) == nullptr) {
            unknown += shownUtf8(id);
        }
    }
    if (!unknown.isEmpty()) {
        window.tell({tr("Contexts that are not in the kubeconfig or cannot be used: %1.")
                         .arg(unknown.join(QStringLiteral(", "))),
                     widgets::Tone::Warning,
                     {}});
    }
    if (!window.go(place)) {
        window.tell({tr("This version has no page “%1”.").arg(shownUtf8(place.page)), widgets::Tone::Warning, {}});
    }
}

}  // namespace quarterdeck::ui
