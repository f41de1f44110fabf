#pragma once

#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include "app/session/session_hub.h"
#include "ui/windows/main_window.h"
#include "ui/windows/stall_watchdog.h"

namespace quarterdeck::benchmarks {

/// A line of /proc/self/status in KiB.
inline long memoryKiB(const std::string& name) {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(name + ":")) {
            return std::stol(line.substr(name.size() + 1));
        }
    }
    return -1;
}

/// The real main window with the Pods page in front, and a synthetic_server of its own in another process as the
/// context "large", not yet open.
class SyntheticConsole {
public:
    SyntheticConsole(const char* server, const QStringList& arguments) {
        server_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        server_.start(QString::fromLocal8Bit(server), arguments);
        if (!server_.waitForReadyRead(120'000)) {
            std::cerr << "the synthetic server did not start\n";
            return;
        }
        const std::string url = server_.readLine().trimmed().toStdString();
        const std::string config = folder_.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(config) << "current-context: large\nclusters: [{name: c, cluster: {server: \"" << url
                              << "\"}}]\ncontexts: [{name: large, context: {cluster: c}}]\n";
        const auto clock = std::make_shared<SystemClock>();
        session::SessionHub::Options hubOptions;
        hubOptions.kubeconfigPath = config;
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
    ~SyntheticConsole() {
        window_.reset();
        hub_.reset();
        server_.closeWriteChannel();
        server_.waitForFinished(10'000);
    }
    SyntheticConsole(const SyntheticConsole&) = delete;
    SyntheticConsole& operator=(const SyntheticConsole&) = delete;

    [[nodiscard]] bool isReady() const { return hub_ != nullptr && hub_->loaded(); }
    [[nodiscard]] session::SessionHub& hub() { return *hub_; }
    [[nodiscard]] ui::MainWindow& window() { return *window_; }
    [[nodiscard]] const ui::Page& page() const { return *window_->page(); }
    /// The changes begin, where they have a length.
    void beginChanges() {
        server_.write("begin\n");
        server_.waitForBytesWritten(10'000);
    }
    /// Milliseconds from opening the context to the complete table; nothing after `limitSeconds`.
    std::optional<double> fill(int rows, int limitSeconds) {
        QElapsedTimer timer;
        timer.start();
        hub_->open("large");
        const bool filled = waitUntil(
            [&] { return page().rows() >= rows && page().state() == kube::FreshnessState::Live && page().isSettled(); },
            limitSeconds);
        return filled ? std::optional(static_cast<double>(timer.nsecsElapsed()) / 1e6) : std::nullopt;
    }
    /// Runs the event loop until something holds; false after the limit.
    static bool waitUntil(const std::function<bool()>& holds, int limitSeconds) {
        QElapsedTimer timer;
        timer.start();
        while (!holds()) {
            if (timer.elapsed() > limitSeconds * 1000LL) {
                return false;
            }
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
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
    QTemporaryDir folder_;
    QProcess server_;
    std::unique_ptr<session::SessionHub> hub_;
    std::unique_ptr<ui::MainWindow> window_;
};

}  // namespace quarterdeck::benchmarks
