#include "ui/windows/window_set.h"

#include <algorithm>

#include <QEvent>

#include "ui/windows/main_window.h"

namespace quarterdeck::ui {

namespace {

constexpr QPoint kAside(32, 32);

}  // namespace

WindowSet::WindowSet(Make make, QObject* parent) : QObject(parent), make_(std::move(make)) {}
WindowSet::~WindowSet() = default;

MainWindow& WindowSet::add(const Location& start, const MainWindow* beside) {
    windows_.push_back(make_(start));
    MainWindow* window = windows_.back().get();
    if (beside != nullptr) {
        window->resize(beside->size());
        window->move(beside->pos() + kAside);
    }
    window->installEventFilter(this);
    connect(window, &MainWindow::newWindowRequested, this,
            [this, window](const Location& place) { add(place, window).show(); });
    // Queued: quitting closes all of them at a stroke, and none of those is to be forgotten.
    connect(
        window, &MainWindow::closed, this, [this, window] { onClosed(window); }, Qt::QueuedConnection);
    return *window;
}

std::vector<MainWindow*> WindowSet::windows() const {
    std::vector<MainWindow*> all;
    all.reserve(windows_.size());
    for (const auto& window : windows_) {
        all.push_back(window.get());
    }
    return all;
}

MainWindow& WindowSet::front() const {
    const auto last =
        std::find_if(windows_.begin(), windows_.end(), [this](const auto& window) { return window.get() == last_; });
    return last != windows_.end() ? **last : *windows_.front();
}

bool WindowSet::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::WindowActivate) {
        last_ = watched;
    }
    return QObject::eventFilter(watched, event);
}

void WindowSet::clear() {
    windows_.clear();
}

void WindowSet::onClosed(MainWindow* window) {
    const bool ending =
        std::none_of(windows_.begin(), windows_.end(), [](const auto& one) { return one->isVisible(); });
    if (ending) {
        return;
    }
    const auto found =
        std::find_if(windows_.begin(), windows_.end(), [window](const auto& one) { return one.get() == window; });
    if (found != windows_.end()) {
        windows_.erase(found);
    }
}

}  // namespace quarterdeck::ui
