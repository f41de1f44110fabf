// The real main window on a cluster of 10,000 pods, with the Pods page in front: time to the complete table, longest
// stall of the interface thread meanwhile, and memory ten seconds after. Usage: load_benchmark SYNTHETIC_SERVER
// [--json FILE]. Times are goals and only printed; memory above its limit fails.

#include <chrono>
#include <fstream>
#include <iostream>
#include <string>

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <nlohmann/json.hpp>

#include "app/session/session_hub.h"
#include "ui/windows/main_window.h"
#include "ui/windows/stall_watchdog.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace std::chrono_literals;

namespace {

constexpr int kPods = 10'000;
constexpr long kMemoryLimitKiB = 110L * 1024;
constexpr double kStallGoalMs = 50;

/// A line of /proc/self/status in KiB.
long memory(const std::string& name) {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(name + ":")) {
            return std::stol(line.substr(name.size() + 1));
        }
    }
    return -1;
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (argc < 2) {
        std::cerr << "usage: load_benchmark SYNTHETIC_SERVER [--json FILE]\n";
        return 2;
    }
    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(QString::fromLocal8Bit(argv[1]), {QString::number(kPods), QStringLiteral("0")});
    if (!server.waitForReadyRead(60'000)) {
        std::cerr << "the synthetic server did not start\n";
        return 2;
    }
    const std::string url = server.readLine().trimmed().toStdString();
    QTemporaryDir folder;
    const QString config = folder.filePath(QStringLiteral("config"));
    std::ofstream(config.toStdString()) << "current-context: large\nclusters: [{name: c, cluster: {server: \"" << url
                                        << "\"}}]\ncontexts: [{name: large, context: {cluster: c}}]\n";

    widgets::applyTheme(application, widgets::Theme::suiting(true, false));
    const auto clock = std::make_shared<SystemClock>();
    session::SessionHub::Options hubOptions;
    hubOptions.kubeconfigPath = config.toStdString();
    hubOptions.clock = clock;
    session::SessionHub hub(std::move(hubOptions));
    ui::MainWindow::Options options;
    options.clock = clock;
    options.start.page = "pods";
    ui::MainWindow window(hub, std::move(options));
    window.resize(1440, 900);
    window.show();
    const long before = memory("VmRSS");

    ui::StallWatchdog watchdog;
    QElapsedTimer timer;
    double filledMs = 0;
    double longestStallMs = 0;
    QObject::connect(&hub, &session::SessionHub::contextsChanged, &window, [&] {
        watchdog.reset();
        timer.start();
        hub.open("large");
    });
    QObject::connect(&window, &ui::MainWindow::pageStateChanged, &window, [&] {
        const ui::Page* page = window.page();
        if (filledMs > 0 || page == nullptr || page->rows() < kPods || page->state() != kube::FreshnessState::Live) {
            return;
        }
        filledMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        QTimer::singleShot(10s, &window, [&] {
            longestStallMs = static_cast<double>(watchdog.longestStall().count()) / 1e3;
            QApplication::quit();
        });
    });
    QTimer::singleShot(120s, &window, [] { QApplication::exit(2); });
    const int code = QApplication::exec();
    const long rss = memory("VmRSS");
    const long peak = memory("VmHWM");
    server.closeWriteChannel();
    server.waitForFinished(10'000);
    if (code != 0) {
        std::cerr << "the table was not complete within two minutes\n";
        return code;
    }
    std::cout << kPods << " pods as JSON, the Pods page in front\n"
              << "  complete table            " << filledMs << " ms\n"
              << "  longest interface stall   " << longestStallMs << " ms  (goal " << kStallGoalMs << ")\n"
              << "  VmRSS empty window        " << before << " KiB\n"
              << "  VmRSS 10 s after          " << rss << " KiB  (limit " << kMemoryLimitKiB << ")\n"
              << "  VmHWM                     " << peak << " KiB\n";
    if (argc > 3) {
        std::ofstream(argv[3]) << nlohmann::json{
            {"pods", kPods},
            {"filled_ms", filledMs},
            {"stall_ms", longestStallMs},
            {"rss_kib", rss},
            {"rss_limit_kib", kMemoryLimitKiB},
            {"hwm_kib", peak}}.dump(2);
    }
    return rss <= kMemoryLimitKiB ? 0 : 1;
}
