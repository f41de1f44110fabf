// Time from starting the process to its end after the first painted frame, the console against a bare Qt window, in
// turns. Usage: start_benchmark QUARTERDECK BARE_WINDOW [--json FILE]. Fails above twice the bare window.

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

double millisecondsOf(const QString& program, const QStringList& arguments) {
    return TimedProcess(program, arguments).untilEnd();
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc < 3) {
        std::cerr << "usage: start_benchmark QUARTERDECK BARE_WINDOW [--json FILE]\n";
        return 2;
    }
    QTemporaryDir state;
    const QStringList ours{QStringLiteral("--demo"), QStringLiteral("--exit-after-first-frame"),
                           QStringLiteral("--state-dir"), state.path()};
    const QString console = QString::fromLocal8Bit(argv[1]);
    const QString bare = QString::fromLocal8Bit(argv[2]);
    millisecondsOf(console, ours);
    millisecondsOf(bare, {});
    std::vector<double> consoleTimes;
    std::vector<double> bareTimes;
    std::vector<double> ratios;
    for (int i = 0; i < kRounds; ++i) {
        consoleTimes.push_back(millisecondsOf(console, ours));
        bareTimes.push_back(millisecondsOf(bare, {}));
        ratios.push_back(consoleTimes.back() / bareTimes.back());
    }
    const double ratio = median(ratios);
    std::cout << "start to the end after the first frame (median of " << kRounds << ", in turns)\n"
              << "  console      " << median(consoleTimes) << " ms\n"
              << "  bare window  " << median(bareTimes) << " ms\n"
              << "  ratio        " << ratio << "  (limit " << kLimit << ")\n";
    if (argc > 4) {
        std::ofstream(argv[4]) << nlohmann::json{
            {"console_ms", median(consoleTimes)},
            {"bare_ms", median(bareTimes)},
            {"ratio", ratio},
            {"limit", kLimit}}.dump(2);
    }
    return ratio <= kLimit ? 0 : 1;
}
