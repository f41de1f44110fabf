// The real main window on the large testbed while 200 changes a second happen there for QUARTERDECK_SOAK_SECONDS (1800;
// 20 where CI=true): memory before and after, smoothness, and in the end every row against a fresh list.
// Usage: soak_benchmark CHURN [--json FILE], in the environment of tests/cluster/up large; CHURN is
// tests/cluster/churn. Fails where memory grew by more than a tenth, where a row is lost, left over or differs, and
// where the rate was not reached (CI=true: only told).

#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>

#include <QProcess>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/kinds/registry.h"
#include "app/session/cluster_session.h"
#include "tests/benchmarks/window_console.h"
#include "tests/cluster/kubectl_rows.h"
#include "tests/cluster/testbed.h"
#include "ui/pages/table/table_page.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::benchmarks;

namespace {

constexpr int kChangesPerSecond = 200;
constexpr double kGrowthLimit = 0.10;
constexpr int kPatienceSeconds = 180;
constexpr int kRestSeconds = 10;
constexpr int kSampleSeconds = 15;
constexpr int kSoakLookMs = 200;  ///< looking costs processor time, too
/// How often a fresh list is fetched until the cluster stands still and all rows are equal to it.
constexpr int kMostLists = 60;
constexpr const char* kContext = "admin";

bool isShort() {
    return qgetenv("CI") == "true";
}

int soakSeconds() {
    const int asked = qEnvironmentVariableIntValue("QUARTERDECK_SOAK_SECONDS");
    return asked > 0 ? asked : isShort() ? 20 : 1800;
}

/// Rows that are not what a fresh list says.
struct Differences {
    int rows = 0;
    int lost = 0;
    int leftOver = 0;
    int stale = 0;
    std::string first;

    [[nodiscard]] int all() const { return lost + leftOver + stale; }
};

Differences compare(const std::vector<kube::ObjectPtr>& list, const ui::ResourceTableModel& model) {
    Differences differences;
    std::map<kube::Uid, kube::ObjectPtr> shown;
    for (int row = 0; row < model.rowCount(); ++row) {
        const kube::ObjectPtr object = model.objectAt(row);
        shown[object->meta.uid] = object;
    }
    differences.rows = model.rowCount();
    differences.leftOver = model.rowCount() - static_cast<int>(shown.size());  // shown twice
    const Instant now = SystemClock().now();
    const auto note = [&](int& count, const std::string& what) {
        ++count;
        if (differences.first.empty()) {
            differences.first = what;
        }
    };
    for (const kube::ObjectPtr& object : list) {
        const auto found = shown.find(object->meta.uid);
        if (found == shown.end()) {
            note(differences.lost, object->path() + " has no row");
            continue;
        }
        const auto& ours = static_cast<const kinds::Pod&>(*found->second);
        const auto& theirs = static_cast<const kinds::Pod&>(*object);
        if (ours.meta.resourceVersion != theirs.meta.resourceVersion ||
            testbed::podRow(ours, now) != testbed::podRow(theirs, now)) {
            note(differences.stale, object->path() + " is " + testbed::podRow(ours, now)["STATUS"] + " of version " +
                                        ours.meta.resourceVersion + " instead of " +
                                        testbed::podRow(theirs, now)["STATUS"] + " of " + theirs.meta.resourceVersion);
        }
        shown.erase(found);
    }
    for (const auto& [uid, object] : shown) {
        note(differences.leftOver, object->path() + " is gone but has a row");
    }
    return differences;
}

/// The differences to the first fresh list that has none; to the last one that was tried otherwise.
Differences compareWithFreshList(testbed::Connection& connection, const WindowConsole& console) {
    const auto& page = dynamic_cast<const ui::TablePage&>(console.page());
    Differences differences;
    for (int i = 0; i < kMostLists; ++i) {
        const auto list = connection.list(*kinds::findKind("pods"));
        if (!list) {
            std::cerr << describe(list.error()) << '\n';
            std::exit(2);
        }
        WindowConsole::rest(1);
        WindowConsole::waitUntil([&] { return page.isSettled(); }, kPatienceSeconds);
        differences = compare(*list, page.model());
        if (differences.all() == 0) {
            break;
        }
    }
    return differences;
}

void row(const char* what, const std::string& value) {
    std::cout << "  " << std::left << std::setw(42) << what << value << '\n';
}

std::string mebibytes(long kib) {
    return fmt::format("{:.1f} MiB", static_cast<double>(kib) / 1024);
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (argc < 2 || !testbed::Testbed::missing().empty()) {
        std::cerr << "usage: soak_benchmark CHURN [--json FILE], in the environment of tests/cluster/up large\n";
        return 2;
    }
    widgets::applyTheme(application, widgets::Theme::suiting(true, false));
    auto connection = testbed::Connection::open(kContext);
    if (!connection) {
        std::cerr << describe(connection.error()) << '\n';
        return 2;
    }
    WindowConsole console(testbed::Testbed::kubeconfigPath(), kContext);
    if (!console.isReady() || !console.fill(1, kPatienceSeconds)) {
        std::cerr << "the table was not complete in time\n";
        return 2;
    }
    if (!isShort()) {
        // Without the pods' record of field owners a small machine reaches the rate; said in the table below.
        QProcess bare;
        bare.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        bare.start(QString::fromLocal8Bit(argv[1]), {QStringLiteral("1"), QStringLiteral("1"), QStringLiteral("bare")});
        WindowConsole::waitUntil([&] { return bare.state() == QProcess::NotRunning; }, kPatienceSeconds, kSoakLookMs);
        if (bare.state() != QProcess::NotRunning || bare.exitCode() != 0) {
            std::cerr << "the pods could not be prepared\n";
            return 2;
        }
    }
    WindowConsole::rest(kRestSeconds);
    const int pods = console.page().rows();
    const long before = memoryKiB("VmRSS");
    long most = before;
    std::size_t deltas = 0;
    const auto store = console.hub().session(kContext)->store(*kinds::findKind("pods"));
    const auto subscription =
        store->subscribe([&](const kube::Batch& batch) { deltas += batch.snapshot ? 0 : batch.deltas.size(); });

    const int seconds = soakSeconds();
    std::cout << pods << " pods of the large testbed, " << kChangesPerSecond << " changes a second for " << seconds
              << " s\n"
              << std::flush;
    ui::StallWatchdog watchdog;
    watchdog.reset();
    const double processorBefore = processorSeconds("self");
    QProcess churn;
    churn.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    churn.start(QString::fromLocal8Bit(argv[1]), {QString::number(kChangesPerSecond), QString::number(seconds)});
    QElapsedTimer timer;
    timer.start();
    nlohmann::json samples = nlohmann::json::array();
    while (
        !WindowConsole::waitUntil([&] { return churn.state() == QProcess::NotRunning; }, kSampleSeconds, kSoakLookMs)) {
        most = std::max(most, memoryKiB("VmRSS"));
        samples.push_back(memoryKiB("VmRSS"));
        if (timer.elapsed() > (seconds + 300) * 1000LL) {
            std::cerr << "the changes did not end\n";
            churn.kill();
            churn.waitForFinished();
            return 2;
        }
    }
    const double took = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    const double processor = (processorSeconds("self") - processorBefore) / took;
    const auto frames = watchdog.frames();
    const double onTime =
        1 - static_cast<double>(frames.missed) / static_cast<double>(std::max<std::uint64_t>(frames.all, 1));
    const double longestMs = static_cast<double>(watchdog.longestStall().count()) / 1e3;
    // A machine that was too slow for the whole rate has measured less: that decides, but not in the short form.
    const bool reached = churn.exitStatus() == QProcess::NormalExit && churn.exitCode() == 0;
    const std::string made = churn.readAllStandardOutput().trimmed().toStdString();
    if (deltas == 0) {
        std::cerr << "nothing was changed\n";
        return 2;
    }

    WindowConsole::rest(kRestSeconds);
    const long after = memoryKiB("VmRSS");
    most = std::max(most, after);
    const double growth = static_cast<double>(after - before) / static_cast<double>(before);
    const bool memoryMet = growth <= kGrowthLimit;
    const Differences differences = compareWithFreshList(**connection, console);
    const bool rowsMet = differences.all() == 0;

    row("changes made", made + (isShort() ? "" : ", on pods without managedFields") + (reached ? "" : "  MISSED"));
    row("changes shown (batched)", std::to_string(deltas));
    row("VmRSS before, after, most", mebibytes(before) + ", " + mebibytes(after) + ", " + mebibytes(most));
    row("growth",
        fmt::format("{:.1f} %  (limit {:.0f} %){}", growth * 100, kGrowthLimit * 100, memoryMet ? "" : "  MISSED"));
    row("rows against a fresh list",
        fmt::format("{} rows: {} lost, {} left over, {} stale{}", differences.rows, differences.lost,
                    differences.leftOver, differences.stale, rowsMet ? "" : "  MISSED: " + differences.first));
    row("processor of the console meanwhile", fmt::format("{:.1f} % of a core", processor * 100));
    row("interface", fmt::format("{:.2f} % of the frames on time, longest stall {:.1f} ms", onTime * 100, longestMs));
    if (argc > 3) {
        std::ofstream(argv[3]) << nlohmann::json{{"pods", pods},
                                                 {"seconds", seconds},
                                                 {"made", made},
                                                 {"rate_reached", reached},
                                                 {"deltas", deltas},
                                                 {"rss_before_kib", before},
                                                 {"rss_after_kib", after},
                                                 {"rss_most_kib", most},
                                                 {"rss_samples_kib", samples},
                                                 {"growth", growth},
                                                 {"growth_limit", kGrowthLimit},
                                                 {"rows", differences.rows},
                                                 {"lost", differences.lost},
                                                 {"left_over", differences.leftOver},
                                                 {"stale", differences.stale},
                                                 {"processor_share", processor},
                                                 {"on_time", onTime},
                                                 {"longest_ms", longestMs}}
                                      .dump(2)
                               << '\n';
    }
    return memoryMet && rowsMet && (reached || isShort()) ? 0 : 1;
}
