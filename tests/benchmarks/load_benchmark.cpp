// The real main window on a cluster of 10,000 pods, with the Pods page in front: time to the complete table, longest
// stall of the interface thread meanwhile, and memory ten seconds after. Usage: load_benchmark SYNTHETIC_SERVER
// [--json FILE]. Times are goals and only printed; memory above its limit fails.

#include <nlohmann/json.hpp>

#include "tests/benchmarks/synthetic_console.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::benchmarks;

namespace {

constexpr int kPods = 10'000;
constexpr long kMemoryLimitKiB = 110L * 1024;
constexpr double kStallGoalMs = 50;

constexpr int kPatienceSeconds = 120;
constexpr int kRestSeconds = 10;

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (argc < 2) {
        std::cerr << "usage: load_benchmark SYNTHETIC_SERVER [--json FILE]\n";
        return 2;
    }
    widgets::applyTheme(application, widgets::Theme::suiting(true, false));
    SyntheticConsole console(argv[1], {QString::number(kPods), QStringLiteral("0")});
    if (!console.isReady()) {
        return 2;
    }
    const long before = memoryKiB("VmRSS");
    const ui::StallWatchdog watchdog;
    const auto filledMs = console->fill(kPods, kPatienceSeconds);
    if (!filledMs) {
        std::cerr << "the table was not complete within two minutes\n";
        return 2;
    }
    WindowConsole::rest(kRestSeconds);
    const double longestStallMs = static_cast<double>(watchdog.longestStall().count()) / 1e3;
    const long rss = memoryKiB("VmRSS");
    const long peak = memoryKiB("VmHWM");
    std::cout << kPods << " pods as JSON, the Pods page in front\n"
              << "  complete table            " << *filledMs << " ms\n"
              << "  longest interface stall   " << longestStallMs << " ms  (goal " << kStallGoalMs << ")\n"
              << "  VmRSS empty window        " << before << " KiB\n"
              << "  VmRSS 10 s after          " << rss << " KiB  (limit " << kMemoryLimitKiB << ")\n"
              << "  VmHWM                     " << peak << " KiB\n";
    if (argc > 3) {
        std::ofstream(argv[3])
            << nlohmann::json{{"pods", kPods},  {"filled_ms", *filledMs},           {"stall_ms", longestStallMs},
                              {"rss_kib", rss}, {"rss_limit_kib", kMemoryLimitKiB}, {"hwm_kib", peak}}
                   .dump(2);
    }
    return rss <= kMemoryLimitKiB ? 0 : 1;
}
