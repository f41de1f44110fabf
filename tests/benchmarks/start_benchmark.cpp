// Time from starting the process to its first painted frame, the console against a bare Qt window, in turns. Usage:
// start_benchmark QUARTERDECK BARE_WINDOW [--json FILE]. Fails where the demo needs more than twice the bare window.
// For information: with a kubeconfig, whose contexts are opened before the window is built; and to the end right after.

#include <fstream>
#include <iostream>
#include <vector>

#include <QCoreApplication>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include "tests/benchmarks/timed_process.h"

using namespace quarterdeck::benchmarks;

namespace {

constexpr int kRounds = 15;
constexpr double kLimit = 2.0;

struct Start {
    double frame;  ///< milliseconds, as all here
    double end;
};

Start startOf(const QString& program, const QStringList& arguments) {
    TimedProcess process(program, arguments);
    const double frame = process.untilFirstLine();
    return {frame, process.untilEnd()};
}

/// Starts of one program with one set of arguments, and what they are of the bare window's.
struct Starts {
    QString program;
    QStringList arguments;
    std::vector<double> frames{};
    std::vector<double> ratios{};
    std::vector<double> endRatios{};

    void add(const Start& least) {
        const Start mine = startOf(program, arguments);
        frames.push_back(mine.frame);
        ratios.push_back(mine.frame / least.frame);
        endRatios.push_back(mine.end / least.end);
    }
    void print(const char* name) const {
        std::cout << "  " << name << median(frames) << " ms, ratio " << median(ratios) << ", to the end "
                  << median(endRatios) << '\n';
    }
    [[nodiscard]] nlohmann::json toJson() const {
        return {{"ms", median(frames)}, {"ratio", median(ratios)}, {"end_ratio", median(endRatios)}};
    }
};

/// A kubeconfig with one context, at whose address nobody listens.
std::string kubeconfig() {
    return "apiVersion: v1\nkind: Config\ncurrent-context: away\n"
           "clusters: [{name: away, cluster: {server: 'https://127.0.0.1:1'}}]\n"
           "users: [{name: away, user: {token: none}}]\n"
           "contexts: [{name: away, context: {cluster: away, user: away}}]\n";
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc < 3) {
        std::cerr << "usage: start_benchmark QUARTERDECK BARE_WINDOW [--json FILE]\n";
        return 2;
    }
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("kubeconfig"));
    std::ofstream(file.toStdString()) << kubeconfig();
    const QStringList common{QStringLiteral("--exit-after-first-frame"), QStringLiteral("--state-dir"),
                             folder.filePath(QStringLiteral("state"))};
    const QString console = QString::fromLocal8Bit(argv[1]);
    const QString bare = QString::fromLocal8Bit(argv[2]);
    Starts demo{console, common + QStringList{QStringLiteral("--demo")}};
    Starts cluster{console, common + QStringList{QStringLiteral("--kubeconfig"), file}};
    std::vector<double> least;
    for (Starts* one : {&demo, &cluster}) {
        startOf(one->program, one->arguments);
    }
    startOf(bare, {});
    for (int i = 0; i < kRounds; ++i) {
        const Start window = startOf(bare, {});
        least.push_back(window.frame);
        demo.add(window);
        cluster.add(window);
    }
    std::cout << "start to the first painted frame (median of " << kRounds << ", in turns)\n"
              << "  bare window  " << median(least) << " ms\n";
    demo.print("the demo     ");
    cluster.print("a kubeconfig ");
    std::cout << "  limit of the demo's ratio " << kLimit << '\n';
    if (argc > 4) {
        std::ofstream(argv[4]) << nlohmann::json{
            {"bare_ms", median(least)},
            {"demo", demo.toJson()},
            {"kubeconfig", cluster.toJson()},
            {"limit", kLimit}}.dump(2);
    }
    return median(demo.ratios) <= kLimit ? 0 : 1;
}
