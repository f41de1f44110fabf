// Time from starting the process to its first painted frame, the console against a bare Qt window, in turns; and, for
// information, to its end right after. Usage: start_benchmark QUARTERDECK BARE_WINDOW [--json FILE]. Fails above twice
// the bare window.

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
    startOf(console, ours);
    startOf(bare, {});
    std::vector<double> consoleTimes;
    std::vector<double> bareTimes;
    std::vector<double> ratios;
    std::vector<double> endRatios;
    for (int i = 0; i < kRounds; ++i) {
        const Start mine = startOf(console, ours);
        const Start least = startOf(bare, {});
        consoleTimes.push_back(mine.frame);
        bareTimes.push_back(least.frame);
        ratios.push_back(mine.frame / least.frame);
        endRatios.push_back(mine.end / least.end);
    }
    const double ratio = median(ratios);
    std::cout << "start to the first painted frame (median of " << kRounds << ", in turns)\n"
              << "  console      " << median(consoleTimes) << " ms\n"
              << "  bare window  " << median(bareTimes) << " ms\n"
              << "  ratio        " << ratio << "  (limit " << kLimit << "); to the end of the process "
              << median(endRatios) << '\n';
    if (argc > 4) {
        std::ofstream(argv[4]) << nlohmann::json{
            {"console_ms", median(consoleTimes)},
            {"bare_ms", median(bareTimes)},
            {"ratio", ratio},
            {"end_ratio", median(endRatios)},
            {"limit", kLimit}}.dump(2);
    }
    return ratio <= kLimit ? 0 : 1;
}
