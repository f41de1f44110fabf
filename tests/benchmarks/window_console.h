#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include "app/session/session_hub.h"
#include "tests/benchmarks/process_facts.h"
#include "ui/windows/main_window.h"
#include "ui/windows/stall_watchdog.h"

namespace quarterdeck::benchmarks {

/// The real main window with the Pods page in front and one context that is not yet open.
class WindowConsole {
public:
    /// Shows the window; the context's rows come with fill().
    WindowConsole(const std::string& kubeconfig, std::string context) : context_(std::move(context)) {
        const auto clock = std::make_shared<SystemClock>();
        session::SessionHub::Options hubOptions;
        hubOptions.kubeconfigPath = kubeconfig;
        hubOptions.clock = clock;
        hub_ = std::make_unique<session::SessionHub>(std::move(hubOptions));
        ui::MainWindow::Options options;
        options.clock = clock;
        options.start.page = "pods";
        window_ = std::make_unique<ui::MainWindow>(*hub_, std::move(options));
        window_->resize(1440, 900);
        window_->show();
        waitUntil([this] { return hub_->loaded(); }, 60);
    }

    [[nodiscard]] bool isReady() const { return hub_->loaded(); }
    [[nodiscard]] session::SessionHub& hub() { return *hub_; }
    [[nodiscard]] ui::MainWindow& window() { return *window_; }
    [[nodiscard]] const ui::Page& page() const { return *window_->page(); }
    /// Milliseconds from opening the context to the complete table; nothing after `limitSeconds`.
    std::optional<double> fill(int rows, int limitSeconds) {
        QElapsedTimer timer;
        timer.start();
        hub_->open(context_);
        const bool filled = waitUntil([&] { return page().rows() >= rows && page().isComplete(); }, limitSeconds);
        return filled ? std::optional(static_cast<double>(timer.nsecsElapsed()) / 1e6) : std::nullopt;
    }
    /// Runs the event loop until something holds, looking every `lookMs`; false after the limit.
    static bool waitUntil(const std::function<bool()>& holds, int limitSeconds, int lookMs = kLookMs) {
        QElapsedTimer timer;
        timer.start();
        while (!holds()) {
            if (timer.elapsed() > limitSeconds * 1000LL) {
                return false;
            }
            QEventLoop loop;  // processEvents() with a time limit would not sleep
            QTimer::singleShot(lookMs, &loop, &QEventLoop::quit);
            loop.exec();
        }
        return true;
    }
    /// Runs the event loop for so long.
    static void rest(int seconds) {
        QElapsedTimer timer;
        timer.start();
        static_cast<void>(waitUntil([&] { return timer.elapsed() >= seconds * 1000LL; }, seconds + 1));
    }

private:
    static constexpr int kLookMs = 2;
    std::string context_;
    std::unique_ptr<session::SessionHub> hub_;
    std::unique_ptr<ui::MainWindow> window_;
};

}  // namespace quarterdeck::benchmarks
